"""Where an order is to be done, for whom and with what, as lines of its card; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.i18n import _, coded
from console.render_care import care_lines
from store.domain.dispatch.things import parted, said
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from console.looks import Parts
    from store.queries.card import Card

_TIERS: Final = {"standard": N_("tier standard"), "key": N_("tier key")}
"""Those that every house has; it may name others."""


def tier_said(tier: str) -> str:
    """Which customers it is one of; a name of the house's own as it was given."""
    said = _TIERS.get(tier)
    return _(said) if said else _("tier {tier}").format(tier=tier) if tier else ""


def place_lines(card: Card) -> Iterator[Parts]:
    """Site, customer and how he is looked after, what is broken, and what it needs."""
    site, customer, asset = card.site, card.customer, card.asset
    if site is not None:
        place = _(", ").join(filter(None, (site.name, site.address)))
        yield ((_("site: "), "muted"), (place, ""))
    if customer is not None:
        tier = tier_said(customer.tier)
        tail = "".join(f"  {text}" for text in (customer.phone, tier) if text)
        yield ((_("customer: "), "muted"), (f"{customer.name}{tail}", ""))
    yield from care_lines(card)
    if asset is not None:
        yield ((_("asset: "), "muted"), (coded(asset.name, asset.code), ""))
    if card.kind:
        yield ((_("kind of work: "), "muted"), (card.kind, ""))
    if card.order.needs:
        yield ((_("needs: "), "muted"), (said(parted(card.order.needs)), ""))
    if site or customer or asset or card.contact or card.kind or card.order.needs:
        yield ()
