"""What the console leaves out of its start, it does not leave out of what it does."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.cli import COMMANDS, DEFAULT
from console.cli_parser import build
from console.cli_quick import opening
from console.turns import Steady
from tests.bench.board_desk import FIRST_FRAME
from tests.console.pty_desk import PYTHON, ROOT, Desk

if TYPE_CHECKING:
    from argparse import Namespace
    from pathlib import Path

_FLAGS = ("--db", "--as", "--lang")
_VALUES = st.sampled_from(["x.db", "postgresql://h/n", "工程", "", "a b", "--db", "-x", "console"])
_PLAIN = (*_FLAGS, "console", "list", "--help", "--d", "-h", "--json", "x")
_WORDS = st.one_of(
    st.sampled_from(_PLAIN),
    _VALUES,
    st.builds(lambda flag, value: f"{flag}={value}", st.sampled_from(_FLAGS), _VALUES),
)
_STORE = {"PAIDAN_DB": "sqlite:////nowhere/at/all.db", "PAIDAN_LANG": "en", "PAIDAN_CONFIG": None}


def _parsed(words: list[str]) -> Namespace:
    args = build(COMMANDS, words).parse_args(words)
    return args if args.command else build(COMMANDS, words).parse_args([*words, DEFAULT])


@given(st.lists(_WORDS, max_size=5))
@settings(deadline=None)
def test_words_taken_without_the_parser_mean_what_the_parser_says(words: list[str]) -> None:
    """Or a faster start has changed what a command line means."""
    quick = opening(words, DEFAULT)
    if quick is not None:
        parsed = vars(_parsed(words))
        assert {name: parsed.get(name) for name in vars(quick)} == vars(quick)


@pytest.mark.parametrize(
    "words", [[], ["console"], ["--db", "x.db"], ["--lang=zh_CN", "console", "--as", "ana"]]
)
def test_the_usual_words_need_no_parser(words: list[str]) -> None:
    """Making the parser of every command takes longer than painting the board."""
    assert opening(words, DEFAULT) is not None


@pytest.mark.usefixtures("cold")
def test_the_first_frame_is_the_whole_board(tmp_path: Path) -> None:
    """Status, queues, both tables and keys in one piece; only the store's rows come later."""
    env = _STORE | {"XDG_CONFIG_HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path)}
    with Desk([PYTHON, "-m", "console.cli"], size=(160, 42), env=env) as desk:
        desk.until(lambda: re.search(FIRST_FRAME, desk.raw, re.DOTALL), 30)
        written = bytes(desk.raw)
        assert written.count(b"opening the store") == written.count(b"all open") == 1


def test_the_palette_that_was_left_out_can_still_be_had() -> None:
    """Textual's own module is imported by whoever asks for it, as if nothing had happened."""
    script = (
        "import sys, console.desk; assert 'textual.command' not in sys.modules;"
        "import textual.command; print(textual.command.CommandPalette.__module__)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == "textual.command", done.stderr


def test_input_is_seen_though_steps_are_always_ready() -> None:
    """Steps go first, but not for ever."""

    async def busy() -> bool:
        loop = asyncio.get_running_loop()
        seen = asyncio.Event()
        inlet, outlet = os.pipe()
        loop.add_reader(inlet, seen.set)
        os.write(outlet, b"x")
        steps = 0
        while not seen.is_set() and steps < 100:
            await asyncio.sleep(0)
            steps += 1
        loop.remove_reader(inlet)
        os.close(inlet)
        os.close(outlet)
        return seen.is_set()

    with asyncio.Runner(loop_factory=lambda: asyncio.SelectorEventLoop(Steady())) as runner:
        assert runner.run(busy())
