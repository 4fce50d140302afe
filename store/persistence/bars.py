"""What keeps a technician from an order whatever his day looks like, as a writer sees it."""

from __future__ import annotations

from datetime import timedelta
from math import inf
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from store.domain.dispatch.crew import Stop, Wanted, Worker
from store.domain.dispatch.papers import papers_of
from store.domain.dispatch.rules import standing_bars
from store.domain.dispatch.things import parted
from store.domain.finding.grams import folded
from store.domain.moves_common import live_visits
from store.persistence import people_state
from store.persistence.standings import standings
from store.persistence.tables import metadata

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from store.domain.dispatch.rules import Barred
    from store.domain.order import WorkOrder
    from store.persistence.standings import Standing
    from store.persistence.transaction import Transaction

KINDS, SKILLS, SITES, REGIONS, CUSTOMERS, TECHNICIANS = (
    metadata.tables[name]
    for name in ("work_kind", "skill", "site", "region", "customer", "technician")
)
_SKILLS, _KINDS = select(SKILLS), select(KINDS).order_by(KINDS.c.id)


def bars_of(work: Transaction, order: WorkOrder, technician: int) -> tuple[Barred, ...]:
    """The rules that sending him would break; to whom it is locked is seen when he is sent.

    He and those who have the order are locked first, all that will be written about: nothing of it
    changes until he is sent.
    """
    held = {visit.technician for visit in live_visits(order.visits)}
    people_state.hold(work.conn, {technician, *held})
    him = standings(work.conn, work.kind, [technician], at=work.at)[technician]
    return standing_bars(_worker(work, him), _wanted(work, order))


def carried(conn: Connection) -> frozenset[str]:
    """Tools and parts that anybody has with him."""
    asked = select(TECHNICIANS.c.carries).where(TECHNICIANS.c.active == 1).distinct()
    return frozenset(one for kept in conn.execute(asked).scalars() for one in parted(kept))


def needs_of(conn: Connection, kind: str) -> tuple[Any, int, str]:
    """The skill, its level and the certificate that a kind of work takes."""
    meant = folded(kind.strip())
    skills = conn.execute(_SKILLS).all()
    for row in conn.execute(_KINDS):
        if meant and meant in {folded(row.code), folded(row.name)}:
            skill = next((one for one in skills if one.id == row.skill_id), None)
            return skill, row.level, row.certificate
    named = (one for one in skills if meant and meant in {folded(one.code), folded(one.name)})
    return next(named, None), 1, ""


def _worker(work: Transaction, him: Standing) -> Worker:
    return Worker(
        id=him.row.id,
        off=him.row.state == "off",
        skills=him.skills,
        papers=papers_of(
            (name, None if ends is None else (ends - work.at) / timedelta(minutes=1))
            for name, ends in him.papers
        ),
        carries=parted(him.row.carries),
        regions=frozenset(him.regions),
        refused_by=frozenset(customer for customer, wish in him.wishes.items() if wish == -1),
    )


def _wanted(work: Transaction, order: WorkOrder) -> Wanted:
    skill, level, paper = needs_of(work.conn, order.kind)
    place = select(REGIONS.c.id, REGIONS.c.name).join(SITES, SITES.c.region_id == REGIONS.c.id)
    region = work.conn.execute(place.where(SITES.c.id == order.site)).one_or_none()
    called = select(CUSTOMERS.c.name).where(CUSTOMERS.c.id == order.customer)
    return Wanted(
        stop=Stop(number=order.number, at=None, takes=0.0, due=inf, weight=0.0),
        region=None if region is None else region.id,
        customer=order.customer,
        skill=None if skill is None else skill.id,
        level=level,
        paper=folded(paper),
        needs=parted(order.needs),
        names={
            "skill": "" if skill is None else skill.name,
            "paper": paper,
            "region": "" if region is None else region.name,
            "customer": work.conn.execute(called).scalar_one_or_none() or "",
        },
    )
