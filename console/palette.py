"""What can be jumped to by name: orders, customers, sites, technicians, lists and actions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from console.i18n import _, in_every_language
from store.domain.finding.values import quoted
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from console.seat import Seat
    from store.queries.people import Named
    from store.queries.views import View

MOST_ORDERS, MOST_NAMES = 8, 5
_MOST_HEARD = 2_000
"""Entries of a register whose names are read aloud, as it were."""
_REGISTERS = (("customer", N_("customer")), ("site", N_("site")), ("technician", N_("technician")))
_FIELD = {"customer": "customer", "site": "site", "technician": "tech"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One thing to jump to."""

    kind: str
    """order, query, queue, view or action: which of the board's jumps it is."""
    target: Any
    what: str
    """What it is, in the operator's language."""
    name: str
    more: str = ""
    exact: bool = False
    """Whether what was typed is its whole name."""


def in_order(known: Iterable[Hit], near: Iterable[Hit]) -> list[Hit]:
    """What is at hand and what the store knows: whatever was typed by its whole name goes first."""
    near, known = list(near), list(known)
    exact = [hit for hit in (*near, *known) if hit.exact]
    return exact + [hit for hit in (*known, *near) if not hit.exact]


def at_hand(
    text: str, views: Iterable[View], keymap: Mapping[str, tuple[str, ...]] | None = None
) -> list[Hit]:
    """Lists and actions whose name holds the text, in whichever language it was typed."""
    from console.actions import ACTIONS, first_sign
    from store.queries.queues import QUEUES

    hits = [
        Hit(
            kind="view",
            target=view.id,
            what=_("view"),
            name=f"*{view.name}" if view.shared else view.name,
            more=view.query,
            exact=_is(text, view.name),
        )
        for view in views
        if _holds(text, view.name)
    ]
    hits += [
        Hit(
            kind="queue",
            target=name,
            what=_("queue"),
            name=_(queue.label),
            exact=_is(text, *_said(queue.label)),
        )
        for name, queue in QUEUES.items()
        if _holds(text, *_said(queue.label))
    ]
    hits += [
        Hit(
            kind="action",
            target=action.id,
            what=_("action"),
            name=f"{first_sign(action, keymap)}  {_(action.label)}",
            more=_(action.help),
            exact=_is(text, *_said(action.label)),
        )
        for action in ACTIONS.values()
        if _holds(text, *_said(action.label), *_said(action.help))
    ]
    return hits


def looked_up(seat: Seat, text: str) -> list[Hit]:
    """What the store knows by this name; blocks, and raises what the store raises."""
    return [*_orders(seat, text), *_names(seat, text)]


def _orders(seat: Seat, text: str) -> Iterator[Hit]:
    from store.domain.finding.refusal import QueryUnclear
    from store.queries.board import LineOf
    from store.queries.finding import FindOrders

    lines = []
    number = text.removeprefix("#")
    if number.isdecimal() and len(number) < 19:
        line = seat.ask(LineOf(number=int(number)))
        lines += [line] if line is not None else []
    for asked in (text, quoted(text)):
        try:
            newest = FindOrders(text=asked, sort="number", descending=True, limit=MOST_ORDERS)
            found = seat.ask(newest)
        except QueryUnclear:
            continue
        lines += [line for line in found.lines if line not in lines]
        break
    for line in lines[:MOST_ORDERS]:
        more = "  ".join(filter(None, (line.site_name, line.customer_name, line.technician_name)))
        yield Hit(
            kind="order",
            target=line.number,
            what=_("order"),
            name=f"#{line.number}  {line.title}",
            more=more,
            exact=text.removeprefix("#") == str(line.number),
        )


def _names(seat: Seat, text: str) -> Iterator[Hit]:
    from store.queries.people import PeopleNamed

    for register, label in _REGISTERS:
        found = seat.ask(PeopleNamed(what=register, text=text, limit=MOST_NAMES))
        for named in found or by_sound(seat, register, text):
            query = f"{_FIELD[register]}:{quoted(named.code)}"
            yield Hit(
                kind="query",
                target=query,
                what=_(label),
                name=named.name,
                more=_("{code}: all orders").format(code=named.code),
                exact=_is(text, named.code, named.name),
            )


def by_sound(seat: Seat, register: str, text: str) -> tuple[Named, ...]:
    """By their sound or first letters, as on the command line; customers may be too many."""
    from console.grammar.names import matching
    from store.queries.people import PeopleNamed

    if register == "customer" or not text.isascii():
        return ()
    return matching(seat.ask(PeopleNamed(what=register, limit=_MOST_HEARD)), text)[:MOST_NAMES]


_said = cache(in_every_language)
"""Our own few sentences, looked through at every key."""


def _holds(text: str, *names: str) -> bool:
    wanted = text.strip().casefold()
    return any(wanted in name.casefold() for name in names)


def _is(text: str, *names: str) -> bool:
    wanted = text.strip().casefold()
    return any(wanted == name.casefold() for name in names)
