"""The sample desk: real requests moved to now, with something to see, and a day that goes on."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, text

from console.cli_parser import Parser
from console.commands_demo import add_parser
from console.demo.build import colleague, make_desk
from console.demo.kinds import DEPARTMENTS, KINDS, PLACES, TRADES
from console.demo.replay import Replay
from console.demo.sample import after_now, before_now, requests
from console.demo.staff import RESTING
from store import clock
from store.commands.contact import NoteOrder
from store.commands.moves import MoveOrder
from store.domain.lifecycle import State
from store.domain.who import Who
from store.persistence.mapping import ORDER
from store.queries.board import QueueCounts, QueuePage
from store.queries.doctor import ExamineDesk, ExamineOrders
from store.queries.ideas import ListIdeas
from store.queries.people import TechnicianBoard
from store.queries.projects import ListProjects
from store.queries.sop import ListProcedures
from store.records import Records, open_records
from tests.console.demo_lists import empty_lists

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from store.domain.intents import Command, Done
    from store.queries.board import BoardLine
    from store.queries.doctor import Finding

AT = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
ME = Who(operator=2, via="test")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a sample desk as it is at first."""
    path = tmp_path_factory.mktemp("demo") / "desk.db"
    with closing(open_records(f"sqlite:///{path}", feed=False)) as records:
        make_desk(records, at=AT, language="en")
    return path


@pytest.fixture
def desk(made: Path, tmp_path: Path) -> Iterator[Records]:
    """A sample desk of one's own."""
    shutil.copy(made, tmp_path / "desk.db")
    with closing(open_records(f"sqlite:///{tmp_path / 'desk.db'}", feed=False)) as records:
        yield records


def _lines(records: Records, at: datetime = AT, queue: str = "all_open") -> tuple[BoardLine, ...]:
    return records.ask(QueuePage(queue=queue, limit=400), who=ME, at=at).lines


def _findings(records: Records, at: datetime) -> list[Finding]:
    found, last = list(records.ask(ExamineDesk(), who=ME, at=at)), 0
    while (page := records.ask(ExamineOrders(after=last), who=ME, at=at)).last is not None:
        found += page.findings
        last = page.last
    return found


def _count(records: Records) -> int:
    with records.database.reading() as conn:
        return int(conn.execute(text("SELECT count(*) FROM work_order")).scalar_one())


def test_the_sample_is_real_and_whole() -> None:
    """Two thousand requests before now, hours of arrivals after it, nothing we cannot name."""
    assert 2_000 <= len(before_now()) <= 2_400
    assert len(after_now()) >= 100
    assert {one.type for one in requests()} <= KINDS.keys()
    assert {one.place for one in requests()} <= PLACES.keys()
    assert {one.department for one in requests()} <= DEPARTMENTS.keys()
    assert {kind.trade for kind in KINDS.values()} <= TRADES.keys()
    assert len({one.case for one in requests()}) == len(requests())


def test_a_desk_has_everything_that_a_newcomer_should_see(desk: Records) -> None:
    """Every queue has rows, and not so many that nobody would look."""
    counts = desk.ask(QueueCounts(), who=ME, at=AT)
    assert 150 <= counts["all_open"] <= 250
    assert all(counts.values()), counts
    assert counts["overdue"] < counts["all_open"] / 8
    assert counts["nobody_following"] < 12
    assert len(desk.ask(TechnicianBoard(), who=ME, at=AT)) == 24


def test_no_list_of_it_is_empty(desk: Records) -> None:
    """What a newcomer opens first has something in it, and none of it is late yet."""
    assert empty_lists(desk, ME, AT) == []
    box = desk.ask(ListIdeas(), who=ME, at=AT)
    assert (len(box.ideas), box.balance) == (2, 5_000)
    led = desk.ask(ListProcedures(), who=ME, at=AT)
    assert any(line.running for line in led)
    for line in desk.ask(ListProjects(), who=ME, at=AT):
        assert line.project.due_at is not None
        assert line.project.due_at > AT


def test_a_doctor_finds_nothing_wrong_with_it(desk: Records) -> None:
    """A made-up past obeys the same rules as a lived one."""
    assert _findings(desk, AT) == []


def test_within_the_first_minute_something_happens(desk: Records) -> None:
    """A promise breaks, an order is missed by everybody, and several count their last seconds."""
    due = [line.next_deadline - AT for line in _lines(desk) if line.next_deadline]
    soon = [left for left in due if left > timedelta()]
    assert min(soon) < timedelta(minutes=1)
    assert sum(left < timedelta(minutes=10) for left in soon) >= 5
    with desk.database.reading() as conn:
        kinds = conn.execute(
            text("SELECT kind FROM timer WHERE fired_at IS NULL AND aim_at BETWEEN :now AND :then"),
            {"now": int(AT.timestamp() * 1000), "then": int(AT.timestamp() * 1000) + 60_000},
        ).scalars()
        assert "orphan" in set(kinds)


def test_it_does_not_drown_a_newcomer_in_alarms(desk: Records) -> None:
    """What a desk missed hours ago was seen then; the first sweep rings for the latest only."""
    with desk.database.reading() as conn:
        due = conn.execute(
            text("SELECT count(*) FROM timer WHERE fired_at IS NULL AND aim_at <= :now"),
            {"now": int(AT.timestamp() * 1000)},
        ).scalar_one()
    assert 3 <= due <= 40


def test_nobody_is_in_two_places(desk: Records) -> None:
    """One visit under way for each technician, none for those who rest."""
    moving = [x for x in _lines(desk) if x.state in {State.EN_ROUTE, State.ON_SITE}]
    names = [line.technician_code for line in moving]
    people = {one.code: one for one in desk.ask(TechnicianBoard(), who=ME, at=AT)}
    scenes = 5  # arranged orders may share a technician with one another
    assert len(names) - len(set(names)) <= scenes
    assert {code: people[code].state for code in RESTING} == {
        code: state for code, (state, _minutes) in RESTING.items()
    }


def test_technicians_stand_where_they_are_since_their_last_step(desk: Records) -> None:
    """A desk at work, not one where everybody arrived the moment one looked."""
    people = desk.ask(TechnicianBoard(), who=ME, at=AT)
    since = [one.state_since for one in people]
    assert all(moment is not None and moment < AT for moment in since)
    assert len(set(since)) > len(since) / 2


def test_chinese_readers_get_a_chinese_desk(sqlite_url: str) -> None:
    """Titles, places and most names; the English desk has no Chinese character."""
    records = open_records(sqlite_url, feed=False)
    make_desk(records, at=AT, language="zh_CN")
    lines, people = _lines(records), records.ask(TechnicianBoard(), who=ME, at=AT)
    records.close()
    assert all(_is_chinese(line.title) for line in lines)
    assert all(_is_chinese(line.site_name or "") for line in lines)
    assert sum(_is_chinese(one.name) for one in people) >= 18


def test_english_readers_get_an_english_desk(desk: Records) -> None:
    """Nothing that they could not read."""
    said = [line.title + (line.site_name or "") for line in _lines(desk)]
    said += [one.name for one in desk.ask(TechnicianBoard(), who=ME, at=AT)]
    assert not any(_is_chinese(one) for one in said)
    assert "Wang Wei" in said


def _is_chinese(said: str) -> bool:
    return any("一" <= character <= "鿿" for character in said)


def _replay(records: Records, speed: float = 6.0) -> Replay:
    who = colleague(records, AT)
    return Replay(records, who=who, began=AT, language="en", speed=speed)


def _played(records: Records, minutes: float) -> int:
    """Let it play at its own moments, as fast as they can be computed."""
    replay, done = _replay(records), 0
    while replay.next_at <= AT + timedelta(minutes=minutes):
        done += replay.play(replay.next_at)
    return done


def test_real_arrivals_come_at_their_real_distances(desk: Records) -> None:
    """Six times as fast: what the city took in within half an hour arrives within five minutes."""
    before = _count(desk)
    _played(desk, 5)
    asked = [one for one in after_now() if one.opened <= timedelta(hours=0.5)]
    with desk.database.reading() as conn:
        rows = conn.execute(select(*ORDER.c).where(ORDER.c.number > before)).all()
    assert [row.external_id for row in rows] == [one.case for one in asked]
    assert [row.opened_at for row in rows] == [_ms(AT + one.opened / 6) for one in asked]


def _ms(at: datetime) -> datetime:
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


def test_technicians_get_on_with_their_work(desk: Records) -> None:
    """Orders move through their states, the desk neither empties nor drowns, all stays sound."""
    before = {line.number: line.state for line in _lines(desk)}
    assert _played(desk, 6) > 70
    then = AT + timedelta(minutes=6)
    after = {line.number: line.state for line in _lines(desk, then)}
    assert sum(after.get(number) is not state for number, state in before.items()) > 30
    assert 120 <= len(after) <= 260
    assert _findings(desk, then) == []


def test_the_same_day_can_be_played_again(made: Path, tmp_path: Path) -> None:
    """A demonstration that went wrong can be repeated."""
    states = []
    for name in ("one", "two"):
        shutil.copy(made, tmp_path / name)
        records = open_records(f"sqlite:///{tmp_path / name}", feed=False)
        _played(records, 1)
        states.append([(x.number, x.state, x.technician_code) for x in _lines(records)])
        records.close()
    assert states[0] == states[1]


def test_after_the_last_arrival_the_first_comes_again(desk: Records) -> None:
    """A console left open over lunch still has something to show."""
    replay = _replay(desk, speed=500)
    last = after_now()[-1].opened
    replay.play(AT + last * 1.2 / 500)
    with desk.database.reading() as conn:
        rows = conn.execute(
            select(ORDER.c.external_id).order_by(ORDER.c.number.desc()).limit(len(after_now()))
        ).scalars()
        known = list(rows)
    assert known[0] is None
    assert after_now()[-1].case in known


def test_a_lost_race_does_not_stop_the_day(desk: Records) -> None:
    """The newcomer may be faster than the colleague; she just goes on."""
    replay, took = _replay(desk), desk.do

    def outrun(command: Command, *, who: Who, at: datetime, key: str | None = None) -> Done:
        if isinstance(command, MoveOrder):
            took(NoteOrder(number=command.number, text="mine"), who=ME, at=at)
        return took(command, who=who, at=at, key=key)

    desk.do = outrun  # type: ignore[method-assign]
    assert sum(replay.play(AT + timedelta(seconds=6 * n)) for n in range(1, 6)) <= 2
    desk.do = took  # type: ignore[method-assign]
    assert sum(replay.play(AT + timedelta(seconds=6 * n)) for n in range(6, 11)) >= 4


def test_the_replay_ends_with_its_parent_and_clears_up(made: Path, tmp_path: Path) -> None:
    """However the console ends: the child's end of the pipe is closed, and the folder goes."""
    folder = tmp_path / "throw-away"
    folder.mkdir()
    shutil.copy(made, folder / "demo.db")
    store = f"sqlite:///{folder / 'demo.db'}"
    records, moved = open_records(store, feed=True), threading.Event()
    records.on_change(lambda _news: moved.set())
    began = clock.now() - timedelta(minutes=1)
    task = {"store": store, "began": began.isoformat(), "language": "en", "speed": 6}
    with subprocess.Popen(
        [sys.executable, "-m", "console.demo.replayer"], stdin=subprocess.PIPE, text=True
    ) as child:
        assert child.stdin is not None
        child.stdin.write(json.dumps({**task, "folder": str(folder)}) + "\n")
        child.stdin.flush()
        assert moved.wait(20)
        records.close()
        child.stdin.close()
        assert child.wait(30) == 0
    assert not folder.exists()


@pytest.mark.parametrize("speed", ["0", "-3", "fast", "1000"])
def test_a_speed_that_makes_no_sense_is_wrong_usage(speed: str) -> None:
    """Told by the parser, before anything is built."""
    parser = Parser(prog="paidan")
    add_parser(parser.add_subparsers(dest="command"))
    with pytest.raises(SystemExit) as ended:
        parser.parse_args(["demo", "--speed", speed])
    assert ended.value.code == 2
