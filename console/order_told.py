"""What the board tells of the chosen order: asked in one go, all of the same moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.hands_first import hands_first

if TYPE_CHECKING:
    from console.seat import Seat
    from store.queries.board import BoardLine
    from store.queries.card import Card, TraceEntry

    Told = tuple[Card, tuple[TraceEntry, ...]]
    """Its card, and what befell it last."""

_ASKED: Final = 60
_SHOWN: Final = 24
"""Beside the table the alarms tell what the warnings before them did."""


def order_told(seat: Seat, number: int, *, wide: bool) -> tuple[Told | None, BoardLine | None]:
    """Its line, and where there is room its card; runs in a worker, raises what the store does."""
    from store.queries.board import LineOf
    from store.queries.card import OrderCard, Trace

    hands_first.stand_back()
    with seat.asking() as ask:
        if not wide:
            return None, ask(LineOf(number=number))
        line, trace, card = ask.several(
            LineOf(number=number),
            Trace(number=number, limit=_ASKED),
            OrderCard(number=number),
            between=hands_first.stand_back,
        )
        deeds = tuple(entry for entry in trace if entry.fact != "warned")
        return (card, deeds[-_SHOWN:]), line
