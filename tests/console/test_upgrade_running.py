"""A desk is upgraded while people sit at it with the program of before."""

from __future__ import annotations

import re
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from console.overview import look
from console.seat import Seat
from store import clock
from store.commands import NoteOrder
from store.domain.errors import StoreTooNew
from store.domain.who import THE_DESK
from store.persistence import migrate, migrations
from store.queries.card import Trace
from store.queries.doctor import ExamineOrders
from store.records import open_records
from tests.console.faulty_desk import ANA, FAULT, console, faults, furnish, note
from tests.store.next_release import FOLLOWING, HEAD, release, with_one_more
from tests.store.winding import wind_back

if TYPE_CHECKING:
    from pathlib import Path

    from store.records import Records

AWAY_S = 40.0


def _notes(records: Records) -> list[str]:
    trace = records.ask(Trace(number=1), who=ANA, at=clock.now())
    return [entry.words["note"] for entry in trace if entry.fact == "noted"]


def _renewed(url: str, path: Path, monkeypatch: pytest.MonkeyPatch, **least: int) -> None:
    """The next release opens the store once."""
    with monkeypatch.context() as later:
        with_one_more(path / "chain", later)
        release(later, **least)
        open_records(url, feed=False).close()


@pytest.fixture
def newer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This process is of the next release, which lets nobody write who does not know it."""
    with_one_more(tmp_path / "chain", monkeypatch)
    release(monkeypatch, min_writer=HEAD + 1)


def test_a_console_of_before_reads_on_and_says_what_to_do(
    store_url: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """It opened the store when it could write it; nothing else would ever tell it."""
    furnish(store_url).close()
    with console(store_url, tmp_path) as desk:
        desk.sees("timers ok")
        request.getfixturevalue("newer")
        with closing(open_records(store_url, feed=False)) as records:
            assert migrate.standing_of(records.database).version == HEAD + 1
            records.do(NoteOrder(number=1, text="by the newer"), who=ANA, at=clock.now())
            desk.sees("read-only", timeout=AWAY_S)
            note(desk, "kept words")
            said = f"a newer paidan has renewed the store ({FOLLOWING}, this one knows {HEAD:04})"
            desk.until(lambda: said in re.sub(r"\s+", " ", desk.text()), AWAY_S)
            desk.sees("kept words")
            assert "Pump leaks" in desk.text()
            assert FAULT not in desk.text()
            assert _notes(records) == ["by the newer"]
            assert faults(records) == []


def test_a_program_of_before_writes_nothing_more(
    store_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither commands nor timers, from the very next transaction on."""
    with closing(furnish(store_url)) as old:
        _renewed(store_url, tmp_path, monkeypatch, min_writer=HEAD + 1)
        at = clock.now()
        with pytest.raises(StoreTooNew, match=f"{FOLLOWING}.*install that one"):
            old.do(NoteOrder(number=1, text="too old"), who=ANA, at=at)
        assert not old.database.may_write()
        assert _notes(old) == []
        with pytest.raises(StoreTooNew), old.work(who=THE_DESK, at=at):
            pass
        ran = subprocess.run(
            [sys.executable, "-m", "console.cli", "do", "note 1 ;x", "--db", store_url],
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 3
        assert "install that one here" in ran.stderr
        assert "Traceback" not in ran.stderr


def test_a_program_of_before_reads_no_more_what_it_would_misread(
    store_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its next look at the desk says so, as its next start would."""
    with closing(furnish(store_url)) as old:
        _renewed(store_url, tmp_path, monkeypatch, min_reader=HEAD + 1)
        seat = Seat(records=old, who=ANA, name="Ana", now=clock.now)
        for _ in range(2):
            with pytest.raises(StoreTooNew, match=f"{FOLLOWING}.*install that one"):
                look(seat)
        with pytest.raises(StoreTooNew):
            old.do(NoteOrder(number=1, text="too old"), who=ANA, at=clock.now())


def test_a_desk_of_the_first_release_is_upgraded_under_who_is_connected(store_url: str) -> None:
    """What he holds open keeps nobody waiting, and he reads on; he is not to write any more."""
    furnish(store_url).close()
    with closing(open_records(store_url, feed=False)) as held:
        with held.database.writing() as conn:
            wind_back(conn, to=1)
            conn.exec_driver_sql("UPDATE store_meta SET value = '1' WHERE name = 'min_writer'")
        titles = "SELECT title FROM work_order ORDER BY number"
        with held.database.reading() as conn:
            before = conn.exec_driver_sql(titles).scalars().all()
        with closing(open_records(store_url, feed=False)) as records:
            standing = migrate.standing_of(records.database)
            assert (standing.version, standing.min_writer) == (HEAD, migrations.MIN_WRITER)
            with held.database.reading() as conn:
                assert conn.exec_driver_sql(titles).scalars().all() == before
            records.do(NoteOrder(number=1, text="on we go"), who=ANA, at=clock.now())
            page = records.ask(ExamineOrders(), who=ANA, at=clock.now())
            assert (page.orders, page.findings) == (len(before), ())
