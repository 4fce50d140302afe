"""Hostile text through the commands that print: for a terminal, for a pipe, and quoted back."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, NamedTuple

import pytest

from console.cli import main
from store import clock
from store.domain.text import is_unsafe
from tests.console.hostile_desk import PAYLOADS, furnish, spoil
from tests.console.pty_desk import Desk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store with raw payloads in every field of text."""
    url = f"sqlite:///{tmp_path_factory.mktemp('hostile') / 'desk.db'}"
    furnish(url, at=clock.now()).close()
    spoil(url)
    return url


class Said(NamedTuple):
    """What a command came to."""

    code: int
    out: str
    err: str


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """Nothing of the machine's own."""
    names = ("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")
    return {**dict.fromkeys(names, str(tmp_path)), "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"}


@pytest.fixture
def piped(plain_surroundings: None, capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """Carry a command out whose words go to a pipe."""

    def carry_out(*words: str) -> Said:
        code = main(words)
        return Said(code, *capsys.readouterr())

    return carry_out


def _unsafe(text: str) -> set[str]:
    return {character for character in text if is_unsafe(character)} - {"\n"}


@pytest.mark.parametrize(
    "words",
    [
        *("list", "list technicians", "list sites", "list customers", "list alarms"),
        "list calendars",
        *("show 1", "show 2", "show 9", "doctor", "export orders --format csv"),
    ],
)
def test_a_pipe_is_given_nothing_that_commands_a_terminal(
    words: str, spoilt: str, piped: Callable[..., Said]
) -> None:
    """Whoever pipes through less -R or cat sees the same as on the screen."""
    done = piped(*words.split(), "--db", spoilt)
    assert done.out
    assert _unsafe(done.out + done.err) == set()
    assert "Traceback" not in done.err


@pytest.mark.parametrize("words", ["list", "list technicians", "show 5", "doctor"])
def test_json_stays_json_and_keeps_the_text(
    words: str, spoilt: str, piped: Callable[..., Said]
) -> None:
    """A script gets the text as it is, escaped as JSON escapes."""
    done = piped(*words.split(), "--json", "--db", spoilt)
    json.loads(done.out)
    assert _unsafe(done.out) == set()


def test_exported_lines_are_json_each(spoilt: str, piped: Callable[..., Said]) -> None:
    """One order a line, whatever line breaks its title holds."""
    done = piped("export", "orders", "--format", "jsonl", "--db", spoilt)
    titles = [json.loads(line)["title"] for line in done.out.split("\n")[:-1]]
    assert len(titles) == len(PAYLOADS)
    assert all(any(PAYLOADS[k] in title for title in titles) for k in (0, 6, 8))
    assert _unsafe(done.out) == set()


@pytest.mark.parametrize("payload", [PAYLOADS[0], PAYLOADS[1], PAYLOADS[3], PAYLOADS[5]])
@pytest.mark.parametrize(
    "words",
    [["list", "--as"], ["--db"], ["list", "--queue"], ["show"], ["import", "--map", "x"], ["--x"]],
)
def test_what_is_quoted_back_is_safe(
    words: list[str], payload: str, piped: Callable[..., Said]
) -> None:
    """A refusal names what was typed, and what was typed may come from a hostile page."""
    said = payload.replace("\0", "")
    done = piped(*words, said)
    assert done.code in {1, 2, 3}
    assert _unsafe(done.out + done.err) == set()
    assert "Traceback" not in done.err


def test_a_terminal_is_given_only_text(spoilt: str, env: dict[str, str]) -> None:
    """The table on a real terminal; the carriage return is the terminal's own."""
    command = [sys.executable, "-m", "console.cli", "list", "--db", spoilt]
    with Desk(command, size=(100, 40), env=env) as desk:
        assert desk.exit_code() == 0
        desk.settle()
        assert _unsafe(desk.raw.decode()) - {"\r"} == set()
        assert "Ti00" in desk.text()
