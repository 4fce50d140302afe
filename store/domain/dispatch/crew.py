"""Who could go to one order, and what each has to do already: what a recommendation is made from.

Times are minutes from now, as on a board that is planned.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.domain.distance import Position

REST: Final = 8 * 60.0
"""Minutes that somebody rests between two working days, unless the desk says otherwise."""
WEIGHTS: Final[Mapping[int, float]] = {1: 20.0, 2: 8.0, 3: 3.0, 4: 1.0}
"""By priority, what a minute of lateness costs."""


@dataclass(slots=True, kw_only=True)  # a frozen one takes thrice as long to make: there are many
class Stop:
    """An order that somebody has to do."""

    number: int
    at: Position | None
    """Where; None if nobody knows."""
    site: int | None = None
    """Which site that is."""
    takes: float
    """How long the work takes; of work under way what is left of it."""
    due: float
    """When it is to be done."""
    weight: float
    """What a minute of lateness costs."""
    ready: float = 0.0
    """Work does not begin earlier."""
    under_way: bool = False
    """Whether he is there, or on his way: nothing comes before it any more."""
    planned: float | None = None
    """When work is meant to begin; what has no such time is done before it where there is room.

    Where it is `ready` sooner, that was only reckoned: it is a place among the others.
    """
    appointed: float | None = None
    """When the customer was promised that work begins, whoever goes; None where he was not."""
    locked: bool = False
    """Whether it stays with him; where a time is planned, nothing may make it begin later."""
    until: float = inf
    """When the certificate ends that he has for it: nothing may make it be done later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The order that somebody is to be found for."""

    stop: Stop
    region: int | None = None
    customer: int | None = None
    skill: int | None = None
    crew: int = 1
    """How many people it takes."""
    level: int = 1
    """How well the skill must be mastered, 1 to 5."""
    paper: str = ""
    """The certificate that it takes, folded; empty if it takes none."""
    needs: frozenset[str] = frozenset()
    """Tools and parts that it takes."""
    holder: int | None = None
    """Who has it now."""
    declined: frozenset[int] = frozenset()
    """Who has said no to it: he comes after all who have not."""
    usual: int | None = None
    """Who mostly went to the customer."""
    locked_to: frozenset[int] = frozenset()
    """Those who keep it, where it is locked."""
    going: frozenset[int] = frozenset()
    """Those who have it already, where it takes more people and one of those is to be found."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What its `skill`, `paper`, `region` and `customer` are called, whom it is locked to by whom.
    """


@dataclass(slots=True, kw_only=True)  # not frozen either, as many are made at the press of a key
class Worker:
    """A technician with his time and what he has to do."""

    id: int
    at: Position | None = None
    """Where he is now; None if nobody knows."""
    site: int | None = None
    """Which site that is; None where he was seen somewhere."""
    base: Position | None = None
    """Where his later spans begin."""
    base_site: int | None = None
    spans: tuple[tuple[float, float], ...] = ()
    """When he is there from now on, absences taken out."""
    away: bool = False
    """Whether he would be there some time, were he not absent."""
    off: bool = False
    """Whether he has gone off duty."""
    worked_until: float | None = None
    """When his last work before the first of his spans ended; None if that is long ago."""
    rest: float = REST
    """Minutes between the end of the work of one day and the beginning of the next day's."""
    skills: Mapping[int, int] = field(default_factory=dict)
    """Each with its level."""
    papers: Mapping[str, float | None] = field(default_factory=dict)
    """His certificates, folded, with their ends; None for one without."""
    carries: frozenset[str] = frozenset()
    """Tools and parts that are with him."""
    home: int | None = None
    """The region that he belongs to."""
    regions: frozenset[int] = frozenset()
    """Those that he goes to; none means all."""
    refused_by: frozenset[int] = frozenset()
    """Customers who do not want him."""
    asked_for_by: frozenset[int] = frozenset()
    """Customers who want him."""
    stops: tuple[Stop, ...] = ()
    """In the order in which he comes to them."""

    @property
    def hours(self) -> tuple[tuple[float, float], ...]:
        """When he is there by his shifts: to finish what he is at beyond them is no time of his."""
        at_hand = next((stop.takes for stop in self.stops if stop.under_way), None)
        beyond = at_hand is not None and self.spans[:1] == ((0.0, at_hand),)
        return self.spans[1:] if beyond else self.spans


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """What counts how much, in minutes."""

    overload_share: float = 0.85
    """Work and travel above this part of a shift cost a minute each."""
    waiting: float = 0.05
    """Each minute that an order waits until work on it begins, times its weight.

    A twentieth of what lateness costs: promises come first, but where none is at stake whoever
    comes tomorrow is not as good as whoever comes now.
    """
    territory: float = 15.0
    """To go to another region than one's own."""
    fairness: float = 0.05
    """Each minute of work and travel that he has above the average of those who may go."""
    usual: float = 10.0
    """What it is worth that he is the one who mostly went to the customer."""
    asked_for: float = 20.0
    """What it is worth that the customer wants him."""
