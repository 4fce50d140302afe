"""Every figure in one table: what it is called, what it says, of whom, and how it is reckoned.

The cohort is what was closed in the period, or with `--cohort opened` what was opened in it, unless
the figure says otherwise. Cancelled orders and duplicates count nowhere: nobody was to be served by
them, or somebody is by another. Children count as the orders that they are, as lists show them; but
no repair is judged by one, which is a part of its parent's work. To add a figure: a row here, and
where none of the `ways` reckons it, one more of them and its line in `queries/answers/kpi_told.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from store.domain.kpi.besides import BESIDES, CLOCKS, WALL, WORKING
from store.domain.kpi.ways import (
    Aged,
    Balance,
    Counted,
    Each,
    Fall,
    Fixed,
    Kept,
    Kpi,
    Late,
    Mean,
    Rank,
    Restricted,
    Unit,
    Waived,
)
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

HORIZON_DAYS: Final = 30
"""How far the restricted mean looks."""

_NEVER = N_("orders to which it has not happened")
_NO_CLOCK = N_("orders without that deadline; to have none is not to be in time")
_NO_FAULT = N_(
    "orders without a kind, or without asset and site; those made by a plan; parts of another order"
)
_RESPONSE = N_("opened until first accepted; assigned is not accepted")
_ARRIVE = N_("opened until somebody first arrived")
_WALL = N_("opened until done at last, through every reopening")
_WORKING = N_("opened until done at last, as its resolve clock counts")
_KEPT = N_(
    "kept, of those kept, missed, or still open and missed already; what a waiver moved is judged"
    " by its own due time, and deadlines_waived tells of it"
)
_LATE = N_("still open, and missed in the period")
_FIXED = N_(
    "done on the first visit, never reopened, and no order of the same kind at the same asset,"
    " else site, within the days after it; only orders closed so long ago are judged"
)
_AGED = N_(
    "opened and neither closed nor given up, at the end of the period or now; what is done but not"
    " closed counts, which “all open” on the board leaves out: there it is “to close”"
)

_ASKED, _DONE = "opened_at visit.accepted_at", "opened_at done_at"
_CAME, _COUNTED = "opened_at visit.arrived_at", "clock.started_at clock.calendar_version done_at"
_REPAIR = "visit reopened kind asset_id site_id opened_at done_at"


def _time(label: str, formula: str, way: Mean | Rank, source: str, clock: str = WALL) -> Kpi:
    return Kpi(
        label=label,
        formula=formula,
        way=way,
        unit=Unit.SECONDS,
        clock=clock,
        without=_NEVER,
        source=source,
    )


def _kept(label: str, clock: str) -> Kpi:
    return Kpi(
        label=label,
        formula=_KEPT,
        way=Kept(clock),
        unit=Unit.RATIO,
        without=_NO_CLOCK,
        source=CLOCKS,
    )


def _late(label: str, clock: str) -> Kpi:
    return Kpi(label=label, formula=_LATE, way=Late(clock), unit=Unit.ORDERS, source=CLOCKS)


def _fixed(label: str, days: int) -> Kpi:
    return Kpi(
        label=label,
        formula=_FIXED,
        way=Fixed(days),
        unit=Unit.RATIO,
        without=_NO_FAULT,
        source=_REPAIR,
    )


def _aged(label: str, over: int = 0, to: int | None = None) -> Kpi:
    return Kpi(
        label=label,
        formula=_AGED,
        way=Aged(over, to),
        unit=Unit.ORDERS,
        source="opened_at closed_at",
    )


KPIS: Final[Mapping[str, Kpi]] = {
    "orders_opened": Kpi(
        label=N_("opened"),
        formula=N_("opened in the period"),
        way=Counted("opened"),
        unit=Unit.ORDERS,
        without=N_("cancelled orders and duplicates, also those that became so later"),
        source="opened_at",
    ),
    "orders_closed": Kpi(
        label=N_("closed"),
        formula=N_("closed, and not reopened since"),
        way=Counted("closed"),
        unit=Unit.ORDERS,
        source="closed_at",
    ),
    "orders_open": _aged(N_("not closed")),
    "created_closed_ratio": Kpi(
        label=N_("opened for each closed"),
        formula=N_("opened in the period, divided by closed in it; above 1 the desk falls behind"),
        way=Balance(),
        unit=Unit.RATIO,
        source="opened_at closed_at",
    ),
    "backlog_to_1d": _aged(N_("not closed, up to a day"), 0, 1),
    "backlog_1d_3d": _aged(N_("not closed, 1 to 3 days"), 1, 3),
    "backlog_3d_7d": _aged(N_("not closed, 3 to 7 days"), 3, 7),
    "backlog_7d_14d": _aged(N_("not closed, 7 to 14 days"), 7, 14),
    "backlog_14d_30d": _aged(N_("not closed, 14 to 30 days"), 14, 30),
    "backlog_over_30d": _aged(N_("not closed, over 30 days"), 30),
    "response_mean_s": _time(N_("response, mean"), _RESPONSE, Mean("response"), _ASKED),
    "response_median_s": _time(N_("response, median"), _RESPONSE, Rank("response", 5), _ASKED),
    "response_p90_s": _time(N_("response, P90"), _RESPONSE, Rank("response", 9), _ASKED),
    "arrive_mean_s": _time(N_("arrival, mean"), _ARRIVE, Mean("arrive"), _CAME),
    "arrive_median_s": _time(N_("arrival, median"), _ARRIVE, Rank("arrive", 5), _CAME),
    "arrive_p90_s": _time(N_("arrival, P90"), _ARRIVE, Rank("arrive", 9), _CAME),
    "accept_mean_s": _time(
        N_("acceptance, mean"),
        N_("assigned until accepted, of the visit that was accepted first"),
        Mean("accept"),
        "visit.assigned_at visit.accepted_at",
    ),
    "resolve_wall_mean_s": _time(N_("resolved, mean"), _WALL, Mean("wall"), _DONE),
    "resolve_wall_median_s": _time(N_("resolved, median"), _WALL, Rank("wall", 5), _DONE),
    "resolve_wall_p90_s": _time(N_("resolved, P90"), _WALL, Rank("wall", 9), _DONE),
    "resolve_working_mean_s": _time(
        N_("working time to resolve, mean"), _WORKING, Mean("work"), _COUNTED, WORKING
    ),
    "resolve_working_median_s": _time(
        N_("working time to resolve, median"), _WORKING, Rank("work", 5), _COUNTED, WORKING
    ),
    "resolve_working_p90_s": _time(
        N_("working time to resolve, P90"), _WORKING, Rank("work", 9), _COUNTED, WORKING
    ),
    "resolve_restricted_mean_s": Kpi(
        label=N_("resolved within 30 days, mean"),
        formula=N_(
            "of all opened in the period, whatever the cohort: the area to 30 days under the share"
            " not yet done (Kaplan and Meier), so that open orders count for as long as they were;"
            " where none was watched for 30 days, up to the longest that one was, which is said"
        ),
        way=Restricted(HORIZON_DAYS),
        unit=Unit.SECONDS,
        clock=WALL,
        source=_DONE,
    ),
    "respond_deadline_kept": _kept(N_("responses in time"), "respond"),
    "arrive_deadline_kept": _kept(N_("arrivals in time"), "arrive"),
    "resolve_deadline_kept": _kept(N_("resolved in time"), "resolve"),
    "respond_breaches_open": _late(N_("late responses, open"), "respond"),
    "arrive_breaches_open": _late(N_("late arrivals, open"), "arrive"),
    "resolve_breaches_open": _late(N_("late to resolve, open"), "resolve"),
    "deadlines_waived": Kpi(
        label=N_("deadlines waived"),
        formula=N_(
            "orders of which a deadline was kept by a waiver alone, or is past its own due time and"
            " still open under one: the deadlines kept count it as missed"
        ),
        way=Waived(),
        unit=Unit.ORDERS,
        without=N_("what was missed in spite of its waiver, and waivers that were withdrawn"),
        source=f"{CLOCKS} clock.own_due_at clock.waiver",
    ),
    "first_time_fix_7d": _fixed(N_("fixed at first for 7 days"), 7),
    "first_time_fix_14d": _fixed(N_("fixed at first for 14 days"), 14),
    "first_time_fix_30d": _fixed(N_("fixed at first for 30 days"), 30),
    "repeat_failure_rate": Kpi(
        label=N_("repeated failures"),
        formula=N_(
            "an order of the same kind at the same asset, else site, was done within the 30 days"
            " before it was opened"
        ),
        way=Each("repeated", "fault_n"),
        unit=Unit.RATIO,
        without=_NO_FAULT,
        source=_REPAIR,
    ),
    "repeat_failure_fall": Kpi(
        label=N_("fall of repeated failures"),
        formula=N_(
            "by which part of what it was the rate of repeated failures is below that of the"
            " period before: as many whole months, else as many days; below nought it rose"
        ),
        way=Fall("repeated", "fault_n"),
        unit=Unit.RATIO,
        without=_NO_FAULT,
        source=_REPAIR,
    ),
    "reopen_rate": Kpi(
        label=N_("reopened"),
        formula=N_("reopened at least once, of those closed at last"),
        way=Each("reopened", "closed"),
        unit=Unit.RATIO,
        source="reopened closed_at",
    ),
    "reassigned_mean": Kpi(
        label=N_("reassigned, mean"),
        formula=N_("how often it went from one to another, for each closed"),
        way=Each("reassigned", "closed"),
        unit=Unit.TIMES,
        source="reassigned closed_at",
    ),
    "chased_mean": Kpi(
        label=N_("chased, mean"),
        formula=N_("how often the customer asked where we are, for each closed"),
        way=Each("chased", "closed"),
        unit=Unit.TIMES,
        source="chased closed_at",
    ),
    **BESIDES,
}
"""By the name that scripts know it by, in the order in which they are shown."""
