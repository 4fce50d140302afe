"""Lives that go on: open orders in every state, their deadlines spread around now."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from console.demo.life import Life
from console.demo.pasts import draw_priority, request
from store.domain.copies import TECHNICIANS
from store.domain.lifecycle import Move, State
from store.domain.targets import ClockKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from random import Random

    from store.domain.history import History
    from store.domain.order import WorkOrder
    from store.domain.rules import Rules

ROADS: tuple[tuple[int, State, tuple[Move, ...]], ...] = (
    (12, State.NEW, ()),
    (12, State.ASSIGNED, (Move.ASSIGN,)),
    (24, State.ACCEPTED, (Move.ASSIGN, Move.ACCEPT)),
    (9, State.EN_ROUTE, (Move.ASSIGN, Move.ACCEPT, Move.DEPART)),
    (21, State.ON_SITE, (Move.ASSIGN, Move.ACCEPT, Move.ARRIVE)),
    (8, State.WAITING, (Move.ASSIGN, Move.ACCEPT, Move.WAIT)),
    (7, State.WAITING, (Move.ASSIGN, Move.ACCEPT, Move.ARRIVE, Move.WAIT)),
    (3, State.DECLINED, (Move.ASSIGN, Move.DECLINE)),
    (4, State.REOPENED, (Move.ASSIGN, Move.ACCEPT, Move.ARRIVE, Move.FINISH, Move.REOPEN)),
)
"""How many of a hundred open orders stand where, and how they came there."""

TOLD: Mapping[Move, Mapping[str, Any]] = {
    Move.ASSIGN: {"technician": TECHNICIANS[0]},
    Move.DECLINE: {"reason": "不顺路 too far"},
    Move.WAIT: {"reason": "等配件 waiting for a part"},
    Move.REOPEN: {"reason": "又坏了 it broke again"},
}
DUE_IN_S: tuple[tuple[int, int, int], ...] = (
    (14, -18_000, -60),
    (6, 20, 600),
    (14, 600, 3_600),
    (30, 3_600, 28_800),
    (36, 28_800, 259_200),
)
"""How many of a hundred deadlines lie how many seconds from now."""

ORPHANS = frozenset({State.NEW, State.DECLINED, State.REOPENED})
_AIMED = {
    State.NEW: ClockKind.RESPOND,
    State.ASSIGNED: ClockKind.RESPOND,
    State.DECLINED: ClockKind.RESPOND,
    State.EN_ROUTE: ClockKind.ARRIVE,
}
"""The clock whose deadline an order in this state is made around; the others' is resolve."""
_STILL_RINGING = timedelta(minutes=2)
"""Warnings younger than this are left to the first sweep."""
_LONGEST = timedelta(days=4)


def presents(
    count: int, *, rules: Sequence[Rules], by: int, at: datetime, dice: Random
) -> list[History]:
    """Lives that go on at `at`, the oldest first."""
    made = [_present(rules=rules, by=by, at=at, dice=dice) for _ in range(count)]
    return sorted(made, key=lambda history: history.order.opened_at)


def _present(*, rules: Sequence[Rules], by: int, at: datetime, dice: Random) -> History:
    judged = dice.choices(rules, range(len(rules), 0, -1))[0]
    priority = draw_priority(dice)
    _, state, road = dice.choices(ROADS, [share for share, _, _ in ROADS])[0]
    opened = at - _age(judged, priority, state, dice)
    life = Life(
        request(dice, opened, judged.policy.id, priority), rules=judged, by=by, watched=True
    )
    moments = sorted(opened + (at - opened) * dice.random() for _ in road)
    for move, moment in zip(road, moments, strict=True):
        told = dict(TOLD.get(move, {}))
        if move is Move.WAIT:
            told["wake_at"] = _wake(moment, at, dice)
        life.take(move, moment, **told)
    _keep_company(life, at, dice)
    life.ring(at - _STILL_RINGING)
    return life.history()


def _age(rules: Rules, priority: int, state: State, dice: Random) -> timedelta:
    """How long ago it was asked for, so that its nearest deadline lies where we want it."""
    target = rules.target(priority, _AIMED.get(state, ClockKind.RESOLVE))
    _, low, high = dice.choices(DUE_IN_S, [share for share, _, _ in DUE_IN_S])[0]
    fresh = timedelta(seconds=dice.uniform(60, 7_200))
    if target is None or target.seconds is None:
        return dice.random() * _LONGEST + fresh
    age = timedelta(seconds=target.seconds - dice.uniform(low, high))
    return min(age, _LONGEST) if age > timedelta(minutes=1) else fresh


def _wake(moment: datetime, at: datetime, dice: Random) -> datetime:
    """Mostly still to come; some waits have run out."""
    if dice.random() < 0.12:
        return moment + (at - moment) * dice.uniform(0.3, 0.99) + timedelta(seconds=1)
    return at + timedelta(minutes=dice.uniform(3, 2_000))


def _keep_company(life: Life, at: datetime, dice: Random) -> None:
    """Most orphans are followed by somebody at the desk, and most customers were told news."""
    order = life.order
    alone = order.state in ORPHANS and at - order.state_since > timedelta(minutes=10)
    if alone and dice.random() < 0.8:
        life.follow(life.at + (at - life.at) * dice.random())
    target = life.rules.target(order.priority, ClockKind.NEXT_UPDATE)
    if _awaits_news(order) and target is not None and dice.random() < 0.85:
        lately = timedelta(seconds=(target.seconds or 0) * dice.random())
        life.update(max(life.at, at - lately))


def _awaits_news(order: WorkOrder) -> bool:
    return any(c.kind is ClockKind.NEXT_UPDATE and c.running for c in order.clocks)
