"""Actions: those on the board, and one whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.intents import Query

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.corrective import Corrective


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionLine:
    """One action on the board, with the names that its ids stand for."""

    action: Corrective
    title: str
    """Of its order."""
    customer: str | None
    place: str | None
    """Where its order is."""
    measured: str
    """The code of the site that it is measured of; empty for the whole desk."""
    owner: str
    done_by: str
    judged_by: str
    figures: bool = True
    """Whether the asker sees what it is measured of; if not, its figures are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListActions(Query[tuple[ActionLine, ...]]):
    """Open actions by stage, in each what rings first before the others."""

    closed: bool = False
    """Those that are over instead, the newest first."""
    number: int | None = None
    """Only those of one order, open or over."""
    customer: str = ""
    """Only those of orders of this customer, by code or whole name."""
    limit: int = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowAction(Query[ActionLine]):
    """One action; `ActionUnknown` where there is none in sight."""

    action: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionStep:
    """One step of an action as the journal has it."""

    at: datetime
    by: str
    fact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionSteps(Query[tuple[ActionStep, ...]]):
    """What was done to an action, the oldest step first."""

    action: int
