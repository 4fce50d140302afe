"""Who is at the other end of a socket of this machine."""

from __future__ import annotations

import os
import socket
import struct
from typing import Final

_CREDENTIALS: Final = struct.Struct("3i")


def is_ours(line: socket.socket) -> bool:
    """Whether the same account asks, or root: who else reaches the socket is refused."""
    if not hasattr(socket, "SO_PEERCRED"):
        return True  # the folder's mode guards it
    return _credentials(line)[1] in (0, os.getuid())


def process_of(line: socket.socket) -> int:
    """The process that has connected; 0 where the system does not tell."""
    return _credentials(line)[0] if hasattr(socket, "SO_PEERCRED") else 0


def _credentials(line: socket.socket) -> tuple[int, ...]:
    told = line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
    return _CREDENTIALS.unpack(told)
