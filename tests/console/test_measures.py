"""Every unit of a figure can be written, with its number alone where that says enough."""

from __future__ import annotations

import pytest

from console.measures import measured
from store.domain.dispatch.figures import Unit


@pytest.mark.parametrize("unit", Unit)
def test_a_number_is_read_in_every_unit(unit: Unit) -> None:
    """A new unit cannot be forgotten; what is no number is none."""
    assert measured(unit, "5") in {5, 500, None}
    assert measured(unit, "soon") is None


def test_a_day_of_the_week_is_a_number_alone() -> None:
    """From 1 for Monday."""
    assert measured(Unit.WEEKDAY, "5") == 5
    assert measured(Unit.WEEKDAY, "5 km/h") is None
