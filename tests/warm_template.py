"""The process of which the tests' starts are forked: `python -m tests.warm_template LINE`.

It imports the product, opens nothing and runs nothing of it, and has one thread. For each wish it
forks twice: the one in between ends at once, so that the second is a child of the tests.
"""

from __future__ import annotations

import atexit
import ctypes
import fcntl
import gc
import json
import os
import runpy
import signal
import socket
import sys
import tempfile
import threading
import time
import traceback
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import TYPE_CHECKING, Any, Final, NoReturn

import console.terminal_env
import console.without_palette  # noqa: F401  before Textual's app
from tests import warm

if TYPE_CHECKING:
    from collections.abc import Mapping

_ALSO: Final = (
    "textual.drivers.linux_driver", "textual.layouts.factory", "textual.layouts.grid",
    "textual.layouts.horizontal", "textual.layouts.stream", "textual.layouts.vertical",
    "textual.widgets._input", "alembic.command", "sqlalchemy.dialects.sqlite",
    "sqlalchemy.dialects.postgresql.psycopg",
)  # fmt: skip
_ROOMS: Final = ("console", "scheduler", "store")
_LEFT: Final = (".__main__", ".process", ".migrations.env")
"""What is only ever run."""


def bring_in() -> None:
    """Import what any start may want."""
    for room in _ROOMS:
        package = import_module(room)
        for found in walk_packages(package.__path__, f"{room}."):
            if not found.name.endswith(_LEFT) and ".versions." not in found.name:
                import_module(found.name)
    for name in _ALSO:
        import_module(name)
    from rich.cells import cell_len
    from sqlalchemy.orm import configure_mappers

    cell_len("派单")  # which loads a table of widths
    configure_mappers()


def main() -> dict[str, Any]:
    """Import what any may want, and fork; in each that was forked, what it is to be."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
    bring_in()
    return fork_on(int(sys.argv[1]))


def fork_on(number: int) -> dict[str, Any]:
    """Fork until nobody asks any more; in each that was forked, what it is to be."""
    assert threading.active_count() == 1
    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a ^C goes to whoever asks, too
    line = socket.socket(fileno=number)
    while True:
        data, files, _flags, _address = socket.recv_fds(line, warm.LONGEST, 32)
        if not data:
            os._exit(0)
        pid = _forked()
        if not pid:
            return {**json.loads(data), "files": files}
        for file in files:
            os.close(file)
        line.send(str(pid).encode())


def _forked() -> int:
    """Fork somebody whose parent has ended; its number, and 0 in it once that is so."""
    told, tell = os.pipe()
    begun, begin = os.pipe()
    between = os.fork()
    if not between:
        pid = os.fork()
        if pid:
            os.write(tell, str(pid).encode())
            os._exit(0)
        os.close(begin)
        os.read(begun, 1)  # until nobody holds its other end
        return 0
    pid = int(os.read(told, 32))
    os.waitpid(between, 0)
    for file in (told, tell, begun, begin):
        os.close(file)
    return pid


def _become(wish: dict[str, Any]) -> None:
    """Have what was asked for, and nothing else."""
    _be_called(wish["words"])
    if wish["session"]:
        os.setsid()
    elif wish["group"] is not None and wish["group"] >= 0:
        os.setpgid(0, wish["group"])
    numbers = wish["numbers"]
    above = max(*numbers, *wish["files"]) + 1
    files = [fcntl.fcntl(file, fcntl.F_DUPFD, above) for file in wish["files"]]
    os.closerange(3, above)
    for number, file in zip(numbers, files, strict=True):
        os.dup2(file, number)
    os.closerange(above, max(files) + 1)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.chdir(wish["folder"])
    os.environ.clear()
    os.environ.update(wish["environ"])
    time.tzset()
    tempfile.tempdir = None  # which follows from the environment
    _speak()
    if wish["first"]:
        warm.FIRST[wish["first"]]()


def _be_called(words: list[str]) -> None:
    """Stand in the list of processes by one's own words."""
    told = Path("/proc/self/stat").read_text().rpartition(")")[2].split()
    begin, end = int(told[45]), int(told[46])
    name = b"\0".join(os.fsencode(word) for word in words)[: end - begin - 1]
    ctypes.memmove(begin, name.ljust(end - begin, b"\0"), end - begin)


def _speak() -> None:
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        stream = open(  # noqa: SIM115  for as long as we run
            number,
            "w" if number else "r",
            buffering=1 if number == 2 or (number and os.isatty(number)) else -1,
            encoding="utf-8",
            errors=("strict", "strict", "backslashreplace")[number],
            closefd=False,
        )
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)


def _run(words: list[str]) -> int:
    """What Python does with these words; its exit code."""
    sys.orig_argv = list(words)
    module, *rest = words[words.index("-m") + 1 :]
    if "-P" not in words[: words.index("-m")]:
        sys.path[0] = os.getcwd()
    sys.argv = [module, *rest]
    sys.modules.pop(module, None)  # it is run, not imported
    gc.enable()
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            return end.code or 0
        print(end.code, file=sys.stderr)  # noqa: T201  as Python does
        return 1
    except KeyboardInterrupt:
        traceback.print_exc()
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGINT)
    except BaseException:  # noqa: BLE001  the last net, as Python's
        traceback.print_exc()
        return 1
    return 0


def _end(code: int) -> NoReturn:
    """As Python ends, but for taking each thing in its memory apart."""
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        code = code or 120
    os._exit(code & 0xFF)


def live(wish: dict[str, Any], surroundings: Mapping[str, str]) -> NoReturn:
    """Be what was asked for, to the end."""
    _become(wish)
    while warm.serves(wish["words"]) and (number := warm.in_seed(surroundings)) >= 0:
        _be_called([sys.executable, "-m", "tests.warm_far"])
        wish = fork_on(number)
        _become(wish)
    _end(_run(wish["words"]))


if __name__ == "__main__":
    before = dict(os.environ)
    live(main(), before)
