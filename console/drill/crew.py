"""The technicians of a drill: they live by the dice, and go only where the player sends them."""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from heapq import heappop, heappush
from typing import TYPE_CHECKING, Any, TypeVar

from console.drill.news import News
from console.i18n import _
from store.commands.moves import MoveOrder
from store.commands.people import MoveTechnician
from store.commands.sop import SkipStep
from store.domain.drill.faster import hands_of
from store.domain.errors import Refusal, StoreTrouble
from store.domain.lifecycle import Move, State
from store.domain.sop import missing
from store.domain.sop_refusals import StepsMissing
from store.queries.board import QueuePage
from store.queries.card import OrderCard

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from console.drill.pool import Caller
    from store.domain.drill.assumed import Assumed
    from store.domain.drill.faster import Hands
    from store.domain.drill.plot import Plot
    from store.domain.drill.script import Script
    from store.domain.intents import Command, Done, Query
    from store.domain.who import Who
    from store.queries.board import BoardLine
    from store.queries.drill import Places
    from store.records import Records

Answer = TypeVar("Answer")

log = logging.getLogger("paidan.drill")

_MOST = 1_000
"""Orders in a state that are looked at."""
_ON_ROAD = frozenset({State.EN_ROUTE, State.ON_SITE})
_AGAIN_MIN, _SHUT_MIN = 40.0, 120.0
"""Minutes of life until a fault is back, and until somebody opens after all."""
_LEAST = timedelta(seconds=20)
SOON = timedelta(milliseconds=200)
"""What was done may let something follow at once."""
NEVER = timedelta(days=3650)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Everything that a play is made of."""

    who: Who
    """In whose name technicians and customers act."""
    plot: Plot
    pool: tuple[Caller, ...]
    places: Places
    script: Script
    assumed: Assumed
    speed: float
    seed: int
    began: datetime
    ends: datetime

    def life(self, minutes: float) -> timedelta:
        """How long minutes of life are in the play."""
        return timedelta(minutes=minutes / self.speed)


@dataclass(frozen=True, slots=True)
class _Step:
    """What a technician does next with an order."""

    due: datetime
    take: Callable[[datetime], bool]


class Crew:
    """All technicians; `go_on` lets each do what is due."""

    def __init__(self, records: Records, cast: Cast, *, news: Callable[[News], None]) -> None:
        self.records = records
        self.cast = cast
        self.tell = news
        self.away: set[str] = set()
        """Technicians who are ill, by code."""
        self.times: dict[int, float] = {}
        """How many times longer the work takes, by order."""
        self.shut: set[int] = set()
        """Orders where nobody will open next time."""
        self.unmended: set[int] = set()
        """Orders whose fault will be back."""
        self.names: dict[int, str] = {}
        """What an order's dice are thrown for, where it came by the plot."""
        self._hands: dict[int, Hands] = {}
        self._attempts: Counter[int] = Counter()
        self._visits: Counter[int] = Counter()
        self._waited: set[int] = set()
        self._at = dict(cast.places.technicians)
        self._free: dict[str, datetime] = {}
        self._drives: dict[tuple[int, str, datetime], float] = {}
        self._refused: dict[int, tuple[State, datetime]] = {}
        self._returns: list[tuple[datetime, int]] = []

    def go_on(self, at: datetime) -> tuple[int, datetime]:
        """Let each do what is due; how many steps that were, and when the next is due."""
        done, following = self._come_back(at), at + NEVER
        if self._returns:
            following = self._returns[0][0]
        lines = self.held(at)
        moving = {line.technician_code for line in lines if line.state in _ON_ROAD}
        for line in lines:
            step = self._next(line, moving)
            if step is None or self._refused.get(line.number) == (line.state, line.state_since):
                continue
            if step.due > at:
                following = min(following, step.due)
            elif step.take(at):
                done += 1
                following = min(following, at + SOON)
                moving.add(line.technician_code)  # one thing at a time
            else:
                self._refused[line.number] = line.state, line.state_since
        return done, following

    def held(self, at: datetime) -> list[BoardLine]:
        """Orders that somebody has, the most urgent first."""
        lines = [
            line
            for queue in ("in_progress", "not_accepted")
            for line in self.ask(QueuePage(queue=queue, limit=_MOST), at).lines
        ]
        return sorted(lines, key=lambda line: (line.priority, line.number))

    def ask(self, query: Query[Answer], at: datetime) -> Answer:
        """The answer as of now."""
        return self.records.ask(query, who=self.cast.who, at=at)

    def do(self, command: Command, at: datetime) -> Done | None:
        """Carry a command out; None where it was refused: the player was faster."""
        try:
            return self.records.do(command, who=self.cast.who, at=at)
        except StoreTrouble:
            raise
        except StepsMissing as refusal:
            if isinstance(command, MoveOrder) and self._skips(command, at):
                return self.do(command, at)
            log.info("the drill was refused: %s", refusal.text)
            return None
        except Refusal as refusal:
            log.info("the drill was refused: %s", refusal.text)
            return None

    def _skips(self, move: MoveOrder, at: datetime) -> bool:
        """What a procedure wants on site is skipped for this reason, by those who are nowhere."""
        order = self.ask(OrderCard(number=move.number), at).order
        why = _("only rehearsed: nobody is on site")
        skips = (
            SkipStep(number=order.number, step=step.code, reason=why)
            for step in missing(order, move.move)
        )
        return all(self.do(skip, at) is not None for skip in skips)

    # -- what comes next ---------------------------------------------------------------------

    def _next(self, line: BoardLine, moving: set[str | None]) -> _Step | None:
        code = line.technician_code or ""
        if line.state is State.ASSIGNED:
            return self._answers(line, code)
        if line.state is State.ON_SITE:
            return self._ends(line, code)
        if code in self.away:
            return _Step(self._since(line), lambda at: self._declines(line, at))
        if line.state is State.EN_ROUTE:
            due = self._since(line) + timedelta(seconds=self._drive(line, code))
            return _Step(due, lambda at: self._moves(line, Move.ARRIVE, at))
        if code in moving:
            return None
        since = max(self._since(line), self._free.get(code, self.cast.began))
        due = since + timedelta(seconds=self._dice(line).sets_out_s(self._attempts[line.number]))
        return _Step(due, lambda at: self._moves(line, Move.DEPART, at))

    def _answers(self, line: BoardLine, code: str) -> _Step:
        attempt, dice = self._attempts[line.number], self._dice(line)
        due = self._since(line) + timedelta(seconds=dice.accepts_s(attempt))
        if code in self.away or dice.declines(attempt):
            return _Step(due, lambda at: self._declines(line, at))
        return _Step(due, lambda at: self._moves(line, Move.ACCEPT, at))

    def _ends(self, line: BoardLine, code: str) -> _Step:
        dice, place = self._dice(line), self._visits[line.number]
        opened = dice.visit(place).opened and line.number not in self.shut
        spent = dice.works_s(place, opened=opened, times=self.times.get(line.number, 1.0))

        def take(at: datetime) -> bool:
            done = self._leaves(line, at) if not opened else self._works(line, at)
            if done:
                self._visits[line.number] += 1
                self._free[code] = at
            return done

        return _Step(self._since(line) + timedelta(seconds=spent), take)

    def _since(self, line: BoardLine) -> datetime:
        """When a step began; one of before the drill goes at its pace only from then on."""
        return max(line.state_since, self.cast.began)

    # -- what is done ------------------------------------------------------------------------

    def _moves(self, line: BoardLine, move: Move, at: datetime, **told: Any) -> bool:
        done = self.do(MoveOrder(number=line.number, move=move, **told), at)
        site = self.cast.places.sites.get(line.site_code or "")
        if done is not None and move is Move.ARRIVE and site is not None:
            code = line.technician_code or ""
            self._at[code] = site
            # His phone says so: whoever is asked who is near must know it, too.
            self.do(MoveTechnician(technician=code, latitude=site[0], longitude=site[1]), at)
        return done is not None

    def _declines(self, line: BoardLine, at: datetime) -> bool:
        ill = line.technician_code in self.away
        reason = _("ill") if ill else _("too far off")
        self._attempts[line.number] += 1
        return self._moves(line, Move.DECLINE, at, reason=reason)

    def _leaves(self, line: BoardLine, at: datetime) -> bool:
        """Nobody opens."""
        self.shut.discard(line.number)
        wake = at + max(_LEAST, self.cast.life(_SHUT_MIN))
        if not self._moves(line, Move.WAIT, at, reason=_("nobody opens"), wake_at=wake):
            return False
        self.owe("no_access", line.number, at)
        return True

    def _works(self, line: BoardLine, at: datetime) -> bool:
        number, dice = line.number, self._dice(line)
        waits = timedelta(seconds=dice.waits_s())
        if waits and number not in self._waited:
            self._waited.add(number)
            wake = at + max(_LEAST, waits)
            return self._moves(line, Move.WAIT, at, reason=_("waiting for a part"), wake_at=wake)
        fixed = dice.visit(self._visits[number]).fixed and number not in self.unmended
        self.unmended.discard(number)
        if not self._moves(line, Move.FINISH, at):
            return False
        if not fixed:
            heappush(self._returns, (at + self.cast.life(_AGAIN_MIN), number))
        return True

    def _come_back(self, at: datetime) -> int:
        """Faults that were not mended."""
        done = 0
        while self._returns and self._returns[0][0] <= at:
            number = heappop(self._returns)[1]
            again = MoveOrder(number=number, move=Move.REOPEN, reason=_("it is broken again"))
            if self.do(again, at) is not None:
                self.tell(News(what="return", at=at, number=number))
                done += 1
        return done

    def owe(self, what: str, number: int, at: datetime, who: str = "") -> None:
        """Tell the player of something that he has to answer."""
        until = at + self.cast.life(self.cast.script.answer_min)
        self.tell(News(what=what, at=at, number=number, who=who, until=until))

    # -- dice --------------------------------------------------------------------------------

    def _dice(self, line: BoardLine) -> Hands:
        found = self._hands.get(line.number)
        if found is None:
            name = self.names.get(line.number, f"#{line.number}")
            cast = self.cast
            found = hands_of(name, cast.assumed, speed=cast.speed, seed=cast.seed)
            self._hands[line.number] = found
        return found

    def _drive(self, line: BoardLine, code: str) -> float:
        """Thrown once for each drive: he is not where he was when it ends."""
        key = line.number, code, line.state_since
        if key not in self._drives:
            site = self.cast.places.sites.get(line.site_code or "")
            self._drives[key] = self._dice(line).drives_s(self._at.get(code), site)
        return self._drives[key]
