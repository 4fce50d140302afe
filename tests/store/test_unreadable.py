"""One order that a newer program wrote must not silence the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from sqlalchemy import insert, text, update

from scheduler.aside import FIRST_RETRY, Aside
from scheduler.runner import fire_due
from scheduler.service import Service
from store.commands import Acknowledge, MoveOrder, SaveCalendar
from store.domain.errors import OrderUnknown, OrderUnreadable
from store.domain.lifecycle import MOVES, STATES, Move, read_state
from store.domain.who import THE_DESK
from store.persistence import levels, timers
from store.persistence.loading import ALARM, TIMER
from store.persistence.mapping import ORDER, VISIT
from store.queries.board import QueuePage
from store.queries.card import OrderCard
from store.queries.checks import Check
from store.queries.doctor import ExamineOrders
from store.queries.health import Health
from store.queries.lists import ListOrders, StreamOrders
from tests.store.desk import ANA, AT_SOUTH, do, minutes, move, rows, written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.persistence.timers import DueTimer
    from store.records import Records

STRANGE = "on_hold"


@pytest.fixture
def strange(records: Records) -> int:
    """An order in a state that this program does not know."""
    number = written(records, level="critical")
    with records.work(who=THE_DESK, at=minutes(0)) as work:
        work.conn.execute(update(ORDER).where(ORDER.c.number == number).values(state=STRANGE))
    return number


def kinds(records: Records, number: int) -> list[str]:
    """Alarms of an order."""
    return [row["kind"] for row in rows(records, ALARM, number=number)]


def test_the_others_still_ring(records: Records, strange: int) -> None:
    """Its own timers are left aside, and say why."""
    healthy, aside = written(records, level="critical"), Aside()
    swept = fire_due(records, at=minutes(30), aside=aside)
    assert swept.fired > 0
    assert swept.failed > 0
    assert kinds(records, healthy)
    assert not kinds(records, strange)
    troubles = {row["trouble"] for row in rows(records, TIMER, number=strange, fired_at=None)}
    assert any(STRANGE in (trouble or "") for trouble in troubles)
    again = fire_due(records, at=minutes(30), aside=aside)
    assert (again.failed, again.next_at) == (0, minutes(30) + FIRST_RETRY), "they rest"


def test_a_part_of_another_program_is_as_strange(records: Records) -> None:
    """A visit's state, not the order's."""
    number, healthy = written(records, level="critical"), written(records, level="critical")
    move(records, number, Move.ASSIGN, minutes(1), technician="T1")
    with records.work(who=THE_DESK, at=minutes(1)) as work:
        work.conn.execute(update(VISIT).where(VISIT.c.number == number).values(state=STRANGE))
    fire_due(records, at=minutes(30))
    assert kinds(records, healthy)
    with pytest.raises(OrderUnreadable):
        records.ask(OrderCard(number=number), who=ANA, at=minutes(30))


def test_the_pulse_tells_of_failures(records: Records, strange: int) -> None:
    """A sweep that came through is not a sweep without trouble."""
    service = Service(records, now=lambda: minutes(30))
    service._ring()
    assert service.pulse.failed > 0


def test_it_is_shown_as_it_is(records: Records, strange: int) -> None:
    """On the board and in lists; its card says that it cannot be read."""
    (line,) = records.ask(QueuePage(queue="all_open"), who=ANA, at=minutes(1)).lines
    assert (line.number, line.state) == (strange, STRANGE)
    spec = STATES[line.state]
    assert (spec.label, spec.sign, spec.final) == (STRANGE, "?", False)
    assert not any(line.state in move.sources | move.override for move in MOVES.values())
    for query in (ListOrders(), StreamOrders()):
        (listed,) = records.ask(query, who=ANA, at=minutes(1))
        assert listed.state == read_state(STRANGE)
    with pytest.raises(OrderUnreadable, match=f"order {strange} .*{STRANGE}"):
        records.ask(OrderCard(number=strange), who=ANA, at=minutes(1))


def test_nobody_moves_what_he_cannot_read(records: Records, strange: int) -> None:
    """The refusal says so; what is of the whole desk goes on without it."""
    with pytest.raises(OrderUnreadable):
        do(records, MoveOrder(number=strange, move=Move.CANCEL, reason="old"))
    with pytest.raises(OrderUnknown):  # nobody can tell whether it is at his sites
        do(records, MoveOrder(number=strange, move=Move.CANCEL, reason="old"), who=AT_SOUTH)
    do(records, Acknowledge(), at=minutes(1))
    week = {"mon": [["09:00", "17:00"]]}
    spec = {"zone": "Asia/Shanghai", "week": week}
    do(records, SaveCalendar(code="always", name="always", spec=spec), at=minutes(1))


def test_the_doctor_tells_of_it_and_goes_on(records: Records, strange: int) -> None:
    """With what to do about it; nothing of it is mended."""
    written(records, level="critical")
    found = records.ask(ExamineOrders(), who=ANA, at=minutes(1))
    assert [(f.check, f.number) for f in found.findings] == [(Check.UNREADABLE, strange)]
    assert found.orders == 2


@pytest.mark.parametrize(("kind", "clock"), [("teleport", ""), ("warn", "warp"), ("beam", "warp")])
def test_a_timer_of_another_program_rests_while_the_others_fire(
    records: Records, caplog: pytest.LogCaptureFixture, kind: str, clock: str
) -> None:
    """Of its own order, too; it is told once, counted, and left for whoever wrote it."""
    number, healthy = written(records, level="critical"), written(records, level="critical")
    row = {"number": number, "kind": kind, "clock": clock, "run": 1, "level": 3, "tries": 0}
    with records.database.writing() as conn:
        conn.execute(insert(TIMER), {**row, "due_at": minutes(1), "aim_at": minutes(1)})
    aside = Aside()
    swept = fire_due(records, at=minutes(30), aside=aside)
    assert (swept.fired > 1, swept.failed) == (True, 1)
    assert kinds(records, number)
    assert kinds(records, healthy)
    pulse = records.ask(Health(), who=ANA, at=minutes(30))
    assert pulse.failing == 1
    assert f"it knows no {kind if kind != 'warn' else 'warn warp'}" in (pulse.trouble or "")
    for later in (31, 40, 60):
        assert fire_due(records, at=minutes(later), aside=aside).failed == 1
    told = [
        entry.getMessage() for entry in caplog.records if "means nothing to this" in entry.message
    ]
    assert len(told) == 1
    move(records, number, Move.ASSIGN, minutes(61), technician="T1")
    (kept,) = rows(records, TIMER, number=number, kind=kind, clock=clock)
    assert (kept["fired_at"], kept["aim_at"]) == (None, minutes(1)), "due, for whoever can fire it"
    assert not records.ask(ExamineOrders(), who=ANA, at=minutes(61)).findings


def test_whoever_can_read_a_timer_fires_it_in_time(
    records: Records, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """However often a machine without the calendar's time zone has tried before."""
    number, aside = written(records, level="critical"), Aside()
    with monkeypatch.context() as machine:

        def lacking(_spec: str) -> NoReturn:
            raise KeyError("Asia/Shanghai")

        machine.setattr(levels, "calendar_of", lacking)
        for minute in range(31, 91):
            swept = fire_due(records, at=minutes(minute), aside=aside)
            assert swept.fired == 0
            assert swept.next_at is not None
            assert swept.next_at > minutes(minute), "it rests meanwhile"
        pulse = records.ask(Health(), who=ANA, at=minutes(90))
        assert (pulse.late_since, "Asia/Shanghai" in (pulse.trouble or "")) == (None, True)
    told = [e for e in caplog.records if "service level critical cannot" in e.getMessage()]
    assert 0 < len(told) <= len(rows(records, TIMER, number=number)), "each timer once"
    assert fire_due(records, at=minutes(90), aside=Aside()).fired > 1, "a healthy one"
    assert kinds(records, number)
    assert records.ask(Health(), who=ANA, at=minutes(90)).failing == 0
    fire_due(records, at=minutes(155), aside=aside)
    assert aside.next_try() is None, "all of them were fired by somebody"


def test_a_timer_that_cannot_even_be_claimed_rests_alone(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its batch fires without it, in that sweep and in the next."""
    bad, healthy = written(records, level="critical"), written(records, level="critical")
    claimed = timers._claimed

    def stumble(row: Sequence[Any]) -> DueTimer:
        if row[1] == bad:
            raise ValueError(row)
        return claimed(row)

    monkeypatch.setattr(timers, "_claimed", stumble)
    aside = Aside()
    assert fire_due(records, at=minutes(30), aside=aside).failed > 0
    assert kinds(records, healthy)
    assert not kinds(records, bad)
    monkeypatch.setattr(timers, "_claimed", claimed)
    fire_due(records, at=minutes(71), aside=aside)
    assert kinds(records, bad)
    assert aside.next_try() is None


def test_a_moment_that_no_calendar_has_stops_no_sweep(records: Records) -> None:
    """Long before all, or long after."""
    bad, healthy = written(records, level="critical"), written(records, level="critical")
    for moment in (-(10**17), 10**17):
        with records.database.writing() as conn:
            spoil = text("UPDATE timer SET aim_at = :at WHERE number = :n AND fired_at IS NULL")
            conn.execute(spoil, {"at": moment, "n": bad})
        assert records.next_aim() is not None
    with records.database.writing() as conn:
        conn.execute(text("DELETE FROM timer WHERE number = :n"), {"n": healthy})
    far = records.next_aim()
    assert far is not None
    assert far.year == 9999
