"""Heart on a socket, no terminal; its words: the file of beats, the socket's number, calm."""

from __future__ import annotations

import socket
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from console.serve import wire
from console.serve.driver import SocketDriver
from tests.console.apps.heart import Heart

if __name__ == "__main__":
    beats, line = Path(sys.argv[1]), socket.socket(fileno=int(sys.argv[2]))
    driver: Any = partial(SocketDriver, line=line)
    app = Heart(beats, log_file=beats.parent / "state" / "heart.log", driver_class=driver)
    app.run(size=(80, 24))
    with beats.open("a") as marks:
        marks.write(f"<ended {app.return_code}>")
    line.setblocking(True)
    with suppress(OSError):
        line.sendall(wire.ended(app.return_code or 0))
