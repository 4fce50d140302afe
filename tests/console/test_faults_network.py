"""The line between a console's host and the database's is cut, loses, delays or swallows."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from store import clock
from store.commands.orders import NewOrder
from store.queries.card import Trace
from tests.console.faulty_desk import ANA, FAULT, console, faults, furnish, note
from tests.postgres import PgServer
from tests.wire import DESK, SERVER, wired

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from store.records import Records
    from tests.console.pty_desk import Desk
    from tests.wire import Wire

pytestmark = pytest.mark.slow
AWAY_S = 40.0
"""How long a console may take to notice or to recover on a busy machine."""
LOSSY_S = 120.0
"""A note takes twenty questions and answers, each of which may be sent again and again."""
KEY_S = 3.0
"""A key is painted in milliseconds; one that waited for the line would take longer than this."""


_FORGET = (
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
    f" WHERE datname = current_database() AND client_addr = '{DESK}'"
)


@pytest.fixture(scope="module")
def hosts() -> Iterator[tuple[Wire, PgServer]]:
    """A host for consoles, and one with a PostgreSQL server on it."""
    with wired() as wire:
        with wire.at_server():
            server = PgServer(known_as=SERVER)
            server.start()
        yield wire, server
        server.remove()


@dataclass
class Office:
    """A console on its own host, and the desk's store as it is seen beside the server."""

    wire: Wire
    records: Records
    desk: Desk

    def keys_go_on(self) -> None:
        """The cursor moves at once, whatever the line does, and back."""
        was = self._cursor()
        for key in "jk":
            self._moves_on(key, self._cursor())
        assert self._cursor() == was

    def _moves_on(self, key: str, before: object) -> None:
        self.desk.press(key)
        self.desk.until(lambda: self._cursor() != before, KEY_S)

    def hears(self) -> None:
        """An order that somebody else writes down comes to this console by itself."""
        self.records.do(NewOrder(title="Roof drips"), who=ANA, at=clock.now())
        self.desk.until(lambda: re.search(r"2 unassigned +3 ", self.desk.text()), AWAY_S)

    def sees_trouble(self) -> None:
        """It says that the store is away, and how old what it shows is; and shows it."""
        self.desk.sees("PostgreSQL unreachable", AWAY_S)
        self.desk.until(lambda: re.search(r"board \d+ s old", self.desk.text()), AWAY_S)
        assert "Pump leaks" in self.desk.text()
        self.keys_go_on()

    def types_into_it(self) -> None:
        """What is typed meanwhile waits."""
        note(self.desk, "kept words")
        self.desk.sees("this waits and is sent", AWAY_S)
        self.keys_go_on()

    def goes_on(self) -> None:
        """By itself: what waited is sent, once, and news come."""
        self.desk.sees("what waited was sent", AWAY_S)
        self.desk.sees("PostgreSQL ok", AWAY_S)
        self.hears()
        assert _notes(self.records) == ["kept words"]

    def _cursor(self) -> int | None:
        rows = enumerate(self.desk.screen.display)
        return next((place for place, row in rows if "│ > " in row), None)


def _notes(records: Records) -> list[str]:
    trace = records.ask(Trace(number=1), who=ANA, at=clock.now())
    return [entry.words["note"] for entry in trace if entry.fact == "noted"]


@pytest.fixture
def office(hosts: tuple[Wire, PgServer], tmp_path: Path) -> Iterator[Office]:
    """One at work, on a desk of its own."""
    wire, server = hosts
    with wire.at_server():
        name = server.create()
        url = server.url(name)
        with closing(furnish(url)) as records:
            with wire.at_desk():
                desk = console(url.replace("127.0.0.1", SERVER), tmp_path)
            with desk:
                desk.sees("Lift stuck")
                desk.sees("timers ok")
                yield Office(wire, records, desk)
                assert FAULT not in desk.text()
                assert b"Traceback" not in desk.raw
                assert desk.process.poll() is None
            assert faults(records) == []
        wire.mend()
        server.drop(name)


def test_a_cable_that_is_pulled(office: Office) -> None:
    """The console's own system knows at once that there is no way."""
    office.wire.plug(there=False)
    office.sees_trouble()
    office.types_into_it()
    office.wire.plug(there=True)
    office.goes_on()


def test_a_line_that_swallows_all(office: Office) -> None:
    """Nobody is told that nothing comes through: only what does not come back shows it."""
    office.wire.line.silent = True
    office.sees_trouble()
    office.types_into_it()
    office.wire.mend()
    office.goes_on()


def test_a_server_that_has_forgotten_its_connections(office: Office) -> None:
    """It let them go while nothing came through; the console still holds them for good ones."""
    office.wire.line.silent = True
    office.sees_trouble()
    with office.records.database.reading() as conn:
        assert conn.exec_driver_sql(_FORGET).scalar_one() > 0
    office.types_into_it()
    office.wire.mend()
    office.goes_on()


def test_a_line_that_loses_packets(office: Office) -> None:
    """Three of ten: slow, and with troubles that pass; what is typed is done, once."""
    office.wire.line.loss = 0.3
    office.keys_go_on()
    note(office.desk, "kept words")
    office.keys_go_on()
    office.desk.until(lambda: _notes(office.records) == ["kept words"], LOSSY_S)
    office.wire.mend()
    office.desk.sees("PostgreSQL ok", AWAY_S)
    office.hears()
    assert _notes(office.records) == ["kept words"]


def test_a_line_with_a_long_way(office: Office) -> None:
    """Four tenths of a second to and fro: everything comes later, and nothing is in trouble."""
    office.wire.line.delay_s = 0.2
    office.keys_go_on()
    note(office.desk, "kept words")
    office.desk.sees("noted on order 1", AWAY_S)
    office.keys_go_on()
    assert "unreachable" not in office.desk.text()
    assert _notes(office.records) == ["kept words"]
