"""A kind of work that asks for no skill, since nobody has said what it takes: maybe a slip."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from console.grammar.names import nearest
from console.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from store.queries.usual import KindLine

SLIP: Final = 0.75
"""From so much on a kind that orders have is like another one: a slip that was made before."""


class Strange(NamedTuple):
    """A kind that may be a slip."""

    kind: str
    like: str
    """The kind that may be meant; empty where none is like it."""
    new: bool
    """Whether no order has it yet."""


def strange(kind: str, kinds: Iterable[KindLine]) -> Strange | None:
    """What is to be said of a kind that is written, beside those that there are.

    None where the desk has said what it takes, and where orders have it already and no kind is
    like it whose skill it would miss.
    """
    wanted, known = kind.strip(), tuple(kinds)
    same = [one for one in known if wanted.casefold() in {one.code.casefold(), one.name.casefold()}]
    if not wanted or any(one.said for one in same):
        return None
    if same:
        like = nearest(_called(one for one in known if one.said), wanted, least=SLIP)
        return Strange(wanted, like, new=False) if like else None
    return Strange(wanted, nearest(_called(known), wanted) or "", new=True)


def _called(kinds: Iterable[KindLine]) -> list[str]:
    return [word for kind in kinds for word in (kind.code, kind.name) if word]


def strange_said(found: Strange | None) -> str:
    """What it comes to; empty where nothing is strange."""
    if found is None:
        return ""
    said = _("kind of work “{kind}” asks for no skill; is “{like}” meant?")
    if found.new:
        said = _("new kind of work “{kind}”, which asks for no skill")
        if found.like:
            said = _("new kind of work “{kind}”, which asks for no skill; is “{like}” meant?")
    return said.format(kind=found.kind, like=found.like)
