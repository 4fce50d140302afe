"""Tells systemd that a served desk is ready, well, or ending; where no systemd asks, nothing."""

from __future__ import annotations

import asyncio
import os
import socket
from contextlib import suppress
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

READY: Final = "READY=1"
STOPPING: Final = "STOPPING=1"
_ALIVE: Final = "WATCHDOG=1"


class Notifier:
    """One service; the variables are those of sd_notify(3)."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._address = environ.get("NOTIFY_SOCKET", "")
        self._every_s = _patience(environ) / 2
        self._barking: asyncio.Task[None] | None = None

    def ready(self) -> None:
        """It serves; from now on the loop shows that it turns, as often as is asked for."""
        self.tell(READY)
        if self._address and self._every_s:
            self._barking = asyncio.get_running_loop().create_task(self._bark())

    def stopping(self) -> None:
        """It ends, and takes the time that sessions need for it."""
        if self._barking is not None:
            self._barking.cancel()
        self.tell(STOPPING)

    async def _bark(self) -> None:
        while True:
            self.tell(_ALIVE)
            await asyncio.sleep(self._every_s)

    def tell(self, state: str) -> None:
        """One datagram; systemd that is gone is no trouble of ours."""
        if not self._address.startswith(("/", "@")):
            return
        address = self._address.replace("@", "\0", 1) if self._address[0] == "@" else self._address
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
            line.setblocking(False)
            line.sendto(state.encode(), address)


def _patience(environ: Mapping[str, str]) -> float:
    """Seconds within which a sign is wanted; 0 where none is, or of another process."""
    told, of = environ.get("WATCHDOG_USEC", ""), environ.get("WATCHDOG_PID", "")
    if not told.isdecimal() or of not in ("", str(os.getpid())):
        return 0.0
    return int(told) / 1e6
