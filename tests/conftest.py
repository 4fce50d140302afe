"""What every test may ask for: real databases of both kinds, fresh for each test."""

from __future__ import annotations

import gc
import signal
import sys
from typing import TYPE_CHECKING
from zlib import crc32

import pytest
from hypothesis import HealthCheck, settings

from tests import budget, compiled, warm
from tests.postgres import running
from tests.prepared import KINDS, Prepared, only_tables
from tests.rooms import files_in_memory

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.postgres import PgServer


# How long an example takes tells of the machine, not of the code.
settings.register_profile(
    "house",
    max_examples=budget.tries(50, 300),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("house")


def pytest_configure() -> None:
    """Where the files of tests lie is settled before the first one is made."""
    files_in_memory()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where several work, the longest files begin and the shortest end: nobody is left alone.

    Between them those that wait for a terminal or a server lie among those that compute.
    """
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: _turn(item.path))


LONG = {
    *("test_backups", "test_backups_broken_off", "test_chaos", "test_chinese"),
    *("test_cli_help", "test_doctor", "test_drill_play", "test_english"),
    *("test_every_action", "test_faults_clock", "test_faults_network", "test_finding"),
    *("test_input_methods", "test_kpi_besides", "test_kpi_departments", "test_kpi_judged"),
    *("test_moving", "test_past", "test_plan_command", "test_serve_answers"),
    *("test_serve_files", "test_serve_openssh", "test_shift_machine", "test_strangers"),
    "test_waiting",
}
"""Files that take a minute of the clock or more: begun late, one would be waited for alone."""


def _turn(file: Path) -> tuple[int, int]:
    room = {"house": 0, "domain": 2}.get(file.parent.name, 1)
    return 0 if file.stem in LONG else room, crc32(file.name.encode())


def pytest_collection() -> None:
    """All that is imported and collected stays: Python need not look through it as it grows."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Python looks for litter seldom, and never among the tests themselves and what they import.

    A console makes and leaves so much that a quarter of its tests' time went into that.
    """
    gc.enable()
    gc.set_threshold(50_000, 10, 10)
    _take_for_what_stays()


def _take_for_what_stays() -> None:
    gc.collect()
    _freeze()


_freeze = gc.freeze
_stays: list[bool] = []
"""Something once for each time that anybody has taken what there is for what stays."""


def _freeze_and_say() -> None:
    _stays.append(True)
    _freeze()


gc.freeze = _freeze_and_say  # to count what stays takes so long that each test would feel it


@pytest.fixture(scope="session", autouse=True)
def interruptible() -> None:
    """A shell that starts the tests in the background has all their children ignore Ctrl-C.

    And `nohup` has them ignore that a terminal goes away.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)


@pytest.fixture(scope="session", autouse=True)
def warm_starts() -> Iterator[None]:
    """What tests start of ours is forked from a template; not in the long run, nor elsewhere."""
    if budget.LONG or sys.platform != "linux":
        yield
        return
    with warm.warm():
        yield


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    """Desks share what was compiled for others; not in the long run."""
    if budget.LONG:
        yield
        return
    with compiled.statements_once(), compiled.sheets_once():
        yield


@pytest.fixture
def cold() -> Iterator[None]:
    """What this test starts begins with nothing: its start is what the test looks at."""
    with warm.cold():
        yield


@pytest.fixture(scope="module", autouse=True)
def collected() -> Iterator[None]:
    """What a file of tests leaves is gone before the next one begins."""
    yield
    gc.collect(1)  # what has stayed for long needs no look


@pytest.fixture(autouse=True)
def collecting() -> Iterator[None]:
    """No test leaves Python's collector off or things out of its sight: all the next would keep.

    A console that has stood for some seconds takes what there is then for what stays: there is more
    of it afterwards.
    """
    yield
    if _stays:
        _stays.clear()
        gc.unfreeze()
        _take_for_what_stays()
    was = gc.isenabled()
    gc.enable()
    assert was, "this test left the collector off"


@pytest.fixture(scope="session")
def pg_server() -> Iterator[PgServer]:
    """One PostgreSQL server for the whole run; quick, not durable."""
    yield from running(durable=False)


@pytest.fixture(scope="session")
def prepared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """Stores that many tests begin with."""
    folder = tmp_path_factory.mktemp("prepared")
    return Prepared(folder, lambda: request.getfixturevalue("pg_server"))


@pytest.fixture
def durable_pg() -> Iterator[PgServer]:
    """A server of one's own with fsync on, to stop, start and kill."""
    yield from running(durable=True)


@pytest.fixture(params=KINDS)
def tables_url(request: pytest.FixtureRequest, prepared: Prepared, tmp_path: Path) -> Iterator[str]:
    """Today's tables without a row, on each kind of database in turn: for whoever opens a desk.

    Whoever looks at how tables come to be begins with `store_url`, where there is nothing.
    """
    with prepared.copy(request.param, only_tables, tmp_path) as url:
        yield url


@pytest.fixture
def postgres_tables(prepared: Prepared, tmp_path: Path) -> Iterator[str]:
    """The same on PostgreSQL only."""
    with prepared.copy("postgresql", only_tables, tmp_path) as url:
        yield url


@pytest.fixture
def postgres_url(pg_server: PgServer) -> Iterator[str]:
    """An empty database of its own."""
    name = pg_server.create()
    yield pg_server.url(name)
    pg_server.drop(name)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A file that is not there yet."""
    return f"sqlite:///{tmp_path / 'desk.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest) -> str:
    """An empty store on each kind of database in turn; the server starts only when it is wanted."""
    wanted = {"sqlite": "sqlite_url", "postgresql": "postgres_url"}[request.param]
    url: str = request.getfixturevalue(wanted)
    return url
