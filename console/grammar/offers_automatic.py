"""What may stand behind the verb of automatic dispatch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.actions_automatic import FIGURES, MODE_SAID
from console.grammar.offered import Offer
from console.i18n import _
from store.domain.dispatch.automatic import QUEUE_WORDS
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from console.grammar.offered import Slot
    from console.grammar.tokens import Token


def setting_offered(slot: Slot, done: Sequence[Token], *, chinese: bool) -> None:
    """A mode first; then for which orders, and its two figures."""
    if not done:
        slot.wanted.append(N_("a mode, or nothing to see them all"))
        slot.offers += [Offer(text=words[chinese]) for words in MODE_SAID.values()]
        return
    if any(done[-1].text.casefold() in words for words in FIGURES.values()):
        slot.wanted.append(N_("minutes"))
        return
    slot.wanted.append(N_("a queue or a view that all have, a priority; all orders without them"))
    slot.offers += [Offer(text=_(label)) for label in QUEUE_WORDS.values()]
    slot.offers += [Offer(text=str(priority)) for priority in (1, 2, 3, 4)]
    slot.offers += [Offer(text=words[chinese]) for words in FIGURES.values()]
