"""What a row counts down to where it is no promise of a service level, as lines of text; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.i18n import _
from console.outcomes import reason_said
from console.render import CALL, WAKE
from console.render_card import when

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime, tzinfo

    from console.looks import Parts
    from store.queries.card import Card


def set_by_hand(
    card: Card, sign: str, until: datetime, *, at: datetime, zone: tzinfo | None
) -> tuple[Parts, ...]:
    """The end of a wait, or a promised call (`WAKE` or `CALL`): when, and who said why."""
    order = card.order
    said = {
        WAKE: _("the list shows “{sign}”: the end of its wait, {when}"),
        CALL: _("the list shows “{sign}”: a call promised to the customer, {when}"),
    }[sign]
    return (
        ((f"#{order.number} {order.title}", "strong"),),
        ((said.format(sign=_(sign), when=when(until, zone, at=at)), ""),),
        *_why(card, sign, until),
        (),
        ((_("Somebody chose this time: no working hours are added up to it."), "muted"),),
        ((_("→ shows the promises of time to the customer, one by one."), "muted"),),
    )


def _why(card: Card, sign: str, until: datetime) -> Iterator[Parts]:
    if sign == WAKE and card.order.reason:
        yield ((_("why: {reason}").format(reason=reason_said(card.order.reason)), ""),)
    if sign == CALL:
        for call in card.follow_ups:
            if call.done_at is None and call.due_at == until and call.note:
                yield ((_("about: {text}").format(text=call.note), ""),)
