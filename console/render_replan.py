"""A proposal for the whole board in words: who gains, who loses, and what it comes to; pure."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from console.i18n import _, _n
from console.render_handed import apart_said, gains_briefly, loses_briefly
from console.render_time import at_least, in_days, span
from console.render_told import appointment_said
from console.widgets.columns import Column
from console.widgets.window import Row, Tinted

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime, tzinfo

    from console.replan.beside import Heard
    from console.replan.needing import Needing
    from store.domain.dispatch.proposal import Handed, Proposal
    from store.domain.dispatch.turn import Turn
    from store.queries.replan import Planning

TITLED: Final = 90
"""Cells of a screen on which a row has room for what its order is about."""
_WIDE: Final = 110
"""From so many cells on there is room for since when an order is accepted, too."""
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
        Column(name="hangs", title=_("hangs on"), width=9, since=TITLED),
        Column(name="accepted", title=_("accepted"), width=8, align="right", since=_WIDE),
        Column(name="title", title=_("title"), width=12, flexible=True, since=TITLED),
    )


def handed_row(
    planning: Planning,
    one: Handed,
    place: int,
    zone: tzinfo | None,
    *,
    at: datetime,
    turned: bool = False,
) -> Row:
    """One order that would go to somebody else, or to somebody."""
    task = planning.tasks[one.number]
    cells = (
        _tick(one, turned=turned),
        str(one.number),
        f"P{task.priority}",
        loses_briefly(planning, one),
        gains_briefly(planning, one),
        arrives_said(planning, one, zone, at=at),
        Tinted(late_said(planning, one), _tone(one)),
        hangs_briefly(one),
        accepted_said(planning, one, at=at),
        awaited(planning, one, zone, at=at),
    )
    return Row(key=one.number, version=hash(cells), mark=(place,), cells=cells)


def _tick(one: Handed, *, turned: bool) -> Tinted:
    """Whether it is ticked; a question mark where it has turned out otherwise since it was."""
    if not one.ticked:
        return Tinted("[?]", "soon") if turned else Tinted("[ ]", "muted")
    return Tinted("[x]", "") if one.fits else Tinted("[!]", "overdue")


def turned_said(numbers: Collection[int]) -> str:
    """Which orders go to somebody else than was read when they were ticked."""
    said = _("changed since it was ticked, so not ticked any more: {orders}")
    return said.format(orders=some_said(sorted(numbers)))


def accepted_said(planning: Planning, one: Handed, *, at: datetime) -> str:
    """For how long whoever loses it has counted on it; empty where he has not said yes."""
    accepted = planning.tasks[one.number].accepted_at
    return "" if one.loses is None or accepted is None else span(at - accepted)


def interrupts_said(planning: Planning, one: Handed, *, at: datetime) -> str:
    """For what, and since when whoever loses it counts on it; empty where he has not said yes."""
    if not (ago := accepted_said(planning, one, at=at)):
        return ""
    if not one.reasons:
        return _("interrupts: accepted {span} ago").format(span=ago)
    said = _("interrupts for {orders}: accepted {span} ago")
    return said.format(span=ago, orders=some_said(one.reasons))


def titled(planning: Planning, one: Handed, zone: tzinfo | None, *, at: datetime) -> str:
    """What it is about, for when the customer awaits somebody, and whom it interrupts."""
    said = interrupts_said(planning, one, at=at)
    return _("; ").join(filter(None, (said, awaited(planning, one, zone, at=at))))


def awaited(planning: Planning, one: Handed, zone: tzinfo | None, *, at: datetime) -> str:
    """What it is about, behind the appointment that it has."""
    task = planning.tasks[one.number]
    met = appointment_said(
        *(task.appointment_at, task.appointment_to, zone), at=at, there=task.zone_there
    )
    meets = _("appointment {time}").format(time=met) if met else ""
    return _("; ").join(filter(None, (meets, task.title)))


def hangs_briefly(one: Handed) -> str:
    """The first order without which it would not be moved, and how many more there are."""
    if not one.hangs_on:
        return ""
    first, more = f"#{one.hangs_on[0]}", len(one.hangs_on) - 1
    return f"{first} +{more}" if more else first


def hangs_said(one: Handed) -> str:
    """All of them; empty where it goes alone."""
    if not one.hangs_on:
        return ""
    text = _("#{number} hangs on {orders}: not possible, or not worth it, without")
    return text.format(number=one.number, orders=some_said(one.hangs_on))


def arrives_said(planning: Planning, one: Handed, zone: tzinfo | None, *, at: datetime) -> str:
    """When somebody is there, now and then."""
    before = _clock(planning, one.before, zone, at)
    return f"{before} → {_clock(planning, one.after, zone, at)}"


def _clock(planning: Planning, turn: Turn | None, zone: tzinfo | None, at: datetime) -> str:
    if turn is None or not turn.fits:
        return "-"
    return in_days(planning.pace.after(planning.at, turn.start), zone, at=at)


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
    """As it is told elsewhere; what is anything at all is a minute."""
    return at_least(planning.pace.here(timedelta(minutes=minutes)))


def changes_said(proposal: Proposal) -> str:
    """How many orders would change hands, and how many would be given out."""
    some = [row for row in proposal.rows if row.ticked]
    begun = sum(not row.losing and not row.gaining for row in some)
    given = sum(not row.losing for row in some) - begun
    moved = len(some) - given - begun
    said = []
    if moved:
        said.append(_n("{count} order changes hands", "{count} orders change hands", moved)
                    .format(count=moved))  # fmt: skip
    if given:
        said.append(_n("{count} order is given out", "{count} orders are given out", given)
                    .format(count=given))  # fmt: skip
    if begun:
        said.append(_n("{count} crew begins together", "{count} crews begin together", begun)
                    .format(count=begun))  # fmt: skip
    return _("; ").join(said) or _("nothing changes")


def sums_said(planning: Planning, proposal: Proposal) -> tuple[str, ...]:
    """What the board comes to, now and then."""
    was, will = proposal.before, proposal.after
    late = _("late or not done: {was} → {will} orders").format(was=was.late, will=will.late)
    nobody = _("of them nobody comes: {was} → {will}").format(was=was.nobody, will=will.nobody)
    others = _("the others late by {was} → {will} in all").format(
        was=_span(planning, was.late_min), will=_span(planning, will.late_min)
    )
    travel = _("travel: {was} → {will}").format(
        was=_span(planning, was.travel_min), will=_span(planning, will.travel_min)
    )
    over = _("overload: {was} → {will}").format(
        was=_span(planning, was.overload_min), will=_span(planning, will.overload_min)
    )
    return late, nobody, others, travel, over


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


def left_said(planning: Planning, proposal: Proposal, zone: tzinfo | None, *, at: datetime) -> str:
    """Orders for which there is nobody, and those that several are to go to; empty for none."""
    said = []
    if proposal.left:
        said.append(
            _("nobody may go, or has time: {orders}").format(orders=some_said(proposal.left))
        )
    if crews := [number for number in planning.crews if number not in proposal.sent]:
        more = _("takes more people than it has, ask who should go: {orders}")
        said.append(more.format(orders=some_said(crews)))
    said += apart_said(planning, proposal, zone, at=at)
    return _("; ").join(said)


def broken_said(proposal: Proposal) -> str:
    """Which of those that are ticked do not fit, or interrupt for nothing, without others."""
    broken = [row for row in proposal.rows if row.ticked and not row.fits]
    said = []
    if some := [row.number for row in broken if not row.groundless]:
        text = _("{orders}: only together with others that are not ticked")
        said.append(text.format(orders=some_said(some)))
    for row in broken:
        if row.groundless:
            text = _("#{number} is taken from who has accepted it only for {orders}, not ticked")
            said.append(text.format(number=row.number, orders=some_said(row.reasons)))
    return _("; ").join(said)


def with_it_said(number: int, also: Sequence[int], ticked: bool) -> str:
    """Which orders are ticked with another one, or are no more, as one interrupts for the other."""
    if ticked:
        said = _("{orders} ticked, too: only for that is #{number} taken from who has accepted it")
    else:
        said = _("{orders} not ticked either: taken from who has accepted only for #{number}")
    return said.format(orders=some_said(also), number=number)


def some_said(numbers: Sequence[int], most: int = _NAMED) -> str:
    """Orders by number, the first of many."""
    some = _(", ").join(f"#{number}" for number in numbers[:most])
    return some + (_(", ") + "..." if len(numbers) > most else "")


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
