"""A promise on a calendar: when it is due, how much of it has run, and how much is left.

A pause moves the due time by the working time in it, if it begins before the clock is due; one
that begins at the due time or later finds the promise already kept or broken.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeAlias

from store.domain.errors import Refusal
from store.domain.targets import Target
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterable

    from store.domain.calendar import Calendar

Pause: TypeAlias = tuple[datetime, datetime | None]
"""From when until when a clock stood still; None while it still does."""

Goal: TypeAlias = Target | timedelta
"""A target, or plain working time."""


class PauseReversed(Refusal):
    """A pause that ends before it begins."""

    sentence = N_("a pause ends before it begins: {begins} to {ends}")


class TargetUnclear(Refusal):
    """A target that is not exactly one of working seconds and working days."""

    sentence = N_("a target is either working seconds or working days, not negative")


def due(
    calendar: Calendar,
    start: datetime,
    goal: Goal,
    pauses: Iterable[Pause] = (),
    pausable: bool = True,
) -> datetime | None:
    """When the target is spent; None while a pause without an end holds the clock before that."""
    at = unpaused_due(calendar, start, goal)
    for begins, ends in merged(pauses, start) if pausable else ():
        if begins >= at:
            break
        if ends is None:
            return None
        at = calendar.add(at, calendar.between(begins, ends))
    return at


def elapsed(
    calendar: Calendar,
    start: datetime,
    until: datetime,
    pauses: Iterable[Pause] = (),
    pausable: bool = True,
) -> timedelta:
    """The working time that has run by `until`, pauses taken out; none before the start."""
    held = merged(pauses, start) if pausable else ()
    return _run(calendar, held, start, max(start, until))


def remaining(
    calendar: Calendar,
    start: datetime,
    goal: Goal,
    until: datetime,
    pauses: Iterable[Pause] = (),
    pausable: bool = True,
) -> timedelta:
    """The working time left at `until`, pauses taken out; negative when late.

    A pause without an end freezes it, however late `until` is.
    """
    held = merged(pauses, start) if pausable else ()
    now = max(start, until)
    if held and held[-1][1] is None:
        now = min(now, held[-1][0])
        held = held[:-1]
    end = due(calendar, start, goal, held)
    assert end is not None, "the only pause without an end was taken off"
    if now <= end:
        return _run(calendar, held, now, end)
    return -_run(calendar, held, end, now)


def merged(pauses: Iterable[Pause], start: datetime) -> tuple[Pause, ...]:
    """The union of some pauses from `start` on, in order; one without an end swallows the rest."""
    union: list[Pause] = []
    for begins, ends in sorted((_checked(pause) for pause in pauses), key=lambda pause: pause[0]):
        begins = max(begins, start)  # noqa: PLW2901  a clock cannot pause before it runs
        if ends is not None and ends <= begins:
            continue
        if not union or _gap(union[-1], begins):
            union.append((begins, ends))
        else:
            union[-1] = union[-1][0], _later(union[-1][1], ends)
    return tuple(union)


def unpaused_due(calendar: Calendar, start: datetime, goal: Goal) -> datetime:
    """When the target would be spent if the clock never stood still."""
    if isinstance(goal, timedelta):
        return calendar.add(start, goal)
    if goal.seconds is not None and goal.days is None and goal.seconds >= 0:
        return calendar.add(start, timedelta(seconds=goal.seconds))
    if goal.days is not None and goal.seconds is None and goal.days >= 0:
        return calendar.add_days(start, goal.days)
    raise TargetUnclear


def _run(
    calendar: Calendar, held: tuple[Pause, ...], begins: datetime, ends: datetime
) -> timedelta:
    """The working time between two instants outside the pauses."""
    total = calendar.between(begins, ends)
    for paused, resumed in held:
        low = max(paused, begins)
        high = ends if resumed is None else min(resumed, ends)
        if low < high:
            total -= calendar.between(low, high)
    return total


def _checked(pause: Pause) -> Pause:
    begins, ends = pause
    if ends is not None and ends < begins:
        raise PauseReversed(begins=begins.isoformat(), ends=ends.isoformat())
    return pause


def _gap(earlier: Pause, begins: datetime) -> bool:
    return earlier[1] is not None and earlier[1] < begins


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return None if one is None or other is None else max(one, other)
