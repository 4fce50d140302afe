"""A window of rows over a list too long to hold, and what it may do while the list changes.

Plain Python. `Source` is what a list must offer: pages by keyset, asked in a worker thread.
`Window` holds the rows around what is on the screen and merges pages into them.

The rule of an operator's list, at three in the morning too: **nothing at or above the cursor moves
until he says so; below it the list is live.** A row that has left the list stays where it was,
marked as gone, so that no key ever hits the row that slipped into its place. New rows that belong
above wait and are counted (`waiting`). A row whose deadline moved is shown with its new content in
its old place. In the table `.`, or a step up from the first row, brings the list up to date.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol

if TYPE_CHECKING:
    from datetime import datetime

Key = Hashable
Mark = tuple[Any, ...]
"""Where a row stands: a tuple that sorts as the list does, ascending, with no two rows equal."""


class Tinted(NamedTuple):
    """A cell with a tone, the name of one of the table's looks (`overdue`, `muted` ...)."""

    text: str
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a list, ready to draw but for its countdown."""

    key: Key
    version: int
    """Changes whenever anything drawn from the row changes."""
    mark: Mark
    cells: tuple[str | Tinted, ...]
    """One for each column that is not the clock, in the order of the columns."""
    due_at: datetime | None = None
    still: str = ""
    """What the clock shows when nothing is due, e.g. a paused clock's rest."""
    pressing: bool = False
    """Whether it is told apart where new rows are only counted."""


class Where(Enum):
    """Which rows are asked for; all limited, all in list order."""

    TOP = "the first rows"
    END = "the last rows"
    FROM = "rows at or after the mark"
    AFTER = "rows after the mark"
    BEFORE = "rows before the mark, the nearest ones, in list order"
    AT = "rows from about the offset on"
    KEY = "rows around the row with this key; the first rows if it is not in the list"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A request for one page."""

    where: Where
    limit: int
    mark: Mark | None = None
    offset: int = 0
    key: Key | None = None
    held: frozenset[Key] = frozenset()
    """Rows that stay where they are, in the list or not: how they are now is wanted, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Rows of a list, contiguous and in its order."""

    rows: tuple[Row, ...]
    count: int
    """How many rows the whole list has."""
    start: int | None = None
    """The offset of the first row, exact or estimated; None: unknown, go on from what you have."""
    at_top: bool = False
    """Certainly nothing before these rows."""
    at_end: bool = False
    """Certainly nothing after them."""
    left: tuple[Row, ...] = ()
    """Some of the rows held that are not in the list any more, as they are now."""


Purpose = Literal["jump", "before", "after", "news", "apply"]


class Errand(NamedTuple):
    """A page that was asked for, and what for."""

    purpose: Purpose
    ask: Ask
    epoch: int


class Source(Protocol):
    """A list that can be asked for pages, from any thread; it may block and may raise."""

    instant: bool
    """Whether a page costs so little that it may be asked for on the event loop (memory only)."""

    def page(self, ask: Ask) -> Page:
        """The page asked for."""
        ...


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it stands in the window."""

    row: Row
    place: Mark
    """The mark it was placed by; its row may meanwhile belong elsewhere."""
    gone: bool = False
    """Whether the row has left this place of the list."""

    @property
    def drawn(self) -> tuple[object, ...]:
        """All that decides how it looks, but the time."""
        row = self.row
        return row.key, row.version, self.gone, row.due_at, row.still


def fetched(source: Source, ask: Ask) -> Page | Exception:
    """The page that was asked for, or why there is none."""
    try:
        return source.page(ask)
    except Exception as error:  # noqa: BLE001 # whatever a store raises is told to the screen
        return error


MOST_WAITING = 1_000
"""So many new rows are counted; a storm of more is let in long before."""

_LOOSE_START = 256
"""Where a window is taken to start when more rows stand above it than were estimated."""


@dataclass(slots=True)
class Window:
    """Contiguous lines of a list and where they stand in it."""

    lines: list[Line] = field(default_factory=list)
    start: int = 0
    count: int = 0
    at_top: bool = False
    at_end: bool = False
    waiting: frozenset[Key] = frozenset()
    """New rows that belong above the cursor and are not shown yet."""
    pressing: int = 0
    """So many of them are `pressing`."""
    short: bool = False
    """Whether more such rows may wait than the last page had room for."""

    @property
    def end(self) -> int:
        """The index after the last line."""
        return self.start + len(self.lines)

    @property
    def stale(self) -> bool:
        """Whether `apply` would change anything at or above the cursor."""
        return bool(self.waiting) or any(line.gone for line in self.lines)

    @property
    def new(self) -> int:
        """How many rows wait to be shown."""
        return len(self.waiting)

    @property
    def gone(self) -> int:
        """How many lines are shown that have left the list."""
        return sum(line.gone for line in self.lines)

    def line(self, index: int) -> Line | None:
        """The line at an index of the whole list, if the window holds it."""
        return self.lines[index - self.start] if self.start <= index < self.end else None

    def find(self, key: Key) -> int | None:
        """The index of a key, one that is still in the list before one that is gone."""
        ghost: int | None = None
        for index, line in enumerate(self.lines, self.start):
            if line.row.key == key:
                if not line.gone:
                    return index
                ghost = index
        return ghost

    def replace(self, page: Page, *, offset: int = 0) -> None:
        """Hold this page and nothing else; `offset` where the page does not say its own."""
        self.lines = [Line(row, row.mark) for row in page.rows]
        self.waiting, self.pressing = frozenset(), 0
        self.at_top, self.at_end = page.at_top, page.at_end
        self.start = offset if page.start is None else page.start
        if page.at_end:
            self.start = page.count - len(page.rows)
        self._settle(page.count)

    def extend(self, page: Page, where: Where, *, most: int) -> int:
        """Put a page after or before the lines, at most `most` in all; how far indexes moved."""
        known = {line.row.key for line in self.lines if not line.gone}
        fresh = [Line(row, row.mark) for row in page.rows if row.key not in known]
        if where is Where.AFTER:
            dropped = max(0, len(self.lines) + len(fresh) - most)
            self.lines = (self.lines + fresh)[dropped:]
            self.start += dropped
            self.at_top = self.at_top and not dropped
            self.at_end = page.at_end
        else:
            self.start -= len(fresh)
            kept = (fresh + self.lines)[:most]
            self.at_end = self.at_end and len(kept) == len(fresh) + len(self.lines)
            self.lines = kept
            self.at_top = page.at_top
        return self._settle(page.count)

    def again(self, more: int, *, upto: int = -1) -> Ask:
        """What to ask for the rows held, those that wait, and so many more, as they are now.

        Those up to the index `upto` stay, whatever becomes of them.
        """
        waiting = len(self.waiting)
        limit = len(self.lines) + waiting + (max(more, waiting) if self.short else more)
        held = frozenset(line.row.key for line in self.lines[: max(0, upto + 1 - self.start)])
        if self.at_top or not self.lines:
            return Ask(where=Where.TOP, limit=limit, held=held)
        return Ask(where=Where.FROM, limit=limit, mark=self.lines[0].place, held=held)

    def where_now(self, line: Line) -> int:
        """The index of a line's row, or of the row that took its place."""
        found = self.find(line.row.key)
        if found is not None:
            return found
        later = (i for i, other in enumerate(self.lines) if other.place >= line.place)
        return self.start + next(later, len(self.lines) - 1)

    def keep(self, first: int, end: int) -> None:
        """Let the lines go that stand before the index `first`, or at `end` and after."""
        low, high = max(0, first - self.start), max(0, end - self.start)
        self.at_top = self.at_top and not low
        self.at_end = self.at_end and high >= len(self.lines)
        self.lines = self.lines[low:high]
        self.start += low

    def refresh(self, page: Page, *, boundary: int) -> None:
        """Merge the rows the list has now from the window's first line on.

        Lines up to the index `boundary` stay in place; a boundary before the window applies all.
        """
        frozen = self.lines[: max(0, boundary + 1 - self.start)]
        if not frozen:
            self.lines = [Line(row, row.mark) for row in page.rows]
            self.waiting, self.pressing = frozenset(), 0
        else:
            self._merge(frozen, page)
        self.at_top = self.at_top or page.at_top
        self.at_end = page.at_end
        ends = page.at_end or not page.rows or not frozen or page.rows[-1].mark >= frozen[-1].place
        self.short = not ends and len(self.waiting) < MOST_WAITING
        self._settle(page.count)

    def _merge(self, frozen: list[Line], page: Page) -> None:
        now, left = ({row.key: row for row in rows} for rows in (page.rows, page.left))
        last = frozen[-1].place
        # A page that was cut short says nothing of the rows beyond it.
        reach = last if page.at_end or not page.rows else page.rows[-1].mark
        above = [
            replace(line, row=now[line.row.key], gone=False)
            if line.row.key in now
            else replace(
                line, row=left.get(line.row.key, line.row), gone=line.gone or line.place <= reach
            )
            for line in frozen
        ]
        placed = {line.row.key for line in above}
        fresh = [row for row in page.rows if row.key not in placed]
        self.lines = above + [Line(row, row.mark) for row in fresh if row.mark > last]
        waits = [row for row in fresh if row.mark <= last]
        self.waiting = frozenset(row.key for row in waits)
        self.pressing = sum(row.pressing for row in waits)

    def _settle(self, count: int) -> int:
        """Make start and count agree with what is certain; how far indexes moved."""
        before = self.start
        if self.at_top:
            self.start = 0
        elif self.start <= 0:
            self.start = _LOOSE_START
        shown = count - len(self.waiting) + self.gone
        self.count = self.end if self.at_end else max(shown, self.end + 1)
        return self.start - before
