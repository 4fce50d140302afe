"""Reads a typed line that waited, now that the store answers; blocks, and touches no widget."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from console.i18n import _
from store.domain.errors import Refusal, Stale
from store.domain.words import N_

if TYPE_CHECKING:
    from datetime import tzinfo

    from console.grammar.asking import StoreLookup
    from console.grammar.understand import Understood
    from console.preview import PreviewRow
    from console.seat import Seat
    from console.typed_line import TypedLine
    from console.waiting import Waiting


class ShowsOnly(Refusal):
    """The line does nothing to the desk."""

    sentence = N_("this only shows something; there is nothing to send")


def read_late(item: Waiting, seat: Seat, zone: tzinfo | None) -> Waiting:
    """The same with its command; or held, where the operator is to look at it first.

    Raises what speaks against it. Times count from when it was typed.
    """
    typed, told, lookup = _understood(item, seat, zone)
    if told.why_not is not None:
        return replace(item, why=_(told.why_not), held=True)
    known = {*typed.named, *typed.seen, typed.selected}
    if told.may_be_a_set or not known.issuperset(told.parsed.orders):
        from console.grammar.understand import wants_a_look

        rows = _rows(told, lookup, seat)
        if wants_a_look(told, rows) or not known.issuperset(told.parsed.orders):
            line = replace(typed, named=told.parsed.orders or typed.named)
            return replace(item, line=line, asks=max(1, len(rows)), held=True)
    _same_as_seen(typed, told, seat)
    return _commanded(item, told, seat)


def looked_at(
    item: Waiting, seat: Seat, zone: tzinfo | None
) -> tuple[Understood, tuple[PreviewRow, ...]]:
    """What it would change as things are now."""
    assert item.line is not None
    unseen = replace(item, line=replace(item.line, seen={}))
    _typed, told, lookup = _understood(unseen, seat, zone)
    return told, _rows(told, lookup, seat)


def agreed(item: Waiting, told: Understood, seat: Seat) -> Waiting:
    """What the operator has looked at may go."""
    return replace(_commanded(item, told, seat), why="", asks=0, held=False)


def _understood(
    item: Waiting, seat: Seat, zone: tzinfo | None
) -> tuple[TypedLine, Understood, StoreLookup]:
    from console.grammar.asking import StoreLookup
    from console.grammar.understand import understand

    typed = item.line
    assert typed is not None
    lookup = StoreLookup(seat.ask, at=item.at, zone=zone, selected=typed.selected)
    told = understand(typed.text, lookup)
    if told.is_for_the_screen:
        raise ShowsOnly
    lines = {
        number: replace(line, version=typed.seen.get(number, line.version))
        for number, line in told.lines.items()
    }
    return typed, replace(told, lines=lines), lookup


def _rows(told: Understood, lookup: StoreLookup, seat: Seat) -> tuple[PreviewRow, ...]:
    from console.grammar.understand import what_would_change

    return what_would_change(told, lookup, ask=seat.ask, rehearse=seat.rehearse)


def _commanded(item: Waiting, told: Understood, seat: Seat) -> Waiting:
    from console.grammar.plan import command_of

    return replace(item, command=command_of(told.parsed, told.lines, seat.ask))


def _same_as_seen(typed: TypedLine, told: Understood, seat: Seat) -> None:
    """Stale where a colleague has changed an order that was not on the screen, since it was."""
    from store.domain.facts import FACTS
    from store.domain.who import SYSTEM_OPERATOR
    from store.queries.card import Trace

    for number in told.parsed.orders:
        if number in typed.seen:
            continue  # its version tells
        for entry in reversed(seat.ask(Trace(number=number))):
            if entry.at <= typed.seen_at:
                break
            if entry.by not in {seat.who.operator, SYSTEM_OPERATOR}:
                raise Stale(
                    number=number,
                    by=entry.by_name or "?",
                    changed_at=entry.at,
                    fact=FACTS.get(entry.fact, entry.fact),
                )
