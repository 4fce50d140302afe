"""Answers who should go to an order: its needs, the crew, and what the domain makes of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from math import ceil, inf
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select

from store.domain.advance import why_not
from store.domain.dispatch.crew import WEIGHTS, Stop, Wanted
from store.domain.dispatch.nearest import least_lacking, nobody_has
from store.domain.dispatch.recommend import HELPED, Crew
from store.domain.dispatch.rules import Rule, standing_bars
from store.domain.dispatch.things import parted, said
from store.domain.errors import NameUnknown
from store.domain.finding.grams import folded
from store.domain.lifecycle import Move, State, VisitState
from store.domain.moves_common import live_visits
from store.domain.pace import LIFE
from store.domain.words import N_
from store.persistence.bars import needs_of
from store.persistence.mapping import VISIT
from store.persistence.standings import places, stamps
from store.persistence.tables import metadata
from store.queries.answers.caller_card import LOOKED_AT
from store.queries.answers.card import seen_order
from store.queries.answers.crew import Everybody
from store.queries.answers.crew_stops import due_of, minutes_to
from store.queries.answers.forecast import UsualTimes
from store.queries.answers.lacking import lacks_of
from store.queries.answers.lines import CUSTOMERS, ORDERS, SITES, TECHNICIANS
from store.queries.answers.scope import checked_limit, within
from store.queries.recommend import LeftOut, Recommendation, Recommended, Slipped

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from store.domain.dispatch.fits import Slip
    from store.domain.dispatch.recommend import Advice, Offer
    from store.domain.dispatch.rules import Barred
    from store.domain.order import WorkOrder
    from store.persistence.reader import Reader
    from store.queries.recommend import WhoGoes

REGIONS, OPERATORS = metadata.tables["region"], metadata.tables["operator"]


def who_goes(reader: Reader, query: WhoGoes) -> Recommendation:
    """Everybody in sight is reckoned with, and all that he has to do, in sight or not."""
    limit = checked_limit(query.limit)
    order = seen_order(reader, query.number)
    refused = why_not(order, Move.ASSIGN, insist=True)
    if refused is not None:
        raise refused
    times = UsualTimes(reader)
    wanted = wanted_of(reader, order, times)
    them = Everybody(reader, wanted)
    if query.about is not None and query.about not in them.workers:
        raise NameUnknown(what=N_("technician"), name=query.about)
    crew, advice = _advised(them, times, wanted, query.about, limit)
    helpless = not (advice.offers or advice.helps)
    lacks = lacks_of(them, times, wanted, advice.barred) if helpless else {}
    asked = (query.about,) if query.about is not None else ()
    people = {*(one.worker for one in advice.offers), *asked} if query.stamped else ()
    stood = stamps(reader.conn, reader.kind, sorted(people), at=reader.at) if people else {}
    telling = _Telling(reader, them, wanted.paper, stood)
    holder = order.technician or 0
    names = wanted.names
    return Recommendation(
        at=reader.at,
        number=order.number,
        title=order.title,
        priority=order.priority,
        due_at=None if wanted.stop.due == inf else telling.when(wanted.stop.due),
        takes=telling.lasts(wanted.stop.takes),
        place_known=them.travel.knows(wanted.stop.at, wanted.stop.site),
        skill=names.get("skill", ""),
        level=wanted.level,
        certificate=names.get("paper", ""),
        needs=said(wanted.needs),
        holder=None if holder not in them.workers else them.people[holder].code,
        offers=tuple(map(telling.offer, advice.offers)),
        able=advice.able,
        out=advice.counted(),
        helps=tuple(telling.left_out(one.worker, (one.barred,)) for one in advice.helps),
        nobody=() if advice.offers else nobody_has(advice.barred.values()),
        nearest=tuple(telling.left_out(who, lacks[who]) for who in least_lacking(lacks)),
        asked=_asked(query.about, crew, wanted, advice, telling),
        place=_place(reader, order.number) if query.stamped else "",
    )


def _advised(
    them: Everybody, times: UsualTimes, wanted: Wanted, about: int | None, limit: int
) -> tuple[Crew, Advice]:
    """Only of those who come into question is read what they have to do.

    Where nobody may go it is read also of those whom one rule keeps away that can be helped.
    """
    barred = {who: standing_bars(worker, wanted) for who, worker in them.workers.items()}
    some = [who for who, against in barred.items() if not against or who == about]
    busy = them.busy(times, some, but=wanted.stop.number)
    crew = Crew(busy, them.travel)
    advice = crew.recommend(wanted, most=limit)
    if not advice.offers:
        more = [who for who, against in barred.items() if _helped(against) and who != about]
        crew = Crew([*busy, *them.busy(times, more, but=wanted.stop.number)], them.travel)
        advice = crew.recommend(wanted, most=limit)
    left = {who: against for who, against in barred.items() if who not in crew.workers}
    return crew, replace(advice, barred={**advice.barred, **left})


def _helped(against: tuple[Barred, ...]) -> bool:
    return len(against) == 1 and against[0].rule in HELPED


def _place(reader: Reader, number: int) -> str:
    return places(reader.conn, reader.kind, (number,)).get(number, "")


def _asked(
    about: int | None, crew: Crew, wanted: Wanted, advice: Advice, telling: _Telling
) -> Recommended | LeftOut | None:
    """What there is to say of one technician."""
    if about is None:
        return None
    if about in advice.barred:
        return telling.left_out(about, advice.barred[about])
    offer = crew.offer(about, wanted)
    return None if offer is None else telling.offer(offer)


class _Telling:
    """Says with names and instants what the domain says with numbers and minutes."""

    def __init__(
        self, reader: Reader, them: Everybody, paper: str, stood: Mapping[int, str]
    ) -> None:
        self._reader = reader
        self._them = them
        self._paper = paper
        self._stood = stood

    def when(self, minutes: float) -> datetime:
        """The instant that lies so many minutes ahead."""
        return self._reader.pace.after(self._reader.at, minutes)

    def lasts(self, minutes: float) -> timedelta:
        """How long so many minutes are at this desk."""
        return self._reader.pace.here(timedelta(minutes=minutes))

    def offer(self, offer: Offer) -> Recommended:
        """Somebody who may go."""
        placed = offer.placed
        after = placed.after if placed.after is not None and self._seen(placed.after) else None
        return Recommended(
            who=self._them.people[offer.worker],
            after=after,
            arrive_at=self.when(placed.arrive),
            start_at=self.when(placed.start),
            done_at=self.when(placed.end),
            margin=None if offer.margin is None else self.lasts(offer.margin),
            score=offer.score.shared(self._reader.pace.speed),
            digits=0 if self._reader.pace == LIFE else 1,
            slips=tuple(map(self._slipped, placed.slips)),
            later=offer.later,
            parts=offer.parts,
            stamp=self._stood.get(offer.worker, ""),
        )

    def left_out(self, who: int, barred: tuple[Barred, ...]) -> LeftOut:
        """Somebody who may not."""
        told = tuple(self._barred(who, one) for one in barred)
        return LeftOut(who=self._them.people[who], barred=told)

    def _barred(self, who: int, one: Barred) -> Barred:
        """With what is missing in the minutes of this desk, and until when something holds."""
        if one.rule is Rule.EXPIRED and (ends := self._them.workers[who].papers.get(self._paper)):
            return replace(one, facts={**one.facts, "until": self.when(ends)})
        if one.rule is Rule.ABSENT and (back := self._them.back_at(who)) is not None:
            return replace(one, facts={**one.facts, "until": back})
        if "over" not in one.facts:
            return one
        over = self.lasts(float(str(one.facts["over"]))) / timedelta(minutes=1)
        return replace(one, facts={**one.facts, "over": ceil(over)})

    def _slipped(self, slip: Slip) -> Slipped:
        held = self._them.held[slip.number]
        seen = self._seen(slip.number)
        return Slipped(
            number=slip.number if seen else None,
            title=held.title if seen else "",
            priority=held.priority,
            later=self.lasts(slip.later),
            late_before=self.lasts(slip.late_before),
            late=self.lasts(slip.late),
        )

    def _seen(self, number: int) -> bool:
        return self._reader.who.scope.covers(self._them.held[number].site)


def wanted_of(reader: Reader, order: WorkOrder, times: UsualTimes) -> Wanted:
    """What an order takes, and what it is worth that it is done in time."""
    takes = times.of(order.kind, order.priority)
    due = due_of(order.clocks, takes)
    site = _row(reader, SITES, order.site)
    customer = _row(reader, CUSTOMERS, order.customer)
    place = None if site is None or None in {site.latitude, site.longitude} else site
    wakes = order.wake_at if order.state is State.WAITING else None
    region = None if site is None else _row(reader, REGIONS, site.region_id)
    skill, level, paper = needs_of(reader.conn, order.kind)
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
            ready=0.0 if wakes is None else max(0.0, minutes_to(reader, wakes)),
        ),
        region=None if region is None else region.id,
        customer=order.customer,
        skill=None if skill is None else skill.id,
        level=level,
        paper=folded(paper),
        needs=parted(order.needs),
        holder=order.technician,
        usual=_usual(reader, order.customer),
        locked_to=_keepers(order),
        names=names,
    )


def _keepers(order: WorkOrder) -> frozenset[int]:
    """Those to whom it is locked."""
    held = live_visits(order.visits) if order.locked_by is not None else ()
    return frozenset(visit.technician for visit in held)


def _locked(reader: Reader, order: WorkOrder) -> dict[str, str]:
    """By whom it is locked, and to whom."""
    if order.locked_by is None:
        return {}
    by, holder = (
        _row(reader, OPERATORS, order.locked_by),
        _row(reader, TECHNICIANS, order.technician),
    )
    return {"locked_by": "" if by is None else by.name, "locked_to": holder.name if holder else ""}


def _usual(reader: Reader, customer: int | None) -> int | None:
    """Who mostly went to the customer, of equals the lowest number; None for fewer than two."""
    if customer is None:
        return None
    last = (
        select(ORDERS.c.number)
        .where(ORDERS.c.customer_id == bindparam("customer"), within(reader, ORDERS.c.site_id))
        .order_by(ORDERS.c.number.desc())
        .limit(LOOKED_AT)
        .subquery()
    )
    asked = (
        select(VISIT.c.technician_id)
        .join(last, last.c.number == VISIT.c.number)
        .where(VISIT.c.state == VisitState.DONE.value)
    )
    went = Counter(reader.conn.execute(asked, {"customer": customer}).scalars())
    if not went:
        return None
    who, times = min(went.items(), key=lambda one: (-one[1], one[0]))
    return who if times > 1 else None


def _row(reader: Reader, table: Any, entry: int | None) -> Any:
    if entry is None:
        return None
    return reader.conn.execute(select(table).where(table.c.id == entry)).one_or_none()
