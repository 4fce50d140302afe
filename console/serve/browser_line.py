"""One WebSocket: a terminal in a page, tied to one session's process by a socket pair.

What is typed comes as bytes, a size as the text of two numbers; what is drawn goes as bytes.
"""

from __future__ import annotations

import asyncio
import re
import socket
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from starlette.websockets import WebSocketDisconnect

from console.i18n import _
from console.serve import opening, wire
from console.unrecorded import plain_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.websockets import WebSocket

    from console.serve.keys import Holder
    from console.serve.passes import Pass
    from console.serve.recorder import Recording

_END_S: Final = 3.0
_FAREWELL_S: Final = 2.0
_LEAST_BUFFER: Final = 32_768
_SIZE: Final = re.compile(r"(\d{1,4}) (\d{1,4})", re.ASCII)
_ENDED: Final = 1000
_NOT_OURS: Final = 1008


class BrowserLine:
    """One console of an operator who was let in."""

    def __init__(
        self,
        path: str,
        who: Holder,
        one: Pass,
        *,
        address: str,
        idle_s: float,
        size: str,
        locked: Callable[[Pass], None],
        record: Callable[[tuple[int, int], Callable[[bytes], object]], Recording | None],
    ) -> None:
        self._path = path
        self._locked = locked
        self._record = record
        self._tape: Recording | None = None
        self.who = who
        self.given = one
        self.address = address
        self._idle_s = idle_s
        self._size = _size_in(size) or (80, 24)
        self._writer: asyncio.StreamWriter | None = None
        self._carrying: asyncio.Task[None] | None = None
        self._idle: asyncio.TimerHandle | None = None
        self._said = ""
        self.is_locked = False
        """Whether nobody types, and its screen is covered until it ends."""

    async def hold(self, page: WebSocket) -> None:
        """From the first drawing to the end, which the page is told."""
        self._carrying = asyncio.create_task(self._carry(page))
        code = _ENDED
        try:
            await self._carrying
        except asyncio.CancelledError:
            if not self._said:
                raise  # it is we who are stopped
        except OSError:
            self._said = self._said or _("no session can be opened at the moment; try again")
        except wire.Broken:
            code = _NOT_OURS
        except WebSocketDisconnect:
            return
        with suppress(Exception):  # whoever is gone is told nothing
            await asyncio.wait_for(self._farewell(page, code), _FAREWELL_S)

    async def _farewell(self, page: WebSocket, code: int) -> None:
        await page.send_text(self._said or _("The session ended."))
        await page.close(code)

    async def _carry(self, page: WebSocket) -> None:
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        for end in (ours, theirs):
            end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _LEAST_BUFFER)
        try:
            with theirs:
                held = opening.ask(self._path, self._opening(), theirs.fileno())
        except OSError:
            ours.close()
            raise
        with held:  # whose end is a hang-up
            reader, self._writer = await asyncio.open_connection(sock=ours)
            self._tape = self._record(wire.sane(*self._size), self._writer.write)
            both = [
                asyncio.create_task(self._drawn(reader, page)),
                asyncio.create_task(self._typed(self._writer, page)),
            ]
            try:
                done, _rest = await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for task in both:
                    task.cancel()
                if self._idle is not None:
                    self._idle.cancel()
                if self._tape is not None:
                    self._tape.end()
                self._writer.close()
            await asyncio.gather(*both, return_exceptions=True)
            for task in done:
                task.result()

    def _opening(self) -> opening.Opening:
        return opening.Opening(
            operator=self.who.operator,
            address=self.address,
            via="browser",
            environ={"TERM": opening.PLAIN_TERM, "COLORTERM": "truecolor"},
            size=wire.sane(*self._size),
        )

    async def _drawn(self, reader: asyncio.StreamReader, page: WebSocket) -> None:
        """A page that does not read is waited for: the session then draws and does not write."""
        unframer, has_ended = wire.Unframer(), False
        while data := await reader.read(_LEAST_BUFFER):
            for kind, body in unframer.feed(data):
                if kind is wire.Kind.OUTPUT:
                    if self._tape is not None:
                        self._tape.drawn(body)
                    await page.send_bytes(plain_bytes(body))
                elif kind is wire.Kind.LOCKED:
                    self.is_locked = True
                    self._locked(self.given)
                elif kind is wire.Kind.EXIT:
                    has_ended = True
                    self._said = self._said or wire.end_in(body)[1]
        if not has_ended:
            self._said = self._said or _("The session ended unexpectedly; what you typed is kept.")

    async def _typed(self, writer: asyncio.StreamWriter, page: WebSocket) -> None:
        self._touch()
        while True:
            told = await page.receive()
            if told["type"] != "websocket.receive":
                raise WebSocketDisconnect
            if (keys := told.get("bytes")) is not None:
                self._touch()
                writer.write(wire.frames(wire.Kind.INPUT, keys))
            elif (size := _size_in(told.get("text") or "")) is not None:
                writer.write(wire.resize(*size))
                if self._tape is not None:
                    self._tape.resized(*size)
            else:
                raise wire.Broken("no size")
            await writer.drain()

    def end(self, why: str) -> None:
        """Have the session end, its drafts kept, and tell the page why; the first reason counts."""
        if self._said or self._carrying is None:
            return
        self._said = why
        if self._writer is not None:
            self._writer.write(wire.ended(0))
        asyncio.get_running_loop().call_later(_END_S, self._carrying.cancel)

    def _touch(self) -> None:
        """A key was pressed: only that puts off the idle end."""
        if self._idle is not None:
            self._idle.cancel()
        if self._idle_s:
            said = _("Nothing was typed for a long time; the session ended. Your drafts are kept.")
            self._idle = asyncio.get_running_loop().call_later(self._idle_s, self.end, said)


def _size_in(told: str) -> tuple[int, int] | None:
    found = _SIZE.fullmatch(told)
    return None if found is None else (int(found[1]), int(found[2]))
