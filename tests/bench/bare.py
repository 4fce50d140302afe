"""The least that Textual can do: `bare.py` paints one line; `bare.py URL` also holds a store open.

Beside it stand the start of the console and the memory it keeps.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from textual.app import App
from textual.widgets import Static

if TYPE_CHECKING:
    from textual.app import ComposeResult

PAINTED = b"bare on 0"


class Bare(App[None]):
    """One line."""

    def compose(self) -> ComposeResult:
        yield Static(PAINTED.decode(), markup=False)


def main() -> None:
    """Run until killed."""
    if len(sys.argv) == 1:
        Bare().run()
        return
    from sqlalchemy import create_engine

    from store.persistence.sqlite import library

    engine = create_engine(sys.argv[1], module=library())
    with engine.connect() as conn:
        conn.exec_driver_sql("SELECT count(*) FROM store_meta").scalar_one()
        Bare().run()


if __name__ == "__main__":
    main()
