"""Stores made for measuring: fast, and the same as any other store."""

from __future__ import annotations

import json
import os
import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select, text

from console.beside import in_a_process
from console.cli import main
from console.demo.generate import NotEmpty, PastTooLong, Wish, WishUnclear, generate
from store.commands.orders import NewOrder
from store.domain.facts import Fact
from store.domain.history import Entry, History
from store.domain.replay import replay
from store.domain.who import Who
from store.persistence.journal import JOURNAL
from store.persistence.loading import TIMER
from store.persistence.mapping import CLOCK, ORDER, PAUSE, VISIT
from store.persistence.people_state import TECHNICIAN
from store.queries.board import QueueCounts, QueuePage
from store.queries.doctor import ExamineDesk, ExamineOrders
from store.queries.people import TechnicianBoard
from store.records import open_records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from store.queries.doctor import Finding
    from store.records import Records
    from tests.postgres import PgServer

AT = datetime(2026, 9, 21, 3, 20, tzinfo=UTC)
ME = Who(operator=2, via="test")
SMALL = Wish(orders=150, open=60, technicians=7, sites=12, weeks=12)


@contextmanager
def _open(url: str) -> Iterator[Records]:
    records = open_records(url, feed=False)
    try:
        yield records
    finally:
        records.close()


def _findings(records: Records, at: datetime = AT) -> list[Finding]:
    found, last = list(records.ask(ExamineDesk(), who=ME, at=at)), 0
    while (page := records.ask(ExamineOrders(after=last), who=ME, at=at)).last is not None:
        found += page.findings
        last = page.last
    return found


def _rows(records: Records, *, leave: frozenset[str] = frozenset()) -> dict[str, list[Any]]:
    found = {}
    with records.database.reading() as conn:
        for table in (ORDER, VISIT, PAUSE, CLOCK, TIMER, TECHNICIAN, JOURNAL):
            columns = [column for column in table.c if column.name not in leave]
            found[table.name] = list(conn.execute(select(*columns).order_by(*table.primary_key)))
        number = "rowid" if records.database.kind == "sqlite" else "number"
        words = text(f"SELECT {number}, CAST(doc AS text) FROM search ORDER BY 1")
        found["search"] = list(conn.execute(words))
    return found


@pytest.fixture
def other_url(tables_url: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A second empty store of the same kind."""
    if tables_url.startswith("sqlite"):
        yield f"sqlite:///{tmp_path / 'other.db'}"
        return
    server: PgServer = request.getfixturevalue("pg_server")
    name = server.create()
    yield server.url(name)
    server.drop(name)


def test_technicians_are_where_they_are_for_a_while(tables_url: str) -> None:
    """Since their visits say so, and the free ones since their last."""
    with _open(tables_url) as records:
        generate(records, SMALL, who=ME, at=AT)
        people = records.ask(TechnicianBoard(), who=ME, at=AT)
    assert [one.code for one in people if one.state_since in (None, AT)] == []


def test_what_is_copied_fast_is_what_the_slow_way_would_have_stored(
    tables_url: str, other_url: str
) -> None:
    """Each generated journal, told to another store through the usual door, gives the same rows."""
    with _open(tables_url) as fast, _open(other_url) as slow:
        generate(fast, SMALL, who=ME, at=AT, follow_ups=False)  # the slow way knows none
        generate(slow, Wish(orders=0, open=0, technicians=7, sites=12), who=ME, at=AT)
        with slow.work(who=Who(operator=2, via="generate"), at=AT) as work:
            work.add_many(_histories(fast))
        leave = frozenset({"id", "chain", "hash", "words", "body", "xid", "seq"})
        told, retold = _rows(fast, leave=leave), _rows(slow, leave=leave)
        told["journal"], retold["journal"] = (
            [row for row in rows["journal"] if row.number] for rows in (told, retold)
        )
        assert told == retold


def _histories(records: Records) -> list[History]:
    """Every order's journal as a history, as an import would bring it."""
    entries: dict[int, list[Entry]] = {}
    with records.database.reading() as conn:
        for row in conn.execute(select(JOURNAL).order_by(JOURNAL.c.seq)):
            if row.number is None:
                continue
            words = dict(row.words or {})
            words.pop("salt", None)
            body = {name: value for name, value in row.body.items() if name != "words"}
            fact = Fact(name=row.fact, body=body, words=words or None)
            entries.setdefault(row.number, []).append(Entry(at=row.at, by=row.by, fact=fact))
    return [
        History(order=replay(entry.fact for entry in told), entries=tuple(told))
        for _, told in sorted(entries.items())
    ]


def test_a_doctor_finds_nothing(tables_url: str) -> None:
    """Chains, replays, queue columns, timers and technicians, after a second helping too."""
    with _open(tables_url) as records:
        assert generate(records, SMALL, who=ME, at=AT) == 150
        assert generate(records, SMALL, who=ME, at=AT, add=True, batch=40) == 150
        assert _findings(records) == []
        assert records.ask(QueueCounts(), who=ME, at=AT)["all_open"] == 120


def test_the_same_wish_makes_the_same_store(tmp_path: Path) -> None:
    """A figure measured today can be measured again tomorrow: even the hashes are the same."""
    made = []
    for name in ("one", "two", "three"):
        seed = 2 if name == "three" else 1
        with _open(f"sqlite:///{tmp_path / name}.db") as records:
            generate(records, Wish(orders=120, open=40, seed=seed), who=ME, at=AT)
            rows = _rows(records)
            made.append([row for row in rows["journal"] if row.number] + rows["work_order"])
    assert made[0] == made[1]
    assert made[0] != made[2]


def test_every_queue_has_something_to_show(sqlite_url: str) -> None:
    """Overdue, at risk, waiting, unassigned; and seconds that tick."""
    with _open(sqlite_url) as records:
        generate(records, Wish(orders=400, open=400), who=ME, at=AT)
        counts = dict(records.ask(QueueCounts(), who=ME, at=AT))
        assert counts["all_open"] == 400
        finished = counts.pop("to_close")
        assert (finished, all(counts.values())) == (0, True), counts
        lines = records.ask(QueuePage(queue="all_open", limit=400), who=ME, at=AT).lines
        left = [(x.next_deadline - AT).total_seconds() for x in lines if x.next_deadline]
        assert sum(0 < seconds < 600 for seconds in left) >= 10


def test_the_past_is_past_and_its_numbers_follow_its_days(sqlite_url: str) -> None:
    """Nothing closes tomorrow; a later request has a higher number; two years are filled."""
    with _open(sqlite_url) as records:
        generate(records, Wish(orders=400, open=0, weeks=40), who=ME, at=AT)
        with records.database.reading() as conn:
            rows = conn.execute(select(*ORDER.c).order_by(ORDER.c.number)).all()
    assert max(row.progress_at for row in rows) <= AT
    opened = [row.opened_at for row in rows]
    assert opened == sorted(opened)
    assert {(AT - at).days // 7 for at in opened} == set(range(40))


def test_a_store_in_use_is_left_alone(sqlite_url: str) -> None:
    """Nobody wants a million made-up orders among his own."""
    with _open(sqlite_url) as records:
        generate(records, Wish(orders=5, open=5), who=ME, at=AT)
        with pytest.raises(NotEmpty):
            generate(records, SMALL, who=ME, at=AT)
        assert records.ask(QueueCounts(), who=ME, at=AT)["all_open"] == 5


@pytest.mark.parametrize(
    "wish", [Wish(orders=5, open=6), Wish(orders=5, open=-1), Wish(sites=0), Wish(technicians=0)]
)
def test_numbers_that_do_not_go_together_are_refused(sqlite_url: str, wish: Wish) -> None:
    """Before anything is written."""
    with _open(sqlite_url) as records:
        with pytest.raises(WishUnclear):
            generate(records, wish, who=ME, at=AT)
        assert records.ask(QueuePage(queue="all_open"), who=ME, at=AT).lines == ()


@pytest.mark.parametrize(("weeks", "year"), [(999_999_999, 2026), (104, 1), (104, 9999)])
def test_a_past_that_no_calendar_reckons_in_is_refused(
    sqlite_url: str, weeks: int, year: int
) -> None:
    """Before anything is written."""
    with _open(sqlite_url) as records:
        wish = Wish(orders=5, open=2, weeks=weeks)
        with pytest.raises(PastTooLong):
            generate(records, wish, who=ME, at=AT.replace(year=year))


def test_the_command_fills_a_store_and_says_so(
    sqlite_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """As one types it; a second time it refuses; no more are open than there are."""
    words = ["generate", "--orders", "60", "--open", "20", "--db", sqlite_url, "--json"]
    assert main([*words, "--at", "2026-09-21T03:20:00Z"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["orders"], said["open"]) == (60, 20)
    assert main(words) == 1
    assert "--add" in capsys.readouterr().err
    few = ["generate", "--orders", "9", "--db", sqlite_url, "--add", "--json"]
    assert main(few) == 0
    assert json.loads(capsys.readouterr().out)["open"] == 9


def test_two_processes_make_what_one_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From fifty thousand orders on one hashes while the other stores; nobody can tell."""
    made = []
    for least in (1, 10_000):
        monkeypatch.setattr("console.demo.generate.WORTH_A_PROCESS", least)
        with _open(f"sqlite:///{tmp_path / str(least)}.db") as records:
            generate(records, SMALL, who=ME, at=AT, batch=40)
            rows = _rows(records)
            made.append([row for row in rows["journal"] if row.number] + rows["work_order"])
    assert made[0] == made[1]


def test_what_a_second_process_makes_comes_in_order() -> None:
    """And what it raises is not taken for the end."""
    assert list(in_a_process(lambda: iter(range(100)))) == list(range(100))
    if threading.active_count() == 1:
        assert next(in_a_process(lambda: iter([os.getpid()]))) != os.getpid()
        with pytest.raises(RuntimeError, match="ended early"):
            list(in_a_process(lambda: (1 // n for n in (1, 0))))


def test_numbers_kept_for_a_store_are_given_to_nobody_else(tables_url: str) -> None:
    """A colleague who writes an order down meanwhile gets the next one."""
    with _open(tables_url) as records:
        with records.work(who=ME, at=AT) as work:
            kept = work.reserve(50)
        done = records.do(NewOrder(title="lift"), who=ME, at=AT)
        assert done.numbers[0] > max(kept)
        assert len(kept) == 50
