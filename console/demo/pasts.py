"""Lives that are over: how orders usually come to their end, for a store made to measure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from console.demo.life import Life
from console.demo.words import TRADES
from store.domain.copies import CUSTOMER, SITE, TECHNICIANS
from store.domain.lifecycle import Move
from store.domain.order import WorkOrder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from random import Random

    from store.domain.history import History
    from store.domain.rules import Rules

Step = tuple[Move, Mapping[str, Any]]

WEEK = timedelta(weeks=1)
BACK = 8
"""How many weeks before its end a past begins at most."""

_ONE, _OTHER = TECHNICIANS[:2]
_ASSIGN: Step = (Move.ASSIGN, {"technician": _ONE})
_AGAIN: Step = (Move.ASSIGN, {"technician": _OTHER})
_ACCEPT: Step = (Move.ACCEPT, {})
_DEPART: Step = (Move.DEPART, {})
_ARRIVE: Step = (Move.ARRIVE, {})
_RESUME: Step = (Move.RESUME, {})
_FINISH: Step = (Move.FINISH, {})
_VERIFY: Step = (Move.VERIFY, {})
_CLOSE: Step = (Move.CLOSE, {})
_JUST_DONE: Step = (Move.FINISH, {"insist": True})
_WAIT: Step = (Move.WAIT, {"reason": "等配件 waiting for a part"})

ENDS: tuple[tuple[int, tuple[Step, ...]], ...] = (
    (58, (_ASSIGN, _JUST_DONE, _CLOSE)),
    (18, (_ASSIGN, _ACCEPT, _ARRIVE, _FINISH, _CLOSE)),
    (6, (_ASSIGN, _ACCEPT, _DEPART, _ARRIVE, _FINISH, _VERIFY, _CLOSE)),
    (6, (_ASSIGN, _ACCEPT, _ARRIVE, _WAIT, _RESUME, _AGAIN, _ACCEPT, _ARRIVE, _FINISH, _CLOSE)),
    (4, (_ASSIGN, (Move.DECLINE, {"reason": "不顺路 too far"}), _AGAIN, _JUST_DONE, _CLOSE)),
    (2, (_ASSIGN, _ACCEPT, _AGAIN, _ACCEPT, _ARRIVE, _FINISH, _CLOSE)),
    (2, (_ASSIGN, _JUST_DONE, _CLOSE, (Move.REOPEN, {"reason": "又坏了 it broke again"}), _AGAIN,
         _ACCEPT, _ARRIVE, _FINISH, _CLOSE)),
    (4, ((Move.CANCEL, {"reason": "客户取消 customer withdrew it"}),)),
)  # fmt: skip
"""How many of a hundred orders end in which way."""

PAUSES_S: Mapping[Move, tuple[int, float]] = {
    Move.ASSIGN: (420, 1.2),
    Move.ACCEPT: (240, 1.3),
    Move.DECLINE: (300, 1.0),
    Move.DEPART: (900, 0.9),
    Move.ARRIVE: (1500, 0.7),
    Move.WAIT: (1800, 0.8),
    Move.RESUME: (72_000, 0.8),
    Move.FINISH: (3600, 1.0),
    Move.VERIFY: (5400, 1.2),
    Move.CLOSE: (2400, 1.4),
    Move.REOPEN: (150_000, 0.8),
    Move.CANCEL: (5400, 1.2),
}
"""Seconds before each step: the median, and how far it spreads (sigma of its logarithm)."""

SLOWER = {1: 0.4, 2: 0.8, 3: 2.0, 4: 5.0}
"""How much longer things take by priority."""


def draw_priority(dice: Random) -> int:
    """Most requests are plain ones."""
    return dice.choices((1, 2, 3, 4), (4, 16, 58, 22))[0]


def request(dice: Random, opened_at: datetime, level: int, priority: int) -> WorkOrder:
    """What stands in every pattern's place before anything happened."""
    return WorkOrder(
        number=0,
        title="?",
        kind=dice.choice(TRADES),
        priority=priority,
        state_since=opened_at,
        site=SITE,
        customer=CUSTOMER,
        level=level,
        opened_at=opened_at,
        created_at=opened_at,
        progress_at=opened_at,
    )


def pasts(
    count: int, *, rules: Sequence[Rules], by: int, at: datetime, dice: Random
) -> list[History]:
    """Lives that are over by `at`, all begun in one week, the first to begin first."""
    begun = sorted(at - BACK * WEEK + dice.random() * WEEK for _ in range(count))
    return [_past(opened, rules=rules, by=by, at=at, dice=dice) for opened in begun]


def _past(
    opened: datetime, *, rules: Sequence[Rules], by: int, at: datetime, dice: Random
) -> History:
    judged = dice.choices(rules, range(1, len(rules) + 1))[0]
    priority = draw_priority(dice)
    life = Life(request(dice, opened, judged.policy.id, priority), rules=judged, by=by)
    steps = dice.choices([end[1] for end in ENDS], [end[0] for end in ENDS])[0]
    pauses = [_pause(move, priority, dice) for move, _ in steps]
    squeeze = min(1.0, (at - opened) * 0.95 / sum(pauses, timedelta()))
    now = opened
    for (move, told), pause in zip(steps, pauses, strict=True):
        now += pause * squeeze
        wake = {"wake_at": now + WEEK / 4} if move is Move.WAIT else {}
        life.take(move, now, **told, **wake)
    return life.history()


def _pause(move: Move, priority: int, dice: Random) -> timedelta:
    median, spread = PAUSES_S[move]
    return timedelta(seconds=round(median * SLOWER[priority] * dice.lognormvariate(0, spread)))
