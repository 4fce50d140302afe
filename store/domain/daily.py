"""Daily progress: work that runs for days owes a note each working day, by an hour; pure.

Any note on it counts. It is owed from the day after work began, on the calendar that the order is
judged by, never while it waits; where it was asked for by hand, from that very day.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from store.domain.errors import MoveRefused, Refusal
from store.domain.evolve import evolve
from store.domain.facts import Fact
from store.domain.lifecycle import STATES, Category, State
from store.domain.moves_common import refusal
from store.domain.replay import changes, whole_ms
from store.domain.words import N_

if TYPE_CHECKING:
    from datetime import date

    from store.domain.calendar import Calendar
    from store.domain.order import WorkOrder
    from store.domain.rules import Rules

USUAL_S: Final = 17 * 3600
"""By when a note is owed where no level says it: seconds after midnight."""
_PERCENT: Final = re.compile(r"\s*(100|[0-9]{1,2})\s*[%％]")
_ASK: Final = N_("owe a note each day")
_DAY: Final = timedelta(days=1)


class NotRunning(MoveRefused):
    """There is nothing that could go on."""

    sentence = N_("order {number} cannot {move} while it is {state}: only open work does")


def percent_of(text: str) -> int | None:
    """How far the work is, where a note begins with that: `60 % pump is in`."""
    found = _PERCENT.match(text)
    return None if found is None else int(found[1])


def note_due(order: WorkOrder, rules: Rules) -> datetime | None:
    """When the next note is owed; None where none is, or nobody knows the hours."""
    by_s = rules.policy.daily_by_s
    if by_s is None and order.daily_from is None:
        return None
    if order.state is not State.ON_SITE:
        return None
    try:
        return _next(order, rules.hours, USUAL_S if by_s is None else by_s)
    except Refusal:  # a calendar that ends asks for nothing after its end
        return None


def _next(order: WorkOrder, hours: Calendar, by_s: int) -> datetime:
    since, asked = order.state_since, order.daily_from
    counted = [at for at in (order.noted_at, order.daily_rang) if at is not None and at >= since]
    if not counted and asked is not None:
        since = max(since, asked)
        day = since.astimezone(hours.zone).date()
        today = _at(day, by_s, hours)
        if hours.works_on(day) and today > since:
            return today
    last = max([since, *counted]).astimezone(hours.zone).date()
    return _at(hours.working_day(last + _DAY), by_s, hours)


def _at(day: date, by_s: int, hours: Calendar) -> datetime:
    of_day = time(by_s // 3600, by_s // 60 % 60, by_s % 60)
    there = datetime.combine(day, of_day, tzinfo=hours.zone)
    return whole_ms(there.astimezone(UTC))


def rung(
    order: WorkOrder, rules: Rules, *, due_at: datetime, at: datetime
) -> tuple[WorkOrder, tuple[Fact, ...]]:
    """The order once a day passed without a note: it rings, and again on the next working day.

    After days on which nobody was there to ring it rings once, for the first of them.
    """
    after = evolve(order, daily_rang=due_at)
    while True:
        more = note_due(after, rules)
        if more is None or more > at:
            break
        after = evolve(after, daily_rang=more)
    body, _words = changes(order, after)
    return after, (Fact(name="daily_rang", body=body),)


def is_owed(order: WorkOrder, rang_at: datetime | None) -> bool:
    """Whether the note is still missing that an alarm of that moment asks for."""
    if order.state is not State.ON_SITE or order.daily_rang is None:
        return False
    last = order.noted_at
    return last is None or last < (rang_at or order.daily_rang)


def ask(order: WorkOrder, *, on: bool, at: datetime, by: int) -> tuple[WorkOrder, tuple[Fact, ...]]:
    """The order with a note owed each day from now on, or no more; no fact where it is so."""
    if STATES[order.state].category not in {Category.OPEN, Category.WAITING}:
        raise refusal(order, NotRunning, _ASK)
    if on == (order.daily_from is not None):
        return order, ()
    after = evolve(order, daily_from=whole_ms(at) if on else None)
    body, words = changes(order, after)
    fact = "daily_asked" if on else "daily_spared"
    return after, (Fact(name=fact, body={"by": by, **body}, words=words or None),)
