"""How a customer is looked after, as lines of text: team, wishes, an ending contract; pure."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from console.i18n import _, _n
from console.render_time import here
from store.domain.contracts import AHEAD_DAYS, days_left
from store.domain.visiting import Hours, clock

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime, tzinfo

    from console.looks import Parts
    from store.queries.card import Card
    from store.queries.heeds import Wishes

_APART: Final = "  "
_MOMENT: Final = timedelta(seconds=1)
"""Before its end a contract still holds: that is on its last day."""


def hours_said(hours: Hours) -> str:
    """When somebody is wanted, in the reader's words; empty for any time."""
    first, last = hours.from_s, hours.to_s
    if first is not None and last is not None:
        return _("from {first} to {last}").format(first=clock(first), last=clock(last))
    if last is not None:
        return _("before {time}").format(time=clock(last))
    return "" if first is None else _("after {time}").format(time=clock(first))


def team_lines(lead: str, speaks: Sequence[str]) -> Iterator[Parts]:
    """Who leads the service team, and who speaks for the customer."""
    if lead:
        yield ((_("service team: "), "muted"), (lead, ""))
    if speaks:
        yield ((_("speaks for the customer: "), "muted"), (_APART.join(speaks), ""))


def wish_lines(hours: Hours, *, call_ahead: bool) -> Iterator[Parts]:
    """When the customer wants somebody, and that he is to be called before."""
    wishes = [hours_said(hours), _("call ahead") if call_ahead else ""]
    told = _(", ").join(text for text in wishes if text)
    if told:
        yield ((_("wants: "), "muted"), (told, "soon"))


def wishes_said(wishes: Wishes) -> str:
    """What the customer wants of whoever comes, in one line; empty for nothing certain."""
    told = [hours_said(wishes.hours), _("call ahead") if wishes.call_ahead else ""]
    told += [_("not {name}").format(name=name) for name in wishes.refused]
    if wishes.asked_for:
        told.append(_("best {names}").format(names=_(", ").join(wishes.asked_for)))
    return _(", ").join(text for text in told if text)


def ending_lines(ends_at: datetime, zone: tzinfo | None, *, at: datetime) -> Iterator[Parts]:
    """That a contract ends soon, seen ahead."""
    left = days_left(ends_at, at=at)
    if left < AHEAD_DAYS:
        said = _n(
            "contract ends in {count} day, {day}", "contract ends in {count} days, {day}", left
        )
        yield ((said.format(count=left, day=f"{here(ends_at - _MOMENT, zone):%Y-%m-%d}"), "soon"),)


def care_lines(card: Card) -> Iterator[Parts]:
    """Who called, and the same, on an order's card; an appointment at another time is told."""
    if card.contact is not None:
        called = (card.contact.name, card.contact.phone)
        yield ((_("called: "), "muted"), (_APART.join(text for text in called if text), ""))
    lead = card.lead or card.lead_technician
    speaks = card.speaks
    told = () if speaks is None else (speaks.name, speaks.phone)
    yield from team_lines("" if lead is None else lead.name, [text for text in told if text])
    if card.care is None:
        return
    hours = _hours(card)
    yield from wish_lines(hours, call_ahead=card.care.call_ahead)
    if _is_broken(card, hours):
        yield ((_("! the appointment is at another time than the customer wants"), "overdue"),)


def care_copied(card: Card) -> Iterator[str]:
    """What whoever is sent must know of the customer, as text."""
    if card.care is None:
        return
    if said := hours_said(_hours(card)):
        yield _("wanted: {hours}").format(hours=said)
    if card.care.call_ahead:
        customer = card.customer.phone if card.customer else ""
        speaks = card.speaks
        told = (speaks.name, speaks.phone or customer) if speaks else (customer,)
        who = _APART.join(text for text in told if text)
        yield _("call ahead: {who}").format(who=who) if who else _("call ahead")


def _hours(card: Card) -> Hours:
    assert card.care is not None
    return Hours(from_s=card.care.from_s, to_s=card.care.to_s)


def _is_broken(card: Card, hours: Hours) -> bool:
    comes = card.order.appointment_at
    zone = "UTC" if card.site is None else card.site.zone
    return comes is not None and card.site is not None and not hours.takes(comes, zone)
