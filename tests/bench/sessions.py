"""Sessions over SSH: how soon the first rows come, what one more takes, what keys and seconds cost.

Run `python -m tests.bench sessions`: `paidan serve` and the real OpenSSH client on one machine. The
peer is the console as a process of its own on a terminal, which spares itself the whole of SSH.
"""

from __future__ import annotations

import os
import random
import re
import select
import tempfile
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING

from console.demo.build import make_desk
from console.demo.seats import NEXT, name_operators
from store import clock
from store.records import open_records
from tests.bench.board_desk import FIRST_ROW, at_desk, paidan
from tests.bench.board_ticks import urgent_desk
from tests.bench.board_writer import writing
from tests.bench.figures import Row, middle, quantile, show
from tests.console.ssh_desk import SshDesk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.console.pty_desk import Desk

OPEN, QUICK_OPEN = 50, 10
KEYED, CROWD, QUICK_KEYED = 20, 100, 5
BUDGETS = {CROWD: (15, 40)}
"""Milliseconds of a key, the middle one and the fifth worst of a hundred."""
USUAL = (10, 20)
SIZE = (120, 40)
COUNTING = (160, 66)
"""High enough for forty countdowns beside everything else."""
PLAIN, ROUNDS = 3, 8
"""Peers that are started, and sessions that come and go while the others stay."""
PRESSES = 60
APART_S = 0.35
"""Between two log-ins: one address may come three times a second in the long run."""
SETTLED_S = 12.0
"""By then a session has asked for everything that it asks for by itself."""
COUNTED_S = 10
_LIMIT_S = 60.0
_OPEN_WITHIN_S = 300.0
"""A machine on which a crowd is not in by then is too small for it, and the row says so."""
_PRESSED_WITHIN_S = 120.0
_ROWS = re.compile(FIRST_ROW + rb"|stands still")
"""An order of either desk."""


def run(*, quick: bool = False) -> list[Row]:
    """The first rows and memory at a calm desk, keys and bytes at one that counts down."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        calm = _calm_desk(place / "calm.db")
        return [
            *_coming(place, calm, QUICK_OPEN if quick else OPEN),
            *_resting(place),
            *(
                row
                for count in ((QUICK_KEYED,) if quick else (KEYED, CROWD))
                for row in _staying(place, count)
            ),
        ]


def _coming(place: Path, url: str, count: int) -> list[Row]:
    """Log-ins one after the other, then more while all of those are open."""
    plain, alone = _plain(place, url)
    (home := place / "calm").mkdir()
    with SshDesk(url, home, people=[NEXT]) as served, ExitStack() as stack:
        desks = [stack.enter_context(connected(served)[0])]
        drain(desks, SETTLED_S)
        first = tree_mib(served.process.pid)
        for _ in range(count - 1):
            desks.append(stack.enter_context(connected(served, desks)[0]))
        drain(desks, SETTLED_S)
        further = (tree_mib(served.process.pid) - first) / (count - 1)
        times = []
        for _ in range(ROUNDS):
            desk, took = connected(served, desks)
            with desk:
                times.append(took)
                drain(desks, APART_S)
    return [
        Row(
            measure=f"ssh → first rows painted, {name}, {count} sessions open",
            ours=quantile(times, part),
            unit="ms",
            peer=quantile(plain, part),
            peer_name="a process of its own",
            most=most,
            most_ratio=1 / 4,
        )
        for name, part, most in (("p50", 0.5, 200), ("p95", 0.95, 400))
    ] + [
        Row(
            measure=f"memory of one more session (PSS, the whole server), of {count}",
            ours=further,
            unit="MiB",
            peer=alone,
            peer_name="a process of its own",
            most=16,
            most_ratio=1 / 3,
        ),
    ]


def _resting(place: Path) -> list[Row]:
    """A second in which nothing is due within minutes."""
    url = counting_desk(place / "rest.db", urgent=False)
    (home := place / "rest").mkdir()
    with SshDesk(url, home, people=[NEXT]) as served:
        desk, _took = connected(served, size=COUNTING)
        with desk:
            drain([desk], SETTLED_S)
            rest = bytes_a_second([desk])
    return [Row(measure="bytes a second to a session at rest", ours=rest, unit="B", most=60)]


def _staying(place: Path, count: int) -> list[Row]:
    """Keys and seconds while every session counts down and others write."""
    url = counting_desk(place / f"busy{count}.db", urgent=True)
    (home := place / f"busy{count}").mkdir()
    with SshDesk(url, home, people=[NEXT]) as served, ExitStack() as stack:
        desks = _crowd(served, stack, count)
        if len(desks) < count:
            return [_too_small(count, f"only {len(desks)} were open", _OPEN_WITHIN_S)]
        drain(desks, SETTLED_S)
        counting = bytes_a_second(desks)
        with writing(url, a_second=1):
            times = list(within(presses(desks), _PRESSED_WITHIN_S))
    return [
        Row(
            measure=f"bytes a second to a session with 40 countdowns in seconds, of {count}",
            ours=counting,
            unit="B",
            most=450,
        ),
        *(
            Row(
                measure=f"cursor key → painted over SSH, {name}, {count} sessions counting down",
                ours=quantile(times, part),
                unit="ms",
                most=most,
            )
            for name, part, most in zip(
                ("p50", "p95"), (0.5, 0.95), BUDGETS.get(count, USUAL), strict=True
            )
        ),
    ]


def _crowd(served: SshDesk, stack: ExitStack, count: int) -> list[Desk]:
    """So many sessions; fewer where the machine has not let them in within the limit."""
    desks: list[Desk] = []
    began = clock.monotonic()
    while len(desks) < count and clock.monotonic() - began < _OPEN_WITHIN_S:
        try:
            desks.append(stack.enter_context(connected(served, desks, COUNTING)[0]))
        except AssertionError:  # this one saw no rows for a minute
            break
    return desks


def within(times: Iterator[float], seconds: float) -> Iterator[float]:
    """What comes within so long a time; one that never comes ends it."""
    began = clock.monotonic()
    try:
        for time in times:
            yield time
            if clock.monotonic() - began > seconds:
                return
    except AssertionError:  # a key was not answered for a minute
        yield 1000 * _LIMIT_S


def _too_small(count: int, said: str, seconds: float) -> Row:
    return Row(
        measure=f"{count} sessions counting down: {said} after {seconds:g} s, machine too small",
        ours=1000 * seconds,
        unit="ms",
        most=BUDGETS.get(count, USUAL)[1],
    )


def _calm_desk(file: Path) -> str:
    url = f"sqlite:///{file}"
    with closing(open_records(url, feed=False)) as records:
        make_desk(records, at=clock.now(), language="en")
        name_operators(records, clock.now())
    return url


def counting_desk(file: Path, *, urgent: bool) -> str:
    """A desk of forty countdowns, or one at which nothing is due, with both its operators."""
    url = urgent_desk(file, urgent=urgent)
    with closing(open_records(url, feed=False)) as records:
        name_operators(records, clock.now())
    return url


def _plain(place: Path, url: str) -> tuple[list[float], float]:
    """Milliseconds to the first rows of a process of its own, and its memory when it is at rest."""
    program = paidan(url, place, size=SIZE)
    program.start_once()
    times, memory = [], []
    for _ in range(PLAIN):
        began = clock.monotonic()
        with at_desk(program) as desk:
            _await_rows(desk, [], began)
            times.append(1000 * (clock.monotonic() - began))
            drain([desk], SETTLED_S)
            memory.append(tree_mib(desk.process.pid))
    return times, middle(memory)


def connected(
    served: SshDesk, others: Sequence[Desk] = (), size: tuple[int, int] = SIZE
) -> tuple[Desk, float]:
    """One more session, and in how many milliseconds its first rows were there."""
    drain(others, APART_S)
    began = clock.monotonic()
    desk = served.connect(key=NEXT, size=size)
    _await_rows(desk, others, began)
    return desk, 1000 * (clock.monotonic() - began)


def _await_rows(desk: Desk, others: Sequence[Desk], began: float) -> None:
    while _ROWS.search(desk.raw) is None:
        assert clock.monotonic() - began < _LIMIT_S, desk.text()
        assert desk.process.poll() is None, bytes(desk.raw)
        _read([desk, *others], 0.05)


def presses(desks: Sequence[Desk], count: int = PRESSES) -> Iterator[float]:
    """Milliseconds from a cursor key to what it paints, at one session after another."""
    dice = random.Random(1)
    for place in range(count):
        drain(desks, dice.uniform(0.05, 0.15))
        desk = desks[place % len(desks)]
        start, began = len(desk.raw), clock.monotonic()
        desk.press("j" if place // len(desks) % 2 == 0 else "k")
        while b">" not in desk.raw[start:]:
            assert clock.monotonic() - began < _LIMIT_S, desk.text()
            _read(desks, 0.05)
        yield 1000 * (clock.monotonic() - began)


def bytes_a_second(desks: Sequence[Desk]) -> float:
    """What one session's terminal gets."""
    before = sum(len(desk.raw) for desk in desks)
    drain(desks, COUNTED_S)
    return (sum(len(desk.raw) for desk in desks) - before) / len(desks) / COUNTED_S


def drain(desks: Sequence[Desk], seconds: float) -> None:
    """Read from all for so long."""
    end = clock.monotonic() + seconds
    while (left := end - clock.monotonic()) > 0:
        _read(desks, left)


def _read(desks: Sequence[Desk], timeout: float) -> None:
    by_master = {desk.master: desk for desk in desks}
    for master in select.select(list(by_master), [], [], timeout)[0]:
        by_master[master].read(0)


def tree_mib(pid: int) -> float:
    """The proportional memory of a process and all that it has started."""
    told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    own = int(re.findall(r"^Pss: +(\d+) kB", told, re.MULTILINE)[0]) / 1024
    tasks = Path(f"/proc/{pid}/task")
    children = (
        word
        for task in os.listdir(tasks)
        for word in (tasks / task / "children").read_text().split()
    )
    return own + sum(tree_mib(int(child)) for child in children)


if __name__ == "__main__":
    raise SystemExit(show(run()))
