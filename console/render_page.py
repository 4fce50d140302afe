"""A whole page about one order: its card, then its trace; pure but for its late imports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.i18n import _
from console.render_time import SECONDS_UNDER

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from console.looks import Parts
    from store.queries.card import Card, TraceEntry
    from store.queries.presence import Attendance


def counts_seconds(card: Card, at: datetime) -> bool:
    """Whether some clock of the order is shown with seconds, so that each second changes it."""
    dues = (held.clock.due_at for held in card.clocks if held.clock.running)
    return any(due is not None and abs((due - at).total_seconds()) < SECONDS_UNDER for due in dues)


def card_page(
    told: tuple[Card, tuple[TraceEntry, ...]] | None,
    *,
    at: datetime,
    zone: tzinfo | None,
    here: tuple[Attendance, ...] = (),
) -> tuple[Parts, ...]:
    """Everything about an order under who else is `here`, or that none is chosen."""
    if told is None:
        return (((_("no order is chosen"), "muted"),),)
    from console.render_automatic import sent_lines
    from console.render_card import card_lines
    from console.render_presence import presence_lines
    from console.render_trace import trace_lines  # brings the calendar: not before the first paint

    card, trace = told
    sent = sent_lines(card, trace, zone, at=at)
    there = "" if card.site is None else card.site.zone
    return (
        *(presence_lines(here, at=at, zone=zone) if here else ()),
        *card_lines(card, at=at, zone=zone, sent=tuple(sent)),
        *trace_lines(trace, card.technicians, at=at, zone=zone, there=there),
    )
