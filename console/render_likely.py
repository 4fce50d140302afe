"""Orders that a caller likely means, as lines below the form; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.i18n import _
from console.looks import Part, Parts, cut, width
from console.render_time import span
from store.domain.lifecycle import STATES
from store.domain.likely import WHY_LABELS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from store.queries.likely import Likely

_LEAST: Final = 20
"""Cells of an order's title that are shown whatever else is."""


def likely_lines(
    found: Sequence[Likely], marked: int, *, at: datetime, cells: int
) -> tuple[Parts, ...]:
    """What they are, which one a key would chase, and the keys."""
    if not found:
        return ()
    key = _("^t chases it instead")
    if len(found) > 1:
        key = _("^t chases the marked one, ^o marks another")
    head = ((_("perhaps known already"), "soon"), (f"  {key}", "muted"))
    lines = (_line(one, place == marked, at, cells) for place, one in enumerate(found))
    return (cut(head, cells), *lines)


def _line(one: Likely, marked: bool, at: datetime, cells: int) -> Parts:
    line = one.line
    asked = _("asked {span} ago").format(span=span(at - line.opened_at))
    chased = _(", chased {count}").format(count=one.chased) if one.chased else ""
    sign: Part = ("> " if marked else "  ", "key")
    number: Part = (f"#{line.number} ", "strong")
    why: Part = (
        _(", ").join((_(WHY_LABELS[one.why]), _(STATES[line.state].label), f"{asked}{chased}")),
        "soon",
    )
    place = f" · {line.site_name}" if line.site_name else ""
    room = max(_LEAST, cells - width((sign, number, why)) - 2)
    title = cut(((f"{line.title}{place}", ""),), room)
    return cut((sign, number, *title, ("  ", ""), why), cells)
