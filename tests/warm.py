"""Starts of Python that share their imports: each is forked from a process that has them all.

A console takes a second of the processor to start, most of it for imports, and the tests start
hundreds. So one process a worker (`warm_template.py`) imports the product once; each
`python -m MODULE` that a test or the product under it starts is forked there. It has its own
number, files, terminal, folder and surroundings, and is a child of whoever started it, as ever.

A served desk is forked from a template of its own, whose terminals are all far away. It takes a
copy of that along, and its own processes are forked there.

What a template would falsify begins as usual: another interpreter, `-c`, surroundings that Python,
the loader or Textual read when they begin, another user or network. So does all of `make long`,
and whatever a test starts that asks for the fixture `cold`: whose subject is the start itself.
"""

from __future__ import annotations

import ctypes
import fcntl
import inspect
import json
import os
import re
import resource
import signal
import socket
import subprocess
import sys
import termios
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from console import terminal_env

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

ROOT: Final = Path(__file__).resolve().parents[1]
LONGEST: Final = 1 << 17
"""Bytes that one wish may take."""
_PYTHON: Final = sys.executable
"""Ours; whatever a test puts in its place is started as it is."""
_SUBREAPER: Final = 36  # PR_SET_CHILD_SUBREAPER
_OURS: Final = re.compile(r"(console|scheduler|store|tests)\.[\w.]+")
_FIRST: Final = "tests.warm_template"
_SERVED: Final = "console.serve."
"""What a served desk consists of; the fork server's memory is arranged only in a cold start."""
NAMED: Final = "-" * 1500
"""Takes the place where a process has its words, for `ps` and for who looks for a module."""
_READ_EARLY: Final = re.compile(
    r"PYTHON|LD_|MALLOC_|GLIBC_|FAKETIME|TEXTUAL|ESCDELAY|SSH_(CONN|TTY)"
)
"""What is read before a module of ours can look at it."""
_LOCALE: Final = re.compile(r"(C|POSIX|.*\.utf-?8|)", re.IGNORECASE)
"""With any of these Python speaks UTF-8, as the template does."""
_SPACES: Final = ("net", "mnt", "pid")
_LIMITS: Final = (resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE, resource.RLIMIT_AS)


def take_terminal() -> None:
    """In a child: have the terminal on its input for its own."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def ignoring_hangup() -> None:
    """The same, for one whose parent ignored that terminals go away."""
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    take_terminal()


FIRST: Final = {one.__name__: one for one in (take_terminal, ignoring_hangup)}
"""What a child may do first; it is told the name."""


class Template:
    """The process that forks, started with the first start that may be forked."""

    def __init__(self, *, far: bool = False) -> None:
        self._far = far
        self._process: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None
        self._lock = threading.Lock()
        self._library = ctypes.CDLL(None)
        self._surroundings: dict[str, str] = {}
        self._spaces: list[object] = []
        self.rests = False
        """Whether every start is to be a cold one."""

    def fits(self, asked: Mapping[str, Any]) -> bool:
        """Whether a start by the words of `Popen` would be the same from here."""
        if self.rests or _module_of(asked["args"]) is None or not _is_plain(asked):
            return False
        environ = dict(_surroundings_of(asked))
        if self._far:
            terminal_env.far(environ)  # as it would do itself, before anybody reads it
        if any(isinstance(word, bytes) for word in [*asked["args"], *environ, *environ.values()]):
            return False
        self._begin()
        return self._has_these(environ) and self._spaces == _spaces()

    def _has_these(self, environ: Mapping[str, str]) -> bool:
        locale = next((environ[x] for x in ("LC_ALL", "LC_CTYPE", "LANG") if environ.get(x)), "")
        early = {name: told for name, told in environ.items() if _READ_EARLY.match(name) and told}
        early.pop("PYTHONDONTWRITEBYTECODE", None)
        if early.get("PYTHONPATH", "") in (str(ROOT), os.environ.get("PYTHONPATH")):
            early.pop("PYTHONPATH", None)
        return bool(_LOCALE.fullmatch(locale)) and early.items() <= self._surroundings.items()

    def _begin(self) -> None:
        with self._lock:
            if self._line is not None:
                return
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            plain = {name: told for name, told in os.environ.items() if not _is_terminals(name)}
            self._surroundings = {**plain, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
            terminal_env.settle(self._surroundings)  # as the template does, and whoever it is for
            module = "tests.warm_far" if self._far else _FIRST
            self._process = subprocess.Popen(
                [_PYTHON, "-m", module, str(theirs.fileno()), NAMED],
                pass_fds=[theirs.fileno()],
                cwd=ROOT,
                env=dict(self._surroundings),
                stdin=subprocess.DEVNULL,
            )
            if self._far:
                terminal_env.far(self._surroundings)
            theirs.close()
            self._line, self._spaces = ours, _spaces()

    def take_along(self, line: socket.socket, surroundings: Mapping[str, str]) -> None:
        """In a process that was forked: those that it starts are forked at the line's other end."""
        self._line, self._surroundings, self._spaces = line, dict(surroundings), _spaces()

    def start(self, asked: Mapping[str, Any]) -> int:
        """Have one forked, as a child of this process; its number."""
        environ = _surroundings_of(asked)
        ends = [asked[name] for name in ("p2cread", "c2pwrite", "errwrite")]
        kept = sorted(asked["pass_fds"])
        wish = {
            "words": [os.fspath(word) for word in asked["args"]],
            "folder": os.fspath(asked["cwd"] or os.getcwd()),
            "environ": {name: os.fspath(told) for name, told in environ.items()},
            "numbers": [0, 1, 2, *kept],
            "session": bool(asked["start_new_session"]),
            "group": asked["process_group"],
            "first": getattr(asked["preexec_fn"], "__name__", ""),
        }
        files = [end if end >= 0 else number for number, end in enumerate(ends)]
        with self._lock:
            return self._asked(json.dumps(wish).encode(), [*files, *kept])

    def _asked(self, wish: bytes, files: list[int]) -> int:
        assert self._line is not None
        assert len(wish) < LONGEST
        # The one in between ends at once, and its child goes to its next ancestor who takes it.
        self._library.prctl(_SUBREAPER, 1, 0, 0, 0)
        try:
            socket.send_fds(self._line, [wish], files)
            told = self._line.recv(32)
        finally:
            self._library.prctl(_SUBREAPER, 0, 0, 0, 0)
        if not told:
            raise RuntimeError("the process that forks starts has ended; it says above why")
        return int(told)

    def end(self) -> None:
        """Nobody starts anything more."""
        if self._process is not None and self._line is not None:
            self._line.close()
            self._process.wait(30)
            self._process = self._line = None


def _surroundings_of(asked: Mapping[str, Any]) -> Mapping[str, str]:
    return os.environ if asked["env"] is None else asked["env"]


def serves(words: Sequence[object]) -> bool:
    """Whether this starts a served desk."""
    return "serve" in words[3:4]


def _is_served(words: Sequence[object]) -> bool:
    """Whether this starts a served desk, or a part of one."""
    return str(_module_of(words)).startswith(_SERVED) or serves(words)


def _module_of(words: object) -> str | None:
    """What is run, where it is a module of ours run by this interpreter."""
    if not isinstance(words, (list, tuple)) or list(words[:1]) != [_PYTHON]:
        return None
    rest = words[2:] if list(words[1:2]) == ["-P"] else words[1:]
    said = len(rest) > 1 and rest[0] == "-m" and rest[1] != _FIRST and _OURS.fullmatch(str(rest[1]))
    return str(rest[1]) if said else None


def _is_plain(asked: Mapping[str, Any]) -> bool:
    first, folder = asked["preexec_fn"], asked["cwd"]
    return (
        (first is None or first in FIRST.values())
        and (folder is None or Path(folder).is_dir())
        and asked["executable"] in (None, _PYTHON)
        and bool(asked["close_fds"])
        and not (asked["shell"] or asked["gids"])
        and (asked["gid"], asked["uid"], asked["umask"]) in ((None, None, -1), (-1, -1, -1))
    )


def _is_terminals(name: str) -> bool:
    return name.startswith(("TEXTUAL", "ESCDELAY", "SSH_", "FAKETIME", "LD_PRELOAD"))


def _spaces() -> list[object]:
    """Which network and files a child of ours would see, and how much it might take."""
    seen = [os.readlink(f"/proc/thread-self/ns/{kind}") for kind in _SPACES]
    return [*seen, *(resource.getrlimit(limit) for limit in _LIMITS)]


TEMPLATE: Final = Template()
SERVED: Final = Template(far=True)


def in_seed(surroundings: Mapping[str, str]) -> int:
    """Take a copy of this process along, to fork what this one starts; in the copy, its line."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    if not os.fork():
        ours.close()
        nothing = os.open(os.devnull, os.O_RDWR)
        for number in (0, 1):
            os.dup2(nothing, number)
        number = theirs.detach()
        os.closerange(3, number)
        os.closerange(number + 1, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
        return number
    theirs.close()
    SERVED.take_along(ours, surroundings)
    TEMPLATE.rests = True  # its terminals are near
    _patch()
    return -1


def _patch() -> Callable[..., None]:
    """Have every start that can be forked from a template; what was done before."""
    cold: Callable[..., None] = subprocess.Popen._execute_child  # type: ignore[attr-defined]
    names = list(inspect.signature(cold).parameters)[1:]

    def start(self: Any, *told: Any) -> None:
        asked = dict(zip(names, told, strict=True))
        template = SERVED if _is_served(asked["args"]) else TEMPLATE
        if not template.fits(asked):
            cold(self, *told)
            return
        try:
            self.pid = template.start(asked)
            self._child_created = True
        finally:
            ends = ("p2cread", "p2cwrite", "c2pread", "c2pwrite", "errread", "errwrite")
            self._close_pipe_fds(*(asked[name] for name in ends))

    subprocess.Popen._execute_child = start  # type: ignore[attr-defined]
    return cold


@contextmanager
def warm() -> Iterator[None]:
    """Every start that can be is forked from a template."""
    cold = _patch()
    try:
        yield
    finally:
        subprocess.Popen._execute_child = cold  # type: ignore[attr-defined]
        TEMPLATE.end()
        SERVED.end()


@contextmanager
def cold() -> Iterator[None]:
    """What is started now begins with nothing."""
    before = TEMPLATE.rests
    TEMPLATE.rests = SERVED.rests = True
    try:
        yield
    finally:
        TEMPLATE.rests = SERVED.rests = before
