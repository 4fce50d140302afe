"""What each copy of a pattern is found by: the document that `search_docs` makes of any order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.domain.copies import CUSTOMER, SITE, TECHNICIANS
from store.domain.facts import canonical
from store.domain.finding.grams import grams
from store.domain.lifecycle import STATES
from store.persistence.search_docs import NOBODY, TOLD, WENT, document, note_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from store.domain.copies import Copy
    from store.domain.history import History
    from store.persistence.search_docs import Known

    Names = Mapping[str, Known]
    """By register, the grams of its entries."""


class Findable:
    """A history's words, ready to be told with another title, place and people."""

    def __init__(self, history: History) -> None:
        order = history.order
        assert order.asset is None  # copies stand at sites of which each has its own assets
        self._before, *after = (
            grams(text or "") for text in (order.external_id, order.kind, order.description)
        )
        self._after = [told for told in after if told]
        self._site = order.site
        self._customer = order.customer
        self._went = [visit.technician for visit in order.visits if visit.state in WENT]
        self._live = not STATES[order.state].final
        self._notes = [
            grams(note_in(canonical(entry.fact.words)))
            for entry in reversed(history.entries)
            if entry.fact.name in TOLD and entry.fact.words
        ]

    def document(self, number: int, copy: Copy, names: Names) -> list[str]:
        """The grams of a copy, in the order in which `search_docs` has them."""
        meant = dict(zip(TECHNICIANS, copy.technicians, strict=False))
        site = copy.site if self._site == SITE else self._site
        customer = copy.customer if self._customer == CUSTOMER else self._customer
        name, phone = names["customer"].get(customer, NOBODY)
        people = names["technician"]
        told: Sequence[Sequence[str]] = (
            self._before,
            grams(copy.title),
            *self._after,
            names["site"].get(site, NOBODY)[0],
            name,
            phone,
            *(people.get(meant.get(person, person), NOBODY)[0] for person in self._went),
            *self._notes,
        )
        return document(number, told, live=self._live, site=site, customer=customer)
