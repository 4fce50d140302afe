"""An order from a plan: made by time, not by an operator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.domain.advance import advance, open_order
from store.domain.facts import Fact
from store.domain.lifecycle import PLANNED_FOR_LATER, Move
from store.domain.order import WorkOrder
from store.domain.plans import turn
from store.domain.replay import epoch_ms

if TYPE_CHECKING:
    from store.domain.plans import Turn
    from store.persistence.plans import HeldPlan
    from store.persistence.work import Work


def make_planned(work: Work, plan: int) -> int | None:
    """Make the order that a plan is due for; its number, None where none is.

    Whatever comes of it, the plan aims at what comes next.
    """
    held = work.claim_plan(plan)
    if held is None:
        return None
    found = None if held.waits else turn(held.timing, at=work.at)
    if found is None:
        work.aim_plan(plan)
        return None
    made = _order(work, held, found)
    work.plan_came(held, found, made.number)
    return made.number


def _order(work: Work, held: HeldPlan, found: Turn) -> WorkOrder:
    """Its promises count from when it is due; one made ahead waits until then."""
    row, at, due_at = held.row, work.at, found.occurrence.due_at
    level = row.level_id
    if level is None and row.customer_id is not None:
        level = work.contract_level(row.customer_id)
    level = row.its_level if level is None else level
    rules = work.rules_of(level)
    order = WorkOrder(
        number=0,
        title=row.title,
        description=row.description,
        kind=row.kind,
        priority=row.priority,
        state_since=at,
        site=row.site_id,
        customer=row.customer_id,
        asset=row.asset_id,
        level=level,
        opened_at=due_at,
        created_at=at,
        progress_at=at,
    )
    made, facts = open_order(order, at=at, rules=rules)
    body = {"plan": row.id, "day": found.occurrence.day.isoformat(), "due_at": epoch_ms(due_at)}
    if found.missed and found.since is not None:
        body |= {"missed": found.missed, "since": found.since.isoformat()}
    told = (*facts, Fact(name="planned", body=body))
    if due_at > at:
        made, waiting = advance(
            made,
            Move.WAIT,
            at=at,
            by=work.who.operator,
            rules=rules,
            reason=str(PLANNED_FOR_LATER),
            wake_at=due_at,
        )
        told = (*told, *waiting)
    return work.add(made, *told)
