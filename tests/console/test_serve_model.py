"""A session begins as the copy of a console that was drawn before, and nobody can tell."""

from __future__ import annotations

import os
import re
import select
import subprocess
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import pytest

from console.serve.model import SIZE, Standing, colours_of
from store import clock
from store.commands import SaveLevel
from store.commands.orders import NewOrder
from store.records import open_records
from tests.console.apps.filled import NEW, POOL, SIZES
from tests.console.faulty_desk import ANA, furnish
from tests.console.pty_desk import PYTHON, ROOT
from tests.console.served import Forked, Session
from tests.warm import cold

if TYPE_CHECKING:
    from collections.abc import Iterator

_COUNTS = re.compile(r" \d:\d\d resp Rope worn")
MOST_MIB = 16
"""Of its own, a session may have; one that shares nothing has more than three times as much."""
COLOURS = 9
"""What a board with orders on it is drawn in; an empty one takes five."""


@pytest.fixture(scope="module")
def forked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forked]:
    """A fork server over the small desk, for all tests here."""
    place = tmp_path_factory.mktemp("forked")
    url = f"sqlite:///{place / 'desk.db'}"
    furnish(url).close()
    with cold(), Forked(url, place) as server:  # how its memory lies is looked at
        yield server


def test_a_copy_looks_as_if_it_had_been_drawn_for_its_client(forked: Forked) -> None:
    """In the size that was drawn, a smaller and a larger one; none is drawn for sixteen colours."""
    for size in (SIZE, (90, 24), (170, 50)):
        with (
            Session(forked, size=size) as copy,
            Session(forked, size=size, TERM="xterm") as drawn,
        ):
            for one in (copy, drawn):
                one.sees("Lift stuck")
                one.press("n")
                one.sees("New order")
                one.press("\x1b")

            def same(copy: Session = copy, drawn: Session = drawn) -> bool:
                drawn.read(0.02)
                return copy.text() == drawn.text()

            copy.until(same)


def test_it_speaks_the_language_of_its_client(forked: Forked) -> None:
    """One was drawn for each language."""
    with (
        Session(forked, LC_ALL="zh_CN.UTF-8") as chinese,
        Session(forked, LC_ALL="en_US.UTF-8") as english,
    ):
        chinese.sees("派单")
        english.sees("all open")
        chinese.sees("Lift stuck")
        assert "all open" not in chinese.text()


def test_it_has_colours_as_its_client_says(forked: Forked) -> None:
    """True colours where they are told of, none where none are wanted."""
    with (
        Session(forked, COLORTERM="truecolor") as true,
        Session(forked) as some,
        Session(forked, NO_COLOR="1") as none,
    ):
        for one in (true, some, none):
            one.sees("Lift stuck")
        assert b"38;2;" in true.raw
        assert b"38;2;" not in some.raw
        assert b"38;5;" in some.raw
        assert not re.search(rb"[34]8;[25];", none.raw)


def test_a_session_takes_little_memory_of_its_own(forked: Forked) -> None:
    """Most of what it needs was there before the fork, and stays as it was."""
    with Session(forked, size=SIZE) as ana:
        ana.sees("Lift stuck")
        ana.press("j")
        ana.until(lambda: ana.read(0.5) is False)  # it has come to rest
        told = Path(f"/proc/{ana.pid}/smaps_rollup").read_text()
        own = int(re.findall(r"^Private_Dirty: +(\d+) kB", told, re.MULTILINE)[0]) / 1024
        assert own < MOST_MIB


def test_what_orders_need_to_be_drawn_is_known_before_anybody_comes() -> None:
    """The colours of all their looks; of the orders themselves nothing is left."""
    code = (
        "import os\n"
        "from console import gate\n"
        "from console.config import load\n"
        "from console.serve import model\n"
        "settings = load({'store': 'sqlite:///none.db', 'language': 'en'}, environ=os.environ)\n"
        "made = model.drawn(settings, '256')\n"
        "orders = made.desk.screen.query_one('#orders')\n"
        "print(gate.nearest.cache_info().currsize, orders.window.count, flush=True)\n"
        "os._exit(0)\n"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color"}
    told = subprocess.run([PYTHON, "-c", code], env=env, capture_output=True, check=True)
    colours, orders = map(int, told.stdout.split())
    assert colours >= COLOURS
    assert orders == 0


def test_two_sessions_do_not_tick_at_once(forked: Forked) -> None:
    """Of a hundred, each would wait for ninety-nine, and so would its keys."""
    with closing(open_records(forked.store, feed=False)) as records:
        late = clock.now() - timedelta(minutes=25)
        level = SaveLevel(code="standard", name="Standard", calendar="24x7")
        records.do(level, who=ANA, at=late)  # it counts down by night, too
        records.do(NewOrder(title="Rope worn", priority=1), who=ANA, at=late)
    with Session(forked, "ana") as ana, Session(forked, "bo") as bo:
        for desk in (ana, bo):
            desk.sees("resp Rope worn")
        apart = sorted(_next_second(ana) - _next_second(bo) for _ in range(3))[1] % 1
    assert 0.2 < apart < 0.8


def _next_second(desk: Session) -> float:
    """When the next one is shown."""
    while desk.read(0):
        pass
    shown = _COUNTS.search(desk.text())
    assert shown is not None
    desk.until(lambda: shown[0] not in desk.text())
    return monotonic()


@pytest.mark.usefixtures("cold")
def test_new_things_lie_side_by_side_once_the_holes_are_filled() -> None:
    """They are in as few pools as they need, wherever things were freed before."""
    said = subprocess.run(
        [PYTHON, "-m", "tests.console.apps.filled"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    ).stdout
    pools = {int(size): int(count) for size, count in map(str.split, said.splitlines())}
    assert pools.keys() == set(SIZES)
    for size, count in pools.items():
        assert count <= NEW * size // POOL + 3, said


def test_what_passes_while_a_loop_stands_does_not_count() -> None:
    """Else every timer of a copy would be late, however long the server has run."""
    loop = Standing()
    called: list[float] = []
    loop.call_later(0.05, lambda: called.append(loop.time()))
    before = loop.time()
    loop.stand()
    stood = monotonic()
    select.select([], [], [], 0.3)
    loop.go_on()
    assert monotonic() - stood >= 0.3
    assert loop.time() - before < 0.3
    loop.run_until_complete(_until(called))
    assert called[0] - before < 0.3
    loop.close()


async def _until(called: list[float]) -> None:
    import asyncio

    while not called:  # noqa: ASYNC110  nothing tells of it but the timer itself
        await asyncio.sleep(0.01)


@pytest.mark.parametrize(
    ("environ", "colours"),
    [
        ({"TERM": "xterm-256color"}, "256"),
        ({"TERM": "tmux-256color", "COLORTERM": ""}, "256"),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, "truecolor"),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": "1"}, "none"),
        ({"TERM": "xterm"}, "other"),
        ({}, "other"),
    ],
)
def test_a_terminal_is_told_by_what_it_says_of_its_colours(
    environ: dict[str, str], colours: str
) -> None:
    """What fits no model is drawn from the start."""
    assert colours_of(environ) == colours
