"""Which columns of a listed table are wanted, by their heads in any language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.cli_guard import WrongUsage
from console.i18n import _, in_every_language

if TYPE_CHECKING:
    from collections.abc import Sequence


def chosen(text: str, heads: Sequence[str]) -> tuple[int, ...]:
    """The places of the columns that a list with commas names, in its order."""
    known = {_bare(said): n for n, head in enumerate(heads) for said in in_every_language(head)}
    known.pop("", None)
    places = []
    for name in text.replace("，", ",").split(","):
        place = known.get(_bare(name))
        if place is None:
            there = _(", ").join(_(head) for head in heads if head)
            why = _("no column is called “{name}”; there are {names}")
            raise WrongUsage(why=why.format(name=name.strip(), names=there))
        places.append(place)
    return tuple(places)


def _bare(text: str) -> str:
    return text.strip().rstrip(".").casefold()
