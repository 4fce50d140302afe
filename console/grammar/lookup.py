"""What the command line must know of the desk, asked while somebody types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime, tzinfo

    from store.queries.board import BoardLine
    from store.queries.views import View


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something that has a code and a name."""

    id: int
    code: str
    name: str


class Lookup(Protocol):
    """The desk, as far as a line names it; asked by nobody but the one who reads the line."""

    @property
    def at(self) -> datetime:
        """The present instant."""

    @property
    def zone(self) -> tzinfo | None:
        """Where the wall clock hangs; None is this machine's."""

    @property
    def selected(self) -> int | None:
        """The order `.`; None where none is chosen."""

    @property
    def before(self) -> int | None:
        """The order `..`, the one selected before it."""

    def register(self, what: str) -> Sequence[Entry]:
        """The entries of technician, site, customer, skill or calendar that the asker sees."""

    def lines(self, numbers: Collection[int]) -> Mapping[int, BoardLine]:
        """Orders that the asker sees, as queues show them."""

    def between(self, low: int, high: int) -> Mapping[int, BoardLine]:
        """The orders from one number to another, as far as the asker sees them."""

    def jobs_of(self, technician: int) -> Sequence[int]:
        """The orders that a technician has a live visit for."""

    def paths(self, typed: str) -> Sequence[str]:
        """Paths on this machine that begin so; folders end with a slash."""

    def files(self, number: int) -> Sequence[str]:
        """The names of an order's files."""

    def queue(self, name: str) -> Sequence[int]:
        """The orders of a queue."""

    def views(self) -> Sequence[View]:
        """The saved views that the asker has, his own before those of all."""

    def in_view(self, view: View) -> Sequence[int]:
        """The orders that a saved view shows."""

    @property
    def lists(self) -> bool:
        """Whether there is a board that lists something."""

    def listed(self) -> Sequence[int] | None:
        """The orders that the board lists, as it lists them; None where there is no board."""

    def found(self, query: str) -> Sequence[int]:
        """The orders that a query finds."""
