"""A drill's desk with its clock in our hands, for tests."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Protocol

import pytest

from console.drill.gather import Played, beginning_of, gathered
from console.drill.player import Player
from console.drill.start import make_sample
from console.drill.task import Task, cast_of
from store.commands.moves import MoveOrder
from store.domain.drill.script import Script
from store.domain.lifecycle import Move
from store.domain.who import Who
from store.queries.board import QueuePage
from store.queries.people import OperatorNamed, TechnicianBoard
from store.records import open_records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from console.drill.gather import Beginning
    from console.drill.news import News
    from store.queries.board import BoardLine
    from store.records import Records

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SPEED, MINUTES = 12.0, 12.0
QUIET = Script(name="quiet")
ME = Who(operator=1, via="test")


class Desk:
    """A drill's desk with its clock in our hands."""

    def __init__(self, folder: Path, script: Script, *, seed: int = 1) -> None:
        self.store = f"sqlite:///{folder / 'desk.db'}"
        self.records: Records = open_records(self.store, feed=False)
        self.task = Task(
            store=self.store,
            folder=str(folder),
            script=script,
            copied=False,
            language="en",
            speed=SPEED,
            seed=seed,
            began=AT,
            ends=AT + timedelta(minutes=MINUTES),
        )
        self.news: list[News] = []
        crew = self.records.ask(OperatorNamed(code="drill-crew"), who=ME, at=AT)
        self.ana = self.records.ask(OperatorNamed(code="desk"), who=ME, at=AT)
        self.begun: Beginning = beginning_of(self.records, AT)
        cast = cast_of(self.records, self.task, replace(crew, via="drill"))
        self.player = Player(self.records, cast, news=self.news.append)

    def play(self, minutes: float, *, sends: bool = False) -> None:
        """At its own moments, as fast as they can be computed; `sends` to have somebody sent."""
        until = AT + timedelta(minutes=minutes)
        while (at := self.player.next_at) <= until:
            self.player.play(at)
            if sends and self.player.down_until is None:
                self.send(at)

    def send(self, at: datetime) -> None:
        """Whoever of those at work has least to do goes to what nobody has."""
        for line in self.lines(at, "unassigned"):
            people = self.records.ask(TechnicianBoard(), who=self.ana, at=at)
            free = [one for one in people if one.state not in {"off", "break"} and one.on_shift]
            who = min(free, key=lambda one: (one.jobs, one.code)).code
            sent = MoveOrder(number=line.number, move=Move.ASSIGN, technician=who)
            self.records.do(sent, who=self.ana, at=at)

    def lines(self, at: datetime, queue: str = "all_open") -> tuple[BoardLine, ...]:
        return self.records.ask(QueuePage(queue=queue, limit=300), who=self.ana, at=at).lines

    def over(self) -> Played:
        """What it came to."""
        return gathered(self.records, self.task, self.begun, self.news, ended=self.task.ends)


class Begin(Protocol):
    """Begins a drill on a desk of its own."""

    def __call__(self, script: Script, seed: int = 1) -> Desk: ...


@pytest.fixture(scope="session")
def drill_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a drill's sample desk as it begins; not to be written to."""
    file = tmp_path_factory.mktemp("drill") / "desk.db"
    records = open_records(f"sqlite:///{file}", feed=False)
    make_sample(records, at=AT, language="en", speed=SPEED, seed=1)
    records.close()
    return file


@pytest.fixture
def begin(drill_made: Path, tmp_path: Path) -> Iterator[Begin]:
    """Begins drills, whose desks are closed afterwards."""
    desks: list[Desk] = []

    def begin_one(script: Script, seed: int = 1) -> Desk:
        own = tmp_path / f"drill-{len(desks)}"
        own.mkdir()
        shutil.copy(drill_made, own / "desk.db")
        desks.append(Desk(own, script, seed=seed))
        return desks[-1]

    yield begin_one
    for desk in desks:
        desk.records.close()
