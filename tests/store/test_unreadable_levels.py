"""A level or calendar that a newer program wrote, or nobody, must not silence the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from console.cli_export import _levels
from scheduler.runner import fire_due
from store.commands import (
    Acknowledge,
    ExtendCalendar,
    MendStore,
    MoveOrder,
    NewOrder,
    SaveCalendar,
    SaveLevel,
)
from store.domain.calendar import Calendar
from store.domain.errors import BadInput, LevelUnreadable
from store.domain.lifecycle import Move
from store.persistence.loading import ALARM, TIMER
from store.queries.calendars import ListCalendars
from store.queries.card import OrderCard
from store.queries.checks import CHECKS, Check
from store.queries.doctor import ExamineDesk, ExamineOrders
from store.queries.levels import ListLevels
from store.queries.lists import ListOrders, StreamOrders
from tests.store.desk import ANA, do, minutes, move, rows, written

if TYPE_CHECKING:
    from store.records import Records

_POLICY = "UPDATE service_level SET policy = {} WHERE code = 'critical'"
_SPEC = (
    "UPDATE calendar_version SET spec = {} WHERE calendar_id ="
    " (SELECT calendar_id FROM service_level WHERE code = 'critical')"
)
HARM = {
    "no JSON": (_POLICY.format("'{'"), Check.LEVEL),
    "no object": (_POLICY.format("'[1]'"), Check.LEVEL),
    "another clock": (
        _POLICY.format("""replace(policy, '"arrive"', '"warp"')"""),
        Check.LEVEL,
    ),
    "another target": (
        _POLICY.format("""replace(policy, '"seconds"', '"minutes"')"""),
        Check.LEVEL,
    ),
    "no number": (_POLICY.format("""'{"ring_from": null}'"""), Check.LEVEL),
    "calendar no JSON": (_SPEC.format("'{'"), Check.CALENDAR),
    "no zone": (_SPEC.format("""replace(spec, '"zone"', '"place"')"""), Check.CALENDAR),
    "another zone": (_SPEC.format("""replace(spec, '"UTC"', '"Mars/X"')"""), Check.CALENDAR),
}


@pytest.fixture(params=("another clock", "calendar no JSON"))
def harmed(records: Records, request: pytest.FixtureRequest) -> tuple[int, int, Check]:
    """An order whose promises cannot be read, a healthy one, and what is wrong; both rang."""
    strange, healthy = written(records, level="critical"), written(records)
    with records.database.writing() as conn:
        conn.execute(text("UPDATE calendar_version SET spec = replace(spec, 'Asia/Shanghai', 'UTC')"
                          " WHERE calendar_id = (SELECT calendar_id FROM service_level"
                          " WHERE code = 'critical')"))  # fmt: skip
    fire_due(records, at=minutes(30))
    harm, check = HARM[request.param]
    with records.database.writing() as conn:
        assert conn.execute(text(harm)).rowcount
    return strange, healthy, check


@pytest.mark.parametrize("harmed", HARM, indirect=True)
def test_its_orders_are_refused_with_a_sentence(
    records: Records, harmed: tuple[int, int, Check]
) -> None:
    """No raw error comes through: of a move, a card, or an order to be made under it."""
    strange, healthy, _ = harmed
    step = MoveOrder(number=strange, move=Move.CANCEL, reason="old")
    for command in (step, NewOrder(title="x", level="critical"), Acknowledge(numbers=(strange,))):
        with pytest.raises(LevelUnreadable, match="service level critical cannot be read"):
            do(records, command, at=minutes(31))
    with pytest.raises(LevelUnreadable):
        records.ask(OrderCard(number=strange), who=ANA, at=minutes(31))
    move(records, healthy, Move.ASSIGN, minutes(31), technician="T1")


def test_the_others_are_silenced_and_ring(records: Records, harmed: tuple[int, int, Check]) -> None:
    """All in sight means all that can be judged; the rest rings on, and its timers say why."""
    strange, healthy, _ = harmed
    assert do(records, Acknowledge(), at=minutes(31)).numbers == (healthy,)
    seen = {row["number"]: row["acknowledged_at"] for row in rows(records, ALARM)}
    assert (seen[strange], seen[healthy]) == (None, minutes(31))
    fire_due(records, at=minutes(24 * 60))
    pending = rows(records, TIMER, number=strange, fired_at=None)
    assert any("service level critical" in (row["trouble"] or "") for row in pending)
    assert len([row for row in rows(records, TIMER, number=healthy) if row["fired_at"]]) > 1


def test_lists_and_exports_show_them(records: Records, harmed: tuple[int, int, Check]) -> None:
    """What cannot be reckoned is left out, and nothing else."""
    strange, healthy, check = harmed
    for query in (ListOrders(), StreamOrders()):
        lines = {line.number: line for line in records.ask(query, who=ANA, at=minutes(60))}
        assert lines[healthy].elapsed_s is not None
        assert (lines[strange].elapsed_s is None) == (check is Check.CALENDAR)
    levels = {line.code: line for line in records.ask(ListLevels(), who=ANA, at=minutes(60))}
    assert (levels["critical"].policy is None) == (check is Check.LEVEL)
    calendars = records.ask(ListCalendars(), who=ANA, at=minutes(60))
    assert any(line.zone == "?" for line in calendars) == (check is Check.CALENDAR)
    told = _levels(lambda query: records.ask(query, who=ANA, at=minutes(60)))
    assert "critical" not in told
    assert "standard" in told


def test_the_doctor_names_it_once(records: Records, harmed: tuple[int, int, Check]) -> None:
    """And says nothing of orders that only hang on it, nor promises to mend it."""
    *_, check = harmed
    (found,) = records.ask(ExamineDesk(), who=ANA, at=minutes(31))
    assert found.check is check
    assert CHECKS[check].sentence.format(**found.facts)
    assert records.ask(ExamineOrders(), who=ANA, at=minutes(31)).findings == ()
    do(records, MendStore(numbers=harmed[:2]), at=minutes(31))


def test_what_is_saved_anew_is_read_again(records: Records, harmed: tuple[int, int, Check]) -> None:
    """The way out: nobody has to read what he replaces."""
    strange, _, check = harmed
    with records.database.reading() as conn:
        asked = text(
            "SELECT code FROM calendar WHERE id ="
            " (SELECT calendar_id FROM service_level WHERE code = 'critical')"
        )
        code = conn.execute(asked).scalar_one()
    if check is Check.CALENDAR:
        with pytest.raises(BadInput, match="save it again"):
            do(records, ExtendCalendar(code=code, off=("2026-12-24",)), at=minutes(31))
        saved = SaveCalendar(code=code, name=code, spec=Calendar.always().spec())
        assert do(records, saved, at=minutes(32)).facts["moved"] == 1
    else:
        policy = {"targets": {"2": {"respond": {"seconds": 600}}}}
        level = SaveLevel(code="critical", name="x", calendar=code, policy=policy)
        do(records, level, at=minutes(32))
    move(records, strange, Move.ASSIGN, minutes(33), technician="T1")
