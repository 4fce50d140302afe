"""Stories of orders told again up to a moment, and made into lines as the board shows them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import Text, select, type_coerce

from store.domain.bearing import is_followed
from store.domain.deeds import Told
from store.domain.errors import LevelUnreadable
from store.domain.evolve import maker
from store.domain.facts import Fact
from store.domain.lifecycle import STATES
from store.domain.past import alarm_then, order_then, turns
from store.domain.reckon import standing
from store.domain.timer_kinds import TIMERS, TimerAim, read_kind
from store.domain.waivers import waiver_of
from store.persistence.journal import JOURNAL
from store.persistence.levels import Shelf
from store.persistence.loading import TIMER
from store.persistence.saving import ranked
from store.persistence.statements import among
from store.persistence.types import Whole, from_ms, to_ms
from store.queries.answers.doctor_story import UNTELLABLE, no_object, parsed
from store.queries.answers.lines import CUSTOMERS, SITES, TECHNICIANS
from store.queries.answers.past_kept import Again
from store.queries.board import BoardLine, Key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from store.domain.past import OrderThen
    from store.domain.rules import Rules
    from store.persistence.reader import Reader
    from store.queries.answers.past_kept import Kept

_fact, _told = maker(Fact), maker(Told)

CHUNK = 2_000
"""Stories read at once."""

_EVER, _NEVER = -(2**62), 2**62
"""Before and after all that is written down."""


@dataclass(slots=True, kw_only=True)
class Retold:
    """What the stories of some orders tell of a moment."""

    lines: dict[int, BoardLine] = field(default_factory=dict)
    """By number, those that a queue can have held; without names (see `with_names`)."""
    ids: dict[int, tuple[int | None, int | None, int | None]] = field(default_factory=dict)
    """Site, customer and technician of each of these lines."""
    left: set[int] = field(default_factory=set)
    """Those that had left the desk."""
    ends: list[tuple[datetime, int]] = field(default_factory=list)
    """Of each order its newest moments that are not later, with its number."""
    later: datetime | None = None
    """When the first of them goes on."""
    untold: int = 0
    """Orders whose story means nothing to this program."""

    def add(self, number: int, again: Again) -> None:
        """One more order."""
        self.ends += [(from_ms(at), number) for at in again.ends]
        if again.left:
            self.left.add(number)
        if again.line is not None:
            self.lines[number] = again.line
            self.ids[number] = again.ids
        if again.coming is not None:
            at = from_ms(again.coming)
            self.later = at if self.later is None else min(self.later, at)


def retold(
    reader: Reader, numbers: Sequence[int], then: datetime, kept: Kept
) -> tuple[Retold, dict[int, Again]]:
    """Each order as it stood, left out where it was at a site that the asker does not see.

    What is known is not read again; the second is all that is known now.
    """
    told, shelf, at = Retold(), Shelf(reader.conn), to_ms(then)
    parents: dict[int, _Parent] = {}
    known = kept.standing(numbers, at)
    unknown = [number for number in numbers if number not in known]
    for start in range(0, len(unknown), CHUNK):
        some = unknown[start : start + CHUNK]
        fired = _fired(reader, some)
        for number, story, coming in _stories(reader, some, then):
            timers = fired.get(number, ())
            try:
                again = _tell(number, story, coming, then, reader, shelf, timers, parents)
            except (*UNTELLABLE, LevelUnreadable):
                told.untold += 1
                continue
            known[number] = again._replace(until=min(again.until, kept.upto + 1))
    for number in numbers:
        if number in known:
            told.add(number, known[number])
    return told, known


def _tell(
    number: int,
    story: Sequence[Any],
    coming: int | None,
    then: datetime,
    reader: Reader,
    shelf: Shelf,
    timers: Sequence[tuple[int, TimerAim]],
    parents: dict[int, _Parent],
) -> Again:
    """What one order was like, and how long."""
    at, until = to_ms(then), _NEVER if coming is None else coming
    if not story:
        return Again(_EVER, until, coming=coming)
    held = order_then(number, tuple(_story(story)))
    since = story[-1][1]
    if not reader.who.scope.covers(held.order.site):
        return Again(since, until)
    again = Again(
        since,
        until,
        left=held.left,
        ends=tuple(sorted({row[1] for row in story})[-2:]),
        coming=coming,
    )
    if held.left and not held.promises:
        return again
    order, rules = held.order, shelf.alone(held.order)
    if order.parent is not None:
        above = parents.get(order.parent) or _parent(reader, order.parent, then)
        parents[order.parent] = above
        since, until = max(since, above.since), min(until, above.until)
        again = again._replace(since=since, until=until)
        rules = replace(rules, followed_above=above.followed)
    fired = [aim for when, aim in timers if when <= at]
    instants = [when for when, _aim in timers]
    instants += map(to_ms, turns(held, rules, fired))
    return again._replace(
        since=max([since, *(when for when in instants if when <= at)]),
        until=min([until, *(when for when in instants if when > at)]),
        line=_line(held, rules, fired, then),
        ids=(order.site, order.customer, order.technician),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parent:
    """Whether somebody followed what an order stood under, and how long that stayed so."""

    since: int
    until: int
    followed: bool


def _parent(reader: Reader, number: int, then: datetime) -> _Parent:
    for _number, story, coming in _stories(reader, [number], then):
        until = _NEVER if coming is None else coming
        if story:
            followed = is_followed(order_then(number, tuple(_story(story))).order)
            return _Parent(since=story[-1][1], until=until, followed=followed)
    return _Parent(since=_EVER, until=_NEVER, followed=False)


def _stories(
    reader: Reader, numbers: Sequence[int], then: datetime
) -> Iterator[tuple[int, list[Any], int | None]]:
    """Of each order the entries up to the moment, and when the story goes on."""
    asked = (
        select(
            *(JOURNAL.c.number, type_coerce(JOURNAL.c.at, Whole), JOURNAL.c.seq, JOURNAL.c.by),
            *(JOURNAL.c.fact, type_coerce(JOURNAL.c.body, Text)),
            type_coerce(JOURNAL.c.words, Text),
        )
        .where(among(JOURNAL.c.number, "numbers", reader.kind))
        .order_by(JOURNAL.c.number, JOURNAL.c.seq)
    )
    last = to_ms(then)
    rows = reader.conn.execute(asked, {"numbers": list(numbers)})
    for number, held in groupby(rows, key=itemgetter(0)):
        story = list(held)
        done = next((n for n in range(len(story), 0, -1) if story[n - 1][1] <= last), 0)
        yield number, story[:done], min((row[1] for row in story[done:]), default=None)


def _story(rows: Iterable[Any]) -> Iterator[Told]:
    """Entries as the domain knows them; ValueError at one that cannot be read."""
    for _number, at, seq, by, fact, body, words in rows:
        read, said = parsed(body), {} if words is None else parsed(words)
        if read is None or said is None:
            raise ValueError(no_object(seq))
        said.pop("salt", None)
        yield _told(seq, from_ms(at), by, "console", None, _fact(fact, read, said))


def _fired(reader: Reader, numbers: Sequence[int]) -> Mapping[int, Sequence[tuple[int, TimerAim]]]:
    """The timers of each order that fired, as far as they are still known, and when each did."""
    asked = select(
        *(TIMER.c[name] for name in ("number", "kind", "clock", "run", "level", "due_at")),
        type_coerce(TIMER.c.fired_at, Whole),
    ).where(among(TIMER.c.number, "numbers", reader.kind), TIMER.c.fired_at.is_not(None))
    fired: dict[int, list[tuple[int, TimerAim]]] = {}
    rows: Iterable[Any] = reader.conn.execute(asked, {"numbers": list(numbers)})
    for number, kind, clock, run, level, due_at, when in rows:
        known = read_kind(kind)
        if known in TIMERS:
            aim = TimerAim(kind=known, clock=clock, run=run, level=level, due_at=due_at)
            fired.setdefault(number, []).append((when, aim))
    return fired


def _line(then: OrderThen, rules: Rules, fired: Sequence[TimerAim], at: datetime) -> BoardLine:
    """One order as a queue showed it; its names are filled in later."""
    order = then.order
    stand = standing(order, rules)
    alarm = alarm_then(then, rules, fired, at=at)
    rank = ranked(order, stand, then.follow_at)
    return BoardLine(
        key=Key(rank, order.number),
        number=order.number,
        version=0,
        title=order.title,
        priority=order.priority,
        state=order.state,
        category=STATES[order.state].category,
        state_since=order.state_since,
        opened_at=order.opened_at,
        reason=order.reason,
        wake_at=order.wake_at,
        next_deadline=stand.next_deadline,
        next_clock=stand.next_clock,
        risk_at=stand.risk_at,
        orphan_at=stand.orphan_at,
        follow_at=then.follow_at,
        rank_at=rank,
        site=order.site,
        site_code=None,
        site_name=None,
        customer_name=None,
        technician_code=None,
        technician_name=None,
        severity=None if alarm is None else alarm.severity,
        acknowledged=alarm is not None and alarm.acknowledged,
        shelved=alarm is not None and alarm.shelved,
        rings=int(alarm is not None),
        incident=order.cadence_s is not None,
        chased=order.chased,
        locked=order.locked_by is not None,
        appointed=order.appointment_at is not None,
        waiver=waiver_of(order.clocks),
    )


def with_names(reader: Reader, lines: Iterable[BoardLine], told: Retold) -> Iterator[BoardLine]:
    """Lines told again, with the names that people and places have today."""
    wanted = [(line, told.ids[line.number]) for line in lines]
    sites, customers, technicians = (
        named_by_id(reader, table, {key for _, ids in wanted if (key := ids[place]) is not None})
        for place, table in enumerate((SITES, CUSTOMERS, TECHNICIANS))
    )
    zones, nobody = _zones(reader, sites), (None, None)
    for line, (site, customer, technician) in wanted:
        site_code, site_name = sites.get(site or 0, nobody)
        code, name = technicians.get(technician or 0, nobody)
        yield replace(
            line,
            site_code=site_code,
            site_name=site_name,
            site_zone=zones.get(site or 0, ""),
            customer_name=customers.get(customer or 0, nobody)[1],
            technician_code=code,
            technician_name=name,
        )


def _zones(reader: Reader, sites: Collection[int]) -> dict[int, str]:
    asked = select(SITES.c.id, SITES.c.zone).where(among(SITES.c.id, "ids", reader.kind))
    rows = reader.conn.execute(asked, {"ids": sorted(sites)}) if sites else ()
    return {row.id: row.zone for row in rows}


def named_by_id(reader: Reader, table: Any, ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """Code and name of some entries of a register."""
    if not ids:
        return {}
    asked = select(table.c.id, table.c.code, table.c.name).where(
        among(table.c.id, "ids", reader.kind)
    )
    rows = reader.conn.execute(asked, {"ids": sorted(ids)})
    return {row.id: (row.code, row.name) for row in rows}
