"""The desk at a past moment equals what the board said at that moment, on both databases."""

from __future__ import annotations

import contextlib
import random
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from scheduler.runner import fire_due
from store.commands import (
    Acknowledge,
    EditOrder,
    NoteOrder,
    SaveLevel,
    ShelveAlarm,
    Undo,
    UnshelveAlarm,
)
from store.domain.errors import Refusal
from store.domain.lifecycle import Move
from store.domain.who import Scope
from store.persistence.journal import JOURNAL
from store.queries.answers import past_kept
from store.queries.answers.past_queues import HOLDS
from store.queries.board import QueueCounts, QueuePage
from store.queries.past import DeskThen
from store.queries.queues import QUEUES
from tests.budget import tries
from tests.store.desk import ANA, AT_SOUTH, NINE, do, minutes, move, rows, stored, written
from tests.store.test_commands_laws import MAKERS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from store.domain.who import Who
    from store.queries.board import BoardLine
    from store.queries.past import Then
    from store.records import Records

_UNSAID = {"key": None, "version": 0, "rings": 0, "alarm": None, "under": 0, "hands": 0}
"""What a past line does not tell of."""


def then(
    records: Records,
    at: datetime,
    *,
    who: Who = ANA,
    now: datetime | None = None,
    queue: str = "all_open",
) -> Then:
    """The desk as it stood, asked a week later unless told otherwise."""
    asked = DeskThen(then=at, queue=queue)
    return records.ask(asked, who=who, at=now or NINE + timedelta(days=7))


def board(
    records: Records, at: datetime, who: Who = ANA, of: Iterable[str] = QUEUES
) -> dict[str, Any]:
    """What the board says now: counts, the order of each of these queues, and every line."""
    pages = {
        name: records.ask(QueuePage(queue=name, limit=100), who=who, at=at).lines for name in of
    }
    return {
        "counts": dict(records.ask(QueueCounts(), who=who, at=at)),
        "queues": {name: [line.number for line in lines] for name, lines in pages.items()},
        "lines": {line.number: plain(line) for lines in pages.values() for line in lines},
    }


def past(records: Records, at: datetime, of: Iterable[str] = QUEUES) -> dict[str, Any]:
    """The same of a past moment."""
    pages = {name: then(records, at, queue=name) for name in of}
    return {
        "counts": dict(next(iter(pages.values())).counts),
        "queues": {name: [line.number for line in page.lines] for name, page in pages.items()},
        "lines": {line.number: plain(line) for page in pages.values() for line in page.lines},
    }


def plain(line: BoardLine) -> BoardLine:
    """A line without what is of the present alone; of an alarm only whether it stands."""
    return replace(line, **_UNSAID, severity=line.severity and 1)  # type: ignore[arg-type]


def differing(told: dict[str, Any], stood: dict[str, Any]) -> list[Any]:
    """What the past tells otherwise: counts, queues, then field by field."""
    odd = [(name, told[name], stood[name]) for name in ("counts", "queues")]
    found: list[Any] = [parts for parts in odd if parts[1] != parts[2]]
    for number, line in stood["lines"].items():
        other = told["lines"].get(number)
        found += [
            (number, name, getattr(other, name, None), getattr(line, name))
            for name in line.__slots__
            if getattr(other, name, None) != getattr(line, name)
        ]
    return found


@pytest.mark.parametrize("seed", range(tries(2, 12)))
def test_the_past_is_what_the_board_said(records: Records, seed: int) -> None:
    """After random days at the desk: queues, states, technicians, deadlines and alarms.

    At every third moment, and each day begins with another one; all that is open each time, and
    of the other queues some in turn.
    """
    dice = random.Random(seed)
    numbers = [written(records, priority=dice.randint(1, 4)) for _ in range(3)]
    at, said = NINE, dict[Any, dict[str, Any]]()
    apart, turns = tries(3, 1), tries(3, 1)
    for step in range(35):
        at += timedelta(minutes=dice.choice([1, 7, 45]), seconds=dice.randint(0, 59))
        if dice.random() < 0.1:
            numbers.append(written(records, priority=dice.randint(1, 4), at=at))
        command: Any = dice.choice(MAKERS)(dice, dice.choice(numbers), at)
        if isinstance(command, SaveLevel):  # past promises are judged by the levels of today
            command = Undo() if dice.random() < 0.7 else Undo(redo=True)
        with contextlib.suppress(Refusal):
            do(records, command, at=at)
        if dice.random() < 0.3:
            fire_due(records, at=at)
        if step % apart == seed % apart:
            queues = ["all_open", *[*QUEUES][len(said) % turns :: turns]]
            said[at] = board(records, at, of=dict.fromkeys(queues))
    for moment, stood in said.items():
        assert differing(past(records, moment, stood["queues"]), stood) == [], moment
    assert_steps_tell_the_same(records, dice, [*said], numbers)


def assert_steps_tell_the_same(
    records: Records, dice: random.Random, moments: list[datetime], numbers: list[int]
) -> None:
    """What one step leaves to the next changes nothing of the answer, whatever comes meanwhile."""
    near: Then | None = None
    now = NINE + timedelta(days=7)
    for step in range(24):
        at = dice.choice(moments) + timedelta(seconds=dice.choice([-90, -1, 0, 0, 1, 900]))
        if step % 8 == 7:
            at = now
            now += timedelta(minutes=7)
            with contextlib.suppress(Refusal):
                do(records, dice.choice(MAKERS)(dice, dice.choice(numbers), now), at=now)
            fire_due(records, at=now)
        told = records.ask(DeskThen(then=at, near=near), who=ANA, at=now)
        assert told == then(records, at, now=now), (step, at)
        near = told


def test_much_news_of_few_orders_is_much_news(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A step looks at so many entries and no more: where there are more it keeps nothing."""
    monkeypatch.setattr(past_kept, "_MOST_NEWS", 3)
    other, mine = written(records), written(records, site="S1")
    move(records, mine, Move.CANCEL, minutes(5), reason="twice")
    near = then(records, minutes(5), who=AT_SOUTH, now=minutes(10))
    for at in range(11, 16):
        do(records, NoteOrder(number=other, text="more"), at=minutes(at))
    do(records, Undo(number=mine), at=minutes(20))
    asked = DeskThen(then=minutes(5), near=near)
    assert records.ask(asked, who=AT_SOUTH, at=minutes(30)).later == minutes(20)


def test_a_moment_tells_of_the_steps_around_it(records: Records) -> None:
    """So that a scrubber can go from one to the next; what was done then is told."""
    number = written(records)
    move(records, number, Move.ASSIGN, minutes(10), technician="T1")
    move(records, number, Move.CANCEL, minutes(30), reason="sold")
    found = then(records, minutes(20))
    assert (found.earlier, found.happened_at, found.later) == (
        minutes(10),
        minutes(10),
        minutes(30),
    )
    assert [(one.number, one.entry.fact) for one in found.happened] == [(number, "assigned")]
    assert [line.technician_code for line in found.lines] == ["T1"]
    gone = then(records, minutes(30))
    assert (gone.lines, gone.earlier, gone.later) == ((), minutes(10), None)
    assert [one.entry.fact for one in gone.happened] == ["cancelled"]
    assert then(records, minutes(40)).earlier == minutes(30)
    before = then(records, NINE - timedelta(minutes=1))
    assert (before.lines, before.earlier, before.later) == ((), None, NINE)


def test_a_shelf_is_told_of_like_the_board_told_of_it(records: Records) -> None:
    """Shelved, taken back, shelved after it was acknowledged, taken off, that taken back."""
    number = written(records)
    fire_due(records, at=minutes(20))
    shelf = ShelveAlarm(number=number, until=minutes(300), reason="part")
    steps = (shelf, Undo(), Acknowledge(numbers=(number,)), shelf, UnshelveAlarm(number=number))
    said, shelved = {}, {}
    for place, command in enumerate((*steps, Undo(), None)):
        at = minutes(30 + place if command else 310)
        fire_due(records, at=at) if command is None else do(records, command, at=at)
        page = records.ask(QueuePage(queue="all_open"), who=ANA, at=at)
        said[at] = [line.acknowledged for line in page.lines]
        shelved[at] = [line.shelved for line in page.lines]
    assert [*said.values()] == [[silent] for silent in (1, 0, 1, 1, 0, 1, 0)]
    assert [*shelved.values()] == [[there] for there in (1, 0, 0, 1, 0, 1, 0)]
    for at, silent in said.items():
        found = then(records, at)
        assert [line.acknowledged for line in found.lines] == silent, at
        assert [line.shelved for line in found.lines] == shelved[at], at
        assert [found.ringing, found.acknowledged] == [silent.count(False), silent.count(True)]
    other = written(records, at=minutes(310))
    fire_due(records, at=minutes(330))
    do(records, replace(shelf, number=other, until=minutes(400)), at=minutes(331))
    assert then(records, minutes(332)).acknowledged == 1


def test_what_came_back_by_an_undo_and_left_by_another_was_there(records: Records) -> None:
    """Its row says that it left at first, as if it had never come back."""
    number, copy = written(records), written(records)
    move(records, copy, Move.DUPLICATE, minutes(10), duplicate_of=number)
    do(records, Undo(), at=minutes(20))
    do(records, Undo(redo=True), at=minutes(30))
    seen = [[line.number for line in then(records, minutes(at)).lines] for at in (5, 15, 25, 35)]
    assert [sorted(lines) for lines in seen] == [[number, copy], [number], [number, copy], [number]]


def test_the_steps_lead_through_every_moment(records: Records) -> None:
    """From the newest to the first and back, whatever happened to several orders at once."""
    one, two = written(records), written(records, at=minutes(3))
    move(records, one, Move.ASSIGN, minutes(10), technician="T1")
    move(records, two, Move.ASSIGN, minutes(10), technician="T2")
    move(records, one, Move.ACCEPT, minutes(12))
    fire_due(records, at=minutes(200))
    move(records, two, Move.ACCEPT, minutes(240))
    moments = sorted({row["at"] for row in rows(records, JOURNAL) if row["number"]})
    back: list[datetime | None] = [minutes(300)]
    while back[-1] is not None:
        back.append(then(records, back[-1]).earlier)
    assert back[1:-1] == moments[::-1]
    on: list[datetime | None] = [NINE - timedelta(hours=1)]
    while on[-1] is not None:
        on.append(then(records, on[-1]).later)
    assert on[1:-1] == moments


def test_a_moment_to_come_is_now(records: Records) -> None:
    """Nobody is shown a present that is not."""
    written(records)
    found = then(records, NINE + timedelta(days=3), now=NINE + timedelta(hours=1))
    assert found.at == NINE + timedelta(hours=1)
    assert len(found.lines) == 1


def test_the_past_keeps_to_the_sites_of_the_asker(records: Records) -> None:
    """Neither an order that is elsewhere now, nor one that was elsewhere then."""
    came, went, other = written(records), written(records), written(records, site="S1")
    mine = replace(ANA, scope=Scope(frozenset({stored(records, came).site or 0})))
    do(records, EditOrder(number=came, fields={"site": "S1"}), at=minutes(10))
    do(records, EditOrder(number=went, fields={"site": "S1"}), at=minutes(10))
    do(records, EditOrder(number=came, fields={"site": "N1"}), at=minutes(20))
    seen = {
        at: [line.number for line in then(records, minutes(at), who=mine).lines]
        for at in (5, 15, 25)
    }
    assert seen == {5: [came], 15: [], 25: [came]}
    assert other in {line.number for line in then(records, minutes(15)).lines}
    told = then(records, minutes(15), who=mine)
    assert told.happened == ()
    near = DeskThen(then=minutes(15), near=then(records, minutes(15)))
    assert records.ask(near, who=mine, at=NINE + timedelta(days=7)) == told


def test_every_queue_can_be_told_of_the_past() -> None:
    """A new queue with a new condition says what that means for a line in hand."""
    assert {queue.where for queue in QUEUES.values()} <= HOLDS.keys()


def test_a_journal_that_means_nothing_is_counted(records: Records) -> None:
    """The others are shown all the same."""
    number, other = written(records), written(records)
    move(records, number, Move.ASSIGN, minutes(10), technician="T1")
    with records.database.writing() as conn:
        conn.exec_driver_sql(f"UPDATE journal SET body = '[1' WHERE number = {number}")
    found = then(records, minutes(5))
    assert ([line.number for line in found.lines], found.untold) == ([other], 1)
