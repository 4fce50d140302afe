"""The list of inspections: a row each, the one at hand whole, and on cards; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.actions_inspections import BY_KEY, DEEDS
from console.hanging import HANG
from console.i18n import _, _n
from console.looks import flat, packed
from console.render_card import when
from console.widgets.columns import Column
from console.widgets.window import Row, Tinted
from console.words_inspections import is_late, reasons_said, stand_said
from store.domain.inspections import Stand
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime, tzinfo

    from console.looks import Part, Parts
    from store.queries.inspections import InspectionLine

SHOW = "7"
"""The key that goes on to what is over, and back to what is to be done."""
_SHOWN = N_("Done")


def inspection_columns() -> tuple[Column, ...]:
    """The columns of the list."""
    return (
        Column(name="id", title=_("insp. no."), width=9, align="right"),
        Column(name="due", title=_("due"), width=7, align="right", clock=True),
        Column(name="stand", title=_("stands"), width=16),
        Column(name="order", title=_("order"), width=8, align="right"),
        Column(name="technician", title=_("technician"), width=10, flexible=True),
        Column(name="why", title=_("drawn"), width=14, flexible=True),
        Column(name="title", title=_("title"), width=14, flexible=True, since=100),
        Column(name="place", title=_("site"), width=10, flexible=True, since=120),
    )


def inspection_row(line: InspectionLine, place: int) -> Row:
    """One of them, at its place in the list."""
    one = line.inspection
    waits = one.stand is Stand.OPEN
    cells = (
        str(one.id),
        stand_said(one) if waits else Tinted(stand_said(one), "muted"),
        f"#{one.number}",
        line.technician or line.technician_code,
        reasons_said(one.reasons.split(",")),
        line.title,
        line.place,
    )
    due_at = one.due_at if waits else None
    return Row(key=one.id, version=hash(cells), mark=(place,), cells=cells, due_at=due_at)


def how_many(lines: Sequence[InspectionLine], *, over: bool, at: datetime) -> Part:
    """What is listed, and how many are late."""
    count = len(lines)
    if over:
        told = _n("{count} inspection over", "{count} inspections over", count)
        return told.format(count=count), "strong"
    if not count:
        return _("nothing is to be inspected"), "muted"
    late = sum(1 for line in lines if is_late(line.inspection, at=at))
    said = [
        _n("{count} order to be inspected", "{count} orders to be inspected", count).format(
            count=count
        )
    ]
    if late:
        said.append(_n("{count} overdue", "{count} overdue", late).format(count=late))
    return "  ".join(said), "overdue" if late else "strong"


def inspection_told(
    line: InspectionLine | None, *, at: datetime, zone: tzinfo | None, width: int
) -> tuple[Parts, ...]:
    """All of the one at hand, and what each key does, on lines so wide."""
    told = () if line is None else tuple(_told(line, at, zone))
    return (*told, *packed(_keys(), width))


def inspection_lines(line: InspectionLine, *, at: datetime, zone: tzinfo | None) -> Iterator[str]:
    """The same as plain lines, however long."""
    for parts in _told(line, at, zone):
        yield "".join(text for text, _tone in parts).rstrip()


def _told(line: InspectionLine, at: datetime, zone: tzinfo | None) -> Iterator[Parts]:
    one = line.inspection
    name = _("inspection {id} of order {number}").format(id=one.id, number=one.number)
    where = _(", ").join(filter(None, (line.title, line.technician, line.place)))
    yield (f" {name} ", "strong"), (where, "strong")
    drawn = _("Drawn for {week}: {why}").format(
        week=line.week, why=reasons_said(one.reasons.split(","))
    )
    yield (" ", ""), HANG, (drawn, "muted")
    yield (" ", ""), HANG, (_sheet(line), "")
    for text, tone in _since(line, at, zone):
        yield (" ", ""), HANG, (text, tone)


def _sheet(line: InspectionLine) -> str:
    """The criteria in the order of their scores, each with its weight, and its score by now."""
    scores = line.inspection.scores.split()
    parts = []
    for place, criterion in enumerate(line.criteria):
        score = f" = {scores[place]}" if place < len(scores) else ""
        parts.append(f"{place + 1} {criterion.title} ×{criterion.weight}{score}")
    return "; ".join(parts) or _("a newer paidan has written its score sheet")


def _since(line: InspectionLine, at: datetime, zone: tzinfo | None) -> Iterator[tuple[str, str]]:
    """What became of it."""
    one = line.inspection
    if one.stand is Stand.OPEN:
        late = is_late(one, at=at)
        due = when(one.due_at, zone, at=at)
        yield _("To be inspected by {due}").format(due=due), "overdue" if late else ""
    if one.scored_at is not None:
        said = _("Inspected {when} by {who}: {total}").format(
            when=when(one.scored_at, zone, at=at), who=line.scored_by, total=stand_said(one)
        )
        yield said, "strong"
    for label, text in (
        (N_("Found: {text}"), one.remark),
        (N_("Technician: {text}"), one.technician_said),
        (N_("Customer: {text}"), one.customer_said),
        (N_("Left out: {text}"), one.dropped),
    ):
        if text:
            yield _(label).format(text=flat(text)), ""
    if not line.words_seen:
        yield _("Its raw words are for those who supervise"), "muted"
    if line.action is not None:
        yield _("Action {number} sees to it").format(number=line.action), ""


def _keys() -> Iterator[Parts]:
    for key, name in BY_KEY.items():
        yield (f" {key} ", "key"), (f"{_(DEEDS[name].label)} ", "")
    yield (f" {SHOW} ", "key"), (_(_SHOWN) + " ", "")


def keys_told() -> Mapping[str, str]:
    """What the digits of the list do, for its help."""
    told = {key: DEEDS[name].label for key, name in BY_KEY.items()}
    return told | {SHOW: N_("go on to what is over, and back")}
