"""The two real files, whole: what the city says of its own requests, and the incidents' events."""

from __future__ import annotations

import pytest

from tests.bench.on_time import FILE, compared

pytestmark = pytest.mark.skipif(not FILE.exists(), reason="the real data is not beside the tree")


@pytest.mark.slow
def test_we_call_overdue_what_the_city_calls_overdue() -> None:
    """On every closed request with a target on which the city has a flag at all.

    46 have none: all of them were closed after their target, so we call them overdue. Requests
    without a target are ONTIME for the city; to us they promised nothing. Of the open ones 91 were
    on time on the day of the file, and are overdue on every later day.
    """
    assert compared() == {
        ("overdue", "OVERDUE", "Closed"): 4_594,
        ("in time", "ONTIME", "Closed"): 10_273,
        ("overdue", "", "Closed"): 46,
        ("no target", "ONTIME", "Closed"): 7_002,
        ("no target", "ONTIME", "Open"): 1_643,
        ("overdue", "OVERDUE", "Open"): 3_127,
        ("overdue", "ONTIME", "Open"): 91,
        ("overdue", "", "Open"): 12,
    }
