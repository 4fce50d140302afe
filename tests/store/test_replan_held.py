"""A plan that was accepted is done on the ground that it was made on, which nobody moves then."""

from __future__ import annotations

from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

from console.accepting import accepting
from console.screens.replanning import stands
from store.commands import SaveSite
from store.commands.replan import BoardMovedOn, accept_proposal
from store.domain.dispatch.replan import Replan, propose
from store.domain.lifecycle import Move
from tests.store.desk import ANA, do, minutes, move, stored, written
from tests.store.test_replan import ADMIN, BASIS, accepted, board, desk

if TYPE_CHECKING:
    from store.domain.dispatch.replan import Moves
    from store.queries.replan import Planning
    from store.records import Records

__all__ = ["desk"]

ELSEWHERE: dict[str, Any] = {"latitude": 31.3, "longitude": 121.5}


def _to_an(planning: Planning, *numbers: int) -> Moves:
    an = next(who for who, one in planning.people.items() if one.code == "AN")
    return dict.fromkeys(numbers, an)


def test_an_order_that_lies_elsewhere_by_now_refuses_the_plan(desk: Records) -> None:
    """Also where nobody has it, and nobody has another one there or lives there."""
    do(desk, SaveSite(code="C", name="Site C", zone="UTC"), who=ADMIN)
    number, other = (written(desk, kind="lift", site=site) for site in "CA")
    planning = board(desk)
    told = propose(Replan(planning.present).kernel, _to_an(planning, number, other))
    do(desk, SaveSite(code="C", name="Site C", zone="UTC", **ELSEWHERE), who=ADMIN)
    head = desk.head()
    assert stands(board(desk)) != stands(planning), "the screen plans anew"
    with pytest.raises(BoardMovedOn):
        accepted(desk, planning, told)
    assert desk.head() == head
    planning = board(desk)
    accepted(desk, planning, propose(Replan(planning.present).kernel, _to_an(planning, number)))
    assert stored(desk, number).technician is not None


SET_BESIDE = [name for name in BASIS if name != "site"]


@pytest.mark.parametrize("what", SET_BESIDE)
def test_what_is_set_in_the_very_instant_is_not_passed_over(desk: Records, what: str) -> None:
    """Whoever accepts holds what everybody is reckoned with: whoever sets it comes after."""
    number = written(desk, kind="lift", site="A")
    planning = board(desk)
    command = accepting(
        planning, propose(Replan(planning.present).kernel, _to_an(planning, number))
    )
    other = Thread(target=lambda: do(desk, BASIS[what], who=ADMIN))
    with desk.work(who=ANA, at=minutes(6)) as work:
        accept_proposal(work, command)
        other.start()
        other.join(0.5)
        assert other.is_alive()
    other.join(60)
    assert not other.is_alive()
    assert stored(desk, number).technician is not None


def test_an_appointment_is_kept_in_its_turn_by_whoever_gets_it(desk: Records) -> None:
    """Also where somebody else's start was planned: what is shown of it is what comes of it."""
    urgent = written(desk, kind="lift", site="A", priority=1, takes_s=7_200)
    awaited = written(desk, kind="lift", site="A", priority=3, appointment_at=minutes(95))
    begins = minutes(105)
    move(desk, awaited, Move.ASSIGN, technician="BO", start_at=begins)
    planning = board(desk)
    told = propose(Replan(planning.present).kernel, _to_an(planning, urgent, awaited))
    accepted(desk, planning, told)
    after = propose(Replan(board(desk).present).kernel, {})
    assert after.before == pytest.approx(told.after)
