"""An order as text, for whoever is told of it elsewhere; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.i18n import _
from console.render_card import when
from console.render_care import care_copied
from store.domain.targets import CLOCK_LABELS, ClockKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime, tzinfo

    from store.queries.card import Card


def copied_order(card: Card, *, at: datetime, zone: tzinfo | None) -> str:
    """Number and title, where, for whom with his telephone, who goes, and by when."""
    return "\n".join(_lines(card, at, zone))


def _lines(card: Card, at: datetime, zone: tzinfo | None) -> Iterator[str]:
    order = card.order
    yield f"#{order.number} P{order.priority} {order.title}"
    if card.site is not None:
        yield _("site: {what}").format(what=_apart(card.site.name, card.site.address))
    if card.customer is not None:
        yield _("customer: {what}").format(what=_apart(card.customer.name, card.customer.phone))
    yield from care_copied(card)
    if card.asset is not None:
        yield _("asset: {what}").format(what=card.asset.name)
    if order.technician is not None and order.technician in card.technicians:
        yield _("technician: {what}").format(what=card.technicians[order.technician].name)
    if card.due_at is not None:
        yield _("due ({clock}): {what}").format(**_due(card.due_at, at, zone))


def copied_in_short(card: Card, *, at: datetime, zone: tzinfo | None) -> str:
    """What was copied, as its result says it: the order, and of which clock it tells."""
    number = f"#{card.order.number}"
    if card.due_at is None:
        return number
    due = _("due ({clock}) {what}").format(**_due(card.due_at, at, zone))
    return _(", ").join((number, due))


def _due(due_at: datetime, at: datetime, zone: tzinfo | None) -> dict[str, str]:
    """By when, and that it is the resolve clock's: a row may count down to another one."""
    clock = _(CLOCK_LABELS[ClockKind.RESOLVE])
    return {"clock": clock, "what": when(due_at, zone, at=at)}


def _apart(*texts: str) -> str:
    return "  ".join(text for text in texts if text)
