"""The desk's own table of travel times: kept row by row, replaced whole, read once a process."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, select, text

from store.domain.dispatch.travel_table import TravelTable
from store.domain.errors import Refusal
from store.domain.facts import Fact
from store.domain.words import N_
from store.persistence import ground
from store.persistence.mapping import table_of
from store.persistence.statements import insert_into, send
from store.persistence.tables import OperatorRow, SiteRow, TravelLoadRow, TravelRowRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from store.domain.dispatch.travel_table import Minutes
    from store.domain.distance import Position
    from store.persistence.transaction import Transaction

LOAD, ROW = table_of(TravelLoadRow), table_of(TravelRowRow)
_SITE, _OPERATOR = table_of(SiteRow), table_of(OperatorRow)
_LOADED = (
    select(LOAD.c.loaded_at, LOAD.c.pairs, LOAD.c.digest, _OPERATOR.c.name.label("by"))
    .select_from(LOAD.outerjoin(_OPERATOR, _OPERATOR.c.id == LOAD.c.loaded_by))
    .order_by(LOAD.c.id.desc())
    .limit(1)
)
_ROWS = select(ROW.c.site_id, ROW.c.minutes)
_PLACES = (
    select(_SITE.c.id, _SITE.c.latitude, _SITE.c.longitude)
    .join(ROW, ROW.c.site_id == _SITE.c.id)
    .where(_SITE.c.latitude.is_not(None), _SITE.c.longitude.is_not(None))
)
_ALONE: Final = text("LOCK TABLE travel_row IN SHARE ROW EXCLUSIVE MODE")
_KEPT: Final = 2
"""Tables that are remembered: a process has one store, or a drill beside its own."""
_known: dict[str, Minutes] = {}
"""What tables say, by the digest of it: the same wherever it was read."""


class TravelDamaged(Refusal):
    """The table that counts is not what was loaded: something else than paidan has written it."""

    sentence = N_(
        "the travel times that are kept are damaged: load them again"
        " (paidan import --travel FILE), or drop them (set table usual)"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """The table that counts."""

    at: datetime
    by: str
    pairs: int
    digest: str


def loaded(conn: Connection) -> Loaded | None:
    """When the table that counts was loaded, and by whom; None where there is none."""
    row = conn.execute(_LOADED).one_or_none()
    if row is None:
        return None
    return Loaded(at=row.loaded_at, by=row.by or "?", pairs=row.pairs, digest=row.digest)


def table_now(conn: Connection) -> TravelTable | None:
    """The table that counts; None where there is none."""
    found = loaded(conn)
    if found is None:
        return None
    minutes = _known.get(found.digest)
    if minutes is None:
        while len(_known) >= _KEPT:
            _known.pop(next(iter(_known)), None)
        minutes = _read(conn)
        if _digest(minutes) != found.digest:
            raise TravelDamaged
        _known[found.digest] = minutes
    places: dict[int, Position] = {row[0]: (row[1], row[2]) for row in conn.execute(_PLACES)}
    return TravelTable(minutes, places)


def is_damaged(conn: Connection) -> bool:
    """Whether what is kept is not what was loaded."""
    found = loaded(conn)
    return found is not None and _digest(_read(conn)) != found.digest


def hold(work: Transaction) -> None:
    """Be the only one who replaces the table, until the end: others only read it meanwhile."""
    if work.kind == "postgresql":
        work.conn.execute(_ALONE)


def put(work: Transaction, minutes: Minutes) -> bool:
    """Replace the table whole; one that says nothing takes it away. Whether that changed it.

    Its rows may take long, and nobody waits for them: which table counts is said last.
    """
    hold(work)
    before = loaded(work.conn)
    sites = {*minutes, *(site for row in minutes.values() for site in row)}
    whole = {site: dict(sorted(minutes.get(site, {}).items())) for site in sorted(sites)}
    pairs = sum(map(len, whole.values()))
    digest = _digest(whole) if pairs else ""
    if digest == ("" if before is None else before.digest):
        return False
    work.conn.execute(delete(ROW))
    if pairs:
        rows = [{"site_id": site, "minutes": _flat(row)} for site, row in whole.items()]
        send(work.conn, insert_into(ROW), rows)
    ground.hold_to_change(work, ground.TRAVEL)
    work.conn.execute(delete(LOAD))
    if pairs:
        given = {"loaded_at": work.at, "loaded_by": work.who.operator}
        work.conn.execute(insert_into(LOAD), {**given, "pairs": pairs, "digest": digest})
    was = {} if before is None else {"instead": {"pairs": before.pairs, "sha256": before.digest}}
    told = {"pairs": pairs, "sites": len(whole), "sha256": digest} if pairs else {}
    work.record(Fact(name="travel_loaded" if pairs else "travel_dropped", body={**told, **was}))
    return True


def _read(conn: Connection) -> Minutes:
    kept = {site: flat for site, flat in conn.execute(_ROWS) if isinstance(flat, list)}
    return {
        site: dict(zip(flat[::2], flat[1::2], strict=False)) for site, flat in sorted(kept.items())
    }


def _flat(row: dict[int, int]) -> list[int]:
    return [part for pair in row.items() for part in pair]


def _digest(whole: Minutes) -> str:
    """Of sites in their order, each with those that ways lead to from it, in theirs."""
    plain: Any = [[site, _flat(row)] for site, row in whole.items()]
    return hashlib.sha256(repr(plain).encode()).hexdigest()
