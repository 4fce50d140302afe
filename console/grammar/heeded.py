"""What speaks against whom a line sends, and how those are offered whom it could send."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.grammar.spoken import called
from console.heeding import shortly, warned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from console.grammar.lookup import Entry, Lookup
    from console.grammar.parse import Parsed


def warnings_of(parsed: Parsed, lookup: Lookup) -> dict[int, str]:
    """By order, what speaks against whom a line sends there."""
    sent = parsed.named.get("technician")
    if parsed.action.id != "assign" or sent is None or not parsed.orders:
        return {}
    against = lookup.against(parsed.orders, sent.id)
    return {
        number: warned(called(sent), against[number], at=lookup.at, zone=lookup.zone)
        for number in parsed.orders
        if against.get(number)
    }


def labelled(what: str, lookup: Lookup, order: int | None) -> Iterator[tuple[Entry, str]]:
    """The entries of a register with their names; of technicians for an order also why not he."""
    if order is None or what != "technician":
        for entry in lookup.register(what):
            yield entry, _name(entry)
        return
    for entry, barred in lookup.whom(order):
        against = f"✗ {shortly(barred)}" if barred else ""
        yield entry, f"{_name(entry)} {against}".strip()


def _name(entry: Entry) -> str:
    return "" if entry.name == entry.code else entry.name
