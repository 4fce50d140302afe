"""How long an alarm takes from its due moment, and from its commit, into two open consoles.

Two consoles, each on a terminal of its own and with timers of its own, and a scheduler beside them,
on one store. Beside it, in the same run, a desk that looks once a second, as most do.
"""

from __future__ import annotations

import os
import random
import select
import sys
import tempfile
import threading
from contextlib import ExitStack, closing
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from store import clock
from store.commands.alarms import Acknowledge
from store.commands.follow_ups import PromiseFollowUp
from store.commands.orders import NewOrder
from store.queries.alarms import AlarmStrip
from store.queries.card import OrderCard
from store.records import open_records
from tests.bench.figures import Row, middle, quantile, show
from tests.bench.timers_desk import firing
from tests.console.faulty_desk import ANA, console, furnish
from tests.postgres import PgMissing, PgServer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from store.records import Records
    from tests.console.pty_desk import Desk

ROUNDS, QUICK = 40, 8
AHEAD_S = (0.5, 1.5)
"""Between writing a promise down and its moment; uneven, so that no look keeps step with it."""
LOOK_EVERY_S = 1.0
LIMIT_S = 20.0
MOST_MS = 1000


def run(*, quick: bool = False) -> list[Row]:
    """On SQLite, and on PostgreSQL where there is one."""
    rounds = QUICK if quick else ROUNDS
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        rows += _rows(f"sqlite:///{folder}/desk.db", "SQLite", rounds)
    try:
        server = PgServer(durable=True)
    except PgMissing:
        return rows
    try:
        server.start()
        return rows + list(_rows(server.url(), "PostgreSQL", rounds))
    finally:
        server.remove()


def _rows(url: str, store: str, rounds: int) -> Iterator[Row]:
    shown, committed, polled = _measured(url, rounds)
    for name, part in (("p50", 0.5), ("p95", 0.95)):
        yield Row(
            measure=f"alarm due to shown in both consoles, {store}, {name}",
            ours=quantile(shown, part),
            unit="ms",
            peer=quantile(polled, part),
            peer_name="a look every second",
            most=MOST_MS if part > 0.5 else None,
        )
    yield Row(
        measure=f"the same from the sweep that raised it, {store}, p50",
        ours=middle(committed),
        unit="ms",
    )


def _measured(url: str, rounds: int) -> tuple[list[float], list[float], list[float]]:
    """Milliseconds from due to both frames, from the sweep to them, and from due to the poller."""
    shown, committed, polled, dice = [], [], [], random.Random(7)
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        records = stack.enter_context(closing(furnish(url)))
        stack.enter_context(firing(url))
        desks = [stack.enter_context(console(url, home, operator=who)) for who in ("ana", "bo")]
        for desk in desks:
            desk.sees("Lift stuck", timeout=LIMIT_S)
            desk.sees("timers ok", timeout=LIMIT_S)
            desk.settle(1.0)
        poller = stack.enter_context(closing(_Poller(url)))
        for _ in range(rounds):
            number, due_at = _promise(records, timedelta(seconds=dice.uniform(*AHEAD_S)))
            frames = _frames(desks, f"#{number} follow-up due")
            seen_at = poller.seen(number)
            alarm = records.ask(OrderCard(number=number), who=ANA, at=clock.now()).alarm
            assert alarm is not None
            shown.append(_ms(max(frames) - due_at))
            committed.append(_ms(max(frames) - alarm.raised_at))
            polled.append(_ms(seen_at - due_at))
            records.do(Acknowledge(numbers=(number,)), who=ANA, at=clock.now())
    return shown, committed, polled


def _promise(records: Records, ahead: timedelta) -> tuple[int, datetime]:
    """A new order with a promise that falls due in a moment."""
    at = clock.now()
    number = records.do(NewOrder(title="Bell", priority=1), who=ANA, at=at).numbers[0]
    due_at = clock.now() + ahead
    promise = PromiseFollowUp(number=number, due_at=due_at, note="call")
    records.do(promise, who=ANA, at=at)
    return number, due_at


def _frames(desks: Sequence[Desk], text: str) -> list[datetime]:
    """When the text stood on each screen; what comes from all of them is read as it comes."""
    seen: dict[int, datetime] = {}
    end = clock.monotonic() + LIMIT_S
    while len(seen) < len(desks):
        assert clock.monotonic() < end, f"{text} was not shown\n{desks[0].text()}"
        ready, _, _ = select.select([desk.master for desk in desks], [], [], 0.5)
        for place, desk in enumerate(desks):
            if desk.master in ready and desk.read(0):
                at = clock.now()
                desk.feed()
                if place not in seen and text in desk.text():
                    seen[place] = at
    return [seen[place] for place in sorted(seen)]


def _ms(span: timedelta) -> float:
    return span / timedelta(milliseconds=1)


class _Poller:
    """Asks for the alarms once a second, and remembers when it first saw each."""

    def __init__(self, url: str) -> None:
        self._records = open_records(url, feed=False)
        self._seen: dict[int, datetime] = {}
        self._changed = threading.Condition()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def seen(self, number: int) -> datetime:
        """When the alarm of this order was first seen; waits for it."""
        with self._changed:
            assert self._changed.wait_for(lambda: number in self._seen, LIMIT_S)
            return self._seen[number]

    def close(self) -> None:
        """Look no more."""
        self._ended.set()
        self._thread.join()
        self._records.close()

    def _look(self) -> None:
        while not self._ended.wait(LOOK_EVERY_S):
            strip = self._records.ask(AlarmStrip(), who=ANA, at=clock.now())
            with self._changed:
                for alarm in strip.alarms:
                    if alarm.number is not None:
                        self._seen.setdefault(alarm.number, clock.now())
                self._changed.notify_all()


if __name__ == "__main__":
    os.environ.setdefault("TERM", "xterm-256color")
    sys.exit(show(run()))
