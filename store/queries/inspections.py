"""Inspections: those on the list, of an order, one whole; the draws, and a draw done again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.intents import Query

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.inspection_draw import Candidate
    from store.domain.inspection_sheet import Criterion
    from store.domain.inspections import Draw, Inspection


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionLine:
    """One inspection, with the names that its ids stand for."""

    inspection: Inspection
    """Without its raw words for whoever may see figures only."""
    words_seen: bool
    """Whether the asker may see them."""
    week: str
    title: str
    """Of its order."""
    kind: str
    place: str
    """The name of its site."""
    technician: str
    technician_code: str
    scored_by: str
    criteria: tuple[Criterion, ...]
    """What it is scored by, in order; empty where a newer program wrote that."""
    action: int | None
    """The action that it led to, unless that was dropped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListInspections(Query[tuple[InspectionLine, ...]]):
    """Those to be inspected, the first due before the others."""

    over: bool = False
    """Those that are over instead, the newest first."""
    week: str = ""
    """Only of draws of this week, whatever became of them."""
    technician: str = ""
    """Only of the one with this code."""
    limit: int = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionsOf(Query[tuple[InspectionLine, ...]]):
    """Those of one order, the newest first."""

    number: int
    limit: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowInspection(Query[InspectionLine]):
    """One of them; `InspectionUnknown` where there is none in sight."""

    inspection: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionStep:
    """One step as the journal has it."""

    at: datetime
    by: str
    fact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionSteps(Query[tuple[InspectionStep, ...]]):
    """What was done about it, the oldest step first."""

    inspection: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ListDraws(Query[tuple[tuple["Draw", int], ...]]):
    """The draws, the newest week first, each with how many orders it has; the whole desk's."""

    limit: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """An order of which the store tells something else by now than when the week was drawn."""

    number: int
    before: str | None
    """Technician's id and reasons as the population had them; None where it was not in it."""
    now: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rerun:
    """A draw done again from its seed."""

    draw: Draw
    population: tuple[Candidate, ...]
    """As it was drawn from."""
    technicians: dict[int, str]
    """Their codes by ids."""
    drawn: tuple[Candidate, ...]
    """What the seed draws of it, those too that a draw before it has."""
    kept: tuple[int, ...]
    """The orders that this draw has, and those that one before it has of the same week."""
    same: bool
    """Whether that is the same, and the population is the one that was told."""
    changed: tuple[Changed, ...]
    """What the store tells otherwise today: opened again, badly answered about since."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RerunDraw(Query[Rerun]):
    """Do a week's draw again; `DrawUnknown` where there is none. It changes nothing."""

    week: str
    nth: int = 0
    """Which of its draws."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLine:
    """A version of a score sheet."""

    kind: str
    version: int
    newest: bool
    source: str
    criteria: tuple[Criterion, ...]
    own: bool
    """Whether it came with the program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSheets(Query[tuple[SheetLine, ...]]):
    """Every version of every score sheet, and the program's own at the end."""
