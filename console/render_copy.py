"""An order as text, for whoever is told of it elsewhere; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.i18n import _
from console.render_card import when

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
    if card.asset is not None:
        yield _("asset: {what}").format(what=card.asset.name)
    if order.technician is not None and order.technician in card.technicians:
        yield _("technician: {what}").format(what=card.technicians[order.technician].name)
    if card.due_at is not None:
        yield _("due: {what}").format(what=when(card.due_at, zone, at=at))


def _apart(*texts: str) -> str:
    return "  ".join(text for text in texts if text)
