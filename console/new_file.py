"""Writes what a command made to a file that was not there before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.domain.errors import BadInput
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def check_new(path: Path) -> None:
    """Whether `write_new` would likely write there, told before there is anything to write.

    Raises `BadInput` as that does.
    """
    place = path.expanduser()
    if place.exists() or place.is_symlink():
        raise _there(path)
    if not place.parent.is_dir():
        wrong = N_("the folder {path} is missing").format(path=place.parent)
        raise BadInput(where=str(path), wrong=wrong, right=N_("make it first, or name another"))


def write_new(path: Path, lines: Iterable[str]) -> None:
    """A new file: nothing that is there is written over.

    Raises `BadInput` where something is there, or nothing can be written.
    """
    from store.domain.system_words import why

    try:
        with path.expanduser().open("x", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{line}\n" for line in lines)
    except FileExistsError:
        raise _there(path) from None
    except OSError as error:
        raise BadInput(
            where=str(path), wrong=why(error), right=N_("name a place that can be written")
        ) from error


def _there(path: Path) -> BadInput:
    wrong, right = N_("a file of that name is there"), N_("name a new one")
    return BadInput(where=str(path), wrong=wrong, right=right)
