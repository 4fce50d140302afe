"""Ten consoles writing to one SQLite file: how long a command waits, flat out and with thought.

Run `python -m tests.bench.consoles`. Each is a process that notes and writes orders down, through
the store's front door. The floor is ten bare writers of one row under SQLite's write lock, which
stand in our queue, too, and think as long.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import threading
from contextlib import closing
from typing import TYPE_CHECKING

from store import clock
from store.commands import NewOrder, NoteOrder
from store.domain.errors import StoreTrouble
from store.domain.who import THE_DESK
from store.persistence.database import connect
from store.records import open_records
from tests.bench.figures import Row, quantile, show
from tests.store.journals import enter, make_journal

if TYPE_CHECKING:
    from collections.abc import Callable

CONSOLES = 10
ORDERS = 50
THOUGHT_S = 0.1
SECONDS, QUICK = 8.0, 2.0
WORST_S, P99_S = 1.0, 0.03


def run(*, quick: bool = False) -> list[Row]:
    """Flat out, then with a tenth of a second of thought between two commands."""
    seconds = QUICK if quick else SECONDS
    with tempfile.TemporaryDirectory() as folder:
        ours, bare = (f"sqlite:///{folder}/{name}.db" for name in ("desk", "bare"))
        with closing(open_records(ours, feed=False)) as records:
            for turn in range(ORDERS):
                records.do(NewOrder(title=f"order {turn}"), who=THE_DESK, at=clock.now())
        with closing(connect(bare)) as database:
            make_journal(database)
        return [
            *_flat_out(_all("desk", ours, 0, seconds), _all("bare", bare, 0, seconds)),
            *_thoughtful(
                _all("desk", ours, THOUGHT_S, seconds), _all("bare", bare, THOUGHT_S, seconds)
            ),
        ]


def _flat_out(ours: list[float | None], bare: list[float | None]) -> list[Row]:
    what = f"{CONSOLES} consoles writing flat out, SQLite"
    errors = sum(took is None for took in ours)
    return [
        Row(
            measure=f"{what}: worst wait",
            ours=1000 * max(_waits(ours)),
            unit="ms",
            peer=1000 * max(_waits(bare)),
            peer_name="bare writers",
            most=1000 * WORST_S,
        ),
        Row(measure=f"{what}: errors, of {len(ours)}", ours=errors, unit="", most=0),
    ]


def _thoughtful(ours: list[float | None], bare: list[float | None]) -> list[Row]:
    what = f"{CONSOLES} consoles, {1000 * THOUGHT_S:.0f} ms of thought, SQLite"
    errors = sum(took is None for took in ours)
    return [
        Row(
            measure=f"{what}: p99",
            ours=1000 * quantile(_waits(ours), 0.99),
            unit="ms",
            peer=1000 * quantile(_waits(bare), 0.99),
            peer_name="bare writers",
            most=1000 * P99_S,
        ),
        Row(measure=f"{what}: errors, of {len(ours)}", ours=errors, unit="", most=0),
    ]


def _waits(took: list[float | None]) -> list[float]:
    return [one for one in took if one is not None]


def _all(word: str, url: str, thought_s: float, seconds: float) -> list[float | None]:
    """Seconds of each command of all, who begin together; None for one that failed."""
    command = [sys.executable, "-m", "tests.bench.consoles", word, url]
    children = [
        subprocess.Popen(
            [*command, str(thought_s), str(seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )
        for _ in range(CONSOLES)
    ]
    for child in children:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
    for child in children:
        assert child.stdin is not None
        child.stdin.write("go\n")
    said = [child.communicate(timeout=seconds + 60)[0].split() for child in children]
    return [None if word == "failed" else float(word) for words in said for word in words]


def _desk(url: str) -> Callable[[], object]:
    records = open_records(url, create=False)  # with its feed, as a console has one

    def write() -> None:
        note = random.random() < 0.7
        number = random.randint(1, ORDERS)
        command = NoteOrder(number=number, text="x") if note else NewOrder(title="gate stays shut")
        records.do(command, who=THE_DESK, at=clock.now())

    return write


def _bare(url: str) -> Callable[[], object]:
    database = connect(url)
    return lambda: enter(database, "bare")


def _play(word: str, url: str, thought_s: str, seconds: str) -> None:
    """Write until the time is over, and say how long each took, the first not counted."""
    write = {"desk": _desk, "bare": _bare}[word](url)
    write()
    print("ready", flush=True)
    sys.stdin.readline()
    pause, took = threading.Event(), list[str]()
    pause.wait(random.random() * float(thought_s))
    end = clock.monotonic() + float(seconds)
    while (began := clock.monotonic()) < end:
        try:
            write()
        except StoreTrouble:
            took.append("failed")
        else:
            took.append(str(clock.monotonic() - began))
        pause.wait(float(thought_s))
    print(*took)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _play(*sys.argv[1:])
    else:
        sys.exit(show(run()))
