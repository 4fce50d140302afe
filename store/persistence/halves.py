"""Copies that are being made: each in a file of its own, whoever else copies to the same name.

Folders of copies are often shared, so a process number tells nothing of who is at work: it may be
another machine's, or another container's.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shutil
import socket
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from store.domain.errors import StoreTrouble
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEAD_AFTER: Final = timedelta(days=1)
"""Somewhere else a copy that was not written to for so long has lost its process."""

_begun: dict[Path, int] = {}
"""Those of this process, with the file that stands behind the name as long as they are made."""


@contextlib.contextmanager
def begun(to: Path) -> Iterator[Path]:
    """An empty private file beside `to` to copy into; gone at the end unless it was renamed."""
    half = to.with_name(f"{to.name}.{here()}.{os.getpid()}.{secrets.token_hex(4)}.half")
    _begun[half] = -1  # before it is there: another thread may be looking for what was left
    try:
        _begun[half] = os.open(half, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600)
        _forget_others(to, half)
        yield half
    finally:
        half.unlink(missing_ok=True)
        if (file := _begun.pop(half)) >= 0:
            os.close(file)  # not before: it would drop the locks of whoever writes the copy


@contextlib.contextmanager
def workshop(to: Path) -> Iterator[Path]:
    """An empty private folder beside `to`, gone at the end with all that is in it."""
    folder = to.with_name(f"{to.name}.{here()}.{os.getpid()}.{secrets.token_hex(4)}.half")
    _begun[folder] = -1
    try:
        folder.mkdir(mode=0o700)
        _forget_others(to, folder)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        del _begun[folder]


def check_ours(half: Path) -> None:
    """Raise `StoreTrouble` where another file has the name now, or none."""
    ours = os.fstat(_begun[half])
    with contextlib.suppress(FileNotFoundError):
        if os.path.samestat(half.stat(), ours):
            return
    raise StoreTrouble(why=N_("somebody took {path} away while it was made").format(path=half))


def _forget_others(to: Path, half: Path) -> None:
    """What copies to this name left whose process was killed: a store's size each.

    One with our own number is of somebody who had it before us, as often in a container.
    """
    shape = rf"{re.escape(to.name)}\.((?P<here>[0-9a-f]{{12}})\.)?(?P<process>\d+)"
    left = re.compile(rf"{shape}(\.[0-9a-f]{{8}})?\.half(-journal)?")
    with contextlib.suppress(OSError):  # a folder that cannot be listed may still take a copy
        now = half.stat().st_mtime  # by the clock of the disk, which may be another machine's
        for file in tuple(to.parent.iterdir()):
            found = left.fullmatch(file.name)
            if found is None or Path(str(file).removesuffix("-journal")) in _begun:
                continue
            is_here, process = found["here"] == here(), int(found["process"])
            is_old = now - file.stat().st_mtime > _DEAD_AFTER.total_seconds()
            if is_old or (is_here and (process == os.getpid() or not _runs(process))):
                shutil.rmtree(file) if file.is_dir() else file.unlink()


def here() -> str:
    """Whose process numbers are meant: this machine's, since it started, in this container."""
    parts = [socket.gethostname()]
    with contextlib.suppress(OSError):
        parts.append(Path("/proc/sys/kernel/random/boot_id").read_text("ascii"))
        parts.append(os.readlink("/proc/self/ns/pid"))
    return sha256("\n".join(parts).encode()).hexdigest()[:12]


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:  # somebody else's
        return True
    return True
