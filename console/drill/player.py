"""The day that comes over a desk in a drill: calls, technicians, and what goes wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Final

from console.drill.crew import Crew
from console.drill.news import News
from console.drill.start import SOURCE
from console.i18n import _, coded
from store.commands.contact import ChaseOrder, NoteOrder
from store.commands.follow_ups import PromiseFollowUp
from store.commands.orders import NewOrder
from store.commands.people import MoveTechnician, SaveAbsence
from store.domain.lifecycle import State
from store.domain.words import N_
from store.queries.board import QueuePage
from store.queries.people import TechnicianBoard

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from console.drill.crew import Cast
    from store.domain.drill.plot import Coming
    from store.domain.drill.script import Shock
    from store.records import Records

_SICK = timedelta(hours=12)
_RESTING = frozenset({"break", "off"})
_LOOKED_AT = 200
OFFICES: Final[Mapping[str, str]] = {
    "warehouse": N_("the warehouse"),
    "contracts": N_("the contracts department"),
}
"""Departments that a script may call by a word of ours, which every language says."""


class Player(Crew):
    """Plays everybody but the operator; `play` lets happen what is due."""

    def __init__(self, records: Records, cast: Cast, *, news: Callable[[News], None]) -> None:
        super().__init__(records, cast, news=news)
        self.down_until: datetime | None = None
        """Until when the system stands still; None while it goes."""
        self._calls = list(enumerate(cast.plot.calls))
        self._strikes = list(cast.plot.strikes)
        self._pending: list[Shock] = []
        """What could not strike yet, since there was no order for it."""
        self._replies: list[News] = []
        """What other departments will say, the first first."""
        self._struck: set[int] = set()
        self._step_at = cast.began

    @property
    def next_at(self) -> datetime:
        """When something happens next, as far as is known; what the player does may come first."""
        if self.down_until is not None:
            return self.down_until
        coming = [self._step_at]
        if self._calls:
            coming.append(self._when(self._calls[0][1].at))
        if self._strikes:
            coming.append(self._when(self._strikes[0].at))
        if self._replies:
            coming.append(self._replies[0].at)
        return min(coming)

    def play(self, at: datetime) -> int:
        """Let happen what is due by `at`; how many commands were carried out."""
        if self.down_until is not None:
            if at < self.down_until:
                return 0
            self.tell(News(what="up", at=self.down_until))
            self.down_until = None
        done = self._call_in(at)
        while self._strikes and self._when(self._strikes[0].at) <= at:
            self._pending.append(self._strikes.pop(0).shock)
        self._pending = [shock for shock in self._pending if not self._strike(shock, at)]
        if self.down_until is not None:
            return done
        while self._replies and self._replies[0].at <= at:
            self.tell(replace(self._replies.pop(0), at=at))
        steps, self._step_at = self.go_on(at)
        return done + steps

    def _when(self, seconds: float) -> datetime:
        return self.cast.began + timedelta(seconds=seconds)

    # -- calls -------------------------------------------------------------------------------

    def _call_in(self, at: datetime) -> int:
        """Those that are due; what came while the system was down has its own time."""
        done = 0
        while self._calls and self._when(self._calls[0][1].at) <= at:
            place, coming = self._calls.pop(0)
            made = self.do(self._order(coming, self._when(coming.at)), at)
            if made is not None:
                self.names[made.numbers[0]] = f"call {place}"
                done += 1
        return done

    def _order(self, coming: Coming, opened_at: datetime) -> NewOrder:
        caller = self.cast.pool[coming.model]
        return NewOrder(
            title=caller.title,
            priority=coming.priority,
            site=caller.site,
            customer=caller.customer,
            kind=caller.kind,
            level=caller.level,
            opened_at=opened_at,
            source=SOURCE,
        )

    # -- what goes wrong ---------------------------------------------------------------------

    def _strike(self, shock: Shock, at: datetime) -> bool:
        """Whether it struck; else it waits for an order that it can strike."""
        strike: Mapping[str, Callable[[Shock, datetime], bool]] = {
            "storm": self._storm,
            "ill": self._ill,
            "overrun": self._overrun,
            "claim": self._claim,
            "department": self._department,
            "no_access": self._no_access,
            "return": self._return,
            "down": self._down,
        }
        return strike[shock.what](shock, at)

    def _storm(self, shock: Shock, at: datetime) -> bool:
        self.tell(News(what="storm", at=at, calls=shock.calls))
        return True

    def _ill(self, shock: Shock, at: datetime) -> bool:
        """Chosen by dice among those at work, not among those who are busy: the same each time."""
        people = self.ask(TechnicianBoard(), at)
        well = sorted(p.code for p in people if p.state not in _RESTING and p.on_shift)
        names = {p.code: p.name for p in people}
        dice = Random(f"ill {self.cast.seed} {shock.at}")
        for code in dice.sample(well, min(shock.people, len(well))):
            self.away.add(code)
            gone = SaveAbsence(technician=code, starts_at=at, ends_at=at + _SICK, reason=_("ill"))
            self.do(gone, at)
            self.do(MoveTechnician(technician=code, state="off"), at)
            self.tell(News(what="ill", at=at, who=coded(names[code], code)))
        return True

    def _overrun(self, shock: Shock, at: datetime) -> bool:
        number = self._found(at, State.ON_SITE)
        if number is None:
            return False
        self.times[number] = shock.times
        self.do(NoteOrder(number=number, text=_("the technician: this takes far longer")), at)
        self.owe("overrun", number, at)
        self._ask_too(shock, number, at)
        return True

    def _claim(self, shock: Shock, at: datetime) -> bool:
        number = self._found(at, State.ON_SITE, State.EN_ROUTE, State.ACCEPTED, State.ASSIGNED)
        if number is None:
            return False
        said = _("the customer: more is to be done than was agreed; who pays for the change?")
        self.do(ChaseOrder(number=number, text=said), at)
        due = at + self.cast.life(self.cast.script.answer_min / 2)
        self.do(PromiseFollowUp(number=number, due_at=due, note=_("answer the change claim")), at)
        self.owe("claim", number, at)
        self._ask_too(shock, number, at)
        return True

    def _department(self, shock: Shock, at: datetime) -> bool:
        number = self._found(at, State.NEW, State.ASSIGNED, State.ACCEPTED, State.EN_ROUTE)
        if number is None:
            return False
        self._ask(shock.department or "warehouse", number, at)
        return True

    def _ask_too(self, shock: Shock, number: int, at: datetime) -> None:
        """What went wrong calls for somebody else, where the script says so."""
        if shock.department:
            self._ask(shock.department, number, at)

    def _ask(self, department: str, number: int, at: datetime) -> None:
        """They call back after a while; the desk writes down what they say."""
        who = _(OFFICES[department]) if department in OFFICES else department
        said = _("{department} has to be asked; write down what they say")
        self.do(NoteOrder(number=number, text=said.format(department=who)), at)
        self.owe("department", number, at, who=who)
        answers_at = at + self.cast.life(self.cast.script.answer_min / 3)
        until = at + self.cast.life(self.cast.script.answer_min)
        self._replies.append(News(what="reply", at=answers_at, number=number, who=who, until=until))

    def _no_access(self, _shock: Shock, at: datetime) -> bool:
        number = self._found(at, State.EN_ROUTE, State.ACCEPTED)
        if number is not None:
            self.shut.add(number)
        return number is not None

    def _return(self, _shock: Shock, at: datetime) -> bool:
        number = self._found(at, State.ON_SITE, State.EN_ROUTE)
        if number is not None:
            self.unmended.add(number)
        return number is not None

    def _down(self, shock: Shock, at: datetime) -> bool:
        lasts = self.cast.life(shock.minutes)
        self.down_until = at + lasts
        self.tell(News(what="down", at=at, seconds=round(lasts.total_seconds())))
        for _place, coming in self._calls:
            if (rings_at := self._when(coming.at)) < self.down_until:
                title = self.cast.pool[coming.model].title
                self.tell(News(what="call", at=rings_at, who=f"P{coming.priority} {title}"))
        return True

    def _found(self, at: datetime, *states: State) -> int | None:
        """The first order in one of these states that nothing has struck yet."""
        page = self.ask(QueuePage(queue="all_open", limit=_LOOKED_AT), at)
        fitting = [
            (states.index(line.state), line.number)
            for line in page.lines
            if line.state in states and line.number not in self._struck
        ]
        if not fitting:
            return None
        number = min(fitting)[1]
        self._struck.add(number)
        return number
