"""Who masters a skill, as rows; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from console.i18n import _
from console.render_people import standing_of, whole_standing
from console.render_time import span

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from store.queries.named import Candidate
    from store.queries.people import TechnicianLine


def who_heads() -> tuple[str, ...]:
    """What stands above the columns."""
    return (_("code"), _("full name"), _("state"), _("jobs"), _("level"), _("away"), _("seen"))


def who_rows(found: Iterable[Candidate], *, at: datetime) -> tuple[tuple[str, ...], ...]:
    """Each with his state, jobs, level, distance, and how long ago he was seen there."""
    return tuple(_row(candidate, at) for candidate in found)


def people_plain(found: Iterable[Candidate]) -> list[dict[str, Any]]:
    """The same for a script."""
    return [
        {
            "code": one.who.code,
            "name": one.who.name,
            "state": one.who.state,
            "on_shift": one.who.on_shift,
            "absent": one.who.absent,
            "jobs": one.who.jobs,
            "level": one.level,
            "distance_km": None if one.distance_km is None else round(one.distance_km, 2),
            "seen_at": one.seen_at,
        }
        for one in found
    ]


def _row(one: Candidate, at: datetime) -> tuple[str, ...]:
    far = "" if one.distance_km is None else f"{one.distance_km:.1f} km"
    seen = "" if one.seen_at is None else span(at - one.seen_at)
    jobs = str(one.who.jobs or "")
    return one.who.code, one.who.name, _state(one.who), jobs, str(one.level), far, seen


def _state(who: TechnicianLine) -> str:
    sign, _label, _tone = standing_of(who)
    return f"{sign} {whole_standing(who)}"
