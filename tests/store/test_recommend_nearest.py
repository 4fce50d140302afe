"""Where nobody may go: what nobody has, and who is nearest; on both databases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from console.render_helps import helps_said
from store.commands import SaveAbsence, SaveCertificate, SaveKind, SaveShift, SaveTechnician
from store.domain.dispatch.rules import Rule
from store.domain.lifecycle import Move
from tests.store.desk import do, minutes, move
from tests.store.recommend_desk import asked, desk, order

if TYPE_CHECKING:
    from store.records import Records

__all__ = ["desk"]
"""A fixture that these tests share."""


@pytest.fixture(params=[24, 1], autouse=True)
def _few_at_once(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is read together with whom, the nearest are the same."""
    monkeypatch.setattr("store.queries.answers.lacking._AT_ONCE", request.param)


def test_what_nobody_has_is_said_and_who_is_nearest(desk: Records) -> None:
    """Where no single rule can be helped: who lacks least comes first, with all that he lacks."""
    do(desk, SaveKind(code="gas", name="Gas", skill="gas", level=3))
    found = asked(desk, number := order(desk, kind="gas"))
    assert (found.offers, found.helps) == ((), ())
    assert [(one.rule, one.facts["skill"]) for one in found.nobody] == [(Rule.SKILL, "gas")]
    assert [one.who.code for one in found.nearest] == ["AN", "PL", "BO"], "the two at A first"
    do(desk, SaveKind(code="gas", name="Gas", certificate="Rescue"))
    do(desk, SaveTechnician(code="PL", name="Plumber", skills={"gas": 1}))
    do(desk, SaveTechnician(code="BO", name="Bo", skills={"gas": 2}))
    do(desk, SaveCertificate(technician="BO", name="rescue", expires_at=minutes(-60)))
    do(desk, SaveAbsence(technician="BO", starts_at=minutes(-10), ends_at=minutes(600)))
    do(desk, SaveAbsence(technician="BO", starts_at=minutes(500), ends_at=minutes(5000)))
    found = asked(desk, number)
    (level,) = found.nobody
    assert (level.rule, level.facts["has"], level.facts["level"]) == (Rule.LEVEL, 2, 3)
    assert [(one.who.code, [rule.rule for rule in one.barred]) for one in found.nearest] == [
        ("PL", [Rule.LEVEL, Rule.NO_CERTIFICATE]),
        ("BO", [Rule.LEVEL, Rule.EXPIRED, Rule.ABSENT]),
        ("AN", [Rule.SKILL, Rule.NO_CERTIFICATE]),
    ]
    until = [rule.facts.get("until") for rule in found.nearest[1].barred]
    assert until == [None, minutes(-60), minutes(5000)]


def test_who_is_nearest_has_room_or_it_is_said(desk: Records) -> None:
    """Overtime is told beside the level that he lacks."""
    do(desk, SaveKind(code="lift", name="Lift", skill="lift", level=5))
    do(desk, SaveTechnician(code="BO", name="Bo", skills={"lift": 4}))
    do(desk, SaveShift(technician="BO", starts_at=minutes(-300), ends_at=minutes(60)))
    found = asked(desk, order(desk))
    assert [one.who.code for one in found.helps] == ["AN"], "one rule alone"
    do(desk, SaveShift(technician="AN", starts_at=minutes(-300), ends_at=minutes(50)))
    found = asked(desk, order(desk))
    assert [(one.who.code, [rule.rule for rule in one.barred]) for one in found.nearest[:2]] == [
        ("AN", [Rule.LEVEL, Rule.SHIFT]),
        ("BO", [Rule.LEVEL, Rule.SHIFT]),
    ], "the plumber lacks one thing only, but all of it"
    assert [one.barred[1].facts["over"] for one in found.nearest[:2]] == [10, 12]


def test_of_equals_who_has_the_shortest_way_is_named_first(desk: Records) -> None:
    """Not who has the lower code; whoever is not there comes after all who are, and it is said."""
    do(desk, SaveKind(code="gas", name="Gas", skill="gas"))
    for code, home in (("Z1", "B"), ("Z2", "A"), ("Z3", "A")):
        do(desk, SaveTechnician(code=code, name=code, home=home))
    do(desk, SaveTechnician(code="AN", name="An", active=False))
    do(desk, SaveTechnician(code="PL", name="Plumber", active=False))
    do(desk, SaveShift(technician="Z2", starts_at=minutes(120), ends_at=minutes(900)))
    do(desk, SaveShift(technician="Z3", starts_at=minutes(0), ends_at=minutes(900)))
    there, off = (asked(desk, order(desk, kind="gas", site=site)) for site in ("B", "A"))
    assert [one.who.code for one in there.nearest] == ["BO", "Z1", "Z3"]
    assert [one.who.code for one in off.nearest] == ["Z3", "BO", "Z1"]
    do(desk, SaveTechnician(code="BO", name="Bo", active=False))
    lacks = asked(desk, order(desk, kind="gas", site="A")).nearest[-1]
    assert [one.rule for one in lacks.barred] == [Rule.SKILL, Rule.OFF_SHIFT]
    assert lacks.barred[1].facts["until"] == minutes(120)


def test_whoever_could_help_is_there_and_near(desk: Records) -> None:
    """Who is absent or off shift helps only where nobody else does, and that is said, too."""
    do(desk, SaveTechnician(code="A0", name="Ao", home="B", skills={"lift": 3}))
    do(desk, SaveTechnician(code="PL", name="Plumber", home="A", skills={"lift": 3}))
    for code, begins in (("AN", 60), ("PL", 0), ("A0", 0), ("BO", 0)):
        do(desk, SaveShift(technician=code, starts_at=minutes(begins), ends_at=minutes(900)))
    do(desk, SaveAbsence(technician="BO", starts_at=minutes(-5), ends_at=minutes(90)))
    number = order(desk, needs="rope")
    found = asked(desk, number)
    assert [one.who.code for one in found.helps] == ["PL", "A0"]
    assert helps_said(found)[1:] == (
        "PL Plumber could, with rope fetched from the store",
        "A0 Ao could, with rope fetched from the store",
    )
    for code in ("PL", "A0"):
        do(desk, SaveTechnician(code=code, name=code, active=False))
    found = asked(desk, number)
    assert [one.who.code for one in found.helps] == ["AN", "BO"]
    assert [[rule.rule for rule in one.barred] for one in found.helps] == [
        [Rule.TOOL, Rule.OFF_SHIFT],
        [Rule.TOOL, Rule.AWAY_NOW],
    ]
    assert helps_said(found)[1].startswith("AN An could, with rope fetched from the store; is off")


def test_whoever_finishes_work_beyond_his_hours_is_no_help_before_they_begin(desk: Records) -> None:
    """He is there for that one order only; in the list of who may go it is said, too."""
    at_hand = order(desk)
    move(desk, at_hand, Move.ASSIGN, technician="AN")
    for step in (Move.ACCEPT, Move.DEPART):
        move(desk, at_hand, step)
    do(desk, SaveShift(technician="AN", starts_at=minutes(300), ends_at=minutes(900)))
    found = asked(desk, order(desk, needs="rope", site="A"))
    assert [one.who.code for one in found.helps] == ["BO"]
    an = next(one for one in asked(desk, order(desk)).offers if one.who.code == "AN")
    assert an.away is not None
    assert an.away.facts["until"] == minutes(300)
