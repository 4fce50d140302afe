"""How long alarms waited that were acknowledged, and have rung again since for another reason.

An alarm keeps its newest acknowledgement only; those before it are told by the journal.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import Text, select, type_coerce

from store.domain.alarms import QUIET
from store.persistence.journal import JOURNAL
from store.persistence.statements import among
from store.queries.answers.doctor_story import parsed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from store.persistence.reader import Reader

_BEGINS = frozenset({"rang", "came_back", "unshelved"})
_TELL = sorted({*_BEGINS, "acknowledged", "unacknowledged", "shelved"})


def alarm_stories(reader: Reader, alarms: Sequence[Any]) -> Mapping[int, Sequence[Any]]:
    """What the journal tells of alarms that rang more than once, by the order's number."""
    numbers = sorted({row.number for row in alarms if row.rings > 1})
    if not numbers:
        return {}
    asked = (
        select(
            *(JOURNAL.c.number, JOURNAL.c.at, JOURNAL.c.fact),
            type_coerce(JOURNAL.c.body, Text).label("body"),
        )
        .where(among(JOURNAL.c.number, "numbers", reader.kind), JOURNAL.c.fact.in_(_TELL))
        .order_by(JOURNAL.c.number, JOURNAL.c.seq)
    )
    told = reader.conn.execute(asked, {"numbers": numbers})
    return {number: tuple(story) for number, story in groupby(told, key=attrgetter("number"))}


def earlier_waits(
    alarms: Sequence[Any], stories: Mapping[int, Sequence[Any]], *, since: datetime
) -> Mapping[str, list[float]]:
    """Seconds by the kind that rang then, of waits that began since a moment.

    `alarms` are rows; one that rang once was acknowledged once at most.
    """
    found: dict[str, list[float]] = defaultdict(list)
    mine: dict[int, list[Any]] = defaultdict(list)
    for row in alarms:
        mine[row.number].append(row)
    for number, story in stories.items():
        for kind, began, seen in _waits(story, mine[number]):
            if began >= since:
                found[kind].append((seen - began).total_seconds())
    return found


def _waits(story: Iterable[Any], alarms: Sequence[Any]) -> Iterator[tuple[str, datetime, datetime]]:
    """Of one order: what rang, since when, and when it was acknowledged; the newest left out."""
    began: datetime | None = None
    waits: list[tuple[str, datetime, datetime]] = []
    undone: list[tuple[str, datetime, datetime]] = []
    for entry in story:
        name, at, body = entry.fact, entry.at, parsed(entry.body) or {}
        if began is not None and any(_went(row, began, at) for row in alarms):
            began = None
        if name in _BEGINS:
            if name != "rang" or (began is None and body.get("severity") != QUIET):
                began = at
        elif name == "unacknowledged":
            given, taken = (undone, waits) if body.get("silent") else (waits, undone)
            taken += given[-1:]
            began = None if taken is waits or not given else given[-1][1]
            del given[-1:]
        else:
            if name == "acknowledged" and began is not None:
                waits.append((str(body.get("kind")), began, at))
            began = None
    newest = {row.acknowledged_at for row in alarms}
    yield from (wait for wait in waits if wait[2] not in newest)


def _went(alarm: Any, began: datetime, at: datetime) -> bool:
    return alarm.cleared_at is not None and began <= alarm.cleared_at < at
