"""A kind of work that nobody at the desk knows: it asks for no skill, and may be a slip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.grammar.names import nearest
from console.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from store.queries.usual import KindLine


def kind_like(text: str, kinds: Iterable[KindLine]) -> str:
    """The kind that is most like a text, by its code or name; empty where none is."""
    called = [word for kind in kinds for word in (kind.code, kind.name) if word]
    return nearest(called, text) or ""


def strange_kind(kind: str, like: str) -> str:
    """What a new kind comes to; empty where none is new."""
    if not kind:
        return ""
    said = _("new kind of work “{kind}”, which asks for no skill")
    if like:
        said = _("new kind of work “{kind}”, which asks for no skill; is “{like}” meant?")
    return said.format(kind=kind, like=like)
