"""An edit of a calendar or a level reaches every open order, also those written meanwhile."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from scheduler.keeper import Keeper
from store.commands import MendStore, NewOrder, SaveCalendar, SaveLevel
from store.commands.orders import new_order
from store.domain.lifecycle import Move
from store.domain.who import THE_DESK
from store.persistence import marks, promises
from store.persistence.mapping import CLOCK
from store.persistence.work import Work
from store.queries.checks import Check
from store.queries.doctor import ExamineOrders
from tests.store.desk import ANA, do, minutes, move, promises_kept, rows, stored, written

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from store.records import Records

DAYS = ("mon", "tue", "wed", "thu", "fri")
SHORT = {
    "zone": "Asia/Shanghai",
    "week": {day: [["13:00", "15:00"]] for day in DAYS},
    "holidays": ["2026-09-22"],
}


def dues(records: Records, number: int) -> dict[str, datetime | None]:
    """When each clock of an order runs out."""
    return {clock.kind.value: clock.due_at for clock in stored(records, number).clocks}


def shorten(records: Records) -> None:
    """The office opens for two hours a day from now on."""
    do(records, SaveCalendar(code="office", name="Office", spec=SHORT), at=minutes(1))


def checks(records: Records) -> list[tuple[Check, int | None]]:
    """What the doctor finds of orders."""
    found = records.ask(ExamineOrders(), who=THE_DESK, at=minutes(2)).findings
    return [(finding.check, finding.number) for finding in found]


def late(records: Records) -> list[int | None]:
    """Orders whose clocks are on old hours."""
    return [number for check, number in checks(records) if check is Check.HOURS]


def test_an_order_written_during_an_edit_gets_the_new_hours(records: Records) -> None:
    """The edit waits for whoever counts on the old ones, and then finds his order, too."""
    if records.database.kind != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    edit = threading.Thread(target=shorten, args=(records,))
    with records.work(who=ANA, at=minutes(1)) as work:
        new = NewOrder(title="race", priority=2, level="standard", site="N1")
        number = new_order(work, new).numbers[0]
        work.flush()
        edit.start()
        edit.join(0.5)
    edit.join(20)
    later = written(records, level="standard", opened_at=minutes(1), at=minutes(1))
    assert dues(records, number) == dues(records, later)
    assert checks(records) == []


def test_an_order_that_is_moved_during_an_edit_keeps_nobody_waiting(records: Records) -> None:
    """Moves and edits at once: no circle, and every clock ends up on the last hours."""
    numbers = [written(records, level="standard") for _ in range(8)]

    def work_on() -> None:
        for number in numbers:
            move(records, number, Move.ASSIGN, minutes(1), technician="T1")

    def edit() -> None:
        for risk in range(60, 65):
            policy = {"risk": risk, "targets": {"2": {"resolve": {"seconds": risk * 600}}}}
            given = {"code": "standard", "name": "Standard", "calendar": "office"}
            do(records, SaveLevel(**given, policy=policy), at=minutes(1))
        shorten(records)

    with ThreadPoolExecutor(2) as hands:
        for job in [hands.submit(work_on), hands.submit(edit)]:
            job.result(60)
    assert checks(records) == []
    promises_kept(records, numbers)


def test_the_doctor_finds_clocks_on_old_hours_and_mends_them(records: Records) -> None:
    """As a store has them in which an order was written during an edit, before that was safe."""
    number = written(records, level="standard")
    before = rows(records, CLOCK, number=number)
    shorten(records)
    wanted = dues(records, number)
    with records.work(who=THE_DESK, at=minutes(1)) as work:
        for row in before:
            old = {name: row[name] for name in ("calendar_version", "due_at")}
            mine = (CLOCK.c.number == number, CLOCK.c.kind == row["kind"])
            work.conn.execute(update(CLOCK).where(*mine).values(**old))
    assert (Check.HOURS, number) in checks(records)
    do(records, MendStore(numbers=(number,)), at=minutes(2))
    assert dues(records, number) == wanted
    assert checks(records) == []


def test_an_edit_that_was_cut_off_is_finished_by_the_keeper(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It moves many orders batch by batch, and owes the others in the same transaction.

    The keeper does one batch a call, since alarms may wait for the end of it.
    """
    monkeypatch.setattr(promises, "BATCH", 2)
    numbers = [written(records, level="standard") for _ in range(5)]
    with monkeypatch.context() as cut:
        cut.setattr(records, "reckon_on", lambda **_told: False)
        shorten(records)
    assert late(records) == numbers[2:], "one batch is done at once"
    keeper = Keeper(records)
    for still in (numbers[4:], [], []):
        keeper.keep(at=minutes(2))
        assert (late(records), keeper.owes) == (still, True) if still else not late(records)
    assert not keeper.owes
    assert checks(records) == []
    assert not records.reckon_on(at=minutes(2)), "nothing is owed any more"
    promises_kept(records, numbers)


def test_an_edit_moves_all_orders_before_it_answers(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many batches that takes; the answer counts them all."""
    monkeypatch.setattr(promises, "BATCH", 2)
    numbers = [written(records, level="standard") for _ in range(4)]
    edit = SaveCalendar(code="office", name="Office", spec=SHORT)
    assert do(records, edit, at=minutes(1)).facts["moved"] == 4
    assert checks(records) == []
    promises_kept(records, numbers)


def unreckonable(records: Records, monkeypatch: pytest.MonkeyPatch) -> tuple[list[int], int]:
    """Orders on an office of given days only, in batches of two; the hours are cut, too short for
    the last."""
    monkeypatch.setattr(promises, "BATCH", 2)
    days = ("2026-09-21", "2026-09-22")
    spec = {"zone": "UTC", "week": {}, "workdays": {day: [["00:00", "24:00"]] for day in days}}
    do(records, SaveCalendar(code="dated", name="Dated", spec=spec))
    targets = {"2": {"resolve": {"seconds": 3600}}, "4": {"resolve": {"seconds": 24 * 3600}}}
    given = {"code": "dated", "name": "Dated", "calendar": "dated"}
    do(records, SaveLevel(**given, policy={"targets": targets, "after_s": []}))
    healthy = [written(records, level="dated") for _ in range(4)]
    poor = written(records, level="dated", priority=4)
    healthy.append(written(records, level="dated"))
    cut = {**spec, "workdays": {days[0]: [["00:00", "12:00"]]}}
    edit = SaveCalendar(code="dated", name="Dated", spec=cut)
    do(records, edit, at=minutes(1))
    return healthy, poor


def test_an_order_that_the_new_hours_do_not_reach_keeps_no_other_from_them(
    records: Records, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The edit is stored and says so; the order keeps its times, and a doctor shows it."""
    healthy, poor = unreckonable(records, monkeypatch)
    assert late(records) == [poor]
    assert f"1 orders cannot be reckoned and keep their times, the first is {poor}" in caplog.text
    assert not records.reckon_some(at=minutes(1)), "nothing is owed any more"
    promises_kept(records, healthy)
    do(records, MendStore(numbers=(*healthy, poor)), at=minutes(2))
    assert late(records) == [poor]


def test_a_mark_that_means_nothing_here_keeps_no_edit_from_its_end(records: Records) -> None:
    """One of a newer program is left to that; one whose number is spoilt begins anew."""
    number = written(records, level="standard")
    with records.work(who=THE_DESK, at=minutes(1)) as work:
        marks.keep(work.conn, f"{marks.RECKON}asset 1", "everything")
        marks.keep(work.conn, f"{marks.RECKON}calendar 1", "zero")
    assert records.reckon_on(at=minutes(1))
    assert not records.reckon_some(at=minutes(1))
    with records.database.reading() as conn:
        assert marks.find(conn, f"{marks.RECKON}asset 1") == "everything"
    promises_kept(records, [number])


@pytest.mark.parametrize("ask", [lambda work: work.tag_beside("technician"), Work.is_empty])
def test_who_furnishes_a_desk_and_who_edits_it_keep_nobody_waiting(
    records: Records, ask: Callable[[Work], object]
) -> None:
    """Both want the promises first and the desk's own facts then: no circle."""

    def furnish() -> None:
        with records.work(who=THE_DESK, at=minutes(1)) as work:
            ask(work)
            work.put("technician", {"code": "T9"}, {"name": "New"})

    with ThreadPoolExecutor(1) as hands:
        with records.work(who=THE_DESK, at=minutes(1)) as work:
            work.hold_promises(alone=True)
            furnished = hands.submit(furnish)
            wait([furnished], timeout=0.5)
            work.put_calendar("office", "Office", SHORT)
        furnished.result(60)
    assert checks(records) == []
