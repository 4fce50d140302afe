"""Consoles in a terminal whose store goes away and comes back: nothing typed is lost or doubled."""

from __future__ import annotations

import os
import signal
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from store import clock
from store.queries.card import OrderCard, Trace
from store.records import open_records
from tests.console.faulty_desk import ANA, console, furnish, note

if TYPE_CHECKING:
    from pathlib import Path

    from store.records import Records
    from tests.console.pty_desk import Desk
    from tests.postgres import PgServer

AWAY_S = 40.0


def _notes(records: Records, number: int = 1) -> list[str]:
    trace = records.ask(Trace(number=number), who=ANA, at=clock.now())
    return [entry.words["note"] for entry in trace if entry.fact == "noted"]


def _type(desk: Desk, line: str, said: str = "Enter keeps this line") -> None:
    desk.press(":")
    desk.sees(" : ")
    desk.press(line)
    desk.sees(said)
    desk.press("\r")


def _first_held(*desks: Desk) -> Desk:
    """The one that waits for its operator; with two of them neither is read for long."""
    for _time in range(int(AWAY_S / 0.1)):
        for desk in desks:
            desk.read(0.05)
            desk.feed()
            if "waits for you" in desk.text():
                return desk
    raise AssertionError("\n".join(desk.text() for desk in desks))


def test_typed_lines_wait_in_order_with_keyed_ones(durable_pg: PgServer, tmp_path: Path) -> None:
    """A set is shown before it is done; the rest needs no key."""
    url = durable_pg.url(durable_pg.create())
    with closing(furnish(url)) as records, console(url, tmp_path, size=(140, 30)) as desk:
        desk.sees("Lift stuck", timeout=30)
        durable_pg.stop()
        desk.sees("unreachable", timeout=AWAY_S)
        _type(desk, "note . typed first")
        desk.sees("1 waits", timeout=AWAY_S)
        note(desk, "keyed second")
        desk.sees("2 wait", timeout=AWAY_S)
        _type(desk, "new Gate jammed", "write down “Gate jammed”")
        _type(desk, "p 1-4 2")
        desk.sees("4 wait", timeout=AWAY_S)
        desk.press("$")
        desk.sees("note 1 typed first", timeout=AWAY_S)
        desk.sees("p 1-4 2", timeout=AWAY_S)
        desk.press("\x1b")
        durable_pg.start()
        desk.sees("waits for you: $", timeout=AWAY_S)
        assert _notes(records) == ["typed first", "keyed second"]
        gate = records.ask(OrderCard(number=4), who=ANA, at=clock.now()).order
        assert (gate.title, gate.priority) != ("Gate jammed", 2)
        desk.press("$")
        desk.sees("changes 4 orders", timeout=AWAY_S)
        desk.press("\r")
        desk.sees("Enter does it", timeout=AWAY_S)
        desk.press("\r")
        desk.sees("nothing waits", timeout=AWAY_S)
        orders = [records.ask(OrderCard(number=n), who=ANA, at=clock.now()) for n in (1, 2, 3, 4)]
        assert [held.order.priority for held in orders] == [2, 2, 2, 2]


def test_a_killed_console_leaves_its_lines(durable_pg: PgServer, tmp_path: Path) -> None:
    """The next one holds them: edited, dropped or sent by keys, and gone only then."""
    url = durable_pg.url(durable_pg.create())
    with closing(furnish(url)) as records:
        with console(url, tmp_path) as desk:
            desk.sees("Lift stuck", timeout=30)
            durable_pg.stop()
            desk.sees("unreachable", timeout=AWAY_S)
            for words in ("first", "second", "third"):
                _type(desk, f"note . {words}")
            desk.sees("3 wait", timeout=AWAY_S)
            os.kill(desk.process.pid, signal.SIGKILL)
            desk.process.wait()
        durable_pg.start()
        with console(url, tmp_path) as desk:
            desk.sees("3 wait", timeout=AWAY_S)
            desk.press("$")
            desk.sees("note 1 first")
            desk.press("e")
            desk.sees(": note 1 first")
            os.kill(desk.process.pid, signal.SIGKILL)  # what is being edited is not lost with it
            desk.process.wait()
        with console(url, tmp_path) as desk:
            desk.sees("3 wait", timeout=AWAY_S)
            desk.press("$")
            desk.sees("note 1 first")
            desk.press("e")
            desk.sees(": note 1 first")
            desk.press(" edited\r")
            desk.sees("2 wait", timeout=AWAY_S)
            desk.press("$")
            desk.sees("note 1 second")
            desk.press("x\r")  # the second key is meant for what is marked then
            desk.sees("nothing waits", timeout=AWAY_S)
        assert _notes(records) == ["first edited", "third"]


@pytest.mark.parametrize("what", ["folder", "file"])
def test_a_database_that_is_put_back(tmp_path: Path, what: str) -> None:
    """Removed under a running console: what is done meanwhile comes with its return."""
    folder, gone = tmp_path / "disk", tmp_path / "gone"
    folder.mkdir()
    url = f"sqlite:///{folder / 'desk.db'}"
    furnish(url).close()

    def move(here: Path, there: Path) -> None:
        if what == "folder":
            here.rename(there)
            return
        there.mkdir(exist_ok=True)
        for file in here.glob("desk.db*"):
            file.rename(there / file.name)

    with console(url, tmp_path, size=(140, 30)) as desk:
        desk.sees("Lift stuck", timeout=30)
        move(folder, gone)
        note(desk, "keyed words")
        desk.sees("1 waits", timeout=AWAY_S)
        desk.sees("unreachable", timeout=AWAY_S)
        _type(desk, "note . typed words")
        desk.sees("2 wait", timeout=AWAY_S)
        move(gone, folder)
        desk.sees("what waited was sent", timeout=AWAY_S)
    with closing(open_records(url, feed=False)) as records:
        assert _notes(records) == ["keyed words", "typed words"]


def test_two_consoles_of_one_operator(durable_pg: PgServer, tmp_path: Path) -> None:
    """Each keeps what it was told in a file of its own; who comes second hears of the first."""
    url = durable_pg.url(durable_pg.create())
    with (
        closing(furnish(url)) as records,
        console(url, tmp_path) as one,
        console(url, tmp_path) as other,
    ):
        for desk in (one, other):
            desk.sees("Lift stuck", timeout=30)
        durable_pg.stop()
        for desk, priority in ((one, 2), (other, 3)):
            desk.sees("unreachable", timeout=AWAY_S)
            _type(desk, f"p . {priority}")
            desk.sees("1 waits", timeout=AWAY_S)
        files = sorted((tmp_path / "paidan").rglob("waiting/*.json"))
        assert len(files) == 2
        durable_pg.start()
        for desk in (one, other):
            desk.sees("PostgreSQL ok", timeout=AWAY_S)
        late = _first_held(one, other)
        late.press("$")
        late.sees("was changed by Ana")
        late.press("\r")
        late.sees("nothing waits", timeout=AWAY_S)
        trace = records.ask(Trace(number=1), who=ANA, at=clock.now())
        assert [entry.fact for entry in trace].count("prioritised") == 2
        held = records.ask(OrderCard(number=1), who=ANA, at=clock.now()).order
        assert held.priority == (2 if late is one else 3)
