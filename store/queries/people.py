"""Who asks, who can be named, and whether the desk holds anything yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.intents import Query
from store.domain.who import Who

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Something in a register, as a prompt offers it."""

    id: int
    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered(Named):
    """The same, as it is offered while somebody types."""

    also: str = ""
    """Its name in Chinese, where that is kept beside the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TechnicianLine:
    """One technician as the board shows him."""

    id: int
    code: str
    name: str
    phone: str
    state: str
    """available, assigned, accepted, en_route, on_site, break or off."""
    state_since: datetime | None
    jobs: int
    """Live visits held."""
    number: int | None
    """The order of the visit furthest along; None where the asker does not see its site."""
    title: str | None
    site_name: str | None
    on_shift: bool
    """Whether a shift covers the instant, or none was ever entered for him."""
    absent: bool
    away_until: datetime | None
    """The end of the absence that covers the instant."""
    off_until: datetime | None = None
    """When the next shift begins; None for who is on shift, or has none ahead."""
    carries: str = ""
    """Tools and parts that are with him, as they are kept."""
    recalled: int | None = None
    """An order he was recalled from without anybody having seen it; None where there is none."""
    recalled_at: datetime | None = None
    """When that was."""

    @property
    def shown_since(self) -> datetime | None:
        """Since when he stands as he is shown: recalled, or else in his state."""
        return self.recalled_at or self.state_since


@dataclass(frozen=True, slots=True, kw_only=True)
class TechnicianKept(TechnicianLine):
    """The same with what is kept of him, as a list of all shows it."""

    active: bool
    """Whether he works here still."""
    home: str | None
    """The code of the site that he starts from."""
    skills: Mapping[str, int]
    """By code, with the level."""
    certificates: tuple[tuple[str, datetime | None], ...]
    """By name, with their ends; None for one without."""
    regions: tuple[str, ...]
    """The codes of those that he goes to; none means all."""
    absences: tuple[tuple[datetime, datetime, str], ...]
    """From when until when and why: those that are not over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorLine:
    """One operator."""

    id: int
    code: str
    name: str
    role: str
    language: str
    active: bool
    """Whether he may still sit down at a console."""
    everywhere: bool
    """Whether he sees all sites, those to come too."""
    sites: tuple[str, ...]
    """The codes of the sites that he sees where he does not see all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorNamed(Query[Who]):
    """The asker that an operator's code stands for.

    `OperatorUnknown` when there is none, `OperatorGone` for one who is retired.
    """

    code: str
    via: str = "console"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operators(Query[tuple[Named, ...]]):
    """Every operator who may sit down at a console."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOperators(Query[tuple[OperatorLine, ...]]):
    """Operators by id whose code or name fits, without the desk itself."""

    text: str = ""
    limit: int = 100
    after: int = 0
    """Only ids above this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleNamed(Query[tuple[Offered, ...]]):
    """Entries of a register whose code or name holds the text; those that begin with it first."""

    what: str
    """technician, site, customer, asset, level, operator, calendar, region or skill."""
    text: str = ""
    limit: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskEmpty(Query[bool]):
    """Whether there has never been an order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskUntouched(Query[bool]):
    """Whether there has never been an order, and nobody has chosen to start empty either."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TechnicianBoard(Query[tuple[TechnicianLine, ...]]):
    """Technicians, those furthest along first, those longest in their state before others."""

    limit: int = 500
