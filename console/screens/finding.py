"""The part of the board that decides what is listed: queue, view, filter, order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual.message import Message

from console.found import FoundSource, Listing
from console.render import board_columns
from console.screens.looking import Looking
from console.sources import QueueSource
from console.trail import Stop, Trail
from console.widgets.work_table import WorkTable

if TYPE_CHECKING:
    from console.grammar.lookup import Shown
    from console.panes.filter_bar import FilterBar
    from console.place import Place
    from console.widgets.columns import Column
    from store.queries.finding import NameMeant
    from store.queries.views import View


class Finding(Looking):
    """What the list shows, and the line that filters it."""

    class Counted(Message):
        """A page has told how many orders there are, and what names in the filter mean."""

        def __init__(
            self, listing: Listing, count: int | None, meant: tuple[NameMeant, ...]
        ) -> None:
            super().__init__()
            self.listing = listing
            self.count = count
            self.meant = meant

    def __init__(self) -> None:
        super().__init__()
        self.listing = Listing()
        self.trail = Trail()
        self.views: tuple[View, ...] = ()
        """Saved views, as they were at the last look."""
        self._bar: FilterBar | None = None

    @property
    def view(self) -> View | None:
        """The saved view that is shown."""
        return next((view for view in self.views if view.id == self.listing.view), None)

    @property
    def bar(self) -> FilterBar:
        """The line of the filter."""
        return self._bar or self.make_bar()

    def make_bar(self) -> FilterBar:
        """Make the line of the filter, if it is not there: not on the way to the first rows."""
        if self._bar is None:
            from console.panes.filter_bar import FilterBar

            self._bar = FilterBar()
            _mounting = self.query_one("#middle").mount(self._bar, before="#orders")
            if self._bar.is_attached:  # else the console is being left
                self._bar.build()
        return self._bar

    # -- what is listed ----------------------------------------------------------------------

    def show_listing(self, listing: Listing, number: int | None = None) -> None:
        """List these orders; with a number, the cursor goes to that one where it is among them."""
        table = self.query_one("#orders", WorkTable)
        resorted = (listing.sort, listing.descending) != (
            self.listing.sort,
            self.listing.descending,
        )
        self.listing, self.queue = listing, listing.queue
        if resorted:
            table.set_columns(self.columns())
        if number is not None:
            table.cursor_key = number
        if self.seat is not None:
            table.set_source(self._source())
        if self._bar is not None or not listing.plain:
            view = self.view
            self.bar.tell(listing, view.name if view else None)
        self.show_overview()

    def columns(self) -> tuple[Column, ...]:
        """The columns, the one that the list is sorted by marked."""
        return board_columns(self.listing.sort, descending=self.listing.descending)

    def choose_queue(self, name: str) -> None:
        """Show another queue; the chosen order stays chosen if it is in there too."""
        self._look_elsewhere(Listing(queue=name))

    def choose_view(self, view: View) -> None:
        """Show a saved view in its own order."""
        listing = Listing(
            queue=self.listing.queue,
            view=view.id,
            query=view.query,
            sort=view.sort,
            descending=view.descending,
        )
        self._look_elsewhere(listing)

    def place(self) -> Place:
        """What is listed, and the chosen order; where the list has yet to come, the one meant."""
        from console.place import Place

        number, landing = self.number_at_cursor, self.desk.landing
        if number is None and landing is not None and landing.listing == self.listing:
            number = landing.number
        return Place(listing=self.listing, number=number)

    def land(self) -> None:
        """Begin where the operator was, unless he has gone elsewhere since he came."""
        landing = self.desk.landing
        if landing is None or self.listing != Listing():
            self.choose_queue(self.queue)
            return
        self.show_listing(landing.listing, landing.number)
        self.trail.visit(Stop(landing.listing, landing.number))

    def _look_elsewhere(self, listing: Listing) -> None:
        self.show_listing(listing)
        self.trail.visit(Stop(listing, self.number_at_cursor))

    def _source(self) -> QueueSource | FoundSource:
        seat, listing = self.seat, self.listing
        assert seat is not None
        if listing.plain:
            count = self.overview.counts.get if self.overview else (lambda _name: None)
            return QueueSource(seat, listing.queue, count=count)

        def told(count: int | None, meant: tuple[NameMeant, ...]) -> None:
            self.post_message(self.Counted(listing, count, meant))

        return FoundSource(seat, listing, zone=self.desk.zone, told=told)

    def on_finding_counted(self, message: Counted) -> None:
        """Say how many there are."""
        message.stop()
        if self._bar is not None:
            self._bar.counted(message.listing, message.count, message.meant)

    def shown(self) -> Shown:
        """What the list shows at this moment, and what waits behind it."""
        from console.grammar.lookup import Shown

        window = self.query_one("#orders", WorkTable).window
        keys = (line.row.key for line in window.lines if not line.gone)
        return Shown(
            numbers=frozenset(key for key in keys if isinstance(key, int)),
            waiting=frozenset(key for key in window.waiting if isinstance(key, int)),
            whole=window.at_top and window.at_end,
        )

    # -- the filter --------------------------------------------------------------------------

    def do_filter(self) -> None:
        """Type a filter."""
        self.bar.tell(self.listing, self.view.name if self.view else None)
        self.bar.open()

    def on_filter_bar_typed(self, message: FilterBar.Typed) -> None:
        """List what fits what is typed."""
        message.stop()
        if message.text != self.listing.typed:
            self.show_listing(replace(self.listing, typed=message.text))

    def on_filter_bar_kept(self, message: FilterBar.Kept) -> None:
        """The keys belong to the orders that were found."""
        message.stop()
        self._take_keys_back()
        self.trail.visit(Stop(self.listing, self.number_at_cursor))

    def on_filter_bar_cleared(self, message: FilterBar.Cleared) -> None:
        """The whole list again."""
        message.stop()
        self._take_keys_back()
        self._leave_listing()

    def _take_keys_back(self) -> None:
        self.hands.take_keys()
        self.desk.typed.go_on(by="filter")

    def action_unfilter(self) -> None:
        """Esc on the orders: what was told goes, the tour, the filter, the order, the view."""
        if not (self.desk.read_notices() or self.desk.end_tour()):
            self._leave_listing()

    def _leave_listing(self) -> None:
        listing = self.listing
        if listing.typed:
            self.show_listing(replace(listing, typed=""))
        elif listing.view is None and listing.sort:
            self.show_listing(replace(listing, sort="", descending=False))
        elif listing.view is not None:
            self.choose_queue(listing.queue)

    # -- order -------------------------------------------------------------------------------

    def do_sort(self) -> None:
        """Choose a column; the same one again turns it round."""
        from console.screens.sorting import SortingScreen

        def chosen(column: str | None) -> None:
            self.hands.take_keys()
            if column == "":
                self.show_listing(replace(self.listing, sort="", descending=False))
            elif column is not None:
                self.show_listing(self.listing.sorted_by(column))

        self.desk.go_to(SortingScreen(self.listing.sort, self.listing.descending), chosen)
