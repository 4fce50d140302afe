"""Packs and baselines in the store: what is owed, written once, and frozen.

The database says that a period has one pack for each set of sites that somebody sees: any number of
processes may write at once.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, func, select, update

from store.domain.calendar import Calendar
from store.domain.calendar_refusals import CalendarRefused
from store.domain.facts import Fact, canonical
from store.domain.kpi.baseline import BaselineUnknown
from store.domain.packs import PackKind, after_last, next_packs, packs_due
from store.domain.who import SYSTEM_OPERATOR, Scope
from store.persistence.figures import figures_of
from store.persistence.levels import Shelf
from store.persistence.mapping import ORDER, table_of
from store.persistence.scoping import within
from store.persistence.statements import insert_into
from store.persistence.tables import (
    BaselinePartRow,
    BaselineRow,
    OperatorRow,
    OperatorSiteRow,
    PackRow,
    SiteRow,
)
from store.persistence.types import to_ms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from sqlalchemy import Connection

    from store.domain.packs import DuePack

PACK, BASELINE = table_of(PackRow), table_of(BaselineRow)
PART = table_of(BaselinePartRow)
_SITE = table_of(SiteRow)
_OPERATOR, _OPERATOR_SITE = table_of(OperatorRow), table_of(OperatorSiteRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedPack:
    """A pack that is due and not there yet."""

    pack: DuePack
    scope: Scope
    """For whom: whoever sees just these sites."""
    zone: str


def written_scope(scope: Scope) -> str:
    """Which sites, as a row says it; of who sees none another word than of who sees all."""
    return "" if scope.sites is None else ",".join(map(str, sorted(scope.sites))) or "-"


def scopes(conn: Connection) -> list[Scope]:
    """The whole desk, and each set of sites that somebody who works here was given."""
    asked = (
        select(_OPERATOR.c.id, _OPERATOR_SITE.c.site_id)
        .join(_OPERATOR_SITE, _OPERATOR_SITE.c.operator_id == _OPERATOR.c.id)
        .where(_OPERATOR.c.active == True, _OPERATOR.c.everywhere == False)  # noqa: E712  a column
        .where(_OPERATOR.c.id != SYSTEM_OPERATOR)
    )
    sites: dict[int, set[int]] = {}
    for operator, site in conn.execute(asked):
        sites.setdefault(operator, set()).add(site)
    found = {frozenset(one) for one in sites.values()}
    return [Scope(), *(Scope(one) for one in sorted(found, key=sorted))]


def owed(conn: Connection, kind: str, *, at: datetime) -> tuple[OwedPack, ...]:
    """What is due and not written; nothing for those who had no order by the end of it."""
    desk, figures = Shelf(conn).desk_hours(), figures_of(conn)
    monthly = PACK.c.kind == PackKind.MONTHLY.value
    months: dict[str, set[str]] = {}
    for scope, period in conn.execute(select(PACK.c.scope, PACK.c.period).where(monthly)):
        months.setdefault(scope, set()).add(period)
    wanted = scopes(conn)
    hours = hours_of(conn, wanted, desk)
    known: dict[tuple[str, frozenset[str]], tuple[DuePack, ...]] = {}
    due = {}
    for scope in wanted:
        name = written_scope(scope)
        alike = hours[scope].zone.key, frozenset(months.get(name, ()))
        if alike not in known:  # most have the same: it is reckoned every few seconds
            known[alike] = packs_due(hours[scope], figures, at=at, months=alike[1])
        due[name] = known[alike]
    there = _there(conn, {one.period for some in due.values() for one in some})
    found = []
    for scope in wanted:
        name = written_scope(scope)
        for one in due[name]:
            if (one.kind.value, one.period, name) in there:
                continue
            pack = after_last(hours[scope], one, _told_until(conn, one, name))
            if pack is not None and _has_history(conn, kind, scope, before=pack.due_at):
                found.append(OwedPack(pack=pack, scope=scope, zone=hours[scope].zone.key))
    return tuple(found)


def coming(conn: Connection, scope: Scope, *, at: datetime) -> tuple[DuePack, ...]:
    """The next of each kind for who sees just these sites."""
    hours = hours_of(conn, [scope], Shelf(conn).desk_hours())[scope]
    return next_packs(hours, figures_of(conn), at=at)


def hours_of(conn: Connection, wanted: Iterable[Scope], desk: Calendar) -> dict[Scope, Calendar]:
    """The desk's hours, on the walls of the zone in which all sites of a scope lie.

    The desk's own walls where they lie in several, or in one that this machine does not know.
    """
    asked = select(_SITE.c.id, _SITE.c.zone)
    zones = {row.id: row.zone for row in conn.execute(asked)}
    spec = json.dumps(desk.spec(), sort_keys=True)
    found = {}
    for scope in wanted:
        mine = {zones[site] for site in scope.sites or () if site in zones}
        (zone,) = mine if len(mine) == 1 else (desk.zone.key,)
        found[scope] = desk if zone == desk.zone.key else _moved(spec, zone) or desk
    return found


@lru_cache(64)
def _moved(spec: str, zone: str) -> Calendar | None:
    """The same hours on other walls; None where nobody here knows them."""
    try:
        return Calendar.parse({**json.loads(spec), "zone": zone})
    except (CalendarRefused, ValueError, OSError):
        return None


def _told_until(conn: Connection, pack: DuePack, scope: str) -> datetime | None:
    """Up to when the summary before it tells; None where it is the first, or none."""
    if pack.kind is not PackKind.DAILY:
        return None
    mine = select(func.max(PACK.c.due_at)).where(PACK.c.scope == scope)
    found: datetime | None = conn.execute(mine.where(PACK.c.kind == pack.kind.value)).scalar()
    return found


def _there(conn: Connection, periods: Iterable[str]) -> set[tuple[str, str, str]]:
    asked = select(PACK.c.kind, PACK.c.period, PACK.c.scope).where(PACK.c.period.in_([*periods]))
    return {(row.kind, row.period, row.scope) for row in conn.execute(asked)}


def _has_history(conn: Connection, kind: str, scope: Scope, *, before: datetime) -> bool:
    here = within(scope, ORDER.c.site_id, kind)
    return bool(conn.execute(select(exists().where(ORDER.c.opened_at < before, here))).scalar())


def digest_of(content: str) -> str:
    """What a pack's content is known by."""
    return hashlib.sha256(content.encode()).hexdigest()


def keep(work: Any, owed_: OwedPack, content: Mapping[str, Any]) -> bool:
    """Write a pack with its fact, once; False where somebody else has written it."""
    work.hold_desk()
    pack, scope = owed_.pack, written_scope(owed_.scope)
    if (pack.kind.value, pack.period, scope) in _there(work.conn, [pack.period]):
        return False
    text = canonical(content)
    row = {
        "kind": pack.kind.value,
        "period": pack.period,
        "scope": scope,
        "first_day": pack.first.isoformat(),
        "last_day": pack.last.isoformat(),
        "zone": owed_.zone,
        "due_at": pack.due_at,
        "written_at": work.at,
        "digest": digest_of(text),
        "content": text,
    }
    made = work.conn.execute(insert_into(PACK), row).inserted_primary_key
    told = {name: row[name] for name in ("kind", "period", "scope", "digest", "zone")}
    told |= {"first": row["first_day"], "last": row["last_day"], "due": to_ms(pack.due_at)}
    work.record(Fact(name="pack_written", body={"pack": int(made[0]), **told}))
    return True


def freeze(
    work: Any, name: str, days: tuple[date, date], zone: str, parts: Mapping[str, Mapping[str, Any]]
) -> int:
    """Keep a baseline in the place of the one that counted; its number."""
    work.hold_desk()
    work.conn.execute(update(BASELINE).where(BASELINE.c.active == 1).values(active=None))
    row = {
        "name": name,
        "first_day": days[0].isoformat(),
        "last_day": days[1].isoformat(),
        "zone": zone,
        "frozen_at": work.at,
        "frozen_by": work.who.operator,
        "active": 1,
    }
    made = work.conn.execute(insert_into(BASELINE), row).inserted_primary_key
    number = int(made[0])
    texts = {scope: canonical(content) for scope, content in parts.items()}
    for scope, text in texts.items():
        given = {"baseline_id": number, "scope": scope, "content": text}
        work.conn.execute(insert_into(PART), given)
    told = {"first": row["first_day"], "last": row["last_day"], "zone": zone}
    digests = {scope: digest_of(text) for scope, text in texts.items()}
    body = {"baseline": number, **told, "digests": digests}
    work.record(Fact(name="baseline_frozen", body=body, words={"name": name}))
    return number


def use(work: Any, number: int) -> dict[str, Any]:
    """Have one of those frozen before count; what it is called, and its days."""
    work.hold_desk()
    row = work.conn.execute(select(BASELINE).where(BASELINE.c.id == number)).one_or_none()
    if row is None:
        raise BaselineUnknown(number=number)
    if row.active is None:
        work.conn.execute(update(BASELINE).where(BASELINE.c.active == 1).values(active=None))
        work.conn.execute(update(BASELINE).where(BASELINE.c.id == number).values(active=1))
        work.record(Fact(name="baseline_chosen", body={"baseline": number}))
    return {"number": number, "name": row.name, "first": row.first_day, "last": row.last_day}
