"""Puts an order back to how it stood before a deed, part by part.

What time brought about since the deed stays: a level that rang has rung, so that it neither rings
twice nor is missed under the promise that counts again; and a calendar or service level that was
edited since counts as it is now.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from store.domain.evolve import evolve
from store.domain.ladders import ladder
from store.domain.lifecycle import LIVE_VISITS, VisitState
from store.domain.moves_desk import reclock
from store.domain.order import Clock
from store.domain.reckon import is_outdated
from store.domain.replay import ORDER_FIELDS
from store.domain.timer_kinds import BREACH_LEVEL
from store.domain.undo_refusals import StandsDifferently
from store.domain.waivers import as_waived, moved

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.order import Visit, WorkOrder
    from store.domain.rules import Rules

Again = Callable[[Any, Any], Any]
"""From a row as it was before the deed and as it is now to the row as it shall be (None: gone)."""

_ASKED = frozenset({"survey", "survey_at"})
"""What time changes of a survey, as it rings again and expires.

One that is planned again, and whose moment has passed, rings at once.
"""
_BY_ITSELF = (
    *("warned", "breached_at", "due_at", "original_due_at"),
    *("calendar_version", "target", "ended_at"),
    *("waived_until", "waiver", "own_due_at"),
)
"""What timers, edited promises and waivers change of a clock."""


class Restoring:
    """One order being put back; minds who has to be recalled."""

    def __init__(self, order: WorkOrder, what: str, *, rules: Rules, at: datetime) -> None:
        self._order = order
        self._what = what
        self._rules = rules
        self._at = at
        self.recalled: list[int] = []

    def restored(self, before: WorkOrder, after: WorkOrder) -> WorkOrder:
        """The present order with what lies between the two taken away."""
        own = self._own_fields(before, after)
        visits = self._rows("visits", before, after, self._visit)
        pauses = self._rows("pauses", before, after, lambda was, _now: was)
        steps = self._rows("steps", before, after, lambda was, _now: was)
        held = evolve(self._order, **own, visits=visits, pauses=pauses, steps=steps)
        left = {(clock.kind, clock.run): clock for clock in after.clocks}

        def again(was: Clock | None, now: Clock | None) -> Clock | None:
            same = now is None or now == left.get((now.kind, now.run))
            return was and self._clock(held, was, None if same else now)

        back = evolve(held, clocks=self._rows("clocks", before, after, again))
        if not self._is_promised_anew(back):
            return back
        return reclock(back, rules=self._rules, at=self._at)[0]

    def _is_promised_anew(self, order: WorkOrder) -> bool:
        """Whether hours or targets were edited since these clocks were reckoned."""
        rules = self._rules
        return is_outdated(order, rules) or any(
            clock.running
            and clock.target is not None
            and rules.target(order.priority, clock.kind) not in {None, clock.target}
            for clock in order.clocks
        )

    def _own_fields(self, before: WorkOrder, after: WorkOrder) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        for name in ORDER_FIELDS:
            was, became = getattr(before, name), getattr(after, name)
            if was == became:
                continue
            if name in _COUNTED:
                fields[name] = _COUNTED[name](getattr(self._order, name), was, became)
            elif name in _ASKED:
                fields[name] = was if name != "survey_at" or was is None else max(was, self._at)
            elif getattr(self._order, name) == became:
                fields[name] = was
            elif name != "progress_at":  # a sign of life that came later stays one
                raise self._differs(name)
        return fields

    def _rows(
        self, name: str, before: WorkOrder, after: WorkOrder, again: Again
    ) -> tuple[Any, ...]:
        rows: list[Any] = []
        for was, became, now in zip_longest(
            *(getattr(order, name) for order in (before, after, self._order))
        ):
            if was == became:
                rows.append(now)
            elif now == became or (isinstance(now, Clock) and _is_same(became, now)):
                rows.append(again(was, now))
            else:
                raise self._differs(name)
        while rows and rows[-1] is None:
            rows.pop()
        return tuple(rows)

    def _visit(self, was: Visit | None, now: Visit | None) -> Visit | None:
        if now is None or now.state not in LIVE_VISITS:
            return was or now
        if was is not None and was.state is not VisitState.RECALLED:
            return was
        self.recalled.append(now.technician)
        return evolve(was or now, state=VisitState.RECALLED, ended_at=self._at, seen_at=None)

    def _clock(self, held: WorkOrder, was: Clock, now: Clock | None) -> Clock:
        """A clock as it was, or with what it rang since if it is not as the deed left it."""
        if now is None:
            return was
        was = moved(as_waived(was, now), held.pauses, self._rules)
        if not was.running:  # what rang while it ran again has rung, what it missed is missed
            missed = was.breached_at or now.breached_at
            return evolve(was, warned=max(was.warned, now.warned), breached_at=missed)
        rung = [
            rung.level
            for rung in ladder(was, held, self._rules)
            if rung.due_at <= self._at and rung.level <= now.warned
        ]
        warned = max(rung, default=was.warned)
        late = was.due_at if warned >= BREACH_LEVEL else None
        return evolve(was, warned=warned, breached_at=was.breached_at or late)

    def _differs(self, field: str) -> StandsDifferently:
        return StandsDifferently(number=self._order.number, field=field, what=self._what)


def _less(now: int, was: int, became: int) -> int:
    return max(0, now + was - became)


def _without(
    now: tuple[int, ...], was: tuple[int, ...], became: tuple[int, ...]
) -> tuple[int, ...]:
    gone, back = {*became} - {*was}, {*was} - {*became}
    return tuple(sorted({*now} - gone | back))


_COUNTED: Mapping[str, Callable[[Any, Any, Any], Any]] = {"chased": _less, "links": _without}
"""Fields that several deeds add to: what one added is taken away, and what others added stays."""


def _is_same(became: Clock | None, now: Clock) -> bool:
    """Whether a clock is as it was left, but for what happens to a clock by itself."""
    if became is None:
        return False
    return evolve(became, **{name: getattr(now, name) for name in _BY_ITSELF}) == now
