"""Who may go to which order, whatever else he has: for all orders of a board at once."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, text

from store.domain.dispatch.crew import Prices, Stop, Wanted
from store.domain.dispatch.present import Task
from store.domain.dispatch.rules import bars
from store.domain.dispatch.things import parted
from store.domain.finding.grams import folded
from store.domain.lifecycle import VisitState
from store.persistence.mapping import VISIT
from store.persistence.tables import metadata
from store.queries.answers.lines import ORDERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.domain.dispatch.crew import Worker
    from store.persistence.reader import Reader

_KINDS, _SKILLS = metadata.tables["work_kind"], metadata.tables["skill"]

_Need = tuple[int | None, int, str]
"""A skill, its level and a certificate, folded."""


class Able:
    """Who may go to which order; orders that want the same share the answer."""

    def __init__(self, reader: Reader, workers: Sequence[Worker]) -> None:
        self._workers = workers
        self._kinds = _needs(reader)
        self._declined = _declined(reader)
        """By order, who has said no to it."""
        self._known: dict[Any, tuple[dict[int, float], dict[int, float]]] = {}
        wished = (worker.refused_by | worker.asked_for_by for worker in workers)
        self._choosy = frozenset[int]().union(*wished)
        self._prices = Prices()

    def task(self, row: Any, stop: Stop) -> Task:
        """The order with those who may go."""
        need = self._kinds.get(folded(row.kind.strip()), (None, 1, ""))
        customer = row.customer_id if row.customer_id in self._choosy else None
        key = need, row.needs, row.region_id, customer
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._who(need, row.needs, row.region_id, customer)
        able, own = known
        if row.number in self._declined:
            no = self._declined[row.number]
            others = {who: until for who, until in able.items() if who not in no}
            able = others if len(others) >= row.crew else able  # who said no is better than nobody
        holder, visit = getattr(row, "who", None), getattr(row, "visit", None)
        accepted = visit == VisitState.ACCEPTED.value
        return Task(stop=stop, holder=holder, accepted=accepted, able=able, own=own)

    def _who(
        self, need: _Need, things: str, region: int | None, customer: int | None
    ) -> tuple[dict[int, float], dict[int, float]]:
        skill, level, paper = need
        wanted = Wanted(
            stop=Stop(number=0, at=None, takes=0.0, due=inf, weight=1.0),
            region=region,
            customer=customer,
            skill=skill,
            level=level,
            paper=paper,
            needs=parted(things),
        )
        able: dict[int, float] = {}
        own: dict[int, float] = {}
        for worker in self._workers:
            if bars(worker, wanted):
                continue
            ends = worker.papers[paper] if paper else None
            able[worker.id] = inf if ends is None else ends
            abroad = None not in {worker.home, region} and worker.home != region
            cost = self._prices.territory if abroad else 0.0
            if customer in worker.asked_for_by:
                cost -= self._prices.asked_for
            if cost:
                own[worker.id] = cost
        return able, own


def _needs(reader: Reader) -> dict[str, _Need]:
    """By a kind of work, folded: what it takes; a kind that is a skill takes that."""
    found: dict[str, _Need] = {}
    for row in reader.conn.execute(select(_KINDS).order_by(_KINDS.c.id)):
        for word in (row.code, row.name):
            need = row.skill_id, row.level, folded(row.certificate)
            found.setdefault(folded(word), need)
    for row in reader.conn.execute(select(_SKILLS)):
        for word in (row.code, row.name):
            found.setdefault(folded(word), (row.id, 1, ""))
    found.pop("", None)
    return found


def _declined(reader: Reader) -> dict[int, set[int]]:
    """Who has declined which of the orders that are still to be done."""
    asked = select(VISIT.c.number, VISIT.c.technician_id).select_from(
        ORDERS.join(VISIT, VISIT.c.number == ORDERS.c.number)
    )
    no = VISIT.c.state == VisitState.DECLINED.value
    found: dict[int, set[int]] = {}
    for number, who in reader.conn.execute(asked.where(text("live = 1"), no)):
        found.setdefault(number, set()).add(who)
    return found
