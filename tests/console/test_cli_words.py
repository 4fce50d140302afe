"""What a list on paper says of technicians."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from console.cli_words import technician_state
from store.queries.people import TechnicianLine

TWO = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
OFF = {"on_shift": False, "off_until": TWO}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "available"),
        (OFF, "off shift until 2026-03-02 14:00"),
        ({"on_shift": False}, "off shift"),
        ({**OFF, "state": "assigned"}, "assigned, off shift until 2026-03-02 14:00"),
        ({**OFF, "absent": True, "away_until": TWO}, "absent until 2026-03-02 14:00"),
        ({**OFF, "state": "off"}, "off duty"),
    ],
)
def test_the_list_says_who_is_off_shift_and_until_when(
    monkeypatch: pytest.MonkeyPatch, changes: dict[str, Any], said: str
) -> None:
    """Beside the order that he has."""
    monkeypatch.setattr("console.cli_table.local", lambda at: at.strftime("%Y-%m-%d %H:%M"))
    told: dict[str, Any] = {
        "id": 1,
        "code": "T1",
        "name": "Li",
        "phone": "",
        "state": "available",
        "state_since": None,
        "jobs": 0,
        "number": None,
        "title": None,
        "site_name": None,
        "on_shift": True,
        "absent": False,
        "away_until": None,
    }
    assert technician_state(TechnicianLine(**{**told, **changes})) == said
