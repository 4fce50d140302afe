"""The board as it stands now, ready to be planned again, with what its parts are called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.intents import Query

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from store.domain.dispatch.present import Present
    from store.domain.pace import Pace


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskNamed:
    """An order that a plan may give to somebody, or to several together."""

    number: int
    title: str
    priority: int
    version: int
    place: str
    """Where its site lay when the board was read, in a word; empty where it has none."""
    accepted_at: datetime | None = None
    """When whoever has it said yes; None where nobody has."""
    appointment_at: datetime | None = None
    """When the customer was promised that work begins, and by when; None where he was not."""
    appointment_to: datetime | None = None
    zone_there: str = ""
    """By which clock the customer was promised it: the zone of the site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonNamed:
    """A technician, and how he stood when the board was read."""

    id: int
    code: str
    name: str
    stamp: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Planning:
    """Everything that a plan is made from and told with."""

    at: datetime
    """When the board was read: its minutes count from here."""
    pace: Pace
    """How fast the desk lives: those are minutes of life."""
    present: Present
    tasks: Mapping[int, TaskNamed]
    """What may be given to somebody, what several do together too."""
    people: Mapping[int, PersonNamed]
    crews: tuple[int, ...] = ()
    """Orders that take more people than have them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardToPlan(Query[Planning]):
    """The orders that the asker sees and nobody has begun, and everybody in sight."""
