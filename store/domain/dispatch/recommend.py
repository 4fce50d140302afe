"""Who should go to one order: those who may, by what it costs that they go, and why not others.

The cost is in minutes, and each part of it is told, so that "why not him" is a subtraction. Nothing
here asks a clock or a store: the same crew and order give the same answer.
"""

from __future__ import annotations

from dataclasses import replace
from math import ceil, inf
from typing import TYPE_CHECKING, Any, Final

from store.domain.dispatch.advice import TOLD, Advice, Offer
from store.domain.dispatch.board import Travel
from store.domain.dispatch.crew import Prices
from store.domain.dispatch.fits import cheapest, overrun, parts
from store.domain.dispatch.helps import OF_TIME, helps_of
from store.domain.dispatch.in_parts import InParts, in_parts
from store.domain.dispatch.laid import lay, longer_than
from store.domain.dispatch.parts_cost import UNSURE, Asked, Days, parts_cost
from store.domain.dispatch.rules import Barred, Rule, bars
from store.domain.dispatch.score import Score
from store.domain.dispatch.settled import Day, Settled, given_way, settled, settled_in_parts
from store.domain.dispatch.ways import ways_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from store.domain.dispatch.crew import Stop, Wanted, Worker
    from store.domain.dispatch.laid import Laid

_NOWHERE, _PARTS = -1, -2
"""In place of the span: where it fits in none, and where it is done in parts."""
_SAID_NO: Final = 1e9
"""Minutes by which whoever has declined it comes after all others."""
_SAME: Final = 6
"""Decimals beyond which two costs are the same, and the lower number comes first."""

_Way = tuple[float, int, int, "Barred"]
"""What it costs, in which of somebody's spans, before which stop; else what keeps him from it."""


class Crew:
    """Everybody with what he has to do, laid out once; then asked for any number of orders."""

    def __init__(
        self, workers: Iterable[Worker], travel: Travel | None = None, prices: Prices | None = None
    ) -> None:
        self._travel = travel or Travel()
        self.ways = ways_of(self._travel)
        self.prices = prices or Prices()
        self.workers = {worker.id: worker for worker in sorted(workers, key=lambda one: one.id)}
        self.laid = {worker.id: lay(worker, self.ways) for worker in self.workers.values()}
        self._loads = {worker: sum(one.load for one in some) for worker, some in self.laid.items()}
        share = self.prices.overload_share
        self._rooms = {
            worker: tuple(share * max(0.0, one.ends - one.begins) - one.load for one in some)
            for worker, some in self.laid.items()
        }

    def recommend(self, wanted: Wanted, *, most: int = TOLD) -> Advice:
        """Who may go and what that costs, the best first; it must be nobody's stop yet."""
        asked = self._asked(wanted.stop)
        found: list[tuple[float, int, int, int]] = []
        barred = {who: bars(worker, wanted) for who, worker in self.workers.items()}
        mean = self._mean(who for who, against in barred.items() if not against)
        for who, worker in self.workers.items():
            if barred[who]:
                continue
            cost, span, at, full = self._cheapest(worker, wanted, asked)
            if span == _NOWHERE:
                barred[who] = (full,)
                continue
            cost += sum(self._own(worker, wanted, mean)) + _no(who, wanted)
            found.append((round(cost, _SAME), who, span, at))
        found.sort()
        offers, full_after_all = self._best_of(found, wanted, asked, mean, most)
        barred |= {who: (self.full(who, wanted),) for who in full_after_all}
        left = {who: against for who, against in barred.items() if against}
        free = _no_paper(wanted)
        helps = (
            ()
            if offers
            else helps_of(
                self.workers, self.ways, left, wanted.stop, lambda one: self._fits(one, free, asked)
            )
        )
        able = len(found) - len(full_after_all)
        return Advice(offers=offers, able=able, barred=left, helps=helps)

    def _best_of(
        self,
        found: Sequence[tuple[float, int, int, int]],
        wanted: Wanted,
        asked: Asked,
        mean: float,
        most: int,
    ) -> tuple[tuple[Offer, ...], list[int]]:
        """The first of them, each as it comes when he is sent; that may change their order.

        Beside them those met on the way with whom it comes to no place, not even in its turn.
        """
        told: list[tuple[float, int, Offer]] = []
        nowhere: list[int] = []
        for cost, who, span, at in found:
            if len(told) == most:
                break
            its = self._told(who, wanted, asked, span, at)
            if its is None:
                nowhere.append(who)
                continue
            offer = self._offer(who, wanted, its, mean)
            as_it_is = round(offer.score.total + _no(who, wanted), _SAME)
            told.append((cost if its.there else as_it_is, who, offer))
        return tuple(offer for _, _, offer in sorted(told, key=lambda one: one[:2])), nowhere

    def full(self, who: int, wanted: Wanted) -> Barred:
        """The rule for one with whom something else gives way, wherever he comes to it."""
        return given_way(self.workers[who], wanted.stop, self.ways, self.laid[who])

    def lacks(self, wanted: Wanted) -> dict[int, tuple[Barred, ...]]:
        """All that keeps each of them from it, also that he has no room, could he go else."""
        asked = self._asked(wanted.stop)
        free = _no_paper(wanted)
        found = {}
        for who, worker in self.workers.items():
            rules = bars(worker, wanted)
            if not any(one.rule in OF_TIME for one in rules):
                _cost, span, _at, full = self._cheapest(worker, free, asked)
                rules = (*rules, full) if span == _NOWHERE else rules
            found[who] = rules
        return found

    def offer(self, worker: int, wanted: Wanted) -> Offer | None:
        """What it costs that he goes; None where a rule keeps him from it."""
        asked = self._asked(wanted.stop)
        if bars(self.workers[worker], wanted):
            return None
        _, span, at, _ = self._cheapest(self.workers[worker], wanted, asked)
        if span == _NOWHERE:
            return None
        able = (who for who, its in self.workers.items() if not bars(its, wanted))
        one = self._told(worker, wanted, asked, span, at)
        return None if one is None else self._offer(worker, wanted, one, self._mean(able))

    def _asked(self, stop: Stop) -> Asked:
        """An order with what is looked up of it for everybody."""
        around, here = self.ways.around(stop.at, stop.site), self.ways.number(stop.at, stop.site)
        return Asked(stop, self.ways, around, here, self.prices.waiting)

    def _mean(self, able: Iterable[int]) -> float:
        """Minutes of work and travel that those whom no rule bars have on average."""
        loads = [self._loads[who] for who in able]
        return sum(loads) / len(loads) if loads else 0.0

    def _cheapest(self, worker: Worker, wanted: Wanted, asked: Asked) -> _Way:
        """The cheapest place in any of his spans, or else in parts over several of them."""
        takes, laid = wanted.stop.takes, self.laid[worker.id]
        if not longer_than(worker.spans, takes):
            return self._best(worker, wanted, asked)
        if any(one.begins + takes <= one.ends for one in laid):  # by parts of a minute added up
            whole = self._best(worker, wanted, asked)
            if whole[1] != _NOWHERE:
                return whole
        if (cost := self._in_parts(worker, wanted, asked)) < inf:
            return cost, _PARTS, -1, _FULL
        short, rested = overrun(laid, wanted.stop, asked.around, _until(worker, wanted))
        return inf, _NOWHERE, -1, self._why_not(worker, wanted, asked, short, rested=rested)

    def _in_parts(self, worker: Worker, wanted: Wanted, asked: Asked) -> float:
        """What it costs in parts; inf where it cannot be done so."""
        who = worker.id
        days = Days(worker, self.laid[who], self._rooms[who], _until(worker, wanted))
        cost = parts_cost(asked, days)
        if cost != UNSURE:
            return cost
        one = self._long(worker, wanted)
        return inf if one is None else one.cost

    def _best(self, worker: Worker, wanted: Wanted, asked: Asked) -> _Way:
        """The cheapest place in any of his spans; nowhere, and the rule, where there is none."""
        stop, until = wanted.stop, _until(worker, wanted)
        best, where, place, short, rested = inf, _NOWHERE, -1, inf, False
        rooms, waiting, around = self._rooms[worker.id], self.prices.waiting, asked.around
        for span, laid in enumerate(self.laid[worker.id]):
            ends, room = min(laid.ends, until), rooms[span]
            cost, at, over = cheapest(laid, stop, around, ends=ends, room=room, waiting=waiting)
            if cost < best:
                best, where, place = cost, span, at
            if over < short:
                short, rested = over, 0 < over <= laid.cut
        if where != _NOWHERE:
            return best, where, place, _FULL
        return inf, _NOWHERE, -1, self._why_not(worker, wanted, asked, short, rested=rested)

    def _why_not(
        self, worker: Worker, wanted: Wanted, asked: Asked, short: float, *, rested: bool
    ) -> Barred:
        """What keeps him from it, where so many minutes are missing, perhaps to his rest."""
        if _until(worker, wanted) < inf and self._fits(worker, _no_paper(wanted), asked):
            facts = {"paper": wanted.names.get("paper", wanted.paper)}
            return Barred(rule=Rule.EXPIRED, facts=facts)
        if (held := self._held_up(worker, wanted)) is not None:
            return Barred(rule=held)
        rule = Rule.REST if rested else Rule.SHIFT
        return Barred(rule=rule, facts={"over": ceil(short)})

    def _held_up(self, worker: Worker, wanted: Wanted) -> Rule | None:
        """The rule without which it would fit: what he has stays at its time, or ends by then."""
        timed = any(stop.locked and stop.planned is not None for stop in worker.stops)
        if timed and self._is_free(worker, wanted, locked=False):
            return Rule.HELD
        certified = any(stop.until < inf for stop in worker.stops)
        if certified and self._is_free(worker, wanted, until=inf):
            return Rule.HELD_PAPER
        return None

    def _is_free(self, worker: Worker, wanted: Wanted, **change: Any) -> bool:
        worker = replace(worker, stops=tuple(replace(stop, **change) for stop in worker.stops))
        alone = Crew((worker,), self._travel, self.prices)
        return alone._best(worker, wanted, alone._asked(wanted.stop))[1] >= 0

    def _fits(self, worker: Worker, wanted: Wanted, asked: Asked) -> bool:
        """Whether there is a place for it, whole or in parts."""
        return self._cheapest(worker, wanted, asked)[1] != _NOWHERE

    def _long(self, worker: Worker, wanted: Wanted) -> InParts | None:
        """Work that is longer than any of his spans, in parts."""
        until, laid = _until(worker, wanted), self.laid[worker.id]
        return in_parts(worker, wanted.stop, self.ways, laid, self.prices, until=until)

    def _told(self, who: int, wanted: Wanted, asked: Asked, span: int, at: int) -> Settled | None:
        """Where it comes once he is sent, with what becomes of his stops."""
        worker, stop = self.workers[who], wanted.stop
        until, firm = _until(worker, wanted), wanted.crew > 1
        day = Day(worker, self.ways, self.laid[who], self.prices, until, firm)
        if span == _PARTS:
            one = self._long(worker, wanted)
            assert one is not None, "its cost was reckoned"
            return settled_in_parts(day, stop, one)
        laid: Laid = self.laid[who][span]
        room, waiting = self._rooms[who][span], self.prices.waiting
        placed = parts(laid, stop, asked.around, at, room=room, waiting=waiting)
        return settled(day, stop, InParts(placed, 1, laid.begins > 0), span, at)

    def _own(
        self, worker: Worker, wanted: Wanted, mean: float
    ) -> tuple[float, float, float, float]:
        """What is the same wherever it comes among his stops: territory, fairness, customer."""
        prices, usual = self.prices, wanted.usual == worker.id
        wished = wanted.customer is not None and wanted.customer in worker.asked_for_by
        abroad = None not in {worker.home, wanted.region} and worker.home != wanted.region
        unfair = prices.fairness * max(0.0, self._loads[worker.id] - mean)
        known = -prices.usual if usual else 0.0
        return prices.territory * abroad, unfair, known, -prices.asked_for if wished else 0.0

    def _offer(self, who: int, wanted: Wanted, settled: Settled, mean: float) -> Offer:
        one, placed = settled.one, settled.one.placed
        territory, fairness, usual, asked_for = self._own(self.workers[who], wanted, mean)
        score = Score(
            lateness=placed.lateness,
            knock_on=placed.knock_on,
            waiting=placed.waiting,
            others_wait=placed.others_wait,
            travel=placed.travel,
            overload=placed.overload,
            territory=territory,
            fairness=fairness,
            usual=usual,
            asked_for=asked_for,
        )
        due = wanted.stop.due
        margin = None if due == inf else due - placed.end
        return Offer(
            worker=who,
            placed=placed,
            score=score,
            margin=margin,
            later=one.later,
            parts=one.parts,
            begins=settled.begins,
        )


def _until(worker: Worker, wanted: Wanted) -> float:
    """By when the work must be done, as his paper ends."""
    ends = worker.papers[wanted.paper] if wanted.paper else None
    return inf if ends is None else ends


def _no(who: int, wanted: Wanted) -> float:
    return _SAID_NO * (who in wanted.declined)


def _no_paper(wanted: Wanted) -> Wanted:
    return replace(wanted, paper="")


_FULL = Barred(rule=Rule.SHIFT)
