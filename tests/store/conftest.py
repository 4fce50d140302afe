"""A small desk on each kind of database: two sites, two customers, three technicians."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.store.desks import a_desk

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def other_url(tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """An empty store of the other kind than `store_url`, or `tables_url`, has."""
    (one,) = {"store_url", "tables_url"}.intersection(request.fixturenames)
    if request.getfixturevalue(one).startswith("sqlite"):
        url: str = request.getfixturevalue("postgres_url")
        return url
    return f"sqlite:///{tmp_path / 'other.db'}"


records = a_desk()
"""An open store with a small desk in it, of each kind in turn."""
