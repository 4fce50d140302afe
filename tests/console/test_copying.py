"""Copying: one sequence that a text cannot leave, and a file beside it."""

from __future__ import annotations

import re
import stat
from base64 import b64decode
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.clipboard import LONGEST, keep_copy, osc52, plain, takes_copies
from store import clock
from store.commands.orders import NewOrder
from store.commands.places import SaveCustomer, SaveSite
from store.domain.text import is_unsafe
from tests.console.faulty_desk import ANA, console, furnish

if TYPE_CHECKING:
    from pathlib import Path

    from tests.console.pty_desk import Desk

_BARE = re.compile(rb"(?<!\x1b)\x1b\]52;c;([A-Za-z0-9+/=]*)\x07")
_WRAPPED = re.compile(rb"\x1bPtmux;\x1b\x1b\]52;c;([A-Za-z0-9+/=]*)\x07\x1b\\")


@given(st.text())
def test_a_text_cannot_leave_the_sequence_that_copies_it(text: str) -> None:
    """Whatever it holds, base64 goes out, and what comes out of that obeys nobody."""
    sent = osc52(text).encode()
    found = _BARE.fullmatch(sent)
    assert found is not None
    copied = b64decode(found[1]).decode()
    assert not any(is_unsafe(character) for character in copied if character != "\n")
    wrapped = osc52(text, tmux=True).encode()
    assert wrapped.startswith(sent)
    again = _WRAPPED.fullmatch(wrapped[len(sent) :])
    assert again is not None
    assert again[1] == found[1]


def test_a_flood_is_cut_before_a_terminal_would_drop_it_whole() -> None:
    """xterm and kitty ignore what is longer than some hundred kilobytes."""
    assert len(plain("梯" * 50_000)) == LONGEST
    assert len(osc52("梯" * 50_000)) < 100_000


@pytest.mark.parametrize(
    ("environ", "known"),
    [
        ({"TERM": "xterm-256color"}, False),
        ({"TERM": "xterm-kitty"}, True),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"}, True),
        ({"TERM": "xterm-256color", "WT_SESSION": "1f2e"}, True),
        ({"TERM": "xterm-kitty", "TMUX": "/tmp/tmux-0/default,1,0"}, False),
        ({"TERM": "foot", "STY": "1.pts-0"}, False),
    ],
)
def test_a_terminal_is_trusted_only_by_its_name(environ: dict[str, str], known: bool) -> None:
    """Behind tmux nobody knows what is outside."""
    assert takes_copies(environ) is known


def test_the_file_is_its_owner_s_alone_and_follows_no_link(tmp_path: Path) -> None:
    """A customer's telephone stands in it."""
    other, path = tmp_path / "other", tmp_path / "new" / "copied.txt"
    other.write_text("mine")
    path.parent.mkdir()
    path.symlink_to(other)
    keep_copy(path, "#7\x1b]52;c;!\x07 梯")
    assert other.read_text() == "mine"
    assert path.read_text(encoding="utf-8") == "#7␛]52;c;!␇ 梯\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in path.parent.iterdir()] == ["copied.txt"]


def _copied(desk: Desk, pattern: re.Pattern[bytes] = _BARE) -> list[str]:
    return [b64decode(found).decode() for found in pattern.findall(bytes(desk.raw))]


def test_an_order_is_copied_through_a_real_terminal(tmp_path: Path) -> None:
    """Number, title, where and whom to call; a hostile title sends one sequence: ours."""
    url, at = f"sqlite:///{tmp_path / 'desk.db'}", clock.now()
    records = furnish(url)
    for command in (
        SaveSite(code="HQ", name="总部大楼", address="Ring Road 1"),
        SaveCustomer(code="C1", name="Lin", phone="138 0000 1111"),
        NewOrder(title="boil\x1b]52;c;ZXZpbA==\x07er", priority=1, site="HQ", customer="C1"),
    ):
        records.do(command, who=ANA, at=at)
    records.close()
    with console(url, tmp_path, env={"TMUX": "", "TERM_PROGRAM": ""}) as desk:
        desk.sees("boil")
        assert _copied(desk) == []
        desk.press(":copy 4\r")
        desk.sees("/copied.txt")
        (text,) = _copied(desk)
        assert text.splitlines()[0].startswith("#4 P1 boil␛]52;c;ZXZpbA==␇er")
        assert "site: 总部大楼  Ring Road 1" in text.splitlines()
        assert "customer: Lin  138 0000 1111" in text.splitlines()
        (path,) = tmp_path.rglob("copied.txt")
        assert path.read_text(encoding="utf-8") == f"{text}\n"


def test_in_tmux_a_copy_goes_both_ways_and_the_file_is_told(tmp_path: Path) -> None:
    """What is under the cursor, by key; tmux may take the one or hand on the other."""
    url = f"sqlite:///{tmp_path / 'desk.db'}"
    furnish(url).close()
    with console(url, tmp_path, size=(160, 30), env={"TMUX": "/tmp/t,1,0"}) as desk:
        desk.sees("Lift stuck")
        desk.press("'")
        desk.sees("/copied.txt")
        (bare,) = _copied(desk)
        assert "Lift stuck" in bare or "Pump leaks" in bare
        assert _copied(desk, _WRAPPED) == [bare]


def test_a_terminal_known_to_copy_needs_no_file(tmp_path: Path) -> None:
    """The page of an order, as it is in sight."""
    url = f"sqlite:///{tmp_path / 'desk.db'}"
    furnish(url).close()
    env = {"TERM_PROGRAM": "WezTerm", "TMUX": "", "STY": ""}
    with console(url, tmp_path, env=env) as desk:
        desk.sees("Lift stuck")
        desk.press(":go 1\r")
        desk.sees("what happened")
        desk.press("'")
        desk.sees("given to the terminal's clipboard")
        (text,) = _copied(desk)
        assert "Lift stuck" in text
        assert list(tmp_path.rglob("copied.txt")) == []
