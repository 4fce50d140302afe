"""Looks a table over before a map is drafted: what each column holds, and whether ids repeat."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from console.intake.guess_words import UNKNOWN

if TYPE_CHECKING:
    from console.intake.reader import Table

ROWS = 20_000
"""Rows looked at; a file that is longer is judged by its beginning."""
MOST_VALUES = 2_000
"""Different values counted of a column; one with more is told by the number alone."""


@dataclass(slots=True)
class Seen:
    """What a column holds."""

    name: str
    place: int
    texts: list[str] = field(default_factory=list)
    """Every cell in order, empty and unknown ones as empty texts."""
    values: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    distinct: int = 0

    @property
    def filled(self) -> int:
        """Cells that say something."""
        return sum(1 for text in self.texts if text)

    @property
    def share(self) -> float:
        """The part of the rows that say something."""
        return self.filled / max(1, len(self.texts))

    def examples(self, many: int = 3) -> list[str]:
        """The commonest values."""
        return [text for text, _ in self.values.most_common(many)]


def survey(table: Table) -> list[Seen]:
    """Every column of a table, by its first rows."""
    columns = [Seen(name, place) for place, name in enumerate(table.header)]
    for row in islice(table.rows(), ROWS):
        if row.wrong is not None:
            continue
        for column in columns:
            text = row.cells[column.place].strip()
            if text.casefold() in UNKNOWN:
                column.unknown[text] += 1
                text = ""
            column.texts.append(text)
    for column in columns:
        column.values = Counter(text for text in column.texts if text)
        column.distinct = len(column.values)
        if column.distinct > MOST_VALUES:
            column.values = Counter(dict(column.values.most_common(MOST_VALUES)))
    return columns


def count_all(table: Table, columns: list[Seen]) -> None:
    """Count the values of a few columns over the whole table: a rare one may come late."""
    for column in columns:
        column.values = Counter()
    for row in table.rows():
        if row.wrong is None:
            for column in columns:
                column.values[row.cells[column.place].strip()] += 1
    for column in columns:
        for text in [text for text in column.values if text.casefold() in UNKNOWN]:
            del column.values[text]


def repeats(column: Seen) -> float:
    """Rows for each different value of a column."""
    return column.filled / max(1, column.distinct)


def changes_within(column: Seen, key: Seen) -> float:
    """In what part of the repeated keys a column takes more than one value."""
    values: dict[str, set[str]] = {}
    for name, text in zip(key.texts, column.texts, strict=True):
        if name:
            values.setdefault(name, set()).add(text)
    counts = Counter(key.texts)
    many = [name for name in values if counts[name] > 1]
    return sum(len(values[name]) > 1 for name in many) / max(1, len(many))
