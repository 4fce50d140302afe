"""What becomes of the other order where one is marked as its duplicate, before it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.i18n import _
from store.domain.lifecycle import STATES, Category

if TYPE_CHECKING:
    from collections.abc import Iterator

    from console.grammar.lookup import Lookup
    from console.grammar.parse import Parsed
    from store.queries.board import BoardLine


def merged_said(parsed: Parsed, lookup: Lookup) -> str:
    """Its priority where that rises, and where those go who have the duplicates."""
    number = parsed.told.get("duplicate_of")
    if number is None:
        return ""
    found = lookup.lines([*parsed.orders, number])
    original = found.get(number)
    copies = [found[one] for one in parsed.orders if one in found and one != number]
    if original is None or not copies:
        return ""
    return "".join(_("; ") + one for one in _said(original, copies))


def _said(original: BoardLine, copies: list[BoardLine]) -> Iterator[str]:
    urgent = min(line.priority for line in copies)
    if original.category in (Category.OPEN, Category.WAITING) and urgent < original.priority:
        yield _("#{number} gets priority {priority}").format(
            number=original.number, priority=urgent
        )
    held = [line for line in copies if line.technician_name]
    if held and STATES[original.state].orphan:
        goes = _("{technician} goes on to #{number}")
        yield goes.format(technician=held[0].technician_name, number=original.number)
        held = held[1:]
    if held:
        people = _(", ").join(dict.fromkeys(line.technician_name or "" for line in held))
        yield _("{people}: recalled until they have seen it").format(people=people)
