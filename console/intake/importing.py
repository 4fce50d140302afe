"""Carries a file into the store: batch by batch, each with how far the file was read."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from console.intake import comparing, grouping, nameless
from console.intake.framing import Frame, Ids, mark_of
from console.intake.mapping import Mapper, Picture, fitted
from console.intake.naming import Names
from console.intake.promised import Levels
from console.intake.retell_events import retell_events
from console.intake.retell_row import retell_row
from console.intake.troubles import RowRefused
from store.domain.errors import NotAllowed, Refusal
from store.domain.order import WorkOrder
from store.domain.who import RIGHT_WORDS, Right, Who
from store.queries.lists import OrdersNumbered

if TYPE_CHECKING:
    from datetime import datetime

    from console.intake.comparing import Doubt
    from console.intake.maps import FileMap
    from console.intake.reader import Table
    from console.intake.rejects import Rejects
    from store.domain.history import History
    from store.domain.rules import Rules
    from store.persistence.arrivals import Arrived, Run
    from store.persistence.work import Work
    from store.records import Records

BATCH = 1_000
"""Orders a transaction."""

MOST_TOLD = 20
"""Ids of differing orders that are named."""

Progress = Callable[[int], None]
"""Told the file's line that is reached, from time to time."""


@dataclass(slots=True)
class Tally:
    """What became of a file."""

    landed: int = 0
    here: int = 0
    """Orders that were in the store already, from an earlier import."""
    differing: int = 0
    """Those among them whose rows say something else now; the store was not changed."""
    rejected: int = 0
    resumed: int = 0
    """Orders that an interrupted run had brought already."""
    finished_at: datetime | None = None
    """When exactly this file was imported before; nothing was done then."""
    differing_ids: list[str] = field(default_factory=list)
    oddities: Counter[str] = field(default_factory=Counter)
    made: dict[str, int] = field(default_factory=dict)
    levels_differing: list[str] = field(default_factory=list)
    """Codes of service levels that promise something else here than where the orders come from."""


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
    ) -> None:
        if not who.may(Right.IMPORT):
            raise NotAllowed(role=who.role.value, action=RIGHT_WORDS[Right.IMPORT])
        self._records = records
        self._map = file_map
        self._table = fitted(file_map, table)
        self._mapper = Mapper(file_map, self._table.header)
        self._who = replace(who, via="import")
        self._at = at
        self._rejects = rejects
        self._progress = progress
        self._names = Names(file_map.zone)
        self._levels = Levels()
        self._digest = _digest(table, file_map)
        self._done = 0
        self.tally = Tally()

    def run(self, *, batch: int = BATCH) -> Tally:
        """Bring everything that is not there yet; may be called again after any interruption."""
        begun = self._records.again(self._begin)
        if begun.ended_at is not None:
            self.tally.finished_at = begun.ended_at
            self.tally.here, self.tally.rejected = begun.orders_done, begun.rejected
            return self.tally
        self.tally.resumed = begun.orders_done
        try:
            orders = self._orders()
            for _ in range(begun.orders_done):
                if next(orders, None) is None:
                    break
            self._done = begun.orders_done
            while some := list(islice(orders, batch)):
                self._settle(self._records.again(lambda: self._bring(some)))
                self._progress(some[-1][-1].line)
            self._records.again(lambda: self._bring([], ended=True))
        finally:
            self._rejects.close()
        self.tally.made = {**self._names.made, "level": self._levels.made}
        self.tally.levels_differing = list(self._levels.differing)
        return self.tally

    def _begin(self) -> Run:
        with self._records.work(who=self._who, at=self._at) as work:
            return work.run(self._map.name, self._digest)

    def _orders(self) -> Iterator[list[Picture]]:
        """The pictures of each order; rows that give none go to the rejects on the way."""
        group = grouping.by_order if self._map.mode == "events" else grouping.one_by_one
        for rows in group(self._table, self._mapper.key):
            pictures: list[Picture] = []
            for row in rows:
                try:
                    pictures.append(self._mapper.read(row))
                except RowRefused as refused:
                    self._rejects.add(row, refused)
            if pictures:
                yield pictures

    def _bring(self, orders: list[list[Picture]], *, ended: bool = False) -> list[Doubt]:
        """Land a batch; the rows that may tell something else of orders that were here before."""
        made, levels = dict(self._names.made), deepcopy(self._levels)
        tally = Tally()
        try:
            with self._records.work(who=self._who, at=self._at) as work:
                self._levels.meet(work, (picture for order in orders for picture in order))
                run = work.run(self._map.name, self._digest)
                if run.orders_done > self._done:
                    # Another process imports the same file and is ahead.
                    self._done += len(orders)
                    self.tally.resumed += len(orders)
                    return []
                doubts = self._land(work, orders, tally)
                if ended:
                    work.settle_people()
                work.ran(
                    run.id,
                    orders_done=self._done + len(orders),
                    rejected=self._rejects.count,
                    ended=ended,
                )
        except BaseException:
            self._names.forget()
            self._names.made, self._levels = made, levels
            raise
        self._done += len(orders)
        self._add(tally)
        return doubts

    def _land(self, work: Work, orders: list[list[Picture]], tally: Tally) -> list[Doubt]:
        here = self._here(work, orders)
        new: list[list[Picture]] = []
        doubts: list[Doubt] = []
        for order in orders:
            known = here.get(self._id_of(order))
            if known is None:
                new.append(order)
            elif self._may_differ(order, known):
                doubts.append((order[0], known.number))
        tally.here += len(orders) - len(new)
        if not new:
            return doubts
        ids = self._names.ids(work, [picture for order in new for picture in order])
        frame = self._frame(work)
        work.add_many([self._retold(order, ids, frame, tally) for order in new])
        tally.landed += len(new)
        return doubts

    def _may_differ(self, order: list[Picture], known: Arrived) -> bool:
        """Whether the rows are not those that the order came from; it may come from none."""
        return mark_of(order) != known.mark if known.mark else self._map.own

    def _settle(self, doubts: list[Doubt]) -> None:
        """Count the rows that differ; one of an export only where the store says otherwise now."""
        others = [picture for picture, _ in doubts]
        if self._map.own and doubts:
            asked = OrdersNumbered(numbers=tuple(number for _, number in doubts))
            lines = self._records.again(
                lambda: self._records.ask(asked, who=self._who, at=self._at)
            )
            header = self._table.header
            others = list(comparing.differing(doubts, lines, self._mapper, header))
        self.tally.differing += len(others)
        room = MOST_TOLD - len(self.tally.differing_ids)
        self.tally.differing_ids += [nameless.shown(p.external_id) for p in others[:room]]

    def _id_of(self, order: list[Picture]) -> tuple[str, str]:
        return order[0].text("source") or self._map.name, order[0].external_id

    def _here(self, work: Work, orders: list[list[Picture]]) -> dict[tuple[str, str], Arrived]:
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

    def _unnamed(self, work: Work, orders: list[list[Picture]]) -> dict[tuple[str, str], Arrived]:
        """Orders of this desk without an id of their own, met again in its own export."""
        wanted = {
            number: (id_, order[0].times["opened_at"])
            for order in orders
            if (number := nameless.number_of(*(id_ := self._id_of(order)))) is not None
        }
        opened = {number: at for number, (_, at) in wanted.items()}
        here = work.unnamed(opened, self._map.name, nameless.SIGN)
        return {wanted[number][0]: arrived for number, arrived in here.items()}

    def _retold(self, order: list[Picture], ids: Ids, frame: Frame, tally: Tally) -> History:
        if self._map.mode == "events":
            history, oddities = retell_events(order, ids, frame)
        else:
            history, oddities = retell_row(order[0], ids, frame)
        tally.oddities.update(oddities)
        return history

    def _frame(self, work: Work) -> Frame:
        if self._map.level:
            work.level(self._map.level)  # refused by name, before anything is brought
        return Frame(
            source=self._map.name,
            by=self._who.operator,
            at=self._at,
            level=self._map.level,
            promises=cache(lambda code: _promises(work, code)),
            wake_after_h=self._map.wake_after_h,
            own=self._map.own,
        )

    def _add(self, tally: Tally) -> None:
        self.tally.landed += tally.landed
        self.tally.here += tally.here
        self.tally.oddities.update(tally.oddities)
        self.tally.rejected = self._rejects.count


def _promises(work: Work, code: str) -> tuple[int | None, Rules]:
    """A service level's id and rules; none at all where the store has no such level."""
    try:
        level = work.level(code).id if code else None
    except Refusal:
        level = None
    at = work.at
    anyone = WorkOrder(
        number=0, level=level, state_since=at, opened_at=at, created_at=at, progress_at=at
    )
    return level, work.rules(anyone)


def _digest(table: Table, file_map: FileMap) -> str:
    """What a run is known by: the file's bytes and everything the map says."""
    parts = [table.digest, table.encoding, table.delimiter, repr(_frozen(file_map))]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _frozen(file_map: FileMap) -> list[object]:
    return [
        file_map.name,
        file_map.mode,
        file_map.zone,
        file_map.dates,
        sorted(file_map.unknown),
        sorted((name, repr(column)) for name, column in file_map.columns.items()),
        sorted((name, sorted(table.items())) for name, table in file_map.values.items()),
        sorted(file_map.defaults.items()),
        file_map.notes,
        file_map.level,
        file_map.wake_after_h,
    ]
