"""Training: what somebody is to learn, when, what came of it, and what he may do by it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from store.domain.errors import Refusal
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


class Subject(StrEnum):
    """What a training is in."""

    TECHNICAL = "technical"
    MANNER = "manner"


SUBJECTS: Final[Mapping[str, str]] = {
    Subject.TECHNICAL: N_("technical"),
    Subject.MANNER: N_("service manner"),
}


class Came(StrEnum):
    """What came of a training."""

    PLANNED = "planned"
    PASSED = "passed"
    FAILED = "failed"
    DROPPED = "dropped"


CAME: Final[Mapping[str, str]] = {
    Came.PLANNED: N_("planned"),
    Came.PASSED: N_("passed"),
    Came.FAILED: N_("not passed"),
    Came.DROPPED: N_("dropped"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """One training of one technician, as it stands."""

    id: int
    version: int
    technician: int
    subject: str
    """One of `Subject`."""
    topic: str
    trainer: str
    planned_at: datetime | None
    """None where it was written down once it had been held."""
    state: str
    """One of `Came`."""
    held_at: datetime | None
    result: str
    """What came of it, or why it was dropped, in words."""
    skill: int | None
    level: int | None
    """Which skill at which level, 1 to 5, whoever passes has."""
    certificate: str
    """Which certificate he has; empty for none."""
    valid_until: datetime | None
    """Until when; None without an end."""


class TrainingUnknown(Refusal):
    """No such training, or none of somebody whom the asker sees."""

    sentence = N_("no training {id}")


class TrainingOver(Refusal):
    """What came of it is written down already."""

    sentence = N_("training {id} is over: {came}")


class TrainingNotBegun(Refusal):
    """What came of it is told before the time that it is planned for, and nobody said so."""

    sentence = N_(
        "training {id} is planned for {at}: was it held already? Key 2 or 3 on the list of"
        " trainings asks, paidan training passed {id} --early says so"
    )


class TrainingChanged(Refusal):
    """Somebody changed it since it was read."""

    sentence = N_("training {id} was changed meanwhile; look again, then choose")
