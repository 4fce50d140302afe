"""How long ten writers without pause wait for one another on SQLite: our queue, and its own."""

from __future__ import annotations

import sys
import tempfile
from contextlib import closing
from pathlib import Path
from subprocess import PIPE, Popen

from store import clock
from store.persistence import sqlite
from tests.bench.figures import Row, show
from tests.store.children import answer, ended, started
from tests.store.journals import make_journal, opened

WRITERS = 10
SECONDS, QUICK = 5.0, 1.5


def run(*, quick: bool = False) -> list[Row]:
    """Ours beside SQLite's busy handler, on the same table, one after the other."""
    seconds = QUICK if quick else SECONDS
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "desk.db"
        url = f"sqlite:///{file}"
        with opened(url) as database:
            make_journal(database)
        ours = _rushed([started("rush", url, seconds) for _ in range(WRITERS)])
        command = [sys.executable, "-m", "tests.bench.lane", str(file), str(seconds)]
        peer = _rushed(
            [Popen(command, stdin=PIPE, stdout=PIPE, text=True, bufsize=1) for _ in range(WRITERS)]
        )
    return [
        Row(
            measure=f"longest wait of {WRITERS} writers without pause, SQLite",
            ours=1000 * max(wait for _, wait in ours),
            unit="ms",
            peer=1000 * max(wait for _, wait in peer),
            peer_name="SQLite's busy handler",
            most=1000,
        ),
        Row(
            measure="the busiest of them committed so many times as often as the idlest",
            ours=_spread(ours),
            unit="times",
            peer=_spread(peer),
            peer_name="SQLite's busy handler",
        ),
    ]


def _rushed(children: list[Popen[str]]) -> list[tuple[int, float]]:
    """How often each committed, and how many seconds its longest wait was."""
    assert [answer(child) for child in children] == ["ready"] * len(children)
    for child in children:
        assert child.stdin is not None
        child.stdin.write("go\n")
    told = [ended(child)[-1].split() for child in children]
    return [(int(count), float(wait)) for count, wait in told]


def _spread(told: list[tuple[int, float]]) -> float:
    counts = [count for count, _ in told]
    return max(counts) / max(1, min(counts))


def _rush_alone(file: Path, seconds: float) -> None:
    """The same rush by SQLite's own means."""
    longest, count = 0.0, 0
    with closing(sqlite.dial(file, patience=30, query_only=False)) as db:
        print("ready", flush=True)
        sys.stdin.readline()
        until = clock.monotonic() + seconds
        while (began := clock.monotonic()) < until:
            db.execute("BEGIN IMMEDIATE")
            db.execute("INSERT INTO journal (fact) VALUES ('rush')")
            db.execute("COMMIT")
            longest, count = max(longest, clock.monotonic() - began), count + 1
    print(count, longest, flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _rush_alone(Path(sys.argv[1]), float(sys.argv[2]))
    else:
        sys.exit(show(run()))
