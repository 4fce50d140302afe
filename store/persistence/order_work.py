"""Orders in a write transaction: loaded locked, decided elsewhere, saved whole."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select, text

from store.domain.errors import BadInput, LevelUnreadable, OrderUnknown
from store.domain.evolve import evolve, maker
from store.domain.intents import Change
from store.domain.sop import OF_STAGE
from store.domain.sop_steps import give
from store.domain.words import N_
from store.persistence import families, procedures
from store.persistence.journal import MARKS, QUIET
from store.persistence.known import Known
from store.persistence.mapping import ORDER
from store.persistence.transaction import Transaction

if TYPE_CHECKING:
    from collections.abc import Iterable

    from store.domain.calendar import Calendar
    from store.domain.facts import Fact
    from store.domain.families import Kin
    from store.domain.order import WorkOrder
    from store.domain.rules import Rules
    from store.domain.sop import Procedure, Stage

_EXTERNAL = select(ORDER.c.number).where(
    ORDER.c.source == bindparam("source"), ORDER.c.external_id == bindparam("external_id")
)
_ORIGINAL = select(ORDER.c.duplicate_of).where(ORDER.c.number == bindparam("number"))


_change = maker(Change)


class OrderWork(Transaction):
    """Load, decide in the domain, save with the facts."""

    def order(self, number: int, version: int | None = None) -> WorkOrder:
        """One order, locked until the end; OrderUnknown outside the asker's sites.

        With a version that is no longer the order's: Stale, naming who changed what.
        """
        order = self.known(number).now
        if version is not None and version != order.version:
            raise self.stale(number)
        return order

    def orders(self, numbers: Iterable[int]) -> dict[int, WorkOrder]:
        """Many orders at once, in few statements; those unknown or out of sight are left out."""
        wanted = list(numbers)
        self.know(wanted)
        found = {number: self._known[number].now for number in wanted if number in self._known}
        return {n: order for n, order in found.items() if self.who.scope.covers(order.site)}

    def rules(self, order: WorkOrder) -> Rules:
        """The service level and calendars that an order is judged by."""
        self.hold_promises()
        return self.shelf.rules(order)

    def desk_hours(self) -> Calendar:
        """When the desk itself works, whatever an order is judged by."""
        self.hold_promises()
        return self.shelf.desk_hours()

    def rules_if_readable(self, order: WorkOrder) -> Rules | None:
        """The same; None where they mean nothing to this program."""
        try:
            return self.rules(order)
        except LevelUnreadable:
            return None

    def rules_to_reckon(self, order: WorkOrder) -> Rules:
        """The same for what makes running clocks anew: hours they had before need not be read."""
        return self.rules_if_readable(order) or self.rules_of(order.level)

    def rules_of(self, level: int | None) -> Rules:
        """A service level by its id, on its calendar as it is now."""
        self.hold_promises()
        return self.shelf.current(level)

    def save(self, before: WorkOrder, after: WorkOrder, *facts: Fact) -> WorkOrder:
        """Keep what became of an order, with its facts, timers, alarms and technicians.

        The version rises unless the facts are only about attention (warnings, alarms).
        """
        known = self.known(before.number)
        if before.version != known.now.version:
            raise self.stale(before.number)
        if not self.who.scope.covers(after.site):
            raise OrderUnknown(number=before.number)
        rises, marks = not facts, bool(facts)
        for fact in facts:
            known.chain = self._enter(known.chain, fact, number=before.number)
            rises = rises or fact.name not in QUIET
            marks = marks and fact.name in MARKS
        self._changed_to(before, after)
        version = before.version + rises
        known.now = after if after.version == version else evolve(after, version=version)
        known.attention_only = known.attention_only and marks
        self._changed[before.number] = known
        return known.now

    def add(self, order: WorkOrder, *facts: Fact) -> WorkOrder:
        """A new order; its number is given by the database."""
        self._check_site(order.site)
        number = self.numbers(1)[0]
        new, led = self.led(replace(order, number=number, version=1))
        known = Known(stored=None, now=new)
        self.changes[number] = Change(before=None, after=new)
        for fact in (*facts, *led):
            known.chain = self._enter(known.chain, fact, number=number)
        self._mark(known)
        return new

    def led(self, order: WorkOrder) -> tuple[WorkOrder, tuple[Fact, ...]]:
        """An order with the newest procedure of its kind, where that has one, and the fact of it.

        Every new order comes through here, whatever makes it.
        """
        kind = "" if procedures.called(order.kind).startswith(OF_STAGE) else order.kind
        found = procedures.newest(self.conn, kind)
        procedure = None if found is None else found.procedure
        if found is None or procedure is None or not procedure.steps:
            none = order.procedure is None and not order.steps
            rules = self.rules(order)
            return (order, ()) if none else give(order, None, None, rules=rules, at=self.at)
        return give(order, found.id, procedure, rules=self.rules(order), at=self.at)

    def procedure_of_stage(self, stage: Stage) -> tuple[int, Procedure] | None:
        """The newest procedure of a stage of projects and its id; None where it has none."""
        found = procedures.newest(self.conn, f"{OF_STAGE}{stage.value}")
        procedure = None if found is None else found.procedure
        return None if found is None or procedure is None else (found.id, procedure)

    def procedure_of(self, order: WorkOrder) -> Procedure | None:
        """The version that an order was given; None where a newer program has written it."""
        found = None if order.procedure is None else procedures.by_id(self.conn, order.procedure)
        return None if found is None else found.procedure

    def versions(self, numbers: Iterable[int]) -> tuple[tuple[int, int], ...]:
        """Of orders in hand the version each was loaded with, 0 for a new one, and has now."""
        held = (self._known.get(number) for number in numbers)
        return tuple(
            (known.stored.version if known.stored else 0, known.now.version) if known else (0, 0)
            for known in held
        )

    def root_of(self, number: int) -> int:
        """The order that goes on in place of a duplicate, not locked; itself where it is none."""
        seen: set[int] = set()
        while number not in seen:
            seen.add(number)
            number = self.conn.execute(_ORIGINAL, {"number": number}).scalar() or number
        return number

    def relative(self, number: int) -> WorkOrder | None:
        """A parent or child, locked, at whatever site: what holds among them holds everywhere."""
        self.know([number])
        known = self._known.get(number)
        return None if known is None else known.now

    def children_of(self, number: int) -> tuple[Kin, ...]:
        """The orders under one that this transaction holds."""
        held = {known.now.number: known.now for known in self._known.values()}
        return families.children(self.conn, number, held)

    def with_parents(self, numbers: Iterable[int]) -> set[int]:
        """Some orders and what they stand under, to be locked together."""
        wanted = set(numbers)
        return wanted | families.parents(self.conn, self.kind, wanted)

    def with_originals(self, numbers: Iterable[int]) -> set[int]:
        """Some orders and what they are duplicates of, to be locked together."""
        wanted = set(numbers)
        return wanted | families.originals(self.conn, self.kind, wanted)

    def duplicates_of(self, numbers: Iterable[int]) -> set[int]:
        """All duplicates of some orders, and theirs."""
        held = {known.now.number: known.now for known in self._known.values()}
        return families.duplicates(self.conn, self.kind, set(numbers), held)

    def imported(self, source: str, external_id: str) -> int | None:
        """The number of an order by its id elsewhere; None when it is not here."""
        given = {"source": source, "external_id": external_id}
        found: int | None = self.conn.execute(_EXTERNAL, given).scalar_one_or_none()
        return found

    def numbers(self, count: int) -> list[int]:
        """The next free order numbers, taken for this transaction."""
        if self.kind == "postgresql":
            asked = text(
                "SELECT nextval(pg_get_serial_sequence('work_order', 'number'))"
                " FROM generate_series(1, :count)"
            )
            return list(self.conn.execute(asked, {"count": count}).scalars())
        # Under SQLite's one write lock the next number is sure; AUTOINCREMENT follows by itself.
        asked = text("SELECT seq FROM sqlite_sequence WHERE name = 'work_order'")
        last = self.conn.execute(asked).scalar_one_or_none() or 0
        first = max(last, self._last_taken) + 1
        self._last_taken = first + count - 1
        return list(range(first, first + count))

    def _changed_to(self, before: WorkOrder, after: WorkOrder) -> None:
        earlier = self.changes.get(after.number)
        first = before if earlier is None else earlier.before
        self.changes[after.number] = _change(first, after)

    def _check_site(self, site: int | None) -> None:
        if not self.who.scope.covers(site):
            raise BadInput(
                where=N_("site"),
                wrong=N_("an order outside your sites"),
                right=N_("name one of your sites"),
            )
