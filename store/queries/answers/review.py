"""The answer for what a month's review lists; of orders that count in figures."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from store.domain.revisits import Standing
from store.domain.targets import ClockKind
from store.persistence.kpi_rows import ask
from store.persistence.revisits import REVISIT
from store.persistence.types import from_ms
from store.queries.answers import review_voices
from store.queries.answers.kpi_period import cuts
from store.queries.answers.lines import CUSTOMERS, ORDERS, SITES
from store.queries.answers.revisits import KIND, REVISIT_COLUMNS, REVISITS_SEEN, lines_of
from store.queries.answers.scope import checked_limit, within
from store.queries.review import CauseLine, PromiseLine, ReviewLists, RevisitSums, WorstLine

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from store.persistence.reader import Reader
    from store.queries.answers.kpi_period import Cut
    from store.queries.review import Review
    from store.queries.revisits import RevisitLine

_KINDS = tuple(kind.value for kind in ClockKind)
CALL = "call"


def review(reader: Reader, query: Review) -> ReviewLists:
    """Of what was not closed before the period began, and fell due, or was late, within it."""
    (cut,) = cuts(reader, query).values()
    return ReviewLists(
        worst=tuple(_worst(reader, cut, checked_limit(query.worst))),
        promises=tuple(_promises(reader, cut)),
        causes=tuple(_causes(reader, cut)),
        revisits=_revisits(reader, query, cut),
        about=tuple(review_voices.about(reader, cut)),
        complaints=tuple(review_voices.latest(reader, cut)),
        inspected=tuple(review_voices.lowest(reader, cut)),
    )


def _held(cut: Cut) -> str:
    """Orders that were at the desk in the period; two questions, each of an index."""
    return " UNION ALL ".join(
        f"SELECT number AS n FROM kpi_order WHERE {which} AND counts = 1{cut.here}"
        for which in (f"closed_at >= {cut.since}", "closed_at IS NULL")
    )


def _end(cut: Cut) -> int:
    return min(cut.until, cut.now)


def _worst(reader: Reader, cut: Cut, limit: int) -> Iterator[WorstLine]:
    end, due = _end(cut), "coalesce(breached_at, due_at)"
    over = f"coalesce(met_at, ended_at, {end})"
    until = f"CASE WHEN {over} < {end} THEN {over} ELSE {end} END"
    text = (
        f"SELECT number, max({until} - {due}) AS late FROM ({_held(cut)}) AS held"
        " JOIN clock ON number = n"
        f" WHERE kind = '{ClockKind.RESOLVE}' AND {due} < {until} AND {over} > {cut.since}"
        f" GROUP BY number ORDER BY late DESC, number LIMIT {limit}"
    )
    late = dict(_asked(reader, text))
    found = {row.number: row for row in _orders(reader, tuple(late))}
    for number, ms in late.items():
        row = found[number]
        yield WorstLine(
            number=number,
            title=row.title,
            site=row.site,
            customer=row.customer,
            opened_at=row.opened_at,
            done_at=row.done_at,
            late_s=ms // 1000,
            chased=row.chased,
            reopened=row.reopened,
        )


def _orders(reader: Reader, numbers: Sequence[int]) -> Sequence[Any]:
    o = ORDERS.c
    told = (
        select(
            *(o.number, o.title, SITES.c.name.label("site"), CUSTOMERS.c.name.label("customer")),
            *(o.opened_at, o.done_at, o.chased, o.reopened),
        )
        .select_from(
            ORDERS.outerjoin(SITES, SITES.c.id == o.site_id).outerjoin(
                CUSTOMERS, CUSTOMERS.c.id == o.customer_id
            )
        )
        .where(o.number.in_(numbers))
    )
    return reader.conn.execute(told).all()


def _promises(reader: Reader, cut: Cut) -> Iterator[PromiseLine]:
    """Each run of a clock by itself: what was promised anew is one promise more.

    It is judged as figures judge it: by its own due time, whatever a waiver says.
    """
    end, due = _end(cut), "coalesce(breached_at, due_at)"
    due = f"CASE WHEN own_due_at < {due} OR {due} IS NULL THEN own_due_at ELSE {due} END"
    over = f"coalesce(met_at, ended_at, {end})"
    missed = f"breached_at IS NOT NULL OR {over} > coalesce(own_due_at, due_at)"
    text = (
        f"SELECT kind, count(*), sum(CASE WHEN {missed} THEN 1 ELSE 0 END)"
        f" FROM ({_held(cut)}) AS held JOIN clock ON number = n"
        f" WHERE {due} >= {cut.since} AND {due} < {end} GROUP BY kind"
    )
    found = {kind: (count, late) for kind, count, late in _asked(reader, text)}
    calls = (
        f"SELECT count(*), sum(CASE WHEN coalesce(done_at, {end} + 1) > due_at THEN 1 ELSE 0 END)"
        f" FROM ({_held(cut)}) AS held JOIN follow_up ON number = n"
        f" WHERE due_at >= {cut.since} AND due_at < {end}"
        f" AND substr(kind, 1, {len(KIND)}) <> '{KIND}'"
    )
    ((count, late),) = _asked(reader, calls)
    if count:
        found[CALL] = (count, late)
    for kind in (*_KINDS, CALL):
        if kind in found:
            due_, missed_ = found[kind]
            yield PromiseLine(kind=kind, due=int(due_), missed=int(missed_))


def _causes(reader: Reader, cut: Cut) -> Iterator[CauseLine]:
    text = (
        "SELECT cause, count(*) AS answers FROM"
        f" (SELECT number AS n, cause FROM work_order WHERE bad_at >= {cut.since}"
        f" AND bad_at < {_end(cut)}) AS bad JOIN kpi_order ON number = n WHERE counts = 1{cut.here}"
        " GROUP BY cause ORDER BY answers DESC, cause"
    )
    for cause, answers in _asked(reader, text):
        yield CauseLine(cause=cause, answers=answers)


def _revisits(reader: Reader, query: Review, cut: Cut) -> RevisitSums:
    """Of the months of the period, as they stood at its end; of orders that count in figures."""
    first, last = f"{query.first:%Y-%m}", f"{query.last:%Y-%m}"
    told = (
        f"SELECT number FROM kpi_order WHERE counts = 1{cut.here} AND number IN (SELECT"
        f" order_number FROM revisit WHERE period >= '{first}' AND period <= '{last}')"
    )
    mine = {number for (number,) in _asked(reader, told)}
    asked = select(*REVISIT_COLUMNS).select_from(REVISITS_SEEN)
    asked = asked.where(REVISIT.c.period.between(first, last), within(reader, ORDERS.c.site_id))
    rows = [row for row in reader.conn.execute(asked) if row.order_number in mine]
    end = min(reader.at, from_ms(_end(cut)))
    lines = lines_of(reader.conn, rows, at=end)
    stood = Counter(_stood(line, end) for line in lines)
    return RevisitSums(
        planned=len(lines) - stood[Standing.OFF],
        held=stood[Standing.HELD],
        missed=stood[Standing.MISSED],
        refused=stood[Standing.REFUSED],
    )


def _stood(line: RevisitLine, end: datetime) -> Standing:
    """How it stood then: what was held later was missed."""
    if line.done_at is not None and line.done_at > end:
        return Standing.MISSED if line.due_at < end else Standing.PLANNED
    return line.standing


def _asked(reader: Reader, text: str) -> Sequence[Any]:
    return ask(reader.conn, reader.kind, text)
