"""What speaks against an operator's own choice of who goes: the rules, and what is kept of it."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any

import pytest

from console.heeding import rules_said
from store.commands import (
    MoveTechnician,
    SaveAbsence,
    SaveCertificate,
    SaveCustomer,
    SaveKind,
    SaveShift,
    SaveTechnician,
)
from store.commands.moves import MoveOrder
from store.domain.dispatch.rules import Barred, Rule
from store.domain.lifecycle import Move
from store.queries.card import Trace
from store.queries.heeds import Heeded, Heeds
from store.queries.recommend import LeftOut, WhoGoes
from tests.store.desk import ANA, do, minutes
from tests.store.recommend_desk import AT_A, desk, order

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.records import Records

__all__ = ("desk",)  # the fixture

PEOPLE = {"AN": 4, "BO": 5, "PL": 6}
OF_NOW = {Rule.AWAY_NOW, Rule.OFF_SHIFT}
OF_PLACE = {Rule.SHIFT, Rule.REST}
"""Rules about what else he has to do, which nobody asks here."""


def heeded(records: Records, *numbers: int, **more: Any) -> Mapping[int, Heeded]:
    return records.ask(Heeds(numbers=numbers, **more), who=ANA, at=minutes(0))


def broken(records: Records, number: int, code: str) -> list[Rule]:
    """What sending him would break."""
    return [one.rule for one in heeded(records, number)[number].against.get(PEOPLE[code], ())]


def test_who_may_go_breaks_nothing_and_others_do(desk: Records) -> None:
    """Skill and level as the kind of work takes them; how far each is comes with it."""
    number = order(desk)
    found = heeded(desk, number)[number]
    assert broken(desk, number, "PL") == [Rule.SKILL]
    assert set(found.against) == {PEOPLE["PL"]}
    assert found.far[PEOPLE["AN"]] == 0
    assert 2 < found.far[PEOPLE["BO"]] < 3
    do(desk, SaveKind(code="Trapped", name="困人", skill="lift", level=4, certificate="Rescue"))
    trapped = order(desk, kind="trapped")
    assert broken(desk, trapped, "AN") == [Rule.LEVEL, Rule.NO_CERTIFICATE]
    do(desk, SaveCertificate(technician="BO", name="rescue", expires_at=minutes(-1)))
    assert broken(desk, trapped, "BO") == [Rule.EXPIRED]


def test_customer_region_and_duty_are_heeded(desk: Records) -> None:
    """As they are where somebody is recommended."""
    number = order(desk)
    do(desk, SaveCustomer(code="C1", name="Acme", refuses=("AN",)))
    assert broken(desk, number, "AN") == [Rule.REFUSED]
    do(desk, SaveTechnician(code="BO", name="Bo", regions=("WEST",)))
    assert broken(desk, number, "BO") == [Rule.REGION]
    do(desk, MoveTechnician(technician="BO", state="off"))
    assert broken(desk, number, "BO") == [Rule.OFF, Rule.REGION]


def test_who_is_not_there_yet_is_told_with_when_he_is(desk: Records) -> None:
    """A recommendation may send him later; a hand that sends him now is told."""
    number = order(desk)
    do(desk, SaveShift(technician="AN", starts_at=minutes(600), ends_at=minutes(900)))
    do(desk, SaveAbsence(technician="BO", starts_at=minutes(-10), ends_at=minutes(60)))
    against = heeded(desk, number)[number].against
    told = [(one.rule, one.facts["until"]) for who in ("AN", "BO") for one in against[PEOPLE[who]]]
    assert told == [(Rule.OFF_SHIFT, minutes(600)), (Rule.AWAY_NOW, minutes(60))]
    do(desk, SaveAbsence(technician="BO", starts_at=minutes(-10), ends_at=minutes(9000)))
    assert broken(desk, number, "BO") == [Rule.ABSENT]
    do(desk, SaveShift(technician="PL", starts_at=minutes(-900), ends_at=minutes(-600)))
    assert broken(desk, number, "PL") == [Rule.SKILL, Rule.NO_SHIFT]


def test_an_appointment_asks_who_is_there_when_it_begins(desk: Records) -> None:
    """Who is back by then breaks nothing; who leaves before it is told, with until when."""
    do(desk, SaveAbsence(technician="AN", starts_at=minutes(-10), ends_at=minutes(120)))
    do(desk, SaveAbsence(technician="BO", starts_at=minutes(180), ends_at=minutes(400)))
    do(desk, SaveShift(technician="PL", starts_at=minutes(0), ends_at=minutes(200)))
    do(desk, SaveShift(technician="PL", starts_at=minutes(900), ends_at=minutes(1400)))
    number = order(desk, kind="", appointment_at=minutes(240))
    against = heeded(desk, number)[number].against
    assert PEOPLE["AN"] not in against
    facts = {"then": minutes(240)}
    assert against[PEOPLE["BO"]] == (
        Barred(rule=Rule.AWAY_NOW, facts={"until": minutes(400), **facts}),
    )
    assert against[PEOPLE["PL"]] == (
        Barred(rule=Rule.OFF_SHIFT, facts={"until": minutes(900), **facts}),
    )
    now = heeded(desk, order(desk, kind=""))
    assert [list(one.against) for one in now.values()] == [[PEOPLE["AN"]]]


def test_within_a_window_any_moment_will_do(desk: Records) -> None:
    """As the work may begin at its end; an appointment that is over asks who is there now."""
    do(desk, SaveAbsence(technician="AN", starts_at=minutes(180), ends_at=minutes(300)))
    window = {"appointment_at": minutes(240), "appointment_to": minutes(300)}
    assert broken(desk, order(desk, **window), "AN") == []
    window["appointment_to"] = minutes(299)
    assert broken(desk, order(desk, **window), "AN") == [Rule.AWAY_NOW]
    passed = order(desk, appointment_at=minutes(30))
    against = desk.ask(Heeds(numbers=(passed,)), who=ANA, at=minutes(200))[passed].against
    away = Barred(rule=Rule.AWAY_NOW, facts={"until": minutes(300)})
    assert against == {PEOPLE["AN"]: (away,), PEOPLE["PL"]: against[PEOPLE["PL"]]}


def test_days_ahead_the_roster_of_those_days_counts(desk: Records) -> None:
    """A certificate, too, is looked at as it stands then; each order of a set at its own time."""
    do(desk, SaveKind(code="Trapped", name="困人", skill="lift", certificate="Rescue"))
    do(desk, SaveCertificate(technician="BO", name="rescue", expires_at=minutes(3000)))
    do(desk, SaveShift(technician="BO", starts_at=minutes(-60), ends_at=minutes(600)))
    do(desk, SaveShift(technician="BO", starts_at=minutes(7000), ends_at=minutes(7600)))
    soon = order(desk, kind="trapped", appointment_at=minutes(300))
    far = order(desk, kind="trapped", appointment_at=minutes(7100))
    farther = order(desk, kind="lift", appointment_at=minutes(20_000))
    found = heeded(desk, soon, far, farther, technician="BO")
    told = [[one.rule for one in of.against.get(PEOPLE["BO"], ())] for of in found.values()]
    assert told == [[], [Rule.EXPIRED], [Rule.NO_SHIFT]]
    said = [rules_said(of.against.get(5, ()), at=minutes(0), zone=UTC) for of in found.values()]
    assert said[1].startswith("the certificate Rescue has ended by then: valid until ")
    assert said[2].startswith("has no shift then (10-04 22:20), nor in the ")


@pytest.mark.parametrize("kind", ["lift", "trapped", "pipes", "nothing known"])
def test_it_is_held_to_the_rules_of_a_recommendation(desk: Records, kind: str) -> None:
    """But for those about what he has to do, and with those about this very moment."""
    do(desk, SaveKind(code="Trapped", name="困人", skill="lift", level=4, certificate="Rescue"))
    do(desk, SaveCertificate(technician="BO", name="rescue", expires_at=minutes(600)))
    do(desk, SaveCustomer(code="C1", name="Acme", refuses=("PL",)))
    do(desk, SaveShift(technician="AN", starts_at=minutes(600), ends_at=minutes(900)))
    number = order(desk, kind=kind)
    for code, who in PEOPLE.items():
        asked = desk.ask(WhoGoes(number=number, about=who), who=ANA, at=minutes(0)).asked
        barred = asked.barred if isinstance(asked, LeftOut) else ()
        rules = {one.rule for one in barred} - OF_PLACE - OF_NOW
        assert set(broken(desk, number, code)) - OF_NOW == rules


def test_only_what_is_asked_and_seen_is_told(desk: Records) -> None:
    """A set asks of one; an order out of sight, or that is none, is left out."""
    here, there = order(desk), order(desk, site="B", kind="pipes")
    for him in (PEOPLE["AN"], "AN"):
        found = heeded(desk, here, there, 999, technician=him)
        assert set(found) == {here, there}
        assert not found[here].against
        assert set(found[there].against) == {PEOPLE["AN"]}
    assert not heeded(desk, here, technician="nobody")[here].against
    seen = desk.ask(Heeds(numbers=(here, there)), who=AT_A, at=minutes(0))
    assert set(seen) == {here}
    assert heeded(desk) == {}


def test_what_was_done_knowingly_is_said_and_kept(desk: Records) -> None:
    """It is done all the same; the entry has the rules, and has none where none was broken."""
    number = order(desk)
    against = (Rule.SKILL, Rule.OFF_SHIFT)
    sent = MoveOrder(number=number, move=Move.ASSIGN, technician="PL", against=against)
    done = do(desk, sent)
    assert done.facts["against"] == ["skill missing", "off shift"]
    assert done.sentence.format(**done.facts).endswith("although: ['skill missing', 'off shift']")
    do(desk, MoveOrder(number=number, move=Move.ASSIGN, technician="AN"))
    trace = desk.ask(Trace(number=number), who=ANA, at=minutes(0))
    bodies = [entry.body for entry in trace if entry.fact == "assigned"]
    assert [body.get("against") for body in bodies] == [["skill", "off_shift"], None]
