"""What `paidan inspection` prints, and which of its words make no sense."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from console.cli_complaint_told import number_of
from console.cli_deeds import no_more
from console.cli_guard import WrongUsage
from console.i18n import _

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping, Sequence

    from console.cli_call import Call
    from store.domain.inspection_draw import Candidate
    from store.queries.inspections import InspectionLine, Rerun

TAKES: Final[Mapping[str, tuple[str, ...]]] = {
    "list": ("week", "technician", "over"),
    "draw": ("week", "share", "again"),
    "rerun": ("week", "nth"),
    "score": ("remark",),
    "words": ("technician_said", "customer_said"),
    "action": ("cause", "owner", "due"),
}
"""Which options a deed takes; those that are not here take none. All print JSON."""
SPELLED: Final[Mapping[str, str]] = {
    "technician_said": "technician-said",
    "customer_said": "customer-said",
}
"""How those are written that are kept under another name."""


def _list(args: argparse.Namespace, call: Call) -> int:
    from console.cli_plain import inspection_plain
    from store.queries.inspections import ListInspections

    no_more(args, 0)
    asked = ListInspections(
        over=args.over, week=args.week or "", technician=args.technician or "", limit=10_000
    )
    with call.records() as records:
        found = records.ask(asked, who=call.who(records), at=call.at())
    if args.json:
        call.json([inspection_plain(line) for line in found])
    elif not found:
        call.say(_("nothing is listed here"))
    else:
        _table(found, call)
    return 0


def _table(found: Sequence[InspectionLine], call: Call) -> None:
    from console.render_card import when
    from console.words_inspections import reasons_said, stand_said

    heads = (_("no."), _("due"), _("stands"), _("order"), _("technician"), _("drawn"), _("title"))
    rows = [
        [
            str(line.inspection.id),
            when(line.inspection.due_at, None, at=call.at()),
            stand_said(line.inspection),
            str(line.inspection.number),
            line.technician or line.technician_code,
            reasons_said(line.inspection.reasons.split(",")),
            line.title,
        ]
        for line in found
    ]
    call.table(heads, rows)


def _draws(args: argparse.Namespace, call: Call) -> int:
    from console.cli_plain import plain
    from store.queries.inspections import ListDraws

    no_more(args, 0)
    with call.records() as records:
        found = records.ask(ListDraws(), who=call.who(records), at=call.at())
    if args.json:
        call.json([plain(draw) | {"drawn": count} for draw, count in found])
    elif not found:
        call.say(_("no week was drawn yet"))
    else:
        heads = (_("week"), _("draw"), _("share"), _("drawn"), _("orders"), _("seed"))
        rows = [
            [one.week, str(one.nth), f"{one.share} %", str(count), str(one.count), one.seed]
            for one, count in found
        ]
        call.table(heads, rows)
    return 0


def _rerun(args: argparse.Namespace, call: Call) -> int:
    from store.queries.inspections import RerunDraw

    no_more(args, 0)
    if not args.week:
        raise WrongUsage(why=_("--week says which week, such as 2026-W47"))
    with call.records() as records:
        asked = RerunDraw(week=args.week.upper(), nth=args.nth or 0)
        found = records.ask(asked, who=call.who(records), at=call.at())
    if args.json:
        call.json(_rerun_plain(found))
    else:
        for line in _rerun_lines(found):
            call.print(line)
    return 0 if found.same else 1


def _rerun_plain(found: Rerun) -> dict[str, Any]:
    from console.cli_plain import plain

    def told(one: Candidate) -> dict[str, Any]:
        code = None if one.technician is None else found.technicians.get(one.technician)
        told = {"number": one.number, "technician": code, "technician_id": one.technician}
        return told | {"reasons": one.reasons}

    return {
        **plain(found.draw),
        "same": found.same,
        "drawn": [told(one) for one in found.drawn],
        "kept": found.kept,
        "population": [told(one) for one in found.population],
        "changed": [plain(one) for one in found.changed],
    }


def _rerun_lines(found: Rerun) -> list[str]:
    from console.words_inspections import reasons_said

    draw = found.draw
    head = _(
        "{week}: seed {seed}, share {share} %, {count} orders, SHA-256 of the population {sum}"
    )
    lines = [
        head.format(
            week=draw.week, seed=draw.seed, share=draw.share, count=draw.count, sum=draw.digest
        )
    ]
    for one in found.drawn:
        code = "-" if one.technician is None else found.technicians.get(one.technician, "?")
        lines.append(f"  {one.number}  {code}  {reasons_said(one.reasons)}")
    if found.changed:
        numbers = _(", ").join(str(one.number) for one in found.changed)
        said = _("Since then something else is told of these orders: {numbers}")
        lines.append(said.format(numbers=numbers))
    lines.append(
        _("The draw done again gives the same orders.")
        if found.same
        else _("The draw done again gives other orders than those that were kept.")
    )
    return lines


def _show(args: argparse.Namespace, call: Call) -> int:
    from console.cli_plain import inspection_plain, plain
    from console.render_inspections import inspection_lines
    from store.queries.inspections import InspectionSteps, ShowInspection

    number = number_of(args)
    no_more(args, 1)
    with call.records() as records, records.asking(who=call.who(records), at=call.at()) as ask:
        line = ask(ShowInspection(inspection=number))
        steps = ask(InspectionSteps(inspection=number))
    if args.json:
        call.json(inspection_plain(line) | {"steps": [plain(one) for one in steps]})
        return 0
    for text in inspection_lines(line, at=call.at(), zone=None):
        call.print(text)
    for one in steps:
        call.print(f"  {one.at:%Y-%m-%d %H:%M}Z  {one.by}  {_(one.fact)}")
    return 0


def _sheet(args: argparse.Namespace, call: Call) -> int:
    from store.queries.inspections import ListSheets

    kind = " ".join(args.what) or "*"
    with call.records() as records:
        found = records.ask(ListSheets(), who=call.who(records), at=call.at())
    held = [one for one in found if one.newest or one.own]
    sheet = next((one for one in held if one.kind.casefold() == kind.casefold()), held[-1])
    if args.json:
        call.json({"kind": sheet.kind, "version": sheet.version, "source": sheet.source})
    else:
        for line in sheet.source.splitlines():
            call.print(line)
    return 0


def _sheets(args: argparse.Namespace, call: Call) -> int:
    from console.cli_plain import plain
    from store.queries.inspections import ListSheets

    no_more(args, 0)
    with call.records() as records:
        found = records.ask(ListSheets(), who=call.who(records), at=call.at())
    if args.json:
        call.json([
            {**plain(one), "criteria": [plain(criterion) for criterion in one.criteria]}
            for one in found
        ])  # fmt: skip
        return 0
    heads = (_("kind"), _("version"), _("criteria"))
    rows = []
    for one in found:
        version = _("the program's own") if one.own else str(one.version)
        told = _(", ").join(criterion.code for criterion in one.criteria)
        rows.append([one.kind, version + ("" if one.newest else _(" (before)")), told])
    call.table(heads, rows)
    return 0


SHOWS: Final[Mapping[str, Callable[[argparse.Namespace, Call], int]]] = {
    "list": _list,
    "draws": _draws,
    "rerun": _rerun,
    "show": _show,
    "sheet": _sheet,
    "sheets": _sheets,
}
"""What changes nothing."""
