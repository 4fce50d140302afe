"""One row whose moment no calendar holds must not stop the alarms, boards and lists of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from console.overview import look
from console.seat import Seat
from scheduler.runner import fire_due
from scheduler.service import Service
from store.commands import Acknowledge, PromiseFollowUp, SaveAbsence
from store.domain.who import THE_DESK
from store.persistence.loading import ALARM, TIMER
from store.queries.board import QueuePage
from store.queries.checks import CHECKS, Check
from store.queries.doctor import ExamineDesk, ExamineOrders
from store.queries.health import Health
from store.queries.lists import ListAlarms, ListOrders, ListTechnicians, StreamOrders
from tests.store.desk import ANA, do, minutes, rows, written

if TYPE_CHECKING:
    from store.queries.doctor import Finding
    from store.records import Records

_OF_ORDER = "UPDATE {} WHERE number = :number"
HARM = {
    "alarm": (_OF_ORDER.format("alarm SET raised_at = :beyond"), Check.UNREADABLE),
    "pending timer": (
        _OF_ORDER.format("timer SET due_at = :beyond") + " AND fired_at IS NULL",
        Check.UNREADABLE,
    ),
    "fired timer": (
        _OF_ORDER.format("timer SET due_at = :beyond") + " AND fired_at IS NOT NULL",
        Check.UNREADABLE,
    ),
    "aim": (
        _OF_ORDER.format("timer SET aim_at = -:beyond") + " AND fired_at IS NULL",
        Check.UNREADABLE,
    ),
    "follow-up": (_OF_ORDER.format("follow_up SET due_at = :beyond"), Check.UNREADABLE),
    "clock": (_OF_ORDER.format("clock SET due_at = :beyond"), Check.UNREADABLE),
    "order": (_OF_ORDER.format("work_order SET opened_at = :beyond"), Check.UNREADABLE),
    "queue": (_OF_ORDER.format("work_order SET rank_at = :beyond"), Check.QUEUE),
    "people": (
        "UPDATE technician SET state_since = :beyond WHERE :number > 0",
        Check.INSTANT,
    ),
    "absence": ("UPDATE absence SET ends_at = :beyond WHERE :number > 0", Check.INSTANT),
    "horizon": (
        "INSERT INTO horizon (calendar_id, level, known_until, ends_at, next_at, rings)"
        " SELECT id, 1, 'never', -:beyond, 5, 0 FROM calendar"
        " WHERE code = 'office' AND :number > 0",
        Check.HORIZON,
    ),
}
BEYOND = 10**17


@pytest.fixture
def two(records: Records) -> tuple[int, int]:
    """Two orders that rang once, and have more to ring for."""
    do(records, SaveAbsence(technician="T1", starts_at=minutes(0), ends_at=minutes(900)))
    numbers = written(records, level="critical"), written(records, level="critical")
    for number in numbers:
        do(records, PromiseFollowUp(number=number, due_at=minutes(50)))
    fire_due(records, at=minutes(30))
    return numbers


def harm(records: Records, name: str, number: int) -> Check:
    """Do it; what the doctor should call it."""
    statement, check = HARM[name]
    given = {"beyond": BEYOND, "number": number}
    with records.database.writing() as conn:
        if "horizon" in statement:
            conn.execute(text("DELETE FROM horizon"))
        told = text(statement)
        assert conn.execute(told, {n: given[n] for n in given if f":{n}" in statement}).rowcount
    return check


@pytest.mark.parametrize("name", HARM)
def test_the_others_ring_and_everything_is_shown(
    records: Records, two: tuple[int, int], name: str
) -> None:
    """The sweep, the board and the lists; and the doctor says which row it is."""
    strange, healthy = two
    check = harm(records, name, strange)
    found: list[Finding] = [
        *records.ask(ExamineDesk(), who=THE_DESK, at=minutes(30)),
        *records.ask(ExamineOrders(), who=THE_DESK, at=minutes(30)).findings,
    ]
    assert check in {one.check for one in found}
    assert all(CHECKS[one.check].sentence.format(**one.facts) for one in found)
    assert {one.number for one in found} <= {strange, None}
    before = len([row for row in rows(records, TIMER, number=healthy) if row["fired_at"]])
    service = Service(records, now=lambda: minutes(200))
    for _ in range(2):
        service._ring()
    fired = [row for row in rows(records, TIMER, number=healthy) if row["fired_at"]]
    assert len(fired) > before
    seat = Seat(records=records, who=ANA, name="ana", now=lambda: minutes(200))
    assert look(seat).strip.standing
    page = records.ask(QueuePage(queue="all_open"), who=ANA, at=minutes(200))
    assert {line.number for line in page.lines} == set(two)
    for query in (ListOrders(), StreamOrders()):
        listed = records.ask(query, who=ANA, at=minutes(200))
        assert {line.number for line in listed} == set(two)
    for other in (ListAlarms(), ListTechnicians(), Health()):
        records.ask(other, who=ANA, at=minutes(200))
    do(records, Acknowledge(), at=minutes(201))
    assert all(row["acknowledged_at"] for row in rows(records, ALARM, number=healthy))
