"""Brings in what sessions need before any is forked: they share it, and begin at once."""

from __future__ import annotations

import os
import sys
import traceback
from importlib import import_module
from pkgutil import walk_packages
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from console import terminal_env
from console.serve import holes, often

if TYPE_CHECKING:
    from console.serve.opening import Opening, Where

_ALSO: Final = (
    "textual.widgets._input", "textual.drivers.linux_driver",
    "textual.drivers.headless_driver", "textual.layouts.factory", "textual.layouts.grid",
    "textual.layouts.horizontal", "textual.layouts.stream", "textual.layouts.vertical",
    "textual.pilot", "rapidfuzz", "scheduler.engine",
    "console.cli_do", "console.cli_list", "console.cli_show", "console.cli_who",
    "console.cli_export", "console.cli_plain", "console.cli_table", "console.cli_looked",
)  # fmt: skip
_ROOMS: Final = ("console", "store")
_LEFT: Final = (
    *("console.cli_", "console.commands_", "console.demo.__main__", "console.drill."),
    *("console.replan.", "console.serve.", "console.beside"),
    *("store.persistence.", "store.queries.answers."),
)
"""What a shell begins, or another process, and what only the counter needs."""


def up(where: Where) -> None:
    """Import, and draw; every terminal is far away, so an Esc waits for its key longer."""
    terminal_env.far(os.environ)
    import_module("console.serve.session")
    for room in _ROOMS:
        package = import_module(room)
        for found in walk_packages(package.__path__, f"{room}."):
            if not found.name.startswith(_LEFT):
                import_module(found.name)
    for name in _ALSO:
        import_module(name)
    cell_len("派单")  # which loads a table of widths
    from console.serve import models

    holes.fill()
    often.functions_together()

    models.draw(where.store)


def session(opening: Opening, where: Where, descriptor: int) -> int:
    """One session, in the process forked for it."""
    from console.serve.session import run

    return run(opening, where, descriptor)


def write_down() -> None:
    """A child's fault, for the log; never raises."""
    from console.cli_guard import write_log

    write_log("".join(traceback.format_exception(*sys.exc_info())))
