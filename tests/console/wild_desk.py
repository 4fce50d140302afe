"""A desk on which everything happens to its orders that may, in the same way for the same seed."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from store.commands import (
    EditOrder,
    NewOrder,
    SaveCalendar,
    SaveCustomer,
    SaveLevel,
    SaveSite,
    SaveTechnician,
    SetPriority,
)
from store.commands.moves import MoveOrder
from store.domain.errors import Refusal
from store.domain.lifecycle import Move
from store.domain.who import Who

if TYPE_CHECKING:
    from store.domain.intents import Command
    from store.records import Records

BEGAN = datetime(2026, 7, 1, tzinfo=UTC)
ENDED = datetime(2026, 9, 21, 3, 0, 0, 250_000, tzinfo=UTC)
DESK = Who(operator=2, via="test")

_TITLES = ("=1+1", "lift stuck", "水泵 漏水", "#x", "-12")
_MOVES = (*Move, *(Move.ASSIGN, Move.ACCEPT, Move.FINISH) * 2)
_NEED = {
    Move.WAIT: ("parts", "access"),
    Move.DECLINE: ("too far", "ill"),
    Move.REOPEN: ("broke again",),
    Move.CANCEL: ("withdrawn",),
}


def live_wildly(records: Records, *, seed: int, steps: int = 300) -> None:
    """Orders come, and move as the lifecycle lets them; what it forbids does not happen."""
    dice, at = Random(seed), BEGAN
    for command in _register():
        records.do(command, who=DESK, at=at)
    numbers: list[int] = []
    for n in range(steps):
        at += timedelta(minutes=dice.randint(1, 90), milliseconds=dice.randint(0, 999))
        if not numbers or dice.random() < 0.12:
            numbers += records.do(_request(n, dice), who=DESK, at=at).numbers
            takes = EditOrder(number=numbers[-1], fields={"needs": _NEEDS[n % len(_NEEDS)]})
            records.do(takes, who=DESK, at=at)
            continue
        number = dice.choice(numbers[-12:])
        with suppress(Refusal):
            records.do(_step(number, numbers, dice, at), who=DESK, at=at)
        if dice.random() < 0.05:
            with suppress(Refusal):
                records.do(SetPriority(number=number, priority=dice.randint(1, 4)), who=DESK, at=at)
    assert at < ENDED


def _register() -> tuple[Command, ...]:
    week = {day: [["08:00", "12:30"], ["14:00", "19:00"]] for day in ("mon", "tue", "thu", "sat")}
    hours = {"zone": "Asia/Shanghai", "week": week, "holidays": ["2026-08-04"], "workdays": {}}
    days = {"targets": {"1": {"resolve": {"days": 1}}, "2": {"resolve": {"seconds": 90_000}}}}
    return (
        SaveCalendar(code="own", name="Own hours", spec=hours),
        SaveLevel(code="gold", name="金牌", calendar="own", policy=days),
        SaveSite(code="S1", name="宏远大厦", zone="Asia/Shanghai"),
        SaveTechnician(code="T1", name="李伟"),
        SaveTechnician(code="T2", name="Wang"),
        SaveCustomer(code="C1", name="Acme", phone="+86 021 5555 0000"),
        SaveCustomer(code="C2", name="Harbour", level="critical"),
        SaveCustomer(code="C3", name="金融街", level="gold"),
    )


_CALLERS = ("", "王芳 13800138000", "Lee", "+86 139 0000 1111", "+86 021 5555 0000")

_NEEDS = ("", "ladder, drill bit 8mm", "=seal；梯子")


def _request(n: int, dice: Random) -> NewOrder:
    told: dict[str, Any] = {"customer": dice.choice(("C1", "C2", "C3", None))}
    told["external_id"] = f"X{n}" if dice.random() < 0.2 else None
    told["caller"] = _CALLERS[n % len(_CALLERS)]
    told["description"] = "two\nlines" if dice.random() < 0.3 else ""
    return NewOrder(title=dice.choice(_TITLES), priority=dice.randint(1, 4), site="S1", **told)


def _step(number: int, numbers: list[int], dice: Random, at: datetime) -> MoveOrder:
    move = dice.choice(_MOVES)
    told: dict[str, Any] = {"insist": move in (Move.DEPART, Move.ARRIVE, Move.FINISH)}
    if move in _NEED:
        told["reason"] = dice.choice(_NEED[move])
    if move is Move.ASSIGN:
        told["technician"] = dice.choice(("T1", "T2"))
    if move is Move.WAIT:
        told["wake_at"] = at + timedelta(hours=dice.randint(1, 200))
    if move is Move.DUPLICATE:
        told["duplicate_of"] = dice.choice(numbers)
    return MoveOrder(number=number, move=move, **told)
