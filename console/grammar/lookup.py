"""What the command line must know of the desk, asked while somebody types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime, tzinfo

    from store.domain.dispatch.rules import Barred
    from store.queries.board import BoardLine
    from store.queries.callers import CallerLine
    from store.queries.finding import NameMeant
    from store.queries.usual import KindLine
    from store.queries.views import View


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something that has a code and a name."""

    id: int
    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What stands on the screen of a list, which goes on without waiting to be looked at."""

    numbers: frozenset[int]
    """The orders that are shown, but for those marked as gone."""
    waiting: frozenset[int] = frozenset()
    """New ones that wait to be shown."""
    whole: bool = False
    """Whether the list has no others."""

    def lacks(self, listed: Collection[int]) -> frozenset[int]:
        """Those of the list that are not shown, and would be, had it not changed."""
        return frozenset(listed) - self.numbers if self.whole else self.waiting & frozenset(listed)

    def differs(self, listed: Collection[int]) -> bool:
        """Whether the list is another one by now."""
        return bool(self.lacks(listed) or self.numbers.difference(listed))


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

    def against(self, numbers: tuple[int, ...], technician: int) -> Mapping[int, Sequence[Barred]]:
        """By order, the rules that a technician would break who is sent there now."""

    def carried(self) -> frozenset[str]:
        """Tools and parts that anybody has with him."""

    def whom(self, number: int) -> Sequence[tuple[Entry, Sequence[Barred]]]:
        """The technicians for an order with what speaks against them, those first who may go."""

    def paths(self, typed: str) -> Sequence[str]:
        """Paths on this machine that begin so; folders end with a slash."""

    def files(self, number: int) -> Sequence[str]:
        """The names of an order's files."""

    def callers(self, text: str) -> Sequence[CallerLine]:
        """Who may be calling, as a text says it."""

    def zone_at(self, site: str, asset: str) -> str:
        """In which the clock hangs at a site, or where an asset stands; nothing if unknown."""

    def resolve_by(self, numbers: tuple[int, ...]) -> Mapping[int, datetime]:
        """Until when these orders are promised to be resolved, where they are."""

    def arrive_by(self, number: int) -> datetime | None:
        """When somebody is to be at an order by its level alone, where that is promised."""

    def kinds(self, text: str) -> Sequence[KindLine]:
        """The kinds of work that a text may mean."""

    def queue(self, name: str) -> Sequence[int]:
        """The orders of a queue."""

    def views(self) -> Sequence[View]:
        """The saved views that the asker has, his own before those of all."""

    def in_view(self, view: View, *, over: bool = True) -> Sequence[int]:
        """The orders that a saved view shows; without those that are `over`, where it is told."""

    @property
    def lists(self) -> bool:
        """Whether there is a board that lists something."""

    def listed(self) -> Sequence[int] | None:
        """The orders that the board lists, as it lists them; None where there is no board."""

    @property
    def shown(self) -> Shown | None:
        """What the board shows of it; None where there is no board."""

    def found(self, query: str, *, over: bool = True) -> Sequence[int]:
        """The orders that a query finds; without those that are `over`, where it is told."""

    def over(self, query: str) -> int | None:
        """How many that are over a query finds; None where they are very many."""

    def meant(self, query: str) -> Sequence[NameMeant]:
        """The names in a query that mean several things, or nothing."""
