"""The answers for score cards: the store counts orders alike, and shares are made of the counts."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from store.domain.errors import BadInput, NameUnknown
from store.domain.finding.grams import folded
from store.domain.heard_figures import CONTENT
from store.domain.honours import Candidate, Rules, golden, rules_of, stars
from store.domain.kpi.measured import DAY_MS
from store.domain.scorecard import Case, Measure, figures_of, score_of
from store.domain.who import Right, require
from store.domain.words import N_
from store.persistence import figures as settings
from store.persistence import kpi_fill
from store.persistence.kpi_rows import ask
from store.persistence.types import from_ms, to_ms
from store.queries.answers.kpi_period import zone_named
from store.queries.answers.lines import TECHNICIANS
from store.queries.answers.people import in_sight
from store.queries.answers.scorecard_besides import (
    Stretch,
    orders_besides,
    praises,
    sheets,
    steps,
)
from store.queries.kpi import FiguresOwed
from store.queries.scorecard import Card, Cards

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from zoneinfo import ZoneInfo

    from store.domain.scorecard import Figure, Figures
    from store.persistence.reader import Reader
    from store.queries.scorecard import ScoreCards, ScoreOrders

_KEPT: Final = ("respond_kept", "arrive_kept", "resolve_kept")
_MONTH: Final = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_RIPE: Final = 7 * DAY_MS
"""So long after it was closed a repair must have held."""


def _closed(cut: Stretch) -> str:
    return f"closed_at >= {cut.since} AND closed_at < {cut.until}"


def _content(cut: Stretch) -> str:
    return f"asked_at >= {cut.since} AND asked_at < {cut.until} AND csat IS NOT NULL"


def _first_time(cut: Stretch) -> str:
    ripe = f"closed_at <= {cut.now - _RIPE}"
    return f"{_closed(cut)} AND {ripe} AND first_visit IS NOT NULL"


def _in_time(cut: Stretch) -> str:
    return f"{_closed(cut)} AND coalesce({', '.join(_KEPT)}) IS NOT NULL"


COUNTS: Final[Mapping[Measure, Callable[[Stretch], str]]] = {
    Measure.CONTENT: _content,
    Measure.FIRST_TIME: _first_time,
    Measure.IN_TIME: _in_time,
    Measure.NOT_BACK: _closed,
    Measure.PRAISED: _closed,
}
"""Which orders count for a measure, in SQL; those of other measures are counted besides."""

GOOD: Final[Mapping[Measure, str]] = {
    Measure.CONTENT: f"csat >= {CONTENT}",
    Measure.FIRST_TIME: f"first_visit = 1 AND (again_ms IS NULL OR again_ms > {_RIPE})",
    Measure.IN_TIME: " AND ".join(f"coalesce({kept}, 1) = 1" for kept in _KEPT),
    Measure.NOT_BACK: "reopened = 0",
    Measure.PRAISED: "glad IS NOT NULL",
}
"""Which of those are good."""


def score_cards(reader: Reader, query: ScoreCards) -> Cards:
    """The month, and the months that gold is given by, out of the same rows."""
    require(reader.who, Right.DISPATCH)
    month = _month(reader, query.month, query.zone)
    rules = _rules(reader, month)
    long = _long(month, query, rules)
    people = _people(reader)
    counts, kept = _counted(reader, month, people), steps(reader, month, people)
    told = _Told(counts, kept, sheets(reader, month, people).values())
    before = long._replace(until=month.since)
    counts, kept = counts + _counted(reader, before, people), kept + steps(reader, before, people)
    over = _Told(counts, kept, sheets(reader, long, people).values())
    praised = praises(reader, month)
    best = set(stars((told.candidate(who) for who in people), rules))
    cards = []
    for who, row in people.items():
        figures = told.of(who)
        if not row.active and not figures:
            continue
        cards.append(
            Card(
                id=who,
                code=row.code,
                name=row.name,
                closed=told.closed[who],
                figures=figures,
                praises=praised[who],
                score=told.score(who),
                star=who in best,
                gold=bool(row.active) and golden(over.candidate(who), rules),
                gold_figures=over.of(who),
                gold_closed=over.closed[who],
            )
        )
    cards.sort(key=lambda one: (one.score is None, -(one.score or 0), one.code))
    return Cards(
        month=query.month,
        zone=query.zone,
        group=told.group,
        cards=tuple(cards),
        rules=rules,
        other_now=rules != rules_of(settings.figures_of(reader.conn)),
    )


def score_orders(reader: Reader, query: ScoreOrders) -> tuple[int, ...]:
    """The same rows, looked at by the same rules."""
    require(reader.who, Right.DISPATCH)
    if query.measure not in set(Measure):
        raise BadInput(where=N_("figure"), wrong=query.measure, right=", ".join(Measure))
    month = _month(reader, query.month, query.zone)
    people = _people(reader)
    who = next((one for one, row in people.items() if row.code == query.technician), None)
    if who is None:
        raise NameUnknown(what=N_("technician"), name=query.technician)
    measure = Measure(query.measure)
    if measure not in COUNTS:
        return tuple(sorted(orders_besides(reader, measure, month, who)))
    counts = COUNTS[measure](month)
    asked = (
        f"SELECT number FROM kpi_order WHERE {_here(reader)} AND technician_id = {who} AND {counts}"
    )
    return tuple(sorted(number for (number,) in ask(reader.conn, reader.kind, asked)))


class _Told:
    """The figures of everybody over some stretch, made of what the store has counted."""

    def __init__(
        self, counts: Sequence[_Counts], kept: Iterable[Case], scored: Iterable[Case]
    ) -> None:
        self.closed = Counter[int]()
        for who, _stratum, closed, *_rest in counts:
            self.closed[who] += closed
        held = {Measure.PROCEDURE: kept, Measure.INSPECTED: scored}
        for place, measure in enumerate(COUNTS):
            at = 3 + 2 * place
            held[measure] = [
                Case(one[0], one[1], one[at + 1], one[at]) for one in counts if one[at]
            ]
        self.figures: dict[Measure, Figures] = {one: figures_of(held[one]) for one in Measure}
        self.group = {name: one.group for name, one in self.figures.items() if one.group}

    def of(self, who: int) -> dict[Measure, Figure]:
        """Those that somebody has."""
        return {name: one.people[who] for name, one in self.figures.items() if who in one.people}

    def score(self, who: int) -> float | None:
        """What his figures come to."""
        return score_of(self.of(who), self.group)

    def candidate(self, who: int) -> Candidate:
        """What honours are given by."""
        figures = self.of(who)
        answers = figures.get(Measure.CONTENT)
        return Candidate(
            technician=who,
            closed=self.closed[who],
            answers=0 if answers is None else answers.n,
            score=self.score(who),
            fair={name: one.fair for name, one in figures.items()},
        )


_Counts = tuple[Any, ...]
"""Technician, stratum, how many were closed; then how many count and are good, by measure."""


def _counted(reader: Reader, cut: Stretch, people: Collection[int]) -> list[_Counts]:
    """Orders alike of these people; two stretches that touch come to what both together do."""
    told = [_sum(_closed(cut))]
    for measure, which in COUNTS.items():
        counts = which(cut)
        told += [_sum(counts), _sum(f"{counts} AND {GOOD[measure]}")]
    asked = f"asked_at >= {cut.since} AND asked_at < {cut.until}"
    text = (
        f"SELECT technician_id, kpi_order.kind, priority, {', '.join(told)} FROM kpi_order"
        " JOIN (SELECT number AS n, priority FROM work_order) AS told ON n = number"
        " LEFT JOIN (SELECT DISTINCT number AS glad, technician_id AS whom FROM voice"
        f" WHERE praise = 1 AND withdrawn = ''{_sites(reader)}) AS said"
        " ON glad = number AND whom = technician_id"
        f" WHERE {_here(reader)} AND technician_id IS NOT NULL AND ({_closed(cut)} OR {asked})"
        " GROUP BY technician_id, kpi_order.kind, priority"
    )
    strata: dict[str, str] = {}
    found = []
    for who, kind, priority, *counted in ask(reader.conn, reader.kind, text):
        if who in people:
            known = strata.get(kind)
            if known is None:
                known = strata[kind] = folded(kind.strip())
            found.append((who, (known, priority), *counted))
    return found


def _sum(condition: str) -> str:
    return f"sum(CASE WHEN {condition} THEN 1 ELSE 0 END)"


def _here(reader: Reader) -> str:
    """Orders in sight that count."""
    return f"counts = 1{_sites(reader)}"


def _sites(reader: Reader) -> str:
    sites = reader.who.scope.sites
    if sites is None:
        return ""
    return f" AND site_id IN ({', '.join(map(str, sorted(sites))) or 'NULL'})"


def _people(reader: Reader) -> dict[int, Any]:
    who = TECHNICIANS.c
    asked = select(who.id, who.code, who.name, who.active).where(
        in_sight(reader, "technician", TECHNICIANS)
    )
    return {row.id: row for row in reader.conn.execute(asked)}


def _month(reader: Reader, month: str, zone: str) -> Stretch:
    if kpi_fill.is_owed(reader.conn):
        raise FiguresOwed
    said = _MONTH.fullmatch(month)
    if said is None or not 1900 <= int(said[1]) < 2900:
        raise BadInput(where=N_("month"), wrong=month[:40], right=N_("write one such as 2026-11"))
    place, now = zone_named(zone), to_ms(reader.at)
    at = _counted_month(said)
    return Stretch(_begins(at, place), _begins(at + 1, place), now)


def _rules(reader: Reader, month: Stretch) -> Rules:
    """Those that stood when the month ended; while it goes on, those that stand."""
    if reader.at < from_ms(month.until):
        return rules_of(settings.figures_of(reader.conn))
    return rules_of(settings.figures_at(reader.conn, from_ms(month.until)))


def _long(month: Stretch, query: ScoreCards, rules: Rules) -> Stretch:
    """With the months before it, as many as gold is given by."""
    said = _MONTH.fullmatch(query.month)
    at = 0 if said is None else _counted_month(said)
    since = _begins(at + 1 - rules.gold_months, zone_named(query.zone))
    return month._replace(since=since)


def _counted_month(said: re.Match[str]) -> int:
    return int(said[1]) * 12 + int(said[2]) - 1


def _begins(month: int, zone: ZoneInfo) -> int:
    day = date(month // 12, month % 12 + 1, 1)
    return to_ms(datetime.combine(day, time(), tzinfo=zone).astimezone(UTC))
