"""The improvement plan of a review: what is done so that causes go, by whom and until when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from console.i18n import _
from console.page import Section
from console.words_corrective import goal_said, measure_said, stage_said, unit_of, value_said
from console.words_heard import cause_said
from console.workbook import Cell, Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, tzinfo

    from store.queries.corrective import ActionLine


def plan_section(
    lines: Sequence[ActionLine], *, at: datetime, zone: tzinfo, inside: bool
) -> Section:
    """Every open action; `inside` the house also by which figure it is judged, and its effect."""
    heads = (
        *(_("action no."), _("problem"), _("root cause"), _("stage"), _("owner"), _("due")),
        *((_("judged by"), _("before"), _("after")) if inside else ()),
    )
    rows = tuple(
        (
            *(str(line.action.id), line.action.problem, cause_said(line.action.cause)),
            *(stage_said(line.action.stage), line.owner, _due(line, at, zone)),
            *(_judged(line) if inside else ()),
        )
        for line in lines
    )
    none = (_("No action is open."),)
    return Section(
        heading=_("Improvement plan"),
        said=() if rows else none,
        heads=heads if rows else (),
        rows=rows,
    )


def _due(line: ActionLine, at: datetime, zone: tzinfo) -> str:
    rings = line.action.rings_at
    if rings is None:
        return "–"
    day = rings.astimezone(zone).strftime("%Y-%m-%d")
    return _("{day}, overdue").format(day=day) if rings < at else day


def _judged(line: ActionLine) -> tuple[str, str, str]:
    action, unit = line.action, unit_of(line.action)
    if not action.measure:
        return "–", "–", "–"
    goal = f"{measure_said(action)} {goal_said(action)}".strip()
    before = _figure(action.baseline, action.baseline_n, unit) if action.baseline_from else "–"
    after = _figure(action.value, action.value_n, unit) if action.measured_at else "–"
    return goal, before, after


def _figure(value: float | None, n: int | None, unit: str) -> str:
    return _("{value} (n = {n})").format(value=value_said(value, unit), n=n or 0)


def plan_sheet(section: Section) -> Sheet:
    """The same as a sheet; an action's number is a number."""
    rows: list[tuple[Cell, ...]] = [(int(row[0]), *row[1:]) for row in section.rows]
    return Sheet(name=section.heading, heads=section.heads, rows=rows, said=section.said)


def plain_plan(lines: Sequence[ActionLine], *, inside: bool) -> list[dict[str, Any]]:
    """As JSON tells it."""
    return [
        {
            "id": one.action.id,
            "order": one.action.number,
            "problem": one.action.problem,
            "cause": one.action.cause,
            "stage": one.action.stage.value,
            "owner": one.owner,
            "due": None if one.action.rings_at is None else one.action.rings_at.isoformat(),
            **(_plain_effect(one) if inside else {}),
        }
        for one in lines
    ]


def _plain_effect(line: ActionLine) -> dict[str, Any]:
    action = line.action
    return {
        "measure": action.measure,
        "goal": action.target,
        "at_least": action.at_least,
        "baseline": action.baseline,
        "baseline_n": action.baseline_n,
        "value": action.value,
        "value_n": action.value_n,
    }
