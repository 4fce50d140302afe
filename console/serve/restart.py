"""A served desk started anew in place: the port stays open, so whoever comes meanwhile waits.

The process becomes the new program under its own number, as a unit of systemd wants it. What was
told to it on its command line counts again, and so do its files as they are now.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
from typing import TYPE_CHECKING, Final, NoReturn

from console.serve import house
from console.serve.peers import process_of
from store.domain.errors import BadInput
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_HANDED: Final = "PAIDAN_SERVE_LISTENER_"
"""Under which names, with that of the way in behind it, numbers of sockets are handed on."""
_HANDED_BEFORE: Final = {"ssh": "PAIDAN_SERVE_LISTENER"}
"""Under which a version hands one on that knew of no other way in."""
_QUEUE: Final = 128


def listener_at(way: str, host: str, port: int) -> socket.socket:
    """The socket that was handed on for this way in, else a new one; `OSError` as it comes."""
    before = os.environ.pop(_HANDED_BEFORE.get(way, ""), "")
    handed = os.environ.pop(f"{_HANDED}{way.upper()}", before)
    if handed.isdigit():
        return socket.socket(fileno=int(handed))
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=_QUEUE)


def again(listeners: Mapping[str, socket.socket]) -> NoReturn:
    """Become the same program anew; the sockets, by their ways in, go on listening."""
    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # until the new one heeds it
    for way, listener in listeners.items():
        listener.set_inheritable(True)
        os.environ[f"{_HANDED}{way.upper()}"] = str(listener.fileno())
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])


def restart(place: Path) -> int:
    """Have the desk that is served from this folder start anew; its process."""
    path = house.counter_in(place)
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        with line:
            line.connect(str(path))
            process = process_of(line)  # of whoever listens, which is the process that serves
        if process <= 1:
            raise OSError
        os.kill(process, signal.SIGHUP)
    except OSError as error:
        raise BadInput(
            where=str(path),
            wrong=N_("no desk is served from here"),
            right=N_("name its folder by --folder"),
        ) from error
    return process
