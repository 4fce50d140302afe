"""Writes to a desk as its other consoles do, so many times a second, among the rows in sight.

    with writing(url, a_second=20) as writer: ...
    writer.a_second()      # what it really reached

Run by itself: `python -m tests.bench.board_writer URL A_SECOND`; it stops when its input ends.
"""

from __future__ import annotations

import random
import subprocess
import sys
import threading
from contextlib import contextmanager, suppress
from itertools import cycle
from typing import TYPE_CHECKING

from store import clock
from store.commands.contact import NoteOrder
from store.commands.moves import MoveOrder
from store.commands.orders import NewOrder, SetPriority
from store.domain.errors import Refusal
from store.domain.lifecycle import Move, State
from store.domain.who import Who
from store.queries.board import QueuePage
from store.records import open_records
from tests.console.pty_desk import PYTHON, ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.domain.intents import Command
    from store.queries.board import BoardLine
    from store.records import Records

IN_SIGHT = 60
LOOK_EVERY = 40
"""Writes between two looks at which orders are in sight."""

NEXT = {
    State.ASSIGNED: Move.ACCEPT,
    State.ACCEPTED: Move.DEPART,
    State.EN_ROUTE: Move.ARRIVE,
    State.ON_SITE: Move.FINISH,
}
"""The step that usually comes next."""

DEEDS = ("note", "move", "note", "priority", "note", "move", "note", "new")


class Writer:
    """The process that writes."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def a_second(self) -> float:
        """End it; how many writes a second were committed."""
        said, _ = self._process.communicate("", timeout=60)
        return float(said.split()[-1])


@contextmanager
def writing(url: str, *, a_second: float) -> Iterator[Writer]:
    """A process that writes for as long as the block lasts."""
    command = [PYTHON, "-m", "tests.bench.board_writer", url, str(a_second)]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "writing"
        yield Writer(process)
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def write(records: Records, *, a_second: float, over: threading.Event) -> float:
    """Write until it is over; how many writes a second came of it."""
    who, dice, deeds = Who(operator=1, via="bench"), random.Random(5), cycle(DEEDS)
    lines: tuple[BoardLine, ...] = ()
    began, done = clock.monotonic(), 0
    while not over.wait(max(0.0, began + done / a_second - clock.monotonic())):
        at = clock.now()
        if done % LOOK_EVERY == 0:
            asked = QueuePage(queue="all_open", limit=IN_SIGHT)
            lines = records.ask(asked, who=who, at=at).lines
        line = dice.choice(lines)
        try:
            records.do(_command(next(deeds), line, dice), who=who, at=at)
        except Refusal:  # the order has gone on since it was looked at
            records.do(NoteOrder(number=line.number, text="once more"), who=who, at=at)
        done += 1
    return done / (clock.monotonic() - began)


def _command(deed: str, line: BoardLine, dice: random.Random) -> Command:
    if deed == "new":
        return NewOrder(title=f"三号楼 water in the lift shaft {dice.random():.3f}", priority=2)
    if deed == "priority":
        return SetPriority(number=line.number, priority=dice.choice((1, 2, 3, 4)))
    if deed == "move" and line.state in NEXT:
        return MoveOrder(number=line.number, move=NEXT[line.state])
    return NoteOrder(number=line.number, text="the caller asks again")


def main(url: str, a_second: str) -> None:
    """The process."""
    records = open_records(url, create=False, feed=False)
    records.get_ready()
    over = threading.Event()

    def obey() -> None:
        with suppress(ValueError):
            sys.stdin.read()
        over.set()

    threading.Thread(target=obey, daemon=True).start()
    print("writing", flush=True)
    print(write(records, a_second=float(a_second), over=over))
    records.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
