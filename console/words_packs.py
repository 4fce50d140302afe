"""How packs are called; pure."""

from __future__ import annotations

from console.i18n import _
from store.domain.packs import PACK_KINDS, PackKind


def kind_said(kind: str) -> str:
    """What a pack is called; of a later program as it is written."""
    return _(PACK_KINDS[PackKind(kind)]) if kind in set(PackKind) else kind
