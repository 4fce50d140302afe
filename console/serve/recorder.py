"""Records what sessions show, never what is typed: files of asciicast v2 for this account alone.

A thread writes them; no session ever waits for it. Where a disk is full or slow, a recording ends
there, with whole lines, and its session goes on and says that it is recorded no more.
"""

from __future__ import annotations

import codecs
import fcntl
import os
import re
from collections import deque
from contextlib import suppress
from datetime import UTC, datetime
from threading import Condition, Thread
from typing import TYPE_CHECKING, Final

from console.i18n import _
from console.serve import asciicast, wire
from console.serve.kept_tapes import Tape, make_room
from console.unrecorded import dotted
from store import clock
from store.domain.system_words import why
from store.domain.text import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from console.serve.kept_tapes import Keeping

_OURS: Final = re.compile(r"\d{8}T\d{6}Z-[A-Za-z0-9_-]*-\d+\.cast")
_MOST_WAITING: Final = 16 << 20
"""Bytes that wait for the disk; more are lost, and their recordings end."""
_LOOK_EVERY_S: Final = 3600.0
_LOOK_AFTER: Final = 8 << 20
"""Bytes written, after which it is looked at sooner whether there is room."""
_END_S: Final = 2.0


class Recorder:
    """All recordings of a served desk; what it is asked may be asked of one thread alone."""

    def __init__(
        self,
        folder: Path,
        roles: Collection[str],
        kept: Keeping,
        *,
        say: Callable[[str], None],
        call: Callable[..., object],
    ) -> None:
        """`call` has a function called by the thread that asks."""
        self._folder, self._roles, self.kept = folder, roles, kept
        self._say, self._call = say, call
        self._waiting: deque[tuple[Recording, bytes | None]] = deque()
        self._bytes = 0
        self._change = Condition()
        self._is_over = False
        self._files: dict[Recording, int] = {}
        self._names: dict[Recording, str] = {}
        self._since_look = 0
        self._thread = Thread(target=self._run, name="recorder", daemon=True)
        self._thread.start()

    def begin(
        self, operator: str, role: str, size: tuple[int, int], tell: Callable[[bytes], object]
    ) -> Recording | None:
        """Record a session, where sessions of this role are; `tell` sends its process frames."""
        return Recording(self, operator, size, tell) if role in self._roles else None

    def put(self, tape: Recording, data: bytes | None) -> bool:
        """Have it written, or (None) the file closed; False where too much waits for that."""
        with self._change:
            if data is not None and self._bytes + len(data) > _MOST_WAITING:
                return False
            self._bytes += len(data or b"")
            self._waiting.append((tape, data))
            self._change.notify()
        return True

    def close(self) -> None:
        """Write what waits, as far as that goes at once, and no more."""
        with self._change:
            self._is_over = True
            self._change.notify()
        self._thread.join(_END_S)

    # -- in the thread -----------------------------------------------------------------------

    def _run(self) -> None:
        with suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._folder.chmod(0o700)
        self._make_room()
        while True:
            with self._change:
                self._change.wait_for(lambda: self._waiting or self._is_over, _LOOK_EVERY_S)
                if not self._waiting and self._is_over:
                    return
                found = self._waiting.popleft() if self._waiting else None
                self._bytes -= len(found[1] or b"") if found is not None else 0
            if found is not None:
                self._take(*found)
            if found is None or self._since_look > _LOOK_AFTER:
                self._make_room()

    def _take(self, tape: Recording, data: bytes | None) -> None:
        if data is None or tape.is_lost:
            self._shut(tape)
            return
        try:
            if tape not in self._files:
                self._open(tape)
                self._make_room()
            self._write(self._files[tape], data)
        except OSError as error:
            tape.is_lost = True
            self._shut(tape)
            self._call(self._lost, tape, why(error))

    def _lost(self, tape: Recording, said: str) -> None:
        if tape.fails():
            facts = {"operator": safe(tape.operator), "why": said}
            self._say(_("the recording of {operator} has ended: {why}").format(**facts))

    def _open(self, tape: Recording) -> None:
        began = clock.now().astimezone(UTC)
        code = re.sub(r"[^A-Za-z0-9_-]", "_", tape.operator)[:40]
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
        number = 0
        while True:
            number += 1
            name = f"{began:%Y%m%dT%H%M%SZ}-{code}-{number}.cast"
            with suppress(FileExistsError):
                file = os.open(self._folder / name, flags, 0o600)
                _lock(file)
                if not os.fstat(file).st_nlink:  # removed by another before it was locked
                    os.close(file)
                    continue
                self._files[tape], self._names[tape] = file, name
                return

    def _write(self, file: int, data: bytes) -> None:
        """The whole line or nothing of it."""
        good = os.lseek(file, 0, os.SEEK_CUR)
        try:
            left = memoryview(data)
            while left:
                left = left[os.write(file, left) :]
        except OSError:
            with suppress(OSError):
                os.ftruncate(file, good)
            raise
        self._since_look += len(data)

    def _shut(self, tape: Recording) -> None:
        file = self._files.pop(tape, None)
        self._names.pop(tape, None)
        if file is not None:
            with suppress(OSError):
                os.close(file)

    def _make_room(self) -> None:
        self._since_look = 0
        tapes = []
        with suppress(OSError):
            for entry in os.scandir(self._folder):
                if _OURS.fullmatch(entry.name):
                    told = entry.stat(follow_symlinks=False)
                    written_at = datetime.fromtimestamp(told.st_mtime, UTC)
                    tapes.append(Tape(name=entry.name, written_at=written_at, size=told.st_size))
        make_room(tapes, self.kept, at=clock.now(), remove=self._remove)

    def _remove(self, name: str) -> bool:
        """Whether it is gone: what is written to, here or by another process, stays."""
        if name in self._names.values():
            return False
        try:
            file = os.open(self._folder / name, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
        except OSError:
            return False
        try:
            _lock(file, fcntl.LOCK_NB)
            (self._folder / name).unlink()  # while it is locked, so that nobody begins to write
        except OSError:
            return False
        finally:
            os.close(file)
        return True


def _lock(file: int, how: int = 0) -> None:
    """Have other processes know that it is in use; `BlockingIOError` where it is elsewhere."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | how)
    except BlockingIOError:
        raise
    except OSError:  # this disk knows no locks: it goes without
        return


class Recording:
    """One session's."""

    def __init__(
        self,
        recorder: Recorder,
        operator: str,
        size: tuple[int, int],
        tell: Callable[[bytes], object],
    ) -> None:
        self._recorder, self._tell = recorder, tell
        self.operator = operator
        self.is_lost = False
        """Whether the disk has refused it; what waits to be written of it is left out."""
        self._size = wire.sane(*size)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._is_over = False
        self._began = 0.0
        self._written = 0
        self._begin()
        self._tell(wire.frame(wire.Kind.RECORDED, b"\1"))

    def _begin(self) -> None:
        self._began, self._written = clock.monotonic(), 0
        self._put(asciicast.head(self._size, at=clock.now(), title=f"paidan {safe(self.operator)}"))

    def drawn(self, data: bytes) -> None:
        """Bytes have gone to the terminal."""
        if text := self._decoder.decode(data):
            self._note(asciicast.OUTPUT, dotted(text))

    def resized(self, columns: int, rows: int) -> None:
        """Its window has another size."""
        self._size = wire.sane(columns, rows)
        columns, rows = self._size
        self._note(asciicast.RESIZED, f"{columns}x{rows}")

    def _note(self, kind: str, text: str) -> None:
        if self._is_over:
            return
        self._put(asciicast.event(clock.monotonic() - self._began, kind, text))
        if self._written > self._recorder.kept.part and not self._is_over:
            self._recorder.put(self, None)
            self._begin()
            self._tell(wire.resize(*self._size))  # so that the next file begins with all that shows

    def _put(self, line: bytes) -> None:
        self._written += len(line)
        if not self._recorder.put(self, line):
            self.fails()

    def fails(self) -> bool:
        """Nothing more of it can be written; whether that is news."""
        if self._is_over:
            return False
        self.end()
        self._tell(wire.frame(wire.Kind.RECORDED, b"\0"))
        return True

    def end(self) -> None:
        """The session is over."""
        if not self._is_over:
            self._is_over = True
            self._recorder.put(self, None)
