"""What an order has to do with others, and whom of them word has reached, as lines; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.i18n import _
from console.render_time import here
from store.domain.families import is_open
from store.domain.incidents import missed_word
from store.domain.lifecycle import STATES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime, tzinfo

    from console.looks import Parts
    from store.queries.card import Card, FromPlan
    from store.queries.kin import DuplicateLine, KinLine

Relative = tuple[str, int, str]
"""What it is to the order, its number, and how it is called."""

_MINUTE_S = 60


def incident_lines(card: Card) -> Iterator[Parts]:
    """That the order is a major incident, how often all have word, and how many had none."""
    if card.order.cadence_s is None:
        return
    yield ((_("!! MAJOR INCIDENT"), "overdue"), (f"  {incident_said(card)}", "strong"))
    missed = sum(1 for told_at in _told(card) if missed_word(card.order, told_at))
    if missed:
        yield ((_("without the last word: {count}").format(count=missed), "overdue"),)


def incident_said(card: Card) -> str:
    """How often its customers have word; empty where it is no major incident."""
    cadence = card.order.cadence_s
    if cadence is None:
        return ""
    return _("word to all every {minutes} min").format(minutes=cadence // _MINUTE_S)


def family_lines(card: Card, *, at: datetime, zone: tzinfo | None) -> Iterator[Parts]:
    """Original, parent, links; children, those first that are still open; who asked the same."""
    for label, above in ((_("goes on as: "), card.original), (_("under: "), card.parent)):
        if above is not None:
            yield ((label, "muted"), (kin_said(above), ""))
            yield ()
    if card.children:
        yield ((children_said(card), "heading"),)
        for kin in _open_first(card):
            said = (kin_said(kin), "" if is_open(kin.state) else "muted")
            yield (said, *_word(card, kin, at=at, zone=zone))
        yield ()
    yield from _linked(card)
    if card.duplicates:
        yield ((_("asked for again: {count}").format(count=len(card.duplicates)), "heading"),)
        for one in card.duplicates:
            yield from _duplicate(card, one, at=at, zone=zone)
        yield ()


def _linked(card: Card) -> Iterator[Parts]:
    if not card.links:
        return
    yield ((_("linked"), "heading"),)
    for kin in card.links:
        yield ((kin_said(kin), "" if is_open(kin.state) else "muted"),)
    yield ()


def relatives(card: Card) -> Iterator[Relative]:
    """All that one may go to from an order, the most useful first."""
    for kind, several in (
        (_("goes on as"), (card.original,)),
        (_("under"), (card.parent,)),
        (_("linked"), card.links),
        (_("under it"), tuple(_open_first(card))),
    ):
        for kin in several:
            if kin is not None:
                yield kind, kin.number, kin_said(kin)
    for one in card.duplicates:
        yield _("asked for again"), one.number, duplicate_said(one)


def relatives_lines(card: Card, marked: int) -> Iterator[Parts]:
    """The same as lines, one of them marked."""
    before = ""
    for place, (kind, _number, said) in enumerate(relatives(card)):
        if kind != before:
            yield ((kind, "heading"),)
        before = kind
        held = place == marked
        yield ((" > " if held else "   ", ""), (said, "held" if held else ""))
    if not before:
        yield ((_("nothing yet: & links it to another order, + puts it under one"), "muted"),)


def children_said(card: Card) -> str:
    """How many there are, and how many of them are still open."""
    still = sum(is_open(kin.state) for kin in card.children)
    return _("under it: {count}, still open: {open}").format(count=len(card.children), open=still)


def kin_said(kin: KinLine) -> str:
    """One relative on one line."""
    mark = "!! " if kin.incident else ""
    spec = STATES[kin.state]
    return f"#{kin.number} {mark}{spec.sign} {_(spec.label)}  {kin.title}"


def duplicate_said(one: DuplicateLine) -> str:
    """Who asked for the same, on one line: the number, the title, and whom to call."""
    who = " ".join(filter(None, (one.customer, one.caller, one.phone)))
    return f"#{one.number} {one.title}" + (f"  {who}" if who else "")


def _open_first(card: Card) -> list[KinLine]:
    """Those that the last word has not reached before them all, so that they are seen."""

    def behind(kin: KinLine) -> tuple[bool, bool]:
        reached = STATES[kin.state].final or not missed_word(card.order, kin.told_at)
        return reached, not is_open(kin.state)

    return sorted(card.children, key=behind)


def _told(card: Card) -> Iterable[datetime | None]:
    """When each customer concerned had word last."""
    yield from (kin.told_at for kin in card.children if not STATES[kin.state].final)
    yield from (one.told_at for one in card.duplicates)


def _word(card: Card, kin: KinLine, *, at: datetime, zone: tzinfo | None) -> Parts:
    """Whether the last word of the incident has reached whom it is for, and who that is."""
    customer = (f"  {kin.customer}" if kin.customer else "", "muted")
    if STATES[kin.state].final:
        return (customer,)
    return (*_reached(card, kin.told_at, at=at, zone=zone), customer)


def _reached(card: Card, told_at: datetime | None, *, at: datetime, zone: tzinfo | None) -> Parts:
    if card.order.cadence_s is None and told_at is None:
        return ()
    missed = missed_word(card.order, told_at)
    if told_at is None:
        return ((_("  ! not told yet"), "overdue"),)
    wall = here(told_at, zone)
    when = wall.strftime("%H:%M" if wall.date() == here(at, zone).date() else "%m-%d %H:%M")
    if missed:
        return ((_("  ! last told {when}").format(when=when), "overdue"),)
    return ((_("  told {when}").format(when=when), "muted"),)


def _duplicate(
    card: Card, one: DuplicateLine, *, at: datetime, zone: tzinfo | None
) -> Iterator[Parts]:
    """What it asked in its own words, and what is owed on it."""
    chased = _("  chased {count}").format(count=one.chased) if one.chased else ""
    reached = _reached(card, one.told_at, at=at, zone=zone)
    yield ((duplicate_said(one), ""), (chased, "soon"), *reached)
    for text in (*one.description.split("\n"), *(f"- {note}" for note in one.notes)):
        if text:
            yield ((f"   {text}", "muted"),)
    for promise in one.promises:
        wall = here(promise.due_at, zone)
        due = wall.strftime("%H:%M" if wall.date() == here(at, zone).date() else "%m-%d %H:%M")
        late = promise.due_at < at
        said = _("   call promised, due {when}").format(when=due)
        yield ((said, "overdue" if late else ""), (f"  {promise.note}", ""))


def plan_line(told: FromPlan) -> Parts:
    """Of which plan, and of which of its days, an order is."""
    said = _("of {day}").format(day=told.day)
    if told.due_day != told.day:
        said = _("{day} moved to {due}").format(day=told.day, due=told.due_day)
    if told.missed:
        said += _(", {count} before it were missed").format(count=told.missed)
    plan = _("plan {plan} {title}, ").format(plan=told.plan, title=told.title)
    return ((plan, ""), (said, "muted"))
