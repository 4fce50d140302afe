"""An inspection of an order that was drawn: scored by a sheet, its raw words kept apart."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from store.domain.errors import Refusal
from store.domain.evolve import evolve
from store.domain.inspection_sheet import scores_read, scores_written, total_of
from store.domain.replay import whole_ms
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from store.domain.inspection_sheet import Sheet

WEEKS_BACK: Final = 8
"""So many weeks that nobody drew are made up, the latest of them."""
USUAL_SHARE: Final = 10
"""Percent that are drawn where somebody draws and the desk has set no share."""
DAYS: Final = 5
"""Working days of the desk in which what was drawn is inspected."""


class InspectionUnknown(Refusal):
    """No such one, or none that the asker may see."""

    sentence = N_("no inspection {id}")


class InspectionChanged(Refusal):
    """Somebody changed it since it was read."""

    sentence = N_("inspection {id} was changed meanwhile; look again, then choose")


class InspectionOver(Refusal):
    """Nothing is left to do about it."""

    sentence = N_("inspection {id} is over: {stand}")


class NotScoredYet(Refusal):
    """What was not looked at tells nothing."""

    sentence = N_("inspection {id} has not been scored yet")


class OwnWork(Refusal):
    """Nobody inspects what he did himself."""

    sentence = N_("{name} did order {number}: somebody else inspects it")


class InspectionHasAction(Refusal):
    """One finding, one action."""

    sentence = N_("inspection {id} has action {action} already")


class InspectionCauseLacking(Refusal):
    """What is not understood comes again."""

    sentence = N_("inspection {id}: its root cause is to be found before there is an action")


class WeekNotOver(Refusal):
    """Orders are still closed in it."""

    sentence = N_("{week} is not over yet: it can be drawn from {due_at}")


class WeekDrawn(Refusal):
    """One draw a week, so that nobody draws until he likes it."""

    sentence = N_("{week} was drawn already, with seed {seed}; a second draw must be asked for")


class DrawUnknown(Refusal):
    """That week was not drawn."""

    sentence = N_("{week} was not drawn")


class Stand(StrEnum):
    """How an inspection stands."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


STANDS: Final[Mapping[Stand, str]] = {
    Stand.OPEN: N_("to be inspected"),
    Stand.DONE: N_("inspected"),
    Stand.DROPPED: N_("left out"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """A week's draw; it never changes."""

    id: int
    week: str
    """ISO 8601, such as 2026-W47."""
    nth: int
    """0 for the draw of the week; those that were asked for beside it count on."""
    seed: str
    share: int
    """Percent a technician."""
    first_jobs: int
    """So many first jobs of somebody new are drawn for certain."""
    asset_orders: int
    """From so many orders on one asset in 30 days on they are; 0 for never."""
    zone: str
    """The desk's own, for orders of no site."""
    count: int
    """Orders of the population."""
    digest: str
    """The SHA-256 of the population as it is written."""
    drawn_at: datetime
    drawn_by: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """One order of a draw. Texts are from outside, already safe."""

    id: int
    version: int = 1
    draw: int
    number: int
    site: int | None
    """Who sees this site sees it; without one, whoever sees the whole desk."""
    technician: int | None
    reasons: str
    """Some of `Reason`, a comma between them."""
    sheet: int | None
    """The sheet it is scored by; None for the program's own."""
    made_at: datetime
    due_at: datetime
    scores: str = ""
    """One of 0 to 4 for each criterion in order, - where it does not apply; empty before."""
    total: int | None = None
    """Per mille of what could be reached, by the weights of what applies."""
    scored_at: datetime | None = None
    scored_by: int | None = None
    remark: str = ""
    """What the inspector found."""
    technician_said: str = ""
    """Raw words of the front line."""
    customer_said: str = ""
    """Raw words of the customer."""
    dropped: str = ""
    """Why it was left out."""
    dropped_at: datetime | None = None

    @property
    def stand(self) -> Stand:
        """Where it is on its way."""
        if self.dropped_at is not None:
            return Stand.DROPPED
        return Stand.OPEN if self.scored_at is None else Stand.DONE


def check_not_own(
    inspection: Inspection, did: Collection[tuple[str, str]], code: str, name: str
) -> None:
    """`OwnWork` where the operator is one of those who did it, by code or whole name."""
    mine = {said for said in (code.casefold().strip(), name.casefold().strip()) if said}
    for theirs in did:
        if mine & {said.casefold().strip() for said in theirs}:
            raise OwnWork(name=name or code, number=inspection.number)


def score(
    inspection: Inspection, sheet: Sheet, said: str, remark: str, *, at: datetime, by: int
) -> Inspection:
    """With a score for each criterion, and what that comes to."""
    _open(inspection)
    scores = scores_read(sheet, said)
    return evolve(
        inspection,
        scores=scores_written(scores),
        total=total_of(sheet, scores),
        remark=remark,
        scored_at=whole_ms(at),
        scored_by=by,
    )


def told(inspection: Inspection, technician: str, customer: str) -> Inspection:
    """With raw words, where some are given; those given later take their place."""
    if inspection.stand is Stand.DROPPED:
        raise InspectionOver(id=inspection.id, stand=STANDS[inspection.stand])
    return evolve(
        inspection,
        technician_said=technician or inspection.technician_said,
        customer_said=customer or inspection.customer_said,
    )


def open_again(inspection: Inspection) -> Inspection:
    """To be inspected as before; what was scored stays in the journal, raw words stay."""
    if inspection.stand is Stand.OPEN:
        raise NotScoredYet(id=inspection.id)
    return evolve(
        inspection,
        scores="",
        total=None,
        scored_at=None,
        scored_by=None,
        dropped="",
        dropped_at=None,
    )


def drop(inspection: Inspection, why: str, *, at: datetime) -> Inspection:
    """It cannot be inspected: it counts nowhere, and the draw still has it."""
    _open(inspection)
    return evolve(inspection, dropped=why, dropped_at=whole_ms(at))


def _open(inspection: Inspection) -> None:
    if inspection.stand is not Stand.OPEN:
        raise InspectionOver(id=inspection.id, stand=STANDS[inspection.stand])
