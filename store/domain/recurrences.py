"""What the radar proposes, as it stands: seen, seen again, taken up with the customer, or not."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from store.domain.errors import Refusal
from store.domain.evolve import evolve
from store.domain.facts import Fact
from store.domain.steps_told import Telling
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from store.domain.radar import Spot


class Fate(StrEnum):
    """What became of a proposal."""

    OPEN = "open"
    TAKEN = "taken"
    DISMISSED = "dismissed"
    GONE = "gone"
    """It did not come again, before anybody took it up."""


FATES: Final[Mapping[str, str]] = {
    Fate.OPEN: N_("proposed"),
    Fate.TAKEN: N_("taken up"),
    Fate.DISMISSED: N_("not taken up"),
    Fate.GONE: N_("did not come again"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurrence:
    """Trouble that comes again, with its evidence at the last look."""

    id: int
    version: int = 1
    key: str
    """Which trouble it is, see `Spot.key`."""
    rule: str
    """One of `Rule`."""
    site: int
    """Who sees this site sees it."""
    asset: int | None
    what: str
    orders: tuple[int, ...]
    complaints: tuple[int, ...]
    days: int
    usual: float | None
    found_at: datetime
    fate: str = Fate.OPEN.value
    decided_at: datetime | None = None
    decided_by: int | None = None
    reason: str = ""
    """Why it is not taken up."""
    action: int | None = None
    """The action that sees to it."""


class RecurrenceUnknown(Refusal):
    """There is none of that number, or it is at a site of others."""

    sentence = N_("the radar has no proposal {id}")


class RecurrenceChanged(Refusal):
    """Somebody else was quicker."""

    sentence = N_("proposal {id} has changed meanwhile: look at it again")


class RecurrenceOver(Refusal):
    """It was decided about, or did not come again."""

    sentence = N_("proposal {id} is over ({fate}): the radar proposes it anew if it comes again")


def seen_again(known: Recurrence, spot: Spot) -> Recurrence:
    """The same with today's evidence."""
    return evolve(
        known,
        orders=spot.orders,
        complaints=spot.complaints,
        days=spot.days,
        usual=spot.usual,
    )


def decided(known: Recurrence, fate: Fate, *, at: datetime, by: int, **more: Any) -> Recurrence:
    """Taken up, dismissed, or gone; once."""
    if known.fate != Fate.OPEN:
        raise RecurrenceOver(id=known.id, fate=FATES.get(known.fate, known.fate))
    return evolve(known, fate=fate.value, decided_at=at, decided_by=by, **more)


WORDS: Final = ("reason",)
PLAIN: Final = tuple(field.name for field in fields(Recurrence))
NAMES: Final = ("radar_found", "radar_seen", "radar_taken", "radar_dismissed", "radar_gone")
_TELLING: Final = Telling(
    fields=PLAIN,
    words=WORDS,
    instants=frozenset({"found_at", "decided_at"}),
    reads={"orders": tuple, "complaints": tuple},
)


def step_fact(name: str, before: Recurrence | None, after: Recurrence) -> Fact:
    """The fact of a step: whatever it changed."""
    became, words = _TELLING.changes(before, after)
    for field in ("orders", "complaints"):
        if field in became:
            became[field] = list(became[field])
    return Fact(name=name, body={"recurrence": after.id, "became": became}, words=words or None)


def recurrences_told(facts: Iterable[Fact]) -> dict[int, Recurrence]:
    """What the steps lead to, by ids; erased words come back empty."""
    held: dict[int, dict[str, Any]] = {}
    for fact in facts:
        known = fact.body["recurrence"]
        values = held.setdefault(known, {"id": known})
        for name, value in fact.body["became"].items():
            values[name] = _TELLING.read(name, value, (fact.words or {}).get(name, ""))
    return {known: Recurrence(**values) for known, values in held.items()}
