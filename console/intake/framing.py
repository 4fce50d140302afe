"""What all orders of a file share, and how each begins."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from console.intake.telling import Telling
from console.told_words import parse_crew, parse_takes
from store.commands.inputs import things
from store.commands.told_work import crew, takes_s
from store.domain.order import WorkOrder
from store.domain.targets import ClockKind, Target
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from console.intake.mapping import Picture
    from store.domain.rules import Rules

LONGEST_S = 1000 * 366 * 86_400
"""No target is longer than a thousand years, in seconds."""
LONGEST_DAYS = 1000 * 366


@dataclass(frozen=True, slots=True, kw_only=True)
class Ids:
    """The store's ids of the names in a file."""

    sites: Mapping[str, int] = field(default_factory=dict)
    customers: Mapping[str, int] = field(default_factory=dict)
    technicians: Mapping[str, int] = field(default_factory=dict)
    contacts: Mapping[int, int] = field(default_factory=dict)
    """Who called, by the line of an order's first row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What is the same for every order of a file."""

    source: str
    by: int
    at: datetime
    """When the file is read: promises broken by now do not ring any more."""
    promises: Callable[[str], tuple[int | None, Rules]]
    """A service level's id and rules by its code; an empty code promises nothing."""
    level: str = ""
    wake_after_h: int = 24
    own: bool = False
    """Whether the rows are what an export wrote: the reason is the order's, whatever its state."""


def mark_of(pictures: Sequence[Picture]) -> str:
    """A digest of all that the rows of an order say, to know them again."""
    if len(pictures) == 1:
        return pictures[0].mark
    return hashlib.sha256("".join(p.mark for p in pictures).encode()).hexdigest()[:16]


def target_of(picture: Picture) -> Target | None:
    """What the resolve clock of an exported order may take; None where its due time is fixed."""
    seconds, days = picture.text("target_s"), picture.text("target_days")
    if seconds.isdecimal() and int(seconds) <= LONGEST_S:
        return Target(seconds=int(seconds))
    return Target(days=int(days)) if days.isdecimal() and int(days) <= LONGEST_DAYS else None


def _as_promised(picture: Picture, rules: Rules) -> Rules:
    """The level's rules with the target that the order has of its own."""
    target, key = target_of(picture), (picture.priority, ClockKind.RESOLVE)
    if rules.level is None or target is None or rules.level.targets.get(key) == target:
        return rules
    level = replace(rules.level, targets={**rules.level.targets, key: target})
    return replace(rules, level=level)


def _told(picture: Picture) -> dict[str, Any]:
    """How long the work takes, how many people, and when the customer awaits them."""
    takes, people = picture.text("takes"), picture.text("crew")
    begins, ends = (picture.times.get(f"appointment_{end}") for end in ("at", "to"))
    return {
        "takes_s": takes_s(parse_takes(takes)) if takes else None,
        "crew": crew(parse_crew(people)) if people else 1,
        "appointment_at": begins,
        "appointment_to": ends if begins is not None and ends and ends > begins else None,
    }


def begun(pictures: Sequence[Picture], ids: Ids, frame: Frame, due_at: datetime | None) -> Telling:
    first = pictures[0]
    opened_at = first.times["opened_at"]
    wanted = first.text("level") or frame.level
    level, rules = frame.promises(wanted)
    if frame.own:
        rules = _as_promised(first, rules)
    order = WorkOrder(
        number=0,
        external_id=first.external_id,
        source=first.text("source") or frame.source,
        title=first.text("title"),
        description=first.text("description"),
        kind=first.text("kind"),
        needs=things(first.text("needs"), N_("tools and parts")),
        **_told(first),
        priority=first.priority,
        state_since=opened_at,
        site=ids.sites.get(first.text("site")),
        customer=ids.customers.get(first.text("customer")),
        contact=ids.contacts.get(min(p.line for p in pictures)) if ids.contacts else None,
        level=level,
        reason=first.text("reason") if frame.own else "",
        opened_at=opened_at,
        created_at=opened_at,
        progress_at=opened_at,
    )
    told = Telling(order, by=frame.by, rules=rules, resolve_by=due_at, mark=mark_of(pictures))
    if wanted and level is None:
        told.oddities["level not known"] += 1
        told.note(f"service level {wanted}", opened_at)
    return told
