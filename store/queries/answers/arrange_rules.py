"""What forbids a recommendation what the schedule board is about to do: it is told, and counted."""

from __future__ import annotations

from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING

from store.domain.dispatch.laid import outlasting
from store.domain.dispatch.rules import Barred, Rule, bars
from store.domain.moves_common import live_visits
from store.queries.answers.crew import Everybody
from store.queries.answers.crew_stops import minutes_to
from store.queries.answers.wanted import wanted_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence
    from datetime import datetime

    from store.domain.dispatch.crew import Worker
    from store.domain.dispatch.laid import Laid
    from store.domain.order import WorkOrder
    from store.persistence.reader import Reader
    from store.queries.answers.laid_days import Coming, LaidDays


class Breaking:
    """Some orders that are put elsewhere, in laid days."""

    def __init__(self, reader: Reader, days: LaidDays, orders: Mapping[int, WorkOrder]) -> None:
        self._reader = reader
        self._days = days
        self._orders = orders

    def rules(
        self, number: int, plan_at: datetime | None, worker: Worker, after: Sequence[Laid]
    ) -> Iterator[Barred]:
        """What stands against one of those who are to have an order, each rule once."""
        reader, order = self._reader, self._orders[number]
        wanted = wanted_of(reader, order, self._days.times)
        able = Everybody(reader, wanted).workers[worker.id]
        has = any(visit.technician == worker.id for visit in live_visits(order.visits))
        if order.locked_by is not None and not (has and order.planned_at == plan_at):
            facts = {"by": wanted.names["locked_by"], "holder": wanted.names["locked_to"]}
            yield Barred(rule=Rule.LOCKED, facts=facts)
        elsewhere = replace(wanted, locked_to=frozenset(), going=frozenset())
        rules = bars(replace(able, spans=worker.spans, away=worker.away), elsewhere)
        yield from (one for one in rules if not (worker.off and one.rule is Rule.NO_SHIFT))
        ends = {one.held.number: one for one in self._days.told(after)}
        paper = able.papers.get(wanted.paper) if wanted.paper else None
        done = minutes_to(reader, ends[number].to_at) if number in ends else 0.0
        if paper is not None and 0 < paper < done:
            facts = {"paper": wanted.names.get("paper", wanted.paper)}
            yield Barred(rule=Rule.EXPIRED, facts=facts)
        yield from self._of_the_day(worker, after, ends)

    def _of_the_day(
        self, worker: Worker, after: Sequence[Laid], ends: Mapping[int, Coming]
    ) -> Iterator[Barred]:
        """What of the day itself cannot be: work after its end, a locked start that is late."""
        was, over = {one.held.number: one for one in self._days.of(worker.id)}, 0.0
        for one in ends.values():
            fitted = one.held.number not in was or was[one.held.number].fits
            if not one.fits and fitted:
                last = [s for s in after if any(s1.number == one.stop.number for s1 in s.stops)][-1]
                over = max(over, minutes_to(self._reader, one.to_at) - last.ends)
        if over:
            facts = {"over": ceil(over / self._reader.pace.speed)}
            yield Barred(rule=Rule.SHIFT, facts=facts)
        if _held_up(was, ends, self._orders):
            yield Barred(rule=Rule.HELD)
        if outlasting(after) - outlasting(self._days.crew.laid[worker.id]):
            yield Barred(rule=Rule.HELD_PAPER)


def _held_up(was: Mapping[int, Coming], ends: Mapping[int, Coming], but: Container[int]) -> bool:
    """Whether something else that is locked to its start begins later."""
    return any(
        one.stop.locked and one.stop.planned is not None and one.from_at > was[number].from_at
        for number, one in ends.items()
        if number in was and number not in but
    )
