"""Plans in a write transaction: saved, stopped, called off for a day, and turned into orders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from store.domain.errors import PlanUnknown
from store.domain.facts import Fact
from store.persistence import journal, plans
from store.persistence.handover_work import HandoverWork
from store.persistence.plans import OCCURRENCE, PLAN, HeldPlan, held_plan
from store.persistence.statements import delete_by, insert_into, send, update_by

if TYPE_CHECKING:
    from datetime import date, datetime

    from store.domain.plans import Turn
    from store.persistence.statements import Values


class PlanWork(HandoverWork):
    """Facts of plans are the desk's own, but for the one in the story of the order made."""

    def plan(self, plan: int) -> HeldPlan:
        """A plan by its id, locked until the end; PlanUnknown outside the asker's sites."""
        self.hold_promises()
        journal.hold_desk(self.conn, self.kind)
        held = self._locked_plan(plan, skip=False)
        if held is None or not self.who.scope.covers(held.row.site_id):
            raise PlanUnknown(plan=plan)
        return held

    def claim_plan(self, plan: int) -> HeldPlan | None:
        """A plan that goes on, to make an order of it; None while another process holds it."""
        self.hold_promises()
        held = self._locked_plan(plan, skip=True)
        if held is None or held.row.paused_at or held.row.ended_at:
            return None
        return held

    def add_plan(self, values: Values) -> int:
        """A new plan; its id."""
        self.hold_promises()
        journal.hold_desk(self.conn, self.kind)
        row = {**values, "made_by": self.who.operator, "made_at": self.at, "begin_at": self.at}
        made = self.conn.execute(insert_into(PLAN), row).inserted_primary_key
        return int(made[0]) if made is not None else 0

    def change_plan(self, plan: int, **values: Any) -> None:
        """Change some columns of a plan."""
        row = {"k_id": plan, **{f"v_{name}": value for name, value in values.items()}}
        send(self.conn, update_by(PLAN, ("id",), tuple(values)), [row])

    def aim_plan(self, plan: int) -> HeldPlan:
        """Aim at the next occurrence as the plan is now; the plan as it lies there then."""
        held = self._read_plan(plan)
        self.change_plan(plan, **plans.derived(held), tries=0, trouble=None)
        return self._read_plan(plan)

    def fail_plan(self, plan: int, trouble: str, retry_at: datetime) -> None:
        """It could not be made; it is tried again then."""
        tries = self.plan_tries(plan) + 1
        self.change_plan(plan, trouble=trouble, aim_at=retry_at, tries=tries)

    def plan_tries(self, plan: int) -> int:
        """How often in a row it could not be made."""
        asked = select(PLAN.c.tries).where(PLAN.c.id == plan)
        return self.conn.execute(asked).scalar_one() or 0

    def call_off(self, plan: int, day: date) -> bool:
        """This occurrence is not made; False where it was made, or called off already."""
        known = select(OCCURRENCE.c.day).where(
            OCCURRENCE.c.plan_id == plan, OCCURRENCE.c.day == day.isoformat()
        )
        if self.conn.execute(known).first() is not None:
            return False
        row = {"plan_id": plan, "day": day.isoformat(), "by": self.who.operator, "at": self.at}
        send(self.conn, insert_into(OCCURRENCE), [row])
        return True

    def call_on(self, plan: int, day: date) -> bool:
        """It is made after all; False where it was not called off."""
        known = select(OCCURRENCE.c.day).where(
            OCCURRENCE.c.plan_id == plan,
            OCCURRENCE.c.day == day.isoformat(),
            OCCURRENCE.c.due_day.is_(None),
        )
        if self.conn.execute(known).first() is None:
            return False
        row = {"k_plan_id": plan, "k_day": day.isoformat()}
        send(self.conn, delete_by(OCCURRENCE, ("plan_id", "day")), [row])
        return True

    def plan_came(self, held: HeldPlan, turn: Turn, number: int) -> None:
        """An order was made for an occurrence: kept under its day, so that it never is again."""
        self.flush()  # the order's row comes first
        came, plan = turn.occurrence, held.row.id
        row = {
            "plan_id": plan,
            "day": came.day.isoformat(),
            "due_day": came.due_day.isoformat(),
            "due_at": came.due_at,
            "number": number,
            "missed": turn.missed,
            "missed_since": turn.since and turn.since.isoformat(),
            "by": self.who.operator,
            "at": self.at,
        }
        send(self.conn, insert_into(OCCURRENCE), [row])
        self.change_plan(
            plan,
            floor_day=row["day"],
            floor_due=row["due_day"],
            last_number=number,
            made=held.row.made + 1,
        )
        self.aim_plan(plan)

    def tell_plan(
        self, fact: str, plan: int, body: Values, words: dict[str, str] | None = None
    ) -> None:
        """Journal what became of a plan."""
        self.record(Fact(name=fact, body={"plan": plan, **body}, words=words))

    def mend_plans(self, ids: tuple[int, ...]) -> None:
        """Aim again at what some plans come to next."""
        for plan in sorted(ids):
            self.plan(plan)
            self.aim_plan(plan)

    def _locked_plan(self, plan: int, *, skip: bool) -> HeldPlan | None:
        lock = select(PLAN.c.id).where(PLAN.c.id == plan).with_for_update(skip_locked=skip)
        if self.conn.execute(lock).scalar_one_or_none() is None:
            return None
        return self._read_plan(plan)

    def _read_plan(self, plan: int) -> HeldPlan:
        asked = select(*plans.WHOLE).select_from(plans.SOURCE).where(PLAN.c.id == plan)
        row = self.conn.execute(asked).one()
        return held_plan(row, plans.called_off(self.conn, [plan]).get(plan, ()))
