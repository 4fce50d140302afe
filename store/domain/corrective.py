"""An action: what is done so that a cause goes, through Plan, Do, Check and Act; as it stands.

In the code it is a corrective action, since an action is what a key of the console does.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from store.domain.effects import Goal
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


class Stage(StrEnum):
    """Where an action stands."""

    PLAN = "plan"
    DO = "do"
    CHECK = "check"
    ACT = "act"
    CLOSED = "closed"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class StageSpec:
    """What a stage is called, and what it waits for."""

    label: str
    awaits: str
    open: bool = True


STAGES: Mapping[Stage, StageSpec] = {
    Stage.PLAN: StageSpec(label=N_("Plan"), awaits=N_("why it happened, and what to judge by")),
    Stage.DO: StageSpec(label=N_("Do"), awaits=N_("what was decided is done")),
    Stage.CHECK: StageSpec(label=N_("Check"), awaits=N_("its effect is observed, then judged")),
    Stage.ACT: StageSpec(label=N_("Act"), awaits=N_("procedure or training is changed")),
    Stage.CLOSED: StageSpec(label=N_("closed"), awaits="", open=False),
    Stage.DROPPED: StageSpec(label=N_("dropped"), awaits="", open=False),
}
OPEN: Final = tuple(stage for stage, spec in STAGES.items() if spec.open)
"""Stages in which something is still to be done, in their order."""


class Finding(StrEnum):
    """What an action may come from."""

    ANSWER = "answer"
    """A bad answer of a customer; its id is the number of the order, its moment tells which."""
    COMPLAINT = "complaint"
    """What a customer complained of."""
    RADAR = "radar"
    """What comes again, as the radar saw it."""
    INSPECTION = "inspection"
    """What was found when an order was inspected."""


FINDINGS: Mapping[Finding, str] = {
    Finding.ANSWER: N_("bad answer"),
    Finding.COMPLAINT: N_("complaint"),
    Finding.RADAR: N_("proposal of the radar"),
    Finding.INSPECTION: N_("inspection"),
}
"""How they are called."""


class Standard(StrEnum):
    """What of the desk an action that had an effect changes for good."""

    PROCEDURE = "procedure"
    TRAINING = "training"


STANDARDS: Mapping[Standard, str] = {
    Standard.PROCEDURE: N_("procedure"),
    Standard.TRAINING: N_("training"),
}

WHYS: Final = 5
"""How many times somebody asks why, at the most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """One answer to "why", and what shows that it is so."""

    text: str
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrective:
    """An action whole. Everything but ids, times and figures is outside text, already safe."""

    id: int
    version: int
    finding: str
    """One of `Finding`."""
    finding_id: int
    found_at: datetime
    """When what was found came up: an order may be answered about badly twice."""
    number: int
    """The order that it came from: it rings there, and whoever sees that order sees it."""
    stage: Stage
    stage_since: datetime
    opened_at: datetime
    opened_by: int
    problem: str
    cause: str
    """As it was found, see `causes`."""
    contained: str
    """What was done at once."""
    owner: int
    """The operator who sees to it."""
    due_at: datetime
    """By when the present stage is to be over; while its effect is observed `check_at` is."""
    invited: str = ""
    """Who of the customer's was invited to take part."""
    invited_at: datetime | None = None
    """When he was."""
    measure: str = ""
    """One of `MEASURES`."""
    site: int | None = None
    """Of which site it is measured; None for the whole desk."""
    at_least: bool = False
    target: float | None = None
    window_days: int = 30
    zone: str = "UTC"
    """Whose days are observed."""
    baseline_from: str = ""
    """The first of the days before it began, ISO 8601."""
    baseline_to: str = ""
    """The last of them; it stays, however many days are observed later."""
    baseline: float | None = None
    baseline_n: int | None = None
    done: str = ""
    done_at: datetime | None = None
    done_by: int | None = None
    check_from: str = ""
    """The first of the days that are observed, ISO 8601."""
    check_at: datetime | None = None
    """When they are over."""
    value: float | None = None
    value_n: int | None = None
    measured_at: datetime | None = None
    effective: bool | None = None
    verdict: str = ""
    judged_at: datetime | None = None
    judged_by: int | None = None
    failed: int = 0
    """How often it had no effect."""
    standard: str = ""
    changed: str = ""
    """Which procedure or training was changed, or why it was dropped."""
    whys: tuple[Why, ...] = ()

    @property
    def goal(self) -> Goal | None:
        """What its figure is to come to; None before that was said."""
        return None if self.target is None else Goal(at_least=self.at_least, value=self.target)

    @property
    def rings_at(self) -> datetime | None:
        """When whoever sees to it is rung; None once nothing is left to do."""
        if not STAGES[self.stage].open:
            return None
        return self.check_at if self.stage is Stage.CHECK else self.due_at
