"""`paidan pack`: what was told of days, weeks and months, listed, shown and written into files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from console.cli_deeds import add_deeds
from console.cli_help import examples
from console.i18n import _

if TYPE_CHECKING:
    import argparse

    from console.cli_call import Call
    from console.cli_parser import Sub
    from store.queries.kpi import Figure
    from store.queries.packs import PackLine, PackShown
    from store.records import Records

KINDS = ("daily", "weekly", "monthly")


def add_parser(sub: Sub) -> None:
    """Put the command's words in."""
    parser = sub.add_parser(
        "pack",
        help=_("list, show and write what was told of days, weeks and months"),
        description=_(
            "Whatever console, paidan serve or paidan scheduler is open writes them: a summary when"
            " a day's work ends, open actions once a week, a month's review on the first working"
            " day after it (paidan settings pack_daily, pack_weekly, pack_monthly). Each is written"
            " once, with figures as of when it was due, and never changes. A summary tells of all"
            " that came since the one before it, also of days on which nobody was there to write"
            " one; every missed month is made up for, of weeks only the last, since these are to be"
            " acted on. A site office has its own, by the clocks of its sites where these lie in"
            " one time zone. Files are made of them as often as you like."
        ),
        epilog=examples(
            "paidan pack",
            "paidan pack list --kind monthly --json",
            "paidan pack due",
        ),
    )
    deeds = {
        "list": _("those there are, the newest first (the default)"),
        "due": _("when the next of each kind is written"),
        "show": _("KIND PERIOD, such as monthly 2026-10 or daily 2026-10-31"),
        "write": _("KIND PERIOD: into a new file, with --out"),
    }
    add_deeds(parser, deeds)
    parser.add_argument("what", nargs="*", metavar="WHAT", help=_("which pack"))
    parser.add_argument("--kind", choices=KINDS, default="", help=_("list: only these"))
    parser.add_argument(
        "--format",
        choices=("text", "md", "html", "json"),
        help=_("how it is written (text here, md for files)"),
    )
    parser.add_argument("--out", metavar="FILE", help=_("write: a new file"))
    parser.add_argument(
        "--compare",
        action="store_true",
        help=_("show, write: with what figures of these days are another now"),
    )
    parser.add_argument(
        "--all",
        action="store_true",
        help=_("show, write: every order that a day's summary names, not only what matters"),
    )
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def run(args: argparse.Namespace, call: Call) -> int:
    """List, show, or write into a file."""
    if args.deed == "list":
        return _list(args, call)
    if args.deed == "due":
        return _due(args, call)
    if len(args.what) != 2 or args.what[0] not in KINDS:
        raise _wrong(_("name a pack by its kind and period, such as monthly 2026-10"))
    return _show(args, call)


def _list(args: argparse.Namespace, call: Call) -> int:
    from console.render_card import when
    from console.words_packs import kind_said
    from store.queries.packs import ListPacks

    if args.what or args.all:
        raise _wrong(_("pack list takes no words behind it"))
    with call.records() as records:
        found = records.ask(ListPacks(kind=args.kind), who=call.who(records), at=call.at())
    if args.json:
        call.json([plain_line(line) for line in found])
        return 0
    heads = (_("pack"), _("kind"), _("period"), _("due"), _("written"))
    rows = []
    for line in found:
        times = (when(one, None, at=call.at()) for one in (line.due_at, line.written_at))
        rows.append([kind_said(line.kind), line.kind, line.period, *times])
    call.table(heads, rows)
    return 0


def _due(args: argparse.Namespace, call: Call) -> int:
    from dataclasses import asdict

    from console.render_card import when
    from console.words_packs import kind_said
    from console.zones import zone_named
    from store.queries.packs import ComingPacks

    if args.what or args.all or args.kind:
        raise _wrong(_("pack due takes no words behind it"))
    with call.records() as records:
        found = records.ask(ComingPacks(), who=call.who(records), at=call.at())
    if args.json:
        call.json([asdict(one) for one in found])
        return 0
    heads = (_("pack"), _("kind"), _("period"), _("due"), _("zone"))
    rows = [
        [
            *(kind_said(one.kind), one.kind, one.period),
            *(when(one.due_at, zone_named(one.zone, None), at=call.at()), one.zone),
        ]
        for one in found
    ]
    call.table(heads, rows)
    return 0


def plain_line(line: PackLine) -> dict[str, Any]:
    """A pack as plain data, without what it says."""
    names = ("id", "kind", "period", "zone", "due_at", "written_at", "digest")
    days = {"first": line.first.isoformat(), "last": line.last.isoformat()}
    return {name: getattr(line, name) for name in names} | days


def _show(args: argparse.Namespace, call: Call) -> int:
    from console import page
    from console.json_text import json_text
    from console.new_file import check_new, meant, write_whole
    from console.render_packs import pack_sections, pack_title
    from store.queries.packs import ShowPack

    out = None if args.out is None else meant(args.out)
    if (args.deed == "write") != (out is not None):
        raise _wrong(_("write takes a new file (--out), and show none"))
    if out is not None:
        check_new(out)
    kind, period = args.what
    with call.records() as records:
        who = call.who(records)
        shown = records.ask(ShowPack(kind=kind, period=period), who=who, at=call.at())
        changed = figures_anew(records, call, shown) if args.compare else None
    if args.json or args.format == "json":
        lines = [json_text(plain_shown(shown, changed))]
    else:
        parts, title = pack_sections(shown, changed, whole=args.all), pack_title(shown.line)
        lines = page.made(args.format, title, parts, out=out, at=call.at())
    if out is None:
        for line in lines:
            call.print(line)
    else:
        write_whole(out, lines)
        call.say(_("written to {path}").format(path=out))
    return 0


def figures_anew(records: Records, call: Call, shown: PackShown) -> dict[str, Figure]:
    """The figures of the same days, as of the same moment, by what orders say now."""
    from functools import partial

    from store.packing import figures_now

    line = shown.line
    ask = partial(records.ask, who=call.who(records), at=line.due_at)
    return figures_now(ask, line, json.loads(line.content))


def plain_shown(shown: PackShown, changed: dict[str, Figure] | None) -> dict[str, Any]:
    """A pack whole, as it was written."""
    from console.render_packs import since_changed

    told = plain_line(shown.line) | {"content": json.loads(shown.line.content)}
    if changed is not None:
        told["changed"] = [
            {"name": was.name, "was": was.value, "was_n": was.n, "now": one.value, "n": one.n}
            for was, one in since_changed(told["content"], changed)
        ]
    return told


def _wrong(why: str) -> Exception:
    from console.cli_guard import WrongUsage

    return WrongUsage(why=why)
