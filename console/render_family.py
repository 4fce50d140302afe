"""What an order stands under, and what stands under it, as lines of text; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.i18n import _
from store.domain.families import is_open
from store.domain.lifecycle import STATES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from console.looks import Parts
    from store.queries.card import Card
    from store.queries.kin import KinLine


def family_lines(card: Card) -> Iterator[Parts]:
    """The parent, or the children with those first that are still open."""
    if card.parent is not None:
        yield ((_("under: "), "muted"), (kin_said(card.parent), ""))
        yield ()
    if card.children:
        yield ((children_said(card), "heading"),)
        for kin in sorted(card.children, key=lambda kin: not is_open(kin.state)):
            yield ((kin_said(kin), "" if is_open(kin.state) else "muted"),)
        yield ()


def children_said(card: Card) -> str:
    """How many there are, and how many of them are still open."""
    still = sum(is_open(kin.state) for kin in card.children)
    return _("under it: {count}, still open: {open}").format(count=len(card.children), open=still)


def kin_said(kin: KinLine) -> str:
    """One relative on one line."""
    return f"#{kin.number} {STATES[kin.state].sign} {_(STATES[kin.state].label)}  {kin.title}"
