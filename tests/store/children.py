"""What other processes do to a store here: `python -m tests.store.children WORD URL …`."""

from __future__ import annotations

import contextlib
import gc
import os
import random
import signal
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any

from store.clock import monotonic
from store.domain.errors import StoreReadOnly, StoreTrouble
from store.persistence import migrate, sqlite
from store.persistence.database import connect
from tests.store.journals import enter, make_journal

if TYPE_CHECKING:
    from collections.abc import Callable


def started(word: str, *arguments: object, **how: Any) -> subprocess.Popen[str]:
    """Start a child that does this; it answers in lines and obeys lines."""
    command = [sys.executable, "-m", "tests.store.children", word, *map(str, arguments)]
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1, **how
    )


def answer(child: subprocess.Popen[str]) -> str:
    """The next line a child says."""
    assert child.stdout is not None
    return child.stdout.readline().strip()


def ended(child: subprocess.Popen[str], *, word: str = "") -> list[str]:
    """Let a child go on to its end; the lines it still said."""
    said, _ = child.communicate(word + "\n", timeout=60)
    return said.split("\n")[:-1]


def _say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def _write(url: str, entries: str, held_s: str = "0") -> None:
    """Commit so many entries, saying each number once it is committed."""
    database, pause = connect(url, patience=30), threading.Event()
    for _ in range(int(entries)):
        held = random.random() * float(held_s)
        _say(enter(database, "entry", meanwhile=lambda held=held: pause.wait(held)))  # type: ignore[misc]


def _brood(url: str) -> None:
    """As often as told, bear a writer who says his own number and what he committed."""
    migrate.standing_of(warm := connect(url))  # loads everything once, for all of them
    warm.close()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while sys.stdin.readline() == "bear\n":
        if os.fork() == 0:
            database = connect(url, patience=30)
            while True:
                _say(os.getpid(), enter(database, "entry"))


def _rush(url: str, seconds: str) -> None:
    """Commit without pause; say how many, and the longest wait in seconds."""
    database, longest, count = connect(url, patience=30), 0.0, 0
    enter(database, "warm")
    _say("ready")
    sys.stdin.readline()
    until = monotonic() + float(seconds)
    while (began := monotonic()) < until:
        enter(database, "rush")
        longest, count = max(longest, monotonic() - began), count + 1
    _say(count, longest)


def _hold(url: str) -> None:
    """Hold the lane and the write lock until told to let go."""
    database = connect(url, patience=30)
    with database.writing():
        _say("held")
        sys.stdin.readline()


def _squat(url: str) -> None:
    """Hold SQLite's write lock as a foreign program does, without asking in the lane."""
    path = sqlite.path_of(connect(url).url)
    with contextlib.closing(sqlite.dial(path, patience=5, query_only=False)) as db:
        db.execute("BEGIN IMMEDIATE")
        _say("held")
        sys.stdin.readline()


def _upgrade(url: str) -> None:
    """Wait for the word, then migrate with all the others."""
    _say("ready")
    sys.stdin.readline()
    migrate.upgrade(connect(url))
    _say("done")


def _become_nobody(warm: str) -> None:
    """Go on as somebody without rights, having loaded what he may not be able to load."""
    make_journal(first := connect(warm))
    _write_once(warm)
    first.feed(lambda _news: None).close()
    if os.getuid() == 0:  # who is refused nothing
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)


def _try(url: str, warm: str) -> None:
    """Try to read and to write as somebody without rights; say what came of each."""
    _become_nobody(warm)
    for name, attempt in (("read", _read_once), ("write", _write_once)):
        try:
            attempt(url)
        except StoreTrouble as trouble:
            _say(name, type(trouble).__name__, trouble)
        else:
            _say(name, "ok")


def _thaw(url: str, warm: str) -> None:
    """Read on while a read-only file is made writable, then write as soon as that is possible."""
    _become_nobody(warm)
    gc.disable()  # as a console does for its first seconds
    database, pause, end = connect(url, create=False), threading.Event(), monotonic() + 20
    feed = database.feed(lambda _news: None)
    with database.reading() as conn:
        conn.exec_driver_sql("SELECT count(*) FROM journal").scalar()
        _say("reading")
        sys.stdin.readline()
        while not feed.trouble and monotonic() < end:
            pause.wait(0.005)
        while feed.trouble and not isinstance(feed.trouble.what, StoreReadOnly):
            pause.wait(0.005)
    said = ""
    while monotonic() < end:
        try:
            enter(database, "thawed")
        except StoreTrouble as trouble:
            said = f"{type(trouble).__name__} {trouble}"
            pause.wait(0.05)
        else:
            said = "written"
            break
    _say(said)
    feed.close()


def _read_once(url: str) -> None:
    with connect(url, create=False).reading() as conn:
        conn.exec_driver_sql("SELECT count(*) FROM journal").scalar()


def _write_once(url: str) -> None:
    enter(connect(url, create=False), "tried")


def _fill(folder: str) -> None:
    """Fill a small disk through the store, make room, and work on."""
    database = connect(f"sqlite:///{folder}/desk.db")
    make_journal(database)
    ballast = os.path.join(folder, "ballast")
    with open(ballast, "wb") as file:
        file.write(bytes(200_000))
    count = 0
    try:
        while True:
            enter(database, "x" * 20_000)
            count += 1
    except StoreTrouble as trouble:
        _say(type(trouble).__name__)
    os.unlink(ballast)
    enter(database, "room again")
    with database.reading() as conn:
        kept = conn.exec_driver_sql("SELECT count(*) FROM journal").scalar_one()
        sound = conn.exec_driver_sql("PRAGMA integrity_check").scalar_one()
    _say(kept - count, sound)


_WORDS: dict[str, Callable[..., None]] = {
    "write": _write,
    "brood": _brood,
    "rush": _rush,
    "hold": _hold,
    "squat": _squat,
    "upgrade": _upgrade,
    "try": _try,
    "thaw": _thaw,
    "fill": _fill,
}

if __name__ == "__main__":
    _WORDS[sys.argv[1]](*sys.argv[2:])
