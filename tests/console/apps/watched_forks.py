"""A fork server whose sessions write down every path they touch and every program they start.

python -m tests.console.apps.watched_forks LISTENER TOLD    # or watched_counter
"""

from __future__ import annotations

import json
import os
import sys
from threading import local
from typing import Any, Final

from console.serve import forks

_FILES: Final = frozenset(
    ("open", "os.chmod", "os.chown", "os.link", "os.listdir", "os.mkdir", "os.mkfifo")
) | {"os.remove", "os.rename", "os.rmdir", "os.scandir", "os.symlink", "os.truncate", "os.utime"}
_PROGRAMS: Final = frozenset(
    ("os.exec", "os.posix_spawn", "os.spawn", "os.system", "subprocess.Popen", "webbrowser.open")
)
_UNTOLD: Final = ("stat", "lstat", "access", "readlink")
"""Python tells no hook of these."""


class Watch:
    """Tells of everything; opens its file anew each time, for a session closes what it finds."""

    def __init__(self, told: str, *, server: int | None = None) -> None:
        self._told = told
        self._server = server
        """Of this process nothing is told."""
        self._at = local()
        sys.addaudithook(self._hook)
        for name in _UNTOLD:
            setattr(os, name, self._telling(name, getattr(os, name)))

    def _hook(self, event: str, args: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(args[0], int):
            return  # of which was told when it got its number
        if event in _FILES or event in _PROGRAMS:
            self._tell(event, args)

    def _telling(self, name: str, real: Any) -> Any:
        def call(*args: Any, **kwargs: Any) -> Any:
            self._tell(f"os.{name}", args)
            return real(*args, **kwargs)

        return call

    def _tell(self, event: str, args: tuple[Any, ...]) -> None:
        if os.getpid() == self._server or getattr(self._at, "work", False):
            return
        self._at.work = True
        try:
            paths = [os.fsdecode(one) for one in args if isinstance(one, str | bytes | os.PathLike)]
            looks = event.removeprefix("os.") in {*_UNTOLD, "listdir", "scandir"}
            writes = bool(args[2] & (os.O_ACCMODE | os.O_CREAT)) if event == "open" else not looks
            line = {"event": event, "paths": paths, "writes": writes}
            file = os.open(self._told, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            os.write(file, f"{json.dumps(line)}\n".encode())
            os.close(file)
        finally:
            self._at.work = False


if __name__ == "__main__":
    Watch(sys.argv[2], server=os.getpid())
    sys.exit(forks.main())
