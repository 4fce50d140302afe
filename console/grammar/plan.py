"""From a parsed line to the command that carries it out, and what speaks against it already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.actions_kinds import Situation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime, tzinfo

    from console.actions_kinds import Ask
    from console.grammar.parse import Parsed
    from store.domain.intents import Command
    from store.queries.board import BoardLine

UNASKED: Final = 3
"""Orders that a command may change without a look at them first."""


def commands_of(parsed: Parsed, lines: Mapping[int, BoardLine], ask: Ask) -> list[Command]:
    """What is to be done, order by order; blocks, where one must be looked up first."""
    return list(_commands(parsed, lines, ask))


def command_of(parsed: Parsed, lines: Mapping[int, BoardLine], ask: Ask) -> Command:
    """All of it as one command: done whole, and taken back whole."""
    commands = commands_of(parsed, lines, ask)
    if len(commands) == 1:
        return commands[0]
    from store.commands.together import Together

    return Together(commands=tuple(commands), partly=parsed.partly)


def is_for_the_screen(parsed: Parsed) -> bool:
    """Whether it only shows something, or changes the screen."""
    return parsed.action.make is None


def why_not(
    parsed: Parsed, lines: Mapping[int, BoardLine], *, at: datetime, zone: tzinfo | None
) -> str | None:
    """The sentence that forbids it for the only order named; the store has the last word."""
    line = lines.get(parsed.orders[0]) if len(parsed.orders) == 1 else None
    if line is None or not parsed.action.about_order:
        return None
    situation = Situation(at=at, zone=zone, line=line)
    why = parsed.action.why_not(situation)
    if why is not None and not parsed.action.store_decides(situation):
        return why
    return None if parsed.told.get("insist") else parsed.action.insist(situation)


def _commands(parsed: Parsed, lines: Mapping[int, BoardLine], ask: Ask) -> Iterator[Command]:
    make = parsed.action.make
    assert make is not None
    told = parsed.told
    if not parsed.orders:
        yield make(None, told, ask)
    if parsed.action.id == "assign" and len(parsed.orders) > 1:
        from console.heeding import for_all

        told = for_all(parsed.orders, told, ask)
    for number in parsed.orders:
        yield make(lines[number], told, ask)
        if parsed.note:
            from store.commands.contact import NoteOrder

            yield NoteOrder(number=number, text=parsed.note)
