"""Times that may stand where one is wanted, each with what it comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.grammar.offered import Offer
from console.grammar.times import TIMES, is_keyword
from console.moments import read_moment
from console.whens import in_full, parse_when
from store.domain.errors import BadInput
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from console.grammar.lookup import Lookup
    from console.grammar.offered import Slot
    from console.grammar.tokens import Token

_PAST: Final = (
    ("09:15", "2h ago", "yesterday 17:00", "last night"),
    ("09:15", "2小时前", "昨天 17:00", "昨晚"),
)
_UNTIL: Final = ("until", "到")


def times_offered(
    slot: Slot, given: Sequence[Token], typed: str, lookup: Lookup, *, chinese: bool
) -> None:
    """A time to come; behind its keyword it takes the place of all that is typed of it."""
    place = next((p for p in reversed(range(len(given))) if is_keyword(given[p])), None)
    behind = () if place is None else given[place + 1 :]
    if behind:
        slot.start = behind[0].start
    elif place is None:
        slot.offers.append(Offer(text=_UNTIL[chinese], label=N_("a time follows")))
    said = _said(behind, typed)
    slot.offers += _fitting(TIMES, said, parse_when, lookup, chinese=chinese)


def moments_offered(
    slot: Slot, given: Sequence[Token], typed: str, lookup: Lookup, *, chinese: bool
) -> None:
    """A time that has passed, the same."""
    words = [word for word in given if not is_keyword(word) and word.text != "在"]
    if words:
        slot.start = words[0].start
    said = _said(words, typed)
    slot.offers += _fitting(_PAST, said, read_moment, lookup, chinese=chinese)


def _said(words: Sequence[Token], typed: str) -> str:
    return " ".join([*(word.text for word in words), typed]).strip().casefold()


def _fitting(
    texts: tuple[tuple[str, ...], tuple[str, ...]],
    said: str,
    read: Callable[..., datetime],
    lookup: Lookup,
    *,
    chinese: bool,
) -> Iterator[Offer]:
    """Those that begin so, also of the other language once something is typed, as they are read."""
    own, other = texts[chinese], texts[not chinese]
    for text in dict.fromkeys((*own, *(other if said else ()))):
        if text.casefold().startswith(said):
            try:
                found = read(text, at=lookup.at, zone=lookup.zone)
            except BadInput:  # tonight, late in the evening
                continue
            label = in_full(found, lookup.zone, at=lookup.at)
            yield Offer(text=text, label=label, sure=True)
