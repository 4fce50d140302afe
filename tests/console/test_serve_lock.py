"""A session in which nobody types is covered, and whoever comes in again lands where he was."""

from __future__ import annotations

import json
import re
from contextlib import ExitStack
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from console.place import LONGEST, Place, PlaceFile, place_in
from store import clock
from store.commands.operator_keys import EnrolOperator
from store.commands.orders import NewOrder
from tests.console.ssh_desk import make_key, served_in
from tests.console.test_serve_refused import HASTY
from tests.console.web_desk import drawn, web_in

if TYPE_CHECKING:
    from pathlib import Path

    from tests.console.pty_desk import Desk
    from tests.console.ssh_desk import SshDesk

_BELL: Final = b"\x07"
_POINTER: Final = b"\x1b]22;default\x07"
_AGAIN: Final = "Enter ends this session; then come in again with your key."
LOCK: Final = ("--lock", "120", "--idle", "9000")
"""Six seconds, as a minute of a hasty desk lasts the twentieth of one."""


def _rings(desk: Desk) -> int:
    return bytes(desk.raw).replace(_POINTER, b"").count(_BELL)


def test_who_was_away_comes_in_again_to_where_he_was(tmp_path: Path) -> None:
    """Whoever leaves by his own key begins with everything again; a wall is never locked."""
    with served_in(tmp_path, *LOCK, program=HASTY) as served, ExitStack() as later:
        key = make_key(tmp_path / "wall")
        served.do(EnrolOperator(code="wall", name="Wall", role="screen", key=key))
        wall = later.enter_context(served.connect(key="wall"))
        wall.sees("Lift stuck")
        with served.connect() as ana:
            _sits_at_the_pump(ana)
            ana.sees("this session is locked at")
            ana.press("m")
            ana.until(lambda: "this session is locked at" not in ana.text())
            ana.press("m")
            ana.sees(_AGAIN)
            _shows_nothing_and_rings(served, ana)
            served.until(
                lambda: [one.operator for one in served.who_is_in() if one.locked] == ["ana"]
            )
            ana.press("\r")
            ana.until(lambda: b"Come in again, and you land where you were." in ana.raw)
            ana.exit_code()
        with served.connect() as again:
            again.sees("you are where you were")
            again.until(lambda: "title^" in again.text() and "> A assigned" in again.text())
            assert "all open / lamp or pump" in again.text()
            again.press("q")
            again.exit_code()
        with served.connect() as anew:
            anew.sees("Gate jammed")
        assert "Lift stuck" in wall.text()
        assert _AGAIN not in wall.text()


def _sits_at_the_pump(ana: Desk) -> None:
    ana.sees("Lift stuck")
    ana.press("/lamp or pump\r")
    ana.sees("2 found")
    ana.press("s")
    ana.sees("Sort by")
    ana.press("6")
    ana.sees("title^")
    ana.press("G")
    ana.until(lambda: "> A assigned" in ana.text())


def _shows_nothing_and_rings(served: SshDesk, ana: Desk) -> None:
    assert not re.search("Pump|Lamp|assigned|lamp or pump|Ana", ana.text())
    before = _rings(ana)
    long_ago = clock.now() - timedelta(days=3)
    served.do(NewOrder(title="Gate jammed", priority=1, opened_at=long_ago))
    ana.sees("an alarm rings")
    assert _rings(ana) > before
    ana.press("q\x1bnxk")
    ana.resize(70, 20)
    ana.sees("locked since")
    assert not re.search(b"Gate|New order", ana.raw)


def test_a_locked_session_s_connection_opens_no_other(tmp_path: Path) -> None:
    """Who shares a connection among his clients proves his key again all the same."""
    with served_in(tmp_path, "--lock", "20", program=HASTY) as served:
        control = str(tmp_path / "control")
        shared = ("-o", "ControlMaster=auto", "-o", f"ControlPath={control}")
        with served.connect(before=shared) as ana:
            ana.sees(_AGAIN)
            code, said = served.run_with(["-S", control], "list")
            assert (code, "session request failed" in said or "refused" in said) == (0, True), said


def test_a_locked_browser_says_another_code(tmp_path: Path) -> None:
    """What let it in before lets nobody in any more, once all it has open is locked, or nothing."""
    with web_in(tmp_path, "--lock", "40", "--idle", "9000", program=HASTY) as served:
        unused, cookie = served.enter(), served.enter()
        with served.line(cookie) as other, served.line(cookie) as line:
            drawn(line, "then come in again by another one-time code.")
            drawn(other, "then come in again by another one-time code.")
            assert 'name="code"' in served.get(Cookie=cookie).text
            assert served.refused(cookie) == served.refused(unused) == 403
            line.send(b"\r")
            drawn(line, "The session was locked.")


def test_the_place_of_the_session_that_ended_last_counts(tmp_path: Path) -> None:
    """And nobody else's."""
    path = tmp_path / "places" / "ana.json"
    first = place_in({"queue": "overdue", "typed": "lift", "sort": "title", "descending": True})
    second = place_in({"queue": "waiting", "number": 7})
    assert first is not None
    assert second is not None
    one, other = PlaceFile(path), PlaceFile(path)
    assert one.read() is None
    one.write(first)
    other.write(second)
    assert one.read() == second
    one.write(first)
    assert other.read() == first
    assert path.stat().st_mode & 0o777 == 0o600
    one.write(None)
    assert other.read() is None


def test_no_file_leads_anywhere_that_is_none(tmp_path: Path) -> None:
    """It may have been written by anybody, or by half."""
    path = tmp_path / "ana.json"
    all_open = {"queue": "all_open"}
    for told in ("", "{", "[]", "7", '{"queue": "x"}', '{"queue": ["all_open"]}', "[" * 60_000):
        path.write_text(told)
        assert PlaceFile(path).read() is None
    path.write_bytes(b"\xff\xfe")
    assert PlaceFile(path).read() is None
    plain = place_in(all_open)
    for wrong in (
        {"typed": "a\x1b[2J"},
        {"typed": "\u202ea"},
        {"typed": "x" * (LONGEST + 1)},
        {"typed": 7},
        {"sort": "x; DROP", "descending": True},
        {"view": True},
        {"view": -1},
        {"query": "overdue"},
        {"number": 1 << 60},
        {"number": "1"},
    ):
        assert place_in({**all_open, **wrong}) == plain
    secret = tmp_path / "secret"
    secret.write_text(json.dumps(all_open))
    path.unlink()
    path.symlink_to(secret)
    assert PlaceFile(path).read() is None
    assert isinstance(plain, Place)
