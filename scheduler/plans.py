"""Orders from plans: looked for beside the sweeps, and made one a transaction.

They are not among the timers of orders, since there is no order yet: a plan's row is its own timer,
and its occurrences are unique, so that any number of processes may look at once.
"""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING

from scheduler.aside import retry_after
from store.domain.errors import StoreRaced, StoreTrouble
from store.domain.who import THE_DESK
from store.domain.words import N_

if TYPE_CHECKING:
    from datetime import datetime

    from store.records import Records

log = logging.getLogger(__name__)

LOOK = 50
"""Plans of one look, and orders of one plan in it; those left have the next."""


def make_due(records: Records, *, at: datetime) -> int:
    """Make every order that plans are due for by `at`; how many."""
    return sum(_make(records, plan, at) for plan in records.plans_due(at=at, limit=LOOK))


def _make(records: Records, plan: int, at: datetime) -> int:
    """Of one plan all that is due; a fault of one is put off and keeps no other from its turn.

    Who lost a race looks again at once, and finds what the other one has made.
    """
    made = 0
    try:
        while made < LOOK and records.again(partial(_made_one, records, plan, at)):
            made += 1
    except Exception as error:
        if isinstance(error, StoreTrouble) and not isinstance(error, StoreRaced):
            raise
        log.exception(N_("no order could be made of plan %d; it is tried again"), plan)
        with records.work(who=THE_DESK, at=at) as work:
            told = f"{type(error).__name__}: {error}"[:500]
            work.fail_plan(plan, told, at + retry_after(work.plan_tries(plan)))
    return made


def _made_one(records: Records, plan: int, at: datetime) -> bool:
    from store.commands.planned import make_planned  # most desks have no plan that is due

    with records.work(who=THE_DESK, at=at) as work:
        return make_planned(work, plan) is not None
