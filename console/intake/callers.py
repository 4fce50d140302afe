"""Who called about the orders of a file: his name and number as it gives them, and his entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.domain.callers import Caller, read_caller

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from console.intake.mapping import Picture
    from store.persistence.work import Work

Called = tuple[str, str, int | None]
"""A caller's name and number, and for which customer he called."""

MOST = 50_000
"""Callers of a file that are remembered at once."""


def caller_of(picture: Picture) -> Caller:
    """Who called; a name may have its number beside it, as it is said to the form.

    The number of a customer whom nobody names is the caller's.
    """
    name, phone = picture.text("contact"), picture.text("contact_phone")
    if not phone and not picture.text("customer"):
        phone = picture.text("customer_phone")
    return Caller(name=name, phone=phone) if phone else read_caller(name)


class Callers:
    """Callers met so far, with the ids of their entries; known again as the form knows them."""

    def __init__(self) -> None:
        self._known: dict[Called, int | None] = {}

    def meet(
        self, work: Work, orders: Iterable[Sequence[Picture]], customers: Mapping[str, int]
    ) -> dict[int, int]:
        """Their entries, made where they are new, by the line of each order's first row.

        One who is the customer himself has none.
        """
        if len(self._known) > MOST:
            self._known.clear()
        found: dict[int, int] = {}
        for order in orders:
            caller = next((one for one in map(caller_of, order) if one.name or one.phone), None)
            if caller is None:
                continue
            entry = self._entry(work, caller, customers.get(order[0].text("customer")))
            if entry is not None:
                found[order[0].line] = entry
        return found

    def forget(self) -> None:
        """The transaction that made some of them was not kept."""
        self._known.clear()

    def _entry(self, work: Work, caller: Caller, customer: int | None) -> int | None:
        if not caller.phone and customer is None:  # nothing tells two of that name apart
            return work.contact(caller, None)
        told = (caller.name, caller.phone, customer)
        if told not in self._known:
            self._known[told] = work.contact(caller, customer)
        return self._known[told]
