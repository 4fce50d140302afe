"""What a field's cells say: picked out of a row, and worked out once for each text they hold."""

from __future__ import annotations

from contextlib import suppress
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeVar

from console.intake.troubles import RowRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from console.intake.maps import Column, FileMap

    Cells = list[str]
    Pick = Callable[[Cells], Any]
    Say = Callable[[Any], str]

Value = TypeVar("Value")

REMEMBERED = 4096
"""Different texts of a field whose meaning is kept: places, people and states come back."""
SHORT = 200
"""Characters beyond which a text is not kept: it hardly comes back, and many would fill memory."""


class Columns:
    """The columns of one table, as one map reads them."""

    def __init__(self, file_map: FileMap, header: tuple[str, ...]) -> None:
        self._map = file_map
        self._place = {name: at for at, name in reversed(list(enumerate(header)))}

    def place(self, name: str) -> int | None:
        """Where a column of the file stands; None where there is none of that name."""
        return self._place.get(name)

    def pick(self, names: Iterable[str]) -> Pick:
        """What takes the cells of some columns out of a row: a text, or a tuple of several."""
        return itemgetter(*(self._place[name] for name in names))

    def field(self, name: str) -> tuple[Pick, Say]:
        """What picks a field's cells, and its text from them, by value table and default."""
        column = self._map.columns.get(name)
        default = self._map.defaults.get(name, "")
        if column is None:
            return _nothing, lambda _cells: default
        said = said_by(column, self._map.unknown)
        table = self._map.values.get(name)
        pick = self.pick(column.names)
        if table is None:
            return pick, lambda cells: said(cells) or default
        return pick, lambda cells: table.get((text := said(cells)).casefold(), text) or default

    def word(self, name: str) -> Say:
        """A field's text in the file's own words, from the cells that `field` picks."""
        column = self._map.columns.get(name)
        return said_by(column, self._map.unknown) if column is not None else lambda _cells: ""

    def reading(self, name: str, read: Callable[[str], Value]) -> Callable[[Cells], Value]:
        """What makes a field's value of a row, remembered by the text; refusals are not."""
        pick, say = self.field(name)
        value = remembered(lambda cells: read(say(cells)))
        if name not in self._map.columns:
            with suppress(RowRefused):  # every row is, then
                always = value("")
                return lambda _cells: always
        return lambda cells: value(pick(cells))


def remembered(read: Callable[[Any], Value], most: int = REMEMBERED) -> Callable[[Any], Value]:
    """The same, worked out once for each of the short texts that came lately."""
    return _Known(read, most).__getitem__


class _Known(dict[Any, Value]):
    """What texts were read as: a dict, since nothing else finds what it has as fast."""

    def __init__(self, read: Callable[[Any], Value], most: int) -> None:
        super().__init__()
        self._read = read
        self._most = most

    def __missing__(self, cells: str | tuple[str, ...]) -> Value:
        """Read it, and keep that where it is short; all is forgotten when there are too many."""
        value = self._read(cells)
        if (len(cells) if isinstance(cells, str) else sum(map(len, cells))) <= SHORT:
            if len(self) >= self._most:
                self.clear()
            self[cells] = value
        return value


def said_by(column: Column, unknown: frozenset[str]) -> Say:
    """What a column's cells say: marks for “not known” left out, several joined."""
    if len(column.names) == 1:

        def one(cell: str) -> str:
            text = cell.strip()
            return "" if text in unknown else column.before + text

        return one

    def several(cells: tuple[str, ...]) -> str:
        texts = [text for cell in cells if (text := cell.strip()) not in unknown]
        return column.before + column.join.join(texts) if texts else ""

    return several


def _nothing(_cells: Cells) -> str:
    return ""
