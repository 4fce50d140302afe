"""What a technician has, as a writer sees it: skills, regions, absences, orders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from store.domain.errors import NameUnknown
from store.domain.lifecycle import LIVE_VISITS
from store.persistence.mapping import ORDER, VISIT
from store.persistence.tables import metadata
from store.persistence.turned_out import TurnedOutWork

if TYPE_CHECKING:
    from datetime import datetime

_T = metadata.tables
_SKILLS, _MASTERED, _GOES = _T["skill"], _T["technician_skill"], _T["technician_region"]
_ABSENCES = _T["absence"]


class PeopleWork(TurnedOutWork):
    """Asked after he was locked, so that nobody gives him anything else meanwhile."""

    def skill_codes(self) -> tuple[str, ...]:
        """The skills there are."""
        return tuple(self.conn.execute(select(_SKILLS.c.code).order_by(_SKILLS.c.id)).scalars())

    def known_skill(self, code: str) -> int | None:
        """The id of a skill; None where nobody has heard of it."""
        asked = select(_SKILLS.c.id).where(_SKILLS.c.code == code)
        return self.conn.execute(asked).scalar_one_or_none()

    def mastered(self, technician: int) -> dict[int, int]:
        """His skills, each with its level."""
        his = _MASTERED.c.technician_id == technician
        rows = self.conn.execute(select(_MASTERED.c.skill_id, _MASTERED.c.level).where(his))
        return {row.skill_id: row.level for row in rows}

    def goes_to(self, technician: int) -> set[int]:
        """The regions that he goes to; none means all."""
        his = _GOES.c.technician_id == technician
        return set(self.conn.execute(select(_GOES.c.region_id).where(his)).scalars())

    def absences(self, technician: int, starts_at: datetime | None) -> list[tuple[int, datetime]]:
        """Absences that are not over, by id, with their starts: that one, or those he is in."""
        kept = _ABSENCES.c
        which = kept.starts_at <= self.at if starts_at is None else kept.starts_at == starts_at
        asked = select(kept.id, kept.starts_at).where(
            kept.technician_id == technician, kept.ends_at > self.at, which
        )
        return [(entry, begins) for entry, begins in self.conn.execute(asked.order_by(kept.id))]

    def sees_technician(self, technician: int) -> bool:
        """Whether he works here, where the asker sees it."""
        try:
            self.technician(technician)
        except NameUnknown:
            return False
        return True

    def held_by(self, technician: int) -> tuple[int, ...]:
        """The orders that he has."""
        live = VISIT.c.state.in_([state.value for state in LIVE_VISITS])
        asked = select(VISIT.c.number).where(VISIT.c.technician_id == technician, live)
        return tuple(self.conn.execute(asked.distinct().order_by(VISIT.c.number)).scalars())

    def held_in_sight(self, technician: int) -> list[int]:
        """Those of them that the asker sees."""
        sites = self.who.scope.sites
        asked = select(ORDER.c.number).where(ORDER.c.number.in_(self.held_by(technician)))
        if sites is not None:
            asked = asked.where(ORDER.c.site_id.in_(sites))
        return list(self.conn.execute(asked.order_by(ORDER.c.number)).scalars())
