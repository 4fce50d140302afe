"""Calls to customers: what came of one, and when to call again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from store.domain.errors import Refusal
from store.domain.replay import whole_ms
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


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeSpec:
    """How an outcome reads, and when to call again after it."""

    label: str
    again: tuple[timedelta, ...] = ()
    """Working time until the next call, by how many such calls came before; none is needed where
    it is empty. The last holds for all that follow."""


OUTCOMES: Mapping[Outcome, OutcomeSpec] = {
    Outcome.REACHED: OutcomeSpec(label=N_("reached")),
    Outcome.NO_ANSWER: OutcomeSpec(
        label=N_("no answer"), again=(30 * _MINUTE, 2 * _HOUR, 8 * _HOUR)
    ),
    Outcome.PROMISED: OutcomeSpec(label=N_("promised again"), again=(4 * _HOUR,)),
    Outcome.UNHAPPY: OutcomeSpec(label=N_("not satisfied"), again=(2 * _HOUR,)),
    Outcome.DONE: OutcomeSpec(label=N_("nothing more to do")),
}
"""In the order of their keys."""


class CallReason(StrEnum):
    """Why somebody is to be called."""

    PROMISED = "promised"
    SILENT = "silent"


CALL_REASONS: Mapping[CallReason, str] = {
    CallReason.PROMISED: N_("promised"),
    CallReason.SILENT: N_("no progress"),
}

A_DAY = timedelta(days=1)
"""Running work of which nobody has said anything for so long is asked after."""


def next_call(outcome: Outcome, *, before: int, at: datetime, hours: Calendar) -> datetime | None:
    """When to call again; `before` such calls in a row came to the same. None needs no other."""
    again = OUTCOMES[outcome].again
    if not again:
        return None
    work = again[min(before, len(again) - 1)]
    try:
        return whole_ms(hours.add(at, work))
    except Refusal:  # a calendar that ends has no such hours; people call all the same
        return whole_ms(at + work)


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
