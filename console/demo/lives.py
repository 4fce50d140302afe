"""What became of the sample's requests: lives that are over, that go on, and arranged ones."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from console.demo.life import Life
from store.domain.lifecycle import Move, State
from store.domain.moves_common import live_visits
from store.domain.order import WorkOrder
from store.domain.replay import whole_ms
from store.domain.targets import ClockKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from random import Random

    from console.demo.sample import Asked
    from console.demo.staff import Staff
    from store.domain.history import History
    from store.domain.rules import Rules

SOURCE = "sample"
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
_JUST_FIRED = timedelta(minutes=10)
"""Warnings younger than this are left to the first sweep, so that some alarms ring at once."""

REASONS: Mapping[Move, tuple[tuple[str, str], ...]] = {
    Move.WAIT: (
        ("waiting for a part", "等配件"),
        ("nobody at home, comes again", "无人在家，改约"),
        ("waits for the power company", "等电力公司配合"),
    ),
    Move.DECLINE: (
        ("too far off, nearly off shift", "太远，快下班"),
        ("no ladder truck", "没有登高车"),
    ),
    Move.REOPEN: (("it broke again", "又坏了"),),
    Move.CANCEL: (("asked twice", "重复报修"), ("caller withdrew it", "客户取消")),
}

ENDS: tuple[tuple[int, tuple[Move, ...]], ...] = (
    (60, (Move.ASSIGN, Move.ACCEPT, Move.FINISH, Move.CLOSE)),
    (22, (Move.ASSIGN, Move.ACCEPT, Move.ARRIVE, Move.FINISH, Move.CLOSE)),
    (8, (Move.ASSIGN, Move.ACCEPT, Move.WAIT, Move.RESUME, Move.ARRIVE, Move.FINISH, Move.CLOSE)),
    (4, (Move.ASSIGN, Move.DECLINE, Move.ASSIGN, Move.ACCEPT, Move.FINISH, Move.CLOSE)),
    (6, (Move.CANCEL,)),
)
"""How many of a hundred requests that are over ended in which way."""

ROADS: tuple[tuple[int, tuple[Move, ...]], ...] = (
    (10, ()),
    (12, (Move.ASSIGN,)),
    (30, (Move.ASSIGN, Move.ACCEPT)),
    (8, (Move.ASSIGN, Move.ACCEPT, Move.DEPART)),
    (12, (Move.ASSIGN, Move.ACCEPT, Move.ARRIVE)),
    (9, (Move.ASSIGN, Move.ACCEPT, Move.ARRIVE, Move.WAIT)),
    (7, (Move.ASSIGN, Move.ACCEPT, Move.WAIT)),
    (2, (Move.ASSIGN, Move.DECLINE)),
    (3, (Move.ASSIGN, Move.ACCEPT, Move.ARRIVE, Move.FINISH)),
    (1, (Move.ASSIGN, Move.ACCEPT, Move.ARRIVE, Move.FINISH, Move.REOPEN)),
)
"""How many of a hundred open ones came how far."""

_MEETS = {ClockKind.RESPOND: Move.ACCEPT, ClockKind.ARRIVE: Move.ARRIVE}
"""The step that keeps a promise: old requests have taken it, nearly all."""
_TRAVELS = frozenset({Move.DEPART, Move.ARRIVE})
"""Steps after which a technician is somewhere, and nowhere else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One open order arranged so that something is to be seen soon."""

    priority: int
    road: tuple[Move, ...]
    clock: ClockKind | None = None
    due_in_s: int = 0
    """When that clock runs out, counted from now."""
    age_s: int = 0
    """How long ago it was asked for, where no clock is meant."""
    wake_in_s: int = 0


SCENES = (
    Scene(priority=1, road=(), clock=ClockKind.RESPOND, due_in_s=50),
    Scene(priority=2, road=(), clock=ClockKind.RESPOND, due_in_s=200),
    Scene(priority=2, road=(Move.ASSIGN,), clock=ClockKind.RESPOND, due_in_s=330),
    Scene(priority=2, road=(Move.ASSIGN, Move.ACCEPT, Move.DEPART), clock=ClockKind.ARRIVE,
          due_in_s=410),
    Scene(priority=3, road=(Move.ASSIGN, Move.ACCEPT, Move.ARRIVE), clock=ClockKind.RESOLVE,
          due_in_s=560),
    Scene(priority=1, road=(Move.ASSIGN, Move.ACCEPT, Move.ARRIVE), clock=ClockKind.NEXT_UPDATE,
          due_in_s=150),
    Scene(priority=3, road=(Move.ASSIGN, Move.ACCEPT), clock=ClockKind.RESOLVE, due_in_s=-5400),
    Scene(priority=2, road=(Move.ASSIGN, Move.ACCEPT, Move.ARRIVE), clock=ClockKind.RESOLVE,
          due_in_s=-300),
    Scene(priority=3, road=(), age_s=865),
    Scene(priority=3, road=(), age_s=2700),
    Scene(priority=3, road=(Move.ASSIGN, Move.ACCEPT, Move.ARRIVE, Move.WAIT), age_s=9000,
          wake_in_s=75),
    Scene(priority=3, road=(Move.ASSIGN, Move.ACCEPT, Move.WAIT), age_s=20_000, wake_in_s=-1500),
)  # fmt: skip
"""A miss and a warning within the first minute, seconds that tick, an orphan, a wait that ends."""


_ASKED_ABOUT = 20 * HOUR
"""How fresh work is that customers are still to be asked about."""


@dataclass(slots=True, kw_only=True)
class Lives:
    """Makes up what nobody wrote down."""

    staff: Staff
    rules: Mapping[int, Rules]
    """By priority."""
    by: int
    at: datetime
    language: str
    dice: Random
    moving: set[int] = field(default_factory=set)
    """Technicians on the way or on site: nobody is in two places."""
    asked: set[int | None] = field(default_factory=set)
    """Customers who are to be asked how content they are: about one order each."""
    held: Counter[int] = field(default_factory=Counter)
    """How many open orders each technician has."""

    def past(self, asked: Asked) -> History:
        """A request that is over: closed when the city closed it, or soon after it came."""
        life = self._born(asked, self.at + asked.opened, asked.kind.priority)
        roads = [road for _, road in ENDS]
        road = self.dice.choices(roads, [share for share, _ in ENDS])[0]
        ended = self._ended(asked, life)
        team = list(self.staff.people[asked.kind.trade])
        for move, at in zip(
            road, self._moments(life.at, ended, len(road), last=ended), strict=True
        ):
            told: dict[str, Any] = {"insist": True} if move is Move.FINISH else {}
            if move is Move.FINISH and self.at - at < _ASKED_ABOUT:
                told["asked_lately"] = life.order.customer in self.asked
                self.asked.add(life.order.customer)
            self._take(life, move, at, self.dice.choice(team), **told)
        return life.history()

    def present(self, asked: Asked) -> History:
        """A request that goes on, as far as its age lets one think."""
        priority = asked.kind.priority
        life = self._born(asked, self.at + asked.opened, priority, watched=True)
        taken = self._taken(life, priority)
        roads = [(n, road) for n, road in ROADS if taken <= {*road}]
        road = self.dice.choices([r for _, r in roads], [n for n, _ in roads])[0]
        wake = self.at + self.dice.uniform(10, 900) * MINUTE
        return self._lived(life, road, asked, wake)

    def arranged(self, asked: Asked, scene: Scene) -> History:
        """A request put in a scene: asked for when the scene needs it."""
        priority, opened = scene.priority, self.at - timedelta(seconds=scene.age_s)
        target = self.rules[priority].target(priority, scene.clock) if scene.clock else None
        if target is not None:
            opened = self.at + timedelta(seconds=scene.due_in_s - (target.seconds or 0))
        life = self._born(asked, opened, priority, watched=True)
        return self._lived(life, scene.road, asked, self.at + scene.wake_in_s * MINUTE / 60)

    def _taken(self, life: Life, priority: int) -> frozenset[Move]:
        """The steps that a desk which keeps its promises has taken by now."""
        age = (self.at - life.at) / (1.0 if self.dice.random() < 0.9 else 1.4)
        targets = {kind: self.rules[priority].target(priority, kind) for kind in _MEETS}
        return frozenset(
            _MEETS[kind]
            for kind, target in targets.items()
            if target is not None and age > timedelta(seconds=target.seconds or 0)
        )

    def _lived(self, life: Life, road: Sequence[Move], asked: Asked, wake: datetime) -> History:
        travels = bool(road) and road[-1] in _TRAVELS
        holder = self._holder(asked, travels=travels)
        if travels and holder in self.moving:
            road = road[:-1]
        until = min(self.at, wake)
        for move, at in zip(road, self._moments(life.at, until, len(road)), strict=True):
            self._take(life, move, at, holder, wake=wake)
        if road and road[-1] in _TRAVELS:
            self.moving.add(holder)
        self.held[holder] += live_visits(life.order.visits) != []
        self._mind(life)
        life.ring(self.at - _JUST_FIRED)
        return life.history()

    def _mind(self, life: Life) -> None:
        """The desk follows what nobody holds, mostly, and tells urgent customers how it goes."""
        orphan = life.order.state in {State.NEW, State.DECLINED, State.REOPENED}
        if orphan and self.at - life.at > HOUR and self.dice.random() < 0.9:
            life.follow(life.at + (self.at - life.at) * self.dice.random() / 2)
        target = life.rules.target(life.order.priority, ClockKind.NEXT_UPDATE)
        if target is not None and self.at - life.order.opened_at > HOUR * 1.5:
            life.update(max(life.at, self.at - timedelta(seconds=target.seconds or 0) * 0.6))

    def _born(
        self, asked: Asked, opened: datetime, priority: int, *, watched: bool = False
    ) -> Life:
        opened = whole_ms(opened)
        order = WorkOrder(
            number=0,
            source=SOURCE,
            external_id=asked.case,
            title=asked.title(self.language),
            description=f"{asked.type}\n{asked.department}",
            kind=asked.kind.trade,
            priority=priority,
            state_since=opened,
            site=self.staff.sites[asked.place],
            customer=self.staff.customers[asked.department],
            level=self.staff.levels[priority],
            opened_at=opened,
            created_at=opened,
            progress_at=opened,
        )
        return Life(order, rules=self.rules[priority], by=self.by, watched=watched)

    def _take(self, life: Life, move: Move, at: datetime, technician: int, **told: Any) -> None:
        wake = told.pop("wake", at + 5 * HOUR)
        if move is Move.ASSIGN:
            told["technician"] = technician
        elif move is Move.WAIT:
            told["wake_at"] = max(wake, at + MINUTE)
        if move in REASONS:
            told["reason"] = self.dice.choice(REASONS[move])[self.language.startswith("zh")]
        life.take(move, at, **told)

    def _holder(self, asked: Asked, *, travels: bool) -> int:
        """Somebody of the trade; one who is free, where he has to move."""
        team = self.staff.people[asked.kind.trade]
        free = [person for person in team if person not in self.moving]
        return min(free if travels and free else team, key=lambda person: self.held[person])

    def _ended(self, asked: Asked, life: Life) -> datetime:
        if asked.closed is not None and timedelta() > asked.closed > asked.opened + 10 * MINUTE:
            return self.at + asked.closed
        usual = {1: 2.0, 2: 5.0, 3: 16.0, 4: 20.0}[life.order.priority]
        spent = self.dice.lognormvariate(0, 0.6) * usual * HOUR
        return min(life.at + spent, life.at + (self.at - life.at) * 0.95)

    def _moments(
        self, start: datetime, end: datetime, count: int, last: datetime | None = None
    ) -> list[datetime]:
        """So many moments in order, early ones close together as at a desk that answers fast."""
        shares = sorted(self.dice.random() ** 1.7 for _ in range(count))
        moments = [start + (end - start) * share for share in shares]
        return [*moments[:-1], last] if last is not None and moments else moments
