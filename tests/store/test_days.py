"""The technicians' day: what was done, is under way and comes next; on both databases."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from store.commands import SaveAbsence, SaveShift
from store.domain.lifecycle import Move
from store.domain.who import Scope
from store.queries.days import BarKind, Day, TechnicianDays
from tests.store.desk import ANA, NINE, do, minutes, move, stored, written

if TYPE_CHECKING:
    from store.records import Records


def days(
    records: Records, *, at: float = 60, who: Any = ANA, shown: float = -120
) -> dict[str, Day]:
    """Ten hours that are shown, as they stand so many minutes after nine, by technician."""
    asked = TechnicianDays(from_at=minutes(shown), to_at=minutes(shown + 600), since=NINE)
    return {day.line.code: day for day in records.ask(asked, who=who, at=minutes(at))}


def sent(records: Records, technician: str, *steps: Move, at: float = 0) -> int:
    """An order that a technician took so far, a step each five minutes."""
    number = written(records, level="critical", at=minutes(at))
    move(records, number, Move.ASSIGN, minutes(at), technician=technician)
    for place, step in enumerate(steps, 1):
        move(records, number, step, minutes(at + 5 * place))
    return number


WHOLE = (Move.ACCEPT, Move.DEPART, Move.ARRIVE, Move.FINISH)


def test_a_day_holds_what_was_is_and_comes(records: Records) -> None:
    """With the load of today and the next order."""
    done = sent(records, "T1", *WHOLE)
    now = sent(records, "T1", *WHOLE[:3], at=30)
    coming = sent(records, "T1", at=40)
    day = days(records)["T1"]
    assert [(bar.number, bar.kind) for bar in day.bars] == [
        (done, BarKind.DONE),
        (now, BarKind.NOW),
        (coming, BarKind.PLAN),
    ]
    assert (day.bars[0].from_at, day.bars[0].to_at) == (minutes(10), minutes(20))
    assert (day.bars[1].from_at, day.bars[1].to_at) == (minutes(40), minutes(130))
    assert (day.done, day.to_do, day.clashes) == (1, 2, ())
    assert day.next is not None
    assert day.next.number == coming
    assert (day.next.sets_out_at, day.next.from_at) == (minutes(130), minutes(160))
    assert day.skills == ("hvac 3",)
    assert days(records)["T2"].bars == ()


def test_what_cannot_be_is_told(records: Records) -> None:
    """Under way while he is absent, off shift, or at two places."""
    sent(records, "T1", *WHOLE[:3])
    do(records, SaveAbsence(technician="T1", starts_at=minutes(30), ends_at=minutes(300)))
    sent(records, "T2", *WHOLE[:3])
    shift = SaveShift(technician="T2", starts_at=minutes(-600), ends_at=minutes(-300))
    do(records, shift)
    for _ in range(2):
        sent(records, "T3", *WHOLE[:3])
    found = days(records)
    assert {code: len(day.clashes) for code, day in found.items()} == {"T1": 1, "T2": 1, "T3": 2}
    assert found["T1"].away == ((minutes(30), minutes(300)),)


def test_what_he_does_out_of_sight_is_not_told(records: Records) -> None:
    """Neither what is under way, nor what is planned."""
    here = sent(records, "T2")
    other = written(records, level="critical", site="S1")
    move(records, other, Move.ASSIGN, technician="T2")
    mine = replace(ANA, scope=Scope(frozenset({stored(records, here).site or 0})))
    assert {bar.number for bar in days(records, who=mine)["T2"].bars} == {here}
    assert {bar.number for bar in days(records)["T2"].bars} == {here, other}


def test_nobody_is_in_two_places_at_once(records: Records) -> None:
    """What is under way while an absence begins and ends is over before the next begins."""
    shift = SaveShift(technician="T1", starts_at=minutes(-60), ends_at=minutes(600))
    do(records, shift)
    now = sent(records, "T1", *WHOLE[:3])
    coming = sent(records, "T1", at=20)
    do(records, SaveAbsence(technician="T1", starts_at=minutes(40), ends_at=minutes(45)))
    day = days(records, at=30)["T1"]
    first, then = day.bars
    assert (first.number, then.number, first.clashes) == (now, coming, True)
    assert then.sets_out_at == first.to_at
    assert then.from_at > first.to_at > minutes(45)


def test_what_is_counted_does_not_depend_on_the_hours_that_are_shown(records: Records) -> None:
    """Work at hand is to be done, and stands as it stands, while another day is looked at."""
    do(records, SaveShift(technician="T1", starts_at=minutes(-60), ends_at=minutes(400)))
    now, _coming = sent(records, "T1", *WHOLE[:3]), sent(records, "T1", at=40)
    gone = sent(records, "T2", *WHOLE[:3])
    do(records, SaveAbsence(technician="T2", starts_at=NINE, ends_at=minutes(300)))
    for shown in (-120, 700, 1500, -2000):
        found = days(records, shown=shown)
        assert [(day.to_do, day.clashes) for day in map(found.get, ("T1", "T2")) if day] == [
            (2, ()),
            (1, (gone,)),
        ]
        assert [bar.number for bar in found["T1"].bars if bar.kind is BarKind.NOW] == [now]
