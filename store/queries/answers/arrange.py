"""Answers what it would come to if orders came elsewhere: both days laid as they would be."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import inf
from typing import TYPE_CHECKING

from store.domain.dispatch.laid import lay
from store.domain.dispatch.weigh import cost_of, slips_of, slot_of, slots_of, starts_in, starts_of
from store.domain.errors import NameUnknown
from store.domain.locks import MOVING, PLACE
from store.domain.moves_common import live_visits, refusal
from store.domain.moves_refusals import NobodyHolds, SeveralHold, UnderWay
from store.domain.pace import LIFE
from store.domain.words import N_
from store.persistence.standings import places, stamps
from store.queries.answers.arrange_rules import Breaking
from store.queries.answers.card import seen_order
from store.queries.answers.crew_stops import minutes_to, turn
from store.queries.answers.laid_days import LaidDays, missed
from store.queries.arrange import Arrangement, DayWeighed, Placed, Placing
from store.queries.recommend import Slipped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from store.domain.dispatch.crew import Stop, Worker
    from store.domain.dispatch.fits import Slip
    from store.domain.dispatch.laid import Laid
    from store.domain.order import WorkOrder
    from store.persistence.reader import Reader
    from store.queries.arrange import Arrange

_MINUTE, _SECOND = timedelta(minutes=1), timedelta(seconds=1)


def arrange(reader: Reader, query: Arrange) -> Arrangement:
    """Only the people whom it touches are reckoned with."""
    return Arranging(reader, query.placings).told()


def movable(reader: Reader, number: int) -> WorkOrder:
    """An order that nobody has begun of those who have it: one, or all whom it takes."""
    order = seen_order(reader, number)
    held = live_visits(order.visits)
    if not held:
        raise refusal(order, NobodyHolds, PLACE)
    if len(held) > max(1, order.crew):
        raise refusal(order, SeveralHold, PLACE)
    if held[0].state in MOVING:
        raise refusal(order, UnderWay, PLACE)
    return order


def holders_of(order: WorkOrder) -> tuple[int, ...]:
    """Everybody who has it."""
    return tuple(visit.technician for visit in live_visits(order.visits))


class Arranging:
    """Some orders put into some days."""

    def __init__(self, reader: Reader, placings: Sequence[Placing]) -> None:
        self._reader = reader
        self._placings = placings
        self._orders = {one.number: movable(reader, one.number) for one in placings}
        self._held = {n: holders_of(order) for n, order in self._orders.items()}
        people = {one.technician for one in placings}.union(*self._held.values())
        self._days = LaidDays(reader, sorted(people))
        self._workers = self._days.crew.workers
        self._breaking = Breaking(reader, self._days, self._orders)
        for who in people - self._workers.keys():
            raise NameUnknown(what=N_("technician"), name=who)
        held = self._days.them.held
        self._stops = {
            stop.number: replace(
                stop,
                planned=held[stop.number].opens,
                ready=max(0.0, held[stop.number].opens or 0.0),
                until=inf,  # another may get it: what it takes of him is looked at by itself
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
        lay_at = places(reader.conn, reader.kind, self._orders)
        slips = [
            self._slipped(slip)
            for who in sorted(after)
            for slip in slips_of(before[who], after[who], moved)
        ]
        return Arrangement(
            placed=tuple(
                self._placed(one, who, slots[one.number], plans[one.number], workers, after)
                for one in self._placings
                for who in self._going(one)
            ),
            days=tuple(
                DayWeighed(
                    who=days.them.person(who),
                    before=cost_of(before[who], prices).shared(speed),
                    after=cost_of(after[who], prices).shared(speed),
                )
                for who in sorted(after)
            ),
            slips=tuple(slips),
            at=reader.at,
            stamps=tuple(sorted(stood.items())),
            places=tuple(sorted(lay_at.items())),
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
            if who in self._going(one) and one.number in plans
        ]

    def _going(self, placing: Placing) -> tuple[int, ...]:
        """Who has it then, the one in whose day it is placed first."""
        number, who = placing.number, placing.technician
        held = self._held[number]
        if len(held) == 1:
            return (who,)
        gone = None if who in held else placing.instead
        if gone is None and who not in held:
            raise refusal(self._orders[number], SeveralHold, PLACE)
        return (who, *(one for one in held if one not in {who, gone}))

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
            days = (self._with(who, self._for(who, plans)) for who in self._going(placing))
            total = sum(cost_of(lay(day, self._days.crew.ways), prices).total for day in days)
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
                natural = natural and len(self._held[stop.number]) == 1
                plan_at = self._kept(stop.number, who, slot)
                if plan_at is None and not natural:
                    plan_at = self._whole_minute(starts[stop.number])
                plans[stop.number] = plan_at
        return self._as_laid(plans)

    def _kept(self, number: int, who: int, slot: int) -> datetime | None:
        """The start that several have for it, as long as that brings it into the slot."""
        held, start = self._held[number], self._orders[number].planned_at
        if len(held) == 1 or who not in held or start is None or start < self._reader.at:
            return None
        laid = lay(self._with(who, (self._planned(number, start),)), self._days.crew.ways)
        return start if slot_of(laid, number) == slot else None

    def _as_laid(self, plans: dict[int, datetime | None]) -> dict[int, datetime | None]:
        """The same, but none before it is come to: a slot behind a shift's end is in the next.

        Where several go nobody begins before the last of them is there.
        """
        for who, worker in (*self._workers.items(), *self._workers.items()):
            for _span in worker.spans:  # each time one of them goes on at least
                stops = {stop.number: stop for stop in self._for(who, plans)}
                begun = starts_in(lay(self._with(who, (*stops.values(),)), self._days.crew.ways))
                later = {
                    number: self._whole_minute(begun[number])
                    for number, stop in stops.items()
                    if plans[number] is not None and begun.get(number, 0) > (stop.planned or 0)
                }
                plans |= later
                if not later:
                    break
        return plans

    def _whole_minute(self, minutes: float) -> datetime:
        """The next minute of the clock that is not before it; in a drill the next second."""
        at, unit = self._days.when(minutes), _MINUTE if self._reader.pace == LIFE else _SECOND
        over = (at - datetime.min.replace(tzinfo=UTC)) % unit
        return at if not over else at - over + unit

    def _placed(
        self,
        placing: Placing,
        who: int,
        slot: int,
        plan_at: datetime | None,
        workers: Mapping[int, Worker],
        after: Mapping[int, tuple[Laid, ...]],
    ) -> Placed:
        number, days = placing.number, self._days
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
            who=days.them.person(who),
            slot=slot,
            slots=len(slots_of(lay(self._without[placing.technician], days.crew.ways))),
            plan_at=plan_at,
            start_at=None if mine is None else mine.from_at,
            done_at=None if mine is None else mine.to_at,
            promise=promise,
            late=late,
            appointed=mine is not None and mine.stop.appointed is not None,
            broken=tuple(self._breaking.rules(number, plan_at, workers[who], after[who])),
            instead=None if who in self._held[number] else placing.instead,
            beside=who != placing.technician,
        )

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
