"""Alarms, follow-ups, calendars, levels and the outbox: what must happen in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import update

from scheduler.runner import fire_due
from store.commands import (
    Acknowledge,
    KeepFollowUp,
    PromiseFollowUp,
    SaveCalendar,
    SaveLevel,
)
from store.domain.errors import BadInput, RangAgain, Refusal
from store.domain.lifecycle import Move
from store.domain.who import THE_DESK
from store.persistence.loading import ALARM, TIMER
from store.persistence.outbox import OUTBOX
from store.persistence.work import Work
from tests.store.desk import (
    AT_NORTH,
    BO,
    do,
    minutes,
    move,
    promises_kept,
    rows,
    stored,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from store.records import Records

WEEK = {day: [["09:00", "12:00"], ["13:00", "18:00"]] for day in ("mon", "tue", "wed", "thu")}


def ring(records: Records, number: int, kind: str = "orphan", **how: Any) -> bool:
    """Raise an alarm an hour after nine; whether it rings."""
    at = how.pop("at", minutes(60))
    with records.work(who=THE_DESK, at=at) as work:
        given = {"kind": kind, "severity": 2, "due_at": minutes(15), **how}
        return work.raise_alarm(work.order(number), **given)


def standing(records: Records) -> list[tuple[str, int, bool]]:
    """Standing alarms: kind, severity, acknowledged."""
    return [
        (row["kind"], row["severity"], row["acknowledged_at"] is not None)
        for row in rows(records, ALARM, cleared_at=None)
    ]


def test_an_order_has_one_alarm_at_its_worst(records: Records) -> None:
    """A lesser one does not ring, a worse one takes its place."""
    number = written(records)
    assert ring(records, number)
    assert not ring(records, number, severity=3)
    assert not ring(records, number)
    assert ring(records, number, severity=1)
    assert standing(records) == [("orphan", 1, False)]


def test_a_worse_alarm_takes_the_acknowledgement_back(records: Records) -> None:
    """And so does another reason that is as bad; the same one again does not."""
    number = written(records)
    ring(records, number)
    mine = Acknowledge(numbers=(number,))
    assert do(records, mine, who=BO, at=minutes(61)).numbers == (number,)
    assert not ring(records, number, at=minutes(62))
    assert standing(records) == [("orphan", 2, True)]
    fire_due(records, at=minutes(70))
    assert [acknowledged for _, _, acknowledged in standing(records)] == [False]


def test_a_broken_promise_is_not_hidden_by_another_reason_as_bad(records: Records) -> None:
    """Who has silenced it hears of the other reason, and still reads of the broken promise."""
    number = written(records, priority=1)
    fire_due(records, at=minutes(150))
    ((kind, bad, _),) = standing(records)
    assert kind in {"not_accepted", "breach", "overdue_again"}
    assert not ring(records, number, severity=bad, at=minutes(151))
    do(records, Acknowledge(numbers=(number,)), at=minutes(152))
    assert ring(records, number, severity=bad, at=minutes(153), due_at=minutes(153))
    assert standing(records) == [(kind, bad, False)]


def test_what_rang_since_one_looked_goes_on_ringing(records: Records) -> None:
    """The key was for the alarm on the screen; a worse one came before it was pressed."""
    number = written(records)
    ring(records, number)
    ring(records, number, severity=1)
    seen = Acknowledge(numbers=(number,), rings=1)
    with pytest.raises(RangAgain, match="rung for something else"):
        do(records, seen, at=minutes(61))
    assert standing(records) == [("orphan", 1, False)]
    assert do(records, replace(seen, rings=2), at=minutes(61)).numbers == (number,)


def test_acknowledging_all_means_all_in_sight(records: Records) -> None:
    """An operator of one site silences its alarms only."""
    north, south = written(records), written(records, site="S1")
    for number in (north, south):
        ring(records, number)
    assert do(records, Acknowledge(), who=AT_NORTH, at=minutes(61)).numbers == (north,)
    assert do(records, Acknowledge(), at=minutes(61)).numbers == (south,)
    assert "no alarm rings" in do(records, Acknowledge(), at=minutes(61)).sentence
    assert standing(records) == [("orphan", 2, True)] * 2


def test_one_silenced_alarm_is_named_and_several_are_counted(records: Records) -> None:
    """The cursor may stand elsewhere: whoever silences an alarm must be told which."""
    first, second, third = written(records), written(records), written(records)
    for number in (first, second, third):
        ring(records, number)
    one = do(records, Acknowledge(numbers=(second,)), at=minutes(61))
    assert one.sentence.format(**one.facts) == "alarm of #2 acknowledged: nobody follows"
    both = do(records, Acknowledge(), at=minutes(61))
    assert both.sentence.format(**both.facts) == "2 alarms acknowledged"


def test_an_alarm_goes_when_its_reason_is_gone(records: Records) -> None:
    """Nobody needs to clear it by hand."""
    number = written(records)
    assert fire_due(records, at=minutes(20)).fired
    assert standing(records) != []
    move(records, number, Move.ASSIGN, minutes(21), technician="T1")
    move(records, number, Move.ACCEPT, minutes(22))
    assert "orphan" not in {kind for kind, _, _ in standing(records)}


def test_a_timer_fires_once_and_the_next_of_its_ladder_is_planned(records: Records) -> None:
    """Swept again nothing happens, and the rows equal what the order implies."""
    number = written(records)
    fired = fire_due(records, at=minutes(40)).fired
    assert fired > 2
    assert fire_due(records, at=minutes(40)).fired == 0
    promises_kept(records, [number])
    assert stored(records, number).version == 1


def test_a_failed_reaction_is_put_off(records: Records) -> None:
    """It keeps what it said, and is due again later."""
    number = written(records)
    with records.work(who=THE_DESK, at=minutes(60)) as work:
        timer = work.claim_due(1)[0]
        work.fail(timer, "no luck", minutes(61))
    row = rows(records, TIMER, id=timer.id)[0]
    assert (row["tries"], row["trouble"], row["aim_at"]) == (1, "no luck", minutes(61))
    assert row["fired_at"] is None
    promises_kept(records, [number])


def test_the_worst_due_timer_comes_first(records: Records) -> None:
    """After a night switched off, the urgent order's missed deadline before a warning."""
    written(records, priority=4)
    urgent = written(records, priority=1)
    with records.work(who=THE_DESK, at=minutes(600)) as work:
        assert work.claim_due(1)[0].number == urgent
        work.claim_due(100)


def test_two_sweepers_share_the_work(records: Records) -> None:
    """What one holds, the other passes over instead of waiting."""
    if records.database.kind != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    for _ in range(3):
        written(records)
    with records.work(who=THE_DESK, at=minutes(60)) as one:
        mine = {timer.number for timer in one.claim_due(1)}
        with records.work(who=THE_DESK, at=minutes(60)) as other:
            theirs = {timer.number for timer in other.claim_due(100)}
    assert len(mine) == 1
    assert len(theirs) == 2
    assert not mine & theirs


@pytest.mark.parametrize(
    "meanwhile",
    [{"fired_at": 60}, {"aim_at": 61}, {"due_at": 59}, {"due_at": 90, "aim_at": 90}],
    ids=["fired", "put off", "due earlier", "due later"],
)
def test_a_timer_that_another_fired_or_moved_meanwhile_is_not_claimed(
    records: Records, monkeypatch: pytest.MonkeyPatch, meanwhile: dict[str, int]
) -> None:
    """It was seen before the lock on its order was ours."""
    if records.database.kind != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    written(records)
    know = Work.know

    def late(work: Work, numbers: Iterable[int]) -> None:
        with records.database.writing() as other:
            moved = {name: minutes(at) for name, at in meanwhile.items()}
            other.execute(update(TIMER).values(moved))
        know(work, numbers)

    with records.work(who=THE_DESK, at=minutes(60)) as work:
        assert work.claim_due(100)
    monkeypatch.setattr(Work, "know", late)
    with records.work(who=THE_DESK, at=minutes(60)) as work:
        assert work.claim_due(100) == []


def test_a_follow_up_outlives_its_order_and_is_kept_once(records: Records) -> None:
    """Promised with a time, reminded of by a timer, done with an outcome."""
    number = written(records)
    promise = PromiseFollowUp(number=number, due_at=minutes(90), note="ask again")
    assert do(records, promise).facts["place"] == 1
    move(records, number, Move.CANCEL, minutes(5), reason="sold")
    promises_kept(records, [number])
    assert [row["kind"] for row in rows(records, TIMER, number=number)] == ["follow_up"]
    fire_due(records, at=minutes(91))
    assert [kind for kind, _, _ in standing(records)] == ["follow_up"]
    do(records, KeepFollowUp(number=number, place=1, outcome="happy"), at=minutes(92))
    assert standing(records) == []
    with pytest.raises(BadInput, match="no open follow-up 1"):
        do(records, KeepFollowUp(number=number, place=1), at=minutes(93))


def test_a_new_calendar_moves_open_deadlines_only(records: Records) -> None:
    """Closed orders keep the version they were judged by; saved unchanged, nothing moves."""
    open_one, closed = written(records, priority=3), written(records, priority=3)
    move(records, closed, Move.CANCEL, minutes(1), reason="sold")
    before = stored(records, closed)
    shorter = {day: [["09:00", "10:00"]] for day in WEEK}
    save = SaveCalendar(
        code="office", name="Office", spec={"zone": "Asia/Shanghai", "week": shorter}
    )
    assert do(records, save, at=minutes(5)).facts["moved"] == 1
    assert stored(records, closed) == before
    order = stored(records, open_one)
    assert {clock.calendar_version for clock in order.clocks} == {3}
    assert all(clock.due_at > clock.original_due_at for clock in order.clocks)  # type: ignore[operator]
    promises_kept(records, [open_one, closed])
    assert do(records, save, at=minutes(6)).facts["moved"] == 0


def test_a_new_level_moves_its_orders(records: Records) -> None:
    """Those of other levels stay."""
    mine, other = written(records), written(records, level="critical")
    before = stored(records, other)
    policy = {"targets": {"2": {"resolve": {"days": 2}}}, "warn": [60], "risk": 60}
    save = SaveLevel(code="standard", name="Standard", calendar="office", policy=policy)
    assert do(records, save, at=minutes(5)).facts["moved"] == 1
    assert [c.kind.value for c in stored(records, mine).clocks if c.running] == ["resolve"]
    assert stored(records, other) == before
    promises_kept(records, [mine, other])


@pytest.mark.parametrize(
    "policy",
    [
        {"targets": {"9": {"resolve": {"seconds": 1}}}},
        {"targets": {"1": {"lunch": {"seconds": 1}}}},
        {"targets": {"1": {"resolve": {"seconds": 1, "days": 1}}}},
        {"targets": {"1": {"resolve": {"seconds": -1}}}},
        {"warn": [150]},
        {"colour": "red"},
    ],
)
def test_a_level_that_means_nothing_is_refused(records: Records, policy: dict[str, Any]) -> None:
    """Before any order is touched."""
    with pytest.raises(BadInput):
        do(records, SaveLevel(code="x", name="X", calendar="office", policy=policy))


def test_a_calendar_without_working_time_is_refused(records: Records) -> None:
    """Its deadlines would never come."""
    with pytest.raises(Refusal):
        do(records, SaveCalendar(code="x", name="X", spec={"zone": "UTC", "week": {}}))


def test_an_errand_overtaken_by_another_holder_cannot_be_settled(records: Records) -> None:
    """The term travels with every write."""
    lease = timedelta(seconds=30)
    with records.work(who=THE_DESK, at=minutes(0)) as work:
        assert work.put_out("sms-1", "sms", {"to": "138"})
        assert not work.put_out("sms-1", "sms", {"to": "138"})
        slow = work.claim_out("one", lease, kinds=["sms"])[0]
        assert work.claim_out("two", lease, kinds=["sms"]) == []
    with records.work(who=THE_DESK, at=minutes(1)) as work:
        quick = work.claim_out("two", lease, kinds=["sms"])[0]
        with pytest.raises(Refusal):
            work.settle_out(slow)
        work.settle_out(quick)
    row = rows(records, OUTBOX)[0]
    assert (row["term"], row["done_at"]) == (2, minutes(1))
