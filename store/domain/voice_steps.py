"""Steps of a complaint, from its deadline to its end, and its bell; pure."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from store.domain.calendar_refusals import CalendarRefused
from store.domain.causes import Cause
from store.domain.evolve import evolve
from store.domain.replay import whole_ms
from store.domain.voice_refusals import (
    CauseLacking,
    ComplaintOver,
    NotAnsweredYet,
    PraiseHasNoAnswer,
)
from store.domain.voices import MISSED, NEAR, STANDS, Stand, Voice

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.rules import Rules

_NO_CAUSE: Final = frozenset({"", Cause.UNKNOWN.value})


def with_clock(voice: Voice, rules: Rules) -> Voice:
    """A complaint with when it is to be answered, and when it rings before that."""
    if voice.praise:
        return voice
    limits = rules.policy.survey
    whole = timedelta(seconds=limits.answer_s)
    before = timedelta(seconds=max(0, limits.answer_s - limits.answer_warn_s))
    hours, start = rules.hours, voice.received_at
    try:
        warn_at, answer_by = hours.add(start, before), hours.add(start, whole)
    except CalendarRefused:  # beyond all days that it knows
        warn_at, answer_by = start + before, start + whole
    return evolve(voice, warn_at=whole_ms(warn_at), answer_by=whole_ms(answer_by))


def answer(voice: Voice, told: str, whom: str, *, at: datetime, by: int) -> Voice:
    """The customer was told something: its clock stops, and its alarm is over.

    What he is told later takes the place of the words alone: nothing makes an answer late that
    came in time.
    """
    _open(voice)
    after = evolve(_silent(voice), answer=told, answered_to=whom)
    if voice.answered_at is not None:
        return after
    return evolve(after, answered_at=whole_ms(at), answered_by=by)


def found(voice: Voice, cause: str) -> Voice:
    """Why it came to that; found anew as long as it is open."""
    _open(voice)
    return evolve(voice, cause=cause)


def close(voice: Voice, *, at: datetime, by: int, gone: bool = False) -> Voice:
    """Nothing more is to be done: he was answered, and it is known why.

    A customer who is `gone`, erased at his wish, is owed no answer; what to learn of it is.
    """
    _open(voice)
    if voice.answered_at is None and not gone:
        raise NotAnsweredYet(id=voice.id)
    if lacks_cause(voice):
        raise CauseLacking(id=voice.id)
    return evolve(_silent(voice), over_at=whole_ms(at), over_by=by)


def withdraw(voice: Voice, why: str, *, at: datetime, by: int) -> Voice:
    """It should not have been kept: it counts nowhere."""
    if voice.over_at is not None:
        raise ComplaintOver(id=voice.id, stand=STANDS[voice.stand])
    return evolve(_silent(voice), withdrawn=why, over_at=whole_ms(at), over_by=by)


def lacks_cause(voice: Voice) -> bool:
    """Whether nobody knows yet why it came to that."""
    return voice.cause in _NO_CAUSE


def ring(voice: Voice, *, at: datetime) -> Voice | None:
    """With the worst level that is due by then, rung once; None where none is."""
    due_at = voice.next_at
    if due_at is None or due_at > at:
        return None
    missed = voice.answer_by is not None and voice.answer_by <= at
    return evolve(
        voice,
        level=MISSED if missed else NEAR,
        raised_at=whole_ms(at),
        rings=voice.rings + 1,
        seen_at=None,
        seen_by=None,
    )


def acknowledge(voice: Voice, *, at: datetime, by: int) -> Voice | None:
    """Its bell is silenced, the clock runs on; None where it does not ring."""
    if not voice.level or voice.seen_at is not None:
        return None
    return evolve(voice, seen_at=whole_ms(at), seen_by=by)


def rang_at(voice: Voice) -> datetime | None:
    """When the level that stands fell due."""
    return voice.answer_by if voice.level >= MISSED else voice.warn_at


def _silent(voice: Voice) -> Voice:
    return evolve(voice, level=0, raised_at=None, seen_at=None, seen_by=None)


def _open(voice: Voice) -> None:
    if voice.praise:
        raise PraiseHasNoAnswer(id=voice.id)
    if voice.stand in {Stand.CLOSED, Stand.WITHDRAWN}:
        raise ComplaintOver(id=voice.id, stand=STANDS[voice.stand])
