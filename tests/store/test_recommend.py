"""Who should go to an order, answered over a store: its facts and its words; on both databases."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from store.commands import (
    MoveTechnician,
    SaveAbsence,
    SaveCertificate,
    SaveCustomer,
    SaveKind,
    SaveRegion,
    SaveShift,
    SaveSite,
    SaveTechnician,
)
from store.domain.dispatch.rules import Rule
from store.domain.errors import BadInput, MoveRefused, NameUnknown, OrderUnknown
from store.domain.lifecycle import Move
from store.domain.who import Scope, Who
from store.queries.recommend import From, LeftOut, Recommended, WhoGoes
from tests.store.desk import ANA, NINE, do, minutes, move, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.domain.intents import Command
    from store.queries.recommend import Recommendation
    from store.records import Records

AT_A = Who(operator=4, scope=Scope(frozenset({3})))
"""Who sees the site A only."""
SHORT_ROAD = 3 + 9
"""Minutes between A and B: the fixed part, and two and a half kilometres of street at 24 km/h."""


@pytest.fixture
def desk(records: Records) -> Records:
    """Two sites in two regions, two lift engineers at home in them, one plumber."""
    for one in _furniture():
        do(records, one, who=Who(operator=2))
    return records


def _furniture() -> Iterator[Command]:
    yield from (SaveRegion(code=code, name=f"Region {code}") for code in ("EAST", "WEST"))
    for code, region, east in (("A", "EAST", 0.0), ("B", "WEST", 0.0267)):
        place: dict[str, Any] = {"latitude": 31.2, "longitude": 121.4 + east}
        yield SaveSite(code=code, name=f"Site {code}", zone="UTC", region=region, **place)
    for code in ("T1", "T2", "T3"):
        yield SaveTechnician(code=code, name=code, active=False)
    yield SaveTechnician(code="AN", name="An", home="A", skills={"lift": 3})
    yield SaveTechnician(code="BO", name="Bo", home="B", skills={"lift": 5})
    yield SaveTechnician(code="PL", name="Plumber", home="A", skills={"pipes": 5})


def asked(records: Records, number: int, *, at: float = 0, **more: Any) -> Recommendation:
    """The answer so many minutes after nine."""
    who = more.pop("who", ANA)
    if isinstance(code := more.get("about"), str):
        more["about"] = {"AN": 4, "BO": 5, "PL": 6}[code]
    return records.ask(WhoGoes(number=number, **more), who=who, at=minutes(at))


def order(records: Records, **fields: Any) -> int:
    """An order for a lift at A."""
    return written(records, **{"site": "A", "kind": "lift", "level": "critical", **fields})


def offered(found: Recommendation) -> list[str]:
    return [one.who.code for one in found.offers]


def barred(found: Recommendation) -> list[Rule]:
    """What keeps the one who was asked about."""
    assert isinstance(found.asked, LeftOut)
    return [one.rule for one in found.asked.barred]


def test_who_masters_the_kind_and_is_near_comes_first(desk: Records) -> None:
    """A kind that is a skill takes that skill; the way is told, and what is left of the promise."""
    found = asked(desk, order(desk), about="PL")
    assert (found.skill, found.level, found.certificate, found.able) == ("lift", 1, "", 2)
    assert offered(found) == ["AN", "BO"]
    near, far = found.offers
    assert (near.score.total, near.arrive_at, near.who.begins_from) == (0, NINE, From.HOME)
    assert (far.score.travel, far.score.territory) == (SHORT_ROAD, 15)
    assert far.arrive_at == minutes(SHORT_ROAD)
    assert found.takes == timedelta(hours=1)
    assert found.due_at is not None
    assert near.margin == found.due_at - near.done_at
    assert barred(found) == [Rule.SKILL]
    assert found.out == {Rule.SKILL: 1}
    assert found.helps == ()


def test_a_kind_may_take_more_than_a_skill(desk: Records) -> None:
    """A level, and a certificate that must still hold when the work is done."""
    trapped = SaveKind(code="Trapped", name="困人", skill="lift", level=4, certificate="Rescue")
    do(desk, trapped)
    do(desk, SaveCertificate(technician="BO", name="rescue", expires_at=minutes(60)))
    number = order(desk, kind="trapped")
    found = asked(desk, number, about="AN")
    assert (found.level, found.certificate) == (4, "Rescue")
    assert barred(found) == [Rule.LEVEL, Rule.NO_CERTIFICATE]
    assert barred(asked(desk, number, about="BO")) == [Rule.EXPIRED]
    assert [(one.who.code, one.barred[0].rule) for one in found.helps] == [("BO", Rule.EXPIRED)]
    do(desk, SaveCertificate(technician="BO", name="rescue", expires_at=minutes(90)))
    assert offered(asked(desk, order(desk, kind="困人"))) == ["BO"]
    do(desk, SaveKind(code="Trapped", name="困人", skill="", level=1, certificate=""))
    assert asked(desk, number).able == 3


def test_a_customer_has_a_say(desk: Records) -> None:
    """Whom he refuses is never sent to him; whom he asks for, and who knows him, comes first."""
    number = order(desk)
    do(desk, SaveCustomer(code="C1", name="Acme", refuses=("AN",), asks_for=("BO",)))
    found = asked(desk, number, about="AN")
    assert barred(found) == [Rule.REFUSED]
    assert [one.score.usual for one in found.offers] == [-20]
    do(desk, SaveCustomer(code="C1", name="Acme", asks_for=("AN",)))
    assert offered(asked(desk, number)) == ["AN", "BO"]
    do(desk, SaveCustomer(code="C1", name="Acme", asks_for=()))
    for _ in range(2):
        done = order(desk)
        for place, step in enumerate((Move.ASSIGN, Move.ACCEPT, Move.DEPART, Move.ARRIVE)):
            told = {"technician": "BO"} if step is Move.ASSIGN else {}
            move(desk, done, step, minutes(place), **told)
        move(desk, done, Move.FINISH, minutes(9))
    (bo,) = (one for one in asked(desk, number, at=10).offers if one.who.code == "BO")
    assert bo.score.usual == -10


def test_nobody_is_asked_for_and_refused(desk: Records) -> None:
    """Nor does it matter to other customers."""
    with pytest.raises(BadInput, match="asked for and refused"):
        do(desk, SaveCustomer(code="C1", name="Acme", refuses=("AN",), asks_for=("AN", "BO")))
    do(desk, SaveCustomer(code="C1", name="Acme", refuses=("AN",)))
    assert asked(desk, order(desk, customer="C2")).able == 2


def test_who_goes_to_some_regions_goes_to_no_other(desk: Records) -> None:
    """And nobody being able, that is what would help."""
    for code in ("AN", "BO"):
        do(desk, SaveTechnician(code=code, name=code, regions=("WEST",)))
    found = asked(desk, order(desk))
    assert [(one.who.code, one.barred[0].rule) for one in found.helps] == [
        ("AN", Rule.REGION),
        ("BO", Rule.REGION),
    ]
    assert found.helps[0].barred[0].facts == {"region": "Region EAST"}
    do(desk, SaveTechnician(code="BO", name="Bo", regions=()))
    assert offered(asked(desk, order(desk))) == ["BO"]


def test_only_who_is_there_long_enough_goes(desk: Records) -> None:
    """By shift, absence, duty and the rest between two days; overtime is told in minutes."""
    number = order(desk)
    do(desk, SaveShift(technician="AN", starts_at=minutes(-300), ends_at=minutes(50)))
    do(desk, SaveAbsence(technician="BO", starts_at=minutes(-10), ends_at=minutes(5000)))
    found = asked(desk, number, about="AN")
    assert barred(found) == [Rule.SHIFT]
    assert found.out == {Rule.ABSENT: 1, Rule.SHIFT: 1, Rule.SKILL: 1}
    helps = [(one.who.code, one.barred[0].facts.get("over")) for one in found.helps]
    assert helps == [("AN", 10), ("BO", None)]
    do(desk, SaveShift(technician="AN", starts_at=minutes(600), ends_at=minutes(900)))
    (later,) = asked(desk, number).offers
    assert later.start_at == minutes(600)
    do(desk, MoveTechnician(technician="AN", state="off"))
    assert barred(asked(desk, number, about="AN")) == [Rule.OFF]


def test_who_worked_late_rests_before_the_next_day(desk: Records) -> None:
    """Eight hours from the end of his last work; a break within one day is none."""
    late, number = order(desk, at=minutes(-500)), order(desk)
    for place, step in enumerate((Move.ASSIGN, Move.ACCEPT, Move.DEPART, Move.ARRIVE)):
        told = {"technician": "AN"} if step is Move.ASSIGN else {}
        move(desk, late, step, minutes(-400 + place), **told)
    move(desk, late, Move.FINISH, minutes(-100))
    do(desk, SaveShift(technician="AN", starts_at=minutes(-60), ends_at=minutes(200)))
    do(desk, SaveShift(technician="AN", starts_at=minutes(-800), ends_at=minutes(-310)))
    assert barred(asked(desk, number, about="AN")) == [Rule.REST]
    do(desk, SaveShift(technician="AN", starts_at=minutes(-800), ends_at=minutes(-90)))
    assert "AN" in offered(asked(desk, number))


def test_who_is_always_there_rests_before_no_day(desk: Records) -> None:
    """Who never had a shift begins none; and what he is at, he does not rest before."""
    done, number = order(desk, at=minutes(-90)), order(desk)
    for place, step in enumerate((Move.ASSIGN, Move.ACCEPT, Move.DEPART, Move.ARRIVE)):
        told = {"technician": "AN"} if step is Move.ASSIGN else {}
        move(desk, done, step, minutes(-60 + place), **told)
    move(desk, done, Move.FINISH, minutes(-5))
    assert asked(desk, number).offers[0].arrive_at == NINE
    do(desk, SaveShift(technician="AN", starts_at=minutes(-500), ends_at=minutes(-10)))
    do(desk, SaveShift(technician="AN", starts_at=minutes(600), ends_at=minutes(1000)))
    late = order(desk)
    for place, step in enumerate((Move.ASSIGN, Move.ACCEPT, Move.DEPART)):
        told = {"technician": "AN"} if step is Move.ASSIGN else {}
        move(desk, late, step, minutes(place), **told)
    an = next(one for one in asked(desk, number, at=5).offers if one.who.code == "AN")
    assert an.arrive_at == minutes(600), "at home again, and rested since ten"


def test_what_waits_is_done_when_it_wakes_and_others_before(desk: Records) -> None:
    """However urgent it is, nobody stands idle until then."""
    urgent, other = order(desk, priority=1), order(desk, priority=4)
    for number in (urgent, other):
        move(desk, number, Move.ASSIGN, technician="AN")
    move(desk, urgent, Move.WAIT, reason="parts", wake_at=minutes(300))
    an = next(one for one in asked(desk, order(desk, priority=2)).offers if one.who.code == "AN")
    assert (an.start_at, [slip.number for slip in an.slips]) == (NINE, [other])


def test_what_he_has_counts_and_what_would_slip_is_told(desk: Records) -> None:
    """He finishes what he is at; a less urgent order waits, and the answer says by how much."""
    at_hand, later, urgent = order(desk), order(desk, priority=4), order(desk, priority=1)
    for number in (at_hand, later):
        move(desk, number, Move.ASSIGN, technician="AN")
        move(desk, number, Move.ACCEPT, minutes(1))
    move(desk, at_hand, Move.DEPART, minutes(2))
    found = asked(desk, urgent, at=2, about="AN")
    assert isinstance(found.asked, Recommended)
    assert (found.asked.after, found.asked.who.begins_from) == (at_hand, From.ORDER)
    assert found.asked.start_at == minutes(62)
    (slip,) = found.asked.slips
    assert (slip.number, slip.later, slip.priority) == (later, timedelta(hours=1), 4)
    assert found.asked.urgent_late == 0
    assert asked(desk, later, at=2).holder == "AN"


def test_nobody_is_offered_while_he_is_still_at_work(desk: Records) -> None:
    """An absence in the middle of a visit that goes on after it sets him free no earlier."""
    do(desk, SaveShift(technician="AN", starts_at=minutes(-60), ends_at=minutes(400)))
    do(desk, SaveAbsence(technician="AN", starts_at=minutes(20), ends_at=minutes(25)))
    at_hand, wanted = order(desk, site="B"), order(desk)
    move(desk, at_hand, Move.ASSIGN, minutes(0), technician="AN")
    for step in (Move.ACCEPT, Move.DEPART, Move.ARRIVE):
        move(desk, at_hand, step, minutes(0))
    found = asked(desk, wanted, at=1, about="AN")
    assert isinstance(found.asked, Recommended)
    assert found.asked.arrive_at == found.asked.start_at == minutes(60 + SHORT_ROAD)


def test_where_he_was_seen_counts_for_a_while(desk: Records) -> None:
    """It is marked after half an hour, and given up after eight hours."""
    number = order(desk)
    do(desk, MoveTechnician(technician="BO", latitude=31.2, longitude=121.4))
    told = [
        next(one for one in asked(desk, number, at=at).offers if one.who.code == "BO")
        for at in (0, 31, 481)
    ]
    assert [(one.who.begins_from, one.who.stale) for one in told] == [
        (From.SEEN, False),
        (From.SEEN, True),
        (From.HOME, False),
    ]
    assert [one.score.travel for one in told] == [0, 0, SHORT_ROAD]


def test_a_place_that_nobody_knows_is_half_an_hour_away(desk: Records) -> None:
    """And the answer says that it is not known."""
    found = asked(desk, written(desk, site="N1", kind="lift"))
    assert not found.place_known
    assert {one.score.travel for one in found.offers} == {30}


def test_what_lies_out_of_sight_is_reckoned_with_and_not_named(desk: Records) -> None:
    """Neither people nor orders of other sites; nor what cannot be sent anybody."""
    hidden, number = order(desk, site="B", priority=4), order(desk, priority=1)
    move(desk, hidden, Move.ASSIGN, technician="AN")
    found = asked(desk, number, who=AT_A)
    assert offered(found) == ["AN"]
    (slip,) = found.offers[0].slips
    assert (slip.number, slip.title) == (None, "")
    assert slip.later > timedelta()
    with pytest.raises(NameUnknown):
        asked(desk, number, who=AT_A, about="BO")
    with pytest.raises(OrderUnknown):
        asked(desk, hidden, who=AT_A)
    move(desk, number, Move.CANCEL, reason="sold")
    with pytest.raises(MoveRefused):
        asked(desk, number)
