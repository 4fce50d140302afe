"""PostgreSQL's snapshots: what was written by transactions that were unfinished then is new."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Which transactions were finished at one moment."""

    next: int
    """The first number not yet given; everything from here on was unfinished."""
    running: tuple[int, ...]
    """Numbers below it that were unfinished too."""

    @classmethod
    def parse(cls, text: str) -> Snapshot:
        """From PostgreSQL's `xmin:xmax:running,…`."""
        _, following, running = text.split(":")
        return cls(int(following), tuple(int(number) for number in running.split(",") if number))
