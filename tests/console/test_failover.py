"""One server of a pair is lost under work: nothing acknowledged is, and everybody goes on."""

from __future__ import annotations

from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from store import clock
from store.queries.card import Trace
from store.queries.lists import StreamOrders
from tests.bench.timers_desk import checked, fill, wait_fired
from tests.console.faulty_desk import ANA, FAULT, console, faults, furnish, note
from tests.ledger import Ledger, writing
from tests.pairs import Pair, paired
from tests.scheduler.faults import until
from tests.scheduler.test_alone import alone, line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from store.records import Records
    from tests.console.pty_desk import Desk
    from tests.postgres import PgServer

pytestmark = pytest.mark.slow
WRITERS = 3
TIMERS = 60
EVERY = timedelta(milliseconds=100)
"""Between two timers, so that some fall due before, while and after nobody takes writes."""
AWAY_S = 40.0
"""How long a console may take to notice or to recover on a busy machine."""


@pytest.fixture
def pair(durable_pg: PgServer) -> Iterator[Pair]:
    """One server that takes writes, and one without which it acknowledges none."""
    with paired(durable_pg) as two:
        yield two


@dataclass
class Shift:
    """A desk at work: writers, a scheduler, and an operator at his console."""

    records: Records
    ledger: Ledger
    desk: Desk

    def goes_on(self) -> None:
        """Each writer is acknowledged something that it began after now."""
        at = clock.monotonic()
        until(lambda: self.ledger.back_after(at, writers=WRITERS) is not None, "nobody writes")


@contextmanager
def shift(pair: Pair, home: Path) -> Iterator[Shift]:
    """People at work; when they go home, what was acknowledged is there, and nothing twice."""
    with ExitStack() as stack:
        records = stack.enter_context(closing(furnish(pair.url)))
        assert line(stack.enter_context(alone(pair.url))) != ""
        desk = stack.enter_context(console(pair.url, home))
        with writing(pair.url, WRITERS) as ledger:
            desk.sees("timers ok", timeout=AWAY_S)
            at_work = Shift(records, ledger, desk)
            at_work.goes_on()
            last = clock.now() + TIMERS * EVERY
            fill(records, [last - place * EVERY for place in range(TIMERS)])
            yield at_work
            at_work.goes_on()
            desk.sees("PostgreSQL ok", timeout=AWAY_S)
        assert FAULT not in desk.text()
        assert b"Traceback" not in desk.raw
        wait_fired(records, until=last, within_s=AWAY_S)
        checked(records, TIMERS)
        kept = [order.title for order in records.ask(StreamOrders(), who=ANA, at=clock.now())]
        assert ledger.lost(kept) == set()
        assert ledger.doubled(kept) == set()
        assert _notes(records) == ["kept words"]
        assert faults(records) == []


def _notes(records: Records) -> list[str]:
    trace = records.ask(Trace(number=1), who=ANA, at=clock.now())
    return [entry.words["note"] for entry in trace if entry.fact == "noted"]


def _waits(text: str) -> bool:
    """Whether it is said that a command has not been answered, or waits to be sent again."""
    return any(words in text for words in ("asking the store", "still waiting", "this waits"))


def _cursor(desk: Desk) -> int | None:
    rows = enumerate(desk.screen.display)
    return next((place for place, row in rows if "│ > " in row), None)


def test_a_planned_switchover_and_a_primary_that_is_killed(pair: Pair, tmp_path: Path) -> None:
    """The operator sees it, types on, and what he typed is sent to the one that takes over.

    After the first the one of before answers, too: nobody takes it for the one that takes writes.
    """
    with shift(pair, tmp_path) as at_work:
        pair.switch_over()
        at_work.goes_on()
        at_work.desk.sees("PostgreSQL ok", timeout=AWAY_S)
        pair.primary.kill()
        at_work.desk.sees("PostgreSQL unreachable", timeout=AWAY_S)
        assert _cursor(at_work.desk) is not None, "the board stays readable"
        note(at_work.desk, "kept words")
        at_work.desk.sees("this waits and is sent", timeout=AWAY_S)
        pair.take_over()
        at_work.desk.sees("what waited was sent", timeout=AWAY_S)


def test_a_standby_that_is_lost(pair: Pair, tmp_path: Path) -> None:
    """Nothing is acknowledged until somebody says that the other may go on alone."""
    with shift(pair, tmp_path) as at_work:
        pair.standby.kill()
        gone = clock.monotonic()
        note(at_work.desk, "kept words")
        at_work.desk.until(lambda: _waits(at_work.desk.text()), AWAY_S)
        was = _cursor(at_work.desk)
        at_work.desk.press("j")
        at_work.desk.until(lambda: _cursor(at_work.desk) not in {None, was}, AWAY_S)
        assert at_work.ledger.back_after(gone, writers=WRITERS) is None
        pair.go_on_alone()
