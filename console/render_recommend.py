"""Who should go to an order, in words: the best, what each costs, and why not another; pure."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from console.hanging import HANG
from console.i18n import _, _n, fill
from console.render_heading import margin_said, stays_said
from console.render_helps import helps_said, name_of
from console.render_time import clock_said, span
from console.widgets.columns import Column
from console.widgets.window import Row, Tinted
from store.domain.dispatch.rules import SHORT, SHORT_UNTIL
from store.domain.dispatch.score import PARTS, why_dearer
from store.domain.words import N_
from store.queries.recommend import FROM_WORDS, LeftOut

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import tzinfo

    from console.looks import Parts
    from store.queries.recommend import Recommendation, Recommended, Slipped

_SLIPS: Final = 4
"""Orders that slip, told each on a line of its own at most."""
_TOLD: Final = 3
"""Orders that slip, told by name at most."""


def offer_lines(
    found: Recommendation, zone: tzinfo | None, *, at: datetime
) -> Iterator[tuple[Parts, Parts]]:
    """Two lines a person: when, what is left and what it costs; then why, and who would wait."""
    for place, one in enumerate(found.offers, 1):
        yield head_of(one, place, zone, at=at), body_of(one, at=at)


def head_of(one: Recommended, place: int, zone: tzinfo | None, *, at: datetime) -> Parts:
    """Who, when, how much is left of the promise, and the whole cost."""
    arrives, done = clock_said(one.start_at, zone, at), clock_said(one.done_at, zone, at)
    times = _("there {arrives}, done {done}").format(arrives=arrives, done=done)
    if one.parts > 1:
        times = _("there {arrives}, {parts}, done {done}").format(
            arrives=arrives, parts=parts_said(one), done=done
        )
    cost = _("cost {minutes}").format(minutes=cost_said(one))
    left, tone = margin_said(one.margin)
    said = marks_said(one, zone, at)
    return (
        (f"{place} {name_of(one.who)}", "strong"),
        *((f"  {mark}", "soon") for mark in said),
        (f"  {times}", ""),
        (f"  {left}", tone),
        (f"  {cost}", "muted"),
    )


def body_of(one: Recommended, *, at: datetime) -> Parts:
    """The parts of the cost, what slips, and where the way is reckoned from."""
    parts: list[tuple[str, str]] = [(score_said(one), "")]
    if one.slips:
        tone = "overdue" if any(slip.late > slip.late_before for slip in one.slips) else "soon"
        parts.append((_("; ") + slips_said(one), tone))
    parts.append((_("; ") + _from_said(one, at), "soon" if one.who.stale else "muted"))
    return tuple(parts)


def offer_columns() -> tuple[Column, ...]:
    """The columns of those who may go, in the operator's language."""
    return (
        Column(name="place", title="", width=2, align="right"),
        Column(name="technician", title=_("technician"), width=12, flexible=True),
        Column(name="arrives", title=_("there"), width=11),
        Column(name="done", title=_("over at"), width=11),
        Column(name="left", title=_("left"), width=10),
        Column(name="cost", title=_("cost"), width=6, align="right"),
        Column(name="why", title=_("why"), width=20, flexible=True, since=70),
    )


def offer_row(one: Recommended, place: int, zone: tzinfo | None, *, at: datetime) -> Row:
    """One who may go."""
    left, tone = margin_said(one.margin)
    cells = (
        str(place),
        name_of(one.who),
        clock_said(one.start_at, zone, at),
        clock_said(one.done_at, zone, at),
        Tinted(left, tone),
        cost_said(one),
        _with_parts(one, zone, at),
    )
    return Row(key=one.who.id, version=hash(cells), mark=(place,), cells=cells)


def weighed(
    found: Recommendation, one: Recommended | None, zone: tzinfo | None, *, at: datetime
) -> tuple[Parts, ...]:
    """What the one under the cursor costs and which orders would slip; who may not go, and why."""
    lines: list[Parts] = []
    if one is not None:
        lines.append(((" ", ""), HANG, (_with_parts(one, zone, at), "strong")))
        if has_it(found, one):
            lines.append(((f" {has_it_said(one)}", "soon"),))
        if _is_later(found, one):
            said = _("comes later than {name}, who has it").format(name=found.holder)
            lines.append(((f" {said}", "overdue"),))
        for slip in one.slips[:_SLIPS]:
            tone = "overdue" if slip.late > slip.late_before else "soon"
            lines.append(((" ", ""), HANG, (_slip_whole(slip), tone)))
        if (more := len(one.slips) - _SLIPS) > 0:
            said = _n("{count} more", "{count} more", more).format(count=more)
            lines.append(((f" {said}", "soon"),))
        lines.append(((f" {_from_said(one, at)}", "soon" if one.who.stale else "muted"),))
    lines += [((f" {said}", "soon"),) for said in helps_said(found, zone)]
    for said in (asked_said(found, zone), out_said(found)):
        if said:
            lines.append(((" ", ""), HANG, (said, "muted")))
    return tuple(lines)


def has_it(found: Recommendation, one: Recommended) -> bool:
    """Whether the order is with them already: of a crew nobody who has it is offered."""
    return found.holder is not None and one.who.code == found.holder


def has_it_said(one: Recommended) -> str:
    """That nobody is sent twice."""
    return _("{name} has it already; nothing is sent twice").format(name=name_of(one.who))


def _is_later(found: Recommendation, one: Recommended) -> bool:
    """Whether whoever has it would be there sooner."""
    if found.stays is None or found.stays.arrive_at is None or one.who.id == found.stays.who.id:
        return False
    return one.start_at > found.stays.arrive_at


def _slip_whole(slip: Slipped) -> str:
    name = slip_said(slip)
    title = f"P{slip.priority} {slip.title}".strip()
    return _("would wait: {order} ({title})").format(order=name, title=title)


def cost_said(one: Recommended) -> str:
    """What it costs that he goes, in minutes."""
    return f"{round(one.score.total, one.digits) + 0.0:.{one.digits}f}"  # nothing is not -0


def parts_said(one: Recommended) -> str:
    """Over how many shifts work goes that is longer than any of them."""
    said = _n("in parts over {count} shift", "in parts over {count} shifts", one.parts)
    return said.format(count=one.parts)


def _with_parts(one: Recommended, zone: tzinfo | None, at: datetime) -> str:
    parts = () if one.parts == 1 else (parts_said(one),)
    return _("; ").join((*marks_said(one, zone, at), *parts, score_said(one)))


def marks_said(one: Recommended, zone: tzinfo | None, at: datetime) -> tuple[str, ...]:
    """What is to be known of somebody before he is sent: that he said no to it, or is not there."""
    told = []
    if one.declined_at is not None:
        time = clock_said(one.declined_at, zone, at)
        said = _("declined {time}: {reason}") if one.declined_why else _("declined {time}")
        told.append(said.format(time=time, reason=one.declined_why))
    if one.away is not None and isinstance(until := one.away.facts["until"], datetime):
        told.append(_(SHORT_UNTIL[one.away.rule]).format(until=clock_said(until, zone, at)))
    return tuple(told)


def score_said(one: Recommended) -> str:
    """Each part of a score that is not nothing, in minutes."""
    parts = {name: getattr(one.score, name) for name in PARTS}
    return _parts_said(parts, one.digits) or _("costs nothing")


def slips_said(one: Recommended) -> str:
    """What would be done later, and how late that makes it."""
    told = [slip_said(slip) for slip in one.slips[:_TOLD]]
    if (more := len(one.slips) - _TOLD) > 0:
        told.append(_n("{count} more", "{count} more", more).format(count=more))
    return _("makes wait: {orders}").format(orders=_(", ").join(told))


def out_said(found: Recommendation) -> str:
    """How many may not go, by what keeps them."""
    if not found.out:
        return ""
    told = _(", ").join(f"{_(SHORT[rule])} {count}" for rule, count in found.out.items())
    said = _n("{count} may go; of the others: {rules}", "{count} may go; of the others: {rules}",
              found.able)  # fmt: skip
    return said.format(count=found.able, rules=told)


def asked_said(found: Recommendation, zone: tzinfo | None = None) -> str:
    """Why not the one who was asked about: a rule, or the difference to the best."""
    one = found.asked
    if one is None:
        return ""
    if found.stays is not None and one.who.id == found.stays.who.id:
        has = _("{name} has it").format(name=name_of(one.who))
        return has + stays_said(found, zone, at=found.at)
    if isinstance(one, LeftOut):
        rules = _("; ").join(fill(rule.sentence, rule.facts) for rule in one.barred)
        return _("not {name}: {rules}").format(name=name_of(one.who), rules=rules)
    best = found.offers[0]
    if best.who.id == one.who.id:
        return _("{name} is the best choice").format(name=name_of(one.who))
    if one.declined_at is not None and best.declined_at is None:
        marks = _("; ").join(marks_said(one, zone, found.at))
        return _("not {name}: {rules}").format(name=name_of(one.who), rules=marks)
    gaps = why_dearer(one.score, best.score)
    said = _("{name} would cost {more} min more than {best}: {parts}")
    dearer = said.format(
        name=name_of(one.who),
        best=name_of(best.who),
        more=f"{sum(gaps.values()):.{best.digits}f}",
        parts=_parts_said(gaps, best.digits, "+") or _("the lower number comes first"),
    )
    return _("; ").join((dearer, *marks_said(one, zone, found.at)))


def _parts_said(parts: Mapping[str, float], digits: int, sign: str = "") -> str:
    least = 0.5 / 10**digits
    told = (
        (name, f"{value:{sign}.{digits}f}") for name, value in parts.items() if abs(value) >= least
    )
    return _(", ").join(f"{_(PARTS[name])} {value}" for name, value in told)


def slip_said(slip: Slipped) -> str:
    """An order that would be done later, and how late that makes it."""
    name = f"#{slip.number}" if slip.number is not None else _("an order of another site")
    if slip.late > slip.late_before:
        late = _("{order} by {span}, late by {late}")
        return late.format(order=name, span=span(slip.later), late=span(slip.late))
    return _("{order} by {span}").format(order=name, span=span(slip.later))


def _from_said(one: Recommended, at: datetime) -> str:
    where = _(FROM_WORDS[one.who.begins_from])
    if one.who.seen_at is not None:
        said = N_("position {span} old") if one.who.stale else N_("{where} {span} ago")
        where = _(said).format(where=where, span=span(at - one.who.seen_at))
    if one.after is None:
        return where
    return _("after #{order}").format(order=one.after)
