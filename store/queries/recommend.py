"""Who should go to an order: the best with what they cost, and what keeps the others from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from store.domain.intents import Query
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, timedelta

    from store.domain.dispatch.rules import Barred, Rule
    from store.domain.dispatch.score import Score
    from store.domain.who import Who
    from store.persistence.journal import Moment
    from store.queries.crews import NotThere


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
    """When work begins: later than he could be there where it waits for that, and he sets out so.
    """
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
    declined_at: datetime | None = None
    """When he said no to it, last; None where he has not."""
    declined_why: str = ""
    away: Barred | None = None
    """That he is absent or off shift now, and until when."""
    stamp: str = ""
    """How he stood then, in a word; empty where that was not asked."""
    begin_at: datetime | None = None
    """The start that it is given when he is sent, so that he comes to it then; None where that is
    when its turn comes."""

    @property
    def urgent_late(self) -> int:
        """How many orders of the first priority this would make late, or later."""
        return sum(slip.priority == 1 and slip.late > slip.late_before for slip in self.slips)


@dataclass(frozen=True, slots=True, kw_only=True)
class Staying:
    """Who has the order now, and when he comes to it."""

    who: Person
    arrive_at: datetime | None = None
    """When work begins, as he sets out for that; None where he has no time for it."""
    done_at: datetime | None = None
    margin: timedelta | None = None
    """What is left of the promise then; None where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Somebody who may not, with every rule that says so."""

    who: Person
    barred: tuple[Barred, ...]
    declined_at: datetime | None = None
    """When he said no to the order, last; None where he has not."""


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
    arrive_by: datetime | None
    """By when he must be there for that; None where it is the end of the work that is promised."""
    takes: timedelta
    """How long such an order usually takes, or as the desk was told (`told`)."""
    needs: str
    """Tools and parts that it takes."""
    kind: str
    """Its kind of work, as it was written."""
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
    stays: Staying | None = None
    """When the holder comes to it, were it left with him."""
    of_sites: bool = False
    """Whether the asker sees some sites only, and the technicians who are at home there."""
    told: bool = False
    """Whether the desk was told how long it takes."""
    crew: int = 1
    """How many people it takes."""
    lacking: int = 0
    """How many of a crew are still to be found."""
    going: tuple[Person, ...] = ()
    """Who has it already, where it takes several: whoever is sent goes with them."""
    gone: tuple[NotThere, ...] = ()
    """Who of these is not there when its work begins."""
    meets_at: datetime | None = None
    """When these begin, if nobody else keeps them waiting."""
    last: str | None = None
    """Who of a crew that is whole comes last: whoever is found is reckoned to take their place."""
    last_at: datetime | None = None
    """When they would begin."""
    zone_there: str = ""
    """In which the clock hangs at its site."""
    appointment_at: datetime | None = None
    """When the customer was promised that work begins; None where he was not."""
    appointment_to: datetime | None = None
    missed_for_it: datetime | None = None
    """When the work was to be done by the level, where the appointment begins no sooner."""

    @property
    def whole(self) -> bool:
        """Whether as many have it as it takes: whoever is sent takes the place of one of them."""
        return bool(self.going) and not self.lacking and not self.gone

    @property
    def replaced(self) -> NotThere | None:
        """In whose place whoever is sent goes: of a crew that is full, who is not there then."""
        return self.gone[0] if self.gone and not self.lacking else None

    @property
    def wanted_yet(self) -> int:
        """How many are to be found, with those in the place of whoever is not there."""
        return self.lacking + len(self.gone)

    place: str = ""
    """Where its site lay then, in a word; empty where that was not asked, or it has none."""
    mark: Mark | None = field(default=None, repr=False, compare=False)
    """By which it is known whether it may be told again; None where it was not stamped."""


class Mark(NamedTuple):
    """As of what an answer was told, and to which question."""

    who: Who
    asked: WhoGoes
    then: Moment
    places: tuple[object, ...]
    """Where everybody was seen, added up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoGoes(Query[Recommendation]):
    """Who should go to an order; `OrderUnknown`, or a `MoveRefused` where nobody can be sent."""

    number: int
    about: int | None = None
    """A technician to be told of whatever his place."""
    limit: int = 5
    stamped: bool = False
    """Whether the answer says how those stood who may go, to be compared when one is sent."""
    known: Recommendation | None = field(default=None, repr=False)
    """A stamped answer of before: told again where nothing has changed since."""
