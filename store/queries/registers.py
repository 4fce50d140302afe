"""Lists of what dispatch heeds: regions, and whom customers ask for or refuse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.intents import Query

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionLine:
    """One region."""

    id: int
    code: str
    name: str
    sites: int
    """How many of its sites the asker sees."""
    technicians: tuple[str, ...]
    """The codes of those who are sent to named regions only, this one among them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WishLine:
    """What a customer wishes of a technician."""

    customer: str
    """His code, as the technician's below."""
    customer_name: str
    technician: str
    technician_name: str
    refused: bool
    """Whether the customer does not want him; else he asks for him."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TechnicianEntry:
    """All that the register says of a technician, by codes."""

    id: int
    code: str
    name: str
    phone: str
    home: str
    """The site that he starts from; empty for none."""
    active: bool
    carries: str
    """Tools and parts, as they are kept."""
    skills: tuple[tuple[str, int], ...]
    """Each with how well it is mastered."""
    regions: tuple[str, ...]
    certificates: tuple[tuple[str, datetime | None], ...]
    """Each with its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamTechnicians(Query[tuple[TechnicianEntry, ...]]):
    """The next page of all technicians by id, retired ones too; for who keeps the register."""

    after: int = 0
    """Only ids above this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRegions(Query[tuple[RegionLine, ...]]):
    """Regions by id whose code or name fits."""

    text: str = ""
    limit: int = 100
    after: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ListWishes(Query[tuple[WishLine, ...]]):
    """Wishes by customer whose customer or technician fits by code or name."""

    text: str = ""
    limit: int = 100
