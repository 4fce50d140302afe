"""Tells the life of one order again: each step through the domain, refused ones kept as notes."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from store.domain import advance
from store.domain.errors import MoveRefused, Refusal
from store.domain.facts import Fact
from store.domain.history import Entry, History
from store.domain.lifecycle import STATES, Category, Move, State
from store.domain.moves_common import live_visits, missed
from store.domain.reckon import reckon
from store.domain.replay import changes
from store.domain.targets import ClockKind
from store.domain.timer_kinds import BREACH_LEVEL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.domain.order import WorkOrder
    from store.domain.rules import Rules


class Telling:
    """One order on its way through what a file says of it; times never run backwards."""

    def __init__(
        self, order: WorkOrder, *, by: int, rules: Rules, resolve_by: datetime | None, mark: str
    ) -> None:
        self._by = by
        self._rules = rules
        self._entries: list[Entry] = []
        self.last = order.opened_at
        self.oddities: Counter[str] = Counter()
        """What did not fit the lifecycle, by kind; each is a note in the journal."""
        self.order, facts = advance.open_order(
            order, at=order.opened_at, rules=rules, resolve_by=resolve_by, fact="imported"
        )
        first = facts[0]
        # The row's own digest lies among the words, so that it is erased with them.
        self._enter((_with(first, row=mark), *facts[1:]))

    @property
    def holder(self) -> int | None:
        """The technician who has the order now."""
        live = live_visits(self.order.visits)
        return live[0].technician if live else None

    @property
    def told(self) -> int:
        """How many facts there are so far."""
        return len(self._entries)

    @property
    def is_over(self) -> bool:
        """Whether the work is done or given up."""
        return STATES[self.order.state].category in (Category.DONE, Category.CANCELLED)

    def reach(self, at: datetime) -> datetime:
        """The time of the next step: as told, but never before the step before."""
        if at < self.last:
            self.oddities["out of order"] += 1
        self.last = max(self.last, at)
        return self.last

    def move(self, move: Move, at: datetime, *, note: str = "", **told: Any) -> bool:
        """Take one step, insisting; a refused one becomes a note. Whether it was taken."""
        try:
            after, facts = advance.advance(
                self.order,
                move,
                at=self.reach(at),
                by=self._by,
                rules=self._rules,
                insist=True,
                **told,
            )
        except MoveRefused as refused:
            self._impossible(refused, at)
            return False
        self._took(after, (_with(facts[0], note=note), *facts[1:]) if note else facts)
        return True

    def wait(self, at: datetime, reason: str, wake_at: datetime | None, wake_after_h: int) -> bool:
        """Let it wait; without a wake-up time in the future, some hours on."""
        at = self.reach(at)
        if wake_at is None or wake_at <= at:
            wake_at = at + timedelta(hours=wake_after_h)
        return self.move(Move.WAIT, at, reason=reason, wake_at=wake_at)

    def let_go(self) -> None:
        """End every promise here: when the work was over is not known, so none is judged."""
        before = self.order
        clocks = tuple(replace(c, ended_at=self.last) if c.running else c for c in before.clocks)
        if clocks == before.clocks:
            return
        after = replace(before, clocks=clocks)
        body, words = changes(before, after)
        self._took(after, (Fact(name="reclocked", body=body, words=words or None),))

    def remember(self, first_due_at: datetime | None, missed_at: datetime | None) -> None:
        """What was promised at first, and missed, before the promise was what it is now."""
        before = self.order
        place, clock = max(
            ((n, c) for n, c in enumerate(before.clocks) if c.kind is ClockKind.RESOLVE),
            key=lambda numbered: numbered[1].run,
            default=(0, None),
        )
        if clock is None:
            return
        kept = replace(clock, original_due_at=first_due_at or clock.original_due_at)
        if missed_at is not None and clock.breached_at != missed_at:
            kept = replace(kept, breached_at=missed_at, warned=max(clock.warned, BREACH_LEVEL))
        if kept == clock:
            return
        after = replace(before, clocks=(*before.clocks[:place], kept, *before.clocks[place + 1 :]))
        body, words = changes(before, after)
        told = [Fact(name="reclocked", body=body, words=words or None)]
        if kept.breached_at != clock.breached_at:
            told.append(missed(kept))
        self._took(after, tuple(told))

    def put_in(self, state: State, fact: str, at: datetime, reason: str) -> None:
        """Reach a state that the domain's move would need more for than the file tells.

        A duplicate whose original it does not name, a refusal by nobody named.
        """
        before, at = self.order, self.reach(at)
        refused = advance.why_not(before, Move.CANCEL)  # what is over can neither be given up
        if refused is not None:
            self._impossible(refused, at)
            return
        after = before
        if STATES[state].category is Category.CANCELLED:
            after, _ = advance.advance(
                before, Move.CANCEL, at=at, by=self._by, rules=self._rules, reason=reason or fact
            )
        after = replace(after, state=state, state_since=at, progress_at=at, reason=reason)
        body, words = changes(before, after)
        self._took(after, (Fact(name=fact, body=body, words=words or None),))

    def note(self, text: str, at: datetime) -> None:
        """Write something down at its time; without text, only that somebody was there."""
        told = advance.note(self.order, text, rules=self._rules, at=self.reach(at), by=self._by)
        self._took(*told)

    def prioritise(self, priority: int, at: datetime) -> None:
        """Change the priority, or note why not."""
        try:
            told = advance.prioritise(
                self.order, priority, rules=self._rules, at=self.reach(at), by=self._by
            )
        except MoveRefused:
            self.oddities["impossible"] += 1
            self.note(f"priority {priority}", at)
            return
        self._took(*told)

    def edit(self, fields: Mapping[str, Any], at: datetime) -> None:
        """Correct fields that the file tells differently from now on."""
        self._took(
            *advance.edit(self.order, fields, rules=self._rules, at=self.reach(at), by=self._by)
        )

    def end(self, *, at: datetime) -> History:
        """The whole history; promises broken since then are kept as such, and will not ring."""
        before = self.order
        if not STATES[before.state].final:
            reckoned = reckon(before, self._rules, at=at)
            late = [
                new
                for old, new in zip(before.clocks, reckoned.clocks, strict=True)
                if new.breached_at is not None and old.breached_at is None
            ]
            silent = tuple(
                replace(c, warned=max(c.warned, BREACH_LEVEL)) if c in late else c
                for c in reckoned.clocks
            )
            after = replace(reckoned, clocks=silent)
            if after != before:
                body, words = changes(before, after)
                self.last = max(self.last, at)
                told = Fact(name="reclocked", body=body, words=words or None)
                self._took(after, (told, *map(missed, late)))
        return History(order=self.order, entries=tuple(self._entries))

    def _impossible(self, refused: Refusal, at: datetime) -> None:
        self.oddities["impossible"] += 1
        self.note(refused.text.replace("order 0", "the order"), at)

    def _took(self, order: WorkOrder, facts: tuple[Fact, ...]) -> None:
        self.order = order
        self._enter(facts)

    def _enter(self, facts: tuple[Fact, ...]) -> None:
        self._entries.extend(Entry(at=self.last, by=self._by, fact=fact) for fact in facts)


def _with(fact: Fact, **words: str) -> Fact:
    """A fact with more free text beside it."""
    return Fact(name=fact.name, body=fact.body, words={**(fact.words or {}), **words})
