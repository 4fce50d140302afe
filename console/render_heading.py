"""The order that somebody is to be found for, in a line: what it takes, by when, who has it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from console.i18n import _, _n
from console.render_crews import away_said
from console.render_helps import name_of
from console.render_time import clock_said, span
from console.render_told import appointment_said

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime, tzinfo

    from store.queries.recommend import Recommendation


def heading_said(found: Recommendation, zone: tzinfo | None, *, at: datetime) -> str:
    """The order, and what it takes."""
    said = [f"#{found.number} {found.title}", f"P{found.priority}"]
    if found.going:
        said[:0] = _crew_asked(found, zone, at=at)
    takes = _("takes {span}, as told") if found.told else _("usually takes {span}")
    said.append(takes.format(span=span(found.takes)))
    begins, ends, there = found.appointment_at, found.appointment_to, found.zone_there
    if met := appointment_said(begins, ends, zone, at=at, there=there):
        said.append(_("appointment {time}").format(time=met))
    if found.missed_for_it is not None:
        late = _("the promise to resolve, {time}, is over before that")
        said.append(late.format(time=clock_said(found.missed_for_it, zone, at)))
    if found.due_at is not None:
        said.append(_due_said(found.due_at, found.arrive_by, zone, at=at))
    said += _wants_said(found)
    if not found.place_known:
        said.append(_("its place is not known"))
    if found.crew > 1:
        said.append(_crew_said(found, zone, at=at))
    elif found.holder is not None:
        said.append(_("with {name} now").format(name=found.holder))
        said[-1] += stays_said(found, zone, at=at)
    return _("; ").join(said)


def _crew_asked(found: Recommendation, zone: tzinfo | None, *, at: datetime) -> Iterator[str]:
    """Who of the crew goes, who is not there then, and how many are to be found."""
    codes = {one.code for one in found.gone}
    names = _(", ").join(name_of(who) for who in found.going if who.code not in codes)
    if names:
        asks = _("the crew is whole: {name}") if found.whole else _("and who goes with {name}")
        yield asks.format(name=names)
    for who in found.gone:
        said = away_said(who, zone, at=at)
        if who == found.replaced:
            said = _("who goes in the place of {name}?").format(name=said)
        yield said
    if found.wanted_yet > 1:
        more = _n("{count} more is to be found", "{count} more are to be found", found.wanted_yet)
        yield more.format(count=found.wanted_yet)


def _due_said(
    due_at: datetime, arrive_by: datetime | None, zone: tzinfo | None, *, at: datetime
) -> str:
    """By when it is to be done, and by when one must be there for that."""
    by = clock_said(due_at, zone, at)
    if arrive_by is None:
        return _("to be done by {time}").format(time=by)
    said = _("to be there by {arrives}, so done by {time}")
    return said.format(time=by, arrives=clock_said(arrive_by, zone, at))


def _wants_said(found: Recommendation) -> Iterator[str]:
    """What not everybody has who might go; or that its kind asks for nothing."""
    if found.kind.strip() and not (found.skill or found.certificate):
        yield _("kind “{kind}” asks for no skill").format(kind=found.kind.strip())
    if found.skill:
        skill = _("takes {skill}, level {level}") if found.level > 1 else _("takes {skill}")
        yield skill.format(skill=found.skill, level=found.level)
    if found.certificate:
        yield _("takes the certificate {paper}").format(paper=found.certificate)
    if found.needs:
        yield _("needs {things}").format(things=found.needs)


def _crew_said(found: Recommendation, zone: tzinfo | None, *, at: datetime) -> str:
    """How many people it takes, who of them goes already, and when these begin."""
    said = _n("takes {count} person", "takes {count} people", found.crew).format(count=found.crew)
    if not found.going:
        if found.holder is None:
            return said
        return _("; ").join((said, _("with {name} now").format(name=found.holder)))
    if found.meets_at is None:
        return said
    there = _("the first is there {time}").format(time=clock_said(found.meets_at, zone, at))
    return _("; ").join((said, there))


def stays_said(found: Recommendation, zone: tzinfo | None, *, at: datetime) -> str:
    """Behind who has it: when he comes to it, and how late that is."""
    stays = found.stays
    if stays is None:
        return ""
    if stays.arrive_at is None:
        return _(", who has no time for it")
    left, _tone = margin_said(stays.margin)
    said = _(": there {arrives}, {left}")
    return said.format(arrives=clock_said(stays.arrive_at, zone, at), left=left)


def margin_said(margin: timedelta | None) -> tuple[str, str]:
    """What is left of the promise, or how late it is, and the tone of that."""
    if margin is None:
        return _("no promise of time"), "muted"
    if margin < timedelta():
        return _("{span} late").format(span=span(-margin)), "overdue"
    return _("{span} left").format(span=span(margin)), "good"
