"""Where browsers come in: the pages of a served desk, given by Uvicorn within the loop of all."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

import uvicorn

from console.serve.browser import Browsers
from console.serve.passes import Passes

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator
    from pathlib import Path

    from console.serve.keys import Keys
    from console.serve.origins import Place
    from console.serve.shared import Shared

_END_S: Final = 5.0
_LONGEST: Final = 65_536
"""Bytes of one message of a page, which sends at most a quarter of that at once."""
_LONGEST_HEAD: Final = 16_384
_SPARE: Final = 100
"""Connections beside those of consoles."""


class _Server(uvicorn.Server):
    """Leaves signals to whoever put the desk together."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """None."""
        yield


class BrowserFront:
    """The pages, from when they can be had until they cannot."""

    def __init__(
        self, place: Place, *, keys: Keys, folder: Path, sessions: Path, shared: Shared
    ) -> None:
        self._place = place
        self._keys, self._sessions, self._shared = keys, sessions, shared
        self._passes = Passes(folder / "browsers.json")
        self._tasks: list[asyncio.Task[None]] = []
        self._browsers: Browsers | None = None
        self._server: uvicorn.Server | None = None

    async def open(self, listener: socket.socket) -> str:
        """Give pages at a socket that listens, which is this front's now; the page's address."""
        origins = self._place.origins(listener.getsockname()[1])
        await self._keys.ask()
        self._browsers = Browsers(
            keys=self._keys,
            passes=self._passes,
            sessions=self._sessions,
            shared=self._shared,
            origins=origins,
        )
        config = uvicorn.Config(
            self._browsers.app,
            http="h11",
            ws="websockets-sansio",
            lifespan="off",
            log_config=None,
            log_level="critical",  # the words of strangers belong in no log
            access_log=False,
            server_header=False,
            ws_max_size=_LONGEST,
            ws_per_message_deflate=False,
            h11_max_incomplete_event_size=_LONGEST_HEAD,
            limit_concurrency=self._shared.limits.sessions + _SPARE,
            # Only a proxy that stands before it on this machine says from where somebody comes.
            proxy_headers=bool(self._place.named),
            forwarded_allow_ips=["127.0.0.1", "::1"],
            timeout_graceful_shutdown=int(_END_S),
        )
        self._server = _Server(config)
        serving = self._server.serve(sockets=[listener])
        self._tasks = [asyncio.create_task(serving), asyncio.create_task(self._browsers.watch())]
        return min(origins) + "/"

    async def close(self, why: str) -> None:
        """Give no page more, and have every console end with this sentence."""
        if self._server is None or self._browsers is None:
            return
        serving, watching = self._tasks
        watching.cancel()
        for listening in self._server.servers:
            listening.close()  # whoever comes from now on is the next one's
        await self._browsers.end(why, _END_S)
        self._server.should_exit = True
        with suppress(TimeoutError):
            await asyncio.wait_for(serving, 2 * _END_S)
        await self._keys.end()
