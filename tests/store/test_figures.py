"""What dispatch reckons with: figures and travel times, set, told, taken back; both databases."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from store.commands import LoadTravel, MoveTechnician, SaveShift, SetFigure, Undo
from store.commands.figures import TravelUnknown
from store.domain.dispatch.board import Travel
from store.domain.dispatch.crew import REST
from store.domain.dispatch.figures import FIGURES, Figure, Figures
from store.domain.dispatch.rules import Rule
from store.domain.errors import BadInput, NotAllowed, Refusal
from store.domain.lifecycle import Move
from store.domain.undo_refusals import ForgottenBeforeOld
from store.domain.who import Scope, Who
from store.persistence import travel_times
from store.queries.arrange import Arrange, Placing
from store.queries.days import TechnicianDays
from store.queries.figures import DispatchFigures, Reckoning
from store.queries.recommend import From, LeftOut
from store.queries.replan import BoardToPlan
from tests.store.desk import ANA, NINE, do, minutes, move, written
from tests.store.recommend_desk import SHORT_ROAD, asked, desk, offered, order

if TYPE_CHECKING:
    from store.domain.intents import Command
    from store.records import Records

__all__ = ["desk"]
CHIEF = Who(operator=2)
TABLE = (("A", "B", 44), ("B", "A", 5))


def reckoning(records: Records) -> Reckoning:
    return records.ask(DispatchFigures(), who=ANA, at=NINE)


def load(records: Records, *pairs: tuple[str, str, int]) -> None:
    do(records, LoadTravel(pairs=pairs), who=CHIEF)


def ways(records: Records, number: int) -> dict[str, float]:
    """By technician, the minutes of travel that a recommendation reckons."""
    return {one.who.code: one.score.travel for one in asked(records, number).offers}


def test_a_new_desk_reckons_as_every_board_does(records: Records) -> None:
    """The usual figures are those of a board without any, and nobody has loaded a table."""
    found = reckoning(records)
    assert (found.figures, found.travel) == (Figures(), None)
    assert Figures().travel() == Travel()
    assert Figures().rest == REST
    for figure, spec in FIGURES.items():
        assert getattr(Figures(), figure.value) == spec.usual
        assert spec.least <= spec.usual <= spec.most


def test_figures_are_set_told_and_taken_back(desk: Records) -> None:
    """Each change is one entry; done again and left as it is, it is none."""
    head = desk.head()
    do(desk, SetFigure(figure="speed", value=48), who=CHIEF)
    do(desk, SetFigure(figure="fixed", value=0), who=CHIEF)
    assert desk.head() == head + 2
    do(desk, SetFigure(figure="speed", value=48), who=CHIEF)
    assert desk.head() == head + 2
    assert ways(desk, order(desk)) == {"AN": 0, "BO": 5}
    undone = [do(desk, Undo(), who=CHIEF) for _ in range(2)]
    assert [str(one.facts["what"]) for one in undone if "what" in one.facts]
    assert reckoning(desk).figures == Figures()
    assert ways(desk, order(desk)) == {"AN": 0, "BO": SHORT_ROAD}
    do(desk, SetFigure(figure="speed", value=48), who=CHIEF)
    do(desk, SetFigure(figure="speed", value=None), who=CHIEF)
    assert reckoning(desk).figures == Figures()


@pytest.mark.parametrize("figure", list(Figure))
def test_a_figure_keeps_its_bounds(records: Records, figure: Figure) -> None:
    """Beyond them it is refused, and so is what is no whole number; nothing is changed."""
    spec, head = FIGURES[figure], records.head()
    for wrong in (spec.least - 1, spec.most + 1, 2.5, True, "8", 2**70, -1, float("nan")):
        with pytest.raises(BadInput):
            do(records, SetFigure(figure=figure.value, value=wrong), who=CHIEF)  # type: ignore[arg-type]
    with pytest.raises(BadInput):
        do(records, SetFigure(figure="mood", value=5), who=CHIEF)
    assert records.head() == head


def test_a_position_is_old_before_it_is_forgotten(records: Records) -> None:
    """Neither may be set past the other."""
    with pytest.raises(BadInput, match="at most 480 min"):
        do(records, SetFigure(figure="stale", value=481), who=CHIEF)
    with pytest.raises(BadInput, match="at least 30 min"):
        do(records, SetFigure(figure="forgotten", value=29), who=CHIEF)
    do(records, SetFigure(figure="stale", value=480), who=CHIEF)
    do(records, SetFigure(figure="stale", value=20), who=CHIEF)
    do(records, SetFigure(figure="forgotten", value=20), who=CHIEF)


def test_no_undo_has_a_position_forgotten_before_it_is_old(records: Records) -> None:
    """What was set beside it since counts; once that is taken back, it may be."""
    done = do(records, SetFigure(figure="stale", value=10), who=CHIEF)
    do(records, SetFigure(figure="forgotten", value=20), who=CHIEF)
    head = records.head()
    with pytest.raises(ForgottenBeforeOld, match="the figure a position is old after stays"):
        do(records, Undo(entry=done.undo), who=CHIEF)
    assert records.head() == head
    do(records, Undo(), who=CHIEF)
    do(records, Undo(entry=done.undo), who=CHIEF)
    assert reckoning(records).figures == Figures()


def test_how_long_a_position_is_believed_is_the_desks_own(desk: Records) -> None:
    """From then on it is marked, from then on the home site counts: in every place that looks."""
    number = order(desk)
    do(desk, MoveTechnician(technician="BO", latitude=31.2, longitude=121.4))
    do(desk, SetFigure(figure="stale", value=10), who=CHIEF)
    do(desk, SetFigure(figure="forgotten", value=20), who=CHIEF)
    told = [
        next(one.who for one in asked(desk, number, at=at).offers if one.who.code == "BO")
        for at in (10, 11, 21)
    ]
    assert [(one.begins_from, one.stale) for one in told] == [
        *((From.SEEN, False), (From.SEEN, True)),
        (From.HOME, False),
    ]
    for at, known in ((20, True), (21, False)):
        present = desk.ask(BoardToPlan(), who=ANA, at=minutes(at)).present
        bo = next(one for one in present.workers if one.id == 5)
        assert (bo.at == (31.2, 121.4)) == known


def test_rest_is_the_desks_own(desk: Records) -> None:
    """Who worked late begins later, or at once where the desk wants no rest."""
    for begins, ends in ((-600, 0), (300, 400)):
        shift = SaveShift(technician="AN", starts_at=minutes(begins), ends_at=minutes(ends))
        do(desk, shift)
    late = order(desk)
    move(desk, late, Move.ASSIGN, minutes(-30), technician="AN")
    for step in (Move.ACCEPT, Move.DEPART, Move.ARRIVE, Move.FINISH):
        move(desk, late, step, minutes(-30))
    number = order(desk)

    def told() -> list[Rule] | str:
        found = asked(desk, number, at=10, about="AN").asked
        return [one.rule for one in found.barred] if isinstance(found, LeftOut) else "may go"

    assert told() == [Rule.REST, Rule.OFF_SHIFT]
    do(desk, SetFigure(figure="rest", value=60), who=CHIEF)
    assert told() == "may go"
    present = desk.ask(BoardToPlan(), who=ANA, at=minutes(10)).present
    assert {one.rest for one in present.workers} == {60}


def test_a_table_counts_wherever_ways_are_reckoned(desk: Records) -> None:
    """There as it says, back as it says; where it says nothing, the reckoned way."""
    number = order(desk)
    load(desk, *TABLE)
    assert ways(desk, number) == {"AN": 0, "BO": 5}
    elsewhere = order(desk, site="B")
    assert ways(desk, elsewhere) == {"AN": 44, "BO": 0}
    load(desk, ("A", "B", 44))
    assert ways(desk, number) == {"AN": 0, "BO": SHORT_ROAD}


def test_the_days_of_technicians_go_by_it(desk: Records) -> None:
    """Their timeline, and what a move on the schedule board would come to."""
    first, then = order(desk, priority=1), order(desk, site="B", priority=4)
    for number in (first, then):
        move(desk, number, Move.ASSIGN, technician="AN")
    load(desk, *TABLE)
    days = desk.ask(TechnicianDays(from_at=NINE, to_at=minutes(480), since=NINE), who=ANA, at=NINE)
    bars = {bar.number: bar for day in days for bar in day.bars}
    sets_out = bars[then].sets_out_at
    assert sets_out is not None
    assert bars[then].from_at - sets_out == timedelta(minutes=44)

    def costs() -> object:
        placing = Placing(number=then, technician=5, slot=0)
        return desk.ask(Arrange(placings=(placing,)), who=ANA, at=NINE)

    before = costs()
    load(desk, ("A", "B", 4))
    assert costs() != before


def test_a_plan_for_the_whole_board_goes_by_it(desk: Records) -> None:
    """The planner is told the table with the board."""
    order(desk)
    load(desk, *TABLE)
    travel = desk.ask(BoardToPlan(), who=ANA, at=NINE).present.travel
    assert travel.table is not None
    assert [travel.table.minutes(*way) for way in ((3, 4), (4, 3))] == [44, 5]


def test_a_site_without_a_position_is_known_by_the_table(desk: Records) -> None:
    """Nobody need say where it lies."""
    number = written(desk, site="N1", kind="lift")
    assert not asked(desk, number).place_known
    load(desk, ("A", "N1", 9), ("B", "N1", 90))
    assert asked(desk, number).place_known
    assert ways(desk, number) == {"AN": 9, "BO": 90}


def test_who_was_seen_beside_a_site_stands_there(desk: Records) -> None:
    """Two hundred metres and no farther; from elsewhere the reckoned way counts."""
    number = order(desk, site="B")
    load(desk, *TABLE)
    for north, took in ((31.2017, 44), (31.2019, SHORT_ROAD)):
        do(desk, MoveTechnician(technician="AN", latitude=north, longitude=121.4))
        assert ways(desk, number)["AN"] == took


def test_a_table_is_shown_and_replaced_whole(desk: Records) -> None:
    """Who loaded it and when, how much it says, and what is missing; one entry each time."""
    head = desk.head()
    load(desk, *TABLE, ("A", "X9", 3), ("A", "A", 0))
    found = reckoning(desk).travel
    assert found is not None
    assert (found.pairs, found.sites, found.missing) == (2, 2, 0)
    assert (found.loaded_at, found.loaded_by) == (NINE, "Desk")
    assert found.others >= 1
    load(desk, *TABLE)
    assert desk.head() == head + 1
    load(desk, ("A", "N1", 7))
    again = reckoning(desk).travel
    assert again is not None
    assert (again.pairs, again.sites, again.missing) == (1, 2, 1)
    load(desk)
    assert reckoning(desk).travel is None
    assert desk.head() == head + 3
    assert offered(asked(desk, order(desk))) == ["AN", "BO"]


def test_sites_that_are_not_here_are_told(desk: Records) -> None:
    """Their pairs are left out; where nothing is left, the table before stands."""
    done = do(desk, LoadTravel(pairs=(*TABLE, ("A", "X9", 3), ("X8", "B", 3))), who=CHIEF)
    assert (done.facts["pairs"], done.facts["strange"]) == (2, 2)
    assert done.facts["named"] == ["X9", "X8"]
    with pytest.raises(TravelUnknown):
        load(desk, ("X9", "X8", 3))
    assert reckoning(desk).travel is not None


HOSTILE: tuple[tuple[tuple[object, ...], ...], ...] = (
    (("A", "B", -1),),
    (("A", "B", 1441),),
    (("A", "B", 2**70),),
    (("A", "B", 2.5),),
    (("A", "B", True),),
    (("a\x00b", "\ud800", 3),),
    (("A", "B", "3"),),
)


@pytest.mark.parametrize("pairs", HOSTILE)
def test_a_hostile_table_changes_nothing(desk: Records, pairs: Any) -> None:
    """Neither what is no time nor what is no site."""
    load(desk, *TABLE)
    head, before = desk.head(), reckoning(desk)
    with pytest.raises(Refusal):
        do(desk, LoadTravel(pairs=pairs), who=CHIEF)
    assert (desk.head(), reckoning(desk)) == (head, before)


def test_only_who_sees_the_whole_desk_sets_it(desk: Records) -> None:
    """It concerns all sites, and it is a setting."""
    commands: tuple[Command, ...] = (SetFigure(figure="rest", value=60), LoadTravel(pairs=TABLE))
    for command in commands:
        with pytest.raises(NotAllowed):
            do(desk, command, who=Who(operator=4, scope=Scope(frozenset({3}))))


def test_what_is_remembered_is_what_is_kept(desk: Records) -> None:
    """Tables come and go, also more than are remembered: each counts as it was loaded."""
    number, dice = order(desk), Random(7)
    for _ in range(6):
        took = dice.randint(0, 300)
        load(desk, ("B", "A", took))
        assert ways(desk, number)["BO"] == took
        if dice.random() < 0.5:
            travel_times._known.clear()  # as another process begins
            assert ways(desk, number)["BO"] == took
