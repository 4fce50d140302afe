"""The answers for score cards: one statement for the orders of some months."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import or_, select

from store.domain.errors import BadInput, NameUnknown
from store.domain.finding.grams import folded
from store.domain.honours import GOLD_MONTHS, Candidate, golden, stars
from store.domain.kpi.measured import DAY_MS
from store.domain.scorecard import Case, Measure, figures_of, score_of
from store.domain.who import Right, require
from store.domain.words import N_
from store.persistence import kpi_fill
from store.persistence.tables import metadata
from store.persistence.types import to_ms
from store.queries.answers.kpi_period import zone_named
from store.queries.answers.lines import ORDERS, TECHNICIANS
from store.queries.answers.people import in_sight
from store.queries.answers.scope import within
from store.queries.kpi import FiguresOwed
from store.queries.scorecard import Card, Cards

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from zoneinfo import ZoneInfo

    from store.domain.scorecard import Figures
    from store.persistence.reader import Reader
    from store.queries.scorecard import ScoreCards, ScoreOrders

_K = metadata.tables["kpi_order"]
_MONTH: Final = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_RIPE: Final = 7 * DAY_MS
"""So long after it was closed a repair must have held."""


class Stretch(NamedTuple):
    """Instants in ms; the end is not meant any more."""

    since: int
    until: int
    now: int


def _closed(row: Any, cut: Stretch) -> bool:
    return row.closed_at is not None and cut.since <= row.closed_at < cut.until


def _content(row: Any, cut: Stretch) -> bool | None:
    asked = row.asked_at is not None and cut.since <= row.asked_at < cut.until
    return row.csat >= 4 if asked and row.csat is not None else None


def _first_time(row: Any, cut: Stretch) -> bool | None:
    if not _closed(row, cut) or row.first_visit is None or row.closed_at > cut.now - _RIPE:
        return None
    return bool(row.first_visit) and (row.again_ms is None or row.again_ms > _RIPE)


def _in_time(row: Any, cut: Stretch) -> bool | None:
    settled = {row.respond_kept, row.arrive_kept, row.resolve_kept} - {None}
    return settled == {1} if settled and _closed(row, cut) else None


def _not_back(row: Any, cut: Stretch) -> bool | None:
    return not row.reopened if _closed(row, cut) else None


JUDGES: Final[Mapping[Measure, Callable[[Any, Stretch], bool | None]]] = {
    Measure.CONTENT: _content,
    Measure.FIRST_TIME: _first_time,
    Measure.IN_TIME: _in_time,
    Measure.NOT_BACK: _not_back,
}
"""Whether an order is good for a measure; None where it does not count."""


def score_cards(reader: Reader, query: ScoreCards) -> Cards:
    """The month, and the months that gold is given by, out of the same rows."""
    require(reader.who, Right.DISPATCH)
    month, long = _stretches(reader, query.month, query.zone)
    people = _people(reader)
    rows = [row for row in _rows(reader, long) if row.technician_id in people]
    told, over = _figures(rows, month), _figures(rows, long)
    closed = Counter(row.technician_id for row in rows if _closed(row, month))
    long_closed = Counter(row.technician_id for row in rows if _closed(row, long))
    best = set(stars(_candidate(who, told, closed) for who in people))
    cards = []
    for who, row in people.items():
        figures = {name: one.people[who] for name, one in told.items() if who in one.people}
        golds = {name: one.people[who] for name, one in over.items() if who in one.people}
        if not row.active and not figures:
            continue
        cards.append(
            Card(
                id=who,
                code=row.code,
                name=row.name,
                closed=closed[who],
                figures=figures,
                score=score_of(figures.values()),
                star=who in best,
                gold=bool(row.active) and golden(_candidate(who, over, long_closed)),
                gold_figures=golds,
                gold_closed=long_closed[who],
            )
        )
    cards.sort(key=lambda one: (one.score is None, -(one.score or 0), one.code))
    group = {name: one.group for name, one in told.items() if one.group is not None}
    return Cards(month=query.month, zone=query.zone, group=group, cards=tuple(cards))


def score_orders(reader: Reader, query: ScoreOrders) -> tuple[int, ...]:
    """The same rows, looked at by the same rules."""
    require(reader.who, Right.DISPATCH)
    if query.measure not in set(Measure):
        raise BadInput(where=N_("figure"), wrong=query.measure, right=", ".join(Measure))
    month, _long = _stretches(reader, query.month, query.zone)
    people = _people(reader)
    who = next((one for one, row in people.items() if row.code == query.technician), None)
    if who is None:
        raise NameUnknown(what=N_("technician"), name=query.technician)
    judge = JUDGES[Measure(query.measure)]
    mine = (row for row in _rows(reader, month) if row.technician_id == who)
    return tuple(sorted(row.number for row in mine if judge(row, month) is not None))


def _figures(rows: Sequence[Any], cut: Stretch) -> dict[Measure, Figures]:
    cases: defaultdict[Measure, list[Case]] = defaultdict(list)
    for row in rows:
        stratum = (folded(row.kind.strip()), row.priority)
        for measure, judge in JUDGES.items():
            good = judge(row, cut)
            if good is not None:
                cases[measure].append(
                    Case(
                        number=row.number,
                        technician=row.technician_id,
                        stratum=stratum,
                        good=good,
                    )
                )
    return {measure: figures_of(cases[measure]) for measure in Measure}


def _candidate(who: int, told: Mapping[Measure, Figures], closed: Mapping[int, int]) -> Candidate:
    figures = {name: one.people[who] for name, one in told.items() if who in one.people}
    answers = figures.get(Measure.CONTENT)
    return Candidate(
        technician=who,
        closed=closed[who],
        answers=0 if answers is None else answers.n,
        score=score_of(figures.values()),
        fair={name: one.fair for name, one in figures.items()},
    )


def _people(reader: Reader) -> dict[int, Any]:
    who = TECHNICIANS.c
    asked = select(who.id, who.code, who.name, who.active).where(
        in_sight(reader, "technician", TECHNICIANS)
    )
    return {row.id: row for row in reader.conn.execute(asked)}


def _rows(reader: Reader, cut: Stretch) -> Iterable[Any]:
    """Orders in sight that were closed, or whose customer was asked, in a stretch."""
    row = _K.c
    names = (
        *("number", "technician_id", "kind", "closed_at", "asked_at", "csat", "first_visit"),
        *("again_ms", "respond_kept", "arrive_kept", "resolve_kept", "reopened"),
    )
    closed = (row.closed_at >= cut.since) & (row.closed_at < cut.until)
    asked = (row.asked_at >= cut.since) & (row.asked_at < cut.until)
    found = (
        select(*(row[name] for name in names), ORDERS.c.priority)
        .join(ORDERS, ORDERS.c.number == row.number)
        .where(row.counts == 1, row.technician_id.is_not(None), or_(closed, asked))
        .where(within(reader, row.site_id))
    )
    return reader.conn.execute(found).all()


def _stretches(reader: Reader, month: str, zone: str) -> tuple[Stretch, Stretch]:
    """The month, and with those before it as many as gold is given by."""
    if kpi_fill.is_owed(reader.conn):
        raise FiguresOwed
    said = _MONTH.fullmatch(month)
    if said is None or not 1900 <= int(said[1]) < 2900:
        raise BadInput(where=N_("month"), wrong=month[:40], right=N_("write one such as 2026-11"))
    place, now = zone_named(zone), to_ms(reader.at)
    at = int(said[1]) * 12 + int(said[2]) - 1
    until = _begins(at + 1, place)
    return (
        Stretch(_begins(at, place), until, now),
        Stretch(_begins(at + 1 - GOLD_MONTHS, place), until, now),
    )


def _begins(month: int, zone: ZoneInfo) -> int:
    day = date(month // 12, month % 12 + 1, 1)
    return to_ms(datetime.combine(day, time(), tzinfo=zone).astimezone(UTC))
