"""Service levels and calendars as the domain wants them, read once a transaction."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import asdict, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Text, bindparam, func, select, type_coerce

from store.domain.bearing import is_followed
from store.domain.calendar import Calendar
from store.domain.calendar_refusals import CalendarRefused
from store.domain.errors import LevelUnreadable
from store.domain.rules import ALWAYS, Rules
from store.domain.survey_rules import SurveyRules
from store.domain.targets import ClockKind, ServiceLevel, Target
from store.domain.words import N_
from store.persistence import families
from store.persistence.tables import CalendarRow, CalendarVersionRow, ServiceLevelRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sqlalchemy import Connection

    from store.domain.order import Clock, WorkOrder

SPEC = type_coerce(CalendarVersionRow.spec, Text)
"""A stored spec as its text, for `calendar_of` and `spec_of`."""

POLICY = type_coerce(ServiceLevelRow.policy, Text)
_LEVEL = (
    select(
        ServiceLevelRow.id,
        ServiceLevelRow.code,
        ServiceLevelRow.calendar_id,
        POLICY,
        CalendarVersionRow.id,
        SPEC,
    )
    .join(CalendarRow, CalendarRow.id == ServiceLevelRow.calendar_id)
    .outerjoin(CalendarVersionRow, CalendarVersionRow.id == CalendarRow.current_version_id)
    .where(ServiceLevelRow.id == bindparam("level"))
)
DEFAULT_LEVEL = select(func.min(ServiceLevelRow.id))
"""The service level of orders whose customer has none: the one with the lowest id."""

_VERSION = select(SPEC).where(CalendarVersionRow.id == bindparam("version"))

STRANGE = (KeyError, ValueError, TypeError, AttributeError, RecursionError, CalendarRefused)
"""What reading a policy or spec raises that no paidan of this age would have kept."""


class Shelf:
    """The rules of orders, remembered for as long as one transaction sees one moment."""

    def __init__(
        self, conn: Connection, *, held: Callable[[int], WorkOrder | None] = lambda _number: None
    ) -> None:
        self._conn = conn
        self._held = held
        """An order as a transaction has it in hand, by its number."""
        self._followed: dict[int, bool] = {}
        self._current: dict[int | None, Rules] = {}
        self._calendars: dict[int, Calendar] = {}

    def rules(self, order: WorkOrder) -> Rules:
        """The order's level on its current calendar, with every version its clocks were made by.

        And whether the order that it stands under is followed. LevelUnreadable where level or
        calendar means nothing to this program; but a calendar that only settled clocks were made by
        is then left out.
        """
        found = self.alone(order)
        if order.parent is None or not self._is_followed(order.parent):
            return found
        return replace(found, followed_above=True)

    def alone(self, order: WorkOrder) -> Rules:
        """The same, as if it stood under none."""
        current = self.current(order.level)
        missing = [
            clock
            for clock in order.clocks
            if clock.calendar_version is not None
            and clock.calendar_version not in current.calendars
        ]
        if not missing:
            return current
        calendars = {**current.calendars, **self._versions(missing, current.policy.code)}
        return Rules(
            level=current.level,
            calendar=current.calendar,
            calendar_version=current.calendar_version,
            calendars=calendars,
        )

    def current(self, level: int | None) -> Rules:
        """A service level by its id, on the calendar as it is now."""
        found = self._current.get(level)
        if found is None:
            found = self._current[level] = Rules() if level is None else self._read(level)
        return found

    def desk_hours(self) -> Calendar:
        """The hours of the desk: of the level that an order has where nothing names another.

        Every hour where that cannot be read: whoever notes a call need not wait for it.
        """
        level = self._conn.execute(DEFAULT_LEVEL).scalar_one_or_none()
        try:
            return self.current(level).hours
        except LevelUnreadable:
            return ALWAYS

    def look_again(self) -> None:
        """Orders were written: who follows them may be another."""
        self._followed.clear()

    def _is_followed(self, number: int) -> bool:
        held = self._held(number)
        if held is not None:
            return is_followed(held)
        if number not in self._followed:
            self._followed[number] = families.is_followed(self._conn, number)
        return self._followed[number]

    def forget(self) -> None:
        """A level or calendar was just changed: read them again."""
        self._current.clear()

    def _read(self, level: int) -> Rules:
        row = self._conn.execute(_LEVEL, {"level": level}).one_or_none()
        if row is None:
            return Rules()
        with _reading(row[1], N_("policy")):
            made = read_level(row[0], row[1], row[2], row[3])
        if row[4] is None:
            return Rules(level=made, calendar=None, calendar_version=None, calendars={})
        with _reading(row[1], N_("calendar")):
            calendar = self._calendars.setdefault(row[4], calendar_of(row[5]))
        return Rules(
            level=made, calendar=calendar, calendar_version=row[4], calendars={row[4]: calendar}
        )

    def _versions(self, clocks: Iterable[Clock], level: str) -> dict[int, Calendar]:
        found = {}
        for clock in clocks:
            version = clock.calendar_version
            assert version is not None
            if version not in self._calendars:
                spec = self._conn.execute(_VERSION, {"version": version}).scalar_one_or_none()
                try:
                    with _reading(level, N_("calendar")):
                        self._calendars[version] = calendar_of(spec or "")
                except LevelUnreadable:
                    if clock.running:
                        raise
                    continue
            found[version] = self._calendars[version]
        return found


@contextmanager
def _reading(level: str, part: str) -> Iterator[None]:
    try:
        yield
    except STRANGE as error:
        raise LevelUnreadable(level=level, part=part, what=why_strange(error)) from error


def why_strange(error: Exception) -> str:
    """What a policy, spec or row says that means nothing here."""
    said = error.args[0] if error.args else error
    return said if isinstance(said, str) else str(said)


@lru_cache(maxsize=256)
def calendar_of(spec: str) -> Calendar:
    """The calendar of a stored spec; many orders hang on few. One of `STRANGE` if it is none."""
    return Calendar.parse(json.loads(spec))


def spec_of(spec: str) -> dict[str, Any]:
    """The plain spec of a stored one; empty where it means nothing to this program."""
    try:
        calendar_of(spec)
    except STRANGE:
        return {}
    plain: dict[str, Any] = json.loads(spec)
    return plain


@lru_cache(maxsize=256)
def read_level(level: int, code: str, calendar: int, policy: str) -> ServiceLevel:
    """A stored service level; one of `STRANGE` where its policy is none."""
    made = level_of(level, code, calendar, json.loads(policy))
    plain = {name: getattr(made, name) for name in _PLAIN}
    plain |= {"targets": [n for t in made.targets.values() for n in (t.seconds, t.days)]}
    plain |= asdict(made.survey)
    for name, value in (plain | {"warn": made.warn, "after_s": made.after_s}).items():
        held = value if isinstance(value, (list, tuple)) else (value,)
        free = name in _MAY_LACK
        if not all(type(n) is int or (n is None and free) for n in held):
            raise TypeError(f"{name}: {value!r}")
    return made


def level_of(level: int, code: str, calendar: int, policy: Mapping[str, Any]) -> ServiceLevel:
    """A service level from its plain policy; names it does not give keep their defaults."""
    targets = {
        (int(priority), ClockKind(clock)): Target(**target)
        for priority, clocks in policy.get("targets", {}).items()
        for clock, target in clocks.items()
    }
    given: dict[str, Any] = {name: policy[name] for name in _PLAIN if name in policy}
    given |= {name: tuple(policy[name]) for name in ("warn", "after_s") if name in policy}
    if "survey" in policy:
        given["survey"] = SurveyRules(**policy["survey"])
    return ServiceLevel(id=level, code=code, calendar=calendar, targets=targets, **given)


def policy_of(level: ServiceLevel) -> dict[str, Any]:
    """The plain policy of a service level; `level_of` reads it back."""
    targets: dict[str, dict[str, dict[str, int]]] = {}
    for (priority, clock), target in level.targets.items():
        given = {"seconds": target.seconds, "days": target.days}
        kept = {name: value for name, value in given.items() if value is not None}
        targets.setdefault(str(priority), {})[clock.value] = kept
    plain = {name: getattr(level, name) for name in _PLAIN}
    return {
        "targets": targets,
        "warn": list(level.warn),
        "after_s": list(level.after_s),
        **plain,
        "survey": asdict(level.survey),
    }


_PLAIN = (
    *("risk", "ring_from", "orphan_after_s", "silent_after_s", "escalate_after_s"),
    "daily_by_s",
)
_MAY_LACK = frozenset(
    {"silent_after_s", "escalate_after_s", "daily_by_s", "targets", "within_days"}
)
