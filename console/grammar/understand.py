"""A line understood: what it means in words, what speaks against it, and what it would change."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from console.grammar.parse import parse
from console.grammar.plan import UNASKED, commands_of, is_for_the_screen, why_not
from console.grammar.spoken import called, spoken
from console.i18n import _
from console.preview import Names, PreviewRow, preview

if TYPE_CHECKING:
    from console.actions_kinds import Ask
    from console.grammar.lookup import Lookup
    from console.grammar.parse import Parsed
    from store.domain.intents import Command, Rehearsed
    from store.queries.board import BoardLine

CONCERNS_OTHERS = frozenset({"tell_all"})
"""Actions that tell the customers of orders that nobody named."""
_UNNAMED = frozenset({"undo", "redo"}) | CONCERNS_OTHERS
Rehearse = Callable[[Sequence["Command"]], "tuple[Rehearsed, ...]"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What a line means, in words of the operator's language."""

    line: str
    parsed: Parsed
    lines: Mapping[int, BoardLine]
    """The orders named."""
    said: str
    why_not: str | None
    """What forbids it already; the store has the last word."""

    @property
    def is_for_the_screen(self) -> bool:
        """Whether it only shows something."""
        return is_for_the_screen(self.parsed)

    selected: int | None = None
    """The order `.` when the line was read."""
    before: int | None = None
    """The order `..`."""

    @property
    def may_be_a_set(self) -> bool:
        """Whether it may change more orders than one does without a look at them."""
        return self.parsed.action.id in _UNNAMED or len(self.parsed.orders) > UNASKED


def understand(line: str, lookup: Lookup) -> Understood:
    """What a line means; Unclear where it means nothing certain. Blocks where the lookup does."""
    parsed = parse(line, lookup)
    lines = lookup.lines(parsed.orders)
    return Understood(
        line=line,
        parsed=parsed,
        lines=lines,
        said=spoken(parsed, lines, at=lookup.at, zone=lookup.zone),
        why_not=why_not(parsed, lines, at=lookup.at),
        selected=lookup.selected,
        before=lookup.before,
    )


def wants_a_look(understood: Understood, rows: Sequence[PreviewRow]) -> bool:
    """Whether the operator shall see what would change before it is done."""
    if len(rows) > UNASKED:
        return True
    parsed = understood.parsed
    unnamed = parsed.action.id in {"undo", "redo"} and not parsed.orders
    return unnamed and not any(row.refused for row in rows)


def what_would_change(
    understood: Understood, lookup: Lookup, *, ask: Ask, rehearse: Rehearse
) -> tuple[PreviewRow, ...]:
    """A row for each order that it would change, or that refuses; blocks, and changes nothing."""
    commands = commands_of(understood.parsed, understood.lines, ask)
    names = Names(
        people={entry.id: called(entry) for entry in lookup.register("technician")},
        at=lookup.at,
        zone=lookup.zone,
    )
    titles = {number: line.title for number, line in understood.lines.items()}
    rows = preview(rehearse(commands), titles, names)
    if understood.parsed.action.id not in CONCERNS_OTHERS:
        return rows
    lines = lookup.lines([row.number for row in rows])
    return tuple(_with_customer(row, lines.get(row.number)) for row in rows)


def _with_customer(row: PreviewRow, line: BoardLine | None) -> PreviewRow:
    """Whom it concerns, before what it changes."""
    who = line.customer_name if line is not None and line.customer_name else _("no customer")
    return replace(row, changes=(who, *row.changes)) if row.refused is None else row
