"""What all orders of a file share, and how each begins."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from console.intake.telling import Telling
from store.domain.order import WorkOrder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from console.intake.mapping import Picture
    from store.domain.rules import Rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Ids:
    """The store's ids of the names in a file."""

    sites: Mapping[str, int] = field(default_factory=dict)
    customers: Mapping[str, int] = field(default_factory=dict)
    technicians: Mapping[str, int] = field(default_factory=dict)


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


def mark_of(pictures: Sequence[Picture]) -> str:
    """A digest of all that the rows of an order say, to know them again."""
    if len(pictures) == 1:
        return pictures[0].mark
    return hashlib.sha256("".join(p.mark for p in pictures).encode()).hexdigest()[:16]


def begun(pictures: Sequence[Picture], ids: Ids, frame: Frame, due_at: datetime | None) -> Telling:
    first = pictures[0]
    opened_at = first.times["opened_at"]
    level, rules = frame.promises(first.text("level") or frame.level)
    order = WorkOrder(
        number=0,
        external_id=first.external_id,
        source=first.text("source") or frame.source,
        title=first.text("title"),
        description=first.text("description"),
        kind=first.text("kind"),
        priority=first.priority,
        state_since=opened_at,
        site=ids.sites.get(first.text("site")),
        customer=ids.customers.get(first.text("customer")),
        level=level,
        opened_at=opened_at,
        created_at=opened_at,
        progress_at=opened_at,
    )
    return Telling(order, by=frame.by, rules=rules, resolve_by=due_at, mark=mark_of(pictures))
