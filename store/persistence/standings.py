"""How technicians stand: hours, absences, papers, regions, wishes, and the orders that they have.

A plan is made from this, and tells its stamps when it is taken: with another one it was made for
another board. What all of them are reckoned with is part of each: figures, travel times, and what
kinds of work take.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select, text

from store.domain.lifecycle import LIVE_VISITS
from store.persistence import people_state, travel_times
from store.persistence.figures import figures_of
from store.persistence.mapping import ORDER, VISIT
from store.persistence.statements import among
from store.persistence.tables import metadata

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection, Table

_T = metadata.tables
_PEOPLE, _SITES = _T["technician"], _T["site"]
_LIVE: Final = [state.value for state in LIVE_VISITS]
_BEFORE = timedelta(hours=4)
"""Shifts that ended so long ago may still be parts of the working day."""
AHEAD: Final = timedelta(days=2)
"""How far a plan looks."""

_HOLD_GROUND: Final = text("LOCK TABLE dispatch_figure, travel_load, work_kind IN SHARE MODE")
"""Whoever reads them beside us does not wait, whoever would change them does."""

Span = tuple[datetime, datetime]


@dataclass(slots=True, kw_only=True)
class Standing:
    """One technician, as far as a plan depends on him."""

    row: Any
    shifts: list[Span] = field(default_factory=list)
    absences: list[Span] = field(default_factory=list)
    papers: list[tuple[str, datetime | None]] = field(default_factory=list)
    skills: dict[int, int] = field(default_factory=dict)
    regions: set[int] = field(default_factory=set)
    wishes: dict[int, int] = field(default_factory=dict)
    orders: list[tuple[int, int, str, float | None, float | None]] = field(default_factory=list)
    """Each with its version, how far his visit is, and where its site lies."""
    ground: str = ""
    """What everybody is reckoned with."""

    @property
    def stamp(self) -> str:
        """Another one as soon as any of it differs; where he was seen does not count."""
        parts = (
            *(self.row.active, self.row.state == "off", self.row.home_site_id, self.row.carries),
            *(self.ground, self.row.home_lat, self.row.home_long),
            *(sorted(self.shifts), sorted(self.absences), sorted(self.orders, key=_in_turn)),
            sorted((name, str(ends)) for name, ends in self.papers),
            *(sorted(self.skills.items()), sorted(self.wishes.items()), sorted(self.regions)),
        )
        return _word(parts)


def standings(
    conn: Connection, kind: str, people: Sequence[int], *, at: datetime
) -> dict[int, Standing]:
    """Some technicians by id, those left out who are not there."""
    given = {"people": sorted(people)}
    who = select(_PEOPLE, _SITES.c.region_id, *_home()).select_from(
        _PEOPLE.outerjoin(_SITES, _SITES.c.id == _PEOPLE.c.home_site_id)
    )
    rows = conn.execute(who.where(among(_PEOPLE.c.id, "people", kind)), given)
    ground = _ground(conn)
    found = {row.id: Standing(row=row, ground=ground) for row in rows}
    for name, into in (("shift", "shifts"), ("absence", "absences")):
        table = _T[name]
        spans = select(table.c.technician_id, table.c.starts_at, table.c.ends_at).where(
            among(table.c.technician_id, "people", kind),
            *(table.c.ends_at > at - _BEFORE, table.c.starts_at < at + AHEAD),
        )
        for person, begins, ends in conn.execute(spans, given):
            getattr(found[person], into).append((begins, ends))
    for person, name, ends in _told(conn, kind, given, "certificate", "name", "expires_at"):
        found[person].papers.append((name, ends))
    for person, skill, level in _told(conn, kind, given, "technician_skill", "skill_id", "level"):
        found[person].skills[skill] = level
    for person, region in _told(conn, kind, given, "technician_region", "region_id"):
        found[person].regions.add(region)
    for person, customer, wish in _told(
        conn, kind, given, "technician_wish", "customer_id", "wish"
    ):
        found[person].wishes[customer] = wish
    for person, *order in _orders(conn, kind, given):
        found[person].orders.append(tuple(order))
    return found


def stamps(conn: Connection, kind: str, people: Sequence[int], *, at: datetime) -> dict[int, str]:
    """How each of them stands, in a word."""
    return {who: one.stamp for who, one in standings(conn, kind, people, at=at).items()}


def held_stamps(
    conn: Connection, kind: str, people: Iterable[int], *, at: datetime
) -> dict[int, str]:
    """The same, their rows locked: nobody gives them anything more until the end.

    Nor does anybody change meanwhile what all of them are reckoned with.
    """
    some = sorted(set(people))
    people_state.hold(conn, some)
    if kind == "postgresql":  # rows are not enough: what is set for the first time has none yet
        conn.execute(_HOLD_GROUND)
    return stamps(conn, kind, some, at=at)


def places(
    conn: Connection, kind: str, numbers: Iterable[int], *, hold: bool = False
) -> dict[int, str]:
    """Where orders lie, in a word each; those without a site are left out.

    With `hold` nobody moves their sites until the end.
    """
    asked = (
        select(ORDER.c.number, _SITES.c.id, _SITES.c.latitude, _SITES.c.longitude)
        .add_columns(_SITES.c.region_id)
        .select_from(ORDER.join(_SITES, _SITES.c.id == ORDER.c.site_id))
        .where(among(ORDER.c.number, "numbers", kind))
        .order_by(_SITES.c.id)
    )
    if hold:
        asked = asked.with_for_update(read=True, of=_SITES)
    found = conn.execute(asked, {"numbers": sorted(set(numbers))})
    return {number: _word(tuple(place)) for number, *place in found}


def rostered(conn: Connection) -> set[int]:
    """Technicians for whom a shift was ever entered; the others are always there."""
    return set(conn.execute(select(_T["shift"].c.technician_id).distinct()).scalars())


def _ground(conn: Connection) -> str:
    """What ways, rest and skills are reckoned with at this desk, in a word."""
    table, kinds = travel_times.loaded(conn), _T["work_kind"]
    needs = select(kinds.c.code, kinds.c.name, kinds.c.skill_id, kinds.c.level, kinds.c.certificate)
    takes = [tuple(row) for row in conn.execute(needs.order_by(kinds.c.id))]
    return repr((figures_of(conn), table and table.digest, takes))


def _word(parts: tuple[Any, ...]) -> str:
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _in_turn(order: tuple[Any, ...]) -> tuple[int, str]:
    return order[0], order[2]


def _home() -> tuple[Any, ...]:
    return _SITES.c.latitude.label("home_lat"), _SITES.c.longitude.label("home_long")


def _told(conn: Connection, kind: str, given: Any, name: str, *columns: str) -> Any:
    table: Table = _T[name]
    asked = select(table.c.technician_id, *(table.c[column] for column in columns))
    return conn.execute(asked.where(among(table.c.technician_id, "people", kind)), given)


def _orders(conn: Connection, kind: str, given: Any) -> Any:
    place = _SITES.c.latitude, _SITES.c.longitude
    asked = select(VISIT.c.technician_id, ORDER.c.number, ORDER.c.version, VISIT.c.state, *place)
    held = asked.select_from(
        VISIT.join(ORDER, ORDER.c.number == VISIT.c.number).outerjoin(
            _SITES, _SITES.c.id == ORDER.c.site_id
        )
    )
    his = among(VISIT.c.technician_id, "people", kind)
    return conn.execute(held.where(his, VISIT.c.state.in_(_LIVE)), given)
