"""Builds the sample desk: real requests moved to now, with everybody who looks after them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

from console.demo.besides import furnish_besides
from console.demo.heard import answer, is_planned
from console.demo.lives import SCENES, Lives
from console.demo.sample import before_now
from console.demo.staff import COLLEAGUE, RESTING, hire
from store.domain.lifecycle import STATES
from store.domain.replay import whole_ms
from store.domain.who import SYSTEM_OPERATOR, Who

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from console.demo.sample import Asked
    from store.domain.history import History
    from store.persistence.work import Work
    from store.records import Records

OPEN = 200
"""How many requests are still open."""
_AT_ONCE = 100
"""Lives that are thought of, or written down, before the store hears of us again."""
PROMISED_IN_MIN = (-35, -4, 3, 8, 45, 130, 300, 600)
"""When customers expect a call, in minutes from now."""
BUILDER = Who(operator=SYSTEM_OPERATOR, via="demo")


def make_desk(
    records: Records,
    *,
    at: datetime,
    language: str = "en",
    seed: int = 2015,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> int:
    """Put the sample desk beside whatever the store holds, all or nothing; how many orders."""
    at = whole_ms(at)
    dice = Random(seed)
    with records.work(who=BUILDER, at=at) as work:
        staff = hire(work, at=at, language=language, dice=dice)
        rules = {priority: work.rules_of(level) for priority, level in staff.levels.items()}
        lives = Lives(
            staff=staff, rules=rules, by=staff.colleague, at=at, language=language, dice=dice
        )
        going, over = _sorted_out(before_now())
        total = len(going) + len(over)
        histories: list[History] = []
        for asked, scene in zip(going, (*SCENES, *(None,) * len(going)), strict=False):
            made = lives.arranged(asked, scene) if scene else lives.present(asked)
            histories.append(made)
        for n, asked in enumerate(over):
            histories.append(lives.past(asked))
            if n % _AT_ONCE == 0:
                work.still_here()
                progress(len(histories), total)
        histories.sort(key=lambda history: history.order.opened_at)
        numbers: list[int] = []
        for start in range(0, len(histories), _AT_ONCE):
            numbers += work.add_many(histories[start : start + _AT_ONCE])
        open_ones = [n for n, h in zip(numbers, histories, strict=True) if not _over(h)]
        _promise(work, open_ones, dice)
        planned = [n for n, h in zip(numbers, histories, strict=True) if is_planned(h)]
        answer(work, planned, language=language)
        furnish_besides(work, open_ones, planned, language=language)
        for code, (state, minutes) in RESTING.items():
            since = at - timedelta(minutes=minutes)
            work.rest_technician(work.technician(code).id, state, since=since)
        work.settle_people()
    progress(total, total)
    return len(histories)


def _sorted_out(all_asked: list[Asked]) -> tuple[list[Asked], list[Asked]]:
    """The latest that the city had not closed by then go on; all others are over."""
    late = {1: 0.2, 2: 0.55, 3: 1.6, 4: 5.0}
    going: list[Asked] = []
    over: list[Asked] = []
    for asked in reversed(all_asked):
        unended = asked.closed is None or asked.closed > timedelta()
        fresh = -asked.opened < timedelta(days=late[asked.kind.priority])
        (going if unended and fresh and len(going) < OPEN else over).append(asked)
    return going, over


def _over(history: History) -> bool:
    return STATES[history.order.state].final


def _promise(work: Work, numbers: list[int], dice: Random) -> None:
    for number, minutes in zip(
        dice.sample(numbers, len(PROMISED_IN_MIN)), PROMISED_IN_MIN, strict=True
    ):
        work.promise_follow_up(number, due_at=work.at + timedelta(minutes=minutes))


def colleague(records: Records, at: datetime) -> Who:
    """The operator in whose name the replay acts."""
    from store.queries.people import OperatorNamed

    found = records.ask(OperatorNamed(code=COLLEAGUE, via="demo"), who=BUILDER, at=at)
    return replace(found, via="demo")
