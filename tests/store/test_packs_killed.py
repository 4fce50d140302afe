"""A month closed by processes that are killed anywhere in it: one pack, with the same figures."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from store.records import open_records
from tests.budget import tries
from tests.store.desk import furnish
from tests.store.test_packs import some_work


@pytest.mark.slow
def test_a_month_closed_by_the_killed_is_closed_once(tables_url: str) -> None:
    """`kill -9` before and after each word to the database; whoever starts again ends it."""
    records = open_records(tables_url, feed=False, zone="Asia/Shanghai")
    furnish(records)
    some_work(records)
    records.close()
    run = [sys.executable, "-m", "tests.store.pack_killers", tables_url, str(tries(3, 400))]
    ended = subprocess.run(run, capture_output=True, text=True, timeout=600, check=True)
    whole, *killed = [json.loads(line) for line in ended.stdout.splitlines()]
    assert [one[:2] for one in whole["left"]["packs"]] == [
        *(["daily", "2026-10-01"], ["monthly", "2026-09"], ["weekly", "2026-W40"]),
    ]
    assert whole["left"]["told"] == 3
    assert whole["left"]["timers"]
    assert len(killed) >= 5
    assert all(one["died"] for one in killed)
    for one in killed:
        assert one["left"] == whole["left"]
