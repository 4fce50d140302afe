"""Fixtures of desks that are made once in a worker, and copied for each test."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from store.records import open_records
from tests.prepared import KINDS
from tests.store.desk import furnish

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from store.records import Records
    from tests.prepared import Prepared


def a_desk(
    *more: Callable[[Records], object], bare: bool = False, zone: str = "Asia/Shanghai"
) -> Any:
    """A fixture: an open store with the small desk in it, of each kind in turn, and with more.

    What `more` does is done once for many tests: it may write, and nothing else. A bare desk has
    nothing in it before.
    """

    def fill(url: str) -> None:
        records = open_records(url, feed=False, zone=zone)
        if not bare:
            furnish(records)
        for one in more:
            one(records)
        records.close()

    @pytest.fixture(params=KINDS)
    def desk(
        request: pytest.FixtureRequest, prepared: Prepared, tmp_path: Path
    ) -> Iterator[Records]:
        with prepared.copy(request.param, fill, tmp_path) as url:
            records = open_records(url, feed=False, zone=zone)
            yield records
            records.close()

    return desk
