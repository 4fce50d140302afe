"""The part of the desk that sends what waited, once the store is there again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.message import Message

from console.actions import ACTIONS, first_sign
from console.attending import Attending
from console.feed import NewsArrived
from console.i18n import _, _n
from console.pile import Pile
from store.domain.errors import StoreTrouble, StoreUnreachable

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from console.seat import Seat
    from console.standing import Standing
    from store.domain.intents import Done


class Sending(Attending):
    """Knows what waits, and has it sent by one worker."""

    seat: Seat | None
    standing: Standing
    zone: tzinfo | None
    keys: dict[str, tuple[str, ...]]

    class Sent(Message, bubble=False):
        """One that waited was done, or (None) was not; the last word of a worker is `over`."""

        def __init__(self, done: Done | None, *, over: bool = False) -> None:
            super().__init__()
            self.done = done
            self.over = over

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.pile = Pile()
        """What was done while the store was away."""
        self.edited_line = ""
        """The id of what waits and stands in the command line to be edited."""
        self.answered_at: datetime | None = None
        """When the store last told how the desk stands."""
        self._sending = False
        self.news = 0
        """How often something was told to have been committed."""

    def stand(self, **changes: Any) -> None:
        """Change how the desk stands; to be filled by the desk."""
        raise NotImplementedError

    def living(self) -> list[Any]:
        """The screens that follow the desk; to be filled by the desk."""
        raise NotImplementedError

    def pass_on(self, news: NewsArrived) -> None:
        """Something was committed: every mounted screen asks its own question again."""
        self.news += 1
        for screen in self.living():
            screen.hear(news)

    @property
    def sessions(self) -> int:
        """How many hear the same news, as last told."""
        return 1 if self.seat is None else self.seat.sessions()

    def take_edited_line(self) -> str:
        """The id of what waits and stood in the command line; it stands there no longer."""
        taken, self.edited_line = self.edited_line, ""
        return taken

    @property
    def away(self) -> StoreTrouble | None:
        """Why the store cannot be reached; None while it can, as far as is known."""
        trouble = self.standing.trouble
        return trouble if isinstance(trouble, StoreUnreachable) else None

    def recount(self) -> None:
        """Show how many wait."""
        items = self.pile.items
        self.stand(waiting=len(items), held=sum(item.held for item in items))

    def send_waiting(self) -> None:
        """Send what may go, if the store is there and nobody sends already."""
        seat = self.seat
        if self._sending or seat is None or self.standing.trouble is not None:
            return
        if not self.pile.ready:
            return
        self._sending = True

        def work() -> None:
            from console.parking import send

            def said(done: Done | None) -> None:
                self.post_message(self.Sent(done))

            try:
                send(self.pile, seat, said, zone=self.zone)
            finally:  # else nothing would ever be sent again
                self.post_message(self.Sent(None, over=True))

        self.run_worker(work, thread=True, group="waiting", exit_on_error=False)

    def on_sending_sent(self, message: Sent) -> None:
        """Every screen hears of it; at the end the operator is told what came of it all."""
        message.stop()
        self.recount()
        done = message.done
        if done is not None:
            self.pass_on(NewsArrived(done.seq, frozenset(done.numbers), reload=False, own=True))
        if message.over:
            self._sending = False
            self._tell_result()

    def _tell_result(self) -> None:
        held, left = self.standing.held, self.standing.waiting
        hands = getattr(self.screen, "hands", None)
        if hands is None or hands.errand is not None or (left and not held):
            return
        if held:
            said = _n(
                "{count} command waits for you: {key} shows it",
                "{count} commands wait for you: {key} shows them",
                held,
            ).format(count=held, key=first_sign(ACTIONS["waiting"], self.keys))
            hands.say(said, "soon")
        else:
            hands.say(_("what waited was sent"), "good")
