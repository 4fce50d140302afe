"""Carries a file into the store: batch by batch, each with how far the file was read.

A batch is prepared in one transaction (which orders are new, the ids of their names, the promises
they get), told without any, by other processes where there are some, and stored in a second one.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from console import litter
from console.beside import Hands
from console.i18n import _
from console.intake import comparing, nameless
from console.intake.digests import digest_of
from console.intake.framing import mark_of
from console.intake.mapping import Mapper, fitted
from console.intake.naming import Names, turned_out
from console.intake.passing import Brought, Ready
from console.intake.portions import Portion, Portions
from console.intake.promised import Levels, promised
from console.intake.retelling import Batch, Retold, laid, level_of, retold, written
from console.intake.tally import MOST_IDS, Tally
from console.intake.troubles import RowRefused
from store.domain.who import Right, Scope, Who
from store.queries.lists import OrdersNumbered

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime

    from console.intake.comparing import Doubt
    from console.intake.maps import FileMap
    from console.intake.passing import Id, Order
    from console.intake.reader import Table
    from console.intake.rejects import Rejects
    from store.domain.rules import Rules
    from store.persistence.arrivals import Arrived, Run
    from store.persistence.work import Work
    from store.records import Records

BATCH = 1_000
"""Orders a transaction."""
HANDS = 3
"""The most processes that tell orders: more than one process can read for would idle."""
WORTH_HANDS = 4_000
"""Lines of a file from which on they are worth their start."""

Progress = Callable[[int], None]
"""Told the file's line that is reached, from time to time."""


class Importing:
    """One file on its way into the store."""

    def __init__(
        self,
        records: Records,
        table: Table,
        file_map: FileMap,
        *,
        who: Who,
        at: datetime,
        rejects: Rejects,
        progress: Progress = lambda _line: None,
        between: Callable[[], None] = lambda: None,
    ) -> None:
        rejects.spare(table.packed.path)
        self._records = records
        self._map = file_map
        self._table = fitted(file_map, table)
        self._mapper = Mapper(file_map, self._table.header)
        self._who = replace(who, via="import")
        self._at = at
        self._rejects = rejects
        self._progress = progress
        self._between = between
        self._names = Names(file_map.zone)
        self._levels = Levels()
        self._digest = digest_of(table, file_map)
        self._done = self._refused = self._refused_rows = 0
        self.tally = Tally()

    def run(self, *, batch: int = BATCH) -> Tally:
        """Bring everything that is not there yet; may be called again after any interruption."""
        begun = self._records.again(self._begin)
        if begun.ended_at is not None:
            self.tally.finished_at = begun.ended_at
            self.tally.here, self.tally.rejected = begun.orders_done, begun.rejected
            return self.tally
        # What a desk has exported it may have without a title, from before one was asked for.
        titled = not (self._map.own and self._map.notes)
        portions = Portions(self._table, self._mapper, self._map.mode, self._rejects, titled=titled)
        try:
            most = HANDS if self._table.lines >= WORTH_HANDS else 0
            with litter.seldom, Hands(self._retold, most=most) as hands:
                self._carry(portions.parted(batch, first=begun.orders_done), hands)
            self._records.again(self._end)
        finally:
            self._rejects.close()
        self.tally.made = {**self._names.made, "level": self._levels.made}
        self.tally.levels_differing = list(self._levels.differing)
        self.tally.phones_left = list(self._names.unnumbered)
        return self.tally

    def _retold(self, batch: Batch) -> Retold:
        return retold(batch, self._between)

    def _begin(self) -> Run:
        with self._work() as work:
            return work.run(self._map.name, self._digest)

    def _end(self) -> None:
        with self._work() as work:
            work.settle_people()
            run, rejected = work.run(self._map.name, self._digest), self._rejects.count
            taken = self._done - self._refused
            work.ran(run.id, orders_done=taken, rejected=rejected, ended=True)
        self.tally.rejected = rejected

    def _carry(self, portions: Iterator[Portion], hands: Hands[Batch, Retold]) -> None:
        """Bring batch after batch: while some are told, others are read and stored.

        Those of an interrupted run come again, since what it refused has to be told again.
        """
        waiting: deque[Ready] = deque()
        for portion in portions:
            ready = self._records.again(partial(self._prepare, portion))
            told = hands.take() if hands.are_full else None
            hands.give(ready.batch)
            waiting.append(ready)
            if told is not None:
                self._bring(waiting.popleft(), told)
        while waiting:
            self._bring(waiting.popleft(), hands.take())

    def _prepare(self, portion: Portion) -> Ready:
        orders = portion.orders
        made, levels = dict(self._names.made), deepcopy(self._levels)
        try:
            with self._work() as work:
                self._levels.meet(work, (picture for order in orders for picture in order))
                here = self._here(work, orders)
                new: list[Order] = [o for o in orders if self._id_of(o) not in here]
                self._names.meet(work, [picture for order in new for picture in order])
                new, outside = self._parted(new, work.who.scope)
                self._names.meet_callers(work, new)
                promises = self._promises(work, new)
        except BaseException:
            self._names.forget()
            self._names.made, self._levels = made, levels
            raise
        batch = Batch(
            mode=self._map.mode,
            orders=new,
            ids=self._names.ids([picture for order in new for picture in order]),
            source=self._map.name,
            by=self._who.operator,
            at=self._at,
            level=self._map.level,
            wake_after_h=self._map.wake_after_h,
            own=self._map.own,
            promises=written(promises),
        )
        rejected = self._rejects.count - self._refused_rows
        return Ready(
            portion=portion,
            here=here,
            promises=promises,
            rejected=rejected,
            batch=batch,
            outside=outside,
        )

    def _parted(
        self, orders: Sequence[Order], scope: Scope
    ) -> tuple[list[Order], list[tuple[Order, str]]]:
        """Those that the asker may bring; the others, with why not."""
        judged = [(order, self._names.why_not(scope, order)) for order in orders]
        may = [order for order, wrong in judged if not wrong]
        return may, [(order, _(wrong)) for order, wrong in judged if wrong]

    def _bring(self, ready: Ready, told: Retold) -> None:
        brought = self._records.again(partial(self._store, ready, told))
        orders = ready.portion.orders
        self._done += len(orders)
        self._refuse(ready, brought)
        self._settle(brought.doubts, brought.tally)
        self.tally.add(brought.tally)
        self.tally.rejected = ready.rejected + self._refused_rows
        self._progress(orders[-1][-1].line)

    def _refuse(self, ready: Ready, brought: Brought) -> None:
        """Put the rows of orders that cannot be told to the others that were rejected."""
        self._refused += len(brought.refused)
        for order, reason in brought.refused:
            for picture in order:
                self._rejects.add(ready.portion.rows[picture.line], RowRefused(wrong=reason))
        self._refused_rows += brought.refused_rows

    def _store(self, ready: Ready, told: Retold) -> Brought:
        """What a batch brought; only what is missing where this or another process was there."""
        with self._work() as work:
            run = work.run(self._map.name, self._digest)
            brought = self._land(work, ready, told)
            if run.orders_done > self._done:
                tally = Tally(landed=brought.tally.landed, resumed=brought.tally.here)
                return replace(brought, tally=tally, doubts=())
            done = self._done + len(ready.portion.orders)
            rejected = ready.rejected + self._refused_rows + brought.refused_rows
            work.ran(run.id, orders_done=done, rejected=rejected)
        return brought

    def _land(self, work: Work, ready: Ready, told: Retold) -> Brought:
        """Store what is new still, by the promises of this moment.

        With it come the rows that may tell something else of orders that were here before.
        """
        new = ready.batch.orders
        known = {**ready.here, **self._here(work, new)}
        there = [(order, known.get(self._id_of(order))) for order in ready.portion.orders]
        here = [(order, arrived) for order, arrived in there if arrived is not None]
        promises, ids = self._promises(work, new), turned_out(work, ready.batch.ids)
        if (promises, ids) != (ready.promises, ready.batch.ids):  # edited, or merged, since
            told = retold(replace(ready.batch, promises=written(promises), ids=ids))
        missing = [
            (order, one)
            for order, one in zip(new, told, strict=True)
            if self._id_of(order) not in known
        ]
        coming = [one for _, one in missing if not isinstance(one, str)]
        work.add_laid([laid(rows) for rows, _ in coming])
        tally = Tally(landed=len(coming), here=len(here))
        for told_of in coming:
            tally.oddities.update(told_of[1])
        tally.kinds.update(
            k for o, one in missing if not isinstance(one, str) and (k := o[0].text("kind"))
        )
        differ = [(order[0], a.number) for order, a in here if self._may_differ(order, a)]
        untold = [(order, one) for order, one in missing if isinstance(one, str)]
        refused = [*ready.outside, *untold]
        return Brought(tally=tally, doubts=differ, refused=refused)

    def _may_differ(self, order: Order, known: Arrived) -> bool:
        """Whether the rows are not those that the order came from; it may come from none."""
        return mark_of(order) != known.mark if known.mark else self._map.own

    def _settle(self, doubts: Sequence[Doubt], tally: Tally) -> None:
        """Count the rows that differ; one of an export only where the store says otherwise now."""
        others = [picture for picture, _ in doubts]
        if self._map.own and doubts:
            asked = OrdersNumbered(numbers=tuple(number for _, number in doubts))
            lines = self._records.again(
                lambda: self._records.ask(asked, who=self._who, at=self._at)
            )
            others = [*comparing.differing(doubts, lines, self._mapper, self._table.header)]
        tally.differing = len(others)
        tally.differing_ids = [nameless.shown(p.external_id) for p in others[:MOST_IDS]]

    def _id_of(self, order: Order) -> Id:
        return order[0].text("source") or self._map.name, order[0].external_id

    def _here(self, work: Work, orders: Sequence[Order]) -> dict[Id, Arrived]:
        """The orders that an earlier import brought, by source and id."""
        wanted: dict[str, list[str]] = {}
        for source, external_id in map(self._id_of, orders):
            wanted.setdefault(source, []).append(external_id)
        found = {
            (source, external_id): arrived
            for source, ids in wanted.items()
            for external_id, arrived in work.arrived(source, ids).items()
        }
        return found | self._unnamed(work, orders) if self._map.own else found

    def _unnamed(self, work: Work, orders: Sequence[Order]) -> dict[Id, Arrived]:
        """Orders of this desk without an id of their own, met again in its own export."""
        wanted = {
            number: (id_, order[0].times["opened_at"])
            for order in orders
            if (number := nameless.number_of(*(id_ := self._id_of(order)))) is not None
        }
        opened = {number: at for number, (_, at) in wanted.items()}
        here = work.unnamed(opened, self._map.name, nameless.SIGN)
        return {wanted[number][0]: arrived for number, arrived in here.items()}

    def _promises(self, work: Work, orders: Sequence[Order]) -> dict[str, tuple[int | None, Rules]]:
        """What orders are promised now, by the code of their level."""
        if self._map.level and orders:
            work.level(self._map.level)  # refused by name, before anything is brought
        codes = {level_of(order, self._map.level) for order in orders}
        return {code: promised(work, code) for code in sorted(codes)}

    def _work(self) -> AbstractContextManager[Work]:
        return self._records.work(who=self._who, at=self._at, right=Right.IMPORT)
