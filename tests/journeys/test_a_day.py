"""A day at the desk, told by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.desk import at_the_console
from tests.journeys.stories import small_desk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.records import Records

pytestmark = pytest.mark.journey


@pytest.fixture
def records(sqlite_url: str) -> Iterator[Records]:
    """The small desk."""
    records = small_desk(sqlite_url)
    yield records
    records.close()


async def test_the_board_shows_queues_orders_and_people(records: Records) -> None:
    """So that nobody asks what comes next."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck with people", "unassigned", "Li Wei", "-20m")
