"""Answers what it would come to if orders came elsewhere: both days laid as they would be."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import ceil
from typing import TYPE_CHECKING

from store.domain.dispatch.laid import lay
from store.domain.dispatch.rules import Barred, Rule, bars
from store.domain.dispatch.weigh import cost_of, slips_of, slot_of, slots_of, starts_of
from store.domain.errors import NameUnknown
from store.domain.locks import MOVING, PLACE
from store.domain.moves_common import live_visits, refusal
from store.domain.moves_refusals import NobodyHolds, SeveralHold, UnderWay
from store.domain.pace import LIFE
from store.domain.words import N_
from store.persistence.standings import stamps
from store.queries.answers.card import seen_order
from store.queries.answers.crew import Everybody
from store.queries.answers.crew_stops import minutes_to, turn
from store.queries.answers.laid_days import LaidDays, missed
from store.queries.answers.recommend import wanted_of
from store.queries.arrange import Arrangement, DayWeighed, Placed, Placing
from store.queries.recommend import Slipped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from store.domain.dispatch.crew import Stop, Worker
    from store.domain.dispatch.fits import Slip
    from store.domain.dispatch.laid import Laid
    from store.domain.order import WorkOrder
    from store.persistence.reader import Reader
    from store.queries.answers.laid_days import Coming
    from store.queries.arrange import Arrange, Swap

_MINUTE, _SECOND = timedelta(minutes=1), timedelta(seconds=1)


def arrange(reader: Reader, query: Arrange) -> Arrangement:
    """Only the people whom it touches are reckoned with."""
    return _Arranging(reader, query.placings).told()


def swap(reader: Reader, query: Swap) -> Arrangement:
    """Each goes to whoever has the other, and comes where that one comes."""
    pair = [_movable(reader, number) for number in dict.fromkeys((query.one, query.other))]
    holders = [order.technician or 0 for order in pair]
    laid = LaidDays(reader, list(set(holders)))
    slots = []
    for order, holder in zip(pair, holders, strict=True):
        others = frozenset({one.number for one in pair} - {order.number})
        worker = laid.crew.workers.get(holder)
        if worker is None:
            raise NameUnknown(what=N_("technician"), name=holder)
        if len(set(holders)) == 1:  # both are out of the way when they are put in again
            stops = tuple(stop for stop in worker.stops if stop.number not in others)
            worker = replace(worker, stops=stops)
        slots.append(slot_of(lay(worker, laid.crew.ways), order.number))
    placings = [
        Placing(number=order.number, technician=holder, slot=slot)
        for order, holder, slot in zip(pair, reversed(holders), reversed(slots), strict=True)
    ]
    return _Arranging(reader, tuple(placings)).told()


def _movable(reader: Reader, number: int) -> WorkOrder:
    """An order that one technician has and has not begun."""
    order = seen_order(reader, number)
    held = live_visits(order.visits)
    if not held:
        raise refusal(order, NobodyHolds, PLACE)
    if len(held) > 1:
        raise refusal(order, SeveralHold, PLACE)
    if held[0].state in MOVING:
        raise refusal(order, UnderWay, PLACE)
    return order


class _Arranging:
    """Some orders put into some days."""

    def __init__(self, reader: Reader, placings: Sequence[Placing]) -> None:
        self._reader = reader
        self._placings = placings
        self._orders = {one.number: _movable(reader, one.number) for one in placings}
        people = {one.technician for one in placings}
        people |= {order.technician or 0 for order in self._orders.values()}
        self._days = LaidDays(reader, sorted(people))
        self._workers = self._days.crew.workers
        for who in people - self._workers.keys():
            raise NameUnknown(what=N_("technician"), name=who)
        held = self._days.them.held
        self._stops = {
            stop.number: replace(
                stop,
                planned=held[stop.number].wakes,
                ready=held[stop.number].wakes or 0.0,
            )
            for worker in self._workers.values()
            for stop in worker.stops
            if stop.number in self._orders
        }
        """The orders as if no time were planned for them."""
        self._without = {who: self._with(who, ()) for who in self._workers}

    def told(self) -> Arrangement:
        """What it would come to."""
        reader, days, ways = self._reader, self._days, self._days.crew.ways
        slots = {one.number: self._slot(one) for one in self._placings}
        plans = self._plans(slots)
        workers = {who: self._with(who, self._for(who, plans)) for who in self._workers}
        after = {who: lay(worker, ways) for who, worker in workers.items()}
        before, prices, speed = days.crew.laid, days.crew.prices, reader.pace.speed
        moved = frozenset(self._orders)
        stood = stamps(reader.conn, reader.kind, sorted(self._workers), at=reader.at)
        slips = [
            self._slipped(slip)
            for who in sorted(after)
            for slip in slips_of(before[who], after[who], moved)
        ]
        return Arrangement(
            placed=tuple(
                self._placed(one, slots[one.number], plans[one.number], workers, after)
                for one in self._placings
            ),
            days=tuple(
                DayWeighed(
                    who=days.them.people[who],
                    before=cost_of(before[who], prices).shared(speed),
                    after=cost_of(after[who], prices).shared(speed),
                )
                for who in sorted(after)
            ),
            slips=tuple(slips),
            at=reader.at,
            stamps=tuple(sorted(stood.items())),
        )

    def _with(self, who: int, more: Sequence[Stop]) -> Worker:
        """Somebody without the orders that are placed, or with those that he is to get."""
        worker, held = self._workers[who], self._days.them.held
        kept = [stop for stop in worker.stops if stop.number not in self._orders]
        stops = sorted((*kept, *more), key=lambda one: turn(one, held[one.number].priority))
        return replace(worker, stops=tuple(stops))

    def _for(self, who: int, plans: Mapping[int, datetime | None]) -> list[Stop]:
        return [
            self._planned(one.number, plans[one.number])
            for one in self._placings
            if one.technician == who
        ]

    def _planned(self, number: int, plan_at: datetime | None) -> Stop:
        stop = self._stops[number]
        if plan_at is None:
            return stop
        planned = minutes_to(self._reader, plan_at)
        return replace(stop, planned=planned, ready=max(stop.ready, planned))

    def _slot(self, placing: Placing) -> int:
        """The slot that was named, or the one where it costs least."""
        laid = lay(self._without[placing.technician], self._days.crew.ways)
        count = len(slots_of(laid))
        if placing.slot is not None:
            return max(0, min(placing.slot, count - 1))
        prices = self._days.crew.prices

        def cost(slot: int) -> tuple[float, bool, int]:  # of equals the one that needs no time
            plans = self._plans({placing.number: slot}, only=placing)
            worker = self._with(placing.technician, self._for(placing.technician, plans))
            total = cost_of(lay(worker, self._days.crew.ways), prices).total
            return round(total, 6), plans[placing.number] is not None, slot

        return min(range(count), key=cost, default=0)

    def _plans(
        self, slots: Mapping[int, int], only: Placing | None = None
    ) -> dict[int, datetime | None]:
        """The start that each must be given to come into its slot; None if it does so by itself."""
        ways = self._days.crew.ways
        plans: dict[int, datetime | None] = {}
        placings = self._placings if only is None else (only,)
        for who in {one.technician for one in placings}:
            laid = lay(self._without[who], ways)
            if not laid:
                plans |= {one.number: None for one in placings if one.technician == who}
                continue
            put = [
                (slots[o.number], self._stops[o.number]) for o in placings if o.technician == who
            ]
            starts = starts_of(laid, sorted(put, key=lambda one: one[0]), ways)
            for slot, stop in put:
                alone = lay(self._with(who, (stop,)), ways)
                natural = len(put) == 1 and slot_of(alone, stop.number) == slot
                plans[stop.number] = None if natural else self._whole_minute(starts[stop.number])
        return plans

    def _whole_minute(self, minutes: float) -> datetime:
        """The next minute of the clock that is not before it; in a drill the next second."""
        at, unit = self._days.when(minutes), _MINUTE if self._reader.pace == LIFE else _SECOND
        over = (at - datetime.min.replace(tzinfo=UTC)) % unit
        return at if not over else at - over + unit

    def _placed(
        self,
        placing: Placing,
        slot: int,
        plan_at: datetime | None,
        workers: Mapping[int, Worker],
        after: Mapping[int, tuple[Laid, ...]],
    ) -> Placed:
        number, who, days = placing.number, placing.technician, self._days
        held = days.them.held[number]
        mine = next((one for one in days.told(after[who]) if one.held.number == number), None)
        promise, late = (
            (None, timedelta())
            if mine is None
            else missed(held, mine.from_at, mine.to_at, mine.counts)
        )
        return Placed(
            number=number,
            version=held.version,
            title=held.title,
            priority=held.priority,
            who=days.them.people[who],
            slot=slot,
            slots=len(slots_of(lay(self._without[who], days.crew.ways))),
            plan_at=plan_at,
            start_at=None if mine is None else mine.from_at,
            done_at=None if mine is None else mine.to_at,
            promise=promise,
            late=late,
            broken=tuple(self._broken(placing, plan_at, workers[who], after[who])),
        )

    def _broken(
        self,
        placing: Placing,
        plan_at: datetime | None,
        worker: Worker,
        after: tuple[Laid, ...],
    ) -> Iterator[Barred]:
        """What forbids it to a recommendation, each rule once."""
        reader, number = self._reader, placing.number
        order = self._orders[number]
        wanted = wanted_of(reader, order, self._days.times)
        able = Everybody(reader, wanted).workers[worker.id]
        stays = (order.technician, order.planned_at) == (worker.id, plan_at)
        if order.locked_by is not None and not stays:
            facts = {"by": wanted.names["locked_by"], "holder": wanted.names["locked_to"]}
            yield Barred(rule=Rule.LOCKED, facts=facts)
        elsewhere = replace(wanted, locked_to=frozenset())
        yield from bars(replace(able, spans=worker.spans, away=worker.away), elsewhere)
        ends = {one.held.number: one for one in self._days.told(after)}
        paper = able.papers.get(wanted.paper) if wanted.paper else None
        done = minutes_to(reader, ends[number].to_at) if number in ends else 0.0
        if paper is not None and 0 < paper < done:
            facts = {"paper": wanted.names.get("paper", wanted.paper)}
            yield Barred(rule=Rule.EXPIRED, facts=facts)
        yield from self._day_broken(worker, after, ends)

    def _day_broken(
        self, worker: Worker, after: tuple[Laid, ...], ends: Mapping[int, Coming]
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
        if any(
            one.stop.locked and one.stop.planned is not None and one.from_at > was[n].from_at
            for n, one in ends.items()
            if n in was and n not in self._orders
        ):
            yield Barred(rule=Rule.HELD)

    def _slipped(self, slip: Slip) -> Slipped:
        held = self._days.them.held[slip.number]
        seen = self._reader.who.scope.covers(held.site)
        return Slipped(
            number=slip.number if seen else None,
            title=held.title if seen else "",
            priority=held.priority,
            later=self._days.lasts(slip.later),
            late_before=self._days.lasts(slip.late_before),
            late=self._days.lasts(slip.late),
        )
