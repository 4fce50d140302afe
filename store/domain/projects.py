"""Projects: work that goes through five stages, and from one department to the next.

A stage has a time to be done in, a hand-off one to be acknowledged in; of a project one of the two
runs at a time: as long as a hand-off waits for its answer, the stage is out of the giver's hands.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from store.domain.sop import Stage


class Alarm(StrEnum):
    """What a project rings for."""

    STAGE = "stage_due"
    HANDOFF = "handoff_waits"
    BOUNCED = "handoff_bounced"


ALARMS: Final[Mapping[str, str]] = {
    Alarm.STAGE.value: N_("stage of a project to be handed on"),
    Alarm.HANDOFF.value: N_("hand-off to be acknowledged"),
    Alarm.BOUNCED.value: N_("hand-off bounced back"),
}
NEAR, MISSED = 1, 2
"""How far the clock that runs has come: nearly over, and over."""
_MILD, _LOUD = 3, 2
"""How bad an alarm is, 1 worst to 4 quiet."""


class Answer(StrEnum):
    """What became of a hand-off."""

    WAITS = ""
    TAKEN = "acknowledged"
    BOUNCED = "bounced"
    RECALLED = "recalled"


ANSWERS: Final[Mapping[Answer, str]] = {
    Answer.WAITS: N_("waits for its answer"),
    Answer.TAKEN: N_("taken over"),
    Answer.BOUNCED: N_("bounced back"),
    Answer.RECALLED: N_("recalled"),
}


class Went(StrEnum):
    """How a stage ended."""

    OPEN = ""
    ON = "on"
    BACK = "back"
    DROPPED = "dropped"


class Stand(StrEnum):
    """How a project stands."""

    OPEN = "open"
    CLOSED = "closed"
    DROPPED = "dropped"


STANDS: Final[Mapping[Stand, str]] = {
    Stand.OPEN: N_("open"),
    Stand.CLOSED: N_("closed"),
    Stand.DROPPED: N_("given up"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A project as it stands. `title`, `lead` and `dropped` are outside text, already safe."""

    id: int
    version: int = 1
    title: str
    customer: int | None
    site: int | None
    """Who sees this site sees it; without one, whoever sees the whole desk."""
    asset: int | None
    stage: str
    """One of `Stage`."""
    department: int
    """Who has it; while a hand-off waits still the giver."""
    lead: str
    """Who answers for it there; empty where nobody was named."""
    consultation_s: int
    """Working time for each stage, as for the four below."""
    design_s: int
    site_work_s: int
    acceptance_s: int
    aftercare_s: int
    opened_at: datetime
    opened_by: int
    bounces: int = 0
    """How often a hand-off of it was bounced back."""
    over_at: datetime | None = None
    over_by: int | None = None
    dropped: str = ""
    """Why it was given up; empty for what was not."""
    warn_at: datetime | None = None
    """When the clock that runs rings before its end."""
    due_at: datetime | None = None
    """When it ends; None once the project is over."""
    reached: int = 0
    """How far it has rung, `NEAR` or `MISSED`; 0 for not at all."""
    alarm: str = ""
    """What rings, one of `Alarm`; empty for nothing."""
    raised_at: datetime | None = None
    rings: int = 0
    """How often it has rung."""
    seen_at: datetime | None = None
    """When somebody acknowledged its alarm."""
    seen_by: int | None = None

    @property
    def stand(self) -> Stand:
        """How it stands."""
        if self.over_at is None:
            return Stand.OPEN
        return Stand.DROPPED if self.dropped else Stand.CLOSED

    @property
    def next_at(self) -> datetime | None:
        """When it rings next; None where it does not."""
        if self.over_at is not None or self.reached >= MISSED:
            return None
        return self.due_at if self.reached >= NEAR else self.warn_at

    @property
    def severity(self) -> int:
        """How bad its alarm is, 1 worst to 4 quiet."""
        return _MILD if self.reached == NEAR and not self.is_bounced else _LOUD

    @property
    def is_bounced(self) -> bool:
        """Whether it rings at the giver."""
        return self.alarm == Alarm.BOUNCED.value

    def within_s(self, stage: Stage) -> int:
        """Working time for a stage."""
        seconds: int = getattr(self, f"{stage.value.replace('-', '_')}_s")
        return seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One time that a project went through a stage. `why` is outside text, already safe."""

    id: int
    project: int
    place: int
    """Counts from 1 within the project."""
    stage: str
    department: int
    """Who had it last."""
    began_at: datetime
    warn_at: datetime
    due_at: datetime
    procedure: int | None = None
    """The version of the procedure of this stage that it was given, by id."""
    handed_at: datetime | None = None
    """When the hand-off was given that ended it, or it ended without one."""
    ended_at: datetime | None = None
    went: str = ""
    """One of `Went`."""
    why: str = ""
    """Why the project was put back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handoff:
    """One hand-off. Everything but ids, stages and times is outside text, already safe."""

    id: int
    project: int
    place: int
    stage: str
    """In which stage it was given."""
    to_stage: str
    """The same, where the stage goes on in other hands; empty where aftercare ends."""
    giver: int
    taker: int
    words: str
    evidence: str
    """Where what was done is to be seen: a file, a drawing, a record."""
    sha256: str
    """Of that file, where it lay on the giver's machine."""
    given_at: datetime
    given_by: int
    warn_at: datetime
    due_at: datetime
    answer: str = ""
    """One of `Answer`."""
    answered_at: datetime | None = None
    answered_by: int | None = None
    who: str = ""
    """Who took it over there, and answers for it from then on."""
    reason: str = ""
    """Why it was bounced back, or recalled."""

    @property
    def waits(self) -> bool:
        """Whether nobody has answered it."""
        return self.answered_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectStep:
    """A step of the procedure of a stage. `value` and `reason` are outside text, already safe."""

    id: int
    project: int
    passage: int
    """The passage's place."""
    place: int
    code: str
    mandatory: bool
    done_at: datetime | None = None
    """When it was done, or skipped."""
    done_by: int | None = None
    value: str = ""
    reason: str = ""
    sha256: str = ""
    skipped: bool = False

    @property
    def over(self) -> bool:
        """Whether nobody has to do it any more."""
        return self.done_at is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A project with what its next step rests on."""

    project: Project
    passage: Passage
    """The last one."""
    handoff: Handoff | None
    """The one that waits, if any."""
    handoffs: int
    """How many there were."""
    steps: tuple[ProjectStep, ...]
    """Of the last passage."""
