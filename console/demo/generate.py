"""Fills a store for measurements: some lives through the domain, then copies by the million."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from random import Random
from typing import TYPE_CHECKING, Any

from console import litter
from console.beside import in_a_process, side_by_side
from console.demo.crowd import make_crowd
from console.demo.draw import Draw
from console.demo.pasts import pasts
from console.demo.presents import presents
from store.commands.inputs import YEARS
from store.domain.errors import Refusal
from store.domain.replay import whole_ms
from store.domain.who import Right
from store.domain.words import N_
from store.persistence.copies import pattern
from store.persistence.patterns import Copies, copied
from store.queries.people import DeskEmpty

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from console.demo.crowd import Crowd
    from store.domain.copies import Copy
    from store.domain.rules import Rules
    from store.domain.who import Who
    from store.persistence.pattern_docs import Names
    from store.persistence.patterns import Pattern
    from store.persistence.work import Work
    from store.records import Records

EARLIEST = datetime(YEARS[0], 1, 1, tzinfo=UTC) + timedelta(days=366)
"""What a made-up past may reach back to."""
BATCH, SHARED_BATCH = 20_000, 5_000
"""Orders a transaction: where one writes at a time, its indexes are then touched less often."""
PIECE = 2_500
"""Orders made and sent between processes at a time."""
WRITERS = 2
"""Transactions at once, where the store lets more than one write."""
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
    batch: int | None = None,
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
    batch = batch or (BATCH if records.one_writer else SHARED_BATCH)
    with litter.seldom:
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

    def run(self, *, batch: int) -> Iterator[Sequence[int]]:
        """Bring everything, batch by batch; yields the numbers of the orders of each."""
        over = self._wish.orders - self._wish.open
        ground = self._records.again(self._prepare)
        patterns, past, present = self._live(ground, over)
        piece = min(PIECE, batch)

        def told() -> Iterator[Copies]:
            for copies, first, end in ((past, 0, over), (present, over, self._wish.orders)):
                for start in range(first, end, piece):
                    some = ground.numbers[start : min(start + piece, end)]
                    yield copied(patterns, some, islice(copies, len(some)), ground.names)

        made = told()
        if self._wish.orders >= WORTH_A_PROCESS:
            plain = in_a_process(lambda: map(_values, told()))
            made = (Copies(*values) for values in plain)
        batches = _gathered(made, batch)
        if self._records.one_writer:
            yield from map(self._land, batches)
        else:
            # Only one at a time counts the visits of technicians, whose rows it locks for that.
            yield from side_by_side(self._land, batches, width=WRITERS, alone=_held)

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
            work.settle_copies()

    def _prepare(self) -> _Ground:
        """What the store must give before anything is made up."""
        wish, dice = self._wish, Random(self._wish.seed)
        with self._work() as work:
            crowd = make_crowd(
                work,
                sites=wish.sites,
                technicians=wish.technicians,
                tag=work.tag_beside("technician"),
                at=self._at,
                dice=dice,
            )
            return _Ground(
                crowd=crowd,
                names=work.names(crowd.found_by()),
                rules=[work.rules_of(level) for level in crowd.levels],
                numbers=work.reserve(wish.orders),
                dice=dice,
            )

    def _live(
        self, ground: _Ground, over: int
    ) -> tuple[list[Pattern], Iterator[Copy], Iterator[Copy]]:
        """Make up lives; the patterns of all, and the copies that are over and that go on."""
        wish, by, at, dice = self._wish, self._who.operator, self._at, ground.dice
        rules = ground.rules
        ended = pasts(min(over, MOST_PASTS), rules=rules, by=by, at=at, dice=dice)
        going = presents(min(wish.open, MOST_PRESENTS), rules=rules, by=by, at=at, dice=dice)
        judged: dict[int | None, Rules] = dict(zip(ground.crowd.levels, rules, strict=True))
        patterns = [
            pattern(
                life,
                judged[life.order.level],
                via=self._who.through,
                kind=self._records.database.kind,
            )
            for life in (*ended, *going)
        ]
        draw = Draw(ground.crowd, dice)
        return (
            patterns,
            draw.pasts(ended, over, weeks=wish.weeks, at=at),
            draw.presents(going, wish.open, len(ended)),
        )

    def _land(self, batch: Sequence[Copies]) -> Sequence[int]:
        with self._work() as work:
            work.land(batch)
        return [number for copies in batch for number in copies.numbers]

    def _work(self) -> AbstractContextManager[Work]:
        right = Right.IMPORT  # as whoever brings so many orders at once
        return self._records.work(who=self._who, at=self._at, right=right, desk_wide=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ground:
    """What a made-up desk stands on."""

    crowd: Crowd
    names: Names
    rules: Sequence[Rules]
    """Of each of the crowd's levels."""
    numbers: Sequence[int]
    dice: Random


def _values(copies: Copies) -> tuple[Any, ...]:
    return copies.numbers, copies.technicians, copies.packed


def _held(batch: Sequence[Copies]) -> bool:
    """Whether somebody may hold one of these orders."""
    return any(copies.technicians for copies in batch)


def _gathered(made: Iterable[Copies], most: int) -> Iterator[list[Copies]]:
    """Batches of so many orders, in which either some are held or none."""
    batch: list[Copies] = []
    for copies in made:
        if batch and (
            _held(batch) is not bool(copies.technicians)
            or sum(len(c.numbers) for c in batch) + len(copies.numbers) > most
        ):
            yield batch
            batch = []
        batch.append(copies)
    if batch:
        yield batch
