"""Calendars and service levels in a write transaction: new versions, and orders reckoned again."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, select

from store.domain.errors import BadInput
from store.domain.facts import Fact
from store.domain.words import N_
from store.persistence import marks
from store.persistence.horizon_bells import HorizonBellWork
from store.persistence.horizons import CALENDAR
from store.persistence.levels import POLICY, SPEC, STRANGE, read_level, spec_of
from store.persistence.lookups import REGISTERS
from store.persistence.mapping import ORDER, table_of
from store.persistence.reckoning import reckoned
from store.persistence.statements import insert_into, send, update_by
from store.persistence.tables import CalendarVersionRow
from store.persistence.types import json_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

VERSION = table_of(CalendarVersionRow)
LEVEL = REGISTERS["level"].table
_LEVEL = (LEVEL.c.id, LEVEL.c.name, LEVEL.c.calendar_id, POLICY.label("policy"))
"""Policies and specs are compared as texts: the stored one may mean nothing, and be replaced."""

_SPEC = (
    select(SPEC)
    .join(CALENDAR, CALENDAR.c.current_version_id == VERSION.c.id)
    .where(CALENDAR.c.id == bindparam("calendar"))
)

BATCH = 500
"""Orders reckoned again in one transaction: on SQLite others wait some tenths of a second."""

_MARK = re.compile(f"{marks.RECKON}(calendar|level) [0-9]+")


class PromiseWork(HorizonBellWork):
    """Editing a promise moves the deadlines of open orders; closed ones keep theirs."""

    def put_calendar(self, code: str, name: str, spec: Mapping[str, Any]) -> tuple[int, bool]:
        """A calendar by its code: a new version when its hours differ. Its id, and whether so."""
        self.hold_promises(alone=True)
        stored = self.conn.execute(
            select(CALENDAR.c.id, CALENDAR.c.name, CALENDAR.c.current_version_id)
            .where(CALENDAR.c.code == code)
            .with_for_update()
        ).one_or_none()
        if stored is None:
            made = self.conn.execute(insert_into(CALENDAR), {"code": code, "name": name})
            calendar = _key(made)
            self._new_version(calendar, spec)
            return calendar, True
        if stored.name != name:
            row = {"k_id": stored.id, "v_name": name}
            send(self.conn, update_by(CALENDAR, ("id",), ("name",)), [row])
        now = select(SPEC).where(VERSION.c.id == stored.current_version_id)
        if self.conn.execute(now).scalar_one_or_none() == json_text(dict(spec)):
            return stored.id, False
        self._new_version(stored.id, spec)
        return stored.id, True

    def calendar_coded(self, code: str) -> int | None:
        """The id of the calendar with this very code, which nobody else makes before we have."""
        self.hold_promises(alone=True)
        asked = select(CALENDAR.c.id).where(CALENDAR.c.code == code)
        return self.conn.execute(asked).scalar_one_or_none()

    def spec_to_edit(self, calendar: int) -> dict[str, Any]:
        """The hours of a calendar by its id, which nobody else changes before we have."""
        self.hold_promises(alone=True)
        spec = spec_of(self.conn.execute(_SPEC, {"calendar": calendar}).scalar_one())
        if not spec:
            raise BadInput(
                where=N_("calendar"),
                wrong=N_("its hours mean nothing to this paidan"),
                right=N_("save it again with all of them"),
            )
        return spec

    def mend_horizons(self, calendars: Iterable[int]) -> None:
        """Aim again at what some calendars, by their ids, say of their holidays."""
        for calendar in sorted(calendars):
            self.follow_horizon(calendar, self.spec_to_edit(calendar))

    def level_to_edit(self, code: str) -> tuple[int, dict[str, Any]]:
        """The calendar and the promises of a level, else of the desk's, for us alone to change."""
        self.hold_promises(alone=True)
        mine = LEVEL.c.code == code
        asked = select(*_LEVEL).order_by(mine.desc(), LEVEL.c.id).limit(1)
        row = self.conn.execute(asked).one_or_none()
        try:
            known = row is not None and read_level(row.id, code, row.calendar_id, row.policy)
        except STRANGE:
            known = False
        if row is None or not known:
            raise BadInput(
                where=N_("service level"),
                wrong=N_("its promises mean nothing to this paidan"),
                right=N_("save it again with all of them"),
            )
        return row.calendar_id, json.loads(row.policy)

    def put_level(
        self, code: str, name: str, calendar: int, policy: Mapping[str, Any]
    ) -> tuple[int, bool]:
        """A service level by its code; its id, and whether its promises differ from before."""
        self.hold_promises(alone=True)
        values = {"name": name, "calendar_id": calendar, "policy": dict(policy)}
        stored = self.conn.execute(
            select(*_LEVEL).where(LEVEL.c.code == code).with_for_update()
        ).one_or_none()
        if stored is None:
            level = _key(self.conn.execute(insert_into(LEVEL), {"code": code, **values}))
            self._edited("level_edited", {"level": level, "made": True})
            return level, True
        before, texts = stored._asdict(), values | {"policy": json_text(values["policy"])}
        changes = {n: value for n, value in values.items() if before[n] != texts[n]}
        if changes:
            row = {"k_id": stored.id, **{f"v_{n}": value for n, value in changes.items()}}
            send(self.conn, update_by(LEVEL, ("id",), tuple(changes)), [row])
            self._edited("level_edited", {"level": stored.id, "fields": sorted(changes)})
        return stored.id, bool(changes.keys() - {"name"})

    def reckon_again(
        self, *, calendar: int | None = None, level: int | None = None
    ) -> tuple[int, int]:
        """Recompute the clocks of open orders under a calendar or level; how many moved, how many
        could not.

        One batch is done at once, the others are owed and counted as moved: `reckon_on` has them
        done in transactions of their own, since nobody else writes meanwhile.
        """
        self.flush()
        what = f"calendar {calendar}" if level is None else f"level {level}"
        numbers = self._under(what, after=0, most=None)
        moved, left = self._reckon(numbers[:BATCH])
        self._owe(marks.RECKON + what, numbers[:BATCH], more=len(numbers) > BATCH)
        return moved + len(numbers[BATCH:]), left

    def reckon_on(self) -> bool:
        """Do the next batch that an edit still owes; whether there was one."""
        self.hold_promises()
        for name, done in marks.beginning(self.conn, marks.RECKON):
            if _MARK.fullmatch(name) is None:
                continue  # a newer program's, which knows what it owes
            after = int(done) if done.isdecimal() else 0  # twice does no harm
            numbers = self._under(name.removeprefix(marks.RECKON), after=after, most=BATCH)
            self._reckon(numbers)
            self._owe(name, numbers, more=len(numbers) == BATCH)
            return True
        return False

    def _owe(self, name: str, done: Sequence[int], *, more: bool) -> None:
        if more:
            marks.keep(self.conn, name, str(done[-1]))
        else:
            marks.drop(self.conn, name)

    def _under(self, what: str, *, after: int, most: int | None) -> list[int]:
        """Open orders under a `level` or `calendar` by its id, lowest number first."""
        kind, given = what.split()
        levels = select(LEVEL.c.id).where(LEVEL.c.calendar_id == int(given))
        mine = ORDER.c.level_id == int(given) if kind == "level" else ORDER.c.level_id.in_(levels)
        asked = select(ORDER.c.number).where(ORDER.c.live == 1, ORDER.c.number > after, mine)
        return list(self.conn.execute(asked.order_by(ORDER.c.number).limit(most)).scalars())

    def _reckon(self, numbers: Sequence[int]) -> tuple[int, int]:
        """How many moved, and how many could not: those keep their times, which a doctor shows."""
        moved = 0
        found, left = reckoned(self, numbers)
        for before, after, facts in found:
            if facts:
                moved += 1
                self.save(before, after, *facts)
            else:
                self._mark(self.known(before.number))  # warning times may have moved all the same
        self.flush()
        return moved, left

    def _new_version(self, calendar: int, spec: Mapping[str, Any]) -> None:
        last = select(func.max(VERSION.c.version)).where(VERSION.c.calendar_id == calendar)
        version = (self.conn.execute(last).scalar_one() or 0) + 1
        row = {"calendar_id": calendar, "version": version, "spec": dict(spec), "made_at": self.at}
        made = _key(self.conn.execute(insert_into(VERSION), row))
        change = {"k_id": calendar, "v_current_version_id": made}
        send(self.conn, update_by(CALENDAR, ("id",), ("current_version_id",)), [change])
        self._edited("calendar_edited", {"calendar": calendar, "version": made})
        self.follow_horizon(calendar, spec)

    def _edited(self, fact: str, body: dict[str, Any]) -> None:
        self.shelf.forget()
        self.record(Fact(name=fact, body=body))


def _key(made: Any) -> int:
    return int(made.inserted_primary_key[0])
