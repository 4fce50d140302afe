"""Several services on one store: each timer once, and operators get their turn."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from datetime import timedelta
from typing import TYPE_CHECKING

from scheduler import reactions
from scheduler.aside import FIRST_RETRY
from scheduler.runner import fire_due
from scheduler.service import Service
from store import clock
from store.commands import NoteOrder
from store.domain.timers import TimerKind
from store.records import open_records
from tests.bench.timers_desk import checked, fill, firing, wait_fired
from tests.scheduler.desk import ANA, after
from tests.scheduler.faults import Hands, serving, until

if TYPE_CHECKING:
    import pytest

    from scheduler.reactions import Come, Reaction
    from tests.scheduler.desk import Desk

SOON = timedelta(seconds=1.5)
MANY = 600


def test_two_services_in_one_process_fire_each_timer_once(tables_url: str) -> None:
    """A console that was opened twice, or a scheduler inside a test."""
    with ExitStack() as stack:
        one, other = (open_records(tables_url, feed=False) for _ in range(2))
        for records in (one, other):
            stack.callback(records.close)
            service = Service(records)
            service.start()
            stack.callback(service.stop)
        due = clock.now() + SOON
        fill(one, [due] * MANY)
        for records in (one, other):
            records.follow()
        wait_fired(one, until=due, within_s=30)
        checked(one, MANY)


def test_three_services_in_three_processes_fire_each_timer_once(tables_url: str) -> None:
    """None is needed in particular, and none asks who leads."""
    records = open_records(tables_url, feed=False)
    with firing(tables_url), firing(tables_url), firing(tables_url):
        due = clock.now() + SOON
        fill(records, [due] * MANY)
        wait_fired(records, until=due, within_s=30)
        checked(records, MANY)
    records.close()


def test_an_operator_gets_his_turn_while_thousands_fire(tables_url: str) -> None:
    """Batches are small and writers queue in line: nobody waits for the whole storm."""
    records = open_records(tables_url, feed=False)
    fill(records, [clock.now()] * 2_000)
    storm = threading.Thread(target=fire_due, args=(records,), kwargs={"at": clock.now()})
    other = open_records(tables_url, feed=False)
    storm.start()
    until(lambda: other.head() > 2_000, "the storm did not begin")
    note = NoteOrder(number=1, text="still here")
    done = other.do(note, who=ANA, at=clock.now())
    storm.join(30)
    assert done.seq < other.head(), "he waited until all had fired"
    fire_due(records, at=clock.now())  # his order was passed over if he held it just then
    checked(other, 2_000)
    records.close()
    other.close()


def test_a_reaction_that_always_fails_rests_longer_each_time_and_alone(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is counted, its words are kept, and every other promise is kept meanwhile."""
    bad, good = desk.order(), desk.order()
    healthy = reactions.REACTIONS[TimerKind.ORPHAN]

    def stumble(come: Come) -> Reaction:
        if come.order.number == bad:
            raise ZeroDivisionError("a fault of ours")
        return healthy(come)

    monkeypatch.setitem(reactions.REACTIONS, TimerKind.ORPHAN, stumble)
    at, rests = after(15), []
    for tries in range(1, 6):
        fire_due(desk.records, at=at)
        asked = "SELECT tries, aim_at, trouble FROM timer WHERE number = :n AND kind = 'orphan'"
        counted, _, trouble = desk.rows(asked, n=bad)[0]
        assert (counted, trouble) == (tries, "ZeroDivisionError: a fault of ours")
        aim = desk.moments("SELECT aim_at FROM timer WHERE number = :n AND kind = 'orphan'", n=bad)[
            0
        ]
        rests.append(aim - at)
        assert fire_due(desk.records, at=aim - timedelta(milliseconds=1)).failed == 0
        at = aim
    assert rests == [FIRST_RETRY * 2**n for n in range(5)]
    assert ("orphan", "", 0) in desk.fired(good)
    assert ("orphan", "", 0) not in desk.fired(bad)
    assert ("warn", "respond", 50) in desk.fired(bad), "its other timers are not held up"


def test_a_dead_alarm_thread_is_replaced_and_fires_what_it_missed(desk: Desk) -> None:
    """APScheduler says that it runs when its thread is gone; the warden looks at the thread."""
    number = desk.order()
    hands = Hands(after(1))
    with serving(desk.records, hands) as service:
        until(lambda: hands.swept != [])
        inner = service._clock._scheduler
        inner.shutdown(wait=True)
        hands.turn(30)
        service._clock._warden.look()
        until(lambda: len(desk.fired(number)) >= 3, "nobody took its place")
        assert service.pulse.rebuilt == 1
