"""The throw-away desk of a drill: made of the sample, or a copy, its promises so much shorter."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

from console.demo.sample import before_now
from console.demo.seats import SEAT
from console.demo.staff import RESTING, customer_code, hire, level_code, site_code
from console.drill.pool import DESK
from console.i18n import _
from store.commands.moves import MoveOrder
from store.commands.operators import SaveOperator
from store.commands.orders import NewOrder
from store.domain.dispatch.automatic import Mode
from store.domain.drill.faster import faster
from store.domain.lifecycle import Move
from store.domain.replay import whole_ms
from store.queries.automatic import ListAutomatic
from store.queries.levels import ListLevels
from store.queries.people import OperatorNamed, TechnicianBoard

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from store.domain.who import Who
    from store.records import Records

CREW = "drill-crew"
"""The operator in whose name technicians and customers act."""
SOURCE = "drill"
_ALL_LEVELS = 10_000
_ALWAYS = {
    "zone": "UTC",
    "week": {
        day: [["00:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    },
    "holidays": [],
    "workdays": {},
}
_ROADS: Sequence[tuple[Move, ...]] = (
    (),
    (),
    (Move.ASSIGN,),
    (Move.ASSIGN, Move.ACCEPT),
    (Move.ASSIGN, Move.ACCEPT),
    (Move.ASSIGN, Move.ACCEPT, Move.DEPART),
    (Move.ASSIGN, Move.ACCEPT, Move.DEPART, Move.ARRIVE),
    (Move.ASSIGN, Move.ACCEPT, Move.DEPART, Move.ARRIVE),
)
"""How far the orders have come that are open when the drill begins."""
_OLDEST_S = 1500.0
"""Of life: how long ago the first of them was asked for."""


def hurry(records: Records, *, speed: float, at: datetime) -> None:
    """Promise everything so many times sooner, around the clock; and send nobody by itself.

    Orders that are open keep the times they were promised; what starts anew runs faster. Who plays
    is scored for whom he sends: a copy of a desk that dispatches by itself does not do it for him.
    """
    levels = records.ask(ListLevels(limit=_ALL_LEVELS), who=DESK, at=at)
    modes = records.ask(ListAutomatic(), who=DESK, at=at)
    with records.work(who=DESK, at=at) as work:
        always = work.put_calendar("drill-always", _("Drill, round the clock"), _ALWAYS)[0]
        for level in levels:
            if level.policy is not None:
                work.put_level(level.code, level.name, always, faster(level.policy, speed))
        for line in modes:
            one = line.setting
            key = {"queue": one.queue, "view": one.view, "priority": one.priority}
            figures = {"margin": one.margin, "accept_s": one.accept_s}
            work.put_automatic(key, {"mode": Mode.OFF.value, **figures})


def crew_of(records: Records, at: datetime) -> Who:
    """The operator in whose name technicians and customers act, made where he is not there."""
    name = _("Technicians and customers (drill)")
    records.do(SaveOperator(code=CREW, name=name), who=DESK, at=at)
    return records.ask(OperatorNamed(code=CREW, via="drill"), who=DESK, at=at)


def make_sample(records: Records, *, at: datetime, language: str, speed: float, seed: int) -> None:
    """The sample's people and places, a player's seat, and a few orders under way."""
    at = whole_ms(at)
    oldest = at - timedelta(seconds=_OLDEST_S / speed) - timedelta(seconds=1)
    with records.work(who=DESK, at=oldest) as work:
        hire(work, at=at, language=language, dice=Random(seed))
        for code, (state, minutes) in RESTING.items():
            since = at - timedelta(minutes=minutes)
            work.rest_technician(work.technician(code).id, state, since=since)
    hurry(records, speed=speed, at=oldest)
    crew = crew_of(records, oldest)
    records.do(SaveOperator(code=SEAT, name=_("DRILL desk")), who=DESK, at=oldest)
    _begin_orders(records, crew, at=at, language=language, speed=speed, seed=seed)


def _begin_orders(
    records: Records, crew: Who, *, at: datetime, language: str, speed: float, seed: int
) -> None:
    dice = Random(f"start {seed}")
    asked = [one for one in before_now() if one.kind.priority > 1]
    people = [
        one.code
        for one in records.ask(TechnicianBoard(), who=crew, at=at)
        if one.state == "available" and one.on_shift
    ]
    chosen = dice.sample(people, len(_ROADS))
    steps: list[tuple[float, int, NewOrder | MoveOrder]] = []
    for number, (road, one) in enumerate(
        zip(_ROADS, dice.sample(asked, len(_ROADS)), strict=True), 1
    ):
        age = _OLDEST_S * (1 - (number - 1) / len(_ROADS)) * (1.0 if road else 0.1)
        call = NewOrder(
            title=one.title(language),
            priority=one.kind.priority,
            site=site_code(one.place),
            customer=customer_code(one.department),
            kind=one.kind.trade,
            level=level_code(one.kind.priority),
            source=SOURCE,
        )
        steps.append((age, number, call))
        for place, move in enumerate(road):
            sent = chosen[number - 1] if move is Move.ASSIGN else None
            later = age * (0.9 - 0.8 * place / len(road))
            steps.append((later, number, MoveOrder(number=0, move=move, technician=sent)))
    _done_in_turn(records, crew, steps, at=at, speed=speed)


def _done_in_turn(
    records: Records,
    crew: Who,
    steps: Sequence[tuple[float, int, NewOrder | MoveOrder]],
    *,
    at: datetime,
    speed: float,
) -> None:
    """Oldest first; the store gives the numbers."""
    numbers: dict[int, int] = {}
    for ago, mine, command in sorted(steps, key=lambda step: (-step[0], step[1])):
        then = at - timedelta(seconds=ago / speed)
        if isinstance(command, NewOrder):
            numbers[mine] = records.do(command, who=crew, at=then).numbers[0]
        else:
            records.do(replace(command, number=numbers[mine]), who=crew, at=then)
