"""Where nobody may go: what nobody has, and who is nearest; on both databases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.commands import SaveAbsence, SaveCertificate, SaveKind, SaveShift, SaveTechnician
from store.domain.dispatch.rules import Rule
from tests.store.desk import do, minutes
from tests.store.test_recommend import asked, desk, order

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
    assert [one.who.code for one in found.nearest] == ["AN", "BO", "PL"]
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
