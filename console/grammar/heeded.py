"""What speaks against whom a line sends or what it wants, and how the people are offered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.grammar.spoken import called
from console.heeding import shortly, warned
from console.i18n import _
from store.domain.dispatch.things import like_those, parted, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from console.grammar.lookup import Entry, Lookup
    from console.grammar.parse import Parsed


def warnings_of(parsed: Parsed, lookup: Lookup) -> dict[int, str]:
    """By order, what speaks against whom a line sends there."""
    if parsed.action.id == "needs" and parsed.orders:
        nobody = _nobody_carries(parsed.told.get("things", ""), lookup)
        return dict.fromkeys(parsed.orders, nobody) if nobody else {}
    sent = parsed.named.get("technician")
    if parsed.action.id != "assign" or sent is None or not parsed.orders:
        return {}
    against = lookup.against(parsed.orders, sent.id)
    return {
        number: warned(called(sent), against[number], at=lookup.at, zone=lookup.zone)
        for number in parsed.orders
        if against.get(number)
    }


def _nobody_carries(text: str, lookup: Lookup) -> str:
    """What nobody has with him: often another word for what somebody has."""
    carried = lookup.carried() if text else frozenset()
    missing = parted(text) - carried
    if not missing:
        return ""
    if not carried:
        return _("nobody carries {things}").format(things=said(missing))
    told = _("nobody carries {things}; carried: {carried}")
    return told.format(things=said(missing), carried=like_those(missing, carried))


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
