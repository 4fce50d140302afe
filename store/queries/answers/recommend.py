"""Answers who should go to an order: its needs, the crew, and what the domain makes of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from math import ceil, inf
from typing import TYPE_CHECKING, Final, NamedTuple

from store.domain.advance import why_not
from store.domain.agreed import missed_for_it
from store.domain.crews import lacking
from store.domain.declines import said_no
from store.domain.dispatch.nearest import nobody_has
from store.domain.dispatch.overtime import are_late
from store.domain.dispatch.rules import Rule
from store.domain.dispatch.things import said
from store.domain.errors import NameUnknown
from store.domain.lifecycle import Move
from store.domain.locks import MOVING
from store.domain.moves_common import live_visits
from store.domain.pace import LIFE
from store.domain.replay import next_ms
from store.domain.starts import reckoned
from store.domain.words import N_
from store.persistence.figures import figures_of
from store.persistence.standings import places, stamps
from store.queries.answers.advised import advised
from store.queries.answers.card import seen_order
from store.queries.answers.crew import Everybody
from store.queries.answers.crew_stops import arrive_by
from store.queries.answers.crews import away_from
from store.queries.answers.lacking import lacks_of
from store.queries.answers.remembered import remembered
from store.queries.answers.scope import checked_limit
from store.queries.answers.staying import as_promised, meeting, staying
from store.queries.answers.there_now import not_there
from store.queries.answers.told_before import holds_still, marked
from store.queries.answers.usual_words import zone_at
from store.queries.answers.wanted import wanted_of
from store.queries.recommend import LeftOut, Recommendation, Recommended, Slipped

_TRIFLE: Final = timedelta(milliseconds=1)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from store.domain.dispatch.advice import Advice, Offer
    from store.domain.dispatch.crew import Stop, Wanted
    from store.domain.dispatch.fits import Slip
    from store.domain.dispatch.helps import Help
    from store.domain.dispatch.recommend import Crew
    from store.domain.dispatch.rules import Barred
    from store.domain.order import Visit
    from store.persistence.reader import Reader
    from store.queries.recommend import WhoGoes


def who_goes(reader: Reader, query: WhoGoes) -> Recommendation:
    """Everybody in sight is reckoned with, and all that he has to do, in sight or not."""
    if query.known is not None and holds_still(reader, query):
        return query.known
    limit = checked_limit(query.limit)
    order = seen_order(reader, query.number)
    refused = why_not(order, Move.ASSIGN, insist=True)
    if refused is not None:
        raise refused
    work = remembered(reader, figures_of(reader.conn).rest)
    times = work.times
    wanted = wanted_of(reader, order, times)
    them = Everybody(reader, wanted, work)
    own = wanted.stop
    absent = away_from(reader, (order.number,)) if order.crew > 1 else {}
    gone = tuple(absent.get(order.number, ()))
    whole, codes = not (lacking(order) or gone), frozenset(one.code for one in gone)
    wanted, meets = meeting(them, times, wanted, whole=whole, gone=codes)
    if query.about is not None and query.about not in them.workers:
        raise NameUnknown(what=N_("technician"), name=query.about)
    crew, advice = advised(them, times, wanted, query.about, limit)
    if meets.at is not None:
        advice = _as_promised(advice, own)
    helpless = not (advice.offers or advice.helps)
    others = {who: against for who, against in advice.barred.items() if who not in wanted.going}
    lacks = lacks_of(them, times, wanted, others if helpless else {})
    asked = (query.about,) if query.about is not None else ()
    people = {*(one.worker for one in advice.offers), *asked} if query.stamped else ()
    lies = places(reader.conn, reader.kind, (order.number,)) if query.stamped else {}
    stood = stamps(reader.conn, reader.kind, sorted(people), at=reader.at) if people else {}
    begun = any(visit.state in MOVING for visit in live_visits(order.visits))
    joined = _Joined(own, order.awaited_by, begun=begun) if wanted.going else None
    telling = _Telling(reader, them, wanted, stood, said_no(order), joined)
    holder, names = order.technician or 0, wanted.names
    found = Recommendation(
        at=reader.at,
        number=order.number,
        title=order.title,
        priority=order.priority,
        due_at=None if own.due == inf else telling.when(own.due),
        arrive_by=arrive_by(order, times.takes(order.kind, order.priority, order.takes_s)),
        takes=telling.lasts(wanted.stop.takes),
        place_known=them.travel.knows(wanted.stop.at, wanted.stop.site),
        skill=names.get("skill", ""),
        level=wanted.level,
        certificate=names.get("paper", ""),
        needs=said(wanted.needs),
        kind=order.kind,
        holder=None if holder not in them.workers else them.person(holder).code,
        offers=tuple(map(telling.offer, advice.offers)),
        able=advice.able,
        out=advice.counted(),
        helps=tuple(map(telling.help, advice.helps)),
        nobody=() if advice.offers else nobody_has(advice.barred.values()),
        nearest=tuple(telling.left_out(who, lacks.rules[who]) for who in lacks.nearest()),
        asked=_asked(query.about, crew, wanted, advice, telling),
        place=lies.get(order.number, ""),
        stays=None if wanted.going else staying(reader, them, times, wanted.stop, holder),
        of_sites=reader.who.scope.sites is not None,
        told=order.takes_s is not None,
        crew=order.crew,
        lacking=lacking(order),
        going=tuple(them.person(who) for who in sorted(wanted.going & them.workers.keys())),
        gone=gone,
        meets_at=None if meets.at is None else telling.when(meets.at),
        last=None if meets.last is None else them.person(meets.last).code,
        last_at=None if meets.last_at is None else telling.when(meets.last_at),
        zone_there=zone_at(reader, order.site),
        appointment_at=order.appointment_at,
        appointment_to=order.appointment_to,
        missed_for_it=missed_for_it(order),
        mark=marked(reader, query) if query.stamped else None,
    )
    work.remember()
    return found


def _asked(
    about: int | None, crew: Crew, wanted: Wanted, advice: Advice, telling: _Telling
) -> Recommended | LeftOut | None:
    """What there is to say of one technician."""
    if about is None:
        return None
    if about in advice.barred:
        return telling.left_out(about, (*advice.barred[about], *telling.not_there(about)))
    offer = crew.offer(about, wanted)
    if offer is None:
        return telling.left_out(about, (crew.full(about, wanted),))
    return telling.offer(offer)


def _as_promised(advice: Advice, own: Stop) -> Advice:
    """The same by what was promised; overtime helps nobody where that is kept without it."""
    found = replace(advice, offers=tuple(as_promised(one, own) for one in advice.offers))
    return replace(found, helps=()) if found.offers and not are_late(found) else found


class _Joined(NamedTuple):
    """An order that some have, who begin with whoever is found."""

    own: Stop
    """As it is promised."""
    awaited_by: datetime | None
    begun: bool

    def begin_at(self, start: datetime) -> datetime | None:
        """The start of all of them; none where that would be behind the appointment."""
        if self.awaited_by is None:
            return next_ms(start)
        return None if start - self.awaited_by > _TRIFLE else min(next_ms(start), self.awaited_by)


class _Telling:
    """Says with names and instants what the domain says with numbers and minutes."""

    def __init__(
        self,
        reader: Reader,
        them: Everybody,
        wanted: Wanted,
        stood: Mapping[int, str],
        no: Mapping[int, Visit],
        joined: _Joined | None,
    ) -> None:
        self._reader = reader
        self._them = them
        self._paper = wanted.paper
        self._awaited = wanted.stop.appointed is not None or bool(wanted.going)
        self._stood = stood
        self._no = no
        self._joined = joined
        self._crew = wanted.crew

    def when(self, minutes: float) -> datetime:
        """The instant that lies so many minutes ahead."""
        return self._reader.pace.after(self._reader.at, minutes)

    def lasts(self, minutes: float) -> timedelta:
        """How long so many minutes are at this desk."""
        return self._reader.pace.here(timedelta(minutes=minutes))

    def offer(self, offer: Offer) -> Recommended:
        """Somebody who may go."""
        if self._joined is not None:
            offer = as_promised(offer, self._joined.own)
        placed, no = offer.placed, self._no.get(offer.worker)
        after = placed.after if placed.after is not None and self._seen(placed.after) else None
        begins = offer.begins
        begin_at = None if begins is None else self._kept(self.when(begins))
        if self._joined is not None and not self._joined.begun:
            begin_at = self._joined.begin_at(self.when(placed.start))
        return Recommended(
            who=self._them.person(offer.worker),
            after=after,
            arrive_at=self.when(placed.start if self._awaited else placed.arrive),
            start_at=self.when(placed.start),
            done_at=self.when(placed.end),
            margin=None if offer.margin is None else self.lasts(offer.margin),
            score=offer.score.shared(self._reader.pace.speed),
            digits=0 if self._reader.pace == LIFE else 1,
            slips=tuple(map(self._slipped, placed.slips)),
            later=offer.later,
            parts=offer.parts,
            declined_at=None if no is None else no.ended_at,
            declined_why="" if no is None else no.outcome or "",
            away=next(iter(self.not_there(offer.worker)), None),
            stamp=self._stood.get(offer.worker, ""),
            begin_at=begin_at,
        )

    def _kept(self, at: datetime) -> datetime:
        """A start as it is kept: at that of several they wait for one another."""
        return next_ms(at) if self._crew > 1 else reckoned(at)

    def not_there(self, who: int) -> tuple[Barred, ...]:
        """That he is not there now, if he is not."""
        away = not_there(self._reader, self._them, who)
        return () if away is None else (away,)

    def help(self, help_: Help) -> LeftOut:
        """Somebody whom one rule alone keeps from it, and whether he is not there besides."""
        gone = self.not_there(help_.worker) if help_.gone else ()
        left, no = self.left_out(help_.worker, (help_.barred, *gone)), self._no.get(help_.worker)
        return replace(left, declined_at=None if no is None else no.ended_at)

    def left_out(self, who: int, barred: tuple[Barred, ...]) -> LeftOut:
        """Somebody who may not."""
        told = tuple(self._barred(who, one) for one in barred)
        return LeftOut(who=self._them.person(who), barred=told)

    def _barred(self, who: int, one: Barred) -> Barred:
        """With what is missing in the minutes of this desk, and until when something holds."""
        if one.rule is Rule.EXPIRED and (ends := self._them.workers[who].papers.get(self._paper)):
            return replace(one, facts={**one.facts, "until": self.when(ends)})
        if one.rule is Rule.ABSENT and (back := self._them.back_at(who)) is not None:
            return replace(one, facts={**one.facts, "until": back})
        if "over" not in one.facts:
            return one
        over = self.lasts(float(str(one.facts["over"]))) / timedelta(minutes=1)
        told = (
            {"arrive": self.when(float(str(one.facts["arrive"])))} if "arrive" in one.facts else {}
        )
        return replace(one, facts={**one.facts, **told, "over": ceil(over)})

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
