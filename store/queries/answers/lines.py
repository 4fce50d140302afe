"""The board's lines: which columns they are made of, and how."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import FromClause, and_, case, exists, func, or_, select

from store.domain.dispatch.automatic import Mode, Why
from store.domain.lifecycle import LIVE_VISITS, Category, read_state
from store.domain.targets import ClockKind
from store.persistence.nominees import STANDS
from store.persistence.statements import among
from store.persistence.tables import metadata
from store.queries.answers.has_done import has_done
from store.queries.answers.scope import at_home
from store.queries.board import BoardLine, Key, Nominee

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from sqlalchemy import ColumnElement, Select

    from store.persistence.reader import Reader

ORDERS = metadata.tables["work_order"]
SITES = metadata.tables["site"]
CUSTOMERS = metadata.tables["customer"]
TECHNICIANS = metadata.tables["technician"]
ALARMS, CLOCKS = metadata.tables["alarm"], metadata.tables["clock"]
AUTOMATIC, NOMINEES = metadata.tables["automatic"], metadata.tables["nominee"]
PROPOSED = TECHNICIANS.alias("proposed")

BETWEEN = "\n"
"""Between names of which none has one."""
_WITH = "\t"
"""Between a name and its code, the same."""
_CASES, _VISITS = ORDERS.alias("cases"), metadata.tables["visit"]


def _of_incident(counted: Select[Any], name: str) -> ColumnElement[int]:
    """A count that only a major incident has: no other line looks for it."""
    found = counted.correlate(ORDERS).scalar_subquery()
    return case((ORDERS.c.cadence_s.is_not(None), found), else_=0).label(name)


_OPEN_UNDER = (
    select(func.count())
    .select_from(_CASES)
    .where(_CASES.c.parent == ORDERS.c.number)
    .where(_CASES.c.category.in_([Category.OPEN.value, Category.WAITING.value]))
)
_HANDS = (
    select(func.count())
    .select_from(_VISITS)
    .where(_VISITS.c.number == ORDERS.c.number)
    .where(_VISITS.c.state.in_([state.value for state in LIVE_VISITS]))
)
_MATES, _BESIDE = metadata.tables["visit"].alias("mates"), TECHNICIANS.alias("beside")
_OTHERS = (
    select(func.aggregate_strings(_BESIDE.c.name + _WITH + _BESIDE.c.code, BETWEEN))
    .select_from(_MATES.join(_BESIDE, _BESIDE.c.id == _MATES.c.technician_id))
    .where(_MATES.c.number == ORDERS.c.number)
    .where(_MATES.c.state.in_([state.value for state in LIVE_VISITS]))
    .where(_MATES.c.technician_id != ORDERS.c.technician_id)
    .correlate(ORDERS)
    .scalar_subquery()
)
"""Who has an order beside the one furthest along; nobody has one that nobody has."""
_WENT = (
    select(func.count())
    .select_from(_MATES)
    .where(_MATES.c.number == ORDERS.c.number, has_done(_MATES))
    .correlate(ORDERS)
    .scalar_subquery()
)
_WAIVER = (
    select(func.max(CLOCKS.c.waiver))
    .where(CLOCKS.c.number == ORDERS.c.number, CLOCKS.c.own_due_at < CLOCKS.c.due_at)
    .where(CLOCKS.c.met_at.is_(None), CLOCKS.c.ended_at.is_(None))
    .correlate(ORDERS)
    .scalar_subquery()
)

COLUMNS = (
    ORDERS.c.number,
    ORDERS.c.version,
    ORDERS.c.title,
    ORDERS.c.priority,
    ORDERS.c.state,
    ORDERS.c.category,
    ORDERS.c.state_since,
    ORDERS.c.opened_at,
    ORDERS.c.reason,
    ORDERS.c.wake_at,
    ORDERS.c.next_deadline,
    ORDERS.c.next_clock,
    ORDERS.c.risk_at,
    ORDERS.c.orphan_at,
    ORDERS.c.follow_at,
    ORDERS.c.rank_at,
    ORDERS.c.site_id,
    SITES.c.code.label("site_code"),
    SITES.c.name.label("site_name"),
    CUSTOMERS.c.name.label("customer_name"),
    TECHNICIANS.c.code.label("technician_code"),
    TECHNICIANS.c.name.label("technician_name"),
    ALARMS.c.severity,
    ALARMS.c.acknowledged_at,
    ALARMS.c.rings,
    ALARMS.c.shelved_until,
    ALARMS.c.id.label("alarm"),
    ORDERS.c.cadence_s,
    ORDERS.c.chased,
    exists(select(AUTOMATIC.c.id).where(AUTOMATIC.c.mode != Mode.OFF.value)).label("dispatches"),
    ORDERS.c.locked_by,
    _of_incident(_OPEN_UNDER, "under"),
    _of_incident(_HANDS, "hands"),
    ORDERS.c.crew,
    case((ORDERS.c.technician_id.is_not(None), _OTHERS), else_=None).label("others"),
    ORDERS.c.appointment_at.is_not(None).label("appointed"),
    SITES.c.zone.label("site_zone"),
    case((ORDERS.c.crew > 1, _WENT), else_=0).label("went"),
    case((ORDERS.c.next_deadline.is_not(None), _WAIVER), else_=None).label("waiver"),
)
"""`dispatches` says whether the desk proposes anybody: whom is asked apart, only where it does."""

_NOMINEE = tuple(Nominee.__slots__)


def joined(source: FromClause) -> FromClause:
    """The source, which has `work_order`, with what a line shows of other tables."""
    return (
        source.outerjoin(SITES, SITES.c.id == ORDERS.c.site_id)
        .outerjoin(CUSTOMERS, CUSTOMERS.c.id == ORDERS.c.customer_id)
        .outerjoin(TECHNICIANS, TECHNICIANS.c.id == ORDERS.c.technician_id)
        .outerjoin(ALARMS, and_(ALARMS.c.number == ORDERS.c.number, ALARMS.c.cleared_at.is_(None)))
    )


def lines(rows: Iterable[Any], key: int, reader: Reader | None = None) -> tuple[BoardLine, ...]:
    """Rows of `COLUMNS` as lines; the instant of their keys is the column at this place.

    With a reader also whom the desk proposes.
    """
    read = list(rows)
    found = tuple(_line(row, row[key]) for row in read)
    if reader is not None and any(line.crew > 1 and line.technician_code for line in found):
        found = _with_away(found, reader)
    if reader is None or not read or not read[0][PLACES["dispatches"]]:
        return found
    proposed = nominees(reader, [line.number for line in found])
    return tuple(
        replace(line, nominee=proposed[line.number]) if line.number in proposed else line
        for line in found
    )


def _with_away(found: tuple[BoardLine, ...], reader: Reader) -> tuple[BoardLine, ...]:
    """With who of a crew is not there: asked only where there is one."""
    from store.queries.answers.crews import away_from  # most desks send one at a time

    away = away_from(reader, [line.number for line in found if line.crew > 1])
    return tuple(
        replace(line, away=tuple(one.code for one in away[line.number]))
        if line.number in away
        else line
        for line in found
    )


@cache
def _nominated(kind: str) -> Select[Any]:
    """Whom the desk proposes for orders as they stand: who works here, and has them not already."""
    columns = (
        *(ORDERS.c.number, PROPOSED.c.id, PROPOSED.c.code, PROPOSED.c.name),
        *(NOMINEES.c.arrive_at, NOMINEES.c.left_s, NOMINEES.c.why),
    )
    is_his = and_(PROPOSED.c.id == NOMINEES.c.technician_id, PROPOSED.c.active == 1)
    source = ORDERS.join(NOMINEES, STANDS).join(PROPOSED, is_his)
    others = or_(
        NOMINEES.c.technician_id.is_distinct_from(ORDERS.c.technician_id),
        NOMINEES.c.why == Why.NOBODY_ELSE.value,
    )
    mine = among(ORDERS.c.number, "numbers", kind)
    return select(*columns).select_from(source).where(others, mine)


def nominees(reader: Reader, numbers: list[int]) -> dict[int, Nominee]:
    """Whom the desk proposes for some orders as they stand, where the asker sees him."""
    asked = _nominated(reader.kind)
    if reader.who.scope.sites is not None:
        asked = asked.where(at_home(reader, PROPOSED))
    rows = reader.conn.execute(asked, {"numbers": numbers}).all()
    return {row[0]: Nominee(**dict(zip(_NOMINEE, row[1:], strict=True))) for row in rows}


PLACES: Mapping[str, int] = {column.name: place for place, column in enumerate(COLUMNS)}

_CATEGORIES = {category.value: category for category in Category}
_CLOCKS: Mapping[str | None, ClockKind | None] = {
    None: None,
    **{kind.value: kind for kind in ClockKind},
}
"""Looked up, not constructed: an enum's call costs as much as reading the row."""


def _line(row: Any, at: datetime) -> BoardLine:
    beside = sorted(one.rpartition(_WITH) for one in row[34].split(BETWEEN)) if row[34] else ()
    return BoardLine(
        key=Key(at, row[0]),
        number=row[0],
        version=row[1],
        title=row[2],
        priority=row[3],
        state=read_state(row[4]),
        category=_CATEGORIES.get(row[5], Category.OPEN),
        state_since=row[6],
        opened_at=row[7],
        reason=row[8],
        wake_at=row[9],
        next_deadline=row[10],
        next_clock=_CLOCKS.get(row[11]),
        risk_at=row[12],
        orphan_at=row[13],
        follow_at=row[14],
        rank_at=row[15],
        site=row[16],
        site_code=row[17],
        site_name=row[18],
        customer_name=row[19],
        technician_code=row[20],
        technician_name=row[21],
        severity=row[22],
        acknowledged=row[23] is not None or row[25] is not None,
        rings=row[24] or 0,
        alarm=row[26],
        incident=row[27] is not None,
        chased=row[28],
        shelved=row[25] is not None,
        locked=row[30] is not None,
        under=row[31],
        hands=row[32],
        crew=row[33],
        others=tuple(name for name, _with, _code in beside),
        mates=tuple(code for _name, _with, code in beside),
        appointed=bool(row[35]),
        site_zone=row[36] or "",
        went=row[37],
        waiver=row[38],
    )
