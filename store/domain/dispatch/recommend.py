"""Who should go to one order: those who may, by what it costs that they go, and why not others.

The cost is in minutes, and each part of it is told, so that "why not him" is a subtraction. Nothing
here asks a clock or a store: the same crew and order give the same answer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil, inf
from typing import TYPE_CHECKING, Final

from store.domain.dispatch.board import Travel
from store.domain.dispatch.crew import Prices
from store.domain.dispatch.fits import cheapest, parts
from store.domain.dispatch.in_parts import InParts, in_parts
from store.domain.dispatch.laid import lay
from store.domain.dispatch.rules import Barred, Rule, bars
from store.domain.dispatch.score import Score
from store.domain.dispatch.ways import ways_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from store.domain.dispatch.crew import Wanted, Worker
    from store.domain.dispatch.fits import Placed
    from store.domain.dispatch.laid import Laid
    from store.domain.dispatch.ways import Around

TOLD: Final = 5
"""How many are recommended."""
_SAME: Final = 6
"""Decimals beyond which two costs are the same, and the lower number comes first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Somebody who may go."""

    worker: int
    placed: Placed
    score: Score
    margin: float | None
    """Minutes that are left when the work is done; negative is late, None without a promise."""
    later: bool
    """Whether he comes to it only in a shift that has not begun."""
    parts: int = 1
    """Over how many shifts it goes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """What would let somebody go whom one rule alone keeps from it."""

    worker: int
    barred: Barred


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """The best first, and what keeps the others."""

    offers: tuple[Offer, ...]
    """At most `TOLD`."""
    able: int
    """How many may go."""
    barred: Mapping[int, tuple[Barred, ...]]
    """What keeps each of the others, by technician; every rule that does so whatever he has."""
    helps: tuple[Help, ...] = ()
    """Where nobody may go: whom one rule alone keeps from it, the easiest to help first."""

    def counted(self) -> dict[Rule, int]:
        """How many are out by which rule, each counted by the first."""
        found: dict[Rule, int] = {}
        for rules in self.barred.values():
            found[rules[0].rule] = found.get(rules[0].rule, 0) + 1
        return dict(sorted(found.items(), key=lambda one: (-one[1], one[0])))


HELPED: Final = (
    Rule.LOCKED, Rule.HELD, Rule.TOOL, Rule.SHIFT, Rule.REGION, Rule.EXPIRED, Rule.ABSENT, Rule.OFF,
    Rule.REST, Rule.LEVEL, Rule.NO_SHIFT,
)  # fmt: skip
"""What somebody can do something about, the easiest first."""


_OF_TIME: Final = frozenset({Rule.SHIFT, Rule.REST, Rule.ABSENT, Rule.NO_SHIFT, Rule.HELD})
"""Rules that are about his time itself."""


def _helpful(one: Help) -> tuple[int, float, int]:
    over = one.barred.facts.get("over", 0)
    return HELPED.index(one.barred.rule), float(str(over)), one.worker


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
        ways = self.ways.around(wanted.stop.at, wanted.stop.site)
        found: list[tuple[float, int, int, int]] = []
        long: dict[int, InParts] = {}
        barred = {who: bars(worker, wanted) for who, worker in self.workers.items()}
        mean = self._mean(who for who, against in barred.items() if not against)
        for who, worker in self.workers.items():
            if barred[who]:
                continue
            cost, span, at, full = self._best(worker, wanted, ways)
            if span < 0 and (parted := self._long(worker, wanted)) is not None:
                cost, long[who] = parted.cost, parted
            elif span < 0:
                barred[who] = (full,)
                continue
            cost += sum(self._own(worker, wanted, mean))
            found.append((round(cost, _SAME), who, span, at))
        found.sort()
        offers = tuple(
            self._offer(
                who, wanted, long.get(who) or self._whole(who, wanted, ways, span, at), mean
            )
            for _, who, span, at in found[:most]
        )
        left = {who: against for who, against in barred.items() if against}
        helps = () if offers else self._helps(left, wanted, ways)
        return Advice(offers=offers, able=len(found), barred=left, helps=helps)

    def _helps(
        self, barred: Mapping[int, tuple[Barred, ...]], wanted: Wanted, ways: Around
    ) -> tuple[Help, ...]:
        alone = []
        for who, rules in barred.items():
            rule = rules[0].rule
            if len(rules) > 1 or rule not in HELPED:
                continue
            if rule in _OF_TIME or self._fits(self.workers[who], _no_paper(wanted), ways):
                alone.append(Help(worker=who, barred=rules[0]))
        return tuple(sorted(alone, key=_helpful))

    def lacks(self, wanted: Wanted) -> dict[int, tuple[Barred, ...]]:
        """All that keeps each of them from it, also that he has no room, could he go else."""
        ways = self.ways.around(wanted.stop.at, wanted.stop.site)
        free = _no_paper(wanted)
        found = {}
        for who, worker in self.workers.items():
            rules = bars(worker, wanted)
            if not any(one.rule in _OF_TIME for one in rules):
                _cost, span, _at, full = self._best(worker, free, ways)
                fits = span >= 0 or self._long(worker, free) is not None
                rules = rules if fits else (*rules, full)
            found[who] = rules
        return found

    def offer(self, worker: int, wanted: Wanted) -> Offer | None:
        """What it costs that he goes; None where a rule keeps him from it."""
        ways = self.ways.around(wanted.stop.at, wanted.stop.site)
        if bars(self.workers[worker], wanted):
            return None
        _, span, at, _ = self._best(self.workers[worker], wanted, ways)
        one = self._whole(worker, wanted, ways, span, at) if span >= 0 else None
        one = one or self._long(self.workers[worker], wanted)
        able = (who for who, its in self.workers.items() if not bars(its, wanted))
        return None if one is None else self._offer(worker, wanted, one, self._mean(able))

    def _mean(self, able: Iterable[int]) -> float:
        """Minutes of work and travel that those whom no rule bars have on average."""
        loads = [self._loads[who] for who in able]
        return sum(loads) / len(loads) if loads else 0.0

    def _best(self, worker: Worker, wanted: Wanted, ways: Around) -> tuple[float, int, int, Barred]:
        """The cheapest place in any of his spans; -1 and the rule where there is none."""
        stop, until = wanted.stop, inf
        if wanted.paper and (paper := worker.papers[wanted.paper]) is not None:
            until = paper
        best, where, place, short, rested = inf, -1, -1, inf, False
        rooms, waiting = self._rooms[worker.id], self.prices.waiting
        for span, laid in enumerate(self.laid[worker.id]):
            ends, room = min(laid.ends, until), rooms[span]
            cost, at, over = cheapest(laid, stop, ways, ends=ends, room=room, waiting=waiting)
            if cost < best:
                best, where, place = cost, span, at
            if over < short:
                short, rested = over, 0 < over <= laid.cut
        if where >= 0:
            return best, where, place, _FULL
        if until < inf and self._fits(worker, _no_paper(wanted), ways):
            facts = {"paper": wanted.names.get("paper", wanted.paper)}
            return inf, -1, -1, Barred(rule=Rule.EXPIRED, facts=facts)
        if self._is_held_up(worker, wanted):
            return inf, -1, -1, Barred(rule=Rule.HELD)
        rule = Rule.REST if rested else Rule.SHIFT
        return inf, -1, -1, Barred(rule=rule, facts={"over": ceil(short)})

    def _is_held_up(self, worker: Worker, wanted: Wanted) -> bool:
        """Whether it would fit, did nothing that he has stay at its time."""
        if not any(stop.locked and stop.planned is not None for stop in worker.stops):
            return False
        free = tuple(replace(stop, locked=False) for stop in worker.stops)
        unlocked = replace(worker, stops=free)
        alone = Crew((unlocked,), self._travel, self.prices)
        ways = alone.ways.around(wanted.stop.at, wanted.stop.site)
        return alone._best(unlocked, wanted, ways)[1] >= 0

    def _fits(self, worker: Worker, wanted: Wanted, ways: Around) -> bool:
        """Whether there is a place for it, whole or in parts."""
        whole = self._best(worker, wanted, ways)[1] >= 0
        return whole or self._long(worker, wanted) is not None

    def _long(self, worker: Worker, wanted: Wanted) -> InParts | None:
        """Work that is longer than any of his spans, in parts."""
        paper = worker.papers[wanted.paper] if wanted.paper else None
        until, laid = inf if paper is None else paper, self.laid[worker.id]
        return in_parts(worker, wanted.stop, self.ways, laid, self.prices, until=until)

    def _whole(self, who: int, wanted: Wanted, ways: Around, span: int, at: int) -> InParts:
        """Work that fits in one of his spans."""
        laid: Laid = self.laid[who][span]
        room, waiting = self._rooms[who][span], self.prices.waiting
        placed = parts(laid, wanted.stop, ways, at, room=room, waiting=waiting)
        return InParts(placed, 1, laid.begins > 0)

    def _own(self, worker: Worker, wanted: Wanted, mean: float) -> tuple[float, float, float]:
        """What is the same wherever it comes among his stops: territory, fairness, customer."""
        prices, known = self.prices, 0.0
        abroad = None not in {worker.home, wanted.region} and worker.home != wanted.region
        if wanted.usual == worker.id:
            known -= prices.usual
        if wanted.customer is not None and wanted.customer in worker.asked_for_by:
            known -= prices.asked_for
        unfair = prices.fairness * max(0.0, self._loads[worker.id] - mean)
        return prices.territory if abroad else 0.0, unfair, known

    def _offer(self, who: int, wanted: Wanted, one: InParts, mean: float) -> Offer:
        placed = one.placed
        territory, fairness, usual = self._own(self.workers[who], wanted, mean)
        score = Score(
            lateness=placed.lateness,
            knock_on=placed.knock_on,
            waiting=placed.waiting,
            travel=placed.travel,
            overload=placed.overload,
            territory=territory,
            fairness=fairness,
            usual=usual,
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
        )


def _no_paper(wanted: Wanted) -> Wanted:
    return replace(wanted, paper="")


_FULL = Barred(rule=Rule.SHIFT)
