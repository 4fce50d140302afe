"""One order with its journal in memory, and days of commands for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from store.domain.advance import (
    advance,
    edit,
    follow,
    note,
    open_order,
    prioritise,
    unfollow,
    update_customer,
)
from store.domain.deeds import Deed, Told, deeds_of
from store.domain.errors import Refusal
from store.domain.lifecycle import Move, VisitState
from store.domain.locks import lock, place, unlock
from store.domain.replay import differences, replay
from store.domain.timers import catch_up, fire, implied
from store.domain.undo import TakenBack, obstacle, take_back
from tests.builders import ANA, LI, MONDAY, OFFICE, WANG, ZHAO, request, rules

if TYPE_CHECKING:
    from collections.abc import Callable

    from store.domain.facts import Fact
    from store.domain.order import WorkOrder

BY_OFFICE = rules(calendar=OFFICE)


class Desk:
    """One order with its journal, on an office calendar; time rings when it is told to."""

    def __init__(self) -> None:
        self.at = MONDAY
        self.story: list[Told] = []
        self.order, facts = open_order(request(), at=self.at, rules=BY_OFFICE)
        self._tell(facts)

    def passes(self, minutes: int) -> None:
        """Time goes by."""
        self.at += timedelta(minutes=minutes)

    def move(self, step: Move, **told: Any) -> None:
        """One step."""
        self._keep(advance(self.order, step, at=self.at, by=ANA, rules=BY_OFFICE, **told))

    def does(self, change: Callable[..., tuple[WorkOrder, tuple[Fact, ...]]], *given: Any) -> None:
        """Something else than a step."""
        self._keep(change(self.order, *given, rules=BY_OFFICE, at=self.at, by=ANA))

    def rings(self) -> None:
        """All levels that have come fire, as a sweep would have them."""
        while True:
            due = [a for a in implied(self.order, BY_OFFICE) if a.clock and a.due_at <= self.at]
            if not due:
                return
            aim = catch_up(self.order, due[0], BY_OFFICE, at=self.at)
            self._keep(fire(self.order, aim))

    @property
    def fired(self) -> list[tuple[str, int, int, int]]:
        """Which levels of which runs fired, and when each was due."""
        names = ("clock", "run", "level", "due_at")
        facts = [told.fact.body for told in self.story if "level" in told.fact.body]
        return [tuple(body[name] for name in names) for body in facts]

    @property
    def last(self) -> Deed:
        """The newest deed."""
        return self.deeds[-1]

    @property
    def deeds(self) -> tuple[Deed, ...]:
        """All of them."""
        return deeds_of(self.story)

    def takes_back(self, deed: Deed) -> TakenBack:
        """Whatever the deed was; refused where something builds on it."""
        why = obstacle(deed, self.deeds)
        if why is not None:
            raise why.why(number=7, what=why.what, later="", by="", at=self.at)
        taken = take_back(
            self.order, self.story, deed, rules_of=lambda _order: BY_OFFICE, at=self.at, by=ANA
        )
        self._keep((taken.order, taken.facts))
        return taken

    def _keep(self, told: tuple[WorkOrder, tuple[Fact, ...]]) -> None:
        self.order, facts = told
        self._tell(facts)
        retold = replay([told.fact for told in self.story], number=7)
        assert differences(self.order, retold) == ()

    def _tell(self, facts: tuple[Fact, ...]) -> None:
        first = len(self.story) + 1
        for nth, fact in enumerate(facts):
            deed = first if nth else None
            self.story.append(Told(seq=first + nth, at=self.at, by=ANA, deed=deed, fact=fact))


def unrecalled(order: WorkOrder) -> WorkOrder:
    """The order without the visits that ended as recalled."""
    visits = tuple(v for v in order.visits if v.state is not VisitState.RECALLED)
    return replace(order, visits=visits)


Doing = "Callable[[Desk], None]"
WAKE = timedelta(hours=5)

DOINGS: dict[str, Any] = {
    "assign li": lambda d: d.move(Move.ASSIGN, technician=LI),
    "assign wang": lambda d: d.move(Move.ASSIGN, technician=WANG, insist=True),
    "also zhao": lambda d: d.move(Move.ASSIGN, technician=ZHAO, also=True),
    "accept": lambda d: d.move(Move.ACCEPT),
    "depart": lambda d: d.move(Move.DEPART, insist=True),
    "arrive": lambda d: d.move(Move.ARRIVE, insist=True),
    "decline": lambda d: d.move(Move.DECLINE, reason="too far"),
    "wait": lambda d: d.move(Move.WAIT, reason="parts", wake_at=d.at + WAKE),
    "resume": lambda d: d.move(Move.RESUME),
    "finish": lambda d: d.move(Move.FINISH, insist=True),
    "verify": lambda d: d.move(Move.VERIFY),
    "close": lambda d: d.move(Move.CLOSE),
    "reopen": lambda d: d.move(Move.REOPEN, reason="again"),
    "cancel": lambda d: d.move(Move.CANCEL, reason="sold"),
    "priority 1": lambda d: d.does(prioritise, 1),
    "priority 4": lambda d: d.does(prioritise, 4),
    "retitle": lambda d: d.does(edit, {"title": f"lift {len(d.story)}", "site": 3}),
    "note": lambda d: d.does(note, "two people inside"),
    "tell": lambda d: d.does(update_customer),
    "follow": lambda d: d.does(follow),
    "unfollow": lambda d: d.does(unfollow),
    "lock": lambda d: d.does(lock),
    "unlock": lambda d: d.does(unlock),
    "place": lambda d: d.does(place, d.at),
}

days = st.lists(st.tuples(st.sampled_from(sorted(DOINGS)), st.integers(0, 400)), max_size=14)


def lived(day: list[tuple[str, int]]) -> Desk:
    """A desk after what of a day could be done."""
    desk = Desk()
    for what, minutes in day:
        desk.passes(minutes)
        try:
            DOINGS[what](desk)
        except Refusal:
            continue
    return desk
