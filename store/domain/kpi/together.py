"""How departments work together: an index, and the four parts that are always shown with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from store.domain.kpi.ways import Kpi, Part, Rows, Together, Unit
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

_WALL, _WORKING = N_("every second"), N_("working time of the customer's service level")
_ALONE = N_("hand-offs that were recalled; a project is of no kind of work and no person")

TOGETHER: Final[Mapping[str, Kpi]] = {
    "collaboration_index": Kpi(
        label=N_("departments together"),
        formula=N_(
            "the mean of its four parts, those four figures that follow; of a part that is of"
            " nothing there is none, and it is left out; n counts the projects that any is of"
        ),
        way=Together(),
        unit=Unit.RATIO,
        clock=_WORKING,
        without=_ALONE,
        source="handoff project_stage project",
        rows=Rows.PROJECTS,
    ),
    "handoffs_acknowledged_in_time": Kpi(
        label=N_("hand-offs answered in time"),
        formula=N_(
            "acknowledged or bounced back by their deadline, of the hand-offs given in the period"
            " that were answered, or are late already"
        ),
        way=Together(Part.TAKEN),
        unit=Unit.RATIO,
        clock=_WORKING,
        without=_ALONE,
        source="handoff.given_at handoff.answered_at handoff.due_at",
        rows=Rows.HANDOFFS,
    ),
    "handoffs_not_bounced": Kpi(
        label=N_("hand-offs not bounced back"),
        formula=N_(
            "acknowledged, of the hand-offs given in the period that were acknowledged or bounced"
            " back"
        ),
        way=Together(Part.KEPT),
        unit=Unit.RATIO,
        without=_ALONE,
        source="handoff.given_at handoff.answer",
        rows=Rows.HANDOFFS,
    ),
    "stages_handed_on_in_time": Kpi(
        label=N_("stages handed on in time"),
        formula=N_(
            "handed on by when they were due, of the stages due in the period that were handed on,"
            " or are late already; a stage that waits to be acknowledged was handed on when given"
        ),
        way=Together(Part.HANDED_ON),
        unit=Unit.RATIO,
        clock=_WORKING,
        without=N_("stages that ended with the project put back or dropped"),
        source="project_stage.due_at project_stage.handed_at",
        rows=Rows.STAGES,
    ),
    "projects_not_waiting": Kpi(
        label=N_("time without waiting for others"),
        formula=N_(
            "of the time that projects were open in the period, up to now: that in which none of"
            " their hand-offs waited for an answer of another department"
        ),
        way=Together(Part.MOVING),
        unit=Unit.RATIO,
        clock=_WALL,
        without=_ALONE,
        source="handoff.given_at handoff.answered_at project.opened_at project.over_at",
        rows=Rows.PROJECTS,
    ),
}
"""By name, in the order in which they are shown."""
