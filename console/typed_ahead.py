"""Keys are acted on one by one: each waits until the one before has run its course.

Textual hands every key at once to whatever has the focus when it arrives. In a burst, from fast
hands or over a slow line, the keys after one that opens a prompt would so act on the board before
the prompt is there. Here an `Echo` follows each key up through the widgets; when it is back and the
focus stands still, the key has done all it does, and the next one goes where the focus is then.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, Final

from textual import events
from textual.message import Message

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.app import App
    from textual.message_pump import MessagePump

Typed = events.Key | events.Paste

_STILL: Final = 2
"""So many echoes in a row that find the focus where it was: one for the key's own action, one for
the message that the action left behind."""

_LOST_S: Final = 0.05
"""An echo not back by then was in a widget that has gone; another is sent."""
_SLOW_S: Final = 2.0
"""So long at most, twice as long each time: on a busy machine it may only be late."""

_ALWAYS: Final = frozenset({"ctrl+q"})
"""Who wants to leave need not wait for a store that does not answer."""
_LEAVE: Final = "escape"
_IDLE: Final = frozenset(
    {*("up", "down", "left", "right", "pageup", "pagedown", "home", "end"), *"jkgG", "space"}
)
"""They move a cursor or tick a row: on the way out they leave nothing behind."""


class Echo(Message):
    """Sent after a key to the widget that got it; comes up to the app when that is done."""

    def __init__(self, serial: int) -> None:
        super().__init__()
        self.serial = serial


class TypedAhead:
    """What was typed and not yet acted on."""

    def __init__(self, app: App[int], deliver: Callable[[Typed], Awaitable[None]]) -> None:
        self._app = app
        self._deliver = deliver
        self._waiting: deque[Typed] = deque()
        self._busy = False
        """Whether a key is still running its course."""
        self._written = False
        """Whether a line got text of which its offers may not know yet."""
        self.held = False
        """Whether something has to come first."""
        self._owed: Callable[[], None] | None = None
        self._holder: object = None
        """Who alone may let what is held go on; None where anybody may."""
        self._holds = 0
        self._may_leave = False
        """Whether Esc gives up what is waited for."""
        self.taken_at = 0.0
        """When the key last acted on was read; all keys read together have the same instant."""
        self.before_at = 0.0
        """The same of the key before that one."""
        self._forgotten_at: float | None = None
        self._serial = 0
        self._still = 0
        self._patience = _LOST_S
        self._at: tuple[MessagePump, MessagePump | None] | None = None
        self._alarm: asyncio.TimerHandle | None = None

    async def take(self, event: Typed) -> None:
        """Act on what was typed, in its turn."""
        if self.held and isinstance(event, events.Key) and event.key in _ALWAYS:
            await self._deliver(event)
            return
        if event.time == self._forgotten_at:
            return
        if self._gives_up(event):
            self._waiting.clear()
            self.hold()  # whoever is to be let on now is no more the one that waited
            self.held = False
        self._waiting.append(event)
        if not self._busy:
            await self._go()

    async def heard(self, echo: Echo) -> None:
        """An echo is back: the key is done, or there is more to wait for."""
        if not self._busy or echo.serial != self._serial or not self._app.screen_stack:
            return
        here = self._here()
        self._still = self._still + 1 if here == self._at else 0
        self._at = here
        if self._still < _STILL:
            self._send()
            return
        self._calm()
        await self._go()

    # -- what screens may ask ----------------------------------------------------------------

    def after(self, call: Callable[[], None], *, may_leave: bool = False) -> None:
        """Hold everything typed until `go_on`; then make this call before the rest goes on.

        `may_leave`: what is waited for may take seconds, and Esc does not wait for it.
        """
        self.hold()
        self._owed, self._may_leave = call, may_leave

    def hold(self, by: object = None) -> None:
        """Hold everything typed until `go_on`; where it is held `by` somebody, until his."""
        self.held, self._owed, self._holder, self._may_leave = True, None, by, False
        self._holds += 1

    def go_on(self, by: object = None) -> None:
        """What was waited for has come."""
        if self.held and (self._holder is None or self._holder == by):
            self._app.call_later(self._resume, self._holds)

    def forget(self) -> None:
        """Drop what was typed ahead: it was meant for something that did not come about.

        Also what is still on its way here from the same reading of the terminal.
        """
        self._forgotten_at = self.taken_at
        self._waiting.clear()
        self._owed = None
        self.go_on(self._holder)

    # -- the course of a key -----------------------------------------------------------------

    async def _resume(self, hold: int) -> None:
        if not self.held or hold != self._holds:
            return
        self.held = False
        owed, self._owed = self._owed, None
        if owed is not None:
            owed()
            self._follow()
        elif not self._busy:
            await self._go()

    async def _go(self) -> None:
        while self._waiting and not self.held and self._app.screen_stack:
            writes = self._only_writes(self._waiting[0])
            if self._written and not writes:
                self._written = False
                self._follow()
                return
            event = self._waiting.popleft()
            self.before_at, self.taken_at = self.taken_at, event.time
            await self._deliver(event)
            if not writes:
                self._follow()
                return
            self._written = True

    def _gives_up(self, event: Typed) -> bool:
        """Whether it is Esc, with nothing before it that was to be done."""
        if not (self.held and self._may_leave and _key(event) == _LEAVE):
            return False
        return all(_key(one) in _IDLE for one in self._waiting)

    def _only_writes(self, event: Typed) -> bool:
        """Whether it is text for the line in focus, which takes one after the other by itself."""
        if isinstance(event, events.Paste):
            return True
        line = self._app.focused
        return line is not None and line.check_consume_key(event.key, event.character)

    def _follow(self) -> None:
        if not self._app.screen_stack:
            return  # the key has closed the console
        self._busy, self._still, self._patience = True, 0, _LOST_S
        self._at = self._here()
        self._send()

    def _send(self) -> None:
        self._serial += 1
        self._stop_alarm()
        screen, focused = self._here()
        (focused or screen).post_message(Echo(self._serial))
        ring = asyncio.get_running_loop().call_later
        self._alarm = ring(self._patience, self._app.call_later, self._again, self._serial)

    def _again(self, serial: int) -> None:
        if self._busy and serial == self._serial and self._app.screen_stack:
            self._patience = min(_SLOW_S, 2 * self._patience)
            self._send()

    def _calm(self) -> None:
        self._busy = False
        self._stop_alarm()

    def _stop_alarm(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None

    def _here(self) -> tuple[MessagePump, MessagePump | None]:
        return self._app.screen, self._app.focused


def _key(event: Typed) -> str:
    return event.key if isinstance(event, events.Key) else ""
