"""Taking back what was done to plans: exactly, and nothing instead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.commands import EndPlan, PausePlan, ResumePlan, SavePlan, SkipOccurrence, Undo
from store.domain.errors import BadInput
from store.domain.plan_refusals import NothingLeft
from store.domain.undo_refusals import DoneDifferently, NothingToDoAgain, UnderAnother
from store.domain.who import THE_DESK
from store.persistence.plans import OCCURRENCE, PLAN
from store.queries.doctor import ExamineDesk
from store.records import open_records
from tests.store.desk import ANA, BO, do, furnish, minutes, rows
from tests.store.plan_desk import planned, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.domain.intents import Command, Done
    from store.records import Records


@pytest.fixture
def sqlite_records(sqlite_url: str) -> Iterator[Records]:
    """A law needs one kind of database."""
    opened = open_records(sqlite_url, feed=False, zone="Asia/Shanghai")
    furnish(opened)
    yield opened
    opened.close()


def undo(records: Records, *, at: float = 30, who: Any = ANA, **meant: Any) -> Done:
    """Take back, and see that the store still agrees with itself."""
    done = do(records, Undo(**meant), who=who, at=minutes(at))
    assert records.ask(ExamineDesk(), who=THE_DESK, at=minutes(at)) == ()
    return done


def plan_of(records: Records, plan: int) -> Any:
    """A plan with what was called off of it."""
    called_off = [row["day"] for row in rows(records, OCCURRENCE, plan_id=plan)]
    return rows(records, PLAN, id=plan), called_off


CHANGES: list[Any] = [
    lambda plan: PausePlan(plan=plan),
    lambda plan: EndPlan(plan=plan),
    lambda plan: ResumePlan(plan=plan),
    lambda plan: SkipOccurrence(plan=plan),
    lambda plan: SkipOccurrence(plan=plan, day="2026-09-23"),
    lambda plan: SkipOccurrence(plan=plan, day="2026-09-23", skipped=False),
    lambda plan: SavePlan(plan=plan, title="泵房巡检", rule="weekly", start="2026-09-22",
                          time="11:00", site="N1", kind="泵", priority=2, description="see note"),
    lambda plan: SavePlan(plan=plan, title="boiler round", rule="daily", start="2026-09-21",
                          time="10:00", site="S1", lead="2h", until="2026-12-31"),
]  # fmt: skip


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.integers(0, len(CHANGES) - 1), min_size=1, max_size=6))
def test_plans_stand_as_before_each_step_when_it_is_taken_back(
    sqlite_records: Records, steps: list[int]
) -> None:
    """Step by step to the beginning, and by redo the last one again."""
    records = sqlite_records
    plan = planned(records)
    stood, done = [], []
    for minute, step in enumerate(steps, 1):
        before = plan_of(records, plan)
        try:
            last = do(records, CHANGES[step](plan), at=minutes(minute))
        except (BadInput, NothingLeft):
            continue
        stood.append(before)
        done.append(last)
    after = plan_of(records, plan)
    for minute, before in enumerate(reversed(stood), 20):
        undo(records, at=minute)
        assert plan_of(records, plan) == before
        if minute == 20:
            undo(records, at=minute + 0.5, redo=True)
            assert plan_of(records, plan) == after
            undo(records, at=minute + 0.6, entry=done[-1].undo)
            assert plan_of(records, plan) == before


def test_a_plan_that_was_written_by_a_slip_ends(records: Records) -> None:
    """And begins again when that is done again; with one key, as an order's creation."""
    plan = planned(records)
    taken = undo(records, at=2)
    assert (taken.facts["thing"], shown(records, plan).ended_at) == (f"plan {plan}", minutes(2))
    undo(records, at=3, redo=True)
    assert shown(records, plan).ended_at is None
    with pytest.raises(NothingToDoAgain):
        undo(records, at=4, redo=True)


def test_a_plan_changed_by_others_is_not_put_back(records: Records) -> None:
    """Each upon the other; an older release's entry tells too little."""
    plan = planned(records)
    done = do(records, PausePlan(plan=plan), at=minutes(1))
    do(records, ResumePlan(plan=plan), who=BO, at=minutes(2))
    with pytest.raises(UnderAnother, match=f"plan {plan} stays as it is: “plan goes on” by Bo"):
        undo(records, entry=done.undo, at=3)
    skipped = do(records, SkipOccurrence(plan=plan, day="2026-09-30"), at=minutes(4))
    with records.database.writing() as conn:
        conn.execute(OCCURRENCE.delete())
    with pytest.raises(DoneDifferently):
        undo(records, entry=skipped.undo, at=5)


def test_words_that_were_erased_do_not_come_back(records: Records) -> None:
    """A title is not made up."""
    plan = planned(records)
    rename: Command = SavePlan(
        plan=plan, title="x", rule="daily", start="2026-09-21", time="10:00", site="N1"
    )
    done = do(records, rename, at=minutes(1))
    with records.database.writing() as conn:
        conn.exec_driver_sql("UPDATE journal SET words = NULL WHERE fact = 'plan_saved'")
    with pytest.raises(DoneDifferently):
        undo(records, entry=done.undo, at=2)
    assert shown(records, plan).title == "x"
