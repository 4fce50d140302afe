"""What is told of an answer on top of the one before makes just that answer."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hypothesis import given
from hypothesis import strategies as st

from console.serve.differing import Rows, difference, patched
from console.serve.parcel import packed_alone, unpacked


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row."""

    number: int
    title: str
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An answer."""

    lines: tuple[Line, ...]
    best: Line | None
    counts: dict[str, int]
    total: int | None = None


lines = st.builds(Line, number=st.integers(0, 5), title=st.sampled_from("ab"), late=st.booleans())
listed = st.builds(
    Listed,
    lines=st.lists(lines, max_size=8).map(tuple),
    best=st.none() | lines,
    counts=st.dictionaries(st.sampled_from("xy"), st.integers(0, 2)),
    total=st.none() | st.integers(0, 3),
)
things = listed | st.lists(lines | st.integers(0, 3), max_size=6).map(tuple) | st.booleans()


@given(things, things)
def test_the_old_and_the_difference_make_the_new(old: object, new: object) -> None:
    """Whatever they are, and also after the way over a line."""
    told = difference(old, new)
    made = patched(old, told)
    assert made == new
    assert type(made) is type(new)
    assert patched(old, unpacked(packed_alone(told))) == new


@given(listed, listed)
def test_what_stays_is_the_same_object(old: Listed, new: Listed) -> None:
    """So that whoever has drawn it need not look at it again."""
    made = patched(old, unpacked(packed_alone(difference(old, new))))
    held = {id(line) for line in old.lines}
    assert all(id(line) in held for line in made.lines if line in old.lines)
    if new.counts == old.counts:
        assert made.counts is old.counts


@given(st.lists(lines, min_size=2, max_size=40).map(tuple), st.data())
def test_of_a_long_list_few_pieces_are_told(rows: tuple[Line, ...], data: st.DataObject) -> None:
    """One row that changed is told as itself, between what stood before it and after."""
    rows = tuple(replace(row, number=place) for place, row in enumerate(rows))
    place = data.draw(st.integers(0, len(rows) - 1))
    changed = replace(rows[place], title="changed")
    told = difference(rows, (*rows[:place], changed, *rows[place + 1 :]))
    assert isinstance(told, Rows)
    assert [piece for piece in told.pieces if isinstance(piece, list)] == [[changed]]
    assert len(told.pieces) <= 3
