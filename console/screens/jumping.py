"""The part of the board that jumps to what is named, and goes back to what was looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.found import Listing
from console.i18n import _
from console.screens.viewing import Viewing
from console.trail import NOTHING_AFTER, Stop

if TYPE_CHECKING:
    from console.palette import Hit
    from console.screens.palette import PaletteScreen
    from store.queries.board import BoardLine


class Jumping(Viewing):
    """The palette and the way back."""

    _palette: PaletteScreen | None = None
    """The one opened last."""

    def do_palette(self) -> None:
        """Jump anywhere by name."""
        from console.screens.palette import PaletteScreen

        self.bar.leave()
        self._palette = PaletteScreen(self.views)
        self.desk.go_to(self._palette, self._jump)

    def show_checklist(self, number: int) -> None:
        """The steps of an order."""
        from console.screens.checklist import ChecklistScreen

        self.desk.go_to(ChecklistScreen(number))

    def views_came(self) -> None:
        """One that was just saved can be jumped to, however fast the palette was opened."""
        if self._palette is not None and self._palette.is_current:
            self._palette.know_views(self.views)

    def _jump(self, hit: Hit | None) -> None:
        self.hands.take_keys()
        if hit is not None:
            getattr(self, f"jump_to_{hit.kind}")(hit.target)

    def jump_to_order(self, number: int) -> None:
        """Everything about an order."""
        self.open_details(number)

    def jump_to_query(self, text: str) -> None:
        """All orders that fit."""
        self._look_elsewhere(Listing(queue=self.listing.queue, typed=f"/{text}"))

    def jump_to_queue(self, name: str) -> None:
        """A queue."""
        self.choose_queue(name)

    def jump_to_view(self, number: int) -> None:
        """A saved view."""
        view = next((one for one in self.views if one.id == number), None)
        if view is not None:
            self.choose_view(view)

    def jump_to_action(self, name: str) -> None:
        """What a key would do."""
        self.action_act(name)

    def open_details(self, number: int, line: BoardLine | None = None) -> None:
        """Everything about an order, on a screen of its own, from which one may jump on."""
        from console.screens.details import DetailsScreen

        self.desk.visited.add(number)
        here = self.trail.here
        if here is None or here.listing != self.listing:
            self.trail.visit(Stop(self.listing, self.number_at_cursor))
        self.trail.visit(Stop(self.listing, number, opened=True))
        self.desk.go_to(DetailsScreen(number, line), self._jump)

    def jump_to_earlier(self, number: int) -> None:
        """From the page of an order to what was looked at before it."""
        stop = self.trail.back(Stop(self.listing, number, opened=True))
        if stop is not None and not stop.opened and stop.listing == self.listing:
            stop = Stop(stop.listing, number)  # the list that it was opened from
        self._go(stop, _("nothing before it"))

    def jump_to_later(self, _number: int) -> None:
        """From the page of an order to what was looked at after it."""
        self.do_later()

    def do_earlier(self) -> None:
        """What was looked at before."""
        self._go(self.trail.back(Stop(self.listing, self.number_at_cursor)), _("nothing before it"))

    def do_later(self) -> None:
        """What one came back from."""
        self._go(self.trail.forward(), _(NOTHING_AFTER))

    def _go(self, stop: Stop | None, nothing: str) -> None:
        if stop is None:
            self.hands.refuse(nothing)
            return
        self.show_listing(stop.listing, stop.number)
        if stop.opened and stop.number is not None:
            from console.screens.details import DetailsScreen

            self.desk.go_to(DetailsScreen(stop.number), self._jump)
