"""The desk behind a command line: what it asks the store, once for each line that is read."""

from __future__ import annotations

from contextlib import suppress
from math import inf
from typing import TYPE_CHECKING, Any, TypeVar

from console.grammar.lookup import Entry
from store.domain.errors import OrderUnknown
from store.domain.finding.asked import parse_asked
from store.domain.finding.stretches import Here
from store.domain.reach import MOST_TOGETHER

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import datetime, tzinfo

    from console.actions_kinds import Ask
    from console.found import Listing
    from console.grammar.lookup import Shown
    from store.domain.dispatch.rules import Barred
    from store.queries.board import BoardLine
    from store.queries.callers import CallerLine
    from store.queries.finding import CountOrders, FindOrders, NameMeant
    from store.queries.heeds import Heeded
    from store.queries.usual import KindLine
    from store.queries.views import View

Found = TypeVar("Found")

_LAST = (True, True, 0)
"""Where somebody stands of whom the board tells nothing."""
_ENTRIES = 5_000
"""Entries of a register that a name is looked for among."""


class StoreLookup:
    """Blocks, and raises what the store raises; remembers what it was told."""

    def __init__(
        self,
        ask: Ask,
        *,
        at: datetime,
        zone: tzinfo | None = None,
        selected: int | None = None,
        before: int | None = None,
        listing: Listing | None = None,
        shown: Shown | None = None,
        kept: dict[str, Any] | None = None,
    ) -> None:
        self.at = at
        self.zone = zone
        self.selected = selected
        self.before = before
        self._listing = listing
        self.shown = shown
        self._ask = ask
        self._lines: dict[int, BoardLine | None] = {}
        self._kept: dict[str, Any] = {} if kept is None else kept
        """What is dear: may be kept for the next line, while nobody minds that it grows old."""

    def register(self, what: str) -> Sequence[Entry]:
        """Technicians who are free stand before the others."""
        return self._once(what, lambda: tuple(self._entries(what)))

    def lines(self, numbers: Collection[int]) -> Mapping[int, BoardLine]:
        """Those that are there, in the order given."""
        from store.queries.named import LinesOf

        missing = [number for number in numbers if number not in self._lines]
        if missing:
            found = self._ask(LinesOf(numbers=tuple(missing), limit=len(missing)))
            self._lines |= {number: found.get(number) for number in missing}
        held = ((number, self._lines[number]) for number in numbers)
        return {number: line for number, line in held if line is not None}

    def between(self, low: int, high: int) -> Mapping[int, BoardLine]:
        """One more than a command may hold, so that it is seen that there are more."""
        from store.queries.named import LinesOf

        found: Mapping[int, BoardLine] = self._ask(
            LinesOf(low=low, high=high, limit=MOST_TOGETHER + 1)
        )
        self._lines |= found
        return found

    def jobs_of(self, technician: int) -> Sequence[int]:
        """The one furthest along first."""
        from store.queries.named import JobsOf

        jobs: Sequence[int] = self._ask(JobsOf(technician=technician))
        return jobs

    def against(self, numbers: tuple[int, ...], technician: int) -> Mapping[int, Sequence[Barred]]:
        """As it stood when it was first asked."""
        found = self._kept.get(_heeds_of(numbers, None)) or self._heeded(numbers, technician)
        return {number: one.against.get(technician, ()) for number, one in found.items()}

    def carried(self) -> frozenset[str]:
        """As it stood when it was first asked."""
        return self._once("carried", self._carried)

    def whom(self, number: int) -> Sequence[tuple[Entry, Sequence[Barred]]]:
        """Of those who may go the free before the busy, and the near before the far."""
        from store.queries.heeds import Heeded

        heeded = self._heeded((number,), None).get(number, Heeded())
        against, far, ranks = heeded.against, heeded.far, self._ranks()

        def rank(entry: Entry) -> tuple[bool, tuple[Any, ...], float]:
            return entry.id in against, ranks.get(entry.id, _LAST), far.get(entry.id, inf)

        people = sorted(self.register("technician"), key=rank)
        return [(entry, against.get(entry.id, ())) for entry in people]

    def _carried(self) -> frozenset[str]:
        from store.domain.dispatch.things import parted
        from store.queries.people import TechnicianBoard

        board = self._ask(TechnicianBoard(limit=_ENTRIES))
        return frozenset(thing for line in board for thing in parted(line.carries))

    def _heeded(self, numbers: tuple[int, ...], technician: int | None) -> Mapping[int, Heeded]:
        from store.queries.heeds import Heeds

        asked = Heeds(numbers=numbers, technician=technician)
        found: Mapping[int, Heeded] = self._once(
            _heeds_of(numbers, technician), lambda: self._ask(asked)
        )
        return found

    def resolve_by(self, numbers: tuple[int, ...]) -> Mapping[int, datetime]:
        """As it stood when it was first asked."""
        from store.queries.promised import ResolveBy

        asked = ResolveBy(numbers=numbers)
        found: Mapping[int, datetime] = self._once(f"due:{numbers}", lambda: self._ask(asked))
        return found

    def arrive_by(self, number: int) -> datetime | None:
        """As it stands; None of an order that is not seen, too."""
        from store.queries.promised import ArriveBy

        due: datetime | None = None
        with suppress(OrderUnknown):
            due = self._ask(ArriveBy(number=number))
        return due

    def paths(self, typed: str) -> Sequence[str]:
        """As they lie there now."""
        from console.path_names import paths_like

        return paths_like(typed)

    def files(self, number: int) -> Sequence[str]:
        """The first attached first; none where the asker does not see the order."""
        from store.domain.errors import OrderUnknown
        from store.queries.card import OrderCard

        try:
            card = self._ask(OrderCard(number=number))
        except OrderUnknown:
            return ()
        return [file.name for file in card.files]

    def callers(self, text: str) -> Sequence[CallerLine]:
        """Those whose number ends so first."""
        from store.queries.callers import CallersLike

        return self._once("caller:" + text, lambda: tuple(self._ask(CallersLike(text=text))))

    def kinds(self, text: str) -> Sequence[KindLine]:
        """By code or name."""
        from store.queries.usual import KindsLike as Like

        return self._once("kind:" + text, lambda: tuple(self._ask(Like(text=text, limit=99))))

    def zone_at(self, site: str, asset: str) -> str:
        """That of the site goes before that of the asset."""
        from store.queries.usual import UsualFor

        asked = UsualFor(site=site, asset=asset)
        return self._once(f"zone:{asked}", lambda: str(self._ask(asked).zone))

    def queue(self, name: str) -> Sequence[int]:
        """In the queue's own order."""
        from store.queries.board import QueuePage

        page = self._ask(QueuePage(queue=name, limit=MOST_TOGETHER + 1))
        self._lines |= {line.number: line for line in page.lines}
        return [line.number for line in page.lines]

    def found(self, query: str, *, over: bool = True) -> Sequence[int]:
        """Newest first."""
        from store.queries.lists import ListOrders

        # or what is wrong would be told from where it stands in the brackets
        parse_asked(query, Here(at=self.at, zone=self.zone))
        text = query if over else _joined(query, "state:live")
        asked = ListOrders(text=text, limit=MOST_TOGETHER + 1, zone=self.zone)
        return self._once("{" + text, lambda: tuple(line.number for line in self._ask(asked)))

    def over(self, query: str) -> int | None:
        """Counted while they are not too many."""
        from store.queries.finding import CountOrders

        asked = CountOrders(text=_joined(query, "state:over"), zone=self.zone)
        return self._once("over:" + query, lambda: self._counted(asked))

    def meant(self, query: str) -> Sequence[NameMeant]:
        """In the order in which they are written."""
        from store.queries.finding import NamesMeant

        return self._once("meant:" + query, lambda: tuple(self._ask(NamesMeant(text=query))))

    def views(self) -> Sequence[View]:
        """By name; each name once for oneself and once for all."""
        from store.queries.views import ListViews

        return self._once("views", lambda: tuple(self._ask(ListViews())))

    def in_view(self, view: View, *, over: bool = True) -> Sequence[int]:
        """In the view's own order."""
        from store.queries.finding import FindOrders

        asked = FindOrders(
            text=view.query if over else _joined(view.query, "state:live"),
            sort=view.sort,
            descending=view.descending,
            zone=self.zone,
            limit=MOST_TOGETHER + 1,
        )
        return self._once(f"view:{view.id}:{over}", lambda: self._numbers(asked))

    @property
    def lists(self) -> bool:
        """Only on a board."""
        return self._listing is not None

    def listed(self) -> Sequence[int] | None:
        """From the top, as far down as a command may reach."""
        listing = self._listing
        if listing is None:
            return None
        from store.queries.finding import FindOrders

        asked = FindOrders(
            text=listing.text,
            queue=listing.within,
            sort=listing.sort,
            descending=listing.descending,
            zone=self.zone,
            limit=MOST_TOGETHER + 1,
        )
        return self._once("*", lambda: self._numbers(asked))

    def _counted(self, asked: CountOrders) -> int | None:
        count: int | None = self._ask(asked)
        return count

    def _numbers(self, asked: FindOrders) -> tuple[int, ...]:
        page = self._ask(asked)
        self._lines |= {line.number: line for line in page.lines}
        return tuple(line.number for line in page.lines)

    def _once(self, name: str, find: Callable[[], Found]) -> Found:
        if name not in self._kept:
            self._kept[name] = find()
        found: Found = self._kept[name]
        return found

    def _entries(self, what: str) -> list[Entry]:
        from store.queries.people import PeopleNamed

        found = self._ask(PeopleNamed(what=what, limit=_ENTRIES))
        named = [Entry(id=one.id, code=one.code, name=one.name) for one in found]
        if what != "technician":
            return named
        ranks = self._ranks()
        return sorted(named, key=lambda entry: ranks.get(entry.id, _LAST))

    def _ranks(self) -> Mapping[int, tuple[Any, ...]]:
        """Of technicians: who is there, and how much he has."""
        from store.queries.people import TechnicianBoard

        def asked() -> dict[int, tuple[Any, ...]]:
            board = self._ask(TechnicianBoard())
            return {line.id: (line.absent, not line.on_shift, line.jobs) for line in board}

        return self._once("ranks", asked)


def _joined(query: str, more: str) -> str:
    return f"({query}) {more}" if query.strip() else more


def _heeds_of(numbers: tuple[int, ...], technician: int | None) -> str:
    return f"heeds:{technician}:{numbers}"
