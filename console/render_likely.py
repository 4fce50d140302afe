"""Orders that a caller likely means, as lines below the form; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.i18n import _
from console.looks import Parts, cut
from console.render_time import span
from store.domain.lifecycle import STATES
from store.domain.likely import WHY_LABELS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from store.queries.likely import Likely


def likely_lines(
    found: Sequence[Likely], marked: int, *, at: datetime, width: int
) -> tuple[Parts, ...]:
    """What they are, which one a key would chase, and the keys."""
    if not found:
        return ()
    lines = [cut(_line(one, place == marked, at), width) for place, one in enumerate(found)]
    key = (
        _("^t chases the marked one instead")
        if len(found) == 1
        else _("^t chases the marked one instead, ^o marks the next")
    )
    head = ((_("perhaps known already"), "soon"), (f"  {key}", "muted"))
    return (cut(head, width), *lines)


def _line(one: Likely, marked: bool, at: datetime) -> Parts:
    line = one.line
    asked = _("asked {span} ago").format(span=span(at - line.opened_at))
    chased = _(", chased {count}").format(count=one.chased) if one.chased else ""
    place = f" · {line.site_name}" if line.site_name else ""
    who = f" · {line.technician_name}" if line.technician_name else ""
    return (
        ("> " if marked else "  ", "key"),
        (f"#{line.number} ", "strong"),
        (f"{_(WHY_LABELS[one.why])} · {_(STATES[line.state].label)} · {asked}{chased}", "soon"),
        (f"  {line.title}{place}{who}", ""),
    )
