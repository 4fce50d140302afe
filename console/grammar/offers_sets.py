"""Sets that may stand where orders may: what is listed, views, queues, a filter in brackets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from console.grammar.names import fits, has_initials
from console.grammar.offered import Offer
from console.grammar.sets import takes_text
from console.grammar.targets import VIEW, bare, queue_named
from console.grammar.tokens import quoted
from store.domain.finding.complete import offers as filter_offers
from store.domain.finding.values import quoted as quoted_value
from store.domain.words import N_
from store.queries.queues import QUEUES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from console.actions_kinds import Action
    from console.grammar.lookup import Lookup
    from console.grammar.offered import Slot
    from console.grammar.tokens import Token
    from store.queries.views import View

_UNASKED: Final = 3
"""Views that are offered before anything is typed; the others wait for their beginning."""
_PLAIN: Final = re.compile(r"[^\W\d][\w-]*( [\w-]+)*")
_REGISTERS: Final = {"site": "site", "tech": "technician", "customer": "customer"}
_MOST_NAMES: Final = 20


def sets_offered(action: Action, typed: str, lookup: Lookup, *, chinese: bool) -> Iterator[Offer]:
    """What is listed, then views, then queues, once something is typed that they begin with."""
    if lookup.lists and not typed:
        yield Offer(text="*", label=N_("what the list shows now"))
    sign = VIEW[chinese]
    wanted = bare(next((typed[len(v) :] for v in VIEW if typed.casefold().startswith(v)), typed))
    fitting = [view for view in lookup.views() if bare(view.name).startswith(wanted)]
    for view in fitting if typed else fitting[:_UNASKED]:
        label = N_("a view that everybody has") if view.shared else N_("a view of your own")
        yield Offer(text=_in_line(view, action, lookup, sign), label=label, sure=True)
    for queue in QUEUES.values() if typed and "{" not in typed else ():
        if bare(queue.name).startswith(bare(typed)):
            yield Offer(text=queue.name, label=queue.label, sure=True)


def filter_offered(slot: Slot, held: Token, lookup: Lookup, *, chinese: bool) -> None:
    """What may stand in the brackets of a filter, where it is not closed yet."""
    slot.wanted = [N_("a filter, as behind /: site:HQ overdue p<=2 ...")]
    if len(held.raw) > 1 and held.text.endswith((")", "}")):
        return
    inside = held.raw[1:]
    found = filter_offers(inside, len(inside), chinese=chinese)
    slot.start = held.start + 1 + found.start
    register = _REGISTERS.get(found.field or "")
    if register is not None:
        wanted = " ".join(found.typed.casefold().split())
        named = [
            entry
            for entry in lookup.register(register)
            if not wanted or fits(entry, wanted) or has_initials(entry, wanted)
        ]
        for entry in named[:_MOST_NAMES]:
            code = entry.code if _PLAIN.fullmatch(entry.code) else quoted_value(entry.code)
            slot.offers.append(Offer(text=code, label=entry.name, sure=True, goes_on=True))
    slot.offers += [
        Offer(text=one.text, label=one.label, sure=True, goes_on=True) for one in found.offers
    ]


def _in_line(view: View, action: Action, lookup: Lookup, sign: str) -> str:
    """The view's name as a line takes it: alone where nothing else can be meant by it."""
    plain = _PLAIN.fullmatch(view.name) is not None and queue_named(view.name) is None
    if plain and not takes_text(action, lookup):
        return view.name
    return sign + (view.name if plain else quoted(view.name))
