"""Technicians as rows; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from console.i18n import _
from console.looks import Part, Parts, cut
from console.render_time import span
from console.widgets.columns import Column
from console.widgets.window import Row, Tinted
from store.domain.dispatch.things import parted, said
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from store.queries.people import TechnicianLine

STATES: Final[Mapping[str, tuple[str, str, str]]] = {
    "on_site": ("S", N_("on site"), "good"),
    "en_route": ("E", N_("en route"), ""),
    "accepted": ("C", N_("accepted"), ""),
    "assigned": ("A", N_("assigned"), "soon"),
    "available": ("+", N_("available"), "good"),
    "break": ("~", N_("on a break"), "muted"),
    "off": ("-", N_("off duty"), "muted"),
}
"""A technician's state: its sign, its name, its tone."""

_AWAY: Final = ("x", N_("absent"), "muted")
_NOT_GONE: Final = frozenset({"available", "assigned", "accepted"})
_STATE: Final = 13
_OFF_SHIFT: Final = ("-", N_("off shift"), "muted")


def _widest_state() -> int:
    labels = [label for _sign, label, _tone in (*STATES.values(), _AWAY, _OFF_SHIFT)]
    return 2 + max(cell_len(_(label)) for label in (*labels, N_("recalled")))


def people_columns() -> tuple[Column, ...]:
    """The columns of the technicians, in the operator's language."""
    return (
        Column(name="state", title=_("state"), width=_widest_state()),
        Column(name="since", title=_("since"), width=5, align="right"),
        Column(name="name", title=_("technician"), width=10, flexible=True),
        Column(name="number", title=_("job"), width=6, align="right"),
        Column(name="title", title=_("title"), width=12, flexible=True, since=58),
        Column(name="site", title=_("site"), width=8, flexible=True, since=76),
        Column(name="jobs", title=_("jobs"), width=4, align="right", since=48),
    )


def people_rows(lines: Iterable[TechnicianLine], *, at: datetime) -> tuple[Row, ...]:
    """All technicians in the order given."""
    return tuple(person_row(line, place, at=at) for place, line in enumerate(lines))


def standing_of(line: TechnicianLine) -> tuple[str, str, str]:
    """Sign, name and tone: the state, unless he is away or nothing of his shift is left.

    Who only has an order, and is not there to go, keeps the sign of it.
    """
    state = STATES.get(line.state, ("?", line.state, ""))
    if line.state not in _NOT_GONE or (line.on_shift and not line.absent):
        return state
    away = _AWAY if line.absent else _OFF_SHIFT
    return away if line.state == "available" else (state[0], away[1], "soon")


def whole_standing(line: TechnicianLine) -> str:
    """The state in words, and why he stands behind the others where that does not tell it."""
    if line.state in {"available", "off"} or (line.on_shift and not line.absent):
        return _(standing_of(line)[1])
    label = STATES.get(line.state, ("?", line.state, ""))[1]
    return _(", ").join((_(label), _("absent") if line.absent else _("off shift")))


def person_row(line: TechnicianLine, place: int, *, at: datetime) -> Row:
    """One technician, at his place in the list."""
    sign, label, tone = standing_of(line)
    text = f"{sign} {_(label)}"
    number, title, site = line.number, line.title, line.site_name
    if number is None and line.carries:
        title = _("carries: {things}").format(things=said(parted(line.carries)))
    if line.recalled is not None:
        text, tone = f"! {_('recalled')}", "overdue"
        number, title, site = line.recalled, _("tell them not to go"), None
    cells = (
        Tinted(text, tone) if tone else text,
        span(at - line.shown_since) if line.shown_since else "",
        f"{line.name} {line.code}" if line.code != line.name else line.name,
        f"#{number}" if number else "",
        title or "",
        site or "",
        str(line.jobs) if line.jobs else "",
    )
    return Row(key=line.id, version=hash(cells), mark=(place,), cells=cells)


def technician_rows(
    lines: Sequence[TechnicianLine],
    held: int | None,
    cells: int,
    *,
    at: datetime,
    against: Mapping[int, str],
) -> tuple[Parts, ...]:
    """Who may go, a line each: the one held marked, his state, since when, and what he has.

    Whom rules keep from it comes with the rules in place of what he has.
    """
    names = [line.name if line.name == line.code else f"{line.code} {line.name}" for line in lines]
    widest = max(map(cell_len, names), default=0)
    rows: list[Parts] = []
    for place, (line, name) in enumerate(zip(lines, names, strict=True)):
        sign, label, tone = standing_of(line)
        state = f"{sign} {_(label)}"
        since = span(at - line.state_since) if line.state_since else ""
        jobs = _("jobs: {count}").format(count=line.jobs) if line.jobs else ""
        job = f"#{line.number} {line.title or ''}" if line.number else ""
        mark, looks = (">", "held") if place == held else (" ", "")
        parts: list[Part] = [
            (f" {mark}{name}{' ' * (widest - cell_len(name))} ", looks),
            (f" {state}{' ' * max(0, _STATE - cell_len(state))}{since:>6}", tone),
            (f"  ✗ {said}", "soon")
            if (said := against.get(line.id))
            else (f"  {jobs}  {job}".rstrip(), "muted"),
        ]
        rows.append(cut(parts, cells))
    return tuple(rows)
