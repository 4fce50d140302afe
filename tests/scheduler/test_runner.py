"""Sweeping: each promise once, the worst first, and none lost to another's fault."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from scheduler import reactions, runner
from scheduler.aside import FIRST_RETRY, LAST_RETRY, retry_after
from scheduler.reactions import REACTIONS
from scheduler.runner import fire_due
from store.commands import Acknowledge, SaveTechnician, UpdateCustomer
from store.domain.facts import Fact
from store.domain.lifecycle import Move
from store.domain.timers import TIMERS, TimerKind
from store.domain.who import THE_DESK
from tests.scheduler.desk import ANA, after

if TYPE_CHECKING:
    from datetime import datetime

    import pytest

    from scheduler.reactions import Come, Reaction
    from store.persistence.timers import DueTimer
    from store.persistence.work import Work
    from tests.scheduler.desk import Desk


def test_every_kind_of_timer_has_its_reaction() -> None:
    """A kind without one would fail in the middle of a night."""
    assert set(REACTIONS) == set(TIMERS) == set(TimerKind)


def test_nothing_fires_before_its_time(desk: Desk) -> None:
    """And the sweep says when to come back."""
    number = desk.order()
    swept = fire_due(desk.records, at=after(14.9))
    assert (swept.fired, desk.fired(number)) == (0, [])
    assert swept.next_at == after(15)


def test_a_sweep_tells_how_long_the_oldest_timer_had_waited(desk: Desk) -> None:
    """None was due before, and what is not due yet counts for nothing."""
    desk.order()
    assert fire_due(desk.records, at=after(14.9)).late is None
    assert fire_due(desk.records, at=after(17)).late == timedelta(minutes=2)


def test_a_level_fires_once_however_often_the_desk_sweeps(desk: Desk) -> None:
    """Two wake-ups in the same moment must not ring twice."""
    number = desk.order()
    assert fire_due(desk.records, at=after(22.5)).fired > 0
    assert fire_due(desk.records, at=after(22.5)).fired == 0
    assert desk.alarms(number)[0][:3] == ("orphan", "", 0)


def test_what_has_fired_is_out_of_the_way_of_what_falls_due(desk: Desk) -> None:
    """Else a desk would look at the worst of all that ever fired, and at nothing else."""
    desk.order()
    late = desk.order(at=after(5))
    due = desk.records.due_timers(at=after(15), limit=9)
    assert fire_due(desk.records, at=after(15)).fired == len(due) > 0
    assert desk.records.due_timers(at=after(15), limit=9) == []
    with desk.records.work(who=THE_DESK, at=after(15)) as work:
        assert work.claim(due, at=after(15)) == []
    assert fire_due(desk.records, at=after(20)).fired == len(desk.fired(late)) > 0


def test_the_clock_warns_and_then_rings_for_the_miss(desk: Desk) -> None:
    """75 %, 90 %, then the due time, each journalled."""
    number = desk.order()
    for minutes in (15, 22.5, 27, 30):
        fire_due(desk.records, at=after(minutes))
    responded = [(kind, level) for kind, clock, level in desk.fired(number) if clock == "respond"]
    assert responded == [("warn", 50), ("warn", 75), ("warn", 90), ("not_accepted", 100)]
    assert desk.facts(number).count("breached") == 2, "respond and next update are both missed"


def test_a_night_switched_off_rings_once_at_the_worst_level(desk: Desk) -> None:
    """With its real due time, not the time of the morning."""
    number = desk.order()
    swept = fire_due(desk.records, at=after(12 * 60))
    assert fire_due(desk.records, at=after(12 * 60)).fired == 0
    assert swept.failed == 0
    resolve = [(kind, lv) for kind, clock, lv in desk.fired(number) if clock == "resolve"]
    assert len(resolve) == 1
    assert len(desk.alarms(number)) == 1
    due, raised = desk.rows("SELECT due_at, raised_at FROM alarm WHERE number = :n", n=number)[0]
    assert due < raised


def test_acknowledging_silences_until_something_worse_comes(desk: Desk) -> None:
    """The bell stops, the clock does not."""
    number = desk.order()
    desk.move(number, Move.ASSIGN, at=after(1), technician=_technician(desk))
    fire_due(desk.records, at=after(23))
    assert desk.alarms(number)[0][0] == "warn"
    desk.records.do(Acknowledge(numbers=(number,)), who=ANA, at=after(24))
    assert desk.alarms(number)[0][3]
    fire_due(desk.records, at=after(31))
    kind, _, _, acknowledged = desk.alarms(number)[0]
    assert kind in {"not_accepted", "update_due"}
    assert not acknowledged


def test_an_alarm_goes_when_its_reason_is_gone(desk: Desk) -> None:
    """Accepting the order ends the cry that nobody has."""
    number = desk.order()
    desk.move(number, Move.ASSIGN, at=after(1), technician=_technician(desk))
    fire_due(desk.records, at=after(23))
    assert desk.alarms(number)
    desk.records.do(_updated(number), who=ANA, at=after(23.2))
    desk.move(number, Move.ACCEPT, at=after(23.5))
    assert desk.alarms(number) == []


def test_waiting_wakes_at_the_promised_time(desk: Desk) -> None:
    """A pause that ran out comes back by itself."""
    number = desk.order()
    desk.move(number, Move.WAIT, at=after(1), reason="parts", wake_at=after(20))
    fire_due(desk.records, at=after(20))
    assert ("wake", "", 0, False) in desk.alarms(number)


def test_a_reaction_that_raises_rests_and_the_others_go_on(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One bad order must not silence the desk; it is shown and tried again, later each time."""
    bad, good = desk.order(), desk.order()
    healthy = reactions.REACTIONS[TimerKind.ORPHAN]

    def stumble(come: Come) -> Reaction:
        if come.order.number == bad:
            msg = "no such thing"
            raise ValueError(msg)
        return healthy(come)

    monkeypatch.setitem(reactions.REACTIONS, TimerKind.ORPHAN, stumble)
    swept = fire_due(desk.records, at=after(15))
    assert swept.failed == 1
    assert ("orphan", "", 0) in desk.fired(good)
    assert ("orphan", "", 0) not in desk.fired(bad)
    tries, trouble = desk.rows(
        "SELECT tries, trouble FROM timer WHERE number = :n AND kind = 'orphan'", n=bad
    )[0]
    assert (tries, trouble) == (1, "ValueError: no such thing")
    assert fire_due(desk.records, at=after(15)).failed == 0, "it rests"
    monkeypatch.setitem(reactions.REACTIONS, TimerKind.ORPHAN, healthy)
    fire_due(desk.records, at=after(15) + FIRST_RETRY)
    assert ("orphan", "", 0) in desk.fired(bad)


def test_a_timer_that_cannot_be_saved_is_put_off_alone(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fault shows only at the commit of the batch; the batch is then fired one by one."""
    numbers = [desk.order() for _ in range(3)]
    saved = runner._fire_one

    def poison(work: Work, timer: DueTimer, at: datetime) -> None:
        saved(work, timer, at)
        if timer.number == numbers[1]:
            order = work.order(timer.number)
            work.save(order, replace(order, title=None), Fact(name="noted"))  # type: ignore[arg-type]

    monkeypatch.setattr(runner, "_fire_one", poison)
    swept = fire_due(desk.records, at=after(15))
    assert swept.failed >= 1
    assert ("orphan", "", 0) in desk.fired(numbers[0])
    assert ("orphan", "", 0) in desk.fired(numbers[2])
    assert desk.fired(numbers[1]) == []


def test_a_timer_that_the_tables_refuse_is_put_off_alone(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A key that is there looks like somebody else's haste, but would come again for ever."""
    numbers = [desk.order() for _ in range(3)]
    saved = runner._fire_one

    def poison(work: Work, timer: DueTimer, at: datetime) -> None:
        saved(work, timer, at)
        if timer.number == numbers[1]:
            work.known(timer.number).timers.clear()
            work._mark(work.known(timer.number))

    monkeypatch.setattr(runner, "_fire_one", poison)
    swept = fire_due(desk.records, at=after(15))
    assert swept.failed >= 1
    assert ("orphan", "", 0) in desk.fired(numbers[0])
    assert ("orphan", "", 0) in desk.fired(numbers[2])
    assert desk.fired(numbers[1]) == []


def test_retries_rest_longer_each_time_and_never_longer_than_an_hour() -> None:
    """A broken reaction must neither burn the machine nor be forgotten."""
    rests = [retry_after(tries) for tries in range(30)]
    assert rests[:3] == [FIRST_RETRY, 2 * FIRST_RETRY, 4 * FIRST_RETRY]
    assert rests == sorted(rests)
    assert max(rests) == LAST_RETRY == timedelta(hours=1)


def _technician(desk: Desk) -> str:
    desk.records.do(SaveTechnician(code="T1", name="Wang Wei"), who=ANA, at=after(0))
    return "T1"


def _updated(number: int) -> UpdateCustomer:
    return UpdateCustomer(number=number, text="on the way")
