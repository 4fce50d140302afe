"""The second opinion on figures beside the orders: surveys, alarms, shifts, contracts."""

from __future__ import annotations

from itertools import pairwise
from statistics import mean, median, quantiles
from typing import TYPE_CHECKING

from tests.store.kpi_judge_projects import TABLES as PROJECTS
from tests.store.kpi_judge_projects import together

if TYPE_CHECKING:
    from tests.store.kpi_judge import Judge, Judged, Row

TABLES = (
    "alarm",
    "shift",
    "absence",
    "contract",
    "technician",
    "voice",
    "inspection",
    "corrective",
    "order_exception",
    *PROJECTS,
)
SECOND = 1000


def besides(
    judge: Judge, mine: list[Row], since: int, until: int, sites: set[int] | None
) -> Judged:
    """Each of them: shifts of those at home at some sites, and of a site no contracts."""
    whose = {
        row["id"] for row in judge.rows["technician"] if not sites or row["home_site_id"] in sites
    }
    return (
        _surveys(mine, since, until)
        | _alarms(judge, mine, since, until)
        | _shifts(judge, mine, since, until, whose)
        | _voices(judge, mine, since, until, sites)
        | _inspections(judge, since, until, sites)
        | together(judge.rows, judge.at, since, until, sites)
        | _contracts([] if sites else judge.rows["contract"], judge.at, since, until)
    )


def _surveys(mine: list[Row], since: int, until: int) -> Judged:
    over = [o for o in mine if o["survey"] in ("answered", "refused", "expired")]
    over = [o for o in over if o["survey_by"] is not None and since <= o["survey_by"] < until]
    said = [o for o in over if o["csat"] is not None]
    would = [o for o in over if o["nps"] is not None]
    glad = [o for o in said if o["csat"] in (4, 5)]
    net = sum(1 if o["nps"] > 8 else -1 if o["nps"] < 7 else 0 for o in would)
    heard = [o for o in over if o["survey"] == "answered"]
    return {
        "csat": (len(glad) / len(said) if said else None, _numbers(said)),
        "nps": (net / len(would) * 100 if would else None, _numbers(would)),
        "survey_response": (len(heard) / len(over) if over else None, _numbers(over)),
    }


def _alarms(judge: Judge, mine: list[Row], since: int, until: int) -> Judged:
    known = {order["number"] for order in mine}
    rung = [
        alarm
        for alarm in judge.rows["alarm"]
        if alarm["acknowledged_at"] and since <= alarm["acknowledged_at"] < until
        if alarm["severity"] < 4 and alarm["number"] in known
    ]
    waited = [
        max(0, a["acknowledged_at"] - (a["asked_at"] or a["raised_at"])) / SECOND for a in rung
    ]
    numbers = sorted(alarm["number"] for alarm in rung)
    ninth = quantiles(waited, n=10, method="inclusive")[8] if len(waited) > 1 else waited[:1]
    return {
        "acknowledge_mean_s": (mean(waited) if waited else None, numbers),
        "acknowledge_median_s": (median(waited) if waited else None, numbers),
        "acknowledge_p90_s": (
            (ninth if isinstance(ninth, float) else ninth[0]) if waited else None,
            numbers,
        ),
    }


def _shifts(judge: Judge, mine: list[Row], since: int, until: int, whose: set[int]) -> Judged:
    """Cut at every moment at which anything begins or ends, and asked piece by piece."""
    end = min(until, judge.at)
    on = at_work = 0
    used = set[int]()
    for technician in whose:
        his, away = (
            [row for row in judge.rows[name] if row["technician_id"] == technician]
            for name in ("shift", "absence")
        )
        visits = [
            (visit["arrived_at"], visit["ended_at"] or end)
            for order in mine
            for visit in order["visit"]
            if visit["technician_id"] == technician and visit["arrived_at"] is not None
        ]
        ends = {m for row in (*his, *away) for m in (row["starts_at"], row["ends_at"])}
        marks = sorted({since, end, *ends, *(m for visit in visits for m in visit)})
        for begins, to in pairwise(m for m in marks if since <= m <= end):
            there = [row["id"] for row in his if row["starts_at"] <= begins < row["ends_at"]]
            if there and not any(row["starts_at"] <= begins < row["ends_at"] for row in away):
                used.update(there)
                on += to - begins
                at_work += (to - begins) * any(one <= begins < other for one, other in visits)
    return {"utilisation": (at_work / on if on else None, sorted(used))}


def _voices(
    judge: Judge, mine: list[Row], since: int, until: int, sites: set[int] | None
) -> Judged:
    """Whatever was said at these sites, about whichever order."""
    said = [
        voice
        for voice in judge.rows["voice"]
        if since <= voice["received_at"] < until and not voice["withdrawn"]
        if not sites or voice["site_id"] in sites
    ]
    glad, sad = ([v["id"] for v in said if bool(v["praise"]) is praise] for praise in (True, False))
    closed = sorted(o["number"] for o in mine if o["closed"] and since <= o["closed"] < until)
    told = [v for v in said if not v["praise"] and (v["answered_at"] or v["answer_by"] < judge.at)]
    good = sum(v["answered_at"] is not None and v["answered_at"] <= v["answer_by"] for v in told)
    return {
        "complaints_received": (len(sad), sorted(sad)),
        "praise_received": (len(glad), sorted(glad)),
        "complaint_rate": (len(sad) / len(closed) * 100 if closed else None, closed),
        "complaints_answered_in_time": (
            good / len(told) if told else None,
            sorted(v["id"] for v in told),
        ),
    }


def _inspections(judge: Judge, since: int, until: int, sites: set[int] | None) -> Judged:
    """Whatever was scored at these sites, and which of it led to an action."""
    held = {order["number"] for order in judge.orders}
    scored = [
        one
        for one in judge.rows["inspection"]
        if one["number"] in held
        if one["total"] is not None and since <= one["scored_at"] < until
        if not sites or one["site_id"] in sites
    ]
    acts = {
        (act["finding_id"], act["found_at"])
        for act in judge.rows["corrective"]
        if act["finding"] == "inspection" and act["stage"] != "dropped"
    }
    found = sorted(one["id"] for one in scored if (one["id"], one["scored_at"]) in acts)
    total = sum(one["total"] for one in scored)
    return {
        "inspection_score": (
            total / len(scored) / 1000 if scored else None,
            sorted(one["id"] for one in scored),
        ),
        "inspection_findings": (len(found), found),
    }


def _contracts(contracts: list[Row], at: int, since: int, until: int) -> Judged:
    ended = [c for c in contracts if since <= c["ends_at"] < until and c["ends_at"] <= at]
    renewed = sum(c["outcome"] == "renewed" for c in ended)
    return {
        "renewal_rate": (renewed / len(ended) if ended else None, sorted(c["id"] for c in ended))
    }


def _numbers(orders: list[Row]) -> list[int]:
    return sorted(order["number"] for order in orders)
