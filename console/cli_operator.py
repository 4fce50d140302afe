"""`paidan operator`: who may sit here as what, at which sites, by which keys."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from console.cli_help import examples
from console.i18n import _, fill
from store.domain.errors import BadInput
from store.domain.operator_keys import LONGEST
from store.domain.system_words import why
from store.domain.who import GIVEN
from store.domain.words import N_

if TYPE_CHECKING:
    import argparse

    from console.actions_kinds import Ask
    from console.cli_call import Call
    from console.cli_parser import Sub
    from store.domain.intents import Command
    from store.queries.operator_keys import KeyLine
    from store.queries.people import OperatorLine

_MOST = 100_000
_DAY = 24 * 60
FIRST = "desk"
"""The operator that every desk begins with."""
_SAMPLE = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFZdbnLyCrw4ObzP2bB3FNa+mF7Kl25ZSVSmjsbgPf7E"
"""A key whose other half nobody has kept."""


def add_parser(sub: Sub) -> None:
    """Put the command's words in."""
    parser = sub.add_parser(
        "operator",
        help=_("list, add and revoke operators; change their roles, sites and public keys"),
        description=_(
            "List the operators with their roles, sites and public keys; add one, give him another"
            " role or other sites, give him a key or take it from him. A key is one operator's;"
            " once removed it is not taken again, from anybody. revoke retires an operator and"
            " removes all his keys; what he did stays under his name."
        ),
        epilog=examples(
            "paidan operator list",
            "paidan operator add bo 'Bo' --role dispatcher",
            "paidan operator add north 'Office North' --role office",
            f"echo '{_SAMPLE}' |",
            "  paidan operator key add bo -",
            "paidan operator key remove bo SHA256:NIC9WGJorF4ctXET9B4G315qNipTQlR1Q5MT+k1RPyc",
            "paidan operator role bo supervisor",
            "paidan operator code bo",
            "paidan operator code bo --browser",
            "paidan operator revoke bo",
            "paidan operator list --json",
        ),
    )
    what: Sub = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    listed = what.add_parser("list", help=_("everybody, retired ones too, each with his keys"))
    new = what.add_parser("add", help=_("make somebody an operator"))
    role = what.add_parser("role", help=_("give an operator another role, or other sites"))
    key = what.add_parser("key", help=_("give an operator a public key, or take it from him"))
    deed: Sub = key.add_subparsers(dest="deed", required=True, metavar="DEED")
    add = deed.add_parser("add", help=_("give an operator a public key"))
    remove = deed.add_parser("remove", help=_("take a key from an operator, for ever"))
    code = what.add_parser("code", help=_("a one-time code by which he gives his own key"))
    use = what.add_parser("claim", help=_("give a key by a one-time code"))
    revoke = what.add_parser("revoke", help=_("retire an operator and remove all his keys"))
    for one in (add, remove, revoke, role):
        one.add_argument("code", metavar="CODE", help=_("the operator's code"))
    file = _("the .pub file of OpenSSH, or - for what comes in")
    add.add_argument("file", metavar="FILE", help=file)
    shown = _("as paidan operator list and ssh-keygen -l show it: SHA256:…")
    remove.add_argument("fingerprint", metavar="FINGERPRINT", help=shown)
    _add_post(new, role, file)
    _add_code(code, use, file)
    for one in (listed, new, role, add, remove, revoke, code, use):
        one.add_argument("--json", action="store_true", help=_("print JSON"))


def _add_post(new: argparse.ArgumentParser, role: argparse.ArgumentParser, file: str) -> None:
    roles = [one.value for one in GIVEN]
    new.add_argument("code", metavar="CODE", help=_("a short code of your choice"))
    named = _("the name that people read (the code)")
    new.add_argument("name", metavar="NAME", nargs="?", help=named)
    may = _("what he may do: {roles}").format(roles=_(", ").join(roles))
    new.add_argument("--role", metavar="ROLE", required=True, choices=roles, help=may)
    new.add_argument("--key", metavar="FILE", help=file)
    role.add_argument("role", metavar="ROLE", nargs="?", choices=roles, help=may)
    site = _("the code of a site that he sees; may be given several times, '' for none")
    for one in (new, role):
        where = one.add_mutually_exclusive_group()
        where.add_argument("--site", metavar="CODE", action="append", help=site)
        every = _("he sees every site, those to come too")
        where.add_argument("--all-sites", action="store_true", default=None, help=every)


def _add_code(code: argparse.ArgumentParser, use: argparse.ArgumentParser, file: str) -> None:
    whose = _("the operator's code (desk: the first operator)")
    code.add_argument("code", metavar="CODE", nargs="?", default=FIRST, help=whose)
    good = _("for how many minutes it is good, at most a day (15)")
    code.add_argument("--minutes", metavar="N", type=int, default=15, help=good)
    web = _("it opens the desk in a browser (paidan serve --browser), and gives no key")
    code.add_argument("--browser", action="store_true", help=web)
    use.add_argument("said", metavar="ONE-TIME-CODE", help=_("as it was told"))
    use.add_argument("file", metavar="FILE", help=file)


def run(args: argparse.Namespace, call: Call) -> int:
    """Do what is asked, or show who there is."""
    if args.what == "list":
        return _list(args, call)
    if args.what == "code":
        return _offer(args, call)
    command = _command(args)
    with call.records(create=args.what == "add") as records:
        done = records.do(command, who=call.who(records), at=call.at())
    if args.json:
        call.json(dict(done.facts))
    else:
        call.print(fill(done.sentence, done.facts))
    return 0


def _offer(args: argparse.Namespace, call: Call) -> int:
    """The code is shown here and nowhere else."""
    from store.commands.operator_codes import OfferCode
    from store.domain.one_time_codes import BROWSER, digest_of, new_code

    if not 1 <= args.minutes <= _DAY:
        raise BadInput(
            where="--minutes", wrong=str(args.minutes), right=N_("give a minute to a day")
        )
    code, at = new_code(), call.at()
    until = at + timedelta(minutes=args.minutes)
    digest = digest_of(code, BROWSER if args.browser else "")
    with call.records(create=True) as records:
        command = OfferCode(operator=args.code, digest=digest, until=until)
        done = records.do(command, who=call.who(records), at=at)
    if args.json:
        call.json({**done.facts, "one_time_code": code})
        return 0
    call.say(fill(done.sentence, done.facts))
    call.print(code)
    return 0


def _command(args: argparse.Namespace) -> Command:
    from store.commands.operator_codes import UseCode
    from store.commands.operator_keys import AddKey, EnrolOperator, RevokeKey, RevokeOperator
    from store.commands.operators import AppointOperator

    if args.what in {"add", "role"}:
        sites = None if args.site is None else tuple(code for code in args.site if code)
        post: dict[str, Any] = {"role": args.role, "sites": sites, "everywhere": args.all_sites}
        if args.what == "role":
            return AppointOperator(operator=args.code, **post)
        line = None if args.key is None else _line(args.key)
        return EnrolOperator(code=args.code, name=args.name or args.code, key=line, **post)
    if args.what == "claim":
        return UseCode(code=args.said, line=_line(args.file))
    if args.what == "revoke":
        return RevokeOperator(operator=args.code)
    if args.deed == "remove":
        return RevokeKey(operator=args.code, fingerprint=args.fingerprint)
    return AddKey(operator=args.code, line=_line(args.file))


def _line(path: str) -> str:
    """What stands in the file, no more of it than a key has."""
    try:
        if path == "-":
            return sys.stdin.read(LONGEST + 1)
        with Path(path).open(encoding="utf-8-sig", errors="replace") as file:
            return file.read(LONGEST + 1)
    except (OSError, ValueError) as error:
        right = N_("give the .pub file of OpenSSH")
        raise BadInput(where=path, wrong=why(error), right=right) from error


def operators(ask: Ask) -> tuple[tuple[str, ...], dict[str, Any]]:
    """Who there is, in lines and for a script."""
    from store.queries.operator_keys import KeysOf
    from store.queries.people import ListOperators

    people, keys = ask(ListOperators(limit=_MOST)), ask(KeysOf(limit=_MOST))
    his = {one.code: [key for key in keys if key.operator == one.id] for one in people}
    rows = (row for one in people for row in _rows(one, his[one.code]))
    lines = tuple("  ".join(filter(None, row)) for row in rows)
    return lines, {"operators": [_plain(one, his[one.code]) for one in people]}


def _list(args: argparse.Namespace, call: Call) -> int:
    from store.queries.operator_keys import KeysOf
    from store.queries.people import ListOperators

    with call.records() as records:
        who, at = call.who(records), call.at()
        people = records.ask(ListOperators(limit=_MOST), who=who, at=at)
        keys = records.ask(KeysOf(limit=_MOST), who=who, at=at)
    his = {one.code: [key for key in keys if key.operator == one.id] for one in people}
    if args.json:
        call.json([_plain(one, his[one.code]) for one in people])
        return 0
    from console.cli_table import screen_width, table

    heads = [_("code"), _("full name"), _("role"), _("sites"), _("public key"), ""]
    rows = [row for one in people for row in _rows(one, his[one.code])]
    for line in table(heads, rows, width=screen_width(), at=at, firm=(0, 4)):
        call.print(line)
    return 0


def _rows(one: OperatorLine, keys: list[KeyLine]) -> list[tuple[str, ...]]:
    """Somebody on a line, and each further key of his on one below."""
    from console.cli_words import role_word, sites_word

    gone = "" if one.active else _("retired")
    who = (one.code, _(one.name), role_word(one.role), sites_word(one))
    told = [(key.fingerprint, _("revoked") if key.revoked_at else key.comment) for key in keys]
    first, *more = told or [("", "")]
    rows = [(*who, first[0], _(", ").join(word for word in (gone, first[1]) if word))]
    return [*rows, *((one.code, "", "", "", *key) for key in more)]


def _plain(one: OperatorLine, keys: list[KeyLine]) -> dict[str, Any]:
    return {
        "code": one.code,
        "name": one.name,
        "role": one.role,
        "everywhere": one.everywhere,
        "sites": None if one.everywhere else list(one.sites),
        "active": one.active,
        "keys": [
            {
                "fingerprint": key.fingerprint,
                "kind": key.kind,
                "comment": key.comment,
                "added_at": key.added_at,
                "revoked_at": key.revoked_at,
                "revoked": key.revoked,
            }
            for key in keys
        ],
    }
