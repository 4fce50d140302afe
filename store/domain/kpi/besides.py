"""Figures that do not rest on closing alone: surveys, alarms, planned work, shifts, contracts.

Rows of the one table of figures, see `table`, which shows them at its end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from store.domain.kpi.together import TOGETHER
from store.domain.kpi.ways import (
    Acknowledged,
    Answered,
    Complained,
    Heard,
    Inspected,
    Kept,
    Kpi,
    Renewed,
    Rows,
    Said,
    Unit,
    Worked,
)
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

WALL: Final = N_("every second")
WORKING: Final = N_("working time of the order's calendar, without pauses")

CLOCKS: Final = "clock.met_at clock.breached_at clock.due_at"

_HEARD = N_("surveys that are still open, and whoever was spared; counted when they fell due")
_RUNG = N_(
    "of alarms acknowledged in the period: since when they waited; of one that rang again, the last"
    " time"
)
_UNHEARD = N_("alarms that nobody acknowledged, and quiet ones")

_SURVEY, _ALARM = "survey survey_by", "alarm.asked_at alarm.raised_at alarm.acknowledged_at"


_OPEN = N_("inspections that are open, were left out, or were opened again")
_WITHDRAWN, _VOICE = N_("what was withdrawn"), "voice.received_at voice.withdrawn"


def _heard(label: str, formula: str, way: Heard, column: str, unit: Unit = Unit.RATIO) -> Kpi:
    source = f"{column} {_SURVEY}".strip()
    return Kpi(label=label, formula=formula, way=way, unit=unit, without=_HEARD, source=source)


def _rung(label: str, tenths: int | None = None) -> Kpi:
    return Kpi(
        label=label,
        formula=_RUNG,
        way=Acknowledged(tenths),
        unit=Unit.SECONDS,
        clock=WALL,
        without=_UNHEARD,
        source=_ALARM,
    )


BESIDES: Final[Mapping[str, Kpi]] = {
    "acknowledge_mean_s": _rung(N_("alarm acknowledged, mean")),
    "acknowledge_median_s": _rung(N_("alarm acknowledged, median"), 5),
    "acknowledge_p90_s": _rung(N_("alarm acknowledged, P90"), 9),
    "preventive_compliance": Kpi(
        label=N_("planned work in its window"),
        formula=N_(
            "of the orders that plans made: done by the deadline to resolve, which counts from when"
            " they were due; of those done, or still open and late already"
        ),
        way=Kept("resolve", planned=True),
        unit=Unit.RATIO,
        without=N_(
            "orders without that deadline; times called off, and those for which no order was made"
        ),
        source=f"plan_occurrence.number {CLOCKS}",
    ),
    "utilisation": Kpi(
        label=N_("time at work"),
        formula=N_(
            "from arriving to leaving, of the time on duty, in the period up to now; of those at"
            " home at a site, or one technician's"
        ),
        way=Worked(),
        unit=Unit.RATIO,
        clock=WALL,
        without=N_("people without shifts, absences, work beside a shift, orders given up"),
        source="shift absence visit.arrived_at visit.ended_at",
        rows=Rows.SHIFTS,
    ),
    "csat": _heard(
        N_("content"),
        N_("answered 4 or 5, of those who said how content they are from 1 to 5"),
        Heard("csat_top", "csat_n"),
        "csat",
    ),
    "nps": _heard(
        N_("net promoter score"),
        N_("the share of 9 and 10 less that of 0 to 6, of those who answered, times 100"),
        Heard("nps_net", "nps_n", 100),
        "nps",
        Unit.POINTS,
    ),
    "survey_response": _heard(
        N_("surveys answered"),
        N_("answered, of those answered, refused or expired"),
        Heard("answered", "asked"),
        "",
    ),
    "complaints_received": Kpi(
        label=N_("complaints"),
        formula=N_("complaints that customers made in the period"),
        way=Said(),
        unit=Unit.CASES,
        without=_WITHDRAWN,
        source=_VOICE,
        rows=Rows.COMPLAINTS,
    ),
    "complaint_rate": Kpi(
        label=N_("complaints for 100 orders"),
        formula=N_(
            "complaints made in the period, divided by the orders closed in it, times 100; n counts"
            " the orders, and complaints_received lists the complaints"
        ),
        way=Complained(),
        unit=Unit.HUNDRED,
        without=_WITHDRAWN,
        source=f"{_VOICE} closed_at",
    ),
    "complaints_answered_in_time": Kpi(
        label=N_("complaints answered in time"),
        formula=N_(
            "answered by their deadline, of the complaints made in the period that were answered,"
            " or are late already"
        ),
        way=Answered(),
        unit=Unit.RATIO,
        clock=N_("working time of the customer's service level"),
        without=_WITHDRAWN,
        source="voice.answered_at voice.answer_by",
        rows=Rows.COMPLAINTS,
    ),
    "praise_received": Kpi(
        label=N_("praise"),
        formula=N_("praise that customers gave in the period; split by person, whom it is about"),
        way=Said(praise=True),
        unit=Unit.CASES,
        without=_WITHDRAWN,
        source=_VOICE,
        rows=Rows.PRAISE,
    ),
    **TOGETHER,
    "renewal_rate": Kpi(
        label=N_("contracts renewed"),
        formula=N_("renewed, of those whose term ended in the period; undecided is not renewed"),
        way=Renewed(),
        unit=Unit.RATIO,
        without=N_("contracts that have not ended yet; a contract is of no site, kind or person"),
        source="contract.ends_at contract.outcome",
        rows=Rows.CONTRACTS,
    ),
    "inspection_score": Kpi(
        label=N_("score of inspections"),
        formula=N_(
            "the mean of what sheets came to, of the inspections scored in the period; split by"
            " person, who did the work"
        ),
        way=Inspected(),
        unit=Unit.RATIO,
        without=_OPEN,
        source="inspection.total inspection.scored_at",
        rows=Rows.INSPECTIONS,
    ),
    "inspection_findings": Kpi(
        label=N_("findings of inspections"),
        formula=N_(
            "inspections scored in the period that led to an action, unless that was dropped"
        ),
        way=Inspected(acted=True),
        unit=Unit.CASES,
        without=_OPEN,
        source="inspection.scored_at corrective.found_at",
        rows=Rows.INSPECTIONS,
    ),
}
"""By name, in the order in which they are shown."""
