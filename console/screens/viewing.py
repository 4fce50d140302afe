"""The part of the board that knows saved views: it counts, keeps and forgets them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message

from console.actions import ACTIONS
from console.actions_kinds import Kind, Question
from console.i18n import _
from console.pacing import Newest, Paced
from console.panes.queue_bar import QueueBar
from console.render_bars import ViewLine
from console.screens.finding import Finding
from store.domain.text import safe
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from console.actions_kinds import Ask, Told
    from console.found import Listing
    from console.panes.hand_bar import HandBar
    from console.screens.looking import Looking
    from console.seat import Seat
    from store.domain.intents import Command
    from store.queries.board import BoardLine
    from store.queries.views import View

_NAME = Question(name="name", label=N_("name of the view (* before it shows it to everybody)"))
_SURE = N_("forget {name}"), N_("forget {name}, which everybody has, for all of them")

_VIEWS_APART_S = 2.0
"""Each view counts its rows: not as often as the queues, which one statement counts."""


class Viewing(Finding):
    """Saved views below the queues."""

    class ViewsArrived(Message):
        """Saved views and their counts have come back."""

        def __init__(
            self, question: int, views: tuple[View, ...], counts: Mapping[int, int | None]
        ) -> None:
            super().__init__()
            self.question = question
            self.views = views
            self.counts = counts

    def __init__(self) -> None:
        super().__init__()
        self.view_counts: Mapping[int, int | None] = {}
        self.look_at_views = Paced(self, _VIEWS_APART_S, self._look_at_views, by_news=True)
        self._views_asked = False
        self._view_questions = Newest()
        self._views_came = False

    def show_overview(self) -> None:
        """The saved views with the rest."""
        self.query_one(QueueBar).views = tuple(
            ViewLine(
                id=view.id,
                name=view.name,
                count=self.view_counts.get(view.id, -1),
                chosen=view.id == self.listing.view,
                shared=view.shared,
            )
            for view in self.views
        )
        super().show_overview()

    def _look_at_views(self) -> None:
        seat = self.seat
        if seat is not None:
            work = partial(self._fetch_views, seat, self._view_questions.ask())
            self.run_worker(work, thread=True, group="views", exclusive=True, exit_on_error=False)

    def _fetch_views(self, seat: Seat, question: int) -> None:
        from store.queries.views import CountViews, ListViews

        with suppress(Exception):  # the look at the desk, which comes with this one, tells why
            with seat.asking() as ask:
                (views,) = ask.several(ListViews())
            counts = seat.ask(CountViews(zone=self.desk.zone)) if views else {}
            self.post_message(self.ViewsArrived(question, views, counts))

    def on_hand_bar_did(self, _message: HandBar.Did) -> None:
        """It may have been about a view, and counts are others."""
        self.look_at_views.now()

    def on_looking_looked(self, _message: Looking.Looked) -> None:
        """Views come once everything else has been seen, and the filter's line is made ready."""
        if not self._views_asked:
            self._views_asked = True
            self.look_at_views()
            self.call_after_refresh(self.make_bar)

    def on_viewing_views_arrived(self, message: ViewsArrived) -> None:
        """Show them with the queues; one that was dropped is not shown any more."""
        message.stop()
        if not self._view_questions.is_news(message.question):
            return
        told = message.views, message.counts
        if (
            self._views_came
            and told == (self.views, self.view_counts)
            and self.listing.view is None
        ):
            return
        self._views_came = True
        self.views, self.view_counts = told
        self.views_came()
        if self.listing.view is not None and self.view is None:
            self.choose_queue(self.listing.queue)
            return
        view = self.view
        if view is not None and view.query != self.listing.query:  # changed since one was here
            self.show_listing(replace(self.listing, query=view.query))
        elif view is not None:
            self.bar.tell(self.listing, view.name)
        self.show_overview()

    def views_came(self) -> None:
        """There are others now; to be filled by a screen that offers them elsewhere, too."""

    def do_save_view(self) -> None:
        """Keep what is listed under a name."""
        listing = self.listing

        def make(_line: BoardLine | None, told: Told, _ask: Ask) -> Command:
            from store.commands.views import SaveView

            name = str(told["name"]).strip()
            shared = name.startswith(("*", "＊"))  # the second from an input method
            return SaveView(
                name=name[1:] if shared else name,
                query=_query_of(listing),
                sort=listing.sort,
                descending=listing.descending,
                shared=shared,
            )

        action = replace(ACTIONS["save_view"], make=make, questions=(_NAME,))
        self.hands.begin(action, self.situation())

    def do_drop_view(self) -> None:
        """Forget the view that is shown."""
        view = self.view
        if view is None:
            said = _("no view is shown; {key} keeps what is listed as one")
            self.hands.refuse(said.format(key=self.key_sign("save_view")))
            return

        def make(_line: BoardLine | None, _told: Told, _ask: Ask) -> Command:
            from store.commands.views import DropView

            return DropView(name=view.name, shared=view.shared)

        label = _SURE[view.shared].format(name=safe(view.name))
        sure = Question(name="sure", label=label, kind=Kind.CONFIRM)
        action = replace(ACTIONS["drop_view"], make=make, questions=(sure,))
        self.hands.begin(action, self.situation())


def _query_of(listing: Listing) -> str:
    """What is listed as one query; a queue is a flag of the language."""
    from store.domain.finding.fields import QUEUE_OF

    flags = {queue: flag for flag, queue in QUEUE_OF.items()}
    queue = listing.within
    flag = "" if queue is None else flags.get(queue, queue)
    return f"{flag} ({listing.text})" if flag and listing.text else flag or listing.text
