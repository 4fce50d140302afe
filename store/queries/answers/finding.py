"""Answers to queries in the language of `store.domain.finding`."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, select

from store.domain.finding.parser import parse
from store.domain.finding.stretches import Here
from store.persistence import scoping
from store.persistence.statements import among
from store.queries.answers.finding_held import Newest
from store.queries.answers.finding_lanes import MANY, first_of_the_desk
from store.queries.answers.finding_plan import hold, plan, walked
from store.queries.answers.finding_sorts import OF_QUEUES, sort_named
from store.queries.answers.finding_where import Meaning
from store.queries.answers.lines import COLUMNS, ORDERS, PLACES, joined, lines
from store.queries.answers.pages import KEPT
from store.queries.answers.scope import checked_limit, within
from store.queries.finding import MOST, Found, Place
from store.queries.queues import QUEUES

if TYPE_CHECKING:
    from sqlalchemy import Select

    from store.domain.who import Scope
    from store.persistence.reader import Reader
    from store.queries.answers.finding_plan import Plan
    from store.queries.answers.finding_sorts import Sort
    from store.queries.finding import CountOrders, FindOrders


def find_orders(reader: Reader, query: FindOrders) -> Found:
    """One page, with what is certain about where it stands."""
    return _Finding(reader, query).page()


def numbers_found(reader: Reader, query: FindOrders) -> list[int]:
    """The numbers on one forward page, in its order."""
    return _Finding(reader, query).numbers()


def count_orders(reader: Reader, query: CountOrders) -> int | None:
    """As many as `FindOrders` has rows."""
    meaning = Meaning(reader, Here(at=reader.at, zone=query.zone))
    held = hold(meaning, plan(meaning, parse(query.text), query.queue), rows=False)
    return None if held is None else held.total


class _Finding:
    """One question on its way to its answer."""

    def __init__(self, reader: Reader, query: FindOrders) -> None:
        self._reader = reader
        self._query = query
        self._limit = checked_limit(query.limit)
        meaning = Meaning(reader, Here(at=reader.at, zone=query.zone))
        asked = plan(meaning, parse(query.text), query.queue)
        self._sort = _sort(reader, query, asked)
        self._meaning = meaning
        self._desk = asked.live and self._sort.name == "rank" and reader.kind == "postgresql"
        newest = self._newest()
        held = hold(meaning, asked, newest=newest)
        self._total = None if held is None else held.total
        self._upto: int | None = None
        """Those above this number are not looked at; None where all are, from the top on."""
        self._held: list[int] | None = None
        """The numbers that the page lies among; None where the rows are walked."""
        if held is not None and held.suffices(newest):
            self._held, self._upto = held.numbers, held.upto
            self._where = self._among(held.numbers)
        else:
            self._where = walked(meaning, asked)

    def _among(self, numbers: list[int]) -> Any:
        mine = self._meaning.among(ORDERS.c.number, numbers)
        return and_(mine, within(self._reader, ORDERS.c.site_id))

    def _newest(self) -> Newest | None:
        """Where the page begins, if it goes down from the newest orders."""
        query, sort = self._query, self._sort
        downwards = not (query.last or query.before or query.around)
        if sort.name != "number" or not sort.descending or not downwards:
            return None
        place = query.after or query.since
        rows = self._limit + 2 + max(0, query.position or 0)
        return Newest(rows, None if place is None else place.number)

    def page(self) -> Found:
        """The page that was asked for."""
        query = self._query
        if query.around is not None:
            found = self._around(query.around)
        elif query.before is not None or query.last:
            found = self._backward(query.before)
        else:
            found = self._forward()
        return self._counted(found) if query.counted else found

    def numbers(self) -> list[int]:
        """The same of a forward page, without reading its rows."""
        keys = self._keys(self._query.after).order_by(*self._sort.by()).limit(self._limit)
        return list(self._execute(keys).scalars().all())

    def _forward(self) -> Found:
        query, limit = self._query, self._limit
        skip = max(0, query.position or 0)
        place, itself = (query.after, False) if query.after else (query.since, True)
        rows = self._rows(place, limit + 1, itself=itself, skip=skip)
        return self._found(
            rows[:limit], at_top=place is None and not skip, at_end=len(rows) <= limit
        )

    def _backward(self, place: Place | None) -> Found:
        rows = self._rows(place, self._limit + 1, backwards=True)
        at_top = len(rows) <= self._limit
        return self._found(rows[-self._limit :], at_top=at_top, at_end=place is None)

    def _around(self, number: int) -> Found:
        place = self._place_of(number)
        limit = self._limit
        if place is None:
            rows = self._rows(None, limit + 1)
            return self._found(rows[:limit], at_top=True, at_end=len(rows) <= limit)
        follow = self._rows(place, limit + 1, itself=True)
        above = max(limit // 2, limit - len(follow))
        lead = self._rows(place, above + 1, backwards=True) if above else []
        kept = lead[-above:] if above else []
        shown = [*kept, *follow][:limit]
        at_end = len(follow) <= limit and bool(follow) and shown[-1] is follow[-1]
        return self._found(shown, at_top=len(lead) <= above, at_end=at_end)

    def _counted(self, found: Found) -> Found:
        total = self._total
        if not found.places:
            return replace(found, total=total, skipped=total)
        if found.at_top:
            return replace(found, total=total, skipped=0)
        if self._upto is not None:
            return replace(found, total=total)  # what stands before was not looked for
        if self._held is not None and self._sort.name == "number":
            above = self._sort.picked(self._held, found.places[0], MOST + 1, backwards=True)
            return replace(found, total=total, skipped=len(above) if len(above) <= MOST else None)
        before = self._sort.beyond(found.places[0], backwards=True)
        asked = select(ORDERS.c.number).where(self._where, before).limit(MOST + 1).subquery()
        skipped = self._execute(select(func.count()).select_from(asked)).scalar_one()
        return replace(found, total=total, skipped=skipped if skipped <= MOST else None)

    def _place_of(self, number: int) -> Place | None:
        asked = select(self._sort.column).where(ORDERS.c.number == number, self._where)
        row = self._execute(asked).one_or_none()
        return None if row is None else Place(row[0], number)

    def _rows(
        self,
        place: Place | None,
        limit: int,
        *,
        backwards: bool = False,
        itself: bool = False,
        skip: int = 0,
    ) -> list[Any]:
        """Rows from a place on, in list order; the keys are found first, then only theirs read."""
        if self._held is not None and not self._held:
            return []
        if self._held is not None and self._sort.name == "number":
            picked = self._sort.picked(
                self._held, place, limit, backwards=backwards, itself=itself, skip=skip
            )
            return self._rows_of(picked)
        sort = self._sort
        if self._held is not None and self._desk and len(self._held) > MANY:
            keys, order = self._keys_of_the_desk(place, limit + skip, backwards, itself)
        else:
            keys = self._keys(place, backwards=backwards, itself=itself)
            order = sort.by(backwards=backwards)
        page = keys.order_by(*order).limit(limit).offset(skip).subquery()
        source = joined(page.join(ORDERS, ORDERS.c.number == page.c.number))
        asked = select(*COLUMNS, page.c.value).select_from(source)
        return list(self._execute(asked.order_by(*sort.of(page.c.value, page.c.number))).all())

    def _rows_of(self, numbers: list[int]) -> list[Any]:
        if not numbers:
            return []
        reader = self._reader
        asked = _lines_of(reader.who.scope, reader.kind, down=self._sort.descending)
        return list(reader.conn.execute(asked, {"numbers": numbers}).all())

    def _keys(
        self, place: Place | None, *, backwards: bool = False, itself: bool = False
    ) -> Select[Any]:
        keys = select(ORDERS.c.number, self._sort.column.label("value")).where(self._where)
        if place is None:
            return keys
        return keys.where(self._sort.beyond(place, backwards=backwards, itself=itself))

    def _keys_of_the_desk(
        self, place: Place | None, upto: int, backwards: bool, itself: bool
    ) -> tuple[Select[Any], tuple[Any, ...]]:
        """The same of the most urgent that were found, with the order that they come in."""
        sort, held = self._sort, self._held or []
        seen = [within(self._reader, ORDERS.c.site_id)]
        if place is not None:
            seen.append(sort.beyond(place, backwards=backwards, itself=itself))
        keys = first_of_the_desk(
            sort,
            lambda number: self._meaning.among(number, held),
            *seen,
            backwards=backwards,
            upto=upto,
        )
        value, number = keys.selected_columns["value"], keys.selected_columns["number"]
        return keys, sort.of(value, number, backwards=backwards)

    def _found(self, rows: list[Any], *, at_top: bool, at_end: bool) -> Found:
        return Found(
            lines=lines(rows, _RANK, self._reader),
            places=tuple(Place(row[-1], row[0]) for row in rows),
            sort=self._sort.name,
            descending=self._sort.descending,
            at_top=at_top,
            at_end=at_end,
        )

    def _execute(self, asked: Any) -> Any:
        return self._reader.conn.execute(asked, {"at": self._reader.at})


_RANK = PLACES["rank_at"]


@lru_cache(KEPT)
def _lines_of(scope: Scope, kind: str, *, down: bool) -> Select[Any]:
    """The rows of the orders bound as `numbers`; built once, since a page is little else."""
    number = ORDERS.c.number
    mine = and_(among(number, "numbers", kind), scoping.within(scope, ORDERS.c.site_id, kind))
    rows = select(*COLUMNS, number.label("value")).select_from(joined(ORDERS)).where(mine)
    return rows.order_by(number.desc() if down else number)


def _sort(reader: Reader, query: FindOrders, asked: Plan) -> Sort:
    """The sort that was asked for, else the best for what was asked."""
    name, descending = query.sort, query.descending
    order = "rank_at" if query.queue is None else QUEUES[query.queue].order
    if not name and query.queue is not None:
        name = OF_QUEUES[order]
    elif not name:
        name, descending = ("rank", False) if asked.live else ("number", True)
    return sort_named(name, reader.kind, descending=descending, order=order)
