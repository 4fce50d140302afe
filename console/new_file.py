"""Writes what a command made to a file that was not there before."""

from __future__ import annotations

import os
import os.path
from pathlib import Path
from typing import TYPE_CHECKING

from store import reach
from store.domain.errors import BadInput
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterable


def check_new(path: Path) -> None:
    """Whether `write_new` would likely write there, told before there is anything to write.

    Raises `BadInput` as that does.
    """
    place = meant(path)
    try:
        place.lstat()
    except FileNotFoundError:
        pass
    except OSError as error:
        raise _unwritten(path, error) from error
    else:
        raise _there(path)
    if not place.parent.is_dir():
        wrong = N_("the folder {path} is missing").format(path=place.parent)
        raise BadInput(where=str(path), wrong=wrong, right=N_("make it first, or name another"))


def write_new(path: Path, lines: Iterable[str]) -> None:
    """A new file: nothing that is there is written over.

    Raises `BadInput` where something is there, or nothing can be written.
    """
    try:
        with meant(path).open("x", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{line}\n" for line in lines)
    except FileExistsError:
        raise _there(path) from None
    except OSError as error:
        raise _unwritten(path, error) from error


def write_whole(path: Path, lines: Iterable[str]) -> None:
    """A new file that is there whole, or not at all, whenever the machine stops.

    Raises `BadInput` as `write_new`. What a stop leaves beside it the next one writes over.
    """
    put_whole(path, (f"{line}\n".encode() for line in lines))


def put_whole(path: Path, pieces: Iterable[bytes]) -> None:
    """The same of bytes."""
    check_new(path)
    beside = meant(path).with_name(f".{path.name}.part")
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC | os.O_NOFOLLOW
    try:
        with open(os.open(beside, flags, 0o666), "wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(meant(path))
    except OSError as error:
        raise _unwritten(path, error) from error


def meant(path: Path | str) -> Path:
    """The path with `~` as a shell takes it: that of nobody who is known is a name like others.

    OutOfReach where no file can be named.
    """
    reach.check()
    return Path(os.path.expanduser(path))


def _unwritten(path: Path, error: OSError) -> BadInput:
    from store.domain.system_words import why

    right = N_("name a place that can be written")
    return BadInput(where=str(path), wrong=why(error), right=right)


def _there(path: Path) -> BadInput:
    wrong, right = N_("a file of that name is there"), N_("name a new one")
    return BadInput(where=str(path), wrong=wrong, right=right)
