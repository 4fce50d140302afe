"""What was looked at, one after the other: back and forward as in a browser; plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.words import N_

if TYPE_CHECKING:
    from console.found import Listing

MOST = 100
"""Stops remembered; older ones are forgotten."""

NOTHING_AFTER = N_("nothing after it")


@dataclass(frozen=True, slots=True)
class Stop:
    """A list, and the order in it that was looked at."""

    listing: Listing
    number: int | None = None
    opened: bool = False
    """Whether everything about the order was looked at, on a page of its own."""


class Trail:
    """The stops of one console, and at which of them one is."""

    def __init__(self) -> None:
        self._stops: list[Stop] = []
        self._at = -1

    @property
    def here(self) -> Stop | None:
        """Where one is; None before the first stop."""
        return self._stops[self._at] if self._stops else None

    @property
    def ahead(self) -> bool:
        """Whether one came back from something."""
        return self._at + 1 < len(self._stops)

    def visit(self, stop: Stop) -> None:
        """One looks at something else now; what was ahead is forgotten."""
        here = self.here
        if stop == here:
            return
        stays = here is not None and here.listing == stop.listing and here.number is None
        stays = stays and not stop.opened
        kept = self._stops[: self._at if stays else self._at + 1]
        self._stops = [*kept, stop][-MOST:]
        self._at = len(self._stops) - 1

    def back(self, now: Stop) -> Stop | None:
        """The stop before; None at the first. Where one is now can be come back to.

        A page that was left is what was looked at before the list below it.
        """
        here = self.here
        if here is None or here.listing != now.listing:
            self.visit(now)
        elif here.opened and not now.opened:
            return here
        if self._at <= 0:
            return None
        self._at -= 1
        return self.here

    def forward(self) -> Stop | None:
        """The stop one came back from; None at the last."""
        if self._at + 1 >= len(self._stops):
            return None
        self._at += 1
        return self.here
