"""Fills a store for measurements: some lives through the domain, then copies by the million."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from random import Random
from typing import TYPE_CHECKING

from console.demo.beside import in_a_process
from console.demo.crowd import make_crowd
from console.demo.draw import Draw
from console.demo.pasts import pasts
from console.demo.presents import presents
from store.commands.inputs import YEARS
from store.domain.errors import Refusal
from store.domain.replay import whole_ms
from store.domain.words import N_
from store.persistence.patterns import copied
from store.queries.people import DeskEmpty

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from store.domain.copies import Copy
    from store.domain.who import Who
    from store.persistence.patterns import Copies, Pattern
    from store.persistence.work import Work
    from store.records import Records

EARLIEST = datetime(YEARS[0], 1, 1, tzinfo=UTC) + timedelta(days=366)
"""What a made-up past may reach back to."""
BATCH = 20_000
"""Orders a transaction."""
WORTH_A_PROCESS = 50_000
"""From so many orders on, a second process hashes while this one stores."""
MOST_PASTS, MOST_PRESENTS = 2_500, 1_000
"""How many different lives are made up; beyond that they come again, moved in time."""
PROMISED_EVERY, MOST_FOLLOW_UPS = 20, 400
"""One in so many open orders has a follow-up, but no more than these."""


class NotEmpty(Refusal):
    """There are orders already."""

    sentence = N_("the store has orders already; --add puts more beside them")


class PastTooLong(Refusal):
    """A past that no calendar reckons in."""

    sentence = N_("{weeks} weeks before {at} is before the year {first}; ask for a shorter past")


class WishUnclear(Refusal):
    """Numbers that do not go together."""

    sentence = N_("{open} of {orders} orders cannot be open; sites and technicians are at least 1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a store shall hold."""

    orders: int = 100_000
    open: int = 500
    """How many of the orders have not left the desk."""
    technicians: int = 60
    sites: int = 300
    seed: int = 1
    weeks: int = 104
    """How far back its past reaches."""


def generate(
    records: Records,
    wish: Wish,
    *,
    who: Who,
    at: datetime,
    add: bool = False,
    progress: Callable[[int], None] = lambda _done: None,
    batch: int = BATCH,
    follow_ups: bool = True,
) -> int:
    """Fill the store; how many orders came. The same wish at the same time gives the same ones.

    NotEmpty when there are orders and `add` does not allow that.
    """
    if not 0 <= wish.open <= wish.orders or min(wish.sites, wish.technicians, wish.weeks) < 1:
        raise WishUnclear(orders=wish.orders, open=wish.open)
    if wish.weeks > (at - EARLIEST).days // 7 or at.year >= YEARS[1]:
        raise PastTooLong(weeks=wish.weeks, at=at, first=EARLIEST.year)
    empty = records.ask(DeskEmpty(), who=who, at=at)
    if not empty and not add:
        raise NotEmpty
    filling = _Filling(records, wish, who=replace(who, via="generate"), at=whole_ms(at))
    done = 0
    for numbers in filling.run(batch=batch):
        done += len(numbers)
        if follow_ups and done > wish.orders - wish.open:
            filling.promise(numbers)
        progress(done)
    records.again(filling.settle)
    return done


class _Filling:
    """One store on its way to be filled."""

    def __init__(self, records: Records, wish: Wish, *, who: Who, at: datetime) -> None:
        self._records = records
        self._wish = wish
        self._who = who
        self._at = at
        self._promises = Random(wish.seed)
        self._patterns: Sequence[Pattern] = ()
        self._numbers: Sequence[int] = ()

    def run(self, *, batch: int) -> Iterator[Sequence[int]]:
        """Bring everything, batch by batch; yields the numbers of the orders of each."""
        over = self._wish.orders - self._wish.open
        past, present = self._records.again(lambda: self._prepare(over))

        def told() -> Iterator[Copies]:
            numbers = self._numbers
            for copies, first, end in ((past, 0, over), (present, over, self._wish.orders)):
                for start in range(first, end, batch):
                    some = numbers[start : min(start + batch, end)]
                    yield copied(self._patterns, some, islice(copies, len(some)))

        beside = self._wish.orders >= WORTH_A_PROCESS
        for made in in_a_process(told) if beside else told():
            with self._work() as work:
                work.land(made)
            yield made.numbers

    def promise(self, numbers: Sequence[int]) -> None:
        """Customers were promised a call about some of these open orders."""
        every = max(PROMISED_EVERY, self._wish.open // MOST_FOLLOW_UPS)
        with self._work() as work:
            for number in numbers[::every]:
                due_at = self._at + timedelta(minutes=self._promises.uniform(-300, 900))
                work.promise_follow_up(number, due_at=whole_ms(due_at))

    def settle(self) -> None:
        """Since when those are free whom no open order has."""
        with self._work() as work:
            work.settle_people()

    def _prepare(self, over: int) -> tuple[Iterator[Copy], Iterator[Copy]]:
        wish, by, at = self._wish, self._who.operator, self._at
        dice = Random(wish.seed)
        with self._work() as work:
            crowd = make_crowd(
                work,
                sites=wish.sites,
                technicians=wish.technicians,
                tag=work.tag_beside("technician"),
                at=at,
                dice=dice,
            )
            rules = [work.rules_of(level) for level in crowd.levels]
            ended = pasts(min(over, MOST_PASTS), rules=rules, by=by, at=at, dice=dice)
            going = presents(min(wish.open, MOST_PRESENTS), rules=rules, by=by, at=at, dice=dice)
            self._patterns = [work.pattern(history) for history in (*ended, *going)]
            self._numbers = work.reserve(wish.orders)
        draw = Draw(crowd, dice)
        return (
            draw.pasts(ended, over, weeks=wish.weeks, at=at),
            draw.presents(going, wish.open, len(ended)),
        )

    def _work(self) -> AbstractContextManager[Work]:
        return self._records.work(who=self._who, at=self._at)
