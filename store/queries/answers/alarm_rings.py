"""Every ring of some alarms under the rule that rang, and whether it went by itself.

An alarm keeps the rule that rang last; those before it are told by the journal.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from store.domain.alarms import QUIET
from store.queries.answers.doctor_story import parsed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

_RANG = frozenset({"rang", "came_back"})
_HEARD = frozenset({"acknowledged", "shelved"})


@dataclass(frozen=True, slots=True)
class Ring:
    """One time that an alarm rang."""

    kind: str
    at: datetime
    lapsed: bool = False
    """Whether its cause went away by itself before anybody acted, and no other rule rang since."""


def rings(alarms: Sequence[Any], stories: Mapping[int, Sequence[Any]]) -> Iterator[Ring]:
    """All rings of alarms, the newest of which come first; `stories` as in `alarm_stories`."""
    before: dict[int, datetime] = {}
    older: dict[int, datetime | None] = {}
    for alarm in reversed(alarms):
        older[alarm.id] = before.get(alarm.number)
        if alarm.cleared_at is not None:
            before[alarm.number] = alarm.cleared_at
    for alarm in alarms:
        story = stories.get(alarm.number, ()) if alarm.rings > 1 else ()
        yield from _of_one(alarm, [e for e in story if _in_its_life(e, alarm, older[alarm.id])])


def _in_its_life(entry: Any, alarm: Any, after: datetime | None) -> bool:
    ended = alarm.cleared_at
    return (after is None or entry.at > after) and (ended is None or entry.at <= ended)


def _of_one(alarm: Any, story: Sequence[Any]) -> Sequence[Ring]:
    told: list[Ring] = []
    heard = [0]
    """So many of them somebody had acted on, the newest last."""
    for entry in story:
        body = parsed(entry.body) or {}
        if entry.fact in _RANG and body.get("severity") != QUIET:
            told.append(Ring(str(body.get("kind")), entry.at))
        elif entry.fact in _HEARD or (entry.fact == "unacknowledged" and body.get("silent")):
            heard.append(len(told))
        elif entry.fact == "unacknowledged" and len(heard) > 1:
            heard.pop()
    if not any(ring.kind == alarm.kind for ring in told):
        # It took the place of a worse one that was gone, and no entry says that it rings.
        told.append(Ring(alarm.kind, alarm.asked_at or alarm.raised_at))
    if alarm.lapsed_at is None:
        return told
    first = len(told) - 1
    while first > heard[-1] and told[first - 1].kind == told[-1].kind:
        first -= 1
    return [*told[:first], *(replace(ring, lapsed=True) for ring in told[first:])]
