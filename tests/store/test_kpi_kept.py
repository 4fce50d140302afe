"""Figures kept beside the orders: whatever operators do, they are what the orders say."""

from __future__ import annotations

import contextlib
import random
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from scheduler.runner import fire_due
from store.backups import examine
from store.commands import EditOrder, MendStore, SaveAsset, Undo
from store.domain.errors import Refusal
from store.domain.kpi.measured import DAY_MS
from store.domain.kpi.sums import bounds, bucket
from store.domain.lifecycle import Move
from store.domain.who import THE_DESK
from store.persistence import kpi_fill, kpi_sql, marks
from store.persistence.mapping import ORDER
from store.persistence.tables import KpiDayRow, KpiOrderRow
from store.queries.checks import CHECKS, Check
from store.queries.kpi import By, FiguresOwed, KpiRows, Kpis
from tests.budget import tries
from tests.store.desk import NINE, do, minutes, move, rows, written
from tests.store.test_commands_laws import MAKERS, TECHNICIANS

if TYPE_CHECKING:
    from datetime import datetime

    from store.queries.doctor import Finding
    from store.records import Records

KPI, DAYS = KpiOrderRow.__table__, KpiDayRow.__table__
KINDS = ("lift", "pump")


def figures_follow(records: Records) -> None:
    """Narrow rows are those of the orders as they stand, sums are those of the rows."""
    with records.database.reading() as conn:
        assert not kpi_fill.is_owed(conn)
        numbers = conn.execute(select(ORDER.c.number)).scalars().all()
        wanted = {row.number: row for row in kpi_fill.measured(conn, numbers)}
        kept = {row.number: row for row in conn.execute(select(KPI))}
        assert kept.keys() == wanted.keys()
        for number, row in wanted.items():
            assert tuple(kept[number])[:-2] == row[:-2]
        assert kpi_fill.wrong_sums(conn, records.database.kind) == 0


def worked_through(records: Records, number: int, at: int = 0, who: str = "T1") -> None:
    """Assigned, accepted, reached, done and closed, a minute between."""
    move(records, number, Move.ASSIGN, minutes(at + 1), technician=who)
    for place, step in enumerate((Move.ACCEPT, Move.ARRIVE, Move.FINISH, Move.CLOSE), 2):
        move(records, number, step, minutes(at + place))


@pytest.mark.parametrize("seed", range(tries(2, 3)))
def test_figures_follow_whatever_is_done(records: Records, seed: int) -> None:
    """Random days: closed, reopened, edited, taken back, the same fault again and again."""
    dice = random.Random(seed)
    do(records, SaveAsset(site="N1", code="L1", name="lift", kind="lift"))
    numbers: list[int] = []
    at = NINE
    for _ in range(70):
        at += timedelta(minutes=dice.choice([1, 45, 600, 5000]), seconds=dice.randint(0, 59))
        number = dice.choice([*numbers, 0])
        if number == 0 or (dice.random() < 0.2 and len(numbers) < 8):
            asset = dice.choice(["L1", None])
            numbers.append(
                written(records, kind=dice.choice(KINDS), asset=asset, level="critical", at=at)
            )
        elif dice.random() < 0.35:
            with contextlib.suppress(Refusal):
                worked(records, dice, number, at)
        elif dice.random() < 0.2:
            with contextlib.suppress(Refusal):
                do(records, Undo(number=number), at=at)
        else:
            command = dice.choice(MAKERS)(dice, number, at)
            if dice.random() < 0.2:
                command = EditOrder(number=number, fields={"kind": dice.choice(KINDS)})
            with contextlib.suppress(Refusal):
                do(records, command, at=at)
        if dice.random() < 0.2:
            fire_due(records, at=at)
    figures_follow(records)
    assert rows(records, KPI)


def worked(records: Records, dice: random.Random, number: int, at: datetime) -> None:
    """Some way on from where it stands."""
    steps = [Move.ACCEPT, Move.ARRIVE, Move.FINISH, Move.CLOSE, Move.REOPEN]
    with contextlib.suppress(Refusal):
        move(records, number, Move.ASSIGN, at, technician=dice.choice(TECHNICIANS))
    for step in steps[: dice.randint(1, 5)]:
        with contextlib.suppress(Refusal):
            move(records, number, step, at, reason="again")


def test_the_doctor_finds_what_figures_say_wrongly_and_mends_it(records: Records) -> None:
    """A narrow row, a day's sum and a spread, each changed behind the store's back."""
    for place, kind in enumerate(("lift", "lift", "pump")):
        number = written(records, kind=kind, level="critical", at=minutes(90 * place))
        worked_through(records, number, 90 * place)
    assert faults(records) == []
    for wrong, told in (
        ("UPDATE kpi_order SET wall_ms = wall_ms + 1, kind = 'x' WHERE number = 1",
         [Check.FIGURE_SUMS, Check.FIGURES]),
        ("UPDATE kpi_order SET again_ms = NULL", [Check.FIGURE_SUMS]),
        ("UPDATE kpi_day SET wall_ms = wall_ms + 1 WHERE dim = 'site'", [Check.FIGURE_SUMS]),
        ("DELETE FROM kpi_spread WHERE measure = 'wall_ms'", [Check.FIGURE_SUMS]),
        ("DELETE FROM kpi_order WHERE number = 2", [Check.FIGURE_SUMS, Check.FIGURES]),
    ):  # fmt: skip
        with records.database.writing() as conn:
            conn.exec_driver_sql(wrong)
        found = faults(records)
        assert sorted({finding.check for finding in found}) == told, wrong
        assert all(CHECKS[finding.check].mendable for finding in found)
        do(records, MendStore(figures=True))
        assert faults(records) == []
        figures_follow(records)


def faults(records: Records) -> list[Finding]:
    """All that a doctor finds."""
    return examine(records, at=minutes(900), who=THE_DESK)[0]


def test_durations_fall_where_the_domain_says_in_sql_too(records: Records) -> None:
    """Also at both ends of each bucket, and as long as anything lasts."""
    ends = {edge for place in range(736) for edge in bounds(place)} | {0, 15, 16, 17, 31, 32, 33}
    told = ", ".join(f"({ms})" for ms in sorted(ends))
    asked = f"SELECT column1, {kpi_sql.bucket_sql('column1')} FROM (VALUES {told}) AS lasted"
    with records.database.reading() as conn:
        found = {row[0]: row[1] for row in conn.exec_driver_sql(asked)}
    assert found == {ms: bucket(ms) for ms in ends}
    assert max(found.values()) > bucket(9_000 * 366 * DAY_MS)


def test_orders_of_before_and_those_that_come_in_bulk_are_filled(records: Records) -> None:
    """An upgrade owes figures to what is there; until they are made, the doctor is silent."""
    for place in range(3):
        worked_through(records, written(records, kind="lift", at=minutes(60 * place)), 60 * place)
    before = (
        rows(records, KPI),
        [row for row in rows(records, DAYS) if row["opened"] or row["closed"]],
    )
    with records.database.writing() as conn:
        for table in ("kpi_order", "kpi_day", "kpi_spread"):
            conn.exec_driver_sql(f"DELETE FROM {table}")
        marks.keep(conn, kpi_fill.ALL, "0")
    move(records, 1, Move.REOPEN, minutes(400), reason="again")
    late = written(records, kind="lift", at=minutes(401))
    assert faults(records) == []
    assert records.reckon_on(at=minutes(402))
    figures_follow(records)
    do(records, Undo(number=late), at=minutes(403))
    do(records, Undo(number=1), at=minutes(404))
    figures_follow(records)
    assert [row for row in rows(records, KPI) if row["number"] != late] == before[0]
    with records.database.writing() as conn:
        conn.exec_driver_sql("DELETE FROM kpi_day")
        conn.exec_driver_sql("DELETE FROM kpi_spread")
        conn.exec_driver_sql("DELETE FROM kpi_order")
        kpi_fill.owe(conn)
    assert records.reckon_on(at=minutes(405))
    figures_follow(records)


def test_while_figures_are_owed_none_are_told(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A batch is there, the sums of all are not: no figure and no list is made of both."""
    monkeypatch.setattr(kpi_fill, "BATCH", 2)
    monkeypatch.setattr(kpi_fill, "_NEXT", kpi_fill._NEXT.limit(2))
    for place in range(5):
        worked_through(records, written(records, kind="lift", at=minutes(60 * place)), 60 * place)
    day = NINE.date()
    period: dict[str, Any] = {"first": day - timedelta(days=30), "last": day + timedelta(days=9)}
    before = records.ask(Kpis(**period), who=THE_DESK, at=minutes(900))
    assert not before.owed
    with records.work(who=THE_DESK, at=minutes(400)) as work:
        kpi_fill.owe_all(work)
    assert records.reckon_some(at=minutes(401))
    for query in (
        Kpis(**period),
        Kpis(**period, by=By.SITE),
        KpiRows(name="orders_closed", **period),
    ):
        with pytest.raises(FiguresOwed):
            records.ask(query, who=THE_DESK, at=minutes(900))
    assert records.ask(Kpis(**period, plain=True), who=THE_DESK, at=minutes(900)).owed
    assert records.reckon_on(at=minutes(402))
    assert records.ask(Kpis(**period), who=THE_DESK, at=minutes(900)) == before
