"""Figures of alarms: counted from the alarms, per operator-hour, and which rules cry wolf."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from scheduler.runner import fire_due
from store.commands import (
    Acknowledge,
    MoveOrder,
    SetPriority,
    ShelveAlarm,
    Undo,
    UpdateCustomer,
)
from store.domain.alarm_figures import ENOUGH, cries_wolf, waits
from store.domain.alarms import QUIET
from store.domain.lifecycle import Move
from store.domain.who import Who
from store.persistence.journal import JOURNAL
from store.queries.alarm_figures import AlarmRule, AlarmRules
from tests.store.desk import ANA, AT_NORTH, AT_SOUTH, do, minutes, move, rows, written

if TYPE_CHECKING:
    from store.records import Records

SOURCE = Who(operator=ANA.operator, via="import")


def rules(records: Records, *, at: float, who: Who = ANA) -> dict[str, AlarmRule]:
    """By kind; all together under the empty name."""
    return {rule.kind: rule for rule in records.ask(AlarmRules(), who=who, at=minutes(at))}


@given(st.lists(st.floats(0, 1e7), min_size=1))
def test_median_and_p90_are_waits_that_were(seconds: list[float]) -> None:
    """Nine of ten waited no longer than P90; the median never exceeds it."""
    told = waits(seconds)
    assert told.median_s in seconds
    assert told.p90_s in seconds
    assert told.median_s is not None
    assert told.p90_s is not None
    assert told.median_s <= told.p90_s
    within = sum(one <= told.p90_s for one in seconds)
    assert within * 10 >= len(seconds) * 9


@given(st.integers(0, 100), st.integers(0, 100))
def test_few_alarms_cry_no_wolf(rings: int, lapsed: int) -> None:
    """Below five nothing is said; above, half of them must have gone by themselves."""
    assert cries_wolf(rings=rings, lapsed=lapsed) == (rings >= ENOUGH and lapsed * 2 >= rings)


def test_no_alarms_have_no_figures(records: Records) -> None:
    """An empty set has no rate."""
    (total,) = rules(records, at=0).values()
    assert (total.alarms, total.median_s, total.cries_wolf) == (0, None, False)


def test_time_to_acknowledge_counts_from_the_ring(records: Records) -> None:
    """Two after one minute, one after eleven; the fourth still waits."""
    numbers = [written(records) for _ in range(4)]
    fire_due(records, at=minutes(15))
    do(records, Acknowledge(numbers=tuple(numbers[:2])), at=minutes(16))
    do(records, Acknowledge(numbers=(numbers[2],)), at=minutes(26))
    told = rules(records, at=27)
    for kind in ("", "orphan"):
        assert (told[kind].alarms, told[kind].acknowledged, told[kind].waiting) == (4, 3, 1)
        assert (told[kind].median_s, told[kind].p90_s, told[kind].mean_s) == (60, 660, 260)


def test_an_acknowledgement_counts_whatever_rang_since(records: Records) -> None:
    """The journal tells of each; one that was taken back and given again counts once."""
    number = written(records, level="critical", priority=3)
    waited: list[int] = []
    at = 0
    while len(waited) < 3:
        at += 5
        fire_due(records, at=minutes(at))
        if rules(records, at=at)[""].waiting:
            do(records, Acknowledge(numbers=(number,)), at=minutes(at + len(waited) + 1))
            waited.append(60 * (len(waited) + 1))
            if len(waited) == 1:
                do(records, Undo(), at=minutes(at + 2))
                do(records, Undo(redo=True), at=minutes(at + 3))
    told = rules(records, at=at + 5)
    assert (told[""].acknowledged, told[""].waiting) == (3, 0)
    assert (told[""].median_s, told[""].mean_s) == (120, sum(waited) / 3)
    assert sum(rule.acknowledged for kind, rule in told.items() if kind) == 3


def test_a_rule_whose_alarms_go_by_themselves_cries_wolf(records: Records) -> None:
    """A file closes what rang; nobody had acted on any."""
    numbers = [written(records) for _ in range(6)]
    fire_due(records, at=minutes(15))
    for number in numbers[:3]:
        cancel = MoveOrder(number=number, move=Move.CANCEL, reason="elsewhere")
        do(records, cancel, who=SOURCE, at=minutes(16))
    for number in numbers[3:]:
        do(records, MoveOrder(number=number, move=Move.CANCEL, reason="x"), at=minutes(17))
    orphan = rules(records, at=18)["orphan"]
    assert (orphan.alarms, orphan.lapsed, orphan.cries_wolf) == (6, 3, True)


def test_each_ring_counts_under_the_rule_that_rang(records: Records) -> None:
    """Nobody followed, then it was not accepted in time: two rings of one alarm, and no more."""
    number = written(records, level="critical", priority=3)
    for at in (15, 481):
        fire_due(records, at=minutes(at))
    cancel = MoveOrder(number=number, move=Move.CANCEL, reason="elsewhere")
    do(records, cancel, who=SOURCE, at=minutes(482))
    told = rules(records, at=483)
    rung = {kind: (rule.rings, rule.lapsed) for kind, rule in told.items()}
    assert rung == {"": (2, 1), "orphan": (1, 0), "not_accepted": (1, 1)}


def test_the_rules_add_up_to_all(records: Records) -> None:
    """Whatever rang over what, came back from a shelf, or took the place of a worse one."""
    first, second, third = (written(records, level="critical", priority=p) for p in (1, 2, 3))
    at = 0
    for step in range(1, 40):
        at = step * 20
        fire_due(records, at=minutes(at))
        if step == 2:
            shelf = ShelveAlarm(number=first, until=minutes(at + 30), reason="part")
            do(records, shelf, at=minutes(at + 1))
        if step == 8:
            do(records, Acknowledge(numbers=(second,)), at=minutes(at + 1))
            do(records, UpdateCustomer(number=first, text="soon"), at=minutes(at + 2))
        if step == 20:
            do(records, SetPriority(number=third, priority=1), at=minutes(at + 1))
            move(records, second, Move.ASSIGN, minutes(at + 2), technician="T1")
    told = rules(records, at=at + 1)
    total = told.pop("")
    assert len(told) > 3
    for name in ("alarms", "rings", "acknowledged", "waiting", "lapsed", "escalated"):
        assert getattr(total, name) == sum(getattr(rule, name) for rule in told.values()), name
    journal = [row for row in rows(records, JOURNAL) if row["fact"] in {"rang", "came_back"}]
    loud = [row for row in journal if row["body"].get("severity") != QUIET]
    assert total.rings == len(loud)


def test_what_a_worse_reason_leaves_behind_rings_under_its_own_rule(records: Records) -> None:
    """Somebody has it now, and the time to accept it is nearly over."""
    number = written(records, level="critical")
    for at in (15, 46):
        fire_due(records, at=minutes(at))
    move(records, number, Move.ASSIGN, minutes(47), technician="T1")
    told = rules(records, at=48)
    assert {kind: rule.rings for kind, rule in told.items()} == {"": 2, "orphan": 1, "warn": 1}


def test_an_operator_hour_is_one_in_which_somebody_gave_a_command(records: Records) -> None:
    """Ana in two hours of the clock, Bo in one."""
    before = rules(records, at=200)[""].operator_hours
    for at, who in ((125, ANA), (130, ANA), (190, ANA), (190, AT_NORTH)):
        do(records, Acknowledge(), who=who, at=minutes(at))
    assert rules(records, at=200)[""].operator_hours == before + 3


def test_each_office_reads_its_own_figures(records: Records) -> None:
    """Alarms of other sites are not counted."""
    written(records)
    fire_due(records, at=minutes(15))
    assert rules(records, at=16, who=AT_NORTH)[""].alarms == 1
    assert rules(records, at=16, who=AT_SOUTH)[""].alarms == 0
