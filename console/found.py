"""What the board lists: a queue, a saved view, or what a filter finds; and its rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from console.hands_first import hands_first
from console.render import board_row
from console.sources import left_rows
from console.widgets.window import Ask, Page, Where

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, tzinfo

    from console.seat import Seat
    from store.queries.asking import Asking
    from store.queries.finding import FindOrders, Found, NameMeant

EVERYWHERE = "/"
"""A filter that begins so looks beyond the queue, at every order there ever was."""

FIRST = "all_open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Which orders are listed, and in which order."""

    queue: str = FIRST
    view: int | None = None
    """The saved view that takes the queue's place."""
    query: str = ""
    """What the view asks for."""
    typed: str = ""
    """The filter as it was typed, with its sign for everywhere."""
    sort: str = ""
    """The column that was chosen; empty is the list's own order."""
    descending: bool = False

    @property
    def everywhere(self) -> bool:
        """Whether the filter looks at orders beyond the queue."""
        return self.typed.startswith(EVERYWHERE)

    @property
    def words(self) -> str:
        """The filter without its sign."""
        return self.typed.removeprefix(EVERYWHERE).strip()

    @property
    def text(self) -> str:
        """The whole query."""
        own, words = ("" if self.everywhere else self.query), self.words
        return f"({own}) ({words})" if own and words else own or words

    @property
    def within(self) -> str | None:
        """The queue that holds all that is listed; None where none does."""
        return None if self.everywhere or self.view is not None else self.queue

    @property
    def plain(self) -> bool:
        """Whether it is a queue as it stands."""
        return self.view is None and not self.typed and not self.sort

    def sorted_by(self, column: str) -> Listing:
        """Sorted by a column; by the one that it is sorted by, the other way round."""
        turned = column == self.sort and not self.descending
        return replace(self, sort=column, descending=turned)


class FoundSource:
    """The orders of a listing, asked from the store page by page."""

    instant = False

    def __init__(
        self,
        seat: Seat,
        listing: Listing,
        *,
        zone: tzinfo | None,
        told: Callable[[int | None, tuple[NameMeant, ...]], None] = lambda _count, _meant: None,
    ) -> None:
        self._seat = seat
        self.listing = listing
        self._zone = zone
        self._told = told
        """Hears how many there are (None is more than are counted), and what its names mean.

        It is told in the thread that asked.
        """
        self._meant: tuple[NameMeant, ...] | None = None
        self._count = 0

    def page(self, ask: Ask) -> Page:
        """The page asked for; blocks, and raises what the store raises."""
        hands_first.stand_back()
        counted = ask.where not in {Where.AFTER, Where.BEFORE}
        at = self._seat.now()
        with self._seat.asking() as asked:
            found = asked(self._query(ask, counted=counted))
            names = self._names(asked) if counted else ()
            rows = self._rows(found, at)
            left = left_rows(asked, ask, rows, at=at, queue=self.listing.within or "")
        if counted:
            from store.queries.finding import MOST

            self._count = MOST + 1 if found.total is None else found.total
            self._told(found.total, names)
        return Page(
            rows=rows,
            count=max(len(rows), self._count),
            start=ask.offset if ask.where is Where.AT else found.skipped,
            at_top=found.at_top,
            at_end=found.at_end,
            left=left,
        )

    def _names(self, asked: Asking) -> tuple[NameMeant, ...]:
        """What the names in the filter mean; asked once."""
        if self._meant is None:
            from store.queries.finding import NamesMeant

            self._meant = asked(NamesMeant(text=self.listing.text))
        return self._meant

    def _rows(self, found: Found, at: datetime) -> tuple[Any, ...]:
        from store.queries.finding import Standing

        queue = self.listing.within or ""
        return tuple(
            replace(board_row(line, at=at, queue=queue), mark=(Standing(place, found.descending),))
            for line, place in zip(found.lines, found.places, strict=True)
        )

    def _query(self, ask: Ask, *, counted: bool) -> FindOrders:
        from store.queries.finding import FindOrders

        place = ask.mark[0].place if ask.mark else None
        where: dict[Where, dict[str, Any]] = {
            Where.TOP: {},
            Where.END: {"last": True},
            Where.FROM: {"since": place},
            Where.AFTER: {"after": place},
            Where.BEFORE: {"before": place},
            Where.AT: {"position": ask.offset},
            Where.KEY: {"around": ask.key},
        }
        listing = self.listing
        return FindOrders(
            text=listing.text,
            queue=listing.within,
            sort=listing.sort,
            descending=listing.descending,
            zone=self._zone,
            limit=ask.limit,
            counted=counted,
            **where[ask.where],
        )
