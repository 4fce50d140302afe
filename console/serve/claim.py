"""Who comes with an unknown key says a one-time code, and has that key from then on; no more."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

import asyncssh

from console.i18n import _
from console.serve.opening import Wanted
from store.domain.text import safe

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from console.serve.keys import Claimed

_LONGEST: Final = 64
_MOST: Final = 1000
_TRIES: Final = 3
_BACK: Final = frozenset("\b\x7f")
_AWAY: Final = frozenset("\x03\x04")


class Claim(asyncssh.SSHServerSession[bytes]):
    """One channel of somebody whom the desk does not know: a line is asked for and read here.

    There is no terminal behind it, no shell and no session.
    """

    channel: asyncssh.SSHServerChannel[bytes]

    def __init__(self, use: Callable[[str], Awaitable[Claimed]]) -> None:
        self._use = use
        self._typed = ""
        self._given: str | None = None
        """The code as a command."""
        self._echoes = False
        self._tries = 0
        self._using: asyncio.Task[None] | None = None
        self._more = ""
        """What came while a code was looked at."""
        self._ends = False
        """Nothing more will be typed."""

    def connection_made(self, chan: asyncssh.SSHServerChannel[bytes]) -> None:
        """The channel is open."""
        self.channel = chan
        chan._env = Wanted()  # noqa: SLF001  it has no other way to take less

    def pty_requested(self, _term: str, _size: tuple[int, int, int, int], _modes: Any) -> bool:
        """What is typed is shown."""
        self._echoes = True
        return True

    def shell_requested(self) -> bool:
        """The code is asked for."""
        return True

    def exec_requested(self, command: str) -> bool:
        """The code is the command."""
        self._given = command
        return True

    def subsystem_requested(self, _subsystem: str) -> bool:
        """None."""
        return False

    def session_started(self) -> None:
        """Use it, or ask for it."""
        if self._given is not None:
            self._begin(self._given, more=False)
        else:
            self._ask()

    def _ask(self) -> None:
        self._typed = ""
        self._say(_("one-time code:") + " ")

    def data_received(self, data: bytes, _datatype: asyncssh.DataType) -> None:
        """What was typed."""
        self._more += data.decode("ascii", "replace")[: _MOST - len(self._more)]
        self._go_on()

    def _go_on(self) -> None:
        """Take sign by sign, until a code is to be looked at."""
        while self._more and self._using is None:
            sign, self._more = self._more[0], self._more[1:]
            if sign in _AWAY:
                self._end(1)
            elif sign in "\r\n":
                self._entered()
            elif sign in _BACK:
                if self._typed:
                    self._typed = self._typed[:-1]
                    self._echo("\b \b")
            elif sign.isascii() and sign.isprintable() and len(self._typed) < _LONGEST:
                self._typed += sign
                self._echo(sign)
        if self._ends and self._using is None:
            self._end(1)

    def _say(self, text: str) -> None:
        self.channel.write(text.encode())

    def _echo(self, text: str) -> None:
        if self._echoes:
            self._say(text)

    def _entered(self) -> None:
        self._echo("\r\n")
        if self._typed.strip():
            self._begin(self._typed, more=True)
        else:
            self._ask()

    def eof_received(self) -> bool:
        """Nothing more will be typed; a code that is being looked at is answered."""
        self._ends = True
        self._go_on()
        return True

    def connection_lost(self, _exc: Exception | None) -> None:
        """He is gone; what he has said counts."""

    def _begin(self, code: str, *, more: bool) -> None:
        self._using = asyncio.get_running_loop().create_task(self._used(code, more=more))

    async def _used(self, code: str, *, more: bool) -> None:
        found = await self._use(code[:_LONGEST])
        self._tries += 1
        self._say(safe(found.said) + "\r\n")
        self._using = None
        if found.operator is not None:
            port = self.channel.get_extra_info("sockname")[1]
            self._say(_("from now on: ssh -p {port} HOST").format(port=port) + "\r\n")
            self._end(0)
        elif more and self._tries < _TRIES:
            self._ask()
            self._go_on()
        else:
            self._end(1)

    def _end(self, code: int) -> None:
        self._more = ""
        self._ends = False
        self.channel.exit(code)
