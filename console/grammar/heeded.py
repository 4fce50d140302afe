"""What speaks against whom a line sends or what it wants, and how the people are offered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.grammar.kinds import strange, strange_said
from console.grammar.spoken import called
from console.heeding import shortly, warned
from console.i18n import _
from console.render_told import promise_stays, promises_said
from console.told_words import window_of
from store.domain.agreed import over_before
from store.domain.dispatch.things import like_those, parted, said
from store.domain.lifecycle import STATES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from console.grammar.lookup import Entry, Lookup
    from console.grammar.parse import Parsed


def warnings_of(parsed: Parsed, lookup: Lookup) -> dict[int, str]:
    """By order, what speaks against whom a line sends there, or what it wants; 0 for a new one."""
    if parsed.action.id in {"new", "plans"}:
        told = parsed.told.get("texts", parsed.told)
        nobody = _nobody_carries(told.get("needs", ""), lookup)
        said = _("; ").join(filter(None, (_strange(told.get("kind", ""), lookup), nobody)))
        return {0: said} if said else {}
    if parsed.action.id == "needs" and parsed.orders:
        nobody = _nobody_carries(parsed.told.get("things", ""), lookup)
        return dict.fromkeys(parsed.orders, nobody) if nobody else {}
    if parsed.action.id == "appointment":
        return _over_before(parsed, lookup)
    if parsed.action.id == "duplicate":
        return _goes_on(parsed, lookup)
    sent = parsed.named.get("technician")
    if parsed.action.id != "assign" or sent is None or not parsed.orders:
        return {}
    against = lookup.against(parsed.orders, sent.id)
    return {
        number: warned(called(sent), against[number], at=lookup.at, zone=lookup.zone)
        for number in parsed.orders
        if against.get(number)
    }


def _strange(kind: str, lookup: Lookup) -> str:
    """That a kind of work may be a slip; empty where it is known."""
    if not kind.strip():
        return ""
    return strange_said(strange(kind, (*lookup.kinds(kind), *lookup.kinds(""))))


def _over_before(parsed: Parsed, lookup: Lookup) -> dict[int, str]:
    """The promises to resolve that are over before the appointment: they stay as they are.

    Of one order alone also that to arrive, which gives way.
    """
    begins, _ends = window_of(parsed.told.get("appointment", ""))
    if begins is not None and len(parsed.orders) == 1:
        (number,) = parsed.orders
        stays, there = lookup.resolve_by(parsed.orders).get(number), lookup.arrive_by(number)
        said = promises_said(
            stays if over_before(stays, begins) else None,
            there if over_before(there, begins) else None,
            lookup.zone,
            at=lookup.at,
        )
        return {number: said} if said else {}
    dues = {} if begins is None else lookup.resolve_by(parsed.orders)
    return {
        number: promise_stays(dues[number], lookup.zone, at=lookup.at)
        for number in parsed.orders
        if over_before(dues.get(number), begins)
    }


def _goes_on(parsed: Parsed, lookup: Lookup) -> dict[int, str]:
    """What speaks against whoever has a duplicate at the order that he then goes on to."""
    number = parsed.told.get("duplicate_of")
    found = {} if number is None else lookup.lines([*parsed.orders, number])
    original = None if number is None else found.get(number)
    copies = (found[one] for one in parsed.orders if one in found and one != number)
    held = next((line for line in copies if line.technician_code), None)
    if held is None or original is None or not STATES[original.state].orphan:
        return {}
    people = lookup.register("technician")
    he = next((entry for entry in people if entry.code == held.technician_code), None)
    against = () if he is None else lookup.against((original.number,), he.id)[original.number]
    if he is None or not against:
        return {}
    return {held.number: warned(called(he), against, at=lookup.at, zone=lookup.zone)}


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
        against = f"✗ {shortly(barred, at=lookup.at, zone=lookup.zone)}" if barred else ""
        yield entry, f"{_name(entry)} {against}".strip()


def _name(entry: Entry) -> str:
    return "" if entry.name == entry.code else entry.name
