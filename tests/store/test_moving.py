"""A desk goes from one kind of database to the other and back, whole or not at all."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from random import Random
from typing import TYPE_CHECKING

import pytest

from console.cli import main
from store.clock import monotonic
from store.commands import NewOrder
from store.domain.errors import StoreFilling, StoreHasDesk, StoreMoved, StoreTrouble
from store.domain.who import THE_DESK
from store.persistence import moving
from store.persistence.addresses import address, same_store
from store.persistence.database import address_of, connect
from store.persistence.rows_alike import summed, tables
from store.queries.doctor import ExamineDesk, ExamineOrders, NewestSeal
from store.records import open_records
from tests.budget import tries
from tests.console.wild_desk import live_wildly
from tests.store.desk import ANA, furnish, minutes
from tests.store.full_desk import counts, fill

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from store.persistence.moving import Compared

KILLS = tries(4, 12)


def _nothing() -> None:
    return None


def _moved(
    source: str, target: str, *, keep: bool = False, check: Callable[[], None] = _nothing
) -> tuple[Compared, ...]:
    with closing(connect(source)) as old, closing(connect(target)) as new:
        return moving.move(old, new, keep=keep, check=check)


def _sums(url: str) -> dict[str, tuple[int, str]]:
    with closing(connect(url)) as database, database.reading() as conn:
        return {table.name: summed(conn, table, database.kind) for table in tables()}


def _faults(url: str) -> list[object]:
    with closing(open_records(url, feed=False)) as records:
        page = records.ask(ExamineOrders(limit=10_000), who=ANA, at=minutes(3))
        return [*records.ask(ExamineDesk(), who=ANA, at=minutes(3)), *page.findings]


def test_every_table_is_filled_and_every_row_arrives(tables_url: str, other_url: str) -> None:
    """Hostile text, fractions, numbers below zero and rows that refer to later ones."""
    with closing(open_records(tables_url, feed=False)) as records:
        fill(records)
        with records.database.reading() as conn:
            assert [name for name, count in counts(conn).items() if not count] == []
    before = _sums(tables_url)
    _moved(tables_url, other_url)
    assert _sums(other_url) == before
    assert _sums(tables_url) == before, "the old store is as it was"


def test_a_moved_desk_is_sound_and_goes_on(tables_url: str, other_url: str) -> None:
    """Chains, seals, search and counters hold where it is; next numbers follow the old ones."""
    with closing(open_records(tables_url, feed=False)) as records:
        live_wildly(records, seed=3, steps=80)
        with records.work(who=THE_DESK, at=minutes(1)) as work:
            assert work.seal()
        furnish(records)
        last = records.do(NewOrder(title="last"), who=ANA, at=minutes(1)).numbers[0]
        head, seal = records.head(), records.ask(NewestSeal(), who=ANA, at=minutes(1))
    assert main(["db", "move", "--db", tables_url, "--to", other_url]) == 0
    assert _faults(other_url) == []
    with closing(open_records(other_url, feed=False)) as records:
        done = records.do(NewOrder(title="next"), who=ANA, at=minutes(2))
        assert done.numbers[0] > last
        assert done.seq > head
        assert records.ask(NewestSeal(), who=ANA, at=minutes(2)) == seal, "it is the same chain"
        with records.work(who=THE_DESK, at=minutes(2)) as work:
            assert work.seal(), "which goes on"
    assert _faults(other_url) == []


def test_whoever_writes_is_told_where_the_desk_went(tables_url: str, other_url: str) -> None:
    """Also a console that had it open all the time; reading goes on."""
    with closing(open_records(tables_url, feed=False)) as before:
        furnish(before)
        _moved(tables_url, other_url)
        with closing(open_records(tables_url, feed=False)) as after:
            for records in (before, after):
                with pytest.raises(StoreMoved) as told:
                    records.do(NewOrder(title="late"), who=ANA, at=minutes(1))
                assert str(records.database.url) not in told.value.text
                assert other_url.rpartition("/")[2] in told.value.text
                assert not records.database.may_write()
                assert records.head()


def test_a_kept_desk_goes_on_where_it_is(tables_url: str, other_url: str) -> None:
    """The other store is a copy that can be opened too."""
    with closing(open_records(tables_url, feed=False)) as records:
        furnish(records)
        _moved(tables_url, other_url, keep=True)
        assert records.do(NewOrder(title="next"), who=ANA, at=minutes(1)).numbers
    assert _faults(other_url) == []


def test_a_desk_is_never_moved_over_another(tables_url: str, other_url: str) -> None:
    """Nor is one that is there changed by it."""
    for url in (tables_url, other_url):
        with closing(open_records(url, feed=False)) as records:
            furnish(records)
    before = _sums(other_url)
    with pytest.raises(StoreHasDesk):
        _moved(tables_url, other_url)
    assert _sums(other_url) == before
    with closing(open_records(tables_url, feed=False)) as records:
        assert records.do(NewOrder(title="next"), who=ANA, at=minutes(1)).numbers


def test_a_copy_that_is_not_sound_is_not_opened(tables_url: str, other_url: str) -> None:
    """The desk stays where it is; found sound, the same move goes on, with what changed since."""
    with closing(open_records(tables_url, feed=False)) as records:
        live_wildly(records, seed=3, steps=20)
        furnish(records)

        def unsound() -> None:
            raise StoreTrouble(why="as it were")

        with pytest.raises(StoreTrouble, match="as it were"):
            _moved(tables_url, other_url, check=unsound)
        with pytest.raises(StoreFilling):
            open_records(other_url, feed=False)
        number = records.do(NewOrder(title="meanwhile"), who=ANA, at=minutes(1)).numbers[0]
        assert number
    before = _sums(tables_url)
    _moved(tables_url, other_url)
    assert _sums(other_url) == before
    assert _faults(other_url) == []


def test_text_that_the_other_cannot_keep_is_named(sqlite_url: str, postgres_url: str) -> None:
    """A NUL, which only a foreign program can have written: nothing is opened, nothing closed."""
    with closing(open_records(sqlite_url, feed=False)) as records:
        furnish(records)
        number = records.do(NewOrder(title="x"), who=ANA, at=minutes(1)).numbers[0]
        with records.database.writing() as conn:
            conn.exec_driver_sql("UPDATE work_order SET title = 'a' || char(0) || 'b'")
        with pytest.raises(StoreTrouble, match=f"work_order has text with a NUL.*: {number}$"):
            _moved(sqlite_url, postgres_url)
        with records.database.writing() as conn:
            conn.exec_driver_sql("UPDATE work_order SET title = 'ab'")
    before = _sums(sqlite_url)
    _moved(sqlite_url, postgres_url)
    assert _sums(postgres_url) == before


def _spelled_otherwise(url: str, folder: Path) -> str:
    """The same store as somebody else would type it."""
    if url.startswith("sqlite"):
        (folder / "by").mkdir(exist_ok=True)
        return f"{folder}/by/../{url.rpartition('/')[2]}"
    plain = url.replace("+psycopg", "").replace("paidan@", "")
    return plain + "?user=paidan&connect_timeout=9"


def test_a_move_goes_on_however_the_stores_are_spelled(
    tables_url: str, other_url: str, tmp_path: Path
) -> None:
    """Broken off under one spelling and begun again under another, before and after the end."""
    with closing(open_records(tables_url, feed=False)) as records:
        furnish(records)

    def broken() -> None:
        raise StoreTrouble(why="broken off")

    with pytest.raises(StoreTrouble, match="broken off"):
        _moved(tables_url, other_url, check=broken)
    again = [_spelled_otherwise(url, tmp_path) for url in (tables_url, other_url)]
    _moved(again[0], again[1])
    assert _sums(other_url) == _sums(tables_url)
    for source, target in ((tables_url, other_url), again):
        with pytest.raises(StoreMoved):
            _moved(source, target)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("postgresql://desk@db/p", "postgresql+psycopg://ops:secret@DB:5432/p?sslmode=require", 1),
        ("postgresql://a,b/p", "postgresql://b:5432,a:5432/p", 1),
        ("postgresql:///p?host=/run/pg", "postgresql:///p?host=/run/pg&port=5432", 1),
        ("postgresql://db/p", "postgresql://db/q", 0),
        ("postgresql://db/p", "postgresql://db:5433/p", 0),
        ("postgresql://db/p", "postgresql://db2/p", 0),
        ("postgresql://db/p", "p", 0),
        ("/a/b.db", "sqlite:////a/x/../b.db", 1),
        ("/a/b.db", "/a/B.db", 0),
    ],
)
def test_an_address_has_one_spelling(one: str, other: str, *, same: int) -> None:
    """Whoever comes there, and with what settings; a password stands in none."""
    told = [address(address_of(url)) for url in (one, other)]
    assert same_store(*told) is bool(same)
    assert "secret" not in "".join(told)


def _child(source: str, target: str) -> subprocess.Popen[bytes]:
    words = ["db", "move", "--db", source, "--to", target]
    return subprocess.Popen(
        [sys.executable, "-m", "console.cli", *words], stdout=subprocess.DEVNULL
    )


def test_a_move_that_is_killed_goes_on(
    tables_url: str, other_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whenever it is killed, there is never a half desk to open, nor are there two to write in."""
    with closing(open_records(tables_url, feed=False)) as records:
        live_wildly(records, seed=5, steps=tries(80, 150))
        furnish(records)
    before, dice = _sums(tables_url), Random(11)
    trial = f"sqlite:///{tmp_path / 'trial.db'}"
    began = monotonic()
    words = ["db", "move", "--keep", "--db", tables_url, "--to", trial]
    subprocess.run([sys.executable, "-m", "console.cli", *words], check=True, capture_output=True)
    whole = monotonic() - began
    for _ in range(KILLS):
        child = _child(tables_url, other_url)
        try:
            assert child.wait(whole * dice.uniform(0.2, 1)) == 0
            break
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        if _whole(tables_url, other_url):
            break
    else:
        assert _child(tables_url, other_url).wait() == 0
    assert _sums(other_url) == before
    assert _faults(other_url) == []


def _whole(source: str, target: str) -> bool:
    """Whether the target can be opened; then the other cannot be written in any more."""
    from store.persistence import migrate

    with closing(connect(target)) as database:
        standing = migrate.standing_of(database)
        if standing.version == 0 or standing.filled_from:
            return False
    with closing(connect(source)) as database:
        assert migrate.standing_of(database).moved_to
    return True
