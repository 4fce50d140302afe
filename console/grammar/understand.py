"""A line understood: what it means in words, what speaks against it, and what it would change."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from console.grammar.heeded import warnings_of
from console.grammar.merged import merged_said
from console.grammar.parse import parse
from console.grammar.plan import UNASKED, commands_of, is_for_the_screen, why_not
from console.grammar.spoken import called, spoken
from console.heeding import marked
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
_CHANGES_OTHERS = frozenset({"duplicate"})
"""Actions that may give another order a technician or a priority that nobody named."""
LOOKED_AT_FIRST = CONCERNS_OTHERS | _CHANGES_OTHERS
"""Actions of which it is found out what they would change, also where a key begins them."""
_REASONS = 3
_UNDOES = frozenset({"undo", "redo"})
_UNNAMED = _UNDOES | CONCERNS_OTHERS
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

    warnings: Mapping[int, str] = field(default_factory=dict)
    """By order, what speaks against whom it sends there: it is done all the same."""
    selected: int | None = None
    """The order `.` when the line was read."""
    before: int | None = None
    """The order `..`."""
    by_sight: bool = False
    """Whether the operator saw what it is about as he said it, as a key does."""

    @property
    def plain_warnings(self) -> dict[str, list[str]]:
        """For a script; nothing where nothing speaks against it."""
        return {"warnings": list(self.warnings.values())} if self.warnings else {}

    @property
    def may_be_a_set(self) -> bool:
        """Whether it may change more orders than one does without a look at them."""
        parsed = self.parsed
        return parsed.action.id in _UNNAMED or len(parsed.orders) > UNASKED or parsed.looks


def understand(line: str, lookup: Lookup) -> Understood:
    """What a line means; Unclear where it means nothing certain. Blocks where the lookup does."""
    parsed = parse(line, lookup)
    lines = lookup.lines(parsed.orders)
    return Understood(
        line=line,
        parsed=parsed,
        lines=lines,
        said=spoken(parsed, lines, at=lookup.at, zone=lookup.zone) + merged_said(parsed, lookup),
        why_not=why_not(parsed, lines, at=lookup.at, zone=lookup.zone),
        warnings=warnings_of(parsed, lookup),
        selected=lookup.selected,
        before=lookup.before,
    )


def wants_a_look(understood: Understood, rows: Sequence[PreviewRow]) -> bool:
    """Whether the operator shall see what would change before it is done."""
    parsed = understood.parsed
    if len(rows) > UNASKED or parsed.looks:
        return True
    refused = sum(row.refused is not None for row in rows)
    if parsed.action.id in _UNDOES and 0 < refused < len(rows):
        return True
    if understood.by_sight:
        return False
    if not understood.line and parsed.action.id in _CHANGES_OTHERS and any(r.weighs for r in rows):
        return True
    return parsed.action.id in _UNDOES and not parsed.orders and not refused


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
    targets = understood.parsed.targets
    unseen = targets.unseen if targets is not None else frozenset()
    rehearsed = _with_others(rehearse(commands), rehearse)
    rows = tuple(
        replace(row, new=row.number in unseen) for row in preview(rehearsed, titles, names)
    )
    rows = marked(rows, understood.warnings)
    if understood.parsed.action.id not in CONCERNS_OTHERS:
        return rows
    untold = _untold(rehearsed)
    lines = lookup.lines([*(row.number for row in rows), *untold])
    told = (_with_customer(row, lines.get(row.number)) for row in rows if row.number not in untold)
    return (*told, *(_left_out(number, lines.get(number)) for number in untold))


def _with_others(rehearsed: Sequence[Rehearsed], rehearse: Rehearse) -> tuple[Rehearsed, ...]:
    """With what a taking back would do that leaves out what refuses."""
    from store.commands.undo import Undo
    from store.domain.undo_refusals import OthersCan

    others = [
        replace(one.command, partly=True)
        for one in rehearsed
        if isinstance(one.command, Undo) and isinstance(one.refusal, OthersCan)
    ]
    if not others:
        return tuple(rehearsed)
    return (*rehearsed, *(one for one in rehearse(others) if one.done))


def none_can(rows: Sequence[PreviewRow]) -> str | None:
    """Why nothing would be done at all; None where something would."""
    if not rows or any(row.refused is None for row in rows):
        return None
    reasons = list(dict.fromkeys(row.refused for row in rows if row.refused is not None))
    if len(rows) == 1:
        return reasons[0]
    why = _("; ").join([*reasons[:_REASONS], *(["..."] if len(reasons) > _REASONS else [])])
    return _("none of the {count} can: {why}").format(count=len(rows), why=why)


def leaving_out(understood: Understood) -> Understood:
    """The same, but that those that refuse are left as they are."""
    parsed = understood.parsed
    told = {**parsed.told, "partly": True}
    return replace(understood, parsed=replace(parsed, told=told))


def _untold(rehearsed: Sequence[Rehearsed]) -> tuple[int, ...]:
    """Orders of which nobody is known who could be told."""
    done = (one.done.facts for one in rehearsed if one.done is not None)
    return tuple(dict.fromkeys(number for facts in done for number in facts.get("untold", ())))


def _left_out(number: int, line: BoardLine | None) -> PreviewRow:
    said = _("neither customer nor caller is known: nobody is told")
    return PreviewRow(number=number, title=line.title if line else "", changes=(said,))


def _with_customer(row: PreviewRow, line: BoardLine | None) -> PreviewRow:
    """Whom it concerns, before what it changes; who called where that is no customer."""
    who = line.customer_name if line is not None and line.customer_name else _("who called")
    return replace(row, changes=(who, *row.changes)) if row.refused is None else row
