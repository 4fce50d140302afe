"""The part of a work table that fetches and moves: a window, a screenful of it, a cursor on a key.

Drawing, keys and mouse are in `work_table.py`. Pages are asked for in worker threads; an answer
that fits no longer (the operator jumped, the source changed) is dropped by its epoch.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from textual.geometry import Region
from textual.message import Message

from console.beat import call_in
from console.widgets.direct import Direct
from console.widgets.window import Ask, Errand, Key, Page, Purpose, Where, Window, fetched

if TYPE_CHECKING:
    from console.widgets.window import Line, Source

_LEAST_PAGE = 64
_PAGES_HELD = 4
_NEWS_MORE = 32
"""Rows asked for beyond those held, so that new ones do not push the last ones out."""

_TOLD_AFTER_S = 0.015
"""What follows from where the cursor is leaves the processor to its paint, and to the next key."""


class KeyedList(Direct):
    """A screenful of a long list and a cursor that stays on its row."""

    class OrderHighlighted(Message, namespace="work_table"):
        """The cursor has come to another row, or to none (`key` is None)."""

        def __init__(self, key: Key | None) -> None:
            super().__init__()
            self.key = key

    class FetchFailed(Message, namespace="work_table"):
        """The source could not give a page; what is shown stays."""

        def __init__(self, error: Exception) -> None:
            super().__init__()
            self.error = error

    class Landed(Message, namespace="work_table"):
        """A jump is over: the row under the cursor is the one that was meant."""

    class Arrived(Message, bubble=False, namespace="work_table"):
        """A page has come back from a worker; the table's own business."""

        def __init__(self, errand: Errand, page: Page | Exception) -> None:
            super().__init__()
            self.errand = errand
            self.page = page

    def __init__(self, source: Source, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.window = Window()
        self.top = 0
        """Index of the first row on the screen."""
        self.cursor = 0
        """Index of the row the cursor is on."""
        self.cursor_key: Key | None = None
        """Key of that row; None while it has not arrived."""
        self.follow = False
        """Let the list move freely, as on a wallboard that nobody works at."""
        self._source = source
        self._told: Key | None = None
        self._telling = False
        self._asked: set[Purpose] = set()
        self._epoch = 0
        self._news_again = False

    # -- what the screen may ask of the list -------------------------------------------------

    def reload(self) -> None:
        """Ask the list again; nothing at or above the cursor moves."""
        if "news" in self._asked:
            self._news_again = True
        else:
            self._reask("news")

    def set_source(self, source: Source) -> None:
        """Show another list; the chosen row stays chosen if it is there too."""
        self._source = source
        self.jump_to(self.cursor_key, look_again=True)

    def jump_to(self, key: Key | None, *, look_again: bool = False) -> None:
        """Put the cursor on the row with this key, wherever in the list it is."""
        index = None if look_again or key is None else self.window.find(key)
        if index is not None:
            self.move_to(index)
        elif key is None:
            self._jump(Ask(where=Where.TOP, limit=self._page_size))
        else:
            self._jump(Ask(where=Where.KEY, limit=self._page_size, key=key))

    @property
    def line_at_cursor(self) -> Line | None:
        """The line the cursor is on, if it has arrived."""
        return self.window.line(self.cursor)

    @property
    def settled(self) -> bool:
        """Whether the cursor stands on its row, and not on one that is still to be fetched."""
        return "jump" not in self._asked and (self.line_at_cursor is not None or not self._asked)

    @property
    def rows_shown(self) -> int:
        """How many rows fit on the screen; what waits has a line of its own below them."""
        return max(0, self.size.height - 1 - self.window.stale)

    # -- moving ------------------------------------------------------------------------------

    def move_to(self, index: int) -> None:
        """Put the cursor on a row by its index; a row not there yet is fetched."""
        before = self.cursor
        self.cursor = max(0, min(index, self.window.count - 1))
        self._reveal()
        self._settle_cursor()
        self._redraw_rows(before, self.cursor)
        self._fill()

    def scroll_rows(self, rows: int) -> None:
        """Move the screen over the list; the cursor stays on its row."""
        top = self._clamp_top(self.top + rows)
        if top != self.top:
            self.top = top
            self.refresh()
            self._fill()

    def _clamp_top(self, top: int) -> int:
        return max(0, min(top, self.window.count - self.rows_shown))

    def _reveal(self) -> None:
        """Scroll as little as brings the cursor onto the screen."""
        top = min(self.top, self.cursor)
        top = self._clamp_top(max(top, self.cursor - max(1, self.rows_shown) + 1))
        if top != self.top:
            self.top = top
            self.refresh()

    def _redraw_rows(self, *indexes: int) -> None:
        """Redraw the rows at these indexes where they are on the screen."""
        raise NotImplementedError

    def _shown(self) -> list[object]:
        """What each line of the widget shows, the header first; equal where nothing changed."""
        raise NotImplementedError

    def _redraw_changed(self, before: list[object]) -> None:
        changed = [y for y, shown in enumerate(self._shown()) if shown != before[y]]
        if changed:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in changed))

    def _settle_cursor(self) -> None:
        """Let the cursor's key follow its index, and tell when it is another one."""
        line = self.line_at_cursor
        self.cursor_key = line.row.key if line else None
        if self.cursor_key != self._told and (line or not self.window.count) and not self._telling:
            self._telling = True
            call_in(self, _TOLD_AFTER_S, self._tell)

    def _tell(self) -> None:
        """Where the cursor is; others hear of it once it is painted."""
        self._telling = False
        if self.cursor_key != self._told:
            self._told = self.cursor_key
            self.post_message(self.OrderHighlighted(self.cursor_key))

    # -- fetching ----------------------------------------------------------------------------

    @property
    def _page_size(self) -> int:
        return max(_LEAST_PAGE, 2 * self.rows_shown)

    def _jump(self, ask: Ask) -> None:
        """Ask for a page that takes the place of all rows held; what is under way is void."""
        self._epoch += 1
        self._asked.clear()
        self._ask("jump", ask)

    def _reask(self, purpose: Purpose) -> None:
        """Ask for the rows around the screen as they are now."""
        window = self.window
        around = (self.top - self._page_size, self.top + self.rows_shown + self._page_size)
        window.keep(min(around[0], self.cursor), max(around[1], self.cursor + 1))
        if not window.lines:
            self._jump(Ask(where=Where.TOP, limit=self._page_size))
            return
        last = -1 if purpose == "apply" else max(self.cursor, self.top)
        self._ask(purpose, window.again(_NEWS_MORE, upto=last))

    def _fill(self) -> None:
        """Ask for what the screen needs now or is about to need."""
        window, rows = self.window, max(1, self.rows_shown)
        if not window.lines or self.top >= window.end or self.top + rows <= window.start:
            if window.count and "jump" not in self._asked:
                offset = max(0, self.top - self._page_size // 4)
                self._jump(Ask(where=Where.AT, limit=self._page_size, offset=offset))
            return
        if self.top + 2 * rows > window.end and not window.at_end:
            mark = window.lines[-1].place
            self._ask("after", Ask(where=Where.AFTER, limit=self._page_size, mark=mark))
        if self.top - rows < window.start and not window.at_top:
            mark = window.lines[0].place
            self._ask("before", Ask(where=Where.BEFORE, limit=self._page_size, mark=mark))

    def _ask(self, purpose: Purpose, ask: Ask) -> None:
        if purpose in self._asked:
            return
        self._asked.add(purpose)
        errand = Errand(purpose, ask, self._epoch)
        if self._source.instant:
            self._take(errand, fetched(self._source, errand.ask))
        else:
            work = partial(self._fetch_and_post, self._source, errand)
            self.run_worker(work, thread=True, group="pages", exit_on_error=False)

    def _fetch_and_post(self, source: Source, errand: Errand) -> None:
        self.post_message(self.Arrived(errand, fetched(source, errand.ask)))

    def on_work_table_arrived(self, message: Arrived) -> None:
        """Put a page that came from a worker in its place."""
        message.stop()
        self._take(message.errand, message.page)

    def _take(self, errand: Errand, page: Page | Exception) -> None:
        if errand.epoch != self._epoch:
            return
        self._asked.discard(errand.purpose)
        if isinstance(page, Exception):
            self.post_message(self.FetchFailed(page))
            return
        before, low = self._shown(), self.cursor - self.top == self.rows_shown - 1
        if errand.purpose == "jump":
            self._land(errand.ask, page)
        elif errand.purpose in {"news", "apply"}:
            self._refresh(errand, page)
        else:
            self._extend(errand, page)
        self.top = self._clamp_top(self.top)
        self.cursor = max(0, min(self.cursor, self.window.count - 1))
        if low and self.rows_shown:  # the line of what waits may take the cursor's
            self._reveal()
        self._settle_cursor()
        self._redraw_changed(before)
        self._fill()
        if self._news_again and "news" not in self._asked:
            self._news_again = False
            self._reask("news")
        if self.settled:
            self.post_message(self.Landed())

    def _land(self, ask: Ask, page: Page) -> None:
        """Show the page of a jump and put the cursor where the jump was meant to go."""
        self.window.replace(page, offset=ask.offset)
        target = {Where.TOP: 0, Where.END: self.window.count - 1}.get(ask.where, self.cursor)
        if ask.where is Where.KEY:
            target = self.window.find(ask.key) or 0
        self.cursor = max(0, min(target, self.window.count - 1))
        if ask.where is Where.AT:
            # The offset was an estimate; what came is what can be shown.
            self.top = max(self.window.start, min(self.top, self.window.end - 1))
        else:
            self._reveal()

    def _extend(self, errand: Errand, page: Page) -> None:
        """Join a page to the window, if the edge it was asked for is still the edge."""
        window = self.window
        after = errand.ask.where is Where.AFTER
        if not window.lines or window.lines[-1 if after else 0].place != errand.ask.mark:
            return
        shift = window.extend(page, errand.ask.where, most=_PAGES_HELD * self._page_size)
        self.top += shift
        self.cursor += shift

    def _refresh(self, errand: Errand, page: Page) -> None:
        """Take the rows as they are now, unless the window has another beginning meanwhile."""
        window = self.window
        first = window.lines[0].place if window.lines and not window.at_top else None
        if first != errand.ask.mark:
            self._reask(errand.purpose)
        elif errand.purpose == "apply":
            self._apply(page)
        else:
            window.refresh(page, boundary=-1 if self.follow else max(self.cursor, self.top))
            self._news_again |= window.short

    def _apply(self, page: Page) -> None:
        """Show the list as it is: from the first row on if that was in sight, else unmoved."""
        line, before = self.line_at_cursor, self.cursor
        self.window.refresh(page, boundary=-1)
        if line is not None:
            self.cursor = self.window.where_now(line)
            self.top += self.cursor - before if self.top else 0
            self._reveal()
