"""Answers about technicians and names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, case, exists, func, not_, or_, select, true

from store.domain.errors import NameUnknown
from store.domain.lifecycle import VisitState
from store.domain.words import N_
from store.persistence import marks
from store.persistence.scoping import served
from store.persistence.tables import metadata
from store.persistence.types import Instant
from store.queries.answers.lines import ORDERS, SITES, TECHNICIANS
from store.queries.answers.scope import at_home, checked_limit, holds, within
from store.queries.people import Offered, TechnicianLine

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy import ColumnElement, Select, Table

    from store.persistence.reader import Reader
    from store.queries.people import DeskEmpty, DeskUntouched, PeopleNamed, TechnicianBoard

SHIFTS = metadata.tables["shift"]
VISITS = metadata.tables["visit"]
ABSENCES = metadata.tables["absence"]
OPERATOR_SITES = metadata.tables["operator_site"]

_NOW = bindparam("now", type_=Instant())
_FAR_ALONG = ("on_site", "en_route", "accepted", "assigned", "available", "break", "off")
_PLACE = {state: place for place, state in enumerate(_FAR_ALONG)}


def people_named(reader: Reader, query: PeopleNamed) -> tuple[Offered, ...]:
    """What a prompt can offer."""
    from store.persistence.lookups import REGISTERS  # brings all that writes

    register = REGISTERS.get(query.what)
    if register is None:
        raise NameUnknown(what=N_("register"), name=query.what)
    table, text = register.table, query.text.strip()
    shown: list[Any] = [table.c.id, table.c.code, table.c.name]
    if "name_zh" in table.c:
        shown.append(table.c.name_zh.label("also"))
    called = [table.c[one] for one in ("code", "name", "name_zh") if one in table.c]
    begins = or_(*(column.istartswith(text, autoescape=True) for column in called))
    found = (
        select(*shown)
        .where(holds(text, *called), in_sight(reader, query.what, table))
        .order_by(case((begins, 0), else_=1), table.c.code)
        .limit(checked_limit(query.limit))
    )
    if register.active:
        found = found.where(table.c.active == 1)
    return tuple(Offered(**row) for row in reader.conn.execute(found).mappings())


def desk_empty(reader: Reader, _query: DeskEmpty) -> bool:
    """One look at the table."""
    return _no_order(reader)


def _no_order(reader: Reader) -> bool:
    return reader.conn.execute(select(ORDERS.c.number).limit(1)).first() is None


def desk_untouched(reader: Reader, _query: DeskUntouched) -> bool:
    """As `desk_empty`, until somebody has said that it shall be so."""
    return _no_order(reader) and marks.find(reader.conn, marks.STARTED_EMPTY) is None


def technician_board(reader: Reader, query: TechnicianBoard) -> tuple[TechnicianLine, ...]:
    """Technicians in sight, those first who must hear of a recall.

    What they do at a site out of sight is not told.
    """
    found = board(reader).where(TECHNICIANS.c.active == 1)
    place = case(_PLACE, value=TECHNICIANS.c.state)
    order = (_recalled(reader).is_(None), place, TECHNICIANS.c.state_since, TECHNICIANS.c.id)
    return technicians(reader, found.order_by(*order).limit(checked_limit(query.limit)))


def technicians(reader: Reader, found: Select[Any], **given: Any) -> tuple[TechnicianLine, ...]:
    """The lines that a selection of `board` gives."""
    rows = reader.conn.execute(found, {"now": reader.at, **given}).mappings()
    return tuple(_line(row) for row in rows)


def board(reader: Reader) -> Select[Any]:
    """Technicians in sight with their present order."""
    who = TECHNICIANS
    seen = and_(ORDERS.c.number == who.c.current_number, within(reader, ORDERS.c.site_id))
    source = who.outerjoin(ORDERS, seen).outerjoin(SITES, SITES.c.id == ORDERS.c.site_id)
    columns: tuple[Any, ...] = (
        *(who.c[name] for name in ("id", "code", "name", "phone", "state", "state_since", "jobs")),
        who.c.carries,
        *(ORDERS.c.number, ORDERS.c.title, SITES.c.name.label("site_name")),
        *(_on_shift().label("on_shift"), _away_until().label("away_until")),
        _next_shift().label("off_until"),
        _recalled(reader).label("recalled"),
        _recalled_at(reader).label("recalled_at"),
    )
    return select(*columns).select_from(source).where(in_sight(reader, "technician", who))


def in_sight(reader: Reader, what: str, table: Table) -> ColumnElement[bool]:
    """Whether the asker's sites reach an entry of a register."""
    if reader.who.scope.sites is None or what not in _REACHED:
        return true()
    return _REACHED[what](reader, table)


def _has_site(reader: Reader, table: Table) -> ColumnElement[bool]:
    return exists().where(SITES.c.region_id == table.c.id, within(reader, SITES.c.id))


def _works_with(reader: Reader, table: Table) -> ColumnElement[bool]:
    """Whether an operator sees one of the asker's sites, or all there are; or is the asker."""
    his = OPERATOR_SITES.c.operator_id == table.c.id
    here = exists().where(his, within(reader, OPERATOR_SITES.c.site_id))
    return or_(here, table.c.everywhere == 1, table.c.id == reader.who.operator)


_REACHED: Mapping[str, Callable[[Reader, Table], ColumnElement[bool]]] = {
    "site": lambda reader, table: within(reader, table.c.id),
    "asset": lambda reader, table: within(reader, table.c.site_id),
    "technician": at_home,
    "customer": lambda reader, table: served(reader.who.scope, table.c.id, reader.kind),
    "region": _has_site,
    "operator": _works_with,
}
"""How sites reach a register; the others are the whole desk's."""


def _on_shift() -> ColumnElement[bool]:
    """A shift covers the instant; a technician without any entered counts as there."""
    his = SHIFTS.c.technician_id == TECHNICIANS.c.id
    any_at_all = exists().where(his).correlate(TECHNICIANS)
    covers = exists().where(his, SHIFTS.c.starts_at <= _NOW, SHIFTS.c.ends_at > _NOW)
    return or_(covers.correlate(TECHNICIANS), not_(any_at_all))


def _next_shift() -> ColumnElement[Any]:
    ahead = select(func.min(SHIFTS.c.starts_at)).where(
        SHIFTS.c.technician_id == TECHNICIANS.c.id, SHIFTS.c.starts_at > _NOW
    )
    return ahead.correlate(TECHNICIANS).scalar_subquery()


def _away_until() -> ColumnElement[Any]:
    away = select(func.max(ABSENCES.c.ends_at)).where(
        ABSENCES.c.technician_id == TECHNICIANS.c.id,
        ABSENCES.c.starts_at <= _NOW,
        ABSENCES.c.ends_at > _NOW,
    )
    return away.correlate(TECHNICIANS).scalar_subquery()


def _recalled(reader: Reader) -> ColumnElement[Any]:
    unseen = _unseen(reader, func.min(VISITS.c.number))
    return unseen.correlate(TECHNICIANS).scalar_subquery()


def _recalled_at(reader: Reader) -> ColumnElement[Any]:
    """Of the order that is named, when he was recalled last."""
    unseen = _unseen(reader, VISITS.c.ended_at).order_by(VISITS.c.number, VISITS.c.ended_at.desc())
    return unseen.limit(1).correlate(TECHNICIANS).scalar_subquery()


def _unseen(reader: Reader, what: ColumnElement[Any]) -> Select[Any]:
    """Something of the visits that he must still see he is not to make."""
    return (
        select(what)
        .join(ORDERS, ORDERS.c.number == VISITS.c.number)
        .where(VISITS.c.technician_id == TECHNICIANS.c.id)
        .where(VISITS.c.state == VisitState.RECALLED.value, VISITS.c.seen_at.is_(None))
        .where(within(reader, ORDERS.c.site_id))
    )


def _line(row: Mapping[Any, Any]) -> TechnicianLine:
    shift, away = bool(row["on_shift"]), row["away_until"]
    off_until = None if shift else row["off_until"]
    told = {"on_shift": shift, "absent": away is not None, "off_until": off_until}
    return TechnicianLine(**{**row, **told})
