"""Calls to customers: what came of one, and when to call again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from store.domain.errors import Refusal
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from store.domain.calendar import Calendar

_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)
_SEPARATOR = ": "


class Outcome(StrEnum):
    """What came of a call."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    PROMISED = "promised"
    UNHAPPY = "unhappy"
    DONE = "done"
    CONTENT = "content"
    TO_DO = "to_do"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeSpec:
    """How an outcome reads, and when to call again after it."""

    label: str
    again: tuple[timedelta, ...] = ()
    """Working time until the next call, by how many such calls came before; none is needed where
    it is empty. The last holds for all that follow."""
    by_day: bool = False
    """Whether the customer is called in the desk's own hours, though his order is worked on in
    others: somebody who was reached need not be called at night."""


OUTCOMES: Mapping[Outcome, OutcomeSpec] = {
    Outcome.REACHED: OutcomeSpec(label=N_("reached")),
    Outcome.NO_ANSWER: OutcomeSpec(
        label=N_("no answer"), again=(30 * _MINUTE, 2 * _HOUR, 8 * _HOUR)
    ),
    Outcome.PROMISED: OutcomeSpec(label=N_("promised again"), again=(4 * _HOUR,), by_day=True),
    Outcome.UNHAPPY: OutcomeSpec(label=N_("not satisfied"), again=(2 * _HOUR,), by_day=True),
    Outcome.DONE: OutcomeSpec(label=N_("nothing more to do")),
}
"""What comes of a call about an order, in the order of their keys."""

REVISITED: Mapping[Outcome, OutcomeSpec] = {
    Outcome.CONTENT: OutcomeSpec(label=N_("is content")),
    Outcome.TO_DO: OutcomeSpec(label=N_("something to do")),
    Outcome.NO_ANSWER: OUTCOMES[Outcome.NO_ANSWER],
    Outcome.REFUSED: OutcomeSpec(label=N_("does not want to be called")),
}
"""What comes of a revisit, in the order of their keys."""

ALL_OUTCOMES: Mapping[Outcome, OutcomeSpec] = {**OUTCOMES, **REVISITED}


class CallReason(StrEnum):
    """Why somebody is to be called."""

    PROMISED = "promised"
    SILENT = "silent"
    REVISIT = "revisit"


CALL_REASONS: Mapping[CallReason, str] = {
    CallReason.PROMISED: N_("promised"),
    CallReason.SILENT: N_("no progress"),
    CallReason.REVISIT: N_("revisit"),
}

_FAR = timedelta(days=60)
"""No desk is closed for longer than so."""

A_DAY = timedelta(days=1)
"""Running work of which nobody has said anything for so long is asked after."""


def next_call(
    outcome: Outcome, *, before: int, at: datetime, hours: Calendar, desk: Calendar
) -> datetime | None:
    """When to call again; `before` such calls in a row came to the same. None needs no other.

    `hours` are those of the order, `desk` those in which people are called.
    """
    from store.domain.replay import whole_ms  # orders, which a first frame does without

    spec = ALL_OUTCOMES[outcome]
    if not spec.again:
        return None
    work = spec.again[min(before, len(spec.again) - 1)]
    try:
        due = hours.add(at, work)
    except Refusal:  # a calendar that ends has no such hours; people call all the same
        due = at + work
    return whole_ms(_opening(due, desk) if spec.by_day else due)


def _opening(at: datetime, desk: Calendar) -> datetime:
    """The instant itself in working hours, else the beginning of the next."""
    try:
        open_then = desk.stretches(at, at + _FAR)
    except (Refusal, OverflowError):
        return at
    return open_then[0][0] if len(open_then) else at


def outcome_text(outcome: Outcome, note: str) -> str:
    """What a kept follow-up says of its outcome."""
    return f"{outcome.value}{_SEPARATOR}{note}" if note else outcome.value


def read_outcome(text: str | None) -> tuple[Outcome | None, str]:
    """The outcome that a text begins with, and what else was said; other texts stay whole."""
    code, _, note = (text or "").partition(_SEPARATOR)
    if code in list(Outcome):
        return Outcome(code), note
    return None, text or ""


def in_a_row(outcomes: list[str | None], outcome: Outcome) -> int:
    """How many of the newest calls, which stand last, came to this."""
    count = 0
    for text in reversed(outcomes):
        if read_outcome(text)[0] is not outcome:
            break
        count += 1
    return count
