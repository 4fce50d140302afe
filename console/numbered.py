"""Orders by their numbers as a list of any length: only what is on the screen is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.hands_first import hands_first
from console.i18n import _
from console.render import state_cell
from console.render_card import when
from console.sources import placed
from console.widgets.columns import Column
from console.widgets.window import Ask, Page, Row, Tinted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, tzinfo

    from console.seat import Seat
    from store.queries.lists import OrderLine


def order_columns() -> tuple[Column, ...]:
    """What is told of an order."""
    return (
        Column(name="number", title=_("no."), width=7, align="right"),
        Column(name="state", title=_("state"), width=12),
        Column(name="title", title=_("title"), width=16, flexible=True),
        Column(name="site", title=_("site"), width=10, flexible=True),
        Column(name="customer", title=_("customer"), width=10, flexible=True, since=100),
        Column(name="technician", title=_("technician"), width=10),
        Column(name="opened", title=_("opened"), width=11, since=100),
        Column(name="closed", title=_("closed"), width=11),
    )


class NumberedSource:
    """One row a number, in the order in which they are given; a number may stand there twice."""

    instant = False

    def __init__(self, seat: Seat, numbers: Sequence[int], zone: tzinfo | None) -> None:
        self._seat = seat
        self._numbers = numbers
        self._zone = zone

    def number(self, place: int) -> int:
        """The order of a row, by its key."""
        return self._numbers[place]

    def page(self, ask: Ask) -> Page:
        """The page asked for; blocks, and raises what the store raises."""
        from store.queries.lists import OrdersNumbered

        hands_first.stand_back()
        count = len(self._numbers)
        low, high = placed(ask, count, ask.key if isinstance(ask.key, int) else 0)
        numbers = self._numbers[low:high]
        found = self._seat.ask(OrdersNumbered(numbers=tuple(sorted(set(numbers)))))
        lines = {line.number: line for line in found}
        at = self._seat.now()
        return Page(
            rows=tuple(
                self._row(place, number, lines.get(number), at)
                for place, number in enumerate(numbers, low)
            ),
            count=count,
            start=low,
            at_top=low == 0,
            at_end=high == count,
        )

    def _row(self, place: int, number: int, line: OrderLine | None, at: datetime) -> Row:
        cells = (str(number), *(("",) * 7 if line is None else _told(line, self._zone, at)))
        return Row(key=place, version=hash(cells), mark=(place,), cells=cells)


def _told(line: OrderLine, zone: tzinfo | None, at: datetime) -> tuple[str | Tinted, ...]:
    return (
        state_cell(line.state),
        line.title,
        line.site or "",
        line.customer or "",
        line.technician or "",
        when(line.opened_at, zone, at=at),
        "" if line.closed_at is None else when(line.closed_at, zone, at=at),
    )
