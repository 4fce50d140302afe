"""How technicians stand: hours, absences, papers, regions, wishes, and the orders that they have.

A plan is made from this, and tells its stamps when it is taken: with another one it was made for
another board. What all of them are reckoned with is part of each: figures, travel times, what kinds
of work take, and which skills there are, since a kind of work that is called like one takes it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, exists, literal, select, union_all

from store.domain.lifecycle import LIVE_VISITS
from store.persistence import ground, people_state, travel_times
from store.persistence.figures import figures_of
from store.persistence.mapping import ORDER, VISIT
from store.persistence.statements import among
from store.persistence.tables import metadata

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection, Select, Table

_T = metadata.tables
_PEOPLE, _SITES = _T["technician"], _T["site"]
_LIVE: Final = [state.value for state in LIVE_VISITS]
_BEFORE = timedelta(hours=4)
"""Shifts that ended so long ago may still be parts of the working day."""
AHEAD: Final = timedelta(days=2)
"""How far a plan looks."""

Span = tuple[datetime, datetime]


@dataclass(slots=True, kw_only=True)
class Standing:
    """One technician, as far as a plan depends on him."""

    row: Any
    """With whether a shift was ever entered for him (`rostered`); who has none is always there."""
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
            *(self.ground, self.row.home_lat, self.row.home_long, self.row.rostered),
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
    rows, same = conn.execute(_people(kind), given), _ground(conn)
    found = {row.id: Standing(row=row, ground=same) for row in rows}
    around = {**given, "since": at - _BEFORE, "until": at + AHEAD}
    for name, into in (("shift", "shifts"), ("absence", "absences")):
        for person, begins, ends in conn.execute(hours_of(kind, name), around):
            getattr(found[person], into).append((begins, ends))
    for person, name, ends in conn.execute(_told(kind, "certificate", "name", "expires_at"), given):
        found[person].papers.append((name, ends))
    masters = _told(kind, "technician_skill", "skill_id", "level")
    for person, skill, level in conn.execute(masters, given):
        found[person].skills[skill] = level
    for person, region in conn.execute(_told(kind, "technician_region", "region_id"), given):
        found[person].regions.add(region)
    wished = _told(kind, "technician_wish", "customer_id", "wish")
    for person, customer, wish in conn.execute(wished, given):
        found[person].wishes[customer] = wish
    for person, *order in conn.execute(_orders(kind), given):
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
    ground.hold(conn, kind)
    return stamps(conn, kind, some, at=at)


def places(
    conn: Connection, kind: str, numbers: Iterable[int], *, hold: bool = False
) -> dict[int, str]:
    """Where orders lie, in a word each; those without a site are left out.

    With `hold` nobody moves their sites until the end.
    """
    asked = _places(kind)
    if hold:
        asked = asked.with_for_update(read=True, of=_SITES)
    found = conn.execute(asked, {"numbers": sorted(set(numbers))})
    return {number: _word(tuple(place)) for number, *place in found}


# -- statements, each made once: to make one takes longer than to ask it ----------------------

_KINDS, _SKILLS = _T["work_kind"].c, _T["skill"].c
_NEEDS = union_all(
    select(_KINDS.id, _KINDS.code, _KINDS.name, _KINDS.skill_id, _KINDS.level, _KINDS.certificate),
    select(_SKILLS.id, _SKILLS.code, _SKILLS.name, _SKILLS.id, literal(0), literal("")),
).order_by("level", "id")
"""Skills are of level 0."""


@cache
def _people(kind: str) -> Select[Any]:
    home = _SITES.c.latitude.label("home_lat"), _SITES.c.longitude.label("home_long")
    rostered = exists().where(_T["shift"].c.technician_id == _PEOPLE.c.id).label("rostered")
    who = select(_PEOPLE, _SITES.c.region_id, *home, rostered).select_from(
        _PEOPLE.outerjoin(_SITES, _SITES.c.id == _PEOPLE.c.home_site_id)
    )
    return who.where(among(_PEOPLE.c.id, "people", kind))


@cache
def hours_of(kind: str, name: str) -> Select[Any]:
    """Shifts or absences of some people that end after `since` and begin before `until`."""
    table: Table = _T[name]
    return select(table.c.technician_id, table.c.starts_at, table.c.ends_at).where(
        among(table.c.technician_id, "people", kind),
        *(table.c.ends_at > bindparam("since"), table.c.starts_at < bindparam("until")),
    )


@cache
def _told(kind: str, name: str, *columns: str) -> Select[Any]:
    table: Table = _T[name]
    asked = select(table.c.technician_id, *(table.c[column] for column in columns))
    return asked.where(among(table.c.technician_id, "people", kind))


@cache
def _orders(kind: str) -> Select[Any]:
    place = _SITES.c.latitude, _SITES.c.longitude
    asked = select(VISIT.c.technician_id, ORDER.c.number, ORDER.c.version, VISIT.c.state, *place)
    held = asked.select_from(
        VISIT.join(ORDER, ORDER.c.number == VISIT.c.number).outerjoin(
            _SITES, _SITES.c.id == ORDER.c.site_id
        )
    )
    return held.where(among(VISIT.c.technician_id, "people", kind), VISIT.c.state.in_(_LIVE))


@cache
def _places(kind: str) -> Select[Any]:
    return (
        select(ORDER.c.number, _SITES.c.id, _SITES.c.latitude, _SITES.c.longitude)
        .add_columns(_SITES.c.region_id)
        .select_from(ORDER.join(_SITES, _SITES.c.id == ORDER.c.site_id))
        .where(among(ORDER.c.number, "numbers", kind))
        .order_by(_SITES.c.id)
    )


def _ground(conn: Connection) -> str:
    """What ways, rest and skills are reckoned with at this desk, in a word."""
    table = travel_times.loaded(conn)
    takes = [tuple(row) for row in conn.execute(_NEEDS)]
    return repr((figures_of(conn), table and table.digest, takes))


def _word(parts: tuple[Any, ...]) -> str:
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _in_turn(order: tuple[Any, ...]) -> tuple[int, str]:
    return order[0], order[2]
