"""One order's life as it is made up: each step through the domain, at the time we say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from store.domain.advance import advance, follow, note, open_order, update_customer
from store.domain.history import Entry, History
from store.domain.lifecycle import STATES
from store.domain.timers import fire, ladder
from store.domain.who import SYSTEM_OPERATOR

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from store.domain.facts import Fact
    from store.domain.lifecycle import Move
    from store.domain.order import WorkOrder
    from store.domain.rules import Rules
    from store.domain.timers import TimerAim


class Life:
    """An order from its request on; steps must be told in the order of their times."""

    def __init__(self, order: WorkOrder, *, rules: Rules, by: int, watched: bool = False) -> None:
        self.rules = rules
        self._by = by
        self._watched = watched
        self._entries: list[Entry] = []
        self.at = order.created_at
        born, facts = open_order(order, at=order.created_at, rules=rules)
        self.order = born
        self._enter(facts)

    def take(self, move: Move, at: datetime, **told: Any) -> None:
        """One step; MoveRefused where the lifecycle does not allow it."""
        self._reach(at)
        self._took(advance(self.order, move, at=at, by=self._by, rules=self.rules, **told))

    def note(self, text: str, at: datetime) -> None:
        """Somebody wrote something down."""
        self._reach(at)
        self._took(note(self.order, text, rules=self.rules, at=at, by=self._by))

    def update(self, at: datetime) -> None:
        """The customer was told."""
        self._reach(at)
        self._took(update_customer(self.order, rules=self.rules, at=at, by=self._by))

    def follow(self, at: datetime) -> None:
        """An operator says that he follows it."""
        self._reach(at)
        self._took(follow(self.order, rules=self.rules, at=at, by=self._by))

    def ring(self, until: datetime) -> None:
        """The warnings that came until then, each at its time, as a scheduler would have fired."""
        while (aim := min(self._due(until), key=lambda aim: aim.due_at, default=None)) is not None:
            self.at = max(self.at, aim.due_at)
            self._took(fire(self.order, aim), by=SYSTEM_OPERATOR)

    def history(self) -> History:
        """What happened, and how the order stands after it."""
        return History(order=self.order, entries=tuple(self._entries))

    def _due(self, until: datetime) -> Iterable[TimerAim]:
        if STATES[self.order.state].final:
            return
        for clock in self.order.clocks:
            if clock.running:
                rungs = ladder(clock, self.order, self.rules)
                yield from (rung for rung in rungs if rung.due_at <= until)

    def _reach(self, at: datetime) -> None:
        if self._watched:
            self.ring(at)
        self.at = max(self.at, at)

    def _took(self, told: tuple[WorkOrder, tuple[Fact, ...]], by: int | None = None) -> None:
        self.order, facts = told
        self._enter(facts, by)

    def _enter(self, facts: Iterable[Fact], by: int | None = None) -> None:
        who = self._by if by is None else by
        self._entries.extend(Entry(at=self.at, by=who, fact=fact) for fact in facts)
