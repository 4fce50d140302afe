"""What may stand behind the verbs of automatic dispatch and of plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.actions_automatic import FIGURES, MODE_SAID
from console.actions_plans import DEED_WORDS, deed_of
from console.grammar.offered import Offer
from console.i18n import _
from console.plan_fields import KEYS
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


def plan_offered(slot: Slot, done: Sequence[Token], *, chinese: bool) -> None:
    """What to do, to which plan, and what of it."""
    if not done:
        slot.wanted.append(N_("what to do to a plan, or nothing to see them all"))
        slot.offers += [Offer(text=words[chinese]) for words in DEED_WORDS.values()]
        return
    deed = deed_of(done[0].text)
    if deed == "new" or (deed == "edit" and len(done) > 1):
        slot.wanted.append(N_("what is to be done, then rule: monthly time: 10:00 site: S1 ..."))
        slot.offers += [Offer(text=f"{words[chinese]}:") for words in KEYS.values()]
    elif len(done) == 1:
        slot.wanted.append(N_("the number of a plan"))
    elif deed in {"skip", "unskip"} and len(done) == 2:
        slot.wanted.append(N_("a day such as 2026-10-01; nothing for the next"))
