"""Actions as they are told: stages, figures with their units, goals, and the question behind."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from console.i18n import _
from store.domain.corrective import FINDINGS, STAGES, STANDARDS, Finding, Standard
from store.domain.effects import MEASURES, POINTS
from store.domain.kpi.table import KPIS
from store.domain.kpi.ways import Unit

if TYPE_CHECKING:
    from store.domain.corrective import Corrective, Stage


def stage_said(stage: Stage) -> str:
    """A stage in the operator's language."""
    return _(STAGES[stage].label)


def found_said(action: Corrective) -> str:
    """What it came from, and whom of the customer's was invited to see to it."""
    known = action.finding in set(Finding)
    what = _(FINDINGS[Finding(action.finding)]) if known else action.finding
    said = _("From: {what} {number}").format(what=what, number=action.finding_id)
    if action.finding == Finding.ANSWER:
        said = _("From: {what} to order {number}").format(what=what, number=action.finding_id)
    if action.invited:
        said += _("; invited: {who}").format(who=action.invited)
    return said


def standard_said(standard: str) -> str:
    """What was changed; one of a later program by its code."""
    return _(STANDARDS[Standard(standard)]) if standard in set(Standard) else standard


def value_said(value: float | None, unit: str) -> str:
    """A figure with its unit; of nothing that it is none."""
    if value is None:
        return _("no value")
    if unit == Unit.RATIO:
        return f"{value:.1%}"
    if unit == Unit.SECONDS:
        return _span(value)
    return f"{value:.0f}" if unit in {Unit.ORDERS, Unit.CASES, POINTS} else f"{value:.2f}"


def _span(seconds: float) -> str:
    whole = round(seconds)
    days, rest = divmod(whole, 86_400)
    hours, rest = divmod(rest, 3_600)
    parts = ((days, "d"), (hours, "h"), (rest // 60, "m"), (rest % 60, "s"))
    told = [f"{count}{sign}" for count, sign in parts if count]
    return " ".join(told[:2]) or "0s"


def unit_of(action: Corrective) -> str:
    """The unit of the figure that it is judged by; empty while there is none, or it is strange."""
    spec = MEASURES.get(action.measure)
    return "" if spec is None else spec.unit


def measure_said(action: Corrective) -> str:
    """What it is judged by, in words."""
    spec = MEASURES.get(action.measure)
    return action.measure if spec is None else _(spec.label)


def goal_said(action: Corrective) -> str:
    """`≤ 2h`; empty while none is agreed."""
    if action.target is None:
        return ""
    sign = "≥" if action.at_least else "≤"
    return f"{sign} {value_said(action.target, unit_of(action))}"


def question_before(action: Corrective, site: str) -> str:
    """The command that anybody gets its baseline by; empty where there is none."""
    return _question(action, action.baseline_from, action.baseline_to, site)


def question_after(action: Corrective, site: str) -> str:
    """The same for the days that are observed."""
    if not action.check_from:
        return ""
    last = date.fromisoformat(action.check_from) + timedelta(days=action.window_days - 1)
    return _question(action, action.check_from, last.isoformat(), site)


def _question(action: Corrective, first: str, last: str, site: str) -> str:
    if not first or action.measure not in KPIS:
        return ""
    words = ["paidan kpi --from", first, "--to", last, "--zone", action.zone]
    return " ".join([*words, *(("--site", site) if site else ()), "--rows", action.measure])
