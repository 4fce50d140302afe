"""Calendars and service levels; editing one moves the deadlines of open orders."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from store.commands.inputs import CODE, between, needed
from store.domain.calendar import Calendar
from store.domain.calendar_edits import extended
from store.domain.errors import BadInput
from store.domain.intents import Command, Done
from store.domain.moves_desk import PRIORITIES
from store.domain.survey_rules import BOUNDS
from store.domain.targets import ClockKind
from store.domain.text import safe
from store.domain.words import N_

if TYPE_CHECKING:
    from store.persistence.work import Work

Ref = int | str


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveCalendar(Command):
    """A calendar by its code: zone, week, holidays, make-up workdays. A change makes a version."""

    code: str
    name: str
    spec: Mapping[str, Any] | None = None
    """What `Calendar.parse` reads; refused there when it holds no working time. None keeps what
    it says but for the next two."""
    week: Mapping[str, Any] | None = None
    """Days to windows; those that it does not name are off."""
    zone: str | None = None
    """None leaves it as it was; a new calendar is in the usual one."""
    usual_zone: str = "UTC"


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveLevel(Command):
    """A service level by its code, on a calendar.

    What is None stays; a new one takes it from the desk's first level.
    """

    code: str
    name: str
    calendar: Ref | None = None
    policy: Mapping[str, Any] | None = None
    """targets {"1": {"respond": {"seconds": n}}}, warn, after_s, risk, ring_from, orphan_after_s,
    silent_after_s, daily_by_s, escalate_after_s, survey (see `SurveyRules`); what is not named
    keeps its default."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtendCalendar(Command):
    """Days off and make-up workdays added to a calendar, and until when all of them are known.

    What is given beats what the calendar said of those days; work beats a day off.
    """

    code: str
    off: tuple[str, ...] = ()
    """Dates as 2026-10-01."""
    worked: Mapping[str, Any] = field(default_factory=dict)
    """Dates to windows; None takes the hours of the week's first working day."""
    known_until: str | None = None
    """None leaves it as it was."""
    country: str | None = None
    """Whose public holidays they are, see `holidays_data`; None leaves it as it was."""


def save_calendar(work: Work, command: SaveCalendar) -> Done:
    """The calendar as given, and the open orders under it reckoned again."""
    code = needed(command.code, N_("code"), limit=CODE)
    spec = Calendar.parse(_spec(work, command, code)).spec()
    calendar, changed = work.put_calendar(code, needed(command.name, N_("name")), spec)
    moved, left = work.reckon_again(calendar=calendar) if changed else (0, 0)
    saved = N_("calendar {code} saved, open orders reckoned again: {moved}")
    partly = N_(
        "calendar {code} saved, open orders reckoned again: {moved}; {left} cannot be and keep"
        " their times: paidan doctor names them"
    )
    return Done(
        sentence=partly if left else saved, facts={"code": code, "moved": moved, "left": left}
    )


def _spec(work: Work, command: SaveCalendar, code: str) -> Mapping[str, Any]:
    if command.spec is not None:
        return command.spec
    stored = work.calendar_coded(code)
    spec = {"zone": command.usual_zone} if stored is None else work.spec_to_edit(stored)
    given = {"week": command.week, "zone": command.zone}
    return spec | {name: value for name, value in given.items() if value is not None}


def extend_calendar(work: Work, command: ExtendCalendar) -> Done:
    """The calendar with more days, and the open orders under it reckoned again."""
    entry = work.calendar(command.code)
    spec = extended(
        work.spec_to_edit(entry.id),
        off=command.off,
        worked=command.worked,
        known_until=command.known_until,
        country=command.country,
    )
    return save_calendar(work, SaveCalendar(code=entry.code, name=entry.name, spec=spec))


def save_level(work: Work, command: SaveLevel) -> Done:
    """The service level as given, and the open orders under it reckoned again."""
    code = needed(command.code, N_("code"), limit=CODE)
    policy = None if command.policy is None else checked_policy(command.policy)
    calendar = None if command.calendar is None else work.calendar(command.calendar).id
    if policy is None or calendar is None:
        usual_calendar, usual_policy = work.level_to_edit(code)
        calendar = usual_calendar if calendar is None else calendar
        policy = usual_policy if policy is None else policy
    name = needed(command.name, N_("name"))
    level, changed = work.put_level(code, name, calendar, policy)
    moved, left = work.reckon_again(level=level) if changed else (0, 0)
    saved = N_("service level {code} saved, open orders reckoned again: {moved}")
    partly = N_(
        "service level {code} saved, open orders reckoned again: {moved}; {left} cannot be and keep"
        " their times: paidan doctor names them"
    )
    return Done(
        sentence=partly if left else saved, facts={"code": code, "moved": moved, "left": left}
    )


def checked_policy(policy: Mapping[str, Any]) -> dict[str, Any]:
    """A policy with every name known, every part of its shape, and every number in bounds."""
    _table(policy, N_("service level"))
    unknown = sorted(policy.keys() - {"targets", "survey", *_NUMBERS, *_LISTS})
    if unknown:
        known = ", ".join(["targets", "survey", *_LISTS, *_NUMBERS])
        raise BadInput(where=N_("service level"), wrong=", ".join(unknown), right=known)
    _check_numbers(policy)
    _check_survey(policy.get("survey", {}))
    targets = policy.get("targets", {})
    _table(targets, "targets")
    for priority, clocks in targets.items():
        _table(clocks, f"targets.{_shown(priority)}")
        for clock, target in clocks.items():
            _checked_target(str(priority), str(clock), target)
    return dict(policy)


def _check_numbers(policy: Mapping[str, Any]) -> None:
    for name, (low, high) in _NUMBERS.items():
        value = policy.get(name, low)
        if value is not None or name not in _MAY_LACK:
            _whole(value, low, high, name)
    for name, (low, high) in _LISTS.items():
        values = policy.get(name, ())
        if not isinstance(values, (list, tuple)):
            raise BadInput(where=name, wrong=_shown(values), right=N_("a list of whole numbers"))
        between(len(values), 0, _MOST, name)
        for value in values:
            _whole(value, low, high, name)


def _check_survey(survey: Mapping[str, Any]) -> None:
    _table(survey, "survey")
    unknown = sorted(survey.keys() - BOUNDS.keys())
    if unknown:
        raise BadInput(where="survey", wrong=", ".join(unknown), right=", ".join(BOUNDS))
    for name, value in survey.items():
        if value is not None or name != "within_days":
            _whole(value, *BOUNDS[name], f"survey.{name}")


_YEAR_DAYS = 366
_YEAR = _YEAR_DAYS * 86_400
_UNITS = {"seconds": 10 * _YEAR, "days": 10 * _YEAR_DAYS}
"""How a target may be given, and the most of each: ten years."""
_MOST = 50
"""Warnings and reminders of one clock; each is a timer."""
_NUMBERS = {
    "risk": (1, 100),
    "ring_from": (1, 100),
    "orphan_after_s": (0, _YEAR),
    "silent_after_s": (1, _YEAR),
    "escalate_after_s": (1, _YEAR),
    "daily_by_s": (0, 86_399),
}
_MAY_LACK = frozenset({"silent_after_s", "escalate_after_s", "daily_by_s"})
"""Numbers that may be none: nobody minds the silence, or is called then."""
_LISTS = {"warn": (1, 99), "after_s": (1, _YEAR)}


def _checked_target(priority: str, clock: str, target: Mapping[str, Any]) -> None:
    where = f"{priority}.{clock}"
    known = priority in map(str, PRIORITIES) and clock in list(ClockKind)
    if not known:
        right = "1 ... 4 . " + ", ".join(ClockKind)
        raise BadInput(where=N_("service level"), wrong=where, right=right)
    _table(target, where)
    if len(target) != 1 or not target.keys() <= _UNITS.keys():
        raise BadInput(where=where, wrong=_shown(dict(target)), right=", ".join(_UNITS))
    ((unit, value),) = target.items()
    _whole(value, 0, _UNITS[unit], f"{where}.{unit}")


def _table(value: Any, where: str) -> None:
    if not isinstance(value, Mapping):
        raise BadInput(where=where, wrong=_shown(value), right=N_("names with their values"))


def _whole(value: Any, low: int, high: int, where: str) -> None:
    if not isinstance(value, int) or isinstance(value, bool):
        raise BadInput(where=where, wrong=_shown(value), right=N_("a whole number"))
    between(value, low, high, where)


def _shown(value: Any) -> str:
    return safe(repr(value), limit=40)


PROMISES: Mapping[type[Command], Callable[[Any, Any], Done]] = {
    SaveCalendar: save_calendar,
    ExtendCalendar: extend_calendar,
    SaveLevel: save_level,
}
"""What is done to promises."""
