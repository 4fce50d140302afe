"""What the desk knows of a customer, as lines beside the form; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.i18n import _, _n
from console.looks import Part, Parts, cut
from console.render_card import when
from console.render_care import ending_lines, team_lines, wish_lines
from console.render_places import tier_said
from console.words_heard import figures_said
from console.words_voices import about_named
from store.domain.lifecycle import STATES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime, tzinfo

    from store.queries.board import BoardLine
    from store.queries.caller_card import CallerCard, Unhappy


def caller_lines(
    card: CallerCard | None, *, at: datetime, zone: tzinfo | None, cells: int
) -> tuple[Parts, ...]:
    """A line a thing; nothing is said of what there is none of."""
    if card is None:
        return ((((_("the customer's card comes here")), "muted"),),)
    return tuple(cut(parts, cells) for parts in _lines(card, at, zone))


def _lines(card: CallerCard, at: datetime, zone: tzinfo | None) -> Iterator[Parts]:
    yield ((card.name, "strong"), (f"  {card.code}", "muted"))
    yield from (((_unhappy(one, at, zone), "overdue"),) for one in card.unhappy)
    about = " · ".join(text for text in (tier_said(card.tier), card.level, *card.tags) if text)
    yield from _said(about)
    yield from _said(card.phone)
    yield from team_lines(card.lead, card.speaks)
    yield from wish_lines(card.hours, call_ahead=card.call_ahead)
    if card.contract_ends_at is not None:
        yield from ending_lines(card.contract_ends_at, zone, at=at)
    if card.follower:
        yield from _said(_("looked after by {name}").format(name=card.follower))
    if card.repeats:
        yield ((_("again within 30 days"), "soon"),)
    for again in card.repeats:
        times = _n(
            "  {what}: {count} time, last #{number}",
            "  {what}: {count} times, last #{number}",
            again.count,
        )
        yield ((times.format(what=again.what, count=again.count, number=again.number), "soon"),)
    yield from _open_orders(card, at, zone)
    if card.visits:
        yield ((_("last visits"), "muted"),)
    for visit in card.visits:
        day = when(visit.ended_at, zone, at=at)
        yield (("  ", ""), (f"{day} {visit.technician} #{visit.number} {visit.title}", ""))
    if card.assets:
        yield ((_("assets: {names}").format(names=_(", ").join(card.assets)), ""),)


def _unhappy(one: Unhappy, at: datetime, zone: tzinfo | None) -> str:
    """What it was, and by when he is to be called back."""
    if one.complaint is None:
        said = _("unhappy: {figures}").format(figures=figures_said(one.csat, one.nps))
    else:
        said = _("complaint {id}: {about}").format(id=one.complaint, about=about_named(one.about))
    if one.number is not None:
        said = _("{said} (#{number})").format(said=said, number=one.number)
    if one.call_by is None:
        return _("{said}; not called back yet").format(said=said)
    by = when(one.call_by, zone, at=at)
    late = one.call_by < at
    told = _("{said}; to be called back since {by}") if late else _("{said}; call back by {by}")
    return told.format(said=said, by=by)


def _said(text: str) -> Iterator[Parts]:
    if text:
        yield ((text, ""),)


def _open_orders(card: CallerCard, at: datetime, zone: tzinfo | None) -> Iterator[Parts]:
    """How many, the most urgent of them, and how many more there are."""
    yield ((_("open orders: {count}").format(count=card.open_count), "muted"),)
    for line in card.open:
        yield _open(line, at, zone)
    if (more := card.open_count - len(card.open)) > 0:
        yield (("  " + _("+ {count} more").format(count=more), "muted"),)


def _open(line: BoardLine, at: datetime, zone: tzinfo | None) -> Parts:
    tone = "overdue" if line.overdue(at) else "soon" if line.at_risk(at) else ""
    due = _(" due {time}").format(time=when(line.next_deadline, zone, at=at))
    clock: Part = (due if line.next_deadline is not None else "", tone)
    state = _(STATES[line.state].label)
    return ((f"  #{line.number} ", "strong"), (state, ""), clock, (f" {line.title}", ""))
