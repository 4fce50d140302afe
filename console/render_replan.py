"""A proposal for the whole board in words: who gains, who loses, and what it comes to; pure."""

from __future__ import annotations

from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING, Final

from console.i18n import _, _n
from console.render_time import here, span
from console.widgets.columns import Column
from console.widgets.window import Row, Tinted

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from console.replan.beside import Heard
    from console.replan.needing import Needing
    from store.domain.dispatch.replan import Handed, Proposal
    from store.domain.dispatch.turn import Turn
    from store.queries.replan import Planning

TITLED: Final = 90
"""Cells of a screen on which a row has room for what its order is about."""
_NAMED: Final = 8
"""Orders told by number at most."""


def handed_columns() -> tuple[Column, ...]:
    """What is told of each order, in the operator's language."""
    return (
        Column(name="tick", title="", width=3),
        Column(name="number", title=_("no."), width=5, align="right"),
        Column(name="priority", title=_("P"), width=2),
        Column(name="loses", title=_("now with"), width=8, flexible=True),
        Column(name="gains", title=_("then with"), width=8, flexible=True),
        Column(name="arrives", title=_("there"), width=19, flexible=True),
        Column(name="late", title=_("late"), width=13, flexible=True),
        Column(name="title", title=_("title"), width=12, flexible=True, since=TITLED),
    )


def handed_row(
    planning: Planning, one: Handed, place: int, zone: tzinfo | None, *, at: datetime
) -> Row:
    """One order that would go to somebody else, or to somebody."""
    task = planning.tasks[one.number]
    sign = "[ ]" if not one.ticked else "[x]" if one.fits else "[!]"
    cells = (
        Tinted(sign, "" if one.ticked and one.fits else "muted" if not one.ticked else "overdue"),
        str(one.number),
        f"P{task.priority}",
        loses_said(planning, one),
        name_of(planning, one.gains),
        arrives_said(planning, one, zone, at=at),
        Tinted(late_said(planning, one), _tone(one)),
        titled(planning, one, at=at),
    )
    return Row(key=one.number, version=hash(cells), mark=(place,), cells=cells)


def loses_said(planning: Planning, one: Handed) -> str:
    """Who has it now."""
    return _("nobody") if one.loses is None else name_of(planning, one.loses)


def interrupts_said(planning: Planning, one: Handed, *, at: datetime) -> str:
    """Since when whoever loses it counts on it; empty where he has not said yes."""
    accepted = planning.tasks[one.number].accepted_at
    if one.loses is None or accepted is None:
        return ""
    count = max(0, int((at - accepted).total_seconds() // 60))
    said = _n("interrupts: accepted {count} min ago", "interrupts: accepted {count} min ago", count)
    return said.format(count=count)


def titled(planning: Planning, one: Handed, *, at: datetime) -> str:
    """What it is about, and whom it interrupts."""
    title, said = planning.tasks[one.number].title, interrupts_said(planning, one, at=at)
    return _("; ").join(filter(None, (said, title)))


def name_of(planning: Planning, who: int) -> str:
    """Code and name."""
    person = planning.people[who]
    return person.name if person.name == person.code else f"{person.code} {person.name}"


def arrives_said(planning: Planning, one: Handed, zone: tzinfo | None, *, at: datetime) -> str:
    """When somebody is there, now and then."""
    before = _clock(planning, one.before, zone, at)
    return f"{before} → {_clock(planning, one.after, zone, at)}"


def _clock(planning: Planning, turn: Turn | None, zone: tzinfo | None, at: datetime) -> str:
    if turn is None or not turn.fits:
        return "-"
    then = here(planning.pace.after(planning.at, turn.arrive), zone)
    days = (then.date() - here(at, zone).date()).days
    return f"{then:%H:%M}+{days}d" if days else f"{then:%H:%M}"


def late_said(planning: Planning, one: Handed) -> str:
    """By how much it is late, now and then; once where that is the same."""
    was, will = _late(planning, one.before), _late(planning, one.after)
    return will if was == will else f"{was} → {will}"


def _late(planning: Planning, turn: Turn | None) -> str:
    if turn is None or not turn.fits:
        return "-"
    return _span(planning, turn.late) if turn.late else _("in time")


def _tone(one: Handed) -> str:
    if one.after is None or not one.after.fits or one.after.late:
        return "overdue"
    return "good" if one.before is None or not one.before.fits or one.before.late else ""


def _span(planning: Planning, minutes: float) -> str:
    """Any part of a minute is one."""
    lasts = planning.pace.here(timedelta(minutes=minutes)).total_seconds()
    return span(timedelta(minutes=ceil(lasts / 60)))


def changes_said(proposal: Proposal) -> str:
    """How many orders would change hands, and how many would be given out."""
    some = [row for row in proposal.rows if row.ticked]
    given = sum(row.loses is None for row in some)
    moved = len(some) - given
    said = []
    if moved:
        said.append(_n("{count} order changes hands", "{count} orders change hands", moved)
                    .format(count=moved))  # fmt: skip
    if given:
        said.append(_n("{count} order is given out", "{count} orders are given out", given)
                    .format(count=given))  # fmt: skip
    return _("; ").join(said) or _("nothing changes")


def sums_said(planning: Planning, proposal: Proposal) -> tuple[str, ...]:
    """What the board comes to, now and then."""
    was, will = proposal.before, proposal.after
    late = _("late: {was} → {will} orders, {was_span} → {will_span}").format(
        was=was.late,
        will=will.late,
        was_span=_span(planning, was.late_min),
        will_span=_span(planning, will.late_min),
    )
    nobody = _("nobody comes: {was} → {will}").format(was=was.nobody, will=will.nobody)
    travel = _("travel: {was} → {will}").format(
        was=_span(planning, was.travel_min), will=_span(planning, will.travel_min)
    )
    over = _("overload: {was} → {will}").format(
        was=_span(planning, was.overload_min), will=_span(planning, will.overload_min)
    )
    return late, nobody, travel, over


def progress_said(heard: Heard | None, *, held: bool) -> str:
    """How long the search has looked for a better plan, and whether one waits to be shown."""
    if held:
        return _("a better plan is known; F5 plans anew")
    if heard is None:
        return _("repaired; looking for better ...")
    if heard.lost:
        return _("the search for better plans broke off")
    if heard.over:
        said = _n("✓ {count} plan compared", "✓ {count} plans compared", heard.rounds)
        return said.format(count=heard.rounds)
    said = _n(
        "looking for better: {used} s, {count} plan compared",
        "looking for better: {used} s, {count} plans compared",
        heard.rounds,
    )
    return said.format(used=f"{heard.used:.1f}", count=heard.rounds)


def left_said(proposal: Proposal) -> str:
    """Orders for which there is nobody; empty where there are none."""
    if not proposal.left:
        return ""
    some = _(", ").join(f"#{number}" for number in proposal.left[:_NAMED])
    more = _(", ") + "..." if len(proposal.left) > _NAMED else ""
    return _("nobody may go, or has time: {orders}").format(orders=some + more)


def broken_said(proposal: Proposal) -> str:
    """Which of those that are ticked do not fit without others that are not."""
    some = [row.number for row in proposal.rows if row.ticked and not row.fits]
    told = _(", ").join(f"#{number}" for number in some)
    return _("{orders}: only together with others that are not ticked").format(orders=told)


def needing_said(needing: Needing, *, key: str) -> str:
    """Whose orders need somebody, how many of the first priority nobody has, and what helps."""
    said = []
    if needing.people == 1:
        held = _n(
            "{count} order of {name} needs somebody",
            "{count} orders of {name} need somebody",
            needing.orders,
        )
        said.append(held.format(count=needing.orders, name=needing.name))
    elif needing.people:
        held = _n(
            "{count} order of {people} technicians needs somebody",
            "{count} orders of {people} technicians need somebody",
            needing.orders,
        )
        said.append(held.format(count=needing.orders, people=needing.people))
    if needing.urgent:
        new = _n(
            "{count} order of the first priority needs somebody",
            "{count} orders of the first priority need somebody",
            needing.urgent,
        )
        said.append(new.format(count=needing.urgent))
    return _("{needs}: {key} shows a repair").format(needs=_("; ").join(said), key=key)
