"""Acknowledges at once what a client sends until it is let in.

OpenSSH's client says the next thing only when the last one is acknowledged, until it has a session;
and a kernel that has nothing to send puts that off by 40 ms. A log-in has two such moments.
"""

from __future__ import annotations

import socket
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import asyncssh

_AT_ONCE: Final[int | None] = getattr(socket, "TCP_QUICKACK", None)
"""Linux has it; it holds for what has come so far, so each time it is said anew."""


def begin(connection: asyncssh.SSHServerConnection) -> None:
    """From the next bytes of this connection on."""
    line: socket.socket | None = connection.get_extra_info("socket")
    if line is None or _AT_ONCE is None:
        return
    option, received, mine = _AT_ONCE, connection.data_received, _own(connection)

    def heard(*data: Any) -> None:
        with suppress(OSError):  # it is just being closed
            line.setsockopt(socket.IPPROTO_TCP, option, 1)
        received(*data)

    mine["data_received"] = heard


def end(connection: asyncssh.SSHServerConnection) -> None:
    """No more: a session answers keys, and what it draws acknowledges them."""
    _own(connection).pop("data_received", None)


def _own(connection: asyncssh.SSHServerConnection) -> dict[str, Any]:
    return vars(connection)
