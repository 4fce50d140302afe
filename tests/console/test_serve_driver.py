"""What the driver over a socket promises, seen from the socket's other end."""

from __future__ import annotations

import select
from time import monotonic
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.serve import wire
from tests.console.pty_desk import PYTHON
from tests.console.socket_line import SocketLine

if TYPE_CHECKING:
    from pathlib import Path

KINDS = st.sampled_from(list(wire.Kind))


@pytest.fixture
def beats(tmp_path: Path) -> Path:
    """Where the app leaves a mark for each beat and each key."""
    file = tmp_path / "beats"
    file.touch()
    return file


def _heart(beats: Path, *words: str) -> SocketLine:
    return SocketLine([PYTHON, "-m", "tests.console.apps.lined", str(beats), "{line}", *words])


def _await_file(file: Path, text: str, count: int = 1) -> None:
    """Wait, without reading the line, until the file holds the text so many times."""
    end = monotonic() + 30
    while file.read_text().count(text) < count:
        assert monotonic() < end, file.read_text()[-200:]
        select.select([], [], [], 0.02)


@given(st.lists(st.tuples(KINDS, st.binary(max_size=50)), max_size=6), st.integers(1, 9))
def test_frames_come_whole_whatever_pieces_they_come_in(
    told: list[tuple[wire.Kind, bytes]], piece: int
) -> None:
    """A stream knows no frames."""
    data = b"".join(wire.frame(kind, body) for kind, body in told)
    unframer = wire.Unframer()
    heard: list[tuple[wire.Kind, bytes]] = []
    for start in range(0, len(data), piece):
        heard += unframer.feed(data[start : start + piece])
    assert heard == told


@given(st.binary(max_size=40))
def test_what_is_no_frame_is_broken_and_nothing_worse(data: bytes) -> None:
    """Neither end believes the other."""
    try:
        for _kind, body in wire.Unframer().feed(data):
            wire.size_in(body)
            wire.end_in(body)
    except wire.Broken:
        pass


@given(st.integers(0, 65535), st.integers(0, 65535))
def test_every_size_is_one_that_a_screen_can_have(columns: int, rows: int) -> None:
    """A client may say 0 by 0, or ask for gigabytes of cells."""
    width, height = wire.size_in(wire.resize(columns, rows)[5:])
    assert 1 <= width <= 500
    assert 1 <= height <= 500


def test_a_longer_frame_than_any_is_refused_at_its_head() -> None:
    """Before its body takes memory."""
    with pytest.raises(wire.Broken):
        list(wire.Unframer().feed(b"\x01\xff\xff\xff\xff"))


def test_a_character_torn_by_the_line_arrives_whole(beats: Path) -> None:
    """Packets end where they like."""
    with _heart(beats, "calm") as line:
        line.sees("key none")
        first, second = "派".encode()[:1], "派".encode()[1:]
        line.type(first)
        line.type(second)
        line.sees("key 派")


def test_a_byte_of_another_encoding_ends_nothing(beats: Path) -> None:
    """One 0xE9 of a terminal set to Latin-1 kills the stock driver."""
    with _heart(beats, "calm") as line:
        line.sees("key none")
        line.type(b"\xe9")
        line.type(b"k")
        line.sees("key k")


def test_a_lone_escape_arrives(beats: Path) -> None:
    """Nothing comes after it that would show it is no arrow."""
    with _heart(beats, "calm") as line:
        line.sees("key none")
        line.type(b"\x1b")
        line.sees("key escape")


def test_half_an_arrow_waits_for_its_rest(beats: Path) -> None:
    """A slow link tears keys apart."""
    with _heart(beats, "calm") as line:
        line.sees("key none")
        line.type(b"\x1b[")
        line.type(b"A")
        line.sees("key up")


def test_a_resize_is_heard(beats: Path) -> None:
    """Without a terminal there is no signal that tells it."""
    with _heart(beats, "calm") as line:
        line.sees("key none")
        line.resize(60, 10)
        line.type(b"s")
        line.sees("key size 60x10")


def test_a_client_that_does_not_read_stops_nothing_and_then_sees_what_is(beats: Path) -> None:
    """What piled up meanwhile is the net change, and the screen is that of a fresh repaint."""
    with _heart(beats) as line:
        line.sees("beat 1")
        _await_file(beats, ".", len(beats.read_text()) + 150)
        line.type(b"k")
        _await_file(beats, "<k>")
        held = len(line.raw)
        line.sees("key k")
        assert len(line.raw) - held < 64_000


def test_the_screen_after_a_stall_equals_a_fresh_repaint(beats: Path) -> None:
    """Nothing of the frames that were never written is missing."""
    with _heart(beats) as line:
        line.sees("beat 1")
        _await_file(beats, ".", len(beats.read_text()) + 150)
        line.type(b"p")
        line.sees("key p")
        line.type(b"s")
        line.sees("key size")
        before = line.text()
        assert "beat " in before
        line.screen.reset()
        line.type(b"\x0c")  # ^l paints every cell
        line.sees("key size")
        line.type(b"k")
        line.sees("key k")
        assert line.text().replace("key k       ", "key size 80x24", 1).split() == before.split()


def test_the_end_of_the_line_ends_the_app(beats: Path) -> None:
    """As a hang-up does: it goes through its clean end."""
    with _heart(beats, "calm") as line:
        line.sees("key none")
        line.line.close()
        _await_file(beats, "<ended 129>")


def test_an_end_that_is_asked_for_gives_the_terminal_back(beats: Path) -> None:
    """And says how it ended."""
    with _heart(beats, "calm") as line:
        line.sees("key none")
        line.line.sendall(wire.ended(0))
        line.until(lambda: line.ended is not None)
        assert line.ended == (129, "")
        assert line.raw.rstrip().endswith(b"\x1b[?1049l\x1b[?25h")


def test_a_fault_shows_no_local_variable(beats: Path) -> None:
    """Textual's traceback shows them to whoever looks."""
    with _heart(beats, "calm") as line:
        line.sees("key none")
        line.type(b"!")
        line.until(lambda: line.ended is not None)
        assert line.ended == (1, "")
        assert b"SECRET" not in line.raw
