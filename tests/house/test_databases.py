"""The databases that the other tests stand on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest

from tests import postgres

if TYPE_CHECKING:
    from tests.postgres import PgServer


def _plain(url: str) -> str:
    return url.replace("+psycopg", "")


def test_each_test_has_an_empty_postgresql(postgres_url: str) -> None:
    """Otherwise one test would see another's rows."""
    with psycopg.connect(_plain(postgres_url)) as link:
        tables = link.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        assert tables.fetchone() == (0,)
        link.execute("CREATE TABLE left_behind ()")


def test_a_second_test_sees_nothing_of_the_first(postgres_url: str) -> None:
    """The table made above is in another database."""
    with psycopg.connect(_plain(postgres_url)) as link:
        found = link.execute("SELECT to_regclass('left_behind')").fetchone()
        assert found == (None,)


def test_a_killed_server_keeps_what_it_acknowledged(durable_pg: PgServer) -> None:
    """The kill tests mean nothing on a server that loses commits by itself."""
    url = _plain(durable_pg.url())
    with psycopg.connect(url, autocommit=True) as link:
        link.execute("CREATE TABLE kept (n int)")
        link.execute("INSERT INTO kept VALUES (7)")
        durable_pg.kill()
        with pytest.raises(psycopg.OperationalError):
            link.execute("SELECT 1")
    durable_pg.start()
    with psycopg.connect(url) as link:
        assert link.execute("SELECT n FROM kept").fetchone() == (7,)
        assert link.execute("SHOW fsync").fetchone() == ("on",)


def test_a_store_of_each_kind_is_offered(store_url: str) -> None:
    """The whole store suite runs on both."""
    assert store_url.startswith(("sqlite:///", "postgresql+psycopg://"))


def test_without_postgresql_a_stranger_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The SQLite half still says something."""
    monkeypatch.delenv("PAIDAN_REQUIRE_POSTGRES", raising=False)
    monkeypatch.setattr(postgres, "binaries", _none)
    with pytest.raises(pytest.skip.Exception, match="apt-get install postgresql"):
        next(postgres.running(durable=False))


def test_without_postgresql_the_gate_stays_shut(monkeypatch: pytest.MonkeyPatch) -> None:
    """A gate that skips lets the other half of the store rot."""
    monkeypatch.setenv("PAIDAN_REQUIRE_POSTGRES", "1")
    monkeypatch.setattr(postgres, "binaries", _none)
    with pytest.raises(postgres.PgMissing):
        next(postgres.running(durable=False))


def _none() -> None:
    raise postgres.PgMissing("no server (Debian: apt-get install postgresql)")
