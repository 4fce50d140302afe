"""Major incidents: the customers of one trouble are promised the next word, again and again.

The promise is the order's clock of the next update, with a due time of its own: round the clock,
whatever the hours of the service level, for as long as the incident lasts.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from store.domain.evolve import evolve
from store.domain.families import FamilyRefused, IncidentBelow
from store.domain.lifecycle import STATES
from store.domain.moves_common import Draft, refusal
from store.domain.moves_refusals import OrderOver
from store.domain.order import Clock
from store.domain.replay import whole_ms
from store.domain.targets import ClockKind
from store.domain.waivers import own_due
from store.domain.words import N_

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.facts import Fact
    from store.domain.order import WorkOrder
    from store.domain.rules import Rules

DECLARE: Final = N_("be a major incident")
STAND_DOWN: Final = N_("be a major incident no more")

LEAST_S: Final = 5 * 60
MOST_S: Final = 24 * 3600
MAYBE_MAJOR: Final = frozenset({1, 2})
"""Priorities of which new orders may be major incidents by themselves, as the desk is set."""
PLAIN_S: Final = 30 * 60
"""How often customers are told where nobody says another cadence."""


class NoIncident(FamilyRefused):
    """There is nothing to stand down from."""

    sentence = N_("order {number} cannot {move}: it is none")


class IncidentAlready(FamilyRefused):
    """Nothing would come of it."""

    sentence = N_("order {number} cannot {move}: it is one, on the same cadence")


def next_word(order: WorkOrder, rules: Rules, *, at: datetime) -> Clock | None:
    """The promise of the next word, made now; None where neither incident nor level makes one."""
    kind = ClockKind.NEXT_UPDATE
    if order.cadence_s is not None:
        due = at + timedelta(seconds=order.cadence_s)
        return _by(due, rules, at=at)
    target = rules.target(order.priority, kind)
    return None if target is None else Clock(kind=kind, started_at=at, target=target)


def promised_word(order: WorkOrder) -> Clock | None:
    """The promise of the next word that is open."""
    kind = ClockKind.NEXT_UPDATE
    return next((c for c in order.clocks if c.kind is kind and c.running), None)


def missed_word(parent: WorkOrder, told_at: datetime | None) -> bool:
    """Whether the last notice of an incident has not reached a customer who was told then last."""
    promised = promised_word(parent)
    if parent.cadence_s is None or promised is None:
        return False
    return told_at is None or told_at < promised.started_at


def declare(
    order: WorkOrder, cadence_s: int, *, rules: Rules, at: datetime, by: int
) -> tuple[WorkOrder, tuple[Fact, ...]]:
    """The order as a major incident, or on another cadence.

    What was promised sooner is not put off by it: who was promised word by ten o'clock has it by
    ten, and what was missed stays missed until he has.
    """
    if STATES[order.state].final:
        raise refusal(order, OrderOver, DECLARE)
    if order.parent is not None:
        raise _refused(IncidentBelow, order, DECLARE, parent=order.parent)
    if order.cadence_s == cadence_s:
        raise _refused(IncidentAlready, order, DECLARE)
    draft = Draft(order, at=whole_ms(at), rules=rules)
    promised = promised_word(order)
    due = draft.at + timedelta(seconds=cadence_s)
    if promised is None or promised.due_at is None or promised.due_at > due:
        draft.end_clocks(ClockKind.NEXT_UPDATE)
        draft.start(_by(due, rules, at=draft.at))
    else:  # no hours and no other priority move it from here on; its waiver may be withdrawn
        place = draft.clocks.index(promised)
        draft.put(place, evolve(promised, target=None, fixed_due_at=own_due(promised)))
    draft.set["cadence_s"] = cadence_s
    draft.body |= {"by": by, "every_s": cadence_s}
    return draft.done("declared")


def stand_down(
    order: WorkOrder, *, rules: Rules, at: datetime, by: int
) -> tuple[WorkOrder, tuple[Fact, ...]]:
    """An order like others again; its level's own promise of the next word begins now."""
    if order.cadence_s is None:
        raise _refused(NoIncident, order, STAND_DOWN)
    draft = Draft(order, at=whole_ms(at), rules=rules)
    draft.end_clocks(ClockKind.NEXT_UPDATE)
    target = rules.target(order.priority, ClockKind.NEXT_UPDATE)
    if target is not None:
        draft.start(Clock(kind=ClockKind.NEXT_UPDATE, started_at=draft.at, target=target))
    draft.set["cadence_s"] = None
    draft.body["by"] = by
    return draft.done("stood_down")


def _by(due: datetime, rules: Rules, *, at: datetime) -> Clock:
    return Clock(
        kind=ClockKind.NEXT_UPDATE,
        started_at=at,
        fixed_due_at=due,
        calendar_version=rules.calendar_version,
    )


def _refused(
    why: type[FamilyRefused], order: WorkOrder, label: str, **facts: object
) -> FamilyRefused:
    state = STATES[order.state].label
    return why(number=order.number, move=label, state=state, **facts)
