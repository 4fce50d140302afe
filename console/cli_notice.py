"""`paidan notice`: customers of a major fault are told on a cadence, and it is kept who was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.cli_help import examples
from console.cli_parser import whole
from console.i18n import _

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from console.cli_call import Call
    from console.cli_parser import Sub
    from store.queries.incidents import IncidentLine

_PHASES: Mapping[str, str] = {"first": "first", "update": "update", "all-clear": "all_clear"}


def add_parser(sub: Sub) -> None:
    """Put the command's words in."""
    parser = sub.add_parser(
        "notice",
        help=_("tell customers of a major fault on a cadence, and keep who was told how"),
        description=_(
            "Major incidents promise their customers the next word by a time. preview shows the"
            " notice that would be given, from a template in the language of --lang; give keeps"
            " what was said to whom and by which way, once --sure says that it was seen, and the"
            " promise starts again. all-clear ends the incident. Own templates are files beside"
            " the config file, such as notice-update.en.txt, with the places {number} {title}"
            " {site} {customer} {since} {next} {said}. paidan settings major_p1 30 declares each"
            " new order of priority 1 by itself."
        ),
        epilog=examples("paidan notice", "paidan notice list --json"),
    )
    deeds = {
        "list": _("major incidents, the first due first (the default)"),
        "preview": _("NUMBER: the notice as it would be given"),
        "give": _("NUMBER: it was given, with --to, --way and --sure"),
        "log": _("NUMBER: who was told when and how"),
    }
    told = "; ".join(f"{name}: {text}" for name, text in deeds.items())
    parser.add_argument(
        "deed", nargs="?", choices=[*deeds], default="list", metavar="DEED", help=told
    )
    parser.add_argument("what", nargs="*", metavar="WHAT", help=_("the number of an order"))
    parser.add_argument(
        "--phase",
        choices=[*_PHASES],
        default="update",
        help=_("which notice it is (update)"),
    )
    parser.add_argument("--said", metavar="TEXT", default="", help=_("what is new"))
    parser.add_argument("--to", metavar="NAME", default="", help=_("give: who was told"))
    parser.add_argument(
        "--way",
        choices=("phone", "text", "mail"),
        default="phone",
        help=_("give: how (phone)"),
    )
    seen = _("give: only if the order is at this version still, as preview told it")
    parser.add_argument("--version", type=whole, metavar="N", help=seen, dest="seen")
    sure = _("give: keep it; without it the notice is only shown")
    parser.add_argument("--sure", action="store_true", help=sure)
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def run(args: argparse.Namespace, call: Call) -> int:
    """Show, or keep what was said."""
    if len(args.what) != (args.deed != "list"):
        raise _wrong(_("say: notice preview NUMBER, give NUMBER, log NUMBER, or list"))
    if args.deed == "list":
        return _list(args, call)
    if args.deed == "log":
        return _log(args, call)
    return _give(args, call)


def _list(args: argparse.Namespace, call: Call) -> int:
    from console.cli_plain import plain
    from console.render_card import when

    at, found = call.at(), _incidents(call)
    if args.json:
        call.json([plain(line) for line in found])
        return 0
    if not found:
        call.say(_("no major incident is under way"))
        return 0
    heads = (_("no."), _("about"), _("site"), _("customer"), _("last word"), _("next word by"))
    rows = [
        [
            *(f"#{line.number}", line.title, line.site or "", line.customer or ""),
            "" if line.told_at is None else when(line.told_at, None, at=at),
            "" if line.next_by is None else when(line.next_by, None, at=at),
        ]
        for line in found
    ]
    call.table(heads, rows)
    return 0


def _give(args: argparse.Namespace, call: Call) -> int:
    from console.notice_texts import notice_text
    from store.commands.notices import GiveNotice
    from store.domain.notices import Phase

    number, phase = _number(args.what[0]), Phase(_PHASES[args.phase])
    line = next((one for one in _incidents(call) if one.number == number), None)
    if line is None:
        raise _wrong(_("order {number} is no major incident in sight").format(number=number))
    text = notice_text(line, phase, args.said, at=call.at())
    if args.deed == "preview" or not args.sure:
        if args.json:
            told = {"number": number, "version": line.version, "phase": phase.value}
            call.json({**told, "text": text})
        else:
            call.print(text)
            at_version = _("order {number} is at version {version}: --version {version} with give")
            call.say(at_version.format(number=number, version=line.version))
        if args.deed == "give":
            call.say(_("nothing is kept yet: say --sure once it was said so"))
            return 1
        return 0
    seen = line.version if args.seen is None else args.seen  # its text was made of that
    return call.do(
        GiveNotice(
            number=number,
            text=text,
            to=args.to,
            phase=phase.value,
            way=args.way,
            version=seen,
        )
    )


def _log(args: argparse.Namespace, call: Call) -> int:
    from console.cli_plain import plain
    from store.domain.notices import PHASES, WAYS, Phase, Way
    from store.queries.incidents import NoticesGiven

    query = NoticesGiven(number=_number(args.what[0]))
    with call.records() as records:
        found = records.ask(query, who=call.who(records), at=call.at())
    if args.json:
        call.json([plain(line) for line in found])
        return 0
    if not found:
        call.say(_("nobody was given notice of it"))
    for line in found:
        what, way = _(PHASES[Phase(line.phase)]), _(WAYS[Way(line.way)])
        back = _(" (taken back)") if line.taken_back else ""
        call.print(f"{line.at:%Y-%m-%d %H:%M}Z  {line.by}  {what}  {way}  {line.to}{back}")
        call.print(f"  {line.text}")
    return 0


def _incidents(call: Call) -> tuple[IncidentLine, ...]:
    from store.queries.incidents import ListIncidents

    with call.records() as records:
        return records.ask(ListIncidents(limit=10_000), who=call.who(records), at=call.at())


def _number(text: str) -> int:
    digits = text.removeprefix("#")
    if digits.isascii() and digits.isdecimal() and len(digits) <= 12:
        return int(digits)
    raise _wrong(_("“{text}” is no number of an order").format(text=text))


def _wrong(why: str) -> Exception:
    from console.cli_guard import WrongUsage

    return WrongUsage(why=why)
