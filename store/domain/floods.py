"""Floods: more new alarms than a person can read one by one, told by site or by cause instead."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

MOST_NEW: Final = 10
"""New alarms within `WITHIN` that can still be read one by one (EEMUA 191)."""

WITHIN: Final = timedelta(minutes=10)


class New(Protocol):
    """A new alarm as far as grouping needs to know it."""

    @property
    def site_name(self) -> str | None: ...
    @property
    def kind(self) -> str: ...
    @property
    def severity(self) -> int: ...
    @property
    def since(self) -> datetime: ...


Alarm = TypeVar("Alarm", bound=New)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmGroup:
    """New alarms that have their site or their cause in common."""

    by: str
    """`site` or `cause`."""
    key: str
    """The site's name, empty for orders without one; or the timer kind."""
    count: int
    severity: int
    """Of the worst among them."""
    since: datetime
    """Of the one that lasts longest."""


def is_flood(new: int) -> bool:
    """Whether so many new alarms are too many to list."""
    return new > MOST_NEW


def is_new(asked_at: datetime, *, at: datetime) -> bool:
    """Whether an alarm that has waited since then counts as new."""
    return asked_at > at - WITHIN


def grouped(alarms: Sequence[Alarm]) -> Mapping[AlarmGroup, tuple[Alarm, ...]]:
    """The alarms by whatever makes fewer groups, a site before a cause; the worst group first."""
    by_site = _parted(alarms, lambda alarm: alarm.site_name or "")
    by_cause = _parted(alarms, lambda alarm: alarm.kind)
    by, parts = ("site", by_site) if len(by_site) <= len(by_cause) else ("cause", by_cause)
    groups = {_group(by, key, held): tuple(held) for key, held in parts.items()}
    return dict(sorted(groups.items(), key=lambda item: _rank(item[0])))


def _parted(alarms: Iterable[Alarm], key_of: Callable[[Alarm], str]) -> dict[str, list[Alarm]]:
    parts: dict[str, list[Alarm]] = defaultdict(list)
    for alarm in alarms:
        parts[key_of(alarm)].append(alarm)
    return parts


def _group(by: str, key: str, alarms: Sequence[New]) -> AlarmGroup:
    return AlarmGroup(
        by=by,
        key=key,
        count=len(alarms),
        severity=min(alarm.severity for alarm in alarms),
        since=min(alarm.since for alarm in alarms),
    )


def _rank(group: AlarmGroup) -> tuple[int, int, str]:
    return group.severity, -group.count, group.key
