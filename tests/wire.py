"""Two hosts and the line between them, which loses, delays or swallows packets.

Each host is a network namespace with a device whose packets come to us; we hand them to the other
one, or do not. Nothing else of the machine is touched; all ends with the last file open on it.
"""

from __future__ import annotations

import ctypes
import fcntl
import heapq
import os
import random
import select
import struct
import subprocess
import threading
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pytest

from store.clock import monotonic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DESK, SERVER = "10.77.0.1", "10.77.0.2"
"""The addresses of the two hosts, each in a namespace that knows no other network."""

_NEWNET: Final = 0x40000000
_TUNSETIFF: Final = 0x400454CA
_PLAIN_PACKETS: Final = 0x1001  # IFF_TUN | IFF_NO_PI
_LARGEST = 65535
_libc = ctypes.CDLL(None, use_errno=True)


@dataclass
class Line:
    """How the line is at this moment; a test turns it."""

    loss: float = 0.0
    """Of each packet, the chance to be lost."""
    delay_s: float = 0.0
    """For which each packet is under way."""
    silent: bool = False
    """Whether it swallows all, and nobody is told."""


@dataclass
class Wire:
    """Two hosts and their line."""

    line: Line = field(default_factory=Line)
    _desk: int = -1
    _server: int = -1

    @contextmanager
    def at_desk(self) -> Iterator[None]:
        """What is started or dialled inside is on the desk's host."""
        with _inside(self._desk):
            yield

    @contextmanager
    def at_server(self) -> Iterator[None]:
        """The same on the server's host."""
        with _inside(self._server):
            yield

    def mend(self) -> None:
        """The line is as it should be."""
        self.line.loss, self.line.delay_s, self.line.silent = 0.0, 0.0, False

    def plug(self, *, there: bool) -> None:
        """Pull the desk's cable, or put it back: its own system knows of that at once."""
        with self.at_desk():
            _ip("link set wire " + ("up" if there else "down"))


@contextmanager
def wired() -> Iterator[Wire]:
    """Two hosts that reach one another; a skip where this system lets us make none."""
    with ExitStack() as stack:
        try:
            desk, desk_end = _host(DESK, SERVER)
            server, server_end = _host(SERVER, DESK)
        except OSError as refused:
            pytest.skip(f"this system lets us make no hosts of our own: {refused}")
        for end in (desk, desk_end, server, server_end):
            stack.callback(os.close, end)
        wire = Wire(_desk=desk, _server=server)
        over, tell = os.pipe()
        carrier = threading.Thread(target=_carry, args=(desk_end, server_end, wire.line, over))
        carrier.start()
        stack.callback(os.close, over)
        stack.callback(carrier.join)
        stack.callback(os.close, tell)
        yield wire


def _host(address: str, other: str) -> tuple[int, int]:
    """A namespace of its own, and the end of the line that hangs in it."""
    home = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
    try:
        _called(_libc.unshare, _NEWNET)
        end = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
        fcntl.ioctl(end, _TUNSETIFF, struct.pack("16sH", b"wire", _PLAIN_PACKETS))
        _ip("link set lo up")
        _ip(f"address add {address} peer {other} dev wire")
        _ip("link set wire up")
        return os.open("/proc/thread-self/ns/net", os.O_RDONLY), end
    finally:
        _called(_libc.setns, home, _NEWNET)
        os.close(home)


@contextmanager
def _inside(host: int) -> Iterator[None]:
    """This thread, and what it starts, lives on that host."""
    home = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
    _called(_libc.setns, host, _NEWNET)
    try:
        yield
    finally:
        _called(_libc.setns, home, _NEWNET)
        os.close(home)


def _called(function: Callable[..., int], *words: int) -> None:
    if function(*words) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def _ip(words: str) -> None:
    subprocess.run(["ip", *words.split()], check=True, capture_output=True)


def _carry(desk: int, server: int, line: Line, over: int) -> None:
    """Hand packets from one end to the other until the last pipe is closed."""
    dice, waiting, turn = random.Random(7), list[tuple[float, int, int, bytes]](), 0
    while True:
        left = max(0.0, waiting[0][0] - monotonic()) if waiting else None
        ready, _, _ = select.select([desk, server, over], [], [], left)
        if over in ready:
            return
        for end in ready:
            with suppress(OSError):  # its device is down
                packet = os.read(end, _LARGEST)
                if not line.silent and dice.random() >= line.loss:
                    to, turn = server if end == desk else desk, turn + 1
                    heapq.heappush(waiting, (monotonic() + line.delay_s, turn, to, packet))
        while waiting and waiting[0][0] <= monotonic():
            _, _, to, packet = heapq.heappop(waiting)
            with suppress(OSError):
                os.write(to, packet)
