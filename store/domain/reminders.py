"""What the desk is told ahead of time about no order: papers that end, trainings that are due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from store.domain.alarms import QUIET
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime


class Reminder(StrEnum):
    """What one is about; an alarm of it is called so, beside the kinds of timers."""

    CERTIFICATE = "certificate"
    TRAINING = "training"
    IDEA = "idea"
    RADAR = "radar"
    INSPECTION = "inspection"


REMINDERS: Final[Mapping[str, str]] = {
    Reminder.CERTIFICATE: N_("certificate ends"),
    Reminder.TRAINING: N_("training due"),
    Reminder.IDEA: N_("suggestion to be judged"),
    Reminder.RADAR: N_("it comes again"),
    Reminder.INSPECTION: N_("order to be inspected"),
}
_MILD: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One warning of those that lead to a moment."""

    level: int
    """From 1; a higher one is nearer."""
    ahead: timedelta
    """How long before the moment; nothing at the moment itself."""
    severity: int
    """1 worst to 4 quiet."""

    def due_at(self, ends_at: datetime) -> datetime:
        """When it is due for what ends then."""
        return ends_at - self.ahead


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminded:
    """A reminder that rang now."""

    kind: Reminder
    about: int
    """The id of the certificate or training."""
    ends_at: datetime
    rung: Rung
    rings: int


def paper_rungs(days: Iterable[int]) -> tuple[Rung, ...]:
    """The warnings before a certificate ends, so many days ahead in any order, and its end.

    The first is quiet; none is loud, for dispatch heeds the end by itself.
    """
    ahead = sorted({one for one in days if one > 0}, reverse=True)
    return tuple(
        Rung(
            level=level,
            ahead=timedelta(days=one),
            severity=QUIET if level == 1 and one else _MILD,
        )
        for level, one in enumerate((*ahead, 0), 1)
    )


ON_TIME: Final = (Rung(level=1, ahead=timedelta(), severity=_MILD),)
"""A training that is planned, a suggestion, and an inspection ring on time."""


def worst_due(rungs: Sequence[Rung], ends_at: datetime, *, at: datetime) -> Rung | None:
    """The last rung that is due by then; None while there is time."""
    return next((one for one in reversed(rungs) if one.due_at(ends_at) <= at), None)


def rung(rungs: Sequence[Rung], level: int) -> Rung:
    """The rung of a level from 1 on; the last one where there are fewer by now."""
    return rungs[max(0, min(level, len(rungs)) - 1)]


def farthest(rungs: Sequence[Rung]) -> timedelta:
    """How long before the moment the first warning comes."""
    return max(one.ahead for one in rungs)
