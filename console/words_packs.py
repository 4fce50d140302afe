"""How packs, and what they name, are called; pure."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from console.i18n import _
from store.domain.packs import PACK_KINDS, PackKind

if TYPE_CHECKING:
    from datetime import tzinfo

    from store.queries.packs import PackShown


def kind_said(kind: str) -> str:
    """What a pack is called; of a later program as it is written."""
    return _(PACK_KINDS[PackKind(kind)]) if kind in set(PackKind) else kind


def wall(at: datetime, zone: tzinfo) -> str:
    """A moment as the walls of a zone show it."""
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def order_named(shown: PackShown, number: int) -> tuple[str, str, str]:
    """Number, title and site of an order as it is called now."""
    one = shown.orders.get(number)
    return (str(number), "–", "–") if one is None else (str(number), one.title, one.site or "–")


def instant(text: str) -> datetime:
    """As a pack has it."""
    return datetime.fromisoformat(text)
