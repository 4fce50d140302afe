"""Floods: more new alarms than a person can read one by one, told by site or by cause instead."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

MOST_NEW: Final = 10
"""New alarms within `WITHIN` that can still be read one by one (EEMUA 191)."""

WITHIN: Final = timedelta(minutes=10)

FEW: Final = 5
"""New alarms with which a flood that went on is over."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Storm:
    """How a flood that goes on is told: in one way, and its groups in their places, to its end."""

    by: str = ""
    """`site` or `cause`; empty where none goes on."""
    keys: tuple[str, ...] = ()
    """The keys of its groups as they came, also of those that are empty now."""


CALM: Final = Storm()
"""No flood goes on."""


def is_flood(new: int, storm: Storm = CALM) -> bool:
    """Whether so many new alarms are too many to list; one that goes on ends with `FEW`."""
    return new > (FEW if storm.by else MOST_NEW)


def storm_after(storm: Storm, groups: Iterable[AlarmGroup]) -> Storm:
    """How the flood goes on with these groups; calm where there are none."""
    told = tuple(groups)
    if not told:
        return CALM
    fresh = (group.key for group in told if group.key not in storm.keys)
    return Storm(by=told[0].by, keys=(*storm.keys, *fresh))


def is_new(asked_at: datetime, *, at: datetime) -> bool:
    """Whether an alarm that has waited since then counts as new."""
    return asked_at > at - WITHIN


def grouped(alarms: Sequence[Alarm], storm: Storm = CALM) -> Mapping[AlarmGroup, tuple[Alarm, ...]]:
    """The alarms as the storm is told already, and each group in its place.

    When it begins by whatever makes fewer groups, a site before a cause. New groups come last,
    the worst of them first.
    """
    by = storm.by or _fewer(alarms)
    parts = _parted(alarms, by)
    groups = {_group(by, key, held): tuple(held) for key, held in parts.items()}
    places = {key: place for place, key in enumerate(storm.keys)}
    new = len(places)
    ranked = sorted(groups, key=lambda group: (places.get(group.key, new), *_rank(group)))
    return {group: groups[group] for group in ranked}


def key_by(alarm: New, by: str) -> str:
    """The key of the group that an alarm is in."""
    return (alarm.site_name or "") if by == "site" else alarm.kind


def _fewer(alarms: Sequence[New]) -> str:
    sites, causes = (len({key_by(alarm, by) for alarm in alarms}) for by in ("site", "cause"))
    return "site" if sites <= causes else "cause"


def _parted(alarms: Iterable[Alarm], by: str) -> dict[str, list[Alarm]]:
    parts: dict[str, list[Alarm]] = defaultdict(list)
    for alarm in alarms:
        parts[key_by(alarm, by)].append(alarm)
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
