"""Shift hand-over: what happened since a desk was taken over last, and what its next holder takes.

Pure: from entries of the journal, and from how the orders stand now, to the items of a hand-over.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from store.domain.lifecycle import Category
from store.domain.targets import ClockKind
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from store.domain.who import Scope


class Part(StrEnum):
    """Where an item stands in a hand-over; in this order they are read."""

    INCIDENT = "incident"
    RISK = "risk"
    PROMISE = "promise"
    EXCEPTION = "exception"
    FINISHED = "finished"


PARTS: Mapping[Part, str] = {
    Part.INCIDENT: N_("major incidents"),
    Part.RISK: N_("open risks"),
    Part.PROMISE: N_("promises due"),
    Part.EXCEPTION: N_("exceptions"),
    Part.FINISHED: N_("finished"),
}
"""How each part is called."""

TICKED = frozenset({Part.INCIDENT, Part.RISK})
"""What nobody takes over before he has ticked it."""

OPEN_PARTS = TICKED | {Part.PROMISE}
"""What may change after the desk was offered, and be gone by the time somebody takes it over."""

INCIDENT = "incident"
"""Why a major incident is told that runs."""

ENDINGS = frozenset({"finished", "verified", "closed"})
"""Facts after which an order counts as finished, if it still is."""

EXCEPTIONS: Mapping[str, str] = {
    "breached": N_("deadline missed"),
    "declined": N_("declined"),
    "reopened": N_("reopened"),
    "cancelled": N_("cancelled"),
    "duplicated": N_("marked as duplicate"),
    "undone": N_("taken back"),
    "stood_down": N_("major incident over"),
}
"""Facts that are out of the ordinary."""

RECALLED = "recalled"
"""What a command is called that was taken back after a technician had been sent."""

TOLD = ENDINGS | EXCEPTIONS.keys()
"""Facts that a hand-over is made of."""

RISKS: Mapping[str, str] = {
    INCIDENT: N_("major incident"),
    "overdue": N_("overdue"),
    "waiting_expired": N_("waiting expired"),
    "nobody_following": N_("nobody follows"),
    "recall_unseen": N_("recall not seen"),
    "at_risk": N_("at risk"),
}
"""Why an order is a risk, the worst first."""

DEADLINES: Mapping[str, str] = {
    ClockKind.RESPOND.value: N_("respond by"),
    ClockKind.ARRIVE.value: N_("arrive by"),
    ClockKind.RESOLVE.value: N_("resolve by"),
    ClockKind.NEXT_UPDATE.value: N_("next word by"),
}
"""Promises of a service level that fall due, by their clocks."""

PROMISES: Mapping[str, str] = {
    **DEADLINES,
    "follow_up": N_("call promised"),
    "wake": N_("waits until then"),
    "bad_answer": N_("bad answer, without an action"),
    "action": N_("action open"),
}
"""What is owed in the coming shift, or until somebody sees to it."""

EXPIRED = "waiting_expired"
"""Why an order is told that should wait no more."""

OF_WAITS = frozenset({EXPIRED, "wake"})
"""Reasons that say by themselves that the order waits."""

WORDS: Mapping[str, str] = {
    **EXCEPTIONS,
    **RISKS,
    **PROMISES,
    RECALLED: N_("recalled"),
    "finished": N_("done, to close"),
    "verified": N_("verified, to close"),
    "closed": N_("closed"),
}
"""How each reason is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of an order's journal, as far as a hand-over asks."""

    seq: int
    at: datetime
    number: int
    fact: str
    deed: int
    """The first entry of its command."""
    undoes: int | None = None
    """The deed that it takes back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of a hand-over."""

    part: Part
    number: int
    """The order."""
    what: str
    """See `WORDS`."""
    at: datetime | None
    """When it happened last, or falls due."""
    count: int = 1
    """How often it happened; of a major incident how many orders stand under it."""


def kept_as(part: Part) -> str:
    """Under which part an item is stored: incidents with the risks, as a program before reads them.

    `part_of` reads it back.
    """
    return (Part.RISK if part in TICKED else part).value


def part_of(kept: str, what: str) -> Part:
    """The part of a stored item."""
    return Part.INCIDENT if what == INCIDENT else Part(kept)


def desk_of(scope: Scope) -> str:
    """Which desk is handed over: all of it, or that of some sites."""
    return "all" if scope.sites is None else ",".join(map(str, sorted(scope.sites)))


def happened(
    entries: Iterable[Entry], now: Mapping[int, Category], recalled: frozenset[int] = frozenset()
) -> tuple[Item, ...]:
    """What was finished, and what was out of the ordinary, oldest first in each part.

    `now` is where each order stands; `recalled` are those with a visit that was recalled. What was
    taken back among these entries is told only as that.
    """
    told: dict[tuple[Part, int, str], Item] = {}
    for entry in _in_effect(entries):
        part, what = _meaning(entry, now, recalled)
        if part is None:
            continue
        key = (part, entry.number, "" if part is Part.FINISHED else what)
        before = told.pop(key, None)
        told[key] = Item(
            part=part,
            number=entry.number,
            what=what,
            at=entry.at,
            count=1 if before is None or part is Part.FINISHED else before.count + 1,
        )
    order = list(Part)
    return tuple(sorted(told.values(), key=lambda item: order.index(item.part)))


def worst_of(risks: Iterable[Item]) -> tuple[Item, ...]:
    """Each order once, for its worst reason; the worst first, then what is due longest."""
    ranks = {what: rank for rank, what in enumerate(RISKS)}
    first: dict[int, Item] = {}
    for item in sorted(risks, key=lambda item: _rank(item, ranks)):
        first.setdefault(item.number, item)
    return tuple(first.values())


def _rank(item: Item, ranks: Mapping[str, int]) -> tuple[int, bool, float, int]:
    due = 0.0 if item.at is None else item.at.timestamp()
    return ranks.get(item.what, len(ranks)), item.at is None, due, item.number


def _in_effect(entries: Iterable[Entry]) -> list[Entry]:
    """Without what others of them take back, in the order of the journal."""
    undone: set[tuple[int, int]] = set()
    kept: list[Entry] = []
    for entry in sorted(entries, key=lambda entry: entry.seq, reverse=True):
        if (entry.number, entry.deed) in undone:
            continue
        if entry.undoes is not None:
            undone.add((entry.number, entry.undoes))
        kept.append(entry)
    return kept[::-1]


def _meaning(
    entry: Entry, now: Mapping[int, Category], recalled: frozenset[int]
) -> tuple[Part | None, str]:
    if entry.fact in ENDINGS:
        done = now.get(entry.number) is Category.DONE
        return (Part.FINISHED if done else None), entry.fact
    if entry.fact not in EXCEPTIONS:
        return None, ""
    if entry.fact == "undone" and entry.number in recalled:
        return Part.EXCEPTION, RECALLED
    return Part.EXCEPTION, entry.fact
