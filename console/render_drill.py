"""What a drill calls out, as lines of its own; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from console.hanging import HANG
from console.i18n import _
from console.looks import cut
from console.render_time import here

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime, tzinfo

    from console.looks import Part, Parts

_FRESH: Final = timedelta(seconds=20)
"""How long something stands out after it could first be seen."""
_MOST: Final = 3
"""So much that is fresh is shown at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """Something that was called out."""

    at: datetime
    said: Callable[[], str]
    """In the language that is spoken now."""
    until: datetime | None = None
    """By when it is to be answered."""
    seen_at: datetime | None = None
    """When it could first be seen; None while a form covers the line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """The drill has the system stand still."""

    since: datetime
    until: datetime


def drill_lines(
    called: Sequence[Called],
    outage: Outage | None,
    *,
    at: datetime,
    zone: tzinfo | None,
    cells: int,
) -> tuple[Parts, ...]:
    """The outage while it lasts, and what is fresh; else what came last."""
    lines = [] if outage is None else list(_outage(outage, at, zone))
    # Of an outage it is known beforehand who will call.
    called = sorted((one for one in called if one.at <= at), key=lambda one: one.at)
    fresh = [one for one in called if one.seen_at is None or at - one.seen_at < _FRESH][-_MOST:]
    lines += [_said(one, zone, "soon") for one in fresh]
    if lines:
        return tuple(lines)
    if not called:
        return (((" " + _("What happens in the drill is told here."), "muted"),),)
    time, _hang, said = _said(called[-1], zone, "muted")
    return (cut((time, said), cells),)


def _outage(outage: Outage, at: datetime, zone: tzinfo | None) -> tuple[Parts, ...]:
    left = max(0, int((outage.until - at).total_seconds()))
    since = _("Drill outage: the system is down since {since}, back at {until} (in {left})")
    told = since.format(
        since=f"{here(outage.since, zone):%H:%M:%S}",
        until=f"{here(outage.until, zone):%H:%M:%S}",
        left=f"{left // 60}:{left % 60:02}",
    )
    do = _("Note calls by hand, keep talking to customers; work and commands wait")
    return ((" ", ""), HANG, (told, "alarm")), ((" ", ""), HANG, (do, "strong"))


def _said(one: Called, zone: tzinfo | None, tone: str) -> tuple[Part, Part, Part]:
    time, said = f"{here(one.at, zone):%H:%M}", one.said()
    if one.until is not None:
        by = _("by {time}").format(time=f"{here(one.until, zone):%H:%M:%S}")
        said = f"{by} · {said}"
    return (f" {time} ", tone), HANG, (said, tone)
