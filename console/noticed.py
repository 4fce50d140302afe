"""The part of the desk that an administrator speaks to: his notices, until they are read."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Protocol, runtime_checkable

from textual.message import Message

from console.pacing import NO_KEY
from console.terminal import FrugalApp
from console.widgets.bars import PartsBar

if TYPE_CHECKING:
    from datetime import datetime

    from console.feed import NoticeSent
    from console.seat import Seat
    from console.standing import Standing
    from store.queries.notices import Notice

STRIP: Final = "NoticeStrip"
"""The widget that shows them, as a selector."""


@runtime_checkable
class Notified(Protocol):
    """A screen on which notices may stand."""

    def show_notice(self) -> None:
        """Put them up."""
        ...


class Noticed(FrugalApp[int]):
    """An app that shows notices on all its screens, and tells how it is used."""

    seat: Seat | None
    standing: Standing
    keyed_at = NO_KEY
    """When the last key came, by the loop's clock."""

    class Heard(Message):
        """What was told to everybody of late."""

        def __init__(self, notices: tuple[Notice, ...]) -> None:
            super().__init__()
            self.notices = notices

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.notices: tuple[Notice, ...] = ()
        """Those that nobody has read here, oldest first."""
        self._read = 0
        """The newest that was read."""
        self.warning = ""
        """What is about to happen to this session; empty while nothing is."""
        self.announced = False
        """Whether nobody has read yet that this session is recorded."""

    @property
    def drawn(self) -> int:
        """Bytes that went to the terminal so far."""
        return int(getattr(self._driver, "written", 0))

    @property
    def idle_s(self) -> float | None:
        """For how long nothing was typed; None where nothing ever was."""
        if self.keyed_at == NO_KEY or self._loop is None:
            return None
        return self._loop.time() - self.keyed_at

    def touch(self) -> float:
        """Hands have done something; when."""
        self.warn("")
        self.keyed_at = asyncio.get_running_loop().time()
        return self.keyed_at

    def on_notice_sent(self, message: NoticeSent) -> None:
        """Ask what was said."""
        message.stop()
        if self.seat is not None:
            work = partial(self._ask, self.seat)
            self.run_worker(work, thread=True, group="notices", exit_on_error=False)

    def _ask(self, seat: Seat) -> None:
        from store.domain.errors import Refusal
        from store.queries.notices import Notices

        try:
            found = seat.ask(Notices())
        except Refusal:  # the store is away, and tells all anew when it is back
            return
        self.post_message(self.Heard(found))

    def on_noticed_heard(self, message: Heard) -> None:
        """Show what is new, above whatever stands there."""
        message.stop()
        held = {one.seq for one in self.notices}
        new = [one for one in message.notices if one.seq > self._read and one.seq not in held]
        if not new:
            return
        self.notices = tuple(sorted((*self.notices, *new), key=lambda one: one.seq))
        self._show_notices()

    def warn(self, said: str) -> None:
        """Say what is about to happen to this session; nothing takes it away."""
        if said != self.warning:
            self.warning = said
            self._show_notices()

    def tell_recorded(self, on: bool) -> None:
        """Somebody keeps from now on what this console shows, or does no more."""
        self.announced = on
        self.stand(recorded=on)
        self._show_notices()

    def stand(self, **changes: Any) -> None:
        """Change how the desk stands; to be filled by the desk."""

    def _show_notices(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, Notified) and screen.is_mounted:
                screen.show_notice()
        self._renew()

    def read_notices(self) -> bool:
        """Take them away; whether there were any."""
        if not self.notices and not self.announced:
            return False
        self._read = max((one.seq for one in self.notices), default=self._read)
        self.notices, self.announced = (), False
        self._renew()
        return True

    def age_notices(self, at: datetime) -> None:
        """On a wall nobody presses a key: they go by themselves."""
        if self.notices and self.standing.only_looks:
            from store.queries.notices import KEPT

            if at - self.notices[-1].at > KEPT:
                self.read_notices()

    def _renew(self) -> None:
        for screen in self.screen_stack:
            for strip in screen.query(STRIP).results(PartsBar):
                strip.renew()
