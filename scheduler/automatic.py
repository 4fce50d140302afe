"""Automatic dispatch: orders that nobody has, looked at beside the sweeps, one a transaction.

They are not among the timers of orders: a desk that dispatches nothing by itself plans none more.
An order's row and what was found for it say whether it was looked at, so any number of processes
may look at once.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from store.domain.declines import asked_already
from store.domain.dispatch.automatic import Candidate, decide, is_asked_for
from store.domain.errors import OrderUnknown, Refusal, Stale, StoreRaced, StoreTrouble
from store.domain.moves_common import live_visits
from store.domain.replay import epoch_ms
from store.domain.who import THE_DESK
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from store.domain.dispatch.automatic import Decision, Setting
    from store.domain.order import WorkOrder
    from store.persistence.work import Work
    from store.queries.recommend import Recommendation, Recommended
    from store.records import Records

log = logging.getLogger(__name__)

LOOK = 2
"""Orders of one look, so that alarms have their turn in between; those left have the next."""
WEIGHED = 5
"""So many of those who were not asked yet are weighed, the best of all."""
WHOLE = timedelta(minutes=5)
"""How often every order is looked through, whatever the journal tells."""
LATER = timedelta(minutes=5)
"""When an order is looked at again that could not be looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What one look did."""

    on: bool
    """Whether the desk dispatches anything by itself."""
    more: bool = False
    """Whether orders are left for the next look."""
    mark: str = ""
    """How far the journal was then; empty where every order is to be looked through again."""
    whole_at: datetime | None = None
    """When every order was looked through last."""


def dispatch_waiting(records: Records, *, at: datetime, after: Looked | None = None) -> Looked:
    """Propose or send somebody for some of the orders that want it by `at`.

    `after` a look that left none, only those are looked through that have changed since, or whose
    time has come; now and then all of them all the same.
    """
    from store.queries.automatic import ToDispatch

    whole_at = None if after is None or not after.mark else after.whole_at
    since = "" if after is None or whole_at is None or abs(at - whole_at) >= WHOLE else after.mark
    waiting = records.ask(ToDispatch(limit=LOOK + 1, since=since), who=THE_DESK, at=at)
    if waiting is None:
        return Looked(on=False)
    done = [_look_at(records, number, at) for number in waiting.numbers[:LOOK]]
    more = len(waiting.numbers) > LOOK
    mark = waiting.mark if all(done) and not more else ""
    return Looked(on=True, more=more, mark=mark, whole_at=at if waiting.whole else whole_at)


def _look_at(records: Records, number: int, at: datetime) -> bool:
    """One order; a fault of one is put off and keeps no other from its turn.

    Whether it had its turn: what has just changed is seen as it is by the next look.
    """
    try:
        return _dispatch(records, number, at)
    except Exception as error:
        if isinstance(error, (Stale, StoreRaced, OrderUnknown)):
            return False
        if isinstance(error, StoreTrouble):
            raise
        if not isinstance(error, Refusal):
            log.exception(N_("nobody could be found for order %d; it is tried again"), number)
        with records.work(who=THE_DESK, at=at) as work:
            work.look_later(number, look_at=at + LATER)
        return True


def _dispatch(records: Records, number: int, at: datetime) -> bool:
    """All of it in one transaction: nobody else sends anybody meanwhile by itself."""
    from store.commands.automatic import ANEW, propose, send  # most desks dispatch by hand
    from store.queries.automatic import ModeFor
    from store.queries.recommend import WhoGoes

    with records.work(who=THE_DESK, at=at) as work:
        work.send_alone()
        order = work.order(number)
        if work.is_borne(order):
            work.drop_nominee(number)
            return True
        if not work.waits_for_somebody(number):
            return True
        # Asked after the hold: whoever said "off" has either been heard, or waits for us.
        setting = records.ask(ModeFor(number=number), who=THE_DESK, at=at)
        if setting is None or not is_asked_for(order, setting, at=at):
            work.look_later(number, look_at=_next_look(order, setting, at, ANEW))
            return True
        most = WEIGHED + len(asked_already(order))
        asked = WhoGoes(number=number, limit=most, stamped=True)
        found = records.ask(asked, who=THE_DESK, at=at)
        decision = _decision(work, order, found, setting)
        if decision is not None and not _stands_so(work, order, found, decision):
            return False
        work.is_command = decision is not None and decision.acts
        told = _told(found, decision, setting)
        if decision is None or not decision.acts:
            propose(work, order, decision, told)
        else:
            accept_by = at + timedelta(seconds=setting.accept_s)
            best = next(one for one in found.offers if one.who.id == decision.best.worker)
            send(work, order, decision, told, start_at=best.begin_at, accept_by=accept_by)
    return True


def _stands_so(work: Work, order: WorkOrder, found: Recommendation, decision: Decision) -> bool:
    """Whether he who is to go stands as he did when that was reckoned; he stays so until the end.

    Locked with those who have the order: all whose visits may be written.
    """
    best = next(one for one in found.offers if one.who.id == decision.best.worker)
    held = (visit.technician for visit in live_visits(order.visits))
    return work.stamps({best.who.id, *held}, at=found.at)[best.who.id] == best.stamp


def _next_look(
    order: WorkOrder, setting: Setting | None, at: datetime, anew: timedelta
) -> datetime:
    """When an order may want somebody that wants nobody now."""
    asked = [visit.assigned_at for visit in order.visits]
    if setting is None or order.technician is None or not asked:
        return at + anew
    accept = timedelta(seconds=setting.accept_s)
    return max(at + timedelta(seconds=1), min(at + anew, asked[-1] + accept))


def _decision(
    work: Work, order: WorkOrder, found: Recommendation, setting: Setting
) -> Decision | None:
    before = work.nominee(order)
    sent = before is not None and before.sent
    offers = list(map(_candidate, found.offers))
    held = None if before is None else before.technician
    return decide(order, offers, setting, sent=sent, held=held)


def _candidate(one: Recommended) -> Candidate:
    return Candidate(
        worker=one.who.id,
        cost=one.score.total,
        urgent_late=one.urgent_late,
        late=one.margin is not None and one.margin < timedelta(0),
        later=one.later,
    )


def _told(
    found: Recommendation, decision: Decision | None, setting: Setting
) -> Mapping[str, dict[str, Any]]:
    """What journal and row keep of it: the parts of the cost, and by how much he is the best."""
    if decision is None:
        return {"body": {}, "row": {}}
    best = next(one for one in found.offers if one.who.id == decision.best.worker)
    told = _reasons(best, decision)
    left = None if best.margin is None else int(best.margin.total_seconds())
    arrives = {"arrive_at": epoch_ms(best.arrive_at), "left_s": left}
    why = {} if decision.why is None else {"why": decision.why.value}
    return {
        "body": {"mode": setting.mode.value, **told, **arrives, **why},
        "row": {"arrive_at": best.arrive_at, "left_s": left, "told": told},
    }


def _reasons(best: Recommended, decision: Decision) -> dict[str, Any]:
    from dataclasses import asdict

    parts = {name: round(value, 1) for name, value in asdict(best.score).items() if round(value, 1)}
    told: dict[str, Any] = {"cost": round(best.score.total, 1), "parts": parts}
    if decision.next is not None and decision.gap is not None:
        told |= {"next": decision.next.worker, "gap": round(decision.gap, 1)}
    return told
