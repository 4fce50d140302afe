"""Who sits at a throw-away desk, and who may take it over."""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from console.i18n import _, language

if TYPE_CHECKING:
    from datetime import datetime

    from store.records import Records

SEAT = "desk"
"""The operator as whom the newcomer sits down."""
NEXT = "bo"
"""The operator of the next shift."""


def name_operators(records: Records, at: datetime) -> None:
    """Both by names that tell them from a real desk's."""
    from console.demo.build import BUILDER
    from store.commands.operators import SaveOperator

    # The status line shows who sits here: the one place that no screen hides.
    for code, name in ((SEAT, _("DEMO desk")), (NEXT, _("Bo, next shift"))):
        records.do(SaveOperator(code=code, name=name), who=BUILDER, at=at)


def second_console(store: str) -> str:
    """The command that opens the console of the next shift on a demo's store, ready to paste."""
    words = [_program(), "--db", store.removeprefix("sqlite:///"), "--as", NEXT]
    if language() != "en":
        words += ["--lang", language()]
    return shlex.join(words)


def _program() -> str:
    """How this program is called: by its name where a shell finds it, else by where it lies."""
    begun = Path(sys.argv[0])
    if begun.name != "paidan" or shutil.which("paidan"):
        return "paidan"
    return str(begun.absolute())
