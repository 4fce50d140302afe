"""Plans for `paidan list` and `paidan do`: as rows, as plain data, and as the dates to come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from console.i18n import _, language
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from console.actions_kinds import Ask, Told
    from console.looks import Parts
    from store.commands.plans import SavePlan
    from store.queries.plans import PlanLine

PLAN_HEADS: Final = (
    *(N_("plan"), N_("due at site"), N_("title"), N_("comes"), N_("site"), N_("order")),
    *(N_("made"), N_("closed days")),
)
"""Columns of a list of plans."""
_ONE_LINE: Final = 10_000
"""Cells; a pipe has no width."""


def plan_cells(line: Any) -> tuple[str, ...]:
    """One plan; when it comes next on the wall of its site."""
    from zoneinfo import ZoneInfo

    from console.render_plans import closed_said, comes, standing_said

    standing = standing_said(line)
    if standing is None:
        standing = f"{line.due_at.astimezone(ZoneInfo(line.zone)):%Y-%m-%d %H:%M}"
    last = "" if line.last is None else f"#{line.last}"
    site, closed = line.site_name or "", closed_said(line.closed)
    return (str(line.id), standing, line.title, comes(line), site, last, str(line.made), closed)


def listed(ask: Ask, *, at: datetime) -> tuple[tuple[str, ...], dict[str, Any]]:
    """Every plan as the lines of a table, and as plain data."""
    from console.cli_plain import plain
    from console.cli_table import screen_width, table
    from store.queries.plans import ListPlans

    found: tuple[PlanLine, ...] = ask(ListPlans())
    rows = [list(plan_cells(line)) for line in found]
    heads = [_(head) for head in PLAN_HEADS]
    lines = table(heads, rows, width=screen_width(), at=at) if rows else []
    return tuple(lines), {"plans": [plain(line) for line in found]}


def saved(told: Told, ask: Ask, *, at: datetime) -> SavePlan:
    """The command of what was typed; a new plan begins today at nine unless told."""
    from console.plan_fields import plan_saved

    return plan_saved(_texts(told, at), _before(told, ask))


def dates_of(told: Told, ask: Ask, *, at: datetime) -> tuple[tuple[str, ...], dict[str, Any]]:
    """When what was typed would come, in words and as plain data."""
    from console.cli_plain import plain
    from console.plan_fields import plan_foretold
    from console.render_plans import dates_told
    from store.domain.plan_form import read_day, read_time

    asked = plan_foretold(_texts(told, at), _before(told, ask))
    found = ask(asked)
    start, of_day = read_day(asked.start, N_("first day")), read_time(asked.time, N_("time"))
    lines = dates_told(found, of_day=of_day, start=start, basis=asked.basis, cells=_ONE_LINE)
    dates = [plain(one) for one in found.dates]
    return tuple(map(_plain_line, lines)), {"rule": found.rule, "dates": dates}


def _before(told: Told, ask: Ask) -> PlanLine | None:
    from store.queries.plans import ShowPlan

    plan = told.get("plan")
    return None if plan is None else ask(ShowPlan(plan=plan))


def _texts(told: Told, at: datetime) -> Mapping[str, str]:
    from console.plan_fields import fresh

    if told.get("plan") is not None:
        return dict(told["texts"])
    from console.render_time import here

    today = here(at, None).date()
    return {**fresh(today.isoformat(), chinese=language() != "en"), **told["texts"]}


def _plain_line(parts: Parts) -> str:
    return "".join(text for text, _tone in parts)
