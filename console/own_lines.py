"""Orders as our own commands left them, while lists still show them as they were.

So that a key about an order counts on the key before, and is not refused as somebody else's change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from store.domain.intents import Done
    from store.queries.board import BoardLine


_MOST: Final = 32
"""Lists catch up within a second; nobody has done more in it."""


class OwnLines:
    """The newest line of each order that a command of this console changed and nobody since."""

    def __init__(self) -> None:
        self._lines: dict[int, BoardLine] = {}

    def keep(self, line: BoardLine) -> None:
        """An order as it is after our command."""
        self._lines.pop(line.number, None)
        self._lines[line.number] = line
        if len(self._lines) > _MOST:
            del self._lines[next(iter(self._lines))]

    def newest(self, line: BoardLine | None) -> BoardLine | None:
        """The line as a list shows it, or as our command left the order where that is newer."""
        if line is None:
            return None
        own = self._lines.get(line.number)
        return own if own is not None and own.version > line.version else line


def only_ours(before: BoardLine, done: Done, after: BoardLine | None) -> bool:
    """Whether between two looks at an order nothing happened to it but this command."""
    if after is None:
        return False
    step = dict(zip(done.numbers, done.versions, strict=False)).get(before.number)
    return step == (before.version, after.version)
