"""The part of the desk that leads the tour: offers it once, hears what the hands do, ends it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final, Protocol, runtime_checkable

from textual.message import Message

from console.terminal import FrugalApp
from console.widgets.bars import PartsBar

if TYPE_CHECKING:
    from pathlib import Path

    from console.standing import Standing
    from console.tour import Tour


STRIP: Final = "TourStrip"
"""The widget that shows the tour, as a selector."""


@runtime_checkable
class Toured(Protocol):
    """A screen on which the tour may stand."""

    def show_tour(self) -> None:
        """Put it up."""
        ...


class Guiding(FrugalApp[int]):
    """An app with a tour, which all its screens show."""

    tour_file: Path | None = None
    """Where it is remembered that the tour was offered; None offers it to nobody."""
    sample = False
    """Whether the desk is there to try things on."""
    standing: Standing

    class FirstTime(Message):
        """Nobody at this account was ever offered the tour."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.tour: Tour | None = None
        """The tour, while it is offered or under way."""

    def offer_tour(self) -> None:
        """Offer it unless that was done before."""
        if self.tour is None and not self.standing.only_looks:
            self.remember_tour(offer=True)

    def remember_tour(self, *, offer: bool = False) -> None:
        """Keep that the tour is known here; where that is news, perhaps offer it."""
        if self.tour_file is not None:
            work = partial(self._remember, self.tour_file, offer=offer)
            self.run_worker(work, thread=True, group="tour", exit_on_error=False)

    def _remember(self, path: Path, *, offer: bool) -> None:
        from console.tour_file import first_time

        if first_time(path) and offer:
            self.post_message(self.FirstTime())

    def on_guiding_first_time(self, message: FirstTime) -> None:
        """Offer it, unless it was begun meanwhile."""
        from console.tour import Tour

        message.stop()
        if self.tour is None:
            self.lead(Tour(offered=True))

    def lead(self, tour: Tour) -> None:
        """Show it on every screen."""
        self.tour = tour
        for screen in self.screen_stack:
            if isinstance(screen, Toured):
                screen.show_tour()

    def end_tour(self) -> bool:
        """Take it away; whether there was one."""
        if self.tour is None:
            return False
        self.tour = None
        for screen in self.screen_stack:
            for strip in screen.query(STRIP).results(PartsBar):
                _leaving = strip.remove()
        return True

    def heard(self, action: str) -> None:
        """The hands have done something."""
        if self.tour is not None and self.tour.hear(action):
            self.show_tour()

    def show_tour(self) -> None:
        """Say what is to be done now."""
        if self.tour is None:
            return
        for screen in self.screen_stack:
            for strip in screen.query(STRIP).results(PartsBar):
                strip.renew()
