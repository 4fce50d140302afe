"""What is kept of an action: its figures, its story, and what goes with whoever is erased."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from store.commands import MoveOrder
from store.commands.corrective import (
    FinishAction,
    JudgeAction,
    StartAction,
)
from store.commands.erasing import ErasePerson
from store.domain.corrective_told import actions_told
from store.domain.lifecycle import Move
from store.domain.who import Who
from store.queries.kpi import KpiRows, Kpis
from tests.store.desk import ANA, BO, NINE, do, minutes, written
from tests.store.test_corrective import OVER, heard, observed, planned, shown
from tests.store.test_surveys import DAY, faults, finish

if TYPE_CHECKING:
    from store.records import Records

ZONE = "Asia/Shanghai"


@pytest.mark.parametrize("measure", ["orders_opened", "response_mean_s", "orders_closed"])
def test_a_figure_is_what_paidan_kpi_says(records: Records, measure: str) -> None:
    """Baseline and effect are answers of the very question, for the days and the site of it."""
    action = planned(records, measure=measure, goal="<=0")
    close = MoveOrder(number=shown(records, action).number, move=Move.CLOSE)
    do(records, close, at=minutes(33))
    do(records, StartAction(action=action), at=minutes(2 * DAY))
    do(records, FinishAction(action=action, done="x"), at=minutes(2 * DAY + 1), who=BO)
    for site, day in (("N1", 3), ("N1", 4), ("S1", 4)):
        number = written(records, level="critical", site=site, at=minutes(day * DAY))
        finish(records, number, at=day * DAY + 10)
    until = minutes(2 * DAY + OVER)
    judge = JudgeAction(action=action, effective=False, verdict="as before")
    do(records, judge, at=until)
    told = shown(records, action)
    for first, value, n in (
        (told.baseline_from, told.baseline, told.baseline_n),
        (told.check_from, told.value, told.value_n),
    ):
        begins = date.fromisoformat(first)
        period: dict[str, Any] = {"first": begins, "last": begins + timedelta(days=2)}
        period |= {"zone": ZONE, "site": "N1"}
        asked = Kpis(**period, names=(measure,))
        (figure,) = records.ask(asked, who=ANA, at=until).figures
        assert (value, n) == (figure.value, figure.n)
        rows = records.ask(KpiRows(name=measure, **period), who=ANA, at=until)
        assert len(rows) == n
    assert told.baseline_from == "2026-09-20"


def test_the_journal_tells_an_action_whole(records: Records) -> None:
    """Every column comes back from the facts, and the doctor's replay of the order holds."""
    action = observed(records)
    heard(records)
    judge = JudgeAction(action=action, effective=True, verdict="fine")
    do(records, judge, at=minutes(OVER))
    told = shown(records, action)
    with records.work(who=ANA, at=NINE) as work:
        (story,) = work.stories([told.number]).values()
    again = actions_told(entry.fact for entry in story)[action]
    assert again.whys == told.whys
    assert {n: getattr(again, n) for n in again.__slots__ if n != "version"} == {
        n: getattr(told, n) for n in told.__slots__ if n != "version"
    }


def test_whoever_is_erased_leaves_no_words_in_an_action(records: Records) -> None:
    """Figures and days stay."""
    action = observed(records)
    do(records, ErasePerson(customer="C1", sure="C1"), at=minutes(60), who=Who(operator=2))
    told = shown(records, action)
    assert (told.problem, told.contained, told.done) == ("", "", "")
    assert [why.text for why in told.whys] == [""]
    assert told.target == 0
    assert faults(records) == ()
