"""Who should go to an order: the best with what they cost, and what keeps the others from it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from store.domain.intents import Query
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, timedelta

    from store.domain.dispatch.rules import Barred, Rule
    from store.domain.dispatch.score import Score


class From(StrEnum):
    """Where somebody's way is reckoned from."""

    ORDER = "order"
    """The order that he is under way to, or at."""
    SEEN = "seen"
    """Where he was seen last."""
    HOME = "home"
    """His home site."""
    UNKNOWN = "unknown"


FROM_WORDS: Mapping[From, str] = {
    From.ORDER: N_("from the order at hand"),
    From.SEEN: N_("from where last seen"),
    From.HOME: N_("from the home site"),
    From.UNKNOWN: N_("from a place that nobody knows: half an hour is taken"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A technician by name."""

    id: int
    code: str
    name: str
    begins_from: From
    seen_at: datetime | None
    """When he was there, if his way is reckoned from where he was seen."""
    stale: bool
    """Whether that is too long ago to be relied on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slipped:
    """An order that would be done later."""

    number: int | None
    """None where the asker does not see its site."""
    title: str
    priority: int
    later: timedelta
    late_before: timedelta
    """By how much it would miss its promise all the same."""
    late: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommended:
    """Somebody who may go."""

    who: Person
    after: int | None
    """The order that he does before it; None for none, or one out of sight."""
    arrive_at: datetime
    start_at: datetime
    done_at: datetime
    margin: timedelta | None
    """What is left of the promise then; None where there is none."""
    score: Score
    """In minutes."""
    digits: int = 0
    """Decimals of a minute that matter: where a desk lives faster than life, tenths do."""
    slips: tuple[Slipped, ...]
    later: bool = False
    """Whether they come to it only in a shift that has not begun."""
    parts: int = 1
    """Over how many shifts it goes: more than one where it is longer than any of them."""
    stamp: str = ""
    """How he stood then, in a word; empty where that was not asked."""

    @property
    def urgent_late(self) -> int:
        """How many orders of the first priority this would make late, or later."""
        return sum(slip.priority == 1 and slip.late > slip.late_before for slip in self.slips)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Somebody who may not, with every rule that says so."""

    who: Person
    barred: tuple[Barred, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """The answer for one order."""

    at: datetime
    """When that was read."""
    number: int
    title: str
    priority: int
    due_at: datetime | None
    """By when the work is to be done for all promises; None where there are none."""
    takes: timedelta
    """The usual time of such an order."""
    needs: str
    """Tools and parts that it takes."""
    place_known: bool
    """Whether its site has a position: without one every way is taken as half an hour."""
    skill: str
    """What it takes; empty for anybody."""
    level: int
    certificate: str
    holder: str | None
    """Who has it now."""
    offers: tuple[Recommended, ...]
    able: int
    out: Mapping[Rule, int]
    """How many may not, by rule."""
    helps: tuple[LeftOut, ...]
    """Where nobody may: whom one rule alone keeps from it, the easiest to help first."""
    nobody: tuple[Barred, ...]
    """Where nobody may: the rules that keep everybody from it."""
    nearest: tuple[LeftOut, ...]
    """Where no single rule can be helped: who lacks least, with all that he lacks."""
    asked: Recommended | LeftOut | None
    """The technician who was asked about."""
    place: str = ""
    """Where its site lay then, in a word; empty where that was not asked, or it has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoGoes(Query[Recommendation]):
    """Who should go to an order; `OrderUnknown`, or a `MoveRefused` where nobody can be sent."""

    number: int
    about: int | None = None
    """A technician to be told of whatever his place."""
    limit: int = 5
    stamped: bool = False
    """Whether the answer says how those stood who may go, to be compared when one is sent."""
