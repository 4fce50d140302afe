"""The work table on a real terminal: keys, mouse, sizes, news, slow and failing sources."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from console.widgets.columns import ROOMY, Column, fit, fit_text
from tests.console.pty_desk import PYTHON, Desk

if TYPE_CHECKING:
    from collections.abc import Iterator

BOARD = [PYTHON, "-m", "tests.console.apps.board"]
PAGE_DOWN, PAGE_UP, HOME, END = "\x1b[6~", "\x1b[5~", "\x1b[H", "\x1b[F"
CTRL_D, CTRL_U = "\x04", "\x15"


@pytest.fixture(scope="module")
def million() -> Iterator[Desk]:
    """A board of a million rows, shared by the tests that only walk on it."""
    with Desk([*BOARD, "1000000", "7", "15"], size=(100, 22)) as desk:
        desk.sees("board on 0")
        yield desk


@pytest.fixture
def small() -> Iterator[Desk]:
    """A hundred rows that can come and go."""
    with Desk([*BOARD, "100", "7", "15", "by-hand"], size=(80, 12)) as desk:
        desk.sees("board on 0")
        yield desk


@pytest.mark.parametrize(
    ("keys", "on"),
    [
        ("jjj", 3),
        ("jjjk", 2),
        (PAGE_DOWN, 20),
        (PAGE_DOWN * 30, 600),
        (PAGE_DOWN * 30 + PAGE_UP * 29, 20),
        (CTRL_D, 10),
        (CTRL_D * 3 + CTRL_U, 20),
        ("G", 999_999),
        (END + PAGE_UP, 999_979),
        ("Gg", 0),
        (END + HOME, 0),
        ("k", 0),
        ("Gj", 999_999),
    ],
)
def test_keys_move_the_cursor(million: Desk, keys: str, on: int) -> None:
    """A million rows are walked like ten; nothing is read but what is looked at."""
    million.press("g")
    million.sees("board on 0 ")
    million.press(keys)
    million.sees(f"board on {on} ")
    million.until(lambda: any(f"> W{on:07}" in million.line(y) for y in range(22)))


def test_enter_opens_the_row(million: Desk) -> None:
    """The message carries the key of what is under the cursor."""
    million.press("gjj\r")
    million.sees("board chose 2")


def test_the_mouse_takes_a_row_and_two_clicks_open_it(million: Desk) -> None:
    """And the wheel scrolls without moving the cursor."""
    million.press("g")
    million.sees("> W0000000")
    click = "\x1b[<0;9;6M\x1b[<0;9;6m"
    million.press(click)
    million.sees("> W0000003")
    million.press(click)
    million.sees("board chose 3")
    million.press("\x1b[<65;9;6M" * 2)
    million.until(lambda: "W0000006" in million.line(2))
    million.press("j")
    million.sees("> W0000004")


def test_a_click_on_the_bar_jumps(million: Desk) -> None:
    """Half-way down the bar is half-way down a million rows."""
    million.press("g")
    million.sees("> W0000000")
    million.press("\x1b[<0;100;12M\x1b[<0;100;12m")
    million.until(lambda: million.line(2)[3:7] in ("W047", "W052", "W050", "W049", "W045"))


def test_new_rows_above_wait_until_asked_for(small: Desk) -> None:
    """The list never jumps under the cursor; the count of what waits is shown."""
    small.press("jjj")
    small.sees("> W0000003")
    heads, *before, _last = small.text().splitlines()[1:]
    small.press("aaa")
    small.sees("3 new")
    still, *after, notice = small.text().splitlines()[1:]
    assert (still, after) == (heads, before)
    assert "3 new" in notice
    small.press(".")
    small.sees("N0000003")
    small.sees("> W0000003")
    assert "> W0000003" in small.line(8)
    assert "new, " not in small.line(1)


def test_a_step_up_from_the_first_row_shows_what_is_new(small: Desk) -> None:
    """Whoever works at the top need not learn a key."""
    small.press("a")
    small.sees("1 new")
    small.press("k")
    small.sees("N0000001")
    assert "> W0000000" in small.line(3)


def test_a_row_that_left_stays_under_the_cursor(small: Desk) -> None:
    """The next key must not hit the row that slipped into its place."""
    small.press("jj")
    small.sees("> W0000002")
    small.press("r")
    small.sees("~> W0000002")
    small.press(".")
    small.sees("> W0000003")
    assert "W0000002" not in small.text()


@pytest.mark.parametrize("size", [(80, 24), (40, 6), (200, 50), (30, 4)])
def test_a_new_size_keeps_the_row(small: Desk, size: tuple[int, int]) -> None:
    """Selection is a key, not a line of the screen."""
    small.press("j" * 30)
    small.sees("> W0000030")
    small.resize(*size)
    small.settle(0.2)
    small.sees("> W0000030")
    small.press("j")
    small.sees("> W0000031")


@pytest.mark.parametrize(("width", "shown"), [(80, False), (120, True)])
def test_columns_come_with_room(width: int, shown: bool) -> None:
    """Narrow tables leave out what can be left out, and every line is exactly as wide as it is."""
    columns = (
        Column(name="a", title="a", width=8),
        Column(name="c", title="c", width=6, clock=True),
        Column(name="t", title="t", width=10, flexible=True),
        Column(name="s", title="s", width=9, since=100),
    )
    slots = fit(columns, width, left=2, right=2)
    assert ("s" in [slot.column.name for slot in slots]) == shown
    assert slots[-1].x + slots[-1].width == width - 2
    assert [slot.cell for slot in slots] == [0, -1, 1, 2][: len(slots)]


def test_a_name_gets_room_where_there_is_some() -> None:
    """A wide table need not cut what a narrow one must."""
    columns = (
        Column(name="t", title="t", width=10, flexible=True),
        Column(name="s", title="s", width=9, roomy=30),
    )
    widths = [fit(columns, width, left=2, right=2)[-1].width for width in (ROOMY - 1, ROOMY)]
    assert widths == [9, 30]


@given(
    st.lists(
        st.tuples(st.integers(1, 12), st.booleans(), st.integers(0, 60)), min_size=1, max_size=5
    ),
    st.integers(80, 220),
)
def test_no_cell_is_cut_while_there_is_room(drawn: list[tuple[int, bool, int]], width: int) -> None:
    """Where all rows are at hand, no column has more than it needs while another has less."""
    columns = [
        Column(name=str(place), title="t", width=wide, flexible=flexible)
        for place, (wide, flexible, _need) in enumerate(drawn)
    ]
    needs = {str(place): need for place, (_wide, _flexible, need) in enumerate(drawn)}
    slots = fit(columns, width, left=3, right=2, needs=needs)
    end = slots[-1].x + slots[-1].width
    assert end <= width - 2
    assert all(before.x + before.width < after.x for before, after in pairwise(slots))
    for slot in slots:
        asked, flexible, need = drawn[int(slot.column.name)]
        assert slot.width <= max(need, len("t"), 0 if flexible else asked)
    if any(slot.width < needs[slot.column.name] for slot in slots):
        assert end == width - 2, "a cell is cut beside room for it"


@given(st.text(st.sampled_from("ab 中文é👍"), max_size=30), st.integers(1, 20))
def test_a_cell_is_as_wide_as_its_column(text: str, width: int) -> None:
    """Chinese takes two cells a character and may not be cut in half."""
    assert cell_len(fit_text(text, width)) == width


def test_a_slow_source_is_waited_for_with_the_keys_alive() -> None:
    """Placeholders first, rows when they come, and a fault of the source kills nothing."""
    with Desk([PYTHON, "-m", "tests.console.apps.slow"], size=(60, 10)) as desk:
        desk.sees("asked")
        desk.press("z")
        desk.sees("keys live")
        desk.press("o")
        desk.sees("> W0000000")
        desk.press(END)
        desk.sees("asked")
        desk.press("f")
        desk.sees("failed: the line is down")
        assert "> W0000000" in desk.text()
