"""The survey of an order: planned when the work is done, chased, answered or expired; pure.

It begins with the end of the work, not with its acceptance: that is when the customer has what he
was promised, and no door of the desk can put it off. There is one an order. The order carries it:
its `survey` says how it stands, so that the order's journal, timers, undo and past tell it, too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from store.domain.calendar_refusals import CalendarRefused
from store.domain.replay import whole_ms
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from store.domain.calendar import Calendar
    from store.domain.order import WorkOrder
    from store.domain.rules import Rules


class Survey(StrEnum):
    """How the survey of an order stands, or why there is none."""

    PLANNED = "planned"
    ANSWERED = "answered"
    REFUSED = "refused"
    EXPIRED = "expired"
    RESTED = "rested"
    CHILD = "child"
    NOBODY = "nobody"
    OFF = "off"
    FORGOTTEN = "forgotten"


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveySpec:
    """What a state of a survey is called, and what follows from it."""

    label: str
    over: bool = False
    """Whether the customer was asked, or would have been: it is not planned again."""
    spared: bool = False
    """Whether he is not asked, for the reason that the label gives."""


SURVEYS: Mapping[Survey, SurveySpec] = {
    Survey.PLANNED: SurveySpec(label=N_("to be asked")),
    Survey.ANSWERED: SurveySpec(label=N_("answered"), over=True),
    Survey.REFUSED: SurveySpec(label=N_("does not want to answer"), over=True),
    Survey.EXPIRED: SurveySpec(label=N_("expired: nobody was reached in time"), over=True),
    Survey.RESTED: SurveySpec(label=N_("spared: asked not long ago"), spared=True),
    Survey.CHILD: SurveySpec(label=N_("spared: asked about the order above it"), spared=True),
    Survey.NOBODY: SurveySpec(label=N_("spared: no customer is named"), spared=True),
    Survey.OFF: SurveySpec(label=N_("spared: this service level asks nobody"), spared=True),
    Survey.FORGOTTEN: SurveySpec(
        label=N_("spared: the customer was erased"), over=True, spared=True
    ),
}

_OVER: Final = frozenset(state.value for state, spec in SURVEYS.items() if spec.over)
UNHAPPY: Final = "unhappy"
"""The kind of the call that an unhappy customer is promised."""
_INSTANT: Final = timedelta(milliseconds=1)
_DAY: Final = timedelta(days=1)


def planned(
    order: WorkOrder, rules: Rules, *, at: datetime, asked_lately: bool = False
) -> dict[str, Any]:
    """What an order's own fields become as its work is done; empty where it was asked before.

    `asked_lately` is whether the same person was asked within the rest of the level.
    """
    if order.survey in _OVER:
        return {}
    why = _spared(order, rules, asked_lately=asked_lately)
    if why is not None:
        return {"survey": why.value, "survey_by": None, "survey_at": None}
    by = ask_by(rules, at=at)
    return {"survey": Survey.PLANNED.value, "survey_by": by, "survey_at": by}


def taken_back(order: WorkOrder) -> dict[str, Any]:
    """What they become as the order is opened again: what was answered stays answered."""
    if order.survey is None or order.survey in _OVER:
        return {}
    return {"survey": None, "survey_by": None, "survey_at": None} | {
        "survey_tries": 0,
        "survey_code": None,
    }


def _spared(order: WorkOrder, rules: Rules, *, asked_lately: bool) -> Survey | None:
    if order.customer is None:
        return Survey.NOBODY
    if order.parent is not None:
        return Survey.CHILD
    if rules.policy.survey.within_days is None:
        return Survey.OFF
    return Survey.RESTED if asked_lately else None


def ask_by(rules: Rules, *, at: datetime) -> datetime:
    """By when the customer of work that is done now is to have been asked, in working time."""
    return _days_on(rules.hours, at, rules.policy.survey.within_days or 1)


def gives_up_at(rules: Rules, by: datetime) -> datetime:
    """When a survey expires that was to be made by then."""
    return _days_on(rules.hours, by, rules.policy.survey.give_up_days)


def rings_next(rules: Rules, by: datetime, *, at: datetime) -> datetime | None:
    """When to ring again after a ring at some moment; None where the survey is over by then.

    The last of these moments is that at which it expires.
    """
    end = gives_up_at(rules, by)
    if at >= end:
        return None
    try:
        again = rules.hours.add(at, timedelta(seconds=rules.policy.survey.again_s))
    except CalendarRefused:
        return end
    return whole_ms(min(max(again, at + _INSTANT), end))


def call_back_by(rules: Rules, *, at: datetime) -> datetime:
    """By when whoever is unhappy is called back: within the hours set, and on the same day.

    After the day's hours, within those of the next.
    """
    hours, work = rules.hours, timedelta(seconds=rules.policy.survey.call_s)
    try:
        due = hours.add(at, work)
        first = hours.add(at, _INSTANT)
        end = _closing(hours, _next_midnight(hours, first - _INSTANT))
    except CalendarRefused:
        return whole_ms(at + work)
    return whole_ms(max(min(due, end), at + _INSTANT))


def is_bad(rules: Rules, csat: int | None, nps: int | None) -> bool:
    """Whether an answer is one that somebody must look into."""
    limits = rules.policy.survey
    return (csat is not None and csat <= limits.csat) or (nps is not None and nps <= limits.nps)


def _days_on(hours: Calendar, at: datetime, days: int) -> datetime:
    """The same time of day some working days on, or the end of the hours before it.

    Where there are none between, the end of those of that day.
    """
    try:
        due = hours.add_days(at, days)
        if not hours.is_open(due):
            ended = _closing(hours, due)
            due = ended if ended > at else _closing(hours, _next_midnight(hours, due))
    except CalendarRefused:  # its days run out, which the calendar's own alarm says
        return whole_ms(at + days * _DAY)
    return whole_ms(max(due, at + _INSTANT))


def _closing(hours: Calendar, at: datetime) -> datetime:
    """When the last work by an instant ends."""
    return hours.subtract(at, _INSTANT) + _INSTANT


def _next_midnight(hours: Calendar, at: datetime) -> datetime:
    there = at.astimezone(hours.zone)
    begins = there.replace(hour=0, minute=0, second=0, microsecond=0)
    return (begins.replace(tzinfo=None) + _DAY).replace(tzinfo=hours.zone).astimezone(at.tzinfo)
