"""A screen of the tour: the strip stands on it, and a key goes on with it."""

from __future__ import annotations

from console.i18n import _
from console.screens.rehearsing import Rehearsing
from store.domain.words import N_

ON_THE_BOARD = N_("this is to be done on the board; Esc leads back to it")


class Touring(Rehearsing):
    """Shows the tour where one is under way."""

    def show_strips(self) -> None:
        """Whatever stands above the hands."""
        self.show_drill()
        self.show_tour()
        self.show_notice()

    def show_tour(self) -> None:
        """Put the strip up where a tour is under way."""
        if self.desk.tour is not None:
            from console.panes.tour_strip import TourStrip

            if self.query("HandBar"):  # else it is still being put up, and does so itself
                _mounting = self.mount(TourStrip(), before=self.hands)

    def show_notice(self) -> None:
        """Put up what an administrator told everybody, or what is about to happen here."""
        told = self.desk.notices or self.desk.warning or self.desk.announced
        if told and self.query("HandBar") and not self.query("NoticeStrip"):
            from console.panes.notice_strip import NoticeStrip

            _mounting = self.mount(NoticeStrip(), before=self.hands)

    @property
    def knows_alarms(self) -> bool:
        """Whether the store was asked what rings."""
        return True

    def settle_tour(self) -> None:
        """Time or news may have left a step with nothing to do, or a key without its order."""
        tour = self.desk.tour
        if tour is not None:
            if self.knows_alarms:
                tour.settle(self.desk.standing.ringing)
            self.desk.show_tour()

    def do_tour(self) -> None:
        """Begin the tour, or go on with it."""
        tour = self.desk.tour
        if tour is None:
            self.begin_tour()
        elif not tour.offered and tour.step is None:
            self.desk.end_tour()
        else:
            tour.next()
            self.settle_tour()

    def begin_tour(self) -> None:
        """The tour is about what the board lists."""
        self.hands.refuse(lambda: _(ON_THE_BOARD))
