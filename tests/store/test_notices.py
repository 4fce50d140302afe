"""Notices of a major fault: who was told how, the clock that starts again, and how it ends."""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.runner import fire_due
from store.commands import DeclareIncident, SetFigure, Undo
from store.commands.notices import GiveNotice, NotMajor
from store.domain.errors import BadInput, OrderUnknown
from store.domain.notices import filled
from store.domain.who import THE_DESK
from store.persistence.loading import ALARM
from store.queries.doctor import ExamineOrders
from store.queries.incidents import IncidentLine, ListIncidents, NoticesGiven
from tests.store.desk import (
    ANA,
    AT_NORTH,
    AT_SOUTH,
    do,
    minutes,
    promises_kept,
    rows,
    stored,
    written,
)

if TYPE_CHECKING:
    from store.records import Records


def incident(records: Records, *, at: float) -> IncidentLine:
    """The only one under way."""
    (line,) = records.ask(ListIncidents(), who=ANA, at=minutes(at))
    return line


def test_each_notice_starts_the_clock_again_and_the_all_clear_ends_it(records: Records) -> None:
    """It rings where the next word is missing; who was told when and how is kept."""
    number = written(records)
    with pytest.raises(NotMajor):
        do(records, GiveNotice(number=number, text="x", to="Zhou"))
    do(records, DeclareIncident(number=number, cadence_s=1800))
    assert incident(records, at=1).next_by == minutes(30)
    first = GiveNotice(number=number, text="lift stuck", to="Zhou", phase="first", way="text")
    do(records, first, at=minutes(10))
    assert incident(records, at=11).next_by == minutes(40)
    fire_due(records, at=minutes(39))
    kinds = {row["kind"] for row in rows(records, ALARM, number=number)}
    assert "update_due" not in kinds
    fire_due(records, at=minutes(41))
    assert incident(records, at=41).overdue
    done = do(records, GiveNotice(number=number, text="cable found", to="Zhou"), at=minutes(42))
    assert incident(records, at=42).next_by == minutes(72)
    promises_kept(records, [number])
    do(records, Undo(entry=done.undo), at=minutes(43))
    clear = GiveNotice(number=number, text="it runs", to="Zhou", phase="all_clear")
    do(records, clear, at=minutes(50))
    assert records.ask(ListIncidents(), who=ANA, at=minutes(50)) == ()
    assert stored(records, number).cadence_s is None
    told = records.ask(NoticesGiven(number=number), who=ANA, at=minutes(51))
    assert [(one.phase, one.way, one.to, one.taken_back) for one in told] == [
        ("first", "text", "Zhou", False),
        ("update", "phone", "Zhou", True),
        ("all_clear", "phone", "Zhou", False),
    ]
    promises_kept(records, [number])
    assert records.ask(ExamineOrders(), who=THE_DESK, at=minutes(51)).findings == ()


def test_a_new_order_of_that_priority_is_major_by_itself(records: Records) -> None:
    """Once the desk says so, on the cadence that it says; of others nothing changes."""
    assert stored(records, written(records, priority=1)).cadence_s is None
    do(records, SetFigure(figure="major_p1", value=15))
    number = written(records, priority=1)
    assert stored(records, number).cadence_s == 900
    assert stored(records, written(records, priority=2)).cadence_s is None
    promises_kept(records, [number])
    assert records.ask(ExamineOrders(), who=THE_DESK, at=minutes(1)).findings == ()


def test_an_office_sees_its_own(records: Records) -> None:
    """Another site's incident is not there, nor can be told of."""
    number = written(records)
    do(records, DeclareIncident(number=number))
    assert len(records.ask(ListIncidents(), who=AT_NORTH, at=minutes(1))) == 1
    assert records.ask(ListIncidents(), who=AT_SOUTH, at=minutes(1)) == ()
    with pytest.raises(OrderUnknown):
        records.ask(NoticesGiven(number=number), who=AT_SOUTH, at=minutes(1))
    with pytest.raises(OrderUnknown):
        do(records, GiveNotice(number=number, text="x", to="x"), who=AT_SOUTH)
    wrongs: tuple[dict[str, Any], ...] = ({"to": " "}, {"way": "pigeon"}, {"phase": "last"})
    for wrong in wrongs:
        told: dict[str, Any] = {"text": "x", "to": "x"} | wrong
        with pytest.raises(BadInput):
            do(records, GiveNotice(number=number, **told))


@given(st.text(), st.text())
def test_what_is_put_into_a_template_is_none_itself(title: str, said: str) -> None:
    """No place that somebody wrote into an order is filled, and no control is left."""
    made = filled("{title}|{said}|{nobody}", {"title": title, "said": said, "number": "17"})
    assert made.endswith("{nobody}")
    assert not any(unicodedata.category(sign) in {"Cc", "Cf"} for sign in made)
    plain = filled("{title}", {"title": "{number}", "number": "17"})
    assert plain == "{number}"


def test_a_notice_of_an_incident_that_waits_long_is_overdue(records: Records) -> None:
    """Listed first, with by when it was promised."""
    late, soon = written(records), written(records, title="pump")
    do(records, DeclareIncident(number=late, cadence_s=600))
    do(records, DeclareIncident(number=soon, cadence_s=7200))
    found = records.ask(ListIncidents(), who=ANA, at=minutes(0) + timedelta(minutes=20))
    assert [(line.number, line.overdue) for line in found] == [(late, True), (soon, False)]
