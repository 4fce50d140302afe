"""Scripts of drills: the ones that come with the program, and those a desk writes itself."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

from console.i18n import _
from console.new_file import meant
from store.domain.drill.script import read_script
from store.domain.errors import BadInput
from store.domain.system_words import why
from store.domain.text import safe
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.domain.drill.script import Script

SHIPPED: Final[Mapping[str, str]] = {"bad-day": N_("a bad day")}
"""By the word that chooses it, what a script is called."""
_LINE: Final = re.compile(r"\(at line (\d+)")
_MOST: Final = 2**20
"""Bytes."""


def script_named(name: str) -> Script:
    """One that comes with the program, else the file of that name.

    Raises `BadInput` for what cannot be read or understood.
    """
    if name in SHIPPED:
        text = files("console.drill").joinpath(f"{name}.toml").read_text("utf-8")
        return read_script(tomllib.loads(text), name=_(SHIPPED[name]))
    right = N_("give a TOML file, or {known}").format(known=", ".join(SHIPPED))
    try:
        with meant(name).open("rb") as file:
            read = file.read(_MOST + 1)
        if len(read) > _MOST:
            raise BadInput(where=name, wrong=N_("it is longer than 1 MiB"), right=right)
        told = tomllib.loads(read.decode("utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        wrong = N_("this is no TOML")
        if found := _LINE.search(str(error)):
            wrong = N_("this is no TOML, see line {line}").format(line=found[1])
        raise BadInput(where=name, wrong=wrong, right=right) from error
    except RecursionError as error:
        raise BadInput(where=name, wrong=N_("it is nested too deep"), right=right) from error
    except (OSError, ValueError) as error:
        raise BadInput(where=name, wrong=why(error), right=right) from error
    return read_script(told, name=safe(Path(name).stem, limit=60))
