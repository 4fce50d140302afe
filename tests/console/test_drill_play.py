"""A drill played: the same day for a seed, everybody by dice, nobody sent but by the player."""

from __future__ import annotations

import shutil
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from console.demo.kinds import TRADES
from console.drill.gather import untouched
from console.drill.script_file import script_named
from store.commands.contact import NoteOrder, UpdateCustomer
from store.commands.sop import ImportProcedure
from store.domain.drill.script import SHOCKS, Script, Shock
from store.domain.lifecycle import State
from store.queries.doctor import ExamineDesk, ExamineOrders
from store.queries.levels import ListLevels
from store.queries.lists import StreamOrders
from tests.console.drilled import AT, ME, MINUTES, QUIET, SPEED
from tests.store.sop_files import one_step

if TYPE_CHECKING:
    from pathlib import Path

    from tests.console.drilled import Begin


pytestmark = pytest.mark.usefixtures("plain_surroundings")


def test_a_drill_begins_with_work_under_way_and_all_in_time(begin: Begin) -> None:
    """Some hold orders, some orders wait; every level promises twelve times sooner."""
    desk = begin(QUIET)
    lines = desk.lines(AT)
    assert {State.NEW, State.ACCEPTED, State.ON_SITE} <= {line.state for line in lines}
    assert not any(line.overdue(AT) for line in lines)
    levels = {
        one.code: one.policy for one in desk.records.ask(ListLevels(), who=ME, at=AT) if one.policy
    }
    assert levels["sample-urgent"]["targets"]["1"]["respond"] == {"seconds": 50}
    assert desk.begun.orphans == {x.number for x in lines if x.state is State.NEW}


def test_the_same_seed_meets_the_same_day(begin: Begin) -> None:
    """Calls, technicians, shocks and their times, whatever became of them; another one does not."""
    told = []
    for seed in (1, 1, 2):
        desk = begin(script_named("bad-day"), seed=seed)
        desk.play(5, sends=True)
        orders = desk.records.ask(StreamOrders(), who=ME, at=desk.task.ends)
        told.append((
            [(one.opened_at, one.title, one.priority, one.state) for one in orders],
            desk.news,
            desk.over().score,
        ))  # fmt: skip
    assert told[0] == told[1]
    assert told[0][0] != told[2][0]


def test_what_the_player_does_changes_neither_calls_nor_dice(begin: Begin) -> None:
    """Whoever plays meets the same day as whoever does nothing."""
    idle, busy = (begin(script_named("bad-day")) for _ in range(2))
    idle.play(MINUTES)
    busy.play(MINUTES, sends=True)
    calls = [
        [
            (one.opened_at, one.title, one.priority)
            for one in desk.records.ask(StreamOrders(), who=ME, at=desk.task.ends)
        ]
        for desk in (idle, busy)
    ]
    assert calls[0] == calls[1]
    shocks = [[one.what for one in desk.news if one.what in {"storm", "ill", "down", "up"}]
              for desk in (idle, busy)]  # fmt: skip
    assert shocks[0] == shocks[1] == ["storm", "ill", "ill", "down", "up"]
    ill = [[one.who for one in desk.news if one.what == "ill"] for desk in (idle, busy)]
    assert ill[0] == ill[1]


def test_nobody_is_sent_but_by_the_player(begin: Begin) -> None:
    """The technicians get on with what they have; what is new waits."""
    desk = begin(QUIET)
    before = {line.number for line in desk.lines(AT)}
    desk.play(MINUTES)
    after = desk.lines(desk.task.ends)
    fresh = [line for line in after if line.number not in before]
    assert len(fresh) > 5
    assert {line.state for line in fresh} == {State.NEW}
    assert sum(line.number in before for line in after) < len(before)
    assert desk.over().score.decisions == 0


def test_who_is_sent_says_yes_drives_works_and_finishes(begin: Begin) -> None:
    """All in the minutes of the play, and the desk stays sound."""
    desk = begin(script_named("bad-day"))
    desk.play(MINUTES, sends=True)
    facts = [one.fact for one in desk.over().play.entries]
    for fact in ("accepted", "departed", "arrived", "finished", "waited", "reopened", "declined"):
        assert fact in facts
    at, last = desk.task.ends, 0
    found = list(desk.records.ask(ExamineDesk(), who=ME, at=at))
    while (checked := desk.records.ask(ExamineOrders(after=last), who=ME, at=at)).last is not None:
        found += checked.findings
        last = checked.last
    assert found == []


@pytest.mark.parametrize("what", sorted(SHOCKS))
def test_every_shock_strikes(what: str, begin: Begin) -> None:
    """And the player hears of it."""
    shock = Shock(at=0.1, what=what, calls=5)
    desk = begin(Script(name="one", calls_an_hour=0, shocks=(shock,)))
    desk.play(MINUTES)
    assert what in {one.what for one in desk.news}
    assert all(one.said() for one in desk.news)
    created = sum(one.fact == "created" for one in desk.over().play.entries)
    assert created == (5 if what == "storm" else 0)


def test_who_falls_ill_gives_back_what_he_has(begin: Begin) -> None:
    """But for what he is at; and whoever is sent to him hears no."""
    everybody = Script(name="x", calls_an_hour=0, shocks=(Shock(at=0, what="ill", people=100),))
    desk = begin(everybody)
    desk.play(0.2)
    assert {line.state for line in desk.lines(AT)} <= {
        State.DECLINED, State.NEW, State.ON_SITE, State.ASSIGNED
    }  # fmt: skip


def test_while_the_system_is_down_nothing_is_written(begin: Begin) -> None:
    """Then the calls are there at once, each with the time at which somebody called."""
    down = Shock(at=0.2, what="down", minutes=60)
    desk = begin(Script(name="x", calls_an_hour=30, shocks=(down,)))
    desk.play(MINUTES)
    begins = AT + timedelta(minutes=MINUTES * 0.2)
    ends = begins + timedelta(minutes=5)
    entries = desk.over().play.entries
    assert not any(begins < one.at < ends for one in entries)
    came = [one for one in desk.lines(desk.task.ends) if begins < one.opened_at < ends]
    assert len(came) > 5
    assert {one.state_since for one in came} == {ends}


def test_a_claim_is_answered_by_a_note_and_a_word(begin: Begin) -> None:
    """In time; the right answer is written down, and the customer told."""
    claim = Script(name="x", calls_an_hour=0, shocks=(Shock(at=0.1, what="claim"),))
    right, late = (begin(claim) for _ in range(2))
    for desk, minutes in ((right, 3.0), (late, 7.0)):
        desk.play(1.3)
        number = desk.news[0].number
        assert number is not None
        assert [one.what for one in desk.news] == ["claim"]
        at = AT + timedelta(minutes=minutes)
        for command in (
            NoteOrder(number=number, text="two more sockets, 80 each"),
            UpdateCustomer(number=number),
        ):
            desk.records.do(command, who=desk.ana, at=at)
    assert [one.right for one in right.over().score.answers] == [True]
    assert [one.right for one in late.over().score.answers] == [False]


@pytest.mark.parametrize("what", ["claim", "overrun"])
def test_what_goes_wrong_may_call_for_another_department(what: str, begin: Begin) -> None:
    """It is to be asked as well, calls back, and what it says is owed in writing."""
    shock = Shock(at=0.1, what=what, department="contracts")
    desk = begin(Script(name="x", calls_an_hour=0, shocks=(shock,)))
    desk.play(MINUTES)
    told = [one for one in desk.news if one.number == desk.news[0].number]
    assert [one.what for one in told][:3] == [what, "department", "reply"]
    assert {one.who for one in told[1:3]} == {"the contracts department"}
    assert told[2].at - told[1].at == timedelta(minutes=15) / SPEED
    answers = {one.asked.what: one for one in desk.over().score.answers}
    assert (answers["department"].written, answers["department"].told) == (False, None)


def test_a_desk_that_is_played_does_better_than_one_that_is_not(
    begin: Begin, tmp_path: Path, drill_made: Path
) -> None:
    """Else the score would be worth nothing; the other is played on a copy of its own."""
    spare = tmp_path / "spare.db"
    shutil.copy(drill_made, spare)
    desk = begin(script_named("bad-day"))
    desk.play(MINUTES, sends=True)
    ours = desk.over().score
    theirs = untouched(f"sqlite:///{spare}", desk.task, ended=desk.task.ends)
    assert sum(ours.orphan_min.values()) < sum(theirs.orphan_min.values()) / 4
    assert theirs.decisions == 0 < ours.decisions
    assert ours.orders == theirs.orders


def test_whom_a_procedure_holds_back_goes_on_by_skipping(begin: Begin) -> None:
    """Its gates hold in a drill, too; nobody is on site to do a step, and each skip is told."""
    desk = begin(QUIET)
    for trade in TRADES:
        source = one_step(kind=trade)
        desk.records.do(ImportProcedure(source=source), who=desk.ana, at=AT)
    desk.play(MINUTES, sends=True)
    told = [(one.number, one.fact) for one in desk.over().play.entries]
    given = {number for number, fact in told if fact == "sop_given"}
    finished = {number for number, fact in told if fact == "finished"} & given
    assert finished
    assert finished <= {number for number, fact in told if fact == "sop_skipped"}
