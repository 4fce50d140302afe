"""One order as lines of text: header, clocks, visits, customer, words; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from console.i18n import _, coded
from console.outcomes import outcome_said, reason_said, tries_said
from console.render import LOCKED
from console.render_automatic import proposed_lines
from console.render_daily import daily_lines
from console.render_family import family_lines, incident_lines, plan_line
from console.render_files import file_lines
from console.render_granted import card_exceptions
from console.render_heard import heard_lines
from console.render_inspected import inspected_lines
from console.render_places import place_lines
from console.render_progress import progress_lines
from console.render_said import said_lines
from console.render_time import here, left, nearness, rest, span
from console.render_told import clock_named, due_said, goes_said, told_lines
from console.words_projects import part_said
from store.domain.lifecycle import STATES, VisitState
from store.domain.recalls import is_unseen
from store.domain.targets import ClockKind
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime, tzinfo

    from console.looks import Part, Parts
    from store.domain.order import Visit
    from store.domain.running import Running
    from store.queries.card import Card, ClockCard, FollowUpLine

VISITS: Final[Mapping[VisitState, str]] = {
    VisitState.ASSIGNED: N_("assigned"),
    VisitState.ACCEPTED: N_("accepted"),
    VisitState.EN_ROUTE: N_("en route"),
    VisitState.ON_SITE: N_("on site"),
    VisitState.DONE: N_("done"),
    VisitState.LEFT: N_("left unfinished"),
    VisitState.DECLINED: N_("declined"),
    VisitState.WITHDRAWN: N_("called off"),
    VisitState.RECALLED: N_("recalled"),
}
"""How the state of a visit is written."""
_SAID: Final = 8
"""How wide what most clocks tell is: `! -3d04h`."""


def when(moment: datetime | None, zone: tzinfo | None, *, at: datetime) -> str:
    """An instant as the wall clock here; the date only when it is another day."""
    if moment is None:
        return ""
    wall, today = here(moment, zone), here(at, zone)
    if wall.date() == today.date():
        return wall.strftime("%H:%M")
    return wall.strftime("%m-%d %H:%M" if wall.year == today.year else "%Y-%m-%d %H:%M")


def card_lines(
    card: Card, *, at: datetime, zone: tzinfo | None, sent: tuple[Parts, ...] = ()
) -> tuple[Parts, ...]:
    """Everything about an order but its trace, of which it has why the desk `sent` who has it."""
    above = above_clocks(card, at=at, zone=zone, sent=sent)
    clocks, below = clock_lines(card, at=at, zone=zone), below_clocks(card, at=at, zone=zone)
    return (*above, *clocks, *below)


def above_clocks(
    card: Card, *, at: datetime, zone: tzinfo | None, sent: tuple[Parts, ...] = ()
) -> tuple[Parts, ...]:
    """What it is, how it stands, and who goes."""
    return tuple(_header(card, at, zone, sent))


def clock_lines(card: Card, *, at: datetime, zone: tzinfo | None) -> tuple[Parts, ...]:
    """Its clocks, of which some may count seconds."""
    return tuple(_clocks(card, at, zone))


def below_clocks(card: Card, *, at: datetime, zone: tzinfo | None) -> tuple[Parts, ...]:
    """All else but its trace."""
    return (
        *_visits(card, at, zone),
        *place_lines(card),
        *family_lines(card, at=at, zone=zone),
        *_follow_ups(card, at, zone),
        *card_exceptions(card.exceptions, lambda moment: when(moment, zone, at=at), at=at),
        *daily_lines(card.order, lambda moment: when(moment, zone, at=at)),
        *heard_lines(card.order, lambda moment: when(moment, zone, at=at)),
        *_voices(card, at, zone),
        *inspected_lines(card.inspections, lambda moment: when(moment, zone, at=at), at=at),
        *_files(card),
        *_words(card),
    )


def heading(text: str) -> Parts:
    """A line that begins a part."""
    return ((text, "heading"),)


def _header(
    card: Card, at: datetime, zone: tzinfo | None, sent: tuple[Parts, ...]
) -> Iterator[Parts]:
    order, spec = card.order, STATES[card.order.state]
    yield from incident_lines(card)
    yield ((f"#{order.number} ", "strong"), (order.title, "strong"))
    state = f"{spec.sign} {_(spec.label)}"
    yield (
        (state, "strong"),
        (_(" for {span}").format(span=span(at - order.state_since)), ""),
        (f"  P{order.priority}", "strong"),
        (_("  asked {when}").format(when=when(order.opened_at, zone, at=at)), "muted"),
    )
    yield from progress_lines(order)
    if card.from_plan is not None:
        yield plan_line(card.from_plan)
    if card.project is not None:
        yield ((part_said(card.order, card.project), ""),)
    if order.reason:
        yield ((_("why: {reason}").format(reason=reason_said(order.reason)), ""),)
    if order.chased:
        yield ((_("chased by the customer: {count}").format(count=order.chased), "soon"),)
    if order.wake_at is not None:
        yield ((_("wakes at {when}").format(when=when(order.wake_at, zone, at=at)), ""),)
    yield from _goes(card, at, zone)
    yield from sent
    yield ()


def _goes(card: Card, at: datetime, zone: tzinfo | None) -> Iterator[Parts]:
    """Who has it, whether he is to keep it, when he is to begin, and whom the desk proposes."""
    order = card.order
    holder = card.technicians.get(order.technician) if order.technician else None
    if holder is not None:
        mark = LOCKED if card.locked_by else ""
        yield ((_("technician: "), "muted"), (mark + goes_said(card), ""))
        if card.locked_by is not None:
            yield ((_("locked by {name}").format(name=card.locked_by.name), "soon"),)
        if order.planned_at is not None:
            start = when(order.planned_at, zone, at=at)
            yield ((_("to begin at {when}").format(when=start), ""),)
    elif card.follower is not None:
        yield ((_("followed by "), "muted"), (card.follower.name, ""))
    elif STATES[order.state].orphan:
        yield ((_("nobody follows it"), "overdue"),)
    yield from told_lines(card, zone, at=at)
    if card.nominee is not None:
        yield from proposed_lines(card.nominee, zone, at=at)


def _clocks(card: Card, at: datetime, zone: tzinfo | None) -> Iterator[Parts]:
    if not card.clocks:
        return
    clocks = _("clocks")
    head = heading(coded(clocks, _(card.level.name)) if card.level else clocks)
    if card.running is not None:
        begun = any(held.elapsed_s for held in card.clocks if held.clock.running)
        head += (("  ", ""), running_said(card.running, zone, at=at, begun=begun))
    yield head
    now = {held.clock.kind: held for held in card.clocks}
    wide = max(cell_len(_named(held)) for held in card.clocks)
    for held in now.values():
        yield _clock(held, at, zone, wide)
    before = [held for held in card.clocks if now[held.clock.kind] is not held and _tells(held)]
    if before:
        yield ((_("and before them"), "muted"),)
    for held in before:
        yield _clock(held, at, zone, wide)
    yield ()


def running_said(
    running: Running, zone: tzinfo | None, *, at: datetime, begun: bool = False
) -> Part:
    """By which hours clocks run, and from when on where they stand still now."""
    if running.always:
        return _("runs round the clock"), "muted"
    if running.opens_at is None:
        return _("working hours"), "muted"
    said = (
        _("! clocks go on at {when}, working hours")
        if begun
        else _("! clocks start at {when}, working hours")
    )
    return said.format(when=when(running.opens_at, zone, at=at)), "soon"


def _tells(held: ClockCard) -> bool:
    """Whether a clock that is over is worth a line; news that came in time begin anew each time."""
    return held.overdue or held.clock.kind is not ClockKind.NEXT_UPDATE


def _named(held: ClockCard) -> str:
    return _("{name}: ").format(name=clock_named(held.clock))


def _clock(held: ClockCard, at: datetime, zone: tzinfo | None, wide: int) -> Parts:
    """One clock; what is told of it stands below that of the others, whose names are so wide."""
    clock, name = held.clock, _named(held)
    said, tone = _said(held, at)
    parts: list[Part] = [
        (name + " " * (wide - cell_len(name)), "muted"),
        (said + " " * (_SAID - cell_len(said)), tone),
    ]
    if clock.due_at is not None:
        parts.append((f"  {due_said(clock, when(clock.due_at, zone, at=at))}", ""))
    first = clock.original_due_at
    if first is not None and first != clock.due_at:
        parts.append(
            (_(" (first promised: {when})").format(when=when(first, zone, at=at)), "muted")
        )
    if clock.met_at is not None:
        parts.append((_("  met {when}").format(when=when(clock.met_at, zone, at=at)), "muted"))
    return tuple(parts)


def _said(held: ClockCard, at: datetime) -> Part:
    clock = held.clock
    if clock.met_at is not None:
        return (_("met late"), "overdue") if held.overdue else (_("met"), "good")
    if clock.ended_at is not None:
        return (_("ended, missed"), "overdue") if held.overdue else (_("ended"), "muted")
    if held.paused:
        return _("stands still while it waits, {rest} left").format(
            rest=rest(held.remaining_s or 0)
        ), "muted"
    if clock.due_at is None:
        return _("no target"), "muted"
    near = nearness(clock.due_at, at)
    sign = "! " if near == "overdue" else ""
    return f"{sign}{left(clock.due_at, at).strip()}", near or "strong"


def _visits(card: Card, at: datetime, zone: tzinfo | None) -> Iterator[Parts]:
    if not card.order.visits:
        return
    yield heading(_("visits"))
    for visit in card.order.visits:
        yield _visit(visit, card, at, zone)
    yield ()


def _visit(visit: Visit, card: Card, at: datetime, zone: tzinfo | None) -> Parts:
    named = card.technicians.get(visit.technician)
    name = named.name if named else visit.technician
    last = visit.ended_at or visit.arrived_at or visit.departed_at or visit.accepted_at
    moment = when(last or visit.assigned_at, zone, at=at)
    told = f"  {reason_said(visit.outcome)}" if visit.outcome else ""
    if is_unseen(visit):
        told += _("  not seen yet")
    return ((f"{visit.place} {name} ", ""), (f"{_(VISITS[visit.state])} {moment}{told}", "muted"))


def _follow_ups(card: Card, at: datetime, zone: tzinfo | None) -> Iterator[Parts]:
    if not card.follow_ups:
        return
    yield heading(_("follow-ups"))
    for follow_up in card.follow_ups:
        yield _follow_up(follow_up, at, zone)
    if tries := tries_said(card.follow_ups):
        yield ((tries, "soon"),)
    yield ()


def _follow_up(line: FollowUpLine, at: datetime, zone: tzinfo | None) -> Parts:
    note = f"  {line.note}" if line.note else ""
    if line.done_at is not None:
        said = _("done {when}").format(when=when(line.done_at, zone, at=at))
        outcome = f"  {outcome_said(line.outcome)}" if line.outcome else ""
        return ((f"{line.place} {said}{note}{outcome}", "muted"),)
    late = line.due_at < at
    said = _("due {when}").format(when=when(line.due_at, zone, at=at))
    return ((f"{line.place} {'! ' if late else ''}{said}", "overdue" if late else ""), (note, ""))


def _voices(card: Card, at: datetime, zone: tzinfo | None) -> Iterator[Parts]:
    if card.voices:
        yield from said_lines(card.voices, lambda moment: when(moment, zone, at=at), at=at)
        yield ()


def _files(card: Card) -> Iterator[Parts]:
    if card.files:
        yield from (heading(_("files")), *file_lines(card.files), ())


def _words(card: Card) -> Iterator[Parts]:
    if card.order.description:
        yield heading(_("in the customer's words"))
        for text in card.order.description.split("\n"):
            yield ((text, ""),)
        yield ()
