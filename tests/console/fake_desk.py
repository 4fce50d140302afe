"""A desk held in memory, for lines that are read without a store."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING

from console.grammar.lookup import Entry, Shown
from store.domain.callers import digits_of
from store.domain.lifecycle import State
from store.queries.usual import KindLine
from store.queries.views import View
from tests.console.lines import MONDAY, line

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from store.domain.dispatch.rules import Barred
    from store.queries.board import BoardLine
    from store.queries.callers import CallerLine
    from store.queries.finding import NameMeant

TECHNICIANS = (
    Entry(id=1, code="T27", name="Wang Wei"),
    Entry(id=2, code="L2", name="王芳"),
    Entry(id=3, code="L3", name="曾国强"),
    Entry(id=4, code="T28", name="Zhao Min"),
    Entry(id=5, code="27", name="Bo Li"),
)
SITES = (
    Entry(id=1, code="HQ", name="Head office"),
    Entry(id=2, code="S1", name="望江花园"),
    Entry(id=3, code="N 9", name="North Mill"),
)
CUSTOMERS = (Entry(id=1, code="C1", name="Golden Lake Ltd"), Entry(id=2, code="C2", name="华润"))
SKILLS = (Entry(id=1, code="lift", name="lift"), Entry(id=2, code="hvac", name="空调"))
CALENDARS = (
    Entry(id=1, code="office", name="Office hours"),
    Entry(id=2, code="24x7", name="Round the clock"),
    Entry(id=3, code="13", name="Thirteen"),
    Entry(id=4, code="L2", name="Lift hours"),
)


def view(name: str, query: str = "graf", *, shared: bool = False) -> View:
    """A saved view."""
    return View(id=len(name), name=name, query=query, sort="", descending=False, shared=shared)


VIEWS = (view("Graf"), view("late today"), view("晨会"), view("overdue"), view("t28"))


@dataclass(kw_only=True)
class FakeDesk:
    """Orders 12 to 18 without 16, and 1042; the registers above."""

    at: datetime = MONDAY
    zone: tzinfo | None = UTC
    dues: Mapping[int, datetime] = field(default_factory=dict)
    selected: int | None = 12
    before: int | None = 18
    numbers: tuple[int, ...] = (12, 13, 14, 15, 17, 18, 1042)
    jobs: Mapping[int, tuple[int, ...]] = field(default_factory=lambda: {2: (13,), 4: (14, 15)})
    kept: tuple[View, ...] = VIEWS
    board: tuple[int, ...] | None = (18, 13, 12)
    states: Mapping[int, State] = field(default_factory=dict)
    shown: Shown | None = None
    closed: int | None = 0
    """Orders of any filter that are over."""
    names: tuple[NameMeant, ...] = ()
    people: tuple[CallerLine, ...] = ()
    """Who called before."""
    barred: Mapping[int, tuple[Barred, ...]] = field(default_factory=dict)
    zones: Mapping[str, str] = field(default_factory=dict)
    """By the code of a site or an asset, or by the number of an order."""

    def register(self, what: str) -> Sequence[Entry]:
        """Everything of one kind."""
        return {
            "technician": TECHNICIANS,
            "site": SITES,
            "customer": CUSTOMERS,
            "skill": SKILLS,
            "calendar": CALENDARS,
        }[what]

    def lines(self, numbers: Collection[int]) -> Mapping[int, BoardLine]:
        """Those that are there."""
        return {n: self._line(n) for n in numbers if n in self.numbers}

    def between(self, low: int, high: int) -> Mapping[int, BoardLine]:
        """Those that are there."""
        return {n: self._line(n) for n in self.numbers if low <= n <= high}

    def jobs_of(self, technician: int) -> Sequence[int]:
        """As held."""
        return self.jobs.get(technician, ())

    def against(self, numbers: tuple[int, ...], technician: int) -> Mapping[int, Sequence[Barred]]:
        """As held, whatever the order."""
        return {number: self.barred.get(technician, ()) for number in numbers}

    def carried(self) -> frozenset[str]:
        """A camera and a ladder."""
        return frozenset({"thermal camera", "ladder"})

    def whom(self, number: int) -> Sequence[tuple[Entry, Sequence[Barred]]]:
        """As they stand in the register, those last who are barred."""
        people = sorted(TECHNICIANS, key=lambda entry: entry.id in self.barred)
        return [(entry, self.barred.get(entry.id, ())) for entry in people]

    def paths(self, typed: str) -> Sequence[str]:
        """Two files and a folder."""
        there = ("/plan.pdf", "/my plan.pdf", "/srv/", "/my docs/")
        return tuple(path for path in there if path.startswith(typed))

    def files(self, number: int) -> Sequence[str]:
        """Only one order has some."""
        return ("plan.pdf", "a;b.pdf") if number == 12 else ()

    def callers(self, text: str) -> Sequence[CallerLine]:
        """As held, by the end of the number."""
        end = digits_of(text)
        return tuple(p for p in self.people if digits_of(p.person_phone or p.phone).endswith(end))

    def kinds(self, text: str) -> Sequence[KindLine]:
        """One, whatever is asked for."""
        return (KindLine(code="lift", name="Lift repair"),)

    def zone_at(self, site: str, asset: str) -> str:
        """As held."""
        return self.zones.get(site or asset, "")

    def resolve_by(self, numbers: tuple[int, ...]) -> Mapping[int, datetime]:
        """As held."""
        return {number: due for number, due in self.dues.items() if number in numbers}

    def arrive_by(self, number: int) -> datetime | None:
        """Nothing is promised."""
        return None

    def queue(self, name: str) -> Sequence[int]:
        """Two are overdue, nothing else is anything."""
        return (13, 14) if name == "overdue" else ()

    def views(self) -> Sequence[View]:
        """As held."""
        return self.kept

    def in_view(self, view: View, *, over: bool = True) -> Sequence[int]:
        """What the words of its query find."""
        return (17, 12) if "graf" in view.query else ()

    @property
    def lists(self) -> bool:
        """Where something is held."""
        return self.board is not None

    def listed(self) -> Sequence[int] | None:
        """As held."""
        return self.board

    def found(self, query: str, *, over: bool = True) -> Sequence[int]:
        """What holds the word lift."""
        return (15, 17) if "lift" in query else ()

    def over(self, query: str) -> int | None:
        """As held."""
        return self.closed

    def meant(self, query: str) -> Sequence[NameMeant]:
        """As held."""
        return [one for one in self.names if one.typed in query]

    def _line(self, number: int) -> BoardLine:
        zone = self.zones.get(str(number), "")
        state = self.states.get(number, State.NEW)
        return line(number, state, title=f"lift {number}", site_zone=zone)
