"""A flood of new alarms as a line a site or cause, told in one way as long as it lasts."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from console.i18n import _, _n
from console.render_alarms import GROUPED, alarm_key, alarm_row, among_equals, severity_sign
from console.widgets.window import Mark, Row, Tinted
from store.domain.alarms import QUIET
from store.domain.bells import AlarmState
from store.domain.floods import AlarmGroup, grouped, is_flood, is_new, storm_after
from store.domain.timer_kinds import TIMERS, read_kind

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Sequence
    from datetime import datetime, tzinfo

    from store.domain.floods import Storm
    from store.queries.alarms import AlarmLine

_Held = tuple[AlarmGroup, tuple["AlarmLine", ...]]


class Flood:
    """The rows of the list of alarms, of one screen.

    What the cursor stands on is never hidden from under it: a key would mean something else.
    """

    def __init__(self, storm: Storm) -> None:
        self._storm = storm
        self._opened: set[str] = set()
        """Groups whose alarms are listed."""
        self._groups: dict[str, _Held] = {}
        """Those that have a row."""
        self._before: dict[str, _Held] = {}

    def rows(
        self,
        alarms: Sequence[AlarmLine],
        cursor: Hashable | None,
        *,
        at: datetime,
        zone: tzinfo | None,
    ) -> tuple[Row, ...]:
        """In a flood the new alarms a line a group, below it those of the opened ones.

        Each has a mark by what it is, so that it keeps its place whatever comes before it.
        """
        fresh = [alarm for alarm in alarms if is_fresh(alarm, at)]
        groups = grouped(fresh, self._storm) if is_flood(len(fresh), self._storm) else {}
        self._storm = storm_after(self._storm, groups)
        self._before, had = self._groups, self._groups.keys()
        # One alone says more than its group; but what was a group remains one.
        self._groups = {
            group_key(one): (one, held)
            for one, held in groups.items()
            if one.count > 1 or group_key(one) in had
        }
        self._opened.update(
            key
            for key, (_one, held) in self._groups.items()
            if any(alarm.number == cursor for alarm in held)
        )
        others = [alarm for alarm in alarms if not is_fresh(alarm, at)] if groups else alarms
        rows = [alarm_row(alarm, at=at, zone=zone) for alarm in others]
        for one, held in groups.items():
            rows += self._group_rows(one, held, at=at, zone=zone)
        return tuple(sorted(rows, key=attrgetter("mark")))

    def _group_rows(
        self, group: AlarmGroup, held: Sequence[AlarmLine], *, at: datetime, zone: tzinfo | None
    ) -> list[Row]:
        key = group_key(group)
        if key not in self._groups:
            return [alarm_row(alarm, at=at, zone=zone) for alarm in held]
        mark = (0, group.severity, GROUPED, self._storm.keys.index(group.key))
        rows = [_group_row(group, mark, opened=key in self._opened)]
        if key in self._opened:
            for alarm in held:
                below = (*mark, alarm.severity, *among_equals(alarm))
                rows.append(alarm_row(alarm, at=at, zone=zone, mark=below))
        return rows

    def turn(self, key: str) -> None:
        """Open a group that is closed, or close it."""
        self._opened ^= {key}

    def group(self, key: Hashable | None) -> _Held | None:
        """The group of a row with its alarms; None where the row is no group's."""
        return self._groups.get(str(key))

    def is_opened(self, key: Hashable | None) -> bool | None:
        """Whether the group of a row is opened; None where the row is no group's."""
        return None if key is None or str(key) not in self._groups else str(key) in self._opened

    def place_of(self, alarm: AlarmLine) -> Hashable | None:
        """The row in which an alarm is to be found."""
        for key, (_one, held) in self._groups.items():
            if key not in self._opened and any(one.number == alarm.number for one in held):
                return key
        return alarm_key(alarm)

    def left_by(
        self, key: Hashable | None, alarms: Collection[AlarmLine], keys: Sequence[Hashable]
    ) -> Hashable | None:
        """Where the cursor goes whose group has no row any more: to one of it that still rings.

        Else to what stood next below it, or else on top, among the rows of these `keys`, and is
        still to be handled: its own alarms are not, though an opened group had them there.
        """
        _one, held = self._before.get(str(key), (None, ()))
        if str(key) in self._groups or not held:
            return None
        mine = {alarm.number for alarm in held}
        found = next((one for one in alarms if one.number in mine and _rings(one)), None)
        return self.place_of(found) if found is not None else self.below(key, alarms, keys)

    def below(
        self, key: Hashable | None, alarms: Collection[AlarmLine], keys: Sequence[Hashable]
    ) -> Hashable | None:
        """What stands below a row among these `keys`, or else on top, and is still to be handled.

        Of a group that has no row any more because the flood is over, the first of its alarms.
        """
        open_ = {self.place_of(one) for one in alarms if one.state in _TO_HANDLE}
        open_ |= {name for name, (_one, held) in self._groups.items() if any(map(_rings, held))}
        at = keys.index(key) if key in keys else 0
        for one in (*keys[at:], *keys[:at]):
            _group, held = self._before.get(str(one), (None, ()))
            for place in (one, *map(self.place_of, held)):
                if place in open_ and place != key:
                    return place
        return None


_TO_HANDLE = frozenset({AlarmState.UNACKNOWLEDGED, AlarmState.CLEARED})


def _rings(alarm: AlarmLine) -> bool:
    return alarm.state is AlarmState.UNACKNOWLEDGED


def by_turns(
    groups: Sequence[AlarmGroup], others: Sequence[AlarmLine]
) -> tuple[AlarmGroup | AlarmLine, ...]:
    """The groups of a flood and what else rings, the worst first; a group before what is as bad."""
    ringing = [alarm for alarm in others if _rings(alarm)]
    both: list[AlarmGroup | AlarmLine] = [*groups, *ringing]
    both.sort(key=attrgetter("severity"))
    return (*both, *(alarm for alarm in others if not _rings(alarm)))


def is_fresh(alarm: AlarmLine, at: datetime) -> bool:
    """Whether an alarm counts as new, so that a flood hides it in its group."""
    loud = _rings(alarm) and alarm.severity < QUIET
    return loud and alarm.number is not None and is_new(alarm.asked_at or alarm.raised_at, at=at)


def group_key(group: AlarmGroup) -> str:
    """What a group's row is known by."""
    return f"{group.by}:{group.key}"


def group_said(group: AlarmGroup) -> str:
    """What the alarms of a group have in common."""
    if group.by == "site":
        return group.key or _("no site")
    spec = TIMERS.get(read_kind(group.key))
    return _(spec.label) if spec is not None else group.key


def _group_row(group: AlarmGroup, mark: Mark, *, opened: bool) -> Row:
    many = _n("{count} new alarm", "{count} new alarms", group.count).format(count=group.count)
    sign_ = "-" if opened else "+"
    cells = (
        severity_sign(group.severity),
        "",
        "",
        Tinted(f"{sign_} {group_said(group)}", "strong"),
        Tinted(many, "strong"),
        group.key if group.by == "site" else "",
        "",
    )
    return Row(
        key=group_key(group), version=hash(cells), mark=mark, cells=cells, due_at=group.since
    )
