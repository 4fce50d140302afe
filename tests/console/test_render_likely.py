"""The lines of orders that a caller likely means: two of them can always be told apart."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.looks import width
from console.render_likely import finished, likely_lines, what_and_where
from store.domain.lifecycle import STATES, State
from store.domain.likely import Why
from store.queries.board import BoardLine, Key
from store.queries.likely import Likely

AT = datetime(2026, 9, 21, 1, 0, tzinfo=UTC)
AGO = AT - timedelta(hours=2, minutes=13)
_NOTHING: dict[str, Any] = dict.fromkeys(
    (
        *("wake_at", "next_deadline", "next_clock", "risk_at", "orphan_at", "follow_at", "site"),
        *("site_code", "customer_name", "technician_code", "technician_name", "severity"),
    )
)


def one(title: str, *, site: str = "", state: State = State.NEW, chased: int = 0) -> Likely:
    """An order of two hours ago."""
    line = BoardLine(
        key=Key(AT, 1),
        number=2176,
        version=1,
        title=title,
        priority=2,
        state=state,
        category=STATES[state].category,
        state_since=AGO,
        opened_at=AGO,
        reason="",
        rank_at=AT,
        site_name=site or None,
        acknowledged=False,
        **_NOTHING,
    )
    return Likely(line=line, why=Why.WORDS, chased=chased)


def shown(found: Likely, cells: int = 72) -> str:
    """Its line, as text."""
    (_head, line) = likely_lines([found], 0, at=AT, zone=UTC, cells=cells)
    return "".join(text for text, _tone in line)


@pytest.mark.parametrize(
    ("title", "site", "state", "said"),
    [
        ("Lift stuck", "Mill", State.NEW, "> #2176 Lift stuck · Mill  new, 2h13 ago, alike words"),
        (
            "Heat - Excessive / Insufficient, 74 Elmont St",
            "Dorchester",
            State.ON_SITE,
            "> #2176 Heat - Excessive …, 74 Elmont St · Dorchester  on site, 2h13 ago",
        ),
        (
            "Abandoned Vehicles, 544 Harvard St",
            "Greater Mattapan",
            State.DONE,
            "> #2176 Abandoned …, 544 Harvard St · Greater…  finished yesterday 22:47",
        ),
    ],
)
def test_an_address_and_a_place_are_seen(title: str, site: str, state: State, said: str) -> None:
    """At the width that the form has on the narrowest screen."""
    assert shown(one(title, site=site, state=state)) == said


@given(st.text(max_size=90), st.text(max_size=40), st.sampled_from(State), st.integers(0, 99))
def test_state_and_age_are_never_pushed_out(
    title: str, site: str, state: State, chased: int
) -> None:
    """However long the names are."""
    line = shown(one(title, site=site, state=state, chased=chased))
    over = finished(one(title, state=state).line, at=AT, zone=UTC)
    assert (over or f"{STATES[state].label}, 2h13 ago") in line
    assert (f", chased {chased}" in line) or not chased


@given(st.text(max_size=90), st.text(max_size=40), st.integers(20, 200))
def test_title_and_place_share_what_there_is(title: str, site: str, room: int) -> None:
    """Each has something of it, and both no more than all."""
    both = what_and_where(title, site, room)
    assert width(both) <= room
    if site.strip() and title.strip():
        assert both[-1][0]
