"""Rows made fast are the rows that Python's own, slower ways make."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.domain.evolve import evolve, maker


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    kind: str
    place: int = 1
    level: int | None = None


texts, wholes = st.text(), st.integers() | st.none()
stamps = st.builds(Stamp, kind=texts, place=st.integers(), level=wholes)


@given(stamps)
def test_a_made_row_equals_a_built_one(built: Stamp) -> None:
    made = maker(Stamp)(built.kind, built.place, built.level)
    assert (type(made), made, hash(made), repr(made)) == (Stamp, built, hash(built), repr(built))


@given(stamps, texts, wholes)
def test_evolve_does_what_replace_does(before: Stamp, kind: str, level: int | None) -> None:
    assert evolve(before, kind=kind) == replace(before, kind=kind)
    assert evolve(before, level=level, kind=kind) == replace(before, level=level, kind=kind)


def test_a_made_row_is_as_frozen_as_any_other() -> None:
    """Or two orders could share a clock that one of them moves."""
    made = maker(Stamp)("visit", 2, None)
    with pytest.raises(FrozenInstanceError):
        made.place = 3  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        evolve(made, place=4).place = 3  # type: ignore[misc]


def test_a_field_that_is_not_there_is_refused() -> None:
    with pytest.raises(TypeError):
        evolve(Stamp(kind="visit"), colour="red")


def test_a_value_too_few_is_refused() -> None:
    """A class that gained a field must not get rows without it."""
    with pytest.raises(TypeError):
        maker(Stamp)("visit", 2)
