"""Keeps figures equal to the orders: the last thing that a transaction does before its end.

The sums of a day are rows that many want to change, so that they are held for as short as can be,
and always in the same order: faults, narrow rows, days, spread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

from store.domain.kpi.measured import DAY_MS, Measured, measure
from store.domain.kpi.sums import ASKED, SPREAD, SUMS, bucket, heard_parts, month_of, parts
from store.persistence import kpi_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from sqlalchemy import Connection

    from store.domain.rules import Rules
    from store.persistence.known import Known
    from store.persistence.kpi_rows import Day, Spread

    Pairs = dict[int, tuple[Measured | None, Measured]]
    """By number the narrow row as it is stored, and as it shall be."""

_WIDTH = 1 + len(SUMS) + len(ASKED)


def seen_anew(known: Known, rules: Rules, *, planned: bool) -> Measured | None:
    """The narrow row of an order that was changed; None where figures see no difference."""
    now = measure(known.now, rules, planned=planned)
    if known.stored is not None and measure(known.stored, rules, planned=planned) == now:
        return None
    return now


def keep(conn: Connection, kind: str, rows: Iterable[Measured], *, new: Collection[int]) -> None:
    """Make the narrow rows of some orders these, and whatever follows from them.

    The orders are locked. One that is not `new` and has no row is still owed one, and is left to
    who fills them.
    """
    wanted = {row.number: row for row in rows}
    held = [number for number in wanted if number not in new]
    stored = kpi_rows.stored(conn, kind, held)
    faults = {
        fault
        for number, row in wanted.items()
        for fault in _touched(stored.get(number), row)
        if number in stored or number in new
    }
    if faults:
        kpi_rows.hold_faults(conn, kind, (_hash(fault) for fault in faults))
    if held and kind == "postgresql":
        stored = kpi_rows.stored(conn, kind, held, lock=True)
    pairs: Pairs = {
        number: (stored.get(number), _carried(stored.get(number), row))
        for number, row in wanted.items()
        if number in stored or number in new
    }
    kpi_rows.put(conn, kind, (now for was, now in pairs.values() if was != now))
    if faults:
        _settle_neighbours(conn, kind, pairs)
    _add_up(conn, kind, pairs)


def _carried(was: Measured | None, row: Measured) -> Measured:
    """With what the order alone does not say: that a plan made it, and what its neighbours do."""
    if was is None:
        return row
    row = row._replace(again_ms=was.again_ms, before_ms=was.before_ms, planned=was.planned)
    return row._replace(fault=None, first_visit=None) if was.planned else row


def _touched(was: Measured | None, row: Measured) -> set[str]:
    """The faults whose orders may have other neighbours than before."""
    if was is not None and (was.planned or _place(was) == _place(row)):
        return set()
    return {one.fault for one in (was, row) if one is not None and one.fault is not None}


def _place(row: Measured) -> tuple[str | None, int, int | None]:
    return row.fault, row.opened_at, row.done_at


def _hash(fault: str) -> int:
    return crc32(fault.encode("utf-8", "surrogatepass")) - 2**31


def _settle_neighbours(conn: Connection, kind: str, pairs: Pairs) -> None:
    """Say anew how near the next and the last of the same fault are, of all whom that concerns."""
    moved = [(was, now) for was, now in pairs.values() if was is None or _place(was) != _place(now)]
    changed = {now.number for _, now in moved}
    beside = {one.number: one for was, now in moved for one in _concerned(conn, kind, was, now)}
    if kind == "postgresql":  # who closes one of them holds no fault: as it is, once he is done
        others = beside.keys() - pairs.keys()
        beside.update(kpi_rows.stored(conn, kind, others, lock=True))
    for number, other in beside.items():
        pairs.setdefault(number, (other, other))
    changed |= beside.keys()
    near: list[Measured] = []
    for number in sorted(changed):
        was, row = pairs[number]
        told = _near(conn, kind, row)
        if told != row:
            pairs[number] = (was, told)
            near.append(told)
    kpi_rows.put(conn, kind, near)


def _concerned(
    conn: Connection, kind: str, was: Measured | None, now: Measured
) -> Iterator[Measured]:
    """Orders to which this one may be, or may have been, the next or the last of their fault."""
    begun, over = (
        was is None or (was.fault, one) != (now.fault, other)
        for one, other in (
            (was and was.opened_at, now.opened_at),
            (was and was.done_at, now.done_at),
        )
    )
    for row in (was, now):
        if row is None or row.fault is None:
            continue
        if begun:
            yield from kpi_rows.ended_before(conn, kind, row.fault, row.opened_at)
        if over and row.done_at is not None:
            yield from kpi_rows.opened_after(conn, kind, row.fault, row.done_at)


def _near(conn: Connection, kind: str, row: Measured) -> Measured:
    again = before = None
    if row.fault is not None:
        last = kpi_rows.last_end(conn, kind, row)
        before = None if last is None else row.opened_at - last
        if row.done_at is not None:
            first = kpi_rows.next_opening(conn, kind, row, row.done_at)
            again = None if first is None else first - row.done_at
    return row._replace(again_ms=again, before_ms=before)


def _add_up(conn: Connection, kind: str, pairs: Pairs) -> None:
    days: dict[Day, list[int]] = {}
    spread: dict[Spread, int] = {}
    for was, now in pairs.values():
        if was == now:
            continue
        for row, sign in ((was, -1), (now, 1)):
            if row is not None:
                _add_opened(days, row, sign)
                _add_told(days, row, row.closed_at, parts, 1, sign)
                _add_told(days, row, row.asked_at, heard_parts, 1 + len(SUMS), sign)
                add_spread(spread, row, sign)
    kpi_rows.add_days(conn, kind, {key: told for key, told in days.items() if any(told)})
    kpi_rows.add_spread(conn, kind, {key: count for key, count in spread.items() if count})


def _add_opened(days: dict[Day, list[int]], row: Measured, sign: int) -> None:
    """Count an order where it was opened: of the desk, its site and its kind."""
    if row.counts:
        day = row.opened_at // DAY_MS
        for dim, key in (("", ""), ("site", _key(row.site_id)), ("kind", row.kind)):
            days.setdefault((dim, key, day), [0] * _WIDTH)[0] += sign


def _add_told(
    days: dict[Day, list[int]],
    row: Measured,
    at: int | None,
    says: Callable[[Measured], tuple[int, ...]],
    first: int,
    sign: int,
) -> None:
    """Count an order where it was closed, or its survey fell due, with all that is added up."""
    if at is None:
        return
    day, told, site = at // DAY_MS, says(row), ("site", _key(row.site_id))
    for dim, key in (("", ""), site, ("kind", row.kind), ("person", _key(row.technician_id))):
        sums = days.setdefault((dim, key, day), [0] * _WIDTH)
        for place, value in enumerate(told, first):
            if value:
                sums[place] += sign * value


def add_spread(spread: dict[Spread, int], row: Measured, sign: int) -> None:
    """Count a closed order where its durations fall."""
    if row.closed_at is None:
        return
    month = month_of(row.closed_at)
    for name in SPREAD:
        ms: int | None = getattr(row, name)
        if ms is not None:
            for dim, key in (("", ""), ("site", _key(row.site_id))):
                where = (dim, key, name, month, bucket(ms))
                spread[where] = spread.get(where, 0) + sign


def _key(named: int | None) -> str:
    return "" if named is None else str(named)
