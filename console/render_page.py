"""A whole page about one order: its card, then its trace; pure but for its late imports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.i18n import _, language
from console.render_time import SECONDS_UNDER

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from console.looks import Parts
    from console.order_told import Told
    from store.queries.card import Card
    from store.queries.presence import Attendance


def counts_seconds(card: Card, at: datetime) -> bool:
    """Whether some clock of the order is shown with seconds, so that each second changes it."""
    dues = (held.clock.due_at for held in card.clocks if held.clock.running)
    return any(due is not None and abs((due - at).total_seconds()) < SECONDS_UNDER for due in dues)


def card_page(
    told: Told | None,
    *,
    at: datetime,
    zone: tzinfo | None,
    here: tuple[Attendance, ...] = (),
) -> tuple[Parts, ...]:
    """Everything about an order under who else is `here`, or that none is chosen."""
    if told is None:
        return (((_("no order is chosen"), "muted"),),)
    from console.render_card import clock_lines

    above, below = _around(told, here, at, zone)
    return (*above, *clock_lines(told[0], at=at, zone=zone), *below)


def _around(
    told: Told, here: tuple[Attendance, ...], at: datetime, zone: tzinfo | None
) -> tuple[tuple[Parts, ...], tuple[Parts, ...]]:
    """All but its clocks: what stands above them, and below."""
    from console.render_automatic import sent_lines
    from console.render_card import above_clocks, below_clocks
    from console.render_presence import presence_lines
    from console.render_trace import trace_lines  # brings the calendar: not before the first paint

    card, trace = told
    sent = tuple(sent_lines(card, trace, zone, at=at))
    there = "" if card.site is None else card.site.zone
    above = presence_lines(here, at=at, zone=zone) if here else ()
    below = trace_lines(trace, card.technicians, at=at, zone=zone, there=there)
    return (
        (*above, *above_clocks(card, at=at, zone=zone, sent=sent)),
        (*below_clocks(card, at=at, zone=zone), *below),
    )


class CardPage:
    """The page of the chosen order, of which each second only the clocks are made anew."""

    def __init__(self) -> None:
        self._told: Told | None = None
        self._under: tuple[object, ...] = ()
        self._around: tuple[tuple[Parts, ...], tuple[Parts, ...]] = ((), ())

    def lines(
        self,
        told: Told | None,
        *,
        at: datetime,
        zone: tzinfo | None,
        here: tuple[Attendance, ...] = (),
    ) -> tuple[Parts, ...]:
        """The same as `card_page`, but that what counts minutes is a minute old at most."""
        if told is None:
            return card_page(None, at=at, zone=zone)
        from console.render_card import clock_lines

        under = at.replace(second=0, microsecond=0), zone, here, language()
        if told is not self._told or under != self._under:
            self._told, self._under = told, under
            self._around = _around(told, here, at, zone)
        above, below = self._around
        return (*above, *clock_lines(told[0], at=at, zone=zone), *below)
