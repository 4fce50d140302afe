"""Figures of an action are told to whoever sees what they are of, and to nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from console.cli_action import plain_action
from console.render_corrective import effect_told
from store.commands.corrective import FinishAction, JudgeAction, SetAction, StartAction
from store.domain.corrective_refusals import FiguresElsewhere
from store.queries.card import Trace
from store.queries.corrective import ListActions, ShowAction
from store.queries.deeds import Deeds
from tests.store.desk import AT_NORTH, do, minutes, written
from tests.store.test_corrective import OVER, observed, planned, shown
from tests.store.test_surveys import DAY

if TYPE_CHECKING:
    from store.queries.corrective import ActionLine
    from store.records import Records

FIGURES = ("baseline", "baseline_n", "value", "value_n")


def of_the_desk(records: Records) -> int:
    """One that is measured of all sites, with two orders opened on Sunday."""
    for site in ("N1", "S1"):
        written(records, site=site, at=minutes(-DAY))
    action = planned(records, measure="orders_opened", goal="<=1")
    do(records, SetAction(action=action, site=""), at=minutes(33))
    return action


def north(records: Records, action: int) -> ActionLine:
    """An action as the office at N1 is told of it."""
    (listed,) = records.ask(ListActions(), who=AT_NORTH, at=minutes(OVER))
    line = records.ask(ShowAction(action=action), who=AT_NORTH, at=minutes(OVER))
    assert line == listed
    return line


def told_in_journal(records: Records, number: int) -> list[Any]:
    """What its journal tells the office at N1 of figures."""
    at = minutes(OVER)
    entries = [one.body for one in records.ask(Trace(number=number), who=AT_NORTH, at=at)]
    entries += [one.body for one in records.ask(Deeds(number=number), who=AT_NORTH, at=at)]
    became = [body["became"] for body in entries if "became" in body]
    assert became
    return [one[name] for one in became for name in FIGURES if one.get(name) is not None]


def test_who_sees_one_site_is_told_no_figure_of_all(records: Records) -> None:
    """He neither chooses one, nor measures it, nor is shown what others measured."""
    action = of_the_desk(records)
    for command in (
        SetAction(action=action, measure="orders_closed"),
        SetAction(action=action, goal="<=0"),
        StartAction(action=action),
    ):
        with pytest.raises(FiguresElsewhere):
            do(records, command, at=minutes(40), who=AT_NORTH)
    do(records, StartAction(action=action), at=minutes(41))
    assert shown(records, action).baseline == 2
    line = north(records, action)
    assert not line.figures
    assert [getattr(line.action, name) for name in FIGURES] == [None] * 4
    assert plain_action(line)["asked"] == {"before": "", "after": ""}
    assert list(effect_told(line)) == [
        "Judged by: opened ≤ 1, of what you do not see, over 3 days",
    ]
    assert told_in_journal(records, line.action.number) == []


def test_who_sees_its_site_is_told_its_figure(records: Records) -> None:
    """In the list, whole, and in the journal."""
    written(records, at=minutes(-DAY))
    action = observed(records, measure="orders_opened", goal="<=0")
    line = north(records, action)
    assert (line.figures, line.action.baseline, line.measured) == (True, 1, "N1")
    assert told_in_journal(records, line.action.number) == [1, 1] * 2


def test_nobody_judges_what_he_does_not_see(records: Records) -> None:
    """Nor learns by asking for more days whether there is a figure."""
    action = of_the_desk(records)
    do(records, StartAction(action=action), at=minutes(40))
    do(records, FinishAction(action=action, done="x"), at=minutes(50))
    judge = JudgeAction(action=action, effective=True, verdict="fine")
    for command in (judge, SetAction(action=action, window_days=9)):
        with pytest.raises(FiguresElsewhere):
            do(records, command, at=minutes(OVER), who=AT_NORTH)
