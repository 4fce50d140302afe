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
from store.persistence import moving
from store.persistence.database import connect
from store.persistence.rows_alike import summed, tables
from store.queries.doctor import ExamineDesk, ExamineOrders
from store.records import open_records
from tests.console.wild_desk import live_wildly
from tests.store.desk import ANA, furnish, minutes
from tests.store.full_desk import counts, fill

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from store.persistence.moving import Compared

KILLS = 6


@pytest.fixture
def target_url(store_url: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """An empty store of the other kind."""
    if store_url.startswith("sqlite"):
        url: str = request.getfixturevalue("postgres_url")
        return url
    return f"sqlite:///{tmp_path / 'target.db'}"


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


def test_every_table_is_filled_and_every_row_arrives(store_url: str, target_url: str) -> None:
    """Hostile text, fractions, numbers below zero and rows that refer to later ones."""
    with closing(open_records(store_url, feed=False)) as records:
        fill(records)
        with records.database.reading() as conn:
            assert [name for name, count in counts(conn).items() if not count] == []
    before = _sums(store_url)
    _moved(store_url, target_url)
    assert _sums(target_url) == before
    assert _sums(store_url) == before, "the old store is as it was"


def test_a_moved_desk_is_sound_and_goes_on(store_url: str, target_url: str) -> None:
    """Chains, seals, search and counters hold where it is; next numbers follow the old ones."""
    with closing(open_records(store_url, feed=False)) as records:
        live_wildly(records, seed=3, steps=80)
        furnish(records)
        last = records.do(NewOrder(title="last"), who=ANA, at=minutes(1)).numbers[0]
        head = records.head()
    assert main(["db", "move", "--db", store_url, "--to", target_url]) == 0
    assert _faults(target_url) == []
    with closing(open_records(target_url, feed=False)) as records:
        done = records.do(NewOrder(title="next"), who=ANA, at=minutes(2))
        assert done.numbers[0] > last
        assert done.seq > head
    assert _faults(target_url) == []


def test_whoever_writes_is_told_where_the_desk_went(store_url: str, target_url: str) -> None:
    """Also a console that had it open all the time; reading goes on."""
    with closing(open_records(store_url, feed=False)) as before:
        furnish(before)
        _moved(store_url, target_url)
        with closing(open_records(store_url, feed=False)) as after:
            for records in (before, after):
                with pytest.raises(StoreMoved) as told:
                    records.do(NewOrder(title="late"), who=ANA, at=minutes(1))
                assert str(records.database.url) not in told.value.text
                assert target_url.rpartition("/")[2] in told.value.text
                assert not records.database.may_write()
                assert records.head()


def test_a_kept_desk_goes_on_where_it_is(store_url: str, target_url: str) -> None:
    """The other store is a copy that can be opened too."""
    with closing(open_records(store_url, feed=False)) as records:
        furnish(records)
        _moved(store_url, target_url, keep=True)
        assert records.do(NewOrder(title="next"), who=ANA, at=minutes(1)).numbers
    assert _faults(target_url) == []


def test_a_desk_is_never_moved_over_another(store_url: str, target_url: str) -> None:
    """Nor is one that is there changed by it."""
    for url in (store_url, target_url):
        with closing(open_records(url, feed=False)) as records:
            furnish(records)
    before = _sums(target_url)
    with pytest.raises(StoreHasDesk):
        _moved(store_url, target_url)
    assert _sums(target_url) == before
    with closing(open_records(store_url, feed=False)) as records:
        assert records.do(NewOrder(title="next"), who=ANA, at=minutes(1)).numbers


def test_a_copy_that_is_not_sound_is_not_opened(store_url: str, target_url: str) -> None:
    """The desk stays where it is; found sound, the same move goes on, with what changed since."""
    with closing(open_records(store_url, feed=False)) as records:
        live_wildly(records, seed=3, steps=20)
        furnish(records)

        def unsound() -> None:
            raise StoreTrouble(why="as it were")

        with pytest.raises(StoreTrouble, match="as it were"):
            _moved(store_url, target_url, check=unsound)
        with pytest.raises(StoreFilling):
            open_records(target_url, feed=False)
        number = records.do(NewOrder(title="meanwhile"), who=ANA, at=minutes(1)).numbers[0]
        assert number
    before = _sums(store_url)
    _moved(store_url, target_url)
    assert _sums(target_url) == before
    assert _faults(target_url) == []


def _child(source: str, target: str) -> subprocess.Popen[bytes]:
    words = ["db", "move", "--db", source, "--to", target]
    return subprocess.Popen(
        [sys.executable, "-m", "console.cli", *words], stdout=subprocess.DEVNULL
    )


def test_a_move_that_is_killed_goes_on(
    store_url: str, target_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whenever it is killed, there is never a half desk to open, nor are there two to write in."""
    with closing(open_records(store_url, feed=False)) as records:
        live_wildly(records, seed=5, steps=150)
        furnish(records)
    before, dice = _sums(store_url), Random(11)
    trial = f"sqlite:///{tmp_path / 'trial.db'}"
    began = monotonic()
    words = ["db", "move", "--keep", "--db", store_url, "--to", trial]
    subprocess.run([sys.executable, "-m", "console.cli", *words], check=True, capture_output=True)
    whole = monotonic() - began
    for _ in range(KILLS):
        child = _child(store_url, target_url)
        try:
            assert child.wait(whole * dice.uniform(0.2, 1)) == 0
            break
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        if _whole(store_url, target_url):
            break
    else:
        assert _child(store_url, target_url).wait() == 0
    assert _sums(target_url) == before
    assert _faults(target_url) == []


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
