"""What may be done about inspections: each step as a command."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.intents import Command

if TYPE_CHECKING:
    from datetime import datetime

Ref = int | str


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawInspections(Command):
    """Draw which orders of a week that is over are inspected."""

    week: str = ""
    """Such as 2026-W47; empty for the last that is over."""
    share: int | None = None
    """Percent of each technician's orders; None for what the desk has set."""
    again: bool = False
    """Another draw beside the one there is; it leaves out what that one has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSheet(Command):
    """One version more of a score sheet; what is drawn from now on is scored by it."""

    source: str
    """The file itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreInspection(Command):
    """An order was inspected, by somebody who did not do it."""

    inspection: int
    scores: str
    """One of 0 to 4 for each criterion in order, - where one does not apply: `4 3 - 4 2`."""
    remark: str = ""
    """What the inspector found."""
    seen: int | None = None
    """The version that the asker saw; None minds nothing, as in those below."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepInspectionWords(Command):
    """Raw words, kept apart from the scores; those that are empty stay as they are."""

    inspection: int
    technician: str = ""
    """Of the front line."""
    customer: str = ""
    seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenInspection(Command):
    """It is to be inspected after all: takes a score, or its being left out, back."""

    inspection: int
    seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DropInspection(Command):
    """It cannot be inspected: it counts nowhere."""

    inspection: int
    reason: str
    seen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActOnInspection(Command):
    """Make an action of what was found, at the order that was inspected."""

    inspection: int
    problem: str
    cause: str
    """One of `Cause`, not that it is unknown."""
    owner: Ref | None = None
    """The operator who sees to it; None for the asker."""
    due_at: datetime | None = None
    """By when its plan is to be there; None for `PLAN_DAYS` from now."""
    seen: int | None = None
