"""The two pages of a served desk, over HTTP: /metrics and /healthz, and nothing else."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_LONGEST: Final = 8_192
"""Bytes of one request."""
_PATIENCE_S: Final = 5.0
_MOST: Final = 16
"""Requests at once; nobody but a watchman asks."""
_TEXT: Final = "text/plain; charset=utf-8"
_METRICS: Final = "text/plain; version=0.0.4; charset=utf-8"


class Pages:
    """Answers GET and HEAD, one request a connection."""

    def __init__(self, metrics: Callable[[], bytes], wrong: Callable[[], str | None]) -> None:
        self._metrics = metrics
        self._wrong = wrong
        self._open = 0
        self._server: asyncio.Server | None = None

    async def open(self, host: str, port: int) -> int:
        """Listen; the port. `OSError` as it comes."""
        self._server = await asyncio.start_server(self._meet, host, port, limit=_LONGEST)
        bound: int = self._server.sockets[0].getsockname()[1]
        return bound

    def close(self) -> None:
        """Listen no more."""
        if self._server is not None:
            self._server.close()

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open += 1
        try:
            if self._open <= _MOST:
                with suppress(OSError, TimeoutError):
                    await asyncio.wait_for(self._talk(reader, writer), _PATIENCE_S)
        finally:
            self._open -= 1
            writer.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
        except asyncio.IncompleteReadError:
            return
        except asyncio.LimitOverrunError:
            head = b""
        method, path = _asked(head)
        status, kind, body = self._answer(method, path)
        lines = (
            f"HTTP/1.1 {status.value} {status.phrase}",
            f"Content-Type: {kind}",
            f"Content-Length: {len(body)}",
            "Cache-Control: no-store",
            "X-Content-Type-Options: nosniff",
            "Connection: close",
        )
        writer.write("\r\n".join((*lines, "", "")).encode())
        if method != "HEAD":
            writer.write(body)
        await writer.drain()

    def _answer(self, method: str, path: str) -> tuple[HTTPStatus, str, bytes]:
        if not method:
            return _said(HTTPStatus.BAD_REQUEST)
        if path not in ("/metrics", "/healthz"):
            return _said(HTTPStatus.NOT_FOUND)
        if method not in ("GET", "HEAD"):
            return _said(HTTPStatus.METHOD_NOT_ALLOWED)
        if path == "/metrics":
            return HTTPStatus.OK, _METRICS, self._metrics()
        wrong = self._wrong()
        if wrong is None:
            return HTTPStatus.OK, _TEXT, b"ok\n"
        return HTTPStatus.SERVICE_UNAVAILABLE, _TEXT, f"{wrong}\n".encode()


def _asked(head: bytes) -> tuple[str, str]:
    """The method and the path of a request; empty where it is none."""
    words = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ")
    if len(words) != 3 or not words[2].startswith("HTTP/1."):
        return "", ""
    return words[0], words[1].split("?", 1)[0]


def _said(status: HTTPStatus) -> tuple[HTTPStatus, str, bytes]:
    return status, _TEXT, f"{status.phrase}\n".encode()
