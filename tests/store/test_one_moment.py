"""What a screen shows together is read together: in one transaction, in few words to the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

from console.found import FoundSource, Listing
from console.order_told import order_told
from console.overview import look
from console.seat import Seat
from console.sources import QueueSource
from console.widgets.window import Ask, Where
from tests.store.desk import ANA, NINE, furnish, written

if TYPE_CHECKING:
    from collections.abc import Callable

    from store.records import Records


@pytest.fixture
def seat(records: Records) -> Seat:
    """At a desk with two orders."""
    furnish(records)
    written(records), written(records)
    return Seat(records=records, who=ANA, name="Ana", now=lambda: NINE)


LOOKS: dict[str, tuple[Callable[[Seat], object], int]] = {
    "the desk": (look, 15),
    "an order": (lambda seat: order_told(seat, 1, wide=True), 17),
    "a queue, and what left it": (
        lambda seat: QueueSource(seat, "overdue").page(
            Ask(where=Where.TOP, limit=9, held=frozenset({1, 2}))
        ),
        5,
    ),
    "what is found, and what was": (
        lambda seat: FoundSource(seat, Listing(typed="P1"), zone=None).page(
            Ask(where=Where.TOP, limit=9, held=frozenset({1, 2}))
        ),
        5,
    ),
}
"""Each with the most statements that it may take."""


@pytest.mark.parametrize("what", LOOKS)
def test_what_is_shown_together_is_read_together(seat: Seat, what: str) -> None:
    """Each transaction is three words more to a database that may be far away."""
    shown, most = LOOKS[what]
    shown(seat)  # what is asked only once is known
    said, begun = list[str](), list[object]()
    reader = seat.records.database._engines.reader
    event.listen(reader, "before_cursor_execute", lambda *told: said.append(told[2]))
    event.listen(reader, "begin", begun.append)
    assert shown(seat)
    asked = [text for text in said if not text.startswith("BEGIN")]
    assert len(begun) == 1
    assert len(asked) <= most, "\n".join(asked)
