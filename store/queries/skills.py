"""Who masters and holds what, until when, and what becomes of dispatch where that ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.intents import Query

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from store.domain.trainings import Training
    from store.queries.drill import DrillRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What becomes of dispatch once a certificate of somebody has ended, or he is away."""

    kinds: tuple[str, ...]
    """Codes of the kinds of work that take it."""
    open: int
    """Open orders in sight of these kinds."""
    his: int
    """Those of them that are with him."""
    after: int
    """Those of them whose appointment or planned start lies after its end."""
    others: tuple[str, ...]
    """Codes of those who could do all that he could of it, then; the asker sees them all."""
    alone: tuple[str, ...]
    """Kinds of work that he can do now and nobody else could then: a single point of failure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperHeld:
    """A certificate of somebody."""

    id: int
    name: str
    expires_at: datetime | None
    warned: int
    """How near its end is: 0 far off, 1 first warning, 2 and more nearer, see `Rung`."""
    ended: bool
    effect: Effect


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillLine:
    """A skill as a column: who needs it, and whether all rests on one person."""

    code: str
    name: str
    open: int
    """Open orders in sight of kinds that take it."""
    people: int
    """Those who master it, of those in sight."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSkills:
    """One technician as a row."""

    id: int
    code: str
    name: str
    skills: Mapping[str, int]
    """Level, 1 to 5, by the code of the skill."""
    papers: tuple[PaperHeld, ...]
    trainings: int
    """Trainings that are planned for him."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skills:
    """The matrix."""

    skills: tuple[SkillLine, ...]
    papers: tuple[str, ...]
    """What certificates are called, each once, whatever its case."""
    people: tuple[PersonSkills, ...]
    warned_days: tuple[int, ...]
    """How many days before the end the desk is warned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillsMatrix(Query[Skills]):
    """Technicians who work here, in sight, by name; retired ones are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingLine:
    """A training with the names that its ids stand for."""

    training: Training
    code: str
    """The technician's."""
    name: str
    skill: str
    """The code of the skill that it gives; empty for none."""
    made_by: str
    ended_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListTrainings(Query[tuple[TrainingLine, ...]]):
    """Trainings in sight: planned ones by time first, then those that are over, newest first."""

    technician: str = ""
    """Only those of one, by code or name."""
    planned: bool = False
    """Only those that are still to be held."""
    number: int | None = None
    """Only this one."""
    limit: int = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingRecords:
    """What people learned: trainings, and the drills that were played at the desk."""

    trainings: tuple[TrainingLine, ...]
    drills: tuple[DrillRecord, ...]
