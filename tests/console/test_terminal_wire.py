"""Laws of the wire: whatever way the bytes take, an emulator ends where it should."""

from __future__ import annotations

import pyte
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.color import Color, ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from console.frames import Frame
from console.wire import move, repen
from tests.console.pty_desk import Emulator

WIDTH, HEIGHT = 24, 4

places = st.tuples(st.integers(0, WIDTH - 1), st.integers(0, HEIGHT - 1))
colours = st.sampled_from(
    [None, *(Color.parse(name) for name in ("#102030", "#a0b0c0", "red", "default", "color(99)"))]
)
styles = st.builds(
    Style,
    color=colours,
    bgcolor=colours,
    bold=st.sampled_from([None, True]),
    underline=st.sampled_from([None, True]),
    reverse=st.sampled_from([None, True]),
)
texts = st.text(st.sampled_from("ab 中文é│…"), max_size=9)
lines = st.lists(st.builds(Segment, texts, styles), max_size=4).map(
    lambda segments: Strip(segments).adjust_cell_length(WIDTH, Style())
)
frames = st.lists(lines, min_size=HEIGHT, max_size=HEIGHT)


def _pen(style: Style) -> str:
    return Strip.render_ansi(style, ColorSystem.TRUECOLOR)


def _write(screen: Emulator, text: str) -> None:
    pyte.ByteStream(screen).feed(text.encode())


def _draw(frame: Frame, strips: list[Strip]) -> None:
    for y, strip in enumerate(strips):
        frame.draw(y, [strip])


@given(places, places)
def test_a_move_ends_where_it_is_meant_to(here: tuple[int, int], there: tuple[int, int]) -> None:
    """However short the way."""
    screen = Emulator(WIDTH, HEIGHT)
    _write(screen, move((None, None), here) + move(here, there))
    assert (screen.cursor.x, screen.cursor.y) == there


@given(places, places)
def test_no_move_is_longer_than_the_plain_one(
    here: tuple[int, int], there: tuple[int, int]
) -> None:
    """Saving is the point."""
    assert len(move(here, there)) <= len(f"\x1b[{there[1] + 1};{there[0] + 1}H")


@given(styles, styles)
def test_a_change_of_pen_writes_like_the_new_pen_alone(old: Style, new: Style) -> None:
    """Nothing of the old pen shows through."""
    alone, after = Emulator(WIDTH, HEIGHT), Emulator(WIDTH, HEIGHT)
    _write(alone, f"\x1b[0;{_pen(new)}mx" if _pen(new) else "\x1b[mx")
    _write(after, repen(None, _pen(old)) + repen(_pen(old), _pen(new)) + "x")
    assert alone.buffer[0][0] == after.buffer[0][0]


@settings(max_examples=40)
@given(st.lists(frames, min_size=1, max_size=4), places)
def test_any_frames_end_in_the_last_one(shown: list[list[Strip]], cursor: tuple[int, int]) -> None:
    """The differences add up to what one full paint would show, the cursor in its place."""
    frame, screen = Frame(WIDTH, HEIGHT), Emulator(WIDTH, HEIGHT)
    for strips in shown:
        _draw(frame, strips)
        _write(screen, frame.flush(cursor))
    fresh, painted = Frame(WIDTH, HEIGHT), Emulator(WIDTH, HEIGHT)
    _draw(fresh, shown[-1])
    _write(painted, fresh.flush(cursor))
    assert [dict(screen.buffer[y]) for y in range(HEIGHT)] == [
        dict(painted.buffer[y]) for y in range(HEIGHT)
    ]
    assert (screen.cursor.x, screen.cursor.y) == cursor


@settings(max_examples=30)
@given(st.lists(frames, min_size=1, max_size=4))
def test_frames_that_were_held_back_cost_only_the_net_change(shown: list[list[Strip]]) -> None:
    """A terminal that reads again gets the present, not the past."""
    frame = Frame(WIDTH, HEIGHT)
    _draw(frame, shown[0])
    frame.flush((0, 0))
    for strips in [*shown[1:], shown[0]]:
        _draw(frame, strips)
    assert frame.flush((0, 0)) == ""


@settings(max_examples=40)
@given(frames, st.data())
def test_a_part_laid_over_a_line_is_what_shows(later: list[Strip], data: st.DataObject) -> None:
    """Until the line is drawn anew, be it with what it had before."""
    frame, screen = Frame(WIDTH, HEIGHT), Emulator(WIDTH, HEIGHT)
    plain = [Strip([Segment(f"{y:{WIDTH}}")], WIDTH) for y in range(HEIGHT)]
    _draw(frame, plain)
    y, x = data.draw(st.integers(0, HEIGHT - 1)), data.draw(st.integers(0, WIDTH - 4))
    assert frame.lies(0, y, plain[y])
    assert not frame.lies(0, y, Strip([Segment(" " * WIDTH)], WIDTH))
    frame.patch(0, y, x, [Segment("9:59")])
    _write(screen, frame.flush((0, 0)))
    assert screen.display[y] == plain[y].text[:x] + "9:59" + plain[y].text[x + 4 :]
    for strips in (data.draw(st.sampled_from([plain, later])), plain):
        _draw(frame, strips)
        _write(screen, frame.flush((0, 0)))
    assert screen.display == [strip.text for strip in plain]


def test_a_blank_screen_is_not_painted_twice() -> None:
    """Nothing changed, nothing written."""
    frame = Frame(WIDTH, HEIGHT)
    frame.flush((0, 0))
    assert frame.flush((0, 0)) == ""


@given(st.integers(0, 2 * WIDTH), lines)
def test_what_lies_beyond_the_edge_is_left_out(x: int, line: Strip) -> None:
    """Widgets keep a least width; drawn again with the same segments, too."""
    frame, screen = Frame(WIDTH, HEIGHT), Emulator(WIDTH, HEIGHT)
    frame.put(x, 0, line)
    frame.put(x, 0, Strip([*line], WIDTH))
    _write(screen, frame.flush((0, 0)))
    assert "".join(screen.display[0][:x]).strip() == ""
    assert "".join(screen.display[1:]).strip() == ""
