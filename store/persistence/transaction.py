"""One write transaction: who writes, when, and what is known and not yet sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

from store.domain.bearing import is_followed
from store.domain.errors import LevelUnreadable, OrderUnknown, Stale
from store.domain.facts import FACTS, Fact
from store.domain.intents import Change
from store.persistence import families, journal, kpi_keep, marks, saving, search_index
from store.persistence.levels import Shelf
from store.persistence.loading import Unreadable, load
from store.persistence.search_docs import TOLD

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy import Connection

    from store.domain.kpi.measured import Measured
    from store.domain.order import WorkOrder
    from store.domain.who import Who
    from store.persistence.known import Known
    from store.persistence.statements import Row
_PROMISES = 7_203_413
"""PostgreSQL's advisory lock on what orders are promised by."""
_SHARED = text(f"SELECT pg_advisory_xact_lock_shared({_PROMISES})")
_ALONE = text(f"SELECT pg_advisory_xact_lock({_PROMISES})")


class Transaction:
    """What every part of `Work` stands on; changes are gathered and sent by `flush`."""

    def __init__(self, conn: Connection, *, kind: str, who: Who, at: datetime) -> None:
        self.conn = conn
        self.kind = kind
        self.who = who
        self.at = at
        self.seq = 0
        """The newest journal entry written; 0 while none is."""
        self.deed: int | None = None
        """The first entry of the command that this transaction carries out; None while unknown."""
        self.is_command = False
        """Whether all entries are one deed, which can be taken back whole."""
        self.changes: dict[int, Change] = {}
        """What became of each order so far."""
        self.shelf = Shelf(conn, held=self._in_hand)
        self._reserved: int | None = None
        """The number kept for the first of the entries."""
        self._known: dict[int, Known] = {}
        self._unreadable: Unreadable = {}
        self._changed: dict[int, Known] = {}
        self._entries: list[Row] = []
        self._retold: set[int] = set()
        """Orders that are found by something else now."""
        self._figures: dict[int, Measured] = {}
        """How figures see orders that changed."""
        self._new: set[int] = set()
        self._planned: set[int] = set()
        """Orders that this transaction made, and those of them that a plan did."""
        self._desk_head: str | None = None
        self._kept_head: str | None = None
        self._last_taken = 0
        self._holds_promises = 0
        """1 while we count on calendars and levels, 2 while we change them."""

    def hold_promises(self, *, alone: bool = False) -> None:
        """Keep calendars and levels as they are until the end; `alone`, to be who changes them.

        Comes before every other lock, so that nobody waits in a circle. A change waits for those
        who count on the old promises, and they for it; on SQLite only one writes anyhow.
        """
        if self.kind != "postgresql" or self._holds_promises >= 1 + alone:
            return
        self.conn.execute(_ALONE if alone else _SHARED)
        self._holds_promises = 1 + alone

    def hold_desk(self) -> None:
        """Be the only one who writes of the desk itself, until the end; the promises come first."""
        self.hold_promises()
        journal.hold_desk(self.conn, self.kind)

    def record(self, fact: Fact) -> None:
        """Journal a fact of the desk itself: a calendar, a setting, a register."""
        self.hold_promises()
        if self._desk_head is None:
            self._desk_head = self._kept_head = journal.desk_head(self.conn, self.kind)
        self._desk_head = self._enter(self._desk_head, fact, number=None)

    def flush(self) -> None:
        """Send every change gathered so far; refused whole when an order moved under us."""
        if self._changed:
            self._bear()
            changed = list(self._changed.values())
            lost = saving.write(self.conn, changed, self.shelf, at=self.at, acted=self.who.acts)
            if lost is not None:
                raise self.stale(lost)
            self._retold |= search_index.touched(changed)
            self._see(changed)
            for number in self._changed:
                del self._known[number]  # read again if wanted: new rows have ids by now
            self._changed.clear()
            self.shelf.look_again()
        if self._entries:
            self.seq = journal.write(self.conn, self.kind, self._entries, first=self._reserved)
            self.deed = self.deed or self.seq
            self._entries.clear()
            self._reserved = None
            if self._desk_head != self._kept_head and self._desk_head is not None:
                marks.keep(self.conn, marks.DESK_HEAD, self._desk_head)
                self._kept_head = self._desk_head
        if self._retold:
            search_index.index(self.conn, self.kind, self._retold)
            self._retold.clear()

    def keep_figures(self) -> None:
        """Make figures follow what was flushed: the last that is done before the end."""
        if self._figures:
            kpi_keep.keep(self.conn, self.kind, self._figures.values(), new=self._new)
            self._figures.clear()

    def _see(self, changed: Iterable[Known]) -> None:
        for known in changed:
            number = known.now.number
            if known.stored is None:
                self._new.add(number)
            rules, planned = self.shelf.rules(known.now), number in self._planned
            seen = kpi_keep.seen_anew(known, rules, planned=planned)
            if seen is not None:
                self._figures[number] = seen

    def _bear(self) -> None:
        """Have what stands under orders that somebody took, or let go of, derived anew."""
        turned = [
            known.now.number
            for known in self._changed.values()
            if known.stored is not None and is_followed(known.stored) != is_followed(known.now)
        ]
        if not turned:
            return
        if self.kind == "postgresql":  # elsewhere only one writes
            families.hold_children(self.conn, self.kind, turned)
        held = {known.now.number: known.now for known in self._known.values()}
        self.derive_anew(families.orphans_under(self.conn, self.kind, turned, held))

    def derive_anew(self, numbers: Iterable[int]) -> None:
        """Have some orders saved as they are; those whose promises cannot be read are left out."""
        wanted = list(numbers)
        self.know(wanted)
        for known in filter(None, map(self._known.get, wanted)):
            try:
                self.shelf.rules(known.now)
            except LevelUnreadable:
                continue
            self._mark(known)

    def _in_hand(self, number: int) -> WorkOrder | None:
        known = self._known.get(number)
        return None if known is None else known.now

    def know(self, numbers: Iterable[int]) -> None:
        """Load and lock some orders together; those not there, or not readable, are left out."""
        missing = [number for number in numbers if number not in self._known]
        if missing:
            self.hold_promises()
            found = load(self.conn, missing, lock=True, unreadable=self._unreadable)
            self._known.update(found)

    def known(self, number: int) -> Known:
        """What this transaction knows of an order that the asker may see; else OrderUnknown.

        OrderUnreadable when it is there, but in words that mean nothing to this program.
        """
        known = self._known.get(number)
        if known is None:
            self.know([number])
            known = self._known.get(number)
        if self._unreadable and number in self._unreadable and self.who.scope.sites is None:
            raise self._unreadable[number]
        if known is None or not self.who.scope.covers(known.now.site):
            raise OrderUnknown(number=number)
        return known

    def stale(self, number: int) -> Stale:
        """The refusal that tells who changed an order, what he did, and when."""
        found = journal.newest(self.conn, number)
        when, fact, name = found or (self.at, "", None)
        return Stale(number=number, by=name or "?", changed_at=when, fact=FACTS.get(fact, fact))

    def _journal(self, known: Known, fact: Fact) -> None:
        """Journal a fact of an order, and have it saved."""
        number = known.now.number
        known.chain = self._enter(known.chain, fact, number=number)
        self._changed[number] = known
        if self.is_command:  # of the order nothing changes, and yet something is done about it
            before = self.changes.get(number)
            self.changes[number] = Change(
                before=known.now if before is None else before.before, after=known.now
            )

    def _mark(self, known: Known) -> None:
        known.attention_only = False
        self._known[known.now.number] = known
        self._changed[known.now.number] = known

    def _enter(self, previous: str, fact: Fact, *, number: int | None) -> str:
        row, head = journal.entry(
            *(previous, fact),
            number=number,
            at=self.at,
            by=self.who.operator,
            via=self.who.through,
            deed=self._joined(),
        )
        self._entries.append(row)
        if number is not None and fact.name in TOLD:
            self._retold.add(number)
        if number is not None and fact.name == "planned":
            self._planned.add(number)
        return head

    def _joined(self) -> int | None:
        """The deed that one more entry joins; None for the first of it, and where there is none."""
        if not self.is_command or not (self._entries or self.deed):
            return None
        if self.deed is None:
            self.deed = journal.reserve(self.conn, self.kind)
            if self.kind == "postgresql":  # where another could take the number meanwhile
                self._reserved = self.deed
        return self.deed
