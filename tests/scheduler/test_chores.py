"""What is done beside the sweep: a fault there keeps no alarm waiting, and is told once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import insert

from scheduler import revisits
from scheduler import service as services
from scheduler.aside import FIRST_RETRY
from scheduler.service import HORIZONS_EVERY, Service
from store.commands import SaveCalendar, SaveCustomer, SetFigure
from store.persistence import marks, promises
from store.persistence.loading import TIMER
from store.persistence.promises import PromiseWork
from store.queries.checks import Check
from store.queries.doctor import ExamineOrders
from tests.scheduler.desk import ANA, Desk, after
from tests.store.desk import do
from tests.store.test_promise_edits import SHORT

if TYPE_CHECKING:
    from datetime import datetime


def late(desk: Desk) -> int:
    """How many orders are on old hours."""
    found = desk.records.ask(ExamineOrders(), who=ANA, at=after(2)).findings
    return sum(finding.check is Check.HOURS for finding in found)


def shorten(desk: Desk) -> None:
    """The calendar that is around the clock opens for two hours a day."""
    edit = SaveCalendar(code="24x7", name="Shorter", spec={**SHORT, "zone": "UTC"})
    do(desk.records, edit, who=ANA, at=after(1))


@pytest.mark.parametrize("fails", ["edits", "horizons"])
def test_alarms_ring_whatever_fails_beside_them(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, fails: str
) -> None:
    """The sweep says when the next is due, the pulse what failed, the log so once."""
    number = desk.order()

    def stumble(*_given: object, **_named: object) -> int:
        msg = "no such hours"
        raise ValueError(msg)

    hands = [after(15)]
    service = Service(desk.records, now=lambda: hands[-1])
    with monkeypatch.context() as broken:
        if fails == "edits":
            broken.setattr(PromiseWork, "reckon_on", stumble)
            with desk.records.work(who=ANA, at=after(1)) as work:
                marks.keep(work.conn, "reckon level 1", "0")
        else:
            broken.setattr(services, "tell_horizons", stumble)
        for minute in (15, 16, 17):
            hands.append(after(minute))
            assert service._ring() is not None
        assert "no such hours" in str(service.pulse.trouble)
    assert ("orphan", "", 0) in desk.fired(number)
    assert len([entry for entry in caplog.records if "beside the sweeps" in entry.message]) == 1
    monkeypatch.undo()
    hands.append(after(17) + HORIZONS_EVERY)
    service._ring()
    assert service.pulse.trouble is None


def test_an_edit_says_that_it_is_done_whatever_its_rest_meets(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It is stored: saying “refused” would have it made again."""
    desk.order()

    def stumble(**_given: datetime) -> bool:
        msg = "no such hours"
        raise ValueError(msg)

    monkeypatch.setattr(desk.records, "reckon_on", stumble)
    shorten(desk)
    assert desk.rows("SELECT name FROM calendar WHERE code = '24x7'") == [("Shorter",)]
    assert "a sweep tries again" in caplog.text


def test_a_sweep_does_one_batch_of_an_edit_and_looks_for_alarms_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Forty thousand orders take half a minute, in which alarms must ring."""
    monkeypatch.setattr(promises, "BATCH", 2)
    for _ in range(6):
        desk.order()
    with monkeypatch.context() as cut:
        cut.setattr(desk.records, "reckon_on", lambda **_told: False)
        shorten(desk)
    service = Service(desk.records, now=lambda: after(2))
    for left in (2, 0):
        service._ring()
        assert service._clock._again, "at once"
        service._clock._again = False
        assert late(desk) == left
    service._clock._sweep()
    assert not service._clock._again
    assert service.pulse.last_good_at == after(2)
    assert desk.rows("SELECT name FROM store_meta WHERE name LIKE 'reckon%'") == []


def test_a_sweep_plans_one_batch_of_revisits_and_looks_for_alarms_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A month of thousands of customers takes many seconds, in which alarms must ring."""
    monkeypatch.setattr(revisits, "LOOK", 2)
    for code in "ABCDE":
        do(desk.records, SaveCustomer(code=code, name=f"Key {code}", tier="key"), who=ANA)
        desk.order(customer=code)
    do(desk.records, SetFigure(figure="revisit_key", value=1), who=ANA)
    service = Service(desk.records, now=lambda: after(2))
    for planned, more in ((2, True), (4, True), (5, False)):
        service._clock._again = False
        service._ring()
        assert service._clock._again is more
        assert desk.rows("SELECT count(*) FROM revisit") == [(planned,)]


def test_what_we_cannot_read_wakes_us_only_when_it_is_to_be_tried_again(desk: Desk) -> None:
    """Its row stays due, for others; neither news nor the end of a sweep may spin on it."""
    number = desk.order()
    row = {"number": number, "kind": "beam", "clock": "", "run": 1, "level": 3, "tries": 0}
    with desk.records.database.writing() as conn:
        conn.execute(insert(TIMER), {**row, "due_at": after(1), "aim_at": after(1)})
    service = Service(desk.records, now=lambda: after(15))
    assert service._ring() == after(15) + FIRST_RETRY
    assert service.pulse.failed == 1
    assert service._ring() == after(15) + FIRST_RETRY
    assert service.pulse.failed == 1
    awaited = desk.records.next_aim(but=service._aside.resting(at=after(15)))
    assert (awaited, desk.records.next_aim()) == (after(22.5), after(1))
