"""Laws of the window: whatever happens to a list, nothing at or above the cursor moves."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from console.widgets.window import Ask, Line, Row, Where, Window
from tests.budget import tries
from tests.console.apps.numbers import ByHand

MOST = 40


def row(key: int, place: int | None = None, version: int = 0) -> Row:
    """A row whose key is its place unless said otherwise."""
    return Row(
        key=key, version=version, mark=(key if place is None else place, key), cells=(str(key),)
    )


def opened(source: ByHand, *, limit: int = 12) -> Window:
    """A window on the top of a list."""
    window = Window()
    window.replace(source.page(Ask(where=Where.TOP, limit=limit)))
    return window


def news(window: Window, source: ByHand, *, boundary: int) -> None:
    """Let the window hear what has changed, as the table does."""
    window.refresh(source.page(window.again(8)), boundary=boundary)


keys = st.integers(0, 60)
changes = st.lists(
    st.one_of(
        st.tuples(st.just("put"), keys, st.integers(0, 60)),
        st.tuples(st.just("drop"), keys, st.just(0)),
    ),
    max_size=25,
)


def change(source: ByHand, what: str, key: int, place: int) -> None:
    """One thing that another operator does."""
    if what == "put":
        source.put(row(key, place, version=1))
    else:
        source.drop(key)


@settings(max_examples=tries(60, 300))
@given(st.sets(keys, min_size=3), changes, st.integers(0, 11))
def test_nothing_at_or_above_the_cursor_moves(
    start: set[int], happened: list[tuple[str, int, int]], cursor: int
) -> None:
    """A key pressed while the list changes must hit the row that was seen."""
    source = ByHand(row(key) for key in start)
    window = opened(source)
    cursor = min(cursor, len(window.lines) - 1)
    before = [line.row.key for line in window.lines[: cursor + 1]]
    for what in happened:
        change(source, *what)
        news(window, source, boundary=cursor)
        assert [line.row.key for line in window.lines[: cursor + 1]] == before


@settings(max_examples=tries(60, 300))
@given(st.sets(keys, min_size=3), changes, st.integers(0, 11))
def test_what_is_shown_waits_or_is_below(
    start: set[int], happened: list[tuple[str, int, int]], cursor: int
) -> None:
    """No row is lost and none is invented; who has left is marked."""
    source = ByHand(row(key) for key in start)
    window = opened(source, limit=100)
    cursor = min(cursor, len(window.lines) - 1)
    for what in happened:
        change(source, *what)
        news(window, source, boundary=cursor)
        there = {one.key for one in source.rows}
        shown = [line.row.key for line in window.lines if not line.gone]
        assert len(shown) == len(set(shown))
        assert set(shown) | window.waiting == there
        assert not set(shown) & window.waiting
        assert window.count == len(window.lines)


@settings(max_examples=tries(40, 200))
@given(st.sets(keys, min_size=3), changes, st.integers(0, 11))
def test_applying_shows_the_list_as_it_is(
    start: set[int], happened: list[tuple[str, int, int]], cursor: int
) -> None:
    """After the operator's word no trace of the old order is left."""
    source = ByHand(row(key) for key in start)
    window = opened(source, limit=100)
    for what in happened:
        change(source, *what)
        news(window, source, boundary=cursor)
    window.refresh(source.page(Ask(where=Where.TOP, limit=200)), boundary=-1)
    assert [line.row.key for line in window.lines] == [one.key for one in source.rows]
    assert not window.stale


@settings(max_examples=tries(40, 200))
@given(st.integers(1, 300), st.integers(5, 20), st.lists(st.booleans(), max_size=40))
def test_walking_through_pages_keeps_the_lines_together(
    count: int, limit: int, steps: list[bool]
) -> None:
    """However far one walks, the window is one stretch of the list and knows its place."""
    source = ByHand(row(key) for key in range(count))
    window = opened(source, limit=limit)
    for down in steps:
        where = Where.AFTER if down else Where.BEFORE
        mark = window.lines[-1 if down else 0].place
        page = source.page(Ask(where=where, limit=limit, mark=mark))
        window.extend(page, where, most=MOST)
        numbers = [line.row.key for line in window.lines]
        assert numbers == list(range(window.start, window.end))
        assert window.count >= window.end
        assert len(numbers) <= MOST


def test_too_small_an_estimate_leaves_room_above() -> None:
    """A guessed offset may be too low; the rows above must stay within reach."""
    source = ByHand(row(key) for key in range(100))
    window = Window(lines=[Line(row(50), row(50).mark)], start=2, count=100)
    shift = window.extend(
        source.page(Ask(where=Where.BEFORE, limit=10, mark=(50, 50))), Where.BEFORE, most=MOST
    )
    assert shift > 0
    assert window.start > 0


@settings(max_examples=tries(40, 200))
@given(st.integers(0, 1900), st.integers(0, 30), st.integers(1, 20))
def test_news_never_makes_a_window_longer(top: int, below: int, times: int) -> None:
    """A list that grew with every commit elsewhere would be slow by noon."""
    source = ByHand(row(key) for key in range(2000))
    window = Window()
    window.replace(source.page(Ask(where=Where.FROM, limit=80, mark=(top, top))), offset=top)
    cursor = min(top + below, window.end - 1)
    held = window.line(cursor)
    for _ in range(times):
        window.keep(cursor - 20, cursor + 40)
        news(window, source, boundary=cursor)
        assert len(window.lines) <= 60 + 8
        assert window.line(cursor) == held


def test_a_storm_above_the_cursor_sends_nothing_away() -> None:
    """Forty orders that come at once, all more urgent: what is shown is still there."""
    source = ByHand(row(key) for key in range(50, 54))
    window = opened(source, limit=100)
    for key in range(40):
        source.put(row(key, 0))
    news(window, source, boundary=3)
    assert (window.gone, [line.row.key for line in window.lines]) == (0, [50, 51, 52, 53])


@given(st.integers(1, 300), st.integers(0, 11))
def test_however_many_come_all_are_counted(storm: int, cursor: int) -> None:
    """A page has room for some; the table asks again until it knows how many wait."""
    source = ByHand(row(key) for key in range(1000, 1012))
    window = opened(source)
    for key in range(storm):
        source.put(row(key))
    asked = 1
    news(window, source, boundary=cursor)
    while window.short:
        news(window, source, boundary=cursor)
        asked += 1
    assert window.new == len(window.waiting) == storm
    assert asked <= 7


def test_what_presses_is_counted_apart_while_it_waits() -> None:
    """Three new ones are looked at soon; a first priority among them at once."""
    source = ByHand(row(key) for key in range(10, 20))
    window = opened(source)
    source.put(row(1))
    source.put(replace(row(2), pressing=True))
    source.put(replace(row(15, version=2), pressing=True))
    news(window, source, boundary=5)
    assert (window.new, window.pressing) == (2, 1)
    news(window, source, boundary=-1)
    assert (window.new, window.pressing) == (0, 0)
