"""The day that goes on at the sample desk: real arrivals, and technicians who get on with it.

Everything is a plain command of an operator, so that every console sees it as it would see a
colleague's work.
"""

from __future__ import annotations

import logging
from collections import Counter
from datetime import timedelta
from itertools import count
from random import Random
from typing import TYPE_CHECKING, Any, TypeVar

from console.demo.lives import REASONS, SOURCE
from console.demo.sample import after_now
from console.demo.staff import customer_code, level_code, site_code
from store.commands.moves import MoveOrder
from store.commands.orders import NewOrder
from store.domain.errors import Refusal
from store.domain.lifecycle import STATES, Move, State
from store.queries.board import QueuePage
from store.queries.people import TechnicianBoard

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from console.demo.sample import Asked
    from store.domain.intents import Command, Query
    from store.domain.who import Who
    from store.queries.board import BoardLine
    from store.records import Records

Answer = TypeVar("Answer")

log = logging.getLogger("paidan.demo")

STEP_S = 18.0
"""Seconds between two steps of technicians in the city; by chance half of it to double."""
QUIET_S = 90.0
"""Seconds in the city for which an order is left alone after each step."""
NEW_KEPT, DONE_KEPT = 9, 6
"""The colleague leaves that many to the newcomer before she takes a hand herself."""
_SEEN = 400

STEPS: Mapping[State, tuple[int, tuple[tuple[int, Move], ...]]] = {
    State.ASSIGNED: (4, ((8, Move.ACCEPT), (1, Move.DECLINE))),
    State.ACCEPTED: (1, ((9, Move.DEPART), (1, Move.WAIT))),
    State.EN_ROUTE: (4, ((1, Move.ARRIVE),)),
    State.ON_SITE: (3, ((8, Move.FINISH), (2, Move.WAIT))),
    State.NEW: (3, ((1, Move.ASSIGN),)),
    State.DECLINED: (3, ((1, Move.ASSIGN),)),
    State.REOPENED: (3, ((1, Move.ASSIGN),)),
    State.DONE: (3, ((1, Move.CLOSE),)),
}
"""How eagerly an order in a state is taken further, and what usually comes next."""
_MOVING = frozenset({State.EN_ROUTE, State.ON_SITE})
_RESTING = frozenset({"break", "off"})


class Replay:
    """What happens next, and when; `play` lets it happen."""

    def __init__(
        self,
        records: Records,
        *,
        who: Who,
        began: datetime,
        language: str,
        speed: float = 6.0,
        seed: int = 29,
    ) -> None:
        """`began` is when the desk was made: the sample's present."""
        self._records = records
        self._who = who
        self._began = began
        self._language = language
        self._speed = speed
        self._dice = Random(seed)
        self._arrivals = _rounds()
        self._coming = next(self._arrivals)
        self._next_step = began + timedelta(seconds=STEP_S / speed)

    @property
    def next_at(self) -> datetime:
        """When something happens next."""
        return min(self._next_arrival, self._next_step)

    def play(self, at: datetime) -> int:
        """Let happen what is due by `at`; how many commands were carried out."""
        done = 0
        while self._next_arrival <= at:
            done += self._do(self._arrival(), at)
            self._coming = next(self._arrivals)
        if self._next_step <= at:
            step = self._step(at)
            done += self._do(step, at) if step is not None else 0
            pause = STEP_S / self._speed * self._dice.uniform(0.5, 2.0)
            self._next_step = at + timedelta(seconds=pause)
        return done

    @property
    def _next_arrival(self) -> datetime:
        return self._began + self._coming[1] / self._speed

    def _arrival(self) -> NewOrder:
        first, _, asked = self._coming
        return NewOrder(
            title=asked.title(self._language),
            priority=asked.kind.priority,
            site=site_code(asked.place),
            customer=customer_code(asked.department),
            kind=asked.kind.trade,
            level=level_code(asked.kind.priority),
            description=f"{asked.type}\n{asked.department}",
            external_id=asked.case if first else None,
            source=SOURCE,
        )

    def _step(self, at: datetime) -> Command | None:
        """Somebody takes an order that has stood long enough one step further."""
        lines = self._ask(QueuePage(queue="all_open", limit=_SEEN), at).lines
        ready = self._ready(lines, at)
        if not ready:
            return None
        line = self._dice.choices(ready, [STEPS[line.state][0] for line in ready])[0]
        choices = STEPS[line.state][1]
        move = self._dice.choices([m for _, m in choices], [share for share, _ in choices])[0]
        told: dict[str, Any] = {}
        if move is Move.ASSIGN:
            told["technician"] = self._free(at)
        if move is Move.WAIT:
            told["wake_at"] = at + timedelta(minutes=self._dice.uniform(3, 90))
        if move in REASONS:
            told["reason"] = self._dice.choice(REASONS[move])[self._language.startswith("zh")]
        return MoveOrder(number=line.number, version=line.version, move=move, **told)

    def _ready(self, lines: Sequence[BoardLine], at: datetime) -> list[BoardLine]:
        quiet = timedelta(seconds=QUIET_S / self._speed)
        moving = {line.technician_code for line in lines if line.state in _MOVING}
        counts = Counter(_lane(line) for line in lines)
        spare = {"new": counts["new"] > NEW_KEPT, "done": counts["done"] > DONE_KEPT}
        return [
            line
            for line in lines
            if line.state in STEPS
            and at - line.state_since >= quiet
            and spare.get(_lane(line), True)
            and not (line.state is State.ACCEPTED and line.technician_code in moving)
        ]

    def _free(self, at: datetime) -> str:
        """Whoever of those at work has least to do."""
        people = self._ask(TechnicianBoard(), at)
        return min((p for p in people if p.state not in _RESTING), key=lambda p: p.jobs).code

    def _ask(self, query: Query[Answer], at: datetime) -> Answer:
        return self._records.ask(query, who=self._who, at=at)

    def _do(self, command: Command, at: datetime) -> int:
        try:
            self._records.do(command, who=self._who, at=at)
        except Refusal as refusal:
            # The newcomer was faster, or the store is busy: life goes on with the next step.
            log.info("the replay was refused: %s", refusal.text)
            return 0
        return 1


def _lane(line: BoardLine) -> str:
    """`new` where nobody holds it, `done` where it is to be closed, else its state."""
    if STATES[line.state].orphan:
        return "new"
    return "done" if line.state is State.DONE else line.state.value


def _rounds() -> Iterator[tuple[bool, timedelta, Asked]]:
    """The real arrivals, and the same ones again once they are through."""
    arrivals = after_now()
    lap = arrivals[-1].opened
    for n in count():
        for asked in arrivals:
            yield n == 0, lap * n + asked.opened, asked
