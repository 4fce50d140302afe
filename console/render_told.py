"""What the desk was told of an order's work, in words: how long, how many, for when; pure."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from console.i18n import _, _n, coded, fill
from console.render_crews import away_said
from console.render_time import here, span
from console.told_words import TurnedRound, parse_appointment, window_of
from console.whens import Passed, coming, in_full
from console.zones import called, zone_named
from store.domain.agreed import missed_for_it
from store.domain.crews import lacking
from store.domain.errors import BadInput
from store.domain.moves_common import live_visits
from store.domain.targets import CLOCK_LABELS, ClockKind
from store.domain.waivers import is_moved
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime, tzinfo

    from console.looks import Parts
    from store.domain.order import Clock
    from store.queries.card import Card


def takes_said(seconds: int | None) -> str:
    """How long the work takes, as the desk was told; empty where it was not."""
    return "" if seconds is None else span(timedelta(seconds=seconds))


def appointment_said(
    begins: datetime | None,
    ends: datetime | None,
    zone: tzinfo | None,
    *,
    at: datetime | None,
    there: str = "",
) -> str:
    """The moment or the window that the customer was promised; empty where he was not.

    By his clock, that of the zone `there`, with the desk's behind it where they differ.
    The date is left out where it is that of the instant `at`, and so is the year.
    """
    if begins is None:
        return ""
    his = zone_named(there, zone)
    said = _from_to(begins, ends, his, at)
    if not differ(begins, his, zone):
        return said
    by_ours = _from_to(begins, ends, zone, at)
    return _("{time} {zone} ({here} here)").format(
        time=said, zone=called(his, begins), here=by_ours
    )


def appointment_meant(
    begins: datetime, ends: datetime | None, zone: tzinfo | None, *, at: datetime, there: str = ""
) -> str:
    """The same while it is typed: with its day and its zone in any case."""
    his = zone_named(there, zone)
    # Where it is another day already, a word such as tomorrow would not say whose.
    same_day = here(at, his).date() == here(at, zone).date()
    said = in_full(begins, his, at=at) if same_day else f"{here(begins, his):%Y-%m-%d %H:%M}"
    if ends is not None:
        same = here(begins, his).date() == here(ends, his).date()
        said += "-" + (f"{here(ends, his):%H:%M}" if same else in_full(ends, his, at=at))
    said = f"{said} {called(his, begins)}"
    if not differ(begins, his, zone):
        return said
    return _("{time} ({here} here)").format(time=said, here=_from_to(begins, ends, zone, at))


def promise_stays(due: datetime, zone: tzinfo | None, *, at: datetime) -> str:
    """That a promise to resolve is over before the appointment, and is kept by it."""
    said = _("the promise to resolve, {due}, comes before the appointment and stays")
    return said.format(due=coming(due, zone, at=at))


def promises_said(
    stays: datetime | None, gives_way: datetime | None, zone: tzinfo | None, *, at: datetime
) -> str:
    """The promises that are over before an appointment: to resolve and to arrive; else nothing."""
    said = [promise_stays(stays, zone, at=at)] if stays is not None else []
    if gives_way is not None:
        said.append(arrival_gives_way(gives_way, zone, at=at))
    return _("; ").join(said)


def arrival_gives_way(due: datetime, zone: tzinfo | None, *, at: datetime) -> str:
    """That a promise to arrive is over before the appointment, which counts instead."""
    said = _("the promise to arrive, {due}, comes before the appointment and gives way to it")
    return said.format(due=coming(due, zone, at=at))


def window_meant(
    text: str, zone: tzinfo | None, *, at: datetime, there: str = ""
) -> tuple[str, datetime | None]:
    """What would be taken for an appointment, and its beginning; else what is wrong with it.

    Nothing while it is none yet.
    """
    if not text.strip():
        return "", None
    try:
        kept = parse_appointment(text, at=at, zone=zone_named(there, zone))
    except (Passed, TurnedRound) as bad:
        return fill(N_("{wrong}: {right}"), bad.facts), None
    except BadInput:
        return "", None
    begins, ends = window_of(kept)
    if begins is None:
        return "", None
    return appointment_meant(begins, ends, zone, at=at, there=there), begins


def differ(moment: datetime, one: tzinfo | None, other: tzinfo | None) -> bool:
    """Whether two clocks show something else then."""
    return here(moment, one).utcoffset() != here(moment, other).utcoffset()


def _from_to(
    begins: datetime, ends: datetime | None, zone: tzinfo | None, at: datetime | None
) -> str:
    first, today = here(begins, zone), None if at is None else here(at, zone)
    day = f"{first:%Y-%m-%d} "
    if today is not None and first.year == today.year:
        day = "" if first.date() == today.date() else f"{first:%m-%d} "
    if ends is None:
        return f"{day}{first:%H:%M}"
    last = here(ends, zone)
    until = f"{last:%H:%M}" if last.date() == first.date() else f"{last:%m-%d %H:%M}"
    return f"{day}{first:%H:%M}-{until}"


def clock_named(clock: Clock) -> str:
    """What a promise is called: where it is an appointment, that."""
    return promise_named(clock.kind, appointed=clock.fixed_due_at is not None)


def promise_named(kind: ClockKind, *, appointed: bool) -> str:
    """The same of a kind, and of whether the order has an appointment."""
    return _("appointment") if appointed and kind is ClockKind.ARRIVE else _(CLOCK_LABELS[kind])


def goes_said(card: Card) -> str:
    """Everybody who has an order, whoever is furthest along first."""
    named = (card.technicians.get(visit.technician) for visit in live_visits(card.order.visits))
    return " + ".join(coded(one.name, one.code) for one in named if one is not None)


def crew_said(card: Card, zone: tzinfo | None, *, at: datetime) -> str:
    """How many people it takes, who of them is not there then, and how many are still to be found;
    empty where one does it.
    """
    order = card.order
    if order.crew == 1:
        return ""
    said = _n("{count} person", "{count} people", order.crew).format(count=order.crew)
    gone = [away_said(who, zone, at=at) for who in card.gone]
    missing = lacking(order) + len(gone)
    if missing <= 0:
        return said
    more = _n("{count} more is to be found", "{count} more are to be found", missing)
    return _("; ").join((said, *gone, more.format(count=missing)))


def told_lines(card: Card, zone: tzinfo | None, *, at: datetime) -> Iterator[Parts]:
    """A line each, for the card."""
    order, there = card.order, "" if card.site is None else card.site.zone
    met = appointment_said(order.appointment_at, order.appointment_to, zone, at=at, there=there)
    missed, gone = missed_for_it(order), card.gives_way
    for label, value, tone in (
        (_("appointment: "), met, "soon"),
        ("", "" if missed is None else promise_stays(missed, zone, at=at), "soon"),
        ("", "" if gone is None else arrival_gives_way(gone, zone, at=at), "soon"),
        (_("takes: "), takes_said(order.takes_s), ""),
        (_("crew: "), crew_said(card, zone, at=at), ""),
    ):
        if value:
            yield ((label, "muted"), (value, tone))


def due_said(clock: Clock, told: str) -> str:
    """When a clock is due, as it is `told`, and that a waiver is why."""
    if is_moved(clock):
        return _("due moved to {when} by waiver #{id}").format(when=told, id=clock.waiver)
    return _("due {when}").format(when=told)
