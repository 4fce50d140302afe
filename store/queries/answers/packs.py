"""The answers for packs and baselines: of just the sites that the asker sees."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from store.domain.packs import PackUnknown
from store.persistence.corrective_work import CORRECTIVE
from store.persistence.kpi_rows import ask
from store.persistence.levels import Shelf
from store.persistence.packs import BASELINE, PACK, PART, coming, hours_of, written_scope
from store.persistence.tables import metadata
from store.persistence.types import from_ms, to_ms
from store.queries.answers.kpi_period import cuts
from store.queries.answers.lines import CUSTOMERS, ORDERS, SITES
from store.queries.answers.scope import checked_limit, within
from store.queries.packs import (
    MOST,
    BaselineLine,
    ComingPack,
    DayFacts,
    NamedOrder,
    PackLine,
    PackShown,
    PromisedThing,
)
from store.queries.period_json import period_from

if TYPE_CHECKING:
    from store.persistence.reader import Reader
    from store.queries.answers.kpi_period import Cut
    from store.queries.packs import (
        ComingPacks,
        DayWork,
        ListBaselines,
        ListPacks,
        ShowBaseline,
        ShowPack,
    )

_OPERATORS = metadata.tables["operator"]
_CALL = "call"


def list_packs(reader: Reader, query: ListPacks) -> tuple[PackLine, ...]:
    """Without what they say."""
    asked = _mine(reader).order_by(PACK.c.due_at.desc(), PACK.c.id.desc())
    if query.kind:
        asked = asked.where(PACK.c.kind == query.kind)
    rows = reader.conn.execute(asked.limit(checked_limit(query.limit))).all()
    return tuple(_line(row, "") for row in rows)


def coming_packs(reader: Reader, _query: ComingPacks) -> tuple[ComingPack, ...]:
    """By the calendar and the settings as they are now."""
    scope = reader.who.scope
    zone = hours_of(reader.conn, [scope], Shelf(reader.conn).desk_hours())[scope].zone.key
    return tuple(
        ComingPack(kind=one.kind.value, period=one.period, due_at=one.due_at, zone=zone)
        for one in coming(reader.conn, scope, at=reader.at)
    )


def show_pack(reader: Reader, query: ShowPack) -> PackShown:
    """With what its orders and actions are called now: whoever was erased has no name here."""
    asked = _mine(reader, PACK.c.content)
    asked = asked.where(PACK.c.kind == query.kind, PACK.c.period == query.period)
    row = reader.conn.execute(asked).one_or_none()
    if row is None:
        raise PackUnknown(kind=query.kind, period=query.period)
    told = json.loads(row.content)
    named = [*told.get("opened", ()), *told.get("closed", ())]
    named += [one[0] for name in ("late", "ahead", "worst") for one in told.get(name, ())]
    orders = _orders(reader, named)
    return PackShown(
        line=_line(row, row.content),
        orders=orders,
        problems=_problems(reader, [one["id"] for one in told.get("actions", ())]),
    )


def list_baselines(reader: Reader, _query: ListBaselines) -> tuple[BaselineLine, ...]:
    """Without their figures."""
    rows = reader.conn.execute(_baselines().order_by(BASELINE.c.id.desc())).all()
    return tuple(_baseline(row, None) for row in rows)


def show_baseline(reader: Reader, query: ShowBaseline) -> BaselineLine | None:
    """The figures that were frozen for whoever sees just these sites."""
    which = BASELINE.c.active == 1 if query.baseline is None else BASELINE.c.id == query.baseline
    row = reader.conn.execute(_baselines().where(which)).one_or_none()
    if row is None:
        return None
    asked = select(PART.c.content).where(PART.c.baseline_id == row.id)
    mine = asked.where(PART.c.scope == written_scope(reader.who.scope))
    return _baseline(row, reader.conn.execute(mine).scalar_one_or_none())


def day_work(reader: Reader, query: DayWork) -> DayFacts:
    """Of orders that count in figures."""
    (cut,) = cuts(reader, query).values()
    late, late_count = _promised(reader, cut, f"due < {cut.now}", once=True)
    soon = f"due >= {cut.now} AND due < {to_ms(query.ahead)}"
    ahead, ahead_count = _promised(reader, cut, soon)
    return DayFacts(
        opened=_numbers(reader, cut, "opened_at"),
        closed=_numbers(reader, cut, "closed_at"),
        late=late,
        ahead=ahead,
        late_count=late_count,
        ahead_count=ahead_count,
    )


def _numbers(reader: Reader, cut: Cut, along: str) -> tuple[int, ...]:
    where = f"{along} >= {cut.since} AND {along} < {cut.until} AND counts = 1{cut.here}"
    text = f"SELECT number FROM kpi_order WHERE {where} ORDER BY number LIMIT {MOST}"
    return tuple(int(number) for (number,) in ask(reader.conn, reader.kind, text))


def _promised(
    reader: Reader, cut: Cut, when: str, *, once: bool = False
) -> tuple[tuple[PromisedThing, ...], int]:
    """All that is promised so, and how many; `once` an order, by what it is late with longest."""
    place = "row_number() OVER (PARTITION BY n ORDER BY due, what)"
    which = " WHERE place = 1" if once else ""
    held = (
        "SELECT number AS n FROM kpi_order WHERE closed_at IS NULL AND done_at IS NULL"
        f" AND counts = 1{cut.here}"
    )
    text = (
        f"SELECT n, due, what, count(*) OVER () FROM (SELECT n, due, what, {place} AS place FROM ("
        f"SELECT n, due_at AS due, kind AS what FROM ({held}) AS held JOIN clock ON number = n"
        " WHERE met_at IS NULL AND ended_at IS NULL AND due_at IS NOT NULL"
        f" UNION ALL SELECT n, due_at, '{_CALL}' FROM ({held}) AS others"
        " JOIN follow_up ON number = n WHERE done_at IS NULL"
        f") AS told WHERE {when}) AS placed{which} ORDER BY due, n, what LIMIT {MOST}"
    )
    rows = list(ask(reader.conn, reader.kind, text))
    found = tuple(PromisedThing(number=n, due_at=from_ms(due), kind=w) for n, due, w, _all in rows)
    return found, int(rows[0][3]) if rows else 0


def _mine(reader: Reader, *more: Any) -> Any:
    columns = [column for column in PACK.c if column.name != "content"]
    return select(*columns, *more).where(PACK.c.scope == written_scope(reader.who.scope))


def _line(row: Any, content: str) -> PackLine:
    return PackLine(
        id=row.id,
        kind=row.kind,
        period=row.period,
        first=date.fromisoformat(row.first_day),
        last=date.fromisoformat(row.last_day),
        zone=row.zone,
        due_at=row.due_at,
        written_at=row.written_at,
        digest=row.digest,
        content=content,
    )


def _baselines() -> Any:
    return select(BASELINE, _OPERATORS.c.name.label("operator")).outerjoin(
        _OPERATORS, _OPERATORS.c.id == BASELINE.c.frozen_by
    )


def _baseline(row: Any, content: str | None) -> BaselineLine:
    return BaselineLine(
        id=row.id,
        name=row.name,
        first=date.fromisoformat(row.first_day),
        last=date.fromisoformat(row.last_day),
        zone=row.zone,
        frozen_at=row.frozen_at,
        frozen_by=row.operator or "?",
        active=row.active == 1,
        period=None if content is None else period_from(json.loads(content)),
    )


def _orders(reader: Reader, numbers: list[int]) -> dict[int, NamedOrder]:
    o = ORDERS.c
    asked = (
        select(o.number, o.title, SITES.c.name.label("site"), CUSTOMERS.c.name.label("customer"))
        .select_from(
            ORDERS.outerjoin(SITES, SITES.c.id == o.site_id).outerjoin(
                CUSTOMERS, CUSTOMERS.c.id == o.customer_id
            )
        )
        .where(o.number.in_(sorted(set(numbers))), within(reader, o.site_id))
    )
    return {
        row.number: NamedOrder(title=row.title, site=row.site, customer=row.customer)
        for row in reader.conn.execute(asked)
    }


def _problems(reader: Reader, actions: list[int]) -> dict[int, str]:
    asked = (
        select(CORRECTIVE.c.id, CORRECTIVE.c.problem)
        .join(ORDERS, ORDERS.c.number == CORRECTIVE.c.number)
        .where(CORRECTIVE.c.id.in_(actions), within(reader, ORDERS.c.site_id))
    )
    return {row.id: row.problem for row in reader.conn.execute(asked)}
