"""Orders that a caller likely means, as lines below the form; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from console.i18n import _
from console.looks import Part, Parts, cut, width
from console.render_time import span
from console.whens import gone
from store.domain.lifecycle import STATES, State
from store.domain.likely import WHY_LABELS
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, tzinfo

    from store.queries.board import BoardLine
    from store.queries.likely import Likely

_FINISHED: Final = {
    State.DONE: N_("finished {time}"),
    State.VERIFIED: N_("verified {time}"),
    State.CLOSED: N_("closed {time}"),
}
_APART: Final = " · "
_HEAD: Final = 8
"""Cells of a title's beginning that are shown before its end is."""


def likely_lines(
    found: Sequence[Likely], marked: int, *, at: datetime, zone: tzinfo | None, cells: int
) -> tuple[Parts, ...]:
    """What they are, which one a key would chase, and the keys."""
    if not found:
        return ()
    key = _("^t chases it instead")
    if len(found) > 1:
        key = _("^t chases the marked one, ^o marks another")
    head = ((_("perhaps known already"), "soon"), (f"  {key}", "muted"))
    lines = (_line(one, place == marked, at, zone, cells) for place, one in enumerate(found))
    return (cut(head, cells), *lines)


def finished(line: BoardLine, *, at: datetime, zone: tzinfo | None) -> str:
    """That the work is over, and since when; empty while it is not."""
    said = since_finished(line, at=at, zone=zone)
    return _(said) if said else ""


def since_finished(line: BoardLine, *, at: datetime, zone: tzinfo | None) -> str | None:
    """The same as a part of another sentence; None while the work is not over."""
    said = _FINISHED.get(line.state)
    return said.format(time=gone(line.state_since, zone, at=at)) if said else None


def _line(one: Likely, marked: bool, at: datetime, zone: tzinfo | None, cells: int) -> Parts:
    """Title, place, state and age, none of them pushed out by another; why, where there is room."""
    line = one.line
    told = [finished(line, at=at, zone=zone)]
    if not told[0]:
        age = _("{span} ago").format(span=span(at - line.opened_at))
        told = [_(STATES[line.state].label), age]
    if one.chased:
        told.append(_("chased {count}").format(count=one.chased))
    state: Part = ("  " + _(", ").join(told), "soon")
    sign: Part = ("> " if marked else "  ", "key")
    number: Part = (f"#{line.number} ", "strong")
    place = line.site_name or ""
    room = cells - width((sign, number, state))
    what = what_and_where(line.title, place, room)
    why: Part = (_(", ") + _(WHY_LABELS[one.why]), "soon")
    whole = (sign, number, *what, state)
    return cut((*whole, why) if width((*whole, why)) <= cells else whole, cells)


def what_and_where(title: str, place: str, room: int) -> Parts:
    """A title, which has the address, and its site: a quarter of the room, and what is left."""
    if not place:
        return _title(title, room)
    both = room - cell_len(_APART)
    for_place = min(cell_len(place), max(both // 4, both - cell_len(title)))
    return (
        *_title(title, both - for_place),
        (_APART, "muted"),
        *cut(((place, ""),), for_place),
    )


def _title(title: str, room: int) -> Parts:
    """What stands behind the last comma is kept: mostly the address, which tells two apart."""
    comma = max(title.rfind(", "), title.rfind("，"))
    tail = title[comma:] if comma > 0 else ""
    head = room - cell_len(tail)
    if not tail or cell_len(title) <= room or head < _HEAD:
        return cut(((title, ""),), room)
    return (*cut(((title[:comma], ""),), head), (tail, ""))
