"""Deeds: what single commands left in an order's journal, and which of them are in effect.

A deed that takes another back names it (`undoes`), and may be taken back itself. What builds on a
deed keeps it from being taken back: a later step on an earlier one, a promise kept on its making.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING

from store.domain.who import came_through

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from store.domain.facts import Fact


class DeedKind(StrEnum):
    """What a deed changed, and so what can build on it."""

    CREATION = "creation"
    STEP = "step"
    """A move, a correction, a priority: one upon the other, as they came."""
    NOTE = "note"
    CHASE = "chase"
    """One upon the other, and upon nothing else: their count is one."""
    FAMILY = "family"
    """One upon the other where they are about the same relative, and upon nothing else."""
    FOLLOW_UP = "follow_up"
    BELL = "bell"
    RECALL = "recall"
    ACTION = "action"
    """A step of an action, which is dropped and not taken back."""
    EXCEPTION = "exception"
    """A step of an exception, which is withdrawn and not taken back; what it names stays."""
    FIXED = "fixed"
    """Nobody's single command, or nothing that can be taken back."""


_STEPS = (
    *("assigned", "accepted", "declined", "departed", "arrived", "waited", "resumed", "finished"),
    *("verified", "closed", "reopened", "cancelled", "duplicated"),
    *("updated_customer", "prioritised", "edited", "followed", "declared", "stood_down"),
    *("locked", "unlocked", "placed"),
    *("sop_done", "sop_undone", "sop_skipped"),
    *("daily_asked", "daily_spared"),
    *("rated", "survey_refused", "not_reached", "survey_code_given", "cause_found"),
)
_TIES = (
    *("put_under", "took_in", "taken_out", "let_go", "linked", "unlinked", "split"),
    *("took_duplicate", "lost_duplicate"),
)
_ACTIONS = (
    *("action_opened", "action_why", "action_set", "action_started"),
    *("action_done", "action_judged", "action_closed", "action_dropped"),
)
_EXCEPTIONS = (
    *("exception_asked", "exception_granted", "exception_refused"),
    *("exception_withdrawn", "exception_used"),
)
_FOUND = frozenset({"rated", "cause_found"})
"""What an action comes from."""
KINDS: Mapping[str, DeedKind] = {
    "created": DeedKind.CREATION,
    **dict.fromkeys(_STEPS, DeedKind.STEP),
    **dict.fromkeys(("noted", "attached", "detached", "notice_given"), DeedKind.NOTE),
    "chased": DeedKind.CHASE,
    **dict.fromkeys(_TIES, DeedKind.FAMILY),
    "promised": DeedKind.FOLLOW_UP,
    "kept": DeedKind.FOLLOW_UP,
    **dict.fromkeys(("alarm_seen", "acknowledged", "shelved", "unshelved"), DeedKind.BELL),
    "recall_seen": DeedKind.RECALL,
    **dict.fromkeys(_ACTIONS, DeedKind.ACTION),
    **dict.fromkeys(_EXCEPTIONS, DeedKind.EXCEPTION),
}
"""By the fact that a deed is named after; other facts are the desk's own or stay for good."""

UNDOING = frozenset({"undone", "unacknowledged", "alarm_restored"})
"""Facts that take a deed back."""

_WEIGHTS: Mapping[str, int] = {
    **dict.fromkeys(("warned", "breached", "rang", "reclocked", "came_back", "escalated"), -1),
    "sop_given": -1,
    **dict.fromkeys(
        ("nominated", "lapsed", "chosen", "survey_rang", "survey_expired", "daily_rang"), -1
    ),
    **{name: 1 + (kind is not DeedKind.NOTE) for name, kind in KINDS.items()},
    **dict.fromkeys(_STEPS, 3),
    **dict.fromkeys(("created", *UNDOING), 4),
}
"""A step with a note is a step; what time brings about only goes with it."""

_RELATIVES = ("child", "linked", "copy")
"""Under which names facts tell of a relative."""

_BULK = frozenset({"import", "generate"})
"""Doors through which whole pasts come in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One entry of an order's journal."""

    seq: int
    at: datetime
    by: int
    via: str = "console"
    deed: int | None = None
    """The first entry of its command, where that is another one."""
    fact: Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What one command left in one order's journal."""

    id: int
    """The first entry of the command, perhaps in another order's journal."""
    told: tuple[Told, ...]
    kind: DeedKind
    undoes: int | None = None
    """The deed that it takes back."""

    @property
    def main(self) -> Told:
        """The entry that it is named after: its weightiest, the last of several such."""
        return max(self.told, key=lambda told: (_WEIGHTS.get(told.fact.name, 0), told.seq))

    @property
    def came_by_itself(self) -> bool:
        """Whether nobody did it: time or an edited calendar brought it about."""
        return _WEIGHTS.get(self.main.fact.name, 0) < 0

    @property
    def about(self) -> tuple[str, int] | None:
        """The order that it put under another one or took out, linked, or took for a duplicate."""
        body = self.main.fact.body
        return next(((name, body[name]) for name in _RELATIVES if name in body), None)

    @property
    def action(self) -> int | None:
        """The action that it is a step of."""
        return self.main.fact.body.get("action")

    @property
    def places(self) -> frozenset[int]:
        """The follow-ups it is about."""
        body = self.main.fact.body
        rows = {place for place, _row in body.get("promises", ())}
        return frozenset(rows | ({body["place"]} if "place" in body else set()))


def deeds_of(story: Iterable[Told]) -> tuple[Deed, ...]:
    """The deeds of an order's journal, oldest first."""
    made: dict[int, Deed] = {}
    for deed_id, told in groupby(story, key=lambda told: told.deed or told.seq):
        deed = _deed(deed_id, tuple(told), made)
        made[deed_id] = deed
    return tuple(made.values())


def in_effect(deeds: Sequence[Deed]) -> frozenset[int]:
    """The ids of those that nobody has taken back, or that were done again since."""
    undone: set[int] = set()
    active: set[int] = set()
    for deed in reversed(deeds):
        if deed.id in undone:
            continue
        active.add(deed.id)
        if deed.undoes is not None:
            undone.add(deed.undoes)
    return frozenset(active)


def builds_on(target: Deed, deeds: Sequence[Deed]) -> Deed | None:
    """The newest deed in effect that builds on this one; None where it can be taken back."""
    active = in_effect(deeds)
    dropped = {deed.action for deed in deeds if deed.main.fact.name == "action_dropped"}
    for deed in reversed(deeds):
        if deed.id <= target.id:
            return None
        if deed.kind is DeedKind.ACTION and deed.action in dropped:
            continue  # nothing of it stands any more
        if deed.id not in active or (deed.undoes or 0) > target.id:
            continue  # such a pair comes to nothing
        if _depends(deed, target):
            return deed
    return None


def _deed(deed_id: int, told: tuple[Told, ...], made: Mapping[int, Deed]) -> Deed:
    bare = Deed(id=deed_id, told=told, kind=DeedKind.FIXED)
    fact = bare.main.fact
    undoes: int | None = fact.body.get("undoes") if fact.name in UNDOING else None
    if undoes is not None:
        kind = made[undoes].kind if undoes in made else DeedKind.FIXED
    elif came_through(told[0].via)[0] in _BULK:
        kind = DeedKind.FIXED
    else:
        kind = KINDS.get(fact.name, DeedKind.FIXED)
    return Deed(id=deed_id, told=told, kind=kind, undoes=undoes)


def _depends(later: Deed, target: Deed) -> bool:
    """Whether a later deed in effect would hang in the air without the earlier one."""
    steps = {DeedKind.CREATION, DeedKind.STEP}
    if target.kind in steps and later.kind in steps:
        return True
    if later.kind in {DeedKind.CHASE, DeedKind.EXCEPTION}:
        return target.kind in {DeedKind.CREATION, later.kind}
    if later.kind is DeedKind.ACTION:
        return target.main.fact.name in _FOUND
    if later.kind is DeedKind.FAMILY and target.kind is DeedKind.FAMILY:
        return later.about == target.about
    if later.kind not in {DeedKind.FOLLOW_UP, DeedKind.FAMILY}:
        return False
    return target.kind is DeedKind.CREATION or bool(later.places & target.places)
