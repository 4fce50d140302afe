"""Small things to test with: a calendar, a level, an order, and moves along its life."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from store.domain.advance import advance, open_order
from store.domain.calendar import Calendar
from store.domain.lifecycle import Move, State
from store.domain.order import Clock, WorkOrder
from store.domain.rules import Rules
from store.domain.targets import ClockKind, ServiceLevel, Target

if TYPE_CHECKING:
    from store.domain.facts import Fact

MONDAY = datetime(2026, 9, 21, 1, 0, tzinfo=UTC)
"""09:00 on a plain Monday in Shanghai, half an hour after the office opens."""

LI, WANG, ZHAO = 11, 12, 13
"""Technicians."""

ANA, DESK = 2, 1
"""An operator, and the desk itself."""

WORKDAYS = ("mon", "tue", "wed", "thu", "fri")
HOUR = 3600

OFFICE = Calendar.parse(
    {
        "zone": "Asia/Shanghai",
        "week": {key: [["08:30", "12:00"], ["13:00", "18:00"]] for key in WORKDAYS},
        "holidays": ["2026-10-01", "2026-10-02", "2026-10-05", "2026-10-06", "2026-10-07"],
        "workdays": {"2026-10-10": [["08:30", "12:00"], ["13:00", "18:00"]]},
    }
)
"""An office in Shanghai: a lunch break, the national holiday, and a Saturday worked for it."""

ALL_DAY = Calendar.always()

TARGETS = {
    ClockKind.RESPOND: 1 * HOUR,
    ClockKind.ARRIVE: 2 * HOUR,
    ClockKind.RESOLVE: 8 * HOUR,
    ClockKind.NEXT_UPDATE: 4 * HOUR,
}
"""What the level `gold` promises at priority 2; 1 is half of it, 3 double, 4 four times."""


def gold(**changes: Any) -> ServiceLevel:
    """A service level with all four clocks at every priority."""
    scale = {1: 0.5, 2: 1, 3: 2, 4: 4}
    targets = {
        (priority, kind): Target(seconds=int(seconds * by))
        for priority, by in scale.items()
        for kind, seconds in TARGETS.items()
    }
    return replace(ServiceLevel(id=1, code="gold", calendar=1, targets=targets), **changes)


def rules(
    level: ServiceLevel | None = None, calendar: Calendar = ALL_DAY, version: int = 1
) -> Rules:
    """Rules of a level (gold unless told) on a calendar (around the clock unless told)."""
    return Rules(
        level=level or gold(),
        calendar=calendar,
        calendar_version=version,
        calendars={version: calendar},
    )


def request(at: datetime = MONDAY, **changes: Any) -> WorkOrder:
    """A request as it comes in, before anything was promised."""
    plain = WorkOrder(
        number=7,
        title="lift stuck",
        priority=2,
        state_since=at,
        opened_at=at,
        created_at=at,
        progress_at=at,
        level=1,
    )
    return replace(plain, **changes)


def order(by: Rules | None = None, at: datetime = MONDAY, **changes: Any) -> WorkOrder:
    """A new order with its promises made."""
    return open_order(request(at, **changes), at=at, rules=by or rules())[0]


def take(
    held: WorkOrder, move: Move, at: datetime, by: Rules | None = None, **told: Any
) -> tuple[WorkOrder, tuple[Fact, ...]]:
    """One move, told what it needs unless the test tells it."""
    needs: dict[Move, dict[str, Any]] = {
        Move.ASSIGN: {"technician": LI},
        Move.DECLINE: {"reason": "too far"},
        Move.WAIT: {"reason": "parts", "wake_at": at + timedelta(days=1)},
        Move.REOPEN: {"reason": "stuck again"},
        Move.CANCEL: {"reason": "sold"},
        Move.DUPLICATE: {"duplicate_of": 99},
    }
    told = {**needs.get(move, {}), **told}
    return advance(held, move, at=at, by=ANA, rules=by or rules(), **told)


def moved(held: WorkOrder, *moves: Move, by: Rules | None = None, step: int = 300) -> WorkOrder:
    """The order after some moves, one every `step` seconds from when it last moved."""
    at = held.state_since
    for move in moves:
        at += timedelta(seconds=step)
        held = take(held, move, at, by)[0]
    return held


ROADS: dict[State, tuple[Move, ...]] = {
    State.NEW: (),
    State.ASSIGNED: (Move.ASSIGN,),
    State.ACCEPTED: (Move.ASSIGN, Move.ACCEPT),
    State.EN_ROUTE: (Move.ASSIGN, Move.ACCEPT, Move.DEPART),
    State.ON_SITE: (Move.ASSIGN, Move.ACCEPT, Move.DEPART, Move.ARRIVE),
    State.DONE: (Move.ASSIGN, Move.ACCEPT, Move.DEPART, Move.ARRIVE, Move.FINISH),
    State.VERIFIED: (
        Move.ASSIGN, Move.ACCEPT, Move.DEPART, Move.ARRIVE, Move.FINISH, Move.VERIFY,
    ),
    State.CLOSED: (Move.ASSIGN, Move.ACCEPT, Move.DEPART, Move.ARRIVE, Move.FINISH, Move.CLOSE),
    State.WAITING: (Move.ASSIGN, Move.ACCEPT, Move.WAIT),
    State.DECLINED: (Move.ASSIGN, Move.DECLINE),
    State.REOPENED: (
        Move.ASSIGN, Move.ACCEPT, Move.DEPART, Move.ARRIVE, Move.FINISH, Move.REOPEN,
    ),
    State.CANCELLED: (Move.CANCEL,),
    State.DUPLICATE: (Move.DUPLICATE,),
}  # fmt: skip
"""How an order comes to stand in each state."""


def standing_in(state: State, by: Rules | None = None, **changes: Any) -> WorkOrder:
    """An order that came to a state by its usual road."""
    return moved(order(by, **changes), *ROADS[state], by=by)


def clock(held: WorkOrder, kind: ClockKind, run: int = 1) -> Clock:
    """One clock of an order."""
    return next(c for c in held.clocks if c.kind is kind and c.run == run)
