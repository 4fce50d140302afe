"""Stories of orders told again up to a moment, and made into lines as the board shows them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import Text, bindparam, select, type_coerce

from store.domain.deeds import Told
from store.domain.errors import LevelUnreadable
from store.domain.evolve import maker
from store.domain.facts import Fact
from store.domain.lifecycle import STATES
from store.domain.past import alarm_then, order_then
from store.domain.reckon import standing
from store.domain.timer_kinds import TIMERS, TimerAim, read_kind
from store.persistence.journal import JOURNAL
from store.persistence.levels import Shelf
from store.persistence.loading import TIMER
from store.persistence.saving import ranked
from store.persistence.statements import among
from store.persistence.types import Instant, Whole, from_ms, to_ms
from store.queries.answers.doctor_story import UNTELLABLE, no_object, parsed
from store.queries.answers.lines import CUSTOMERS, SITES, TECHNICIANS
from store.queries.board import BoardLine, Key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from store.domain.past import OrderThen
    from store.persistence.reader import Reader

_fact, _told = maker(Fact), maker(Told)

CHUNK = 2_000
"""Stories read at once."""

_THEN = bindparam("then", type_=Instant())


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

    def goes_on(self, at: datetime) -> None:
        """Something happens later."""
        self.later = at if self.later is None else min(self.later, at)


def retold(reader: Reader, numbers: Sequence[int], then: datetime) -> Retold:
    """Each order as it stood, left out where it was at a site that the asker does not see."""
    told = Retold()
    shelf = Shelf(reader.conn)
    for start in range(0, len(numbers), CHUNK):
        some = numbers[start : start + CHUNK]
        fired = _fired(reader, some, then)
        for number, story, coming in _stories(reader, some, then):
            try:
                seen = not story or _tell(told, number, story, then, reader, shelf, fired)
            except (*UNTELLABLE, LevelUnreadable):
                told.untold += 1
                continue
            if seen and coming is not None:
                told.goes_on(from_ms(coming))
    return told


def _tell(
    told: Retold,
    number: int,
    story: Sequence[Any],
    then: datetime,
    reader: Reader,
    shelf: Shelf,
    fired: Mapping[int, Sequence[TimerAim]],
) -> bool:
    """Add what one order was like; whether the asker would have seen it."""
    held = order_then(number, tuple(_story(story)))
    if not reader.who.scope.covers(held.order.site):
        return False
    told.ends += [(from_ms(at), number) for at in sorted({row[1] for row in story})[-2:]]
    if held.left:
        told.left.add(number)
    if not held.left or held.promises:
        order = held.order
        told.lines[number] = _line(held, shelf, fired.get(number, ()), then)
        told.ids[number] = order.site, order.customer, order.technician
    return True


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
        yield number, story[:done], story[done][1] if done < len(story) else None


def _story(rows: Iterable[Any]) -> Iterator[Told]:
    """Entries as the domain knows them; ValueError at one that cannot be read."""
    for _number, at, seq, by, fact, body, words in rows:
        read, said = parsed(body), {} if words is None else parsed(words)
        if read is None or said is None:
            raise ValueError(no_object(seq))
        said.pop("salt", None)
        yield _told(seq, from_ms(at), by, "console", None, _fact(fact, read, said))


def _fired(
    reader: Reader, numbers: Sequence[int], then: datetime
) -> Mapping[int, Sequence[TimerAim]]:
    """The timers of each order that had fired, as far as they are still known."""
    asked = select(
        *(TIMER.c[name] for name in ("number", "kind", "clock", "run", "level", "due_at"))
    ).where(among(TIMER.c.number, "numbers", reader.kind), TIMER.c.fired_at <= _THEN)
    fired: dict[int, list[TimerAim]] = {}
    for number, kind, clock, run, level, due_at in reader.conn.execute(
        asked, {"numbers": list(numbers), "then": then}
    ):
        known = read_kind(kind)
        if known in TIMERS:
            aim = TimerAim(kind=known, clock=clock, run=run, level=level, due_at=due_at)
            fired.setdefault(number, []).append(aim)
    return fired


def _line(then: OrderThen, shelf: Shelf, fired: Sequence[TimerAim], at: datetime) -> BoardLine:
    """One order as a queue showed it; its names are filled in later."""
    order, rules = then.order, shelf.rules(then.order)
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
        rings=int(alarm is not None),
        incident=order.cadence_s is not None,
    )


def with_names(reader: Reader, lines: Iterable[BoardLine], told: Retold) -> Iterator[BoardLine]:
    """Lines told again, with the names that people and places have today."""
    wanted = [(line, told.ids[line.number]) for line in lines]
    sites, customers, technicians = (
        named_by_id(reader, table, {key for _, ids in wanted if (key := ids[place]) is not None})
        for place, table in enumerate((SITES, CUSTOMERS, TECHNICIANS))
    )
    nobody = (None, None)
    for line, (site, customer, technician) in wanted:
        site_code, site_name = sites.get(site or 0, nobody)
        code, name = technicians.get(technician or 0, nobody)
        yield replace(
            line,
            site_code=site_code,
            site_name=site_name,
            customer_name=customers.get(customer or 0, nobody)[1],
            technician_code=code,
            technician_name=name,
        )


def named_by_id(reader: Reader, table: Any, ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """Code and name of some entries of a register."""
    if not ids:
        return {}
    asked = select(table.c.id, table.c.code, table.c.name).where(
        among(table.c.id, "ids", reader.kind)
    )
    rows = reader.conn.execute(asked, {"ids": sorted(ids)})
    return {row.id: (row.code, row.name) for row in rows}
