"""The console on a bad line: stalled, torn, hung up; and the bytes it spends on a good one."""

from __future__ import annotations

import os
import select
import signal
from time import monotonic
from typing import TYPE_CHECKING

import pytest

from tests.console.pty_desk import PYTHON, Desk

if TYPE_CHECKING:
    from pathlib import Path

HEART = [PYTHON, "-m", "tests.console.apps.heart"]
LEAVES_THE_SCREEN = b"\x1b[?1049l"


@pytest.fixture
def beats(tmp_path: Path) -> Path:
    """Where the app leaves a mark for each beat and each key."""
    file = tmp_path / "beats"
    file.touch()
    return file


def _await_file(file: Path, text: str, count: int = 1, timeout: float = 15.0) -> None:
    """Wait, without reading the terminal, until the file holds the text so many times."""
    end = monotonic() + timeout
    while file.read_text().count(text) < count:
        assert monotonic() < end, file.read_text()[-200:]
        select.select([], [], [], 0.02)


def test_a_terminal_that_does_not_read_stops_nothing(beats: Path) -> None:
    """Stock Textual's loop stands still after thirty writes, and every timer with it."""
    with Desk([*HEART, str(beats)]) as desk:
        desk.sees("beat 1")
        _await_file(beats, ".", len(beats.read_text()) + 120)
        desk.press("k")
        _await_file(beats, "<k>")
        desk.take()
        desk.sees("key k")
        assert len(desk.take()) < 64_000


def test_an_exit_does_not_wait_for_a_terminal_that_does_not_read(beats: Path) -> None:
    """An operator's dead window must not keep a process alive."""
    with Desk([*HEART, str(beats)]) as desk:
        desk.sees("beat 1")
        _await_file(beats, ".", len(beats.read_text()) + 60)
        desk.process.send_signal(signal.SIGTERM)
        assert desk.process.wait(30) == 128 + signal.SIGTERM


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_signal_ends_the_console_cleanly(beats: Path, number: signal.Signals) -> None:
    """The terminal is given back and the exit code says why."""
    with Desk([*HEART, str(beats), "calm"]) as desk:
        desk.sees("key none")
        desk.process.send_signal(number)
        assert desk.exit_code() == 128 + number
        assert LEAVES_THE_SCREEN in desk.raw


def test_a_closed_terminal_ends_the_console(beats: Path) -> None:
    """The ordinary hang-up: the window is closed."""
    with Desk([*HEART, str(beats), "calm"]) as desk:
        desk.sees("key none")
        desk.hang_up()
        assert desk.process.wait(30) == 128 + signal.SIGHUP


def test_a_console_that_gets_no_hangup_ends_with_its_input(beats: Path, tmp_path: Path) -> None:
    """Under a wrapper that ignores SIGHUP stock Textual lives on and burns a processor."""
    code = tmp_path / "code"
    script = f"trap '' HUP; {' '.join(HEART)} {beats} calm; echo $? > {code}"
    with Desk(["/bin/sh", "-c", script], ignore_hangup=True) as desk:
        desk.sees("key none")
        desk.hang_up()
        desk.process.wait(30)
        assert code.read_text().strip() == str(128 + signal.SIGHUP)


def test_a_console_put_to_sleep_wakes_with_its_whole_screen(beats: Path) -> None:
    """The shell has written over the terminal meanwhile; each time, and its keys are heard."""
    with Desk([*HEART, str(beats), "calm"]) as desk:
        desk.sees("key none")
        for key in "klmnop":
            desk.press(key)
            desk.sees(f"key {key}")
            _sleeps_and_wakes(desk)
            desk.sees(f"key {key}")


def _sleeps_and_wakes(desk: Desk) -> None:
    mark = len(desk.raw)
    desk.process.send_signal(signal.SIGTSTP)
    desk.until(lambda: LEAVES_THE_SCREEN in desk.raw[mark:])
    # A shell, too, waits for this: woken before it sleeps, it would sleep on.
    os.waitid(os.P_PID, desk.process.pid, os.WSTOPPED | os.WNOWAIT)
    desk.settle()
    desk.screen.reset()
    desk.process.send_signal(signal.SIGCONT)


def test_a_console_that_is_over_wakes_to_nothing(beats: Path) -> None:
    """A terminal whose window is closed wakes what is still there."""
    with Desk([*HEART, str(beats), "calm", "lingers"]) as desk:
        desk.sees("key none")
        desk.press("\x11")
        desk.until(lambda: LEAVES_THE_SCREEN in desk.raw)
        _await_file(beats, "over")
        desk.process.send_signal(signal.SIGCONT)
        desk.press("\n")
        assert desk.exit_code() == 0, desk.text()


def test_half_an_arrow_key_is_not_an_escape(beats: Path) -> None:
    """A slow link tears keys apart; the pieces would close a dialog and fire two commands."""
    env = {"SSH_CONNECTION": "192.0.2.1 1 192.0.2.2 22"}
    with Desk([*HEART, str(beats), "calm"], env=env) as desk:
        desk.sees("key none")
        desk.press("\x1b")
        desk.settle(0.15)
        desk.press("[B")
        desk.sees("key down")
        assert "<escape>" not in beats.read_text()


def test_a_byte_that_is_no_text_ends_nothing(beats: Path) -> None:
    """Line noise kills the stock driver; half a character may come in two reads."""
    with Desk([*HEART, str(beats), "calm"]) as desk:
        desk.sees("key none")
        os.write(desk.master, b"\xff")
        os.write(desk.master, "工".encode()[:1])
        desk.settle(0.1)
        os.write(desk.master, "工".encode()[1:])
        desk.settle(0.1)
        desk.press("j")
        desk.sees("key j")


def test_a_fault_tells_one_sentence_and_no_variables(beats: Path) -> None:
    """Textual would print every local variable, customers' words included, and exit with 0."""
    with Desk([*HEART, str(beats), "calm"]) as desk:
        desk.sees("key none")
        desk.press("!")
        assert desk.exit_code() == 1
        said = desk.raw.decode().rpartition("\x1b[?1006l")[2].strip()
        assert said.startswith("The console met a fault and closed.")
        assert "Traceback" not in said
        assert "SECRET-LOCAL" not in desk.raw.decode()
    log = (beats.parent / "state" / "heart.log").read_text()
    assert "RuntimeError: 12 ␦" in log
    assert "SECRET-LOCAL" not in log


def test_forty_ticking_countdowns_cost_few_bytes() -> None:
    """A site on a slow line pays for every one, every second; DataTable sends 19,000."""
    board = [PYTHON, "-m", "tests.console.apps.board", "1000", "7", "100"]
    with Desk(board, size=(160, 42)) as desk:
        desk.sees("board on 0")
        desk.settle()
        for _ in range(5):
            desk.take()
            desk.press("t")
            desk.read(10.0)
            desk.settle(0.08)
            assert 40 <= len(desk.take()) <= 400


def test_countdowns_drawn_alone_stand_where_the_whole_board_has_them() -> None:
    """A second draws only clocks, past the compositor; what lies there is what it would draw."""
    board = [PYTHON, "-m", "tests.console.apps.board", "1000", "7", "100"]
    with Desk(board, size=(160, 42)) as desk:
        desk.sees("board on 0")
        for keys in ("ttt", "jjt", "tk", "t"):
            desk.press(keys)
            desk.settle()
        shown = desk.cells()
        desk.take()
        begun = len(desk.raw)
        desk.press("\x0c")
        desk.until(lambda: len(desk.raw) - begun > 160 * 42)
        desk.settle()
        assert desk.cells() == shown


def test_countdowns_above_ten_minutes_are_silent() -> None:
    """They change once a minute, so most seconds cost nothing."""
    board = [PYTHON, "-m", "tests.console.apps.board", "1000", "60", "690"]
    with Desk(board, size=(160, 42)) as desk:
        desk.sees("board on 0")
        desk.settle()
        desk.take()
        for _ in range(5):
            desk.press("t")
        desk.settle()
        assert desk.take() == b""


def test_the_shell_gets_its_terminal_back(beats: Path) -> None:
    """Mouse, paste and cursor modes are off again when the console has closed."""
    with Desk([*HEART, str(beats), "calm"]) as desk:
        desk.sees("key none")
        desk.process.send_signal(signal.SIGTERM)
        desk.exit_code()
        tail = desk.raw.rpartition(LEAVES_THE_SCREEN)[0][-200:] + desk.raw[-200:]
        for mode in (b"?1000l", b"?1002l", b"?1006l", b"?2004l", b"?25h", b"?7h"):
            assert mode in tail
