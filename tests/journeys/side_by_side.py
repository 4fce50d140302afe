"""Ana and Bo at two terminals, two processes, on one furnished store."""

from __future__ import annotations

from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from tests.console.faulty_desk import console, furnish

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from store.records import Records
    from tests.console.pty_desk import Desk


@contextmanager
def ana_and_bo(url: str, folder: Path) -> Iterator[tuple[Records, Desk, Desk]]:
    """The store, and both consoles, which show its orders by now."""
    with (
        closing(furnish(url)) as records,
        console(url, folder, operator="ana") as ana,
        console(url, folder, operator="bo") as bo,
    ):
        ana.sees("Lift stuck", timeout=30)
        bo.sees("Lift stuck", timeout=30)
        yield records, ana, bo
