"""The radar in the store: what it looks at, and what it proposes, in a write transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import bindparam, select

from store.domain.clusters import Cluster
from store.domain.evolve import evolve
from store.domain.fault_words import words_of
from store.domain.radar import Rule, Sign, find
from store.domain.recurrences import (
    PLAIN,
    Fate,
    Recurrence,
    RecurrenceChanged,
    RecurrenceUnknown,
    decided,
    seen_again,
    step_fact,
)
from store.domain.replay import whole_ms
from store.persistence import marks
from store.persistence.mapping import ORDER, table_of
from store.persistence.statements import insert_into, send, update_by
from store.persistence.tables import KpiOrderRow, RecurrenceRow, SiteRow, VoiceRow
from store.persistence.types import to_ms

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, datetime

    from sqlalchemy import Connection

    from store.domain.radar import Spot

RECURRENCE = table_of(RecurrenceRow)
_SITE, _KPI, _VOICE = table_of(SiteRow), table_of(KpiOrderRow), table_of(VoiceRow)
_NAMED = {name: f"{name}_id" for name in ("site", "asset")}
COLUMNS = {name: RECURRENCE.c[_NAMED.get(name, name)] for name in PLAIN}
"""By the field of `Recurrence`, its column."""
_ALL = tuple(column.label(name) for name, column in COLUMNS.items())
_ONE = select(*_ALL).where(RECURRENCE.c.id == bindparam("id")).with_for_update()
_EVIDENCE = select(RECURRENCE.c.orders, RECURRENCE.c.complaints).where(
    RECURRENCE.c.id == bindparam("id")
)
_OPEN = select(*_ALL).where(RECURRENCE.c.fate == Fate.OPEN.value).order_by(RECURRENCE.c.id)
_DECIDED = select(RECURRENCE.c.key, RECURRENCE.c.decided_at).where(
    RECURRENCE.c.fate.in_([Fate.TAKEN.value, Fate.DISMISSED.value])
)
_ALIKE = select(*_ALL).where(
    RECURRENCE.c.rule == Rule.WORDS.value, RECURRENCE.c.fate != Fate.GONE.value
)

_BACK: Final = timedelta(days=125)
"""Four months, whichever they are."""
_MOST: Final = 50_000
"""Orders of one look, the newest: a desk that writes down more has a desk a region."""
_EVERY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What one look has found, and what was decided by then."""

    spots: Mapping[str, Spot]
    decided: Mapping[str, datetime]
    after: str | None
    """Which look was the last one then."""
    left_out: Mapping[int, str]
    """Sites of a time zone that this machine does not know, by their ids: their codes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What came of a look."""

    fresh: int
    """Proposals that are new."""
    open: int
    left_out: tuple[str, ...]
    """Codes of sites that could not be looked at, see `Seen`."""


def any_look_due(conn: Connection, *, at: datetime) -> bool:
    """Whether nobody has looked since a day."""
    looked = marks.find(conn, marks.RADAR)
    return looked is None or abs(to_ms(at) - int(looked)) >= _EVERY / timedelta(milliseconds=1)


def seen(conn: Connection, *, at: datetime) -> Seen:
    """Look at all there is; at a large desk that takes a while, and nobody is to wait for it."""
    last = _decided(conn)
    spots = find(_signs(conn, at), since=last, known=_clusters(conn))
    return Seen(
        spots={spot.key: spot for spot in spots},
        decided=last,
        after=marks.find(conn, marks.RADAR),
        left_out={site: code for site, (code, _zone) in zones_of_sites(conn)[1].items()},
    )


def look(work: Any, saw: Seen | None = None) -> Looked:
    """Tell what was seen, or look now.

    A site whose time zone nobody here knows has no months: what is open there stays as it is.

    Two who look at once do it one after the other, and the second finds what the first has told.
    Who looked before another one, and comes after him, has nothing to tell any more.
    """
    work.hold_desk()
    work.flush()
    if saw is None:
        saw = seen(work.conn, at=work.at)
    left_out = tuple(sorted(saw.left_out.values()))
    if saw.after != marks.find(work.conn, marks.RADAR):
        return Looked(fresh=0, open=len(work.conn.execute(_OPEN).all()), left_out=left_out)
    last = _decided(work.conn)
    found = {key: spot for key, spot in saw.spots.items() if last.get(key) == saw.decided.get(key)}
    known = {row.key: read(row) for row in work.conn.execute(_OPEN)}
    kept = 0
    for key, before in known.items():
        spot = found.get(key)
        if spot is None and before.site in saw.left_out:
            kept += 1
        elif spot is None:
            _end(work, before, Fate.GONE)
        elif (after := seen_again(before, spot)) != before:
            _put(work, "radar_seen", before, after)
    fresh = [spot for key, spot in found.items() if key not in known]
    for spot in fresh:
        _add(
            work,
            Recurrence(
                id=0,
                key=spot.key,
                rule=spot.rule.value,
                site=spot.site,
                asset=spot.asset,
                what=spot.what,
                orders=spot.orders,
                complaints=spot.complaints,
                days=spot.days,
                usual=spot.usual,
                found_at=whole_ms(work.at),
            ),
        )
    marks.keep(work.conn, marks.RADAR, str(to_ms(work.at)))
    return Looked(fresh=len(fresh), open=len(found) + kept, left_out=left_out)


def hold_order_of(work: Any, wanted: int) -> None:
    """Lock the order at which one is seen to, before the desk's own facts are held."""
    row = work.conn.execute(_EVIDENCE, {"id": wanted}).one_or_none()
    if row is not None and row.orders:
        work.know([row.orders[-1]])
    elif row is not None and row.complaints:
        work.hold_order_of(row.complaints[-1])


def recurrence(work: Any, wanted: int, version: int | None = None) -> Recurrence:
    """One by its id, locked until the end; `RecurrenceUnknown` outside the asker's sites.

    `RecurrenceChanged` where it is not as it was seen any more.
    """
    work.hold_desk()
    row = work.conn.execute(_ONE, {"id": wanted}).one_or_none()
    if row is None or not work.who.scope.covers(row.site):
        raise RecurrenceUnknown(id=wanted)
    if version is not None and version != row.version:
        raise RecurrenceChanged(id=wanted)
    return read(row)


def take_up(work: Any, known: Recurrence, action: int) -> Recurrence:
    """The action sees to it from now on."""
    return _end(work, known, Fate.TAKEN, action=action)


def dismiss(work: Any, known: Recurrence, reason: str) -> Recurrence:
    """It is not taken up, and why."""
    return _end(work, known, Fate.DISMISSED, reason=reason)


def read(row: Any) -> Recurrence:
    """A row of all fields as the domain has it."""
    values = {name: getattr(row, name) for name in PLAIN}
    for name in ("orders", "complaints"):
        values[name] = tuple(values[name])
    return Recurrence(**values)


def _end(work: Any, known: Recurrence, fate: Fate, **more: Any) -> Recurrence:
    after = decided(known, fate, at=whole_ms(work.at), by=work.who.operator, **more)
    return _put(work, f"radar_{fate.value}", known, after)


def _decided(conn: Connection) -> dict[str, datetime]:
    last: dict[str, datetime] = {}
    for key, at in conn.execute(_DECIDED):
        last[key] = max(at, last.get(key, at))
    return last


def _clusters(conn: Connection) -> list[Cluster]:
    """Those of alike words that are open or were decided about; the open ones before, then new."""
    rows = sorted(conn.execute(_ALIKE), key=lambda row: (row.fate != Fate.OPEN, -row.id))
    return [Cluster.of(row) for row in rows]


def _values(one: Recurrence) -> dict[str, Any]:
    kept = {_NAMED.get(name, name): getattr(one, name) for name in PLAIN if name != "id"}
    return kept | {name: list(kept[name]) for name in ("orders", "complaints")}


def _add(work: Any, one: Recurrence) -> Recurrence:
    made = work.conn.execute(insert_into(RECURRENCE), _values(one)).inserted_primary_key
    new = evolve(one, id=int(made[0]))
    work.record(step_fact("radar_found", None, new))
    return new


def _put(work: Any, fact: str, before: Recurrence, after: Recurrence) -> Recurrence:
    after = evolve(after, version=before.version + 1)
    old, new = _values(before), _values(after)
    changed = tuple(name for name, value in new.items() if value != old[name])
    row = {"k_id": after.id, **{f"v_{name}": new[name] for name in changed}}
    send(work.conn, update_by(RECURRENCE, ("id",), changed), [row])
    work.record(step_fact(fact, before, after))
    return after


def zones_of_sites(conn: Connection) -> tuple[dict[int, ZoneInfo], dict[int, tuple[str, str]]]:
    """Of each site; and code and zone of those whose zone this machine does not know."""
    known, strange = {}, {}
    for row in conn.execute(select(_SITE.c.id, _SITE.c.code, _SITE.c.zone)):
        try:
            known[row.id] = ZoneInfo(row.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            strange[row.id] = row.code, row.zone
    return known, strange


def _signs(conn: Connection, at: datetime) -> Iterator[Sign]:
    zones, _strange = zones_of_sites(conn)
    here = {site: at.astimezone(zone).date() for site, zone in zones.items()}
    orders = (
        select(*(ORDER.c[name] for name in ("number", "opened_at", "site_id", "asset_id", "kind")))
        .add_columns(ORDER.c.title)
        .join(_KPI, _KPI.c.number == ORDER.c.number)
        .where(_KPI.c.opened_at >= to_ms(at - _BACK), _KPI.c.opened_at <= to_ms(at))
        .where(_KPI.c.counts == 1, _KPI.c.planned == 0, ORDER.c.site_id.is_not(None))
        .order_by(_KPI.c.opened_at.desc())
        .limit(_MOST)
    )
    for number, opened_at, site, asset, kind, title in conn.execute(orders):
        if site not in zones:
            continue
        said = words_of(title)
        yield Sign(
            id=number,
            complaint=False,
            what=kind.casefold(),
            asset=asset,
            words=(said.marks | said.others) - {"dead"},
            **_when(opened_at, site, zones[site], here[site], at),
        )
    voices = select(
        *(_VOICE.c[name] for name in ("id", "received_at", "site_id", "asset_id", "about"))
    ).where(
        _VOICE.c.praise.is_not_distinct_from(False),
        _VOICE.c.withdrawn == "",
        _VOICE.c.site_id.is_not(None),
    )
    late = voices.where(_VOICE.c.received_at >= at - _BACK, _VOICE.c.received_at <= at)
    for voice, received_at, site, asset, about in conn.execute(late):
        if site not in zones:
            continue
        when = _when(received_at, site, zones[site], here[site], at)
        yield Sign(id=voice, complaint=True, what=about, asset=asset, **when)


def _when(moment: datetime, site: int, zone: ZoneInfo, today: date, at: datetime) -> dict[str, Any]:
    day = moment.astimezone(zone).date()
    months = (today.year - day.year) * 12 + today.month - day.month
    days = (at - moment) / timedelta(days=1)
    return {"at": moment, "day": day, "ago": months, "days": days, "site": site}
