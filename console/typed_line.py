"""A typed line that waits for the store: with numbers for the orders that stood under the cursor.

What it means is read once the store answers; it is kept so that it means the same then.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.domain.intents import Done

MOST_NAMED: Final = 500
"""Orders that are remembered of a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedLine:
    """One of them."""

    text: str
    """As it was typed, `.` and `..` as numbers."""
    selected: int | None = None
    """The order under the cursor; what names no order is about it."""
    named: tuple[int, ...] = ()
    """The orders that can be told without the store; the line may mean others."""
    seen: Mapping[int, int] = field(default_factory=dict)
    """Orders whose version the operator saw."""
    seen_at: datetime
    """When he last saw the desk as it was."""

    def after(self, done: Done) -> TypedLine:
        """The same behind an earlier one: what only that has changed is as if seen."""
        steps = dict(zip(done.numbers, done.versions, strict=False))
        moved = {
            number: steps[number][1] if steps.get(number, (0, 0))[0] == version else version
            for number, version in self.seen.items()
        }
        return replace(self, seen=moved)


def told(typed: TypedLine) -> dict[str, Any]:
    """In plain values, as a file holds it."""
    return {
        "text": typed.text,
        "selected": typed.selected,
        "named": list(typed.named),
        "seen": [[number, version] for number, version in typed.seen.items()],
        "seen_at": typed.seen_at.isoformat(),
    }


def read(kept: Mapping[str, Any]) -> TypedLine:
    """The same again; raises what a file of somebody else's makes it raise."""
    seen_at = datetime.fromisoformat(kept["seen_at"])
    if seen_at.tzinfo is None:
        raise ValueError("an instant without its zone")
    return TypedLine(
        text=str(kept["text"]),
        selected=None if kept["selected"] is None else int(kept["selected"]),
        named=tuple(int(number) for number in kept["named"][:MOST_NAMED]),
        seen={int(number): int(version) for number, version in kept["seen"]},
        seen_at=seen_at,
    )
