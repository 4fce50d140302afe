"""`paidan customer`: a customer whole, his contracts, who looks after him, how he wants us."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from console import cli_customer_erase, cli_customer_merge
from console.cli_guard import WrongUsage
from console.cli_help import examples
from console.cli_parser import between, limit
from console.i18n import _, done_said
from console.zones import zone_here
from store.domain.contracts import Outcome, Standing
from store.domain.errors import NameUnknown
from store.domain.words import N_

if TYPE_CHECKING:
    import argparse

    from console.cli_call import Call
    from console.cli_parser import Sub
    from store.domain.intents import Command
    from store.queries.customers import ContractLine, CustomerSheet
    from store.records import Records

_MOST = 100
"""Rows of each list of a customer."""
_HEADS = (
    *(N_("code"), N_("customer"), N_("first day"), N_("last day"), N_("level")),
    *(N_("state"), N_("renewal by")),
)


def add_parser(sub: Sub) -> None:
    """Put the command's words in."""
    parser = sub.add_parser(
        "customer",
        help=_("show a customer whole; keep contracts, the service team, wishes and tags"),
        description=_(
            "Show a customer with contacts, contracts, team, wishes, open orders, visits and"
            " promises; keep what he is promised and who looks after him. While a contract runs"
            " its level is that of his new orders."
        ),
        epilog=examples(
            "paidan customer show CITY-6",
            "paidan customer list --contract ending --days 60 --json",
            "paidan customer contract CITY-6 --from 2026-01-01 --to 2026-12-31 --level critical",
            "paidan customer renewal CITY-6 renewed --until 2027-12-31",
            "paidan customer care CITY-6 --lead ana --representative 'Ms Zhou 13800001111'",
            "paidan customer export > customers.csv",
            "paidan customer import customers.csv --dry-run",
            "paidan customer doubles",
            "paidan customer merge CITY-6 CITY-7 --dry-run",
            "paidan customer care CITY-6 --visits 'before 10:00' --call-ahead yes --tag vip",
        ),
    )
    what: Sub = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    listed = what.add_parser("list", help=_("customers, or their contracts"))
    show = what.add_parser("show", help=_("everything of one customer"))
    contract = what.add_parser("contract", help=_("make a contract, or change it"))
    renewal = what.add_parser("renewal", help=_("tell what became of the renewal of a contract"))
    care = what.add_parser("care", help=_("who looks after him, and how he wants to be visited"))
    listed.add_argument(
        "--query", metavar="QUERY", default="", help=_("only what holds these words")
    )
    erase = what.add_parser("erase", help=_("forget who somebody is, for ever"))
    standings = [one.value for one in Standing]
    listed.add_argument(
        "--contract",
        metavar="STATE",
        choices=(*standings, "any"),
        help=_("their contracts: {states}, any").format(states=_(", ").join(standings)),
    )
    days = _("how many days before its end a contract is called ending (contract_days)")
    for one in (listed, show):
        one.add_argument("--days", metavar="N", type=between(1, 3650), help=days)
    most = _("at most so many (100)")
    listed.add_argument("--limit", metavar="N", type=limit, default=100, help=most)
    for one in (show, contract, renewal, care):
        one.add_argument("code", metavar="CODE", help=_("the customer's code"))
    cli_customer_erase.add_words(erase)
    doubles = what.add_parser("doubles", help=_("customers who may be one and are kept as two"))
    doubles.add_argument("--limit", metavar="N", type=limit, default=100, help=most)
    merge = what.add_parser("merge", help=_("make one customer of two"))
    cli_customer_merge.add_words(merge)
    _add_contract(contract, renewal)
    _add_care(care)
    export = what.add_parser("export", help=_("every customer as CSV, JSON or a spreadsheet"))
    export.add_argument("--xlsx", metavar="FILE", help=_("write a new spreadsheet (XLSX)"))
    bring = what.add_parser(
        "import", help=_("read customers from CSV or a spreadsheet (XLSX); a row whole or not")
    )
    bring.add_argument(
        "file", metavar="FILE", type=Path, help=_("as `paidan customer export` writes it")
    )
    dry = _("only tell what would be taken in, and what would not")
    bring.add_argument("--dry-run", action="store_true", help=dry)
    spared = _("where rows go that are refused, each with its reason (FILE.rejects.csv)")
    bring.add_argument("--rejects", metavar="FILE", type=Path, help=spared)
    for one in (listed, show, contract, renewal, care, erase, export, bring, doubles, merge):
        one.add_argument("--json", action="store_true", help=_("print JSON"))


def _add_contract(contract: argparse.ArgumentParser, renewal: argparse.ArgumentParser) -> None:
    first = _("its first day, as 2026-01-01 (the newest contract)")
    for one in (contract, renewal):
        one.add_argument("--from", dest="first", metavar="DAY", help=first)
    contract.add_argument("--to", dest="last", metavar="DAY", help=_("the last day that it holds"))
    level = _("the code of the service level, '' for the customer's own")
    contract.add_argument("--level", metavar="L", help=level)
    renew = _("by when it is to be known whether it goes on (the last day)")
    contract.add_argument("--renew", metavar="DAY", help=renew)
    zone = _("whose days these are, such as Asia/Shanghai (a new one: that of this machine)")
    contract.add_argument("--zone", metavar="Z", help=zone)
    seen = _("the version that you saw of it, as `paidan customer show --json` tells it")
    for one in (contract, renewal):
        one.add_argument("--version", metavar="V", default="", help=seen)
    outcomes = [one.value for one in Outcome]
    told = _("what became of it: {outcomes}").format(outcomes=_(", ").join(outcomes))
    renewal.add_argument("outcome", metavar="OUTCOME", choices=outcomes, help=told)
    until = _("the last day of the contract that follows on it, under the same level")
    renewal.add_argument("--until", metavar="DAY", help=until)
    renewal.add_argument("--words", metavar="WORDS", default="", help=_("what was said"))


def _add_care(care: argparse.ArgumentParser) -> None:
    lead = _("the operator or technician who leads the service team, '' for nobody")
    care.add_argument("--lead", metavar="CODE", help=lead)
    speaks = _("who speaks for the customer: a name, a number or both, '' for nobody")
    care.add_argument("--representative", metavar="WHO", help=speaks)
    hours = _("when somebody is wanted: 'before 10:00', 'after 14:00', 9:00-11:00, '' for any time")
    care.add_argument("--visits", metavar="HOURS", help=hours)
    ahead = _("whether to call before somebody comes: yes or no")
    care.add_argument("--call-ahead", metavar="YES", choices=("yes", "no"), help=ahead)
    tag = _("a tag instead of those there are; may be given several times, '' for none")
    care.add_argument("--tag", metavar="T", action="append", help=tag)


def run(args: argparse.Namespace, call: Call) -> int:
    """Show it, or change it."""
    if args.what == "list":
        return _list(args, call)
    if args.what == "show":
        return _show(args, call)
    if args.what in {"export", "import"}:
        from console import cli_customer_files as files

        return files.export(args, call) if args.what == "export" else files.bring(args, call)
    if args.what in {"doubles", "merge"}:
        return cli_customer_merge.run(args, call)
    if args.what == "erase":
        return cli_customer_erase.erase(args, call, sheet_of)
    command = _command(args)
    with call.records() as records:
        done = records.do(command, who=call.who(records), at=call.at())
    if args.json:
        call.json({"code": args.code, **done.facts})
    else:
        call.print(done_said(done))
    return 0


def _command(args: argparse.Namespace) -> Command:
    from store.commands.care import SaveCare
    from store.commands.contracts import DecideRenewal, SaveContract

    code = args.code
    if args.what == "contract":
        return SaveContract(
            customer=code,
            first=args.first,
            last=args.last,
            level=args.level,
            renew=args.renew,
            zone=args.zone,
            usual_zone=zone_here(),
            version=args.version,
        )
    if args.what == "renewal":
        told = {"first": args.first, "until": args.until, "words": args.words}
        version = args.version
        return DecideRenewal(customer=code, outcome=args.outcome, version=version, **told)
    told = {
        "lead": args.lead,
        "representative": args.representative,
        "hours": args.visits,
        "call_ahead": None if args.call_ahead is None else args.call_ahead == "yes",
        "tags": None if args.tag is None else tuple(args.tag),
    }
    if set(told.values()) == {None}:
        raise WrongUsage(why=_("nothing is said that is to change"))
    return SaveCare(customer=code, **told)


def _list(args: argparse.Namespace, call: Call) -> int:
    from console import cli_list
    from console.cli_plain import plain
    from console.cli_table import screen_width, table
    from store.queries.customers import ListContracts
    from store.queries.lists import ListCustomers

    if args.contract is None:
        with call.records() as records:
            asked = ListCustomers(text=args.query, limit=args.limit)
            customers = records.ask(asked, who=call.who(records), at=call.at())
        if args.json:
            call.json([plain(line) for line in customers])
            return 0
        kind = cli_list.KINDS["customers"]
        rows = [list(kind.cells(line)) for line in customers]
        heads = [_(head) for head in kind.heads]
    else:
        standing = "" if args.contract == "any" else args.contract
        with call.records() as records:
            contracts = ListContracts(
                text=args.query, standing=standing, days=_days(args, call), limit=args.limit
            )
            found = records.ask(contracts, who=call.who(records), at=call.at())
        if args.json:
            call.json([plain(line) for line in found])
            return 0
        rows = [list(_cells(line)) for line in found]
        heads = [_(head) for head in _HEADS]
    if not rows:
        call.say(_("there are none"))
        return 0
    for line in table(heads, rows, width=screen_width(), at=call.at()):
        call.print(line)
    return 0


def _cells(line: ContractLine) -> tuple[str, ...]:
    from console.render_customer import contract_said

    level = _(line.level)
    term = (line.first_day, line.last_day)
    return (line.customer, line.customer_name, *term, level, contract_said(line), line.renew_day)


def _days(args: argparse.Namespace, call: Call) -> int:
    return int(args.days if args.days is not None else call.settings.contract_days)


def _show(args: argparse.Namespace, call: Call) -> int:
    from console.render_customer import customer_lines

    with call.records() as records:
        sheet = sheet_of(args, call, records)
    if args.json:
        told: dict[str, Any] = asdict(sheet)
        call.json({**told.pop("card"), **told})
        return 0
    for parts in customer_lines(sheet, at=call.at(), zone=None):
        call.print("".join(text for text, _tone in parts))
    return 0


def sheet_of(args: argparse.Namespace, call: Call, records: Records) -> CustomerSheet:
    """The customer whose code was given; `NameUnknown` for none in sight."""
    from store.queries.customers import ShowCustomer

    days = getattr(args, "days", None) or call.settings.contract_days
    asked = ShowCustomer(customer=args.code, days=int(days), limit=_MOST)
    sheet = records.ask(asked, who=call.who(records), at=call.at())
    if sheet is None:
        raise NameUnknown(what=N_("customer"), name=args.code)
    return sheet
