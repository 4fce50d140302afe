"""Whoever is sent from a recommendation goes as it was shown, or nobody goes; on both databases."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest

from console.waiting import Waiting
from store.commands import (
    LoadTravel,
    MoveTechnician,
    SaveAbsence,
    SaveCertificate,
    SaveKind,
    SaveShift,
    SaveSite,
    SaveTechnician,
    SendAsShown,
    SetFigure,
    Undo,
)
from store.domain.dispatch.refusals import NomineeChanged, SentAlready
from store.domain.lifecycle import Move
from store.domain.who import Who
from tests.store.desk import ANA, do, minutes, move, stored, written
from tests.store.recommend_desk import asked, desk, order

if TYPE_CHECKING:
    from store.domain.intents import Command
    from store.records import Records

__all__ = ["desk"]

ADMIN = Who(operator=2)
ELSEWHERE: dict[str, Any] = {"latitude": 31.3, "longitude": 121.5}
SINCE: dict[str, Command] = {
    "ill": SaveAbsence(technician="AN", starts_at=minutes(60), ends_at=minutes(600)),
    "other hours": SaveShift(technician="AN", starts_at=minutes(1), ends_at=minutes(600)),
    "a paper": SaveCertificate(technician="AN", name="Gas", expires_at=minutes(-1)),
    "off duty": MoveTechnician(technician="AN", state="off"),
    "figure": SetFigure(figure="speed", value=40),
    "travel": LoadTravel(pairs=(("A", "B", 90),)),
    "kind": SaveKind(code="lift", name="Lift", skill="lift", level=2),
    "site": SaveSite(code="B", name="Site B", zone="UTC", region="WEST", **ELSEWHERE),
    "region": SaveSite(code="B", name="Site B", zone="UTC", region="EAST"),
}
"""What the arrival, the margin or who would wait rests on."""


def chosen(records: Records, number: int, place: int = 0, **more: Any) -> SendAsShown:
    """What Enter sends for one of the list."""
    found = asked(records, number, stamped=True)
    return SendAsShown(
        number=number,
        technician=found.offers[place].who.id,
        version=stored(records, number).version,
        stamp=found.offers[place].stamp,
        place=found.place,
        as_of=found.at,
        **more,
    )


@pytest.mark.parametrize("since", [*SINCE, "another job"])
def test_what_moved_on_since_sends_nobody(desk: Records, since: str) -> None:
    """The order lies at B, where nobody of the others has anything; asked anew he goes."""
    number = order(desk, site="B")
    command = chosen(desk, number, place=1)
    assert command.technician == 4
    if since == "another job":
        move(desk, written(desk, kind="lift", site="A"), Move.ASSIGN, technician="AN")
    else:
        do(desk, SINCE[since], who=ADMIN)
    head = desk.head()
    with pytest.raises(NomineeChanged, match=f"An has just got .* look at order {number} again"):
        do(desk, command, at=minutes(2))
    assert (desk.head(), stored(desk, number).technician) == (head, None)
    again = chosen(desk, number)
    do(desk, again, at=minutes(3))
    assert stored(desk, number).technician == again.technician


def test_a_second_choice_that_waited_behind_the_first_says_that_he_was_sent(desk: Records) -> None:
    """Both made while the store was away, sent one after the other; of another one he is sent."""
    number = order(desk, site="B")
    first, second, other = (
        Waiting(action="assign", texts={}, command=chosen(desk, number, place), at=minutes(1))
        for place in (0, 0, 1)
    )
    assert first.command is not None
    done = do(desk, first.command, at=minutes(2))
    again = second.after(done).command
    assert again is not None
    name = done.facts["technician"]
    with pytest.raises(SentAlready, match=f"{name} was sent to order {number} already"):
        do(desk, again, at=minutes(3))
    instead = other.after(done).command
    assert isinstance(instead, SendAsShown)
    do(desk, instead, at=minutes(3))
    assert stored(desk, number).technician == instead.technician


def test_as_shown_it_is_as_by_hand(desk: Records) -> None:
    """What concerns others, and where a telephone is, moves nothing; one undo takes it back."""
    number = order(desk, site="B")
    command = chosen(desk, number, place=1)
    move(desk, written(desk, kind="lift", site="A"), Move.ASSIGN, technician="BO")
    do(desk, MoveTechnician(technician="AN", latitude=31.21, longitude=121.41))
    done = do(desk, command, at=minutes(2))
    assert stored(desk, number).technician == 4
    assert done.facts["technician"] == "An"
    do(desk, Undo(entry=done.undo), at=minutes(3))
    assert stored(desk, number).technician is None


def test_an_order_without_a_site_goes_too(desk: Records) -> None:
    """There is no place that could be another."""
    number = order(desk, site=None)
    command = chosen(desk, number)
    assert command.place == ""
    do(desk, command, at=minutes(2))
    assert stored(desk, number).technician == command.technician


HELD: dict[str, Command] = {
    **{name: SINCE[name] for name in ("figure", "travel", "kind", "site")},
    "skill": SaveTechnician(code="ZO", name="Zo", skills={"boiler": 3}),
}


@pytest.mark.parametrize("what", HELD)
def test_what_was_compared_stays_until_it_is_done(desk: Records, what: str) -> None:
    """Whoever would change it in that very instant waits."""
    number = order(desk, site="B")
    other = threading.Thread(target=do, args=(desk, HELD[what]), kwargs={"who": ADMIN})
    with desk.work(who=ANA, at=minutes(2)) as work:
        work.order(number)
        work.stamps([4], at=minutes(2))
        work.places([number])
        other.start()
        other.join(0.5)
        assert other.is_alive()
    other.join(60)
    assert not other.is_alive()
