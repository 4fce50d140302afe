"""What an order takes, and by when: what it is that somebody is to be found for."""

from __future__ import annotations

from functools import cache
from math import inf
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select

from store.domain.crews import lacking
from store.domain.declines import said_no
from store.domain.dispatch.crew import WEIGHTS, Stop, Wanted
from store.domain.dispatch.things import parted
from store.domain.finding.grams import folded
from store.domain.lifecycle import State
from store.domain.moves_common import live_visits
from store.domain.words import N_
from store.persistence.bars import needs_of
from store.persistence.tables import metadata
from store.queries.answers.crew_stops import due_of, minutes_to
from store.queries.answers.lines import CUSTOMERS, SITES, TECHNICIANS
from store.queries.answers.usually_went import usually_went

if TYPE_CHECKING:
    from sqlalchemy import Select, Table

    from store.domain.order import WorkOrder
    from store.persistence.reader import Reader
    from store.queries.answers.usual_times import UsualTimes

REGIONS, OPERATORS = metadata.tables["region"], metadata.tables["operator"]


def going_of(order: WorkOrder) -> frozenset[int]:
    """Those who have it, where it takes several: whoever is found begins with them."""
    held = frozenset(visit.technician for visit in live_visits(order.visits))
    return held if order.crew > 1 else frozenset()


def wanted_of(reader: Reader, order: WorkOrder, times: UsualTimes) -> Wanted:
    """What an order takes, and what it is worth that it is done in time."""
    takes = times.takes(order.kind, order.priority, order.takes_s)
    due = due_of(order, takes)
    site = _row(reader, SITES, order.site)
    customer = _row(reader, CUSTOMERS, order.customer)
    place = None if site is None or None in {site.latitude, site.longitude} else site
    wake_at = order.wake_at if order.state is State.WAITING else None
    meet_at = order.appointment_at
    appointed = None if meet_at is None else minutes_to(reader, meet_at)
    opens = None if wake_at is None else max(0.0, minutes_to(reader, wake_at))
    if appointed is not None:
        opens = max(appointed, opens or appointed)
    region = None if site is None else _row(reader, REGIONS, site.region_id)
    skill, level, paper = needs_of(reader.conn, order.kind)
    locked = order.locked_by is not None
    going, held = going_of(order), [visit.technician for visit in live_visits(order.visits)]
    beside = lacking(order) > 0  # who goes beside them takes it from nobody
    keepers = () if beside or not locked else held
    names = {
        "skill": "" if skill is None else skill.name,
        "paper": paper,
        "region": "" if region is None else region.name,
        "customer": "" if customer is None else customer.name,
        **_locked(reader, order),
    }
    return Wanted(
        stop=Stop(
            number=order.number,
            at=None if place is None else (place.latitude, place.longitude),
            site=order.site,
            takes=minutes_to(reader, reader.at + takes),
            due=inf if due is None else minutes_to(reader, due),
            weight=WEIGHTS.get(order.priority, 1.0),
            ready=max(0.0, opens or 0.0),
            planned=opens,
            appointed=appointed,
        ),
        region=None if region is None else region.id,
        customer=order.customer,
        skill=None if skill is None else skill.id,
        crew=order.crew,
        level=level,
        paper=folded(paper),
        needs=parted(order.needs),
        holder=order.technician,
        declined=frozenset(said_no(order)),
        usual=usually_went(reader, order.customer),
        locked_to=frozenset(keepers),
        going=going,
        names=names,
    )


def _locked(reader: Reader, order: WorkOrder) -> dict[str, str]:
    """By whom it is locked, and to whom."""
    if order.locked_by is None:
        return {}
    by, holder = (
        _row(reader, OPERATORS, order.locked_by),
        _row(reader, TECHNICIANS, order.technician),
    )
    to: str = "" if holder is None else holder.name
    sites = reader.who.scope.sites
    if holder is not None and sites is not None and holder.home_site_id not in {None, *sites}:
        to = N_("somebody of another site")
    return {"locked_by": "" if by is None else by.name, "locked_to": to}


def _row(reader: Reader, table: Any, entry: int | None) -> Any:
    if entry is None:
        return None
    return reader.conn.execute(_entry(table), {"entry": entry}).one_or_none()


@cache
def _entry(table: Table) -> Select[Any]:
    return select(table).where(table.c.id == bindparam("entry"))
