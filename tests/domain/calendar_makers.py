"""Random calendars and instants, drawn near the days on which clocks go wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from store.domain.calendar import Calendar

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

TURNS: dict[str, tuple[str, ...]] = {
    "America/New_York": ("2026-03-08", "2026-11-01"),
    "Europe/Berlin": ("2026-03-29", "2026-10-25"),
    "Australia/Lord_Howe": ("2026-04-05", "2026-10-04"),
    "Asia/Shanghai": ("2026-10-10", "1991-09-15"),
    "America/Sao_Paulo": ("2018-02-18", "2018-11-04"),
    "Africa/Cairo": ("2023-04-28", "2023-10-27"),
    "Asia/Kathmandu": ("2026-01-01", "1986-01-01"),
    "Pacific/Apia": ("2011-12-30", "2012-04-01"),
    "Africa/Casablanca": ("2026-02-15", "2026-03-22"),
    "America/St_Johns": ("2006-04-02", "2006-10-29"),
    "UTC": ("2026-01-01",),
}
"""Zones, and days near which their clocks (or their calendars) turn."""


@st.composite
def windows(draw: st.DrawFn) -> list[list[str]]:
    """The windows of a day on quarter hours, some of them touching, some to 24:00."""
    marks = draw(st.lists(st.integers(0, 96), min_size=2, max_size=6, unique=True))
    clock = [f"{mark // 4:02}:{mark % 4 * 15:02}" for mark in sorted(marks)]
    return [clock[at : at + 2] for at in range(0, len(clock) - 1, 2)]


@st.composite
def desks(draw: st.DrawFn) -> tuple[dict[str, Any], datetime]:
    """A calendar's plain data, and an instant near a turn of its zone."""
    zone = draw(st.sampled_from(sorted(TURNS)))
    turn = datetime.fromisoformat(draw(st.sampled_from(TURNS[zone]))).replace(tzinfo=UTC)
    day_off = st.integers(-9, 9).map(lambda days: (turn + timedelta(days=days)).date().isoformat())
    worked = draw(st.lists(st.sampled_from(DAYS), min_size=1, max_size=7, unique=True))
    spec = {
        "zone": zone,
        "week": {day: draw(windows()) for day in worked},
        "holidays": draw(st.lists(day_off, max_size=4, unique=True)),
        "workdays": draw(st.dictionaries(day_off, st.just([]) | windows(), max_size=3)),
    }
    return spec, turn + timedelta(minutes=draw(st.integers(-4 * 1440, 4 * 1440)))


calendars = desks().map(lambda desk: (Calendar.parse(desk[0]), desk[1]))
"""A calendar, and an instant near a turn of its zone."""

spans = st.timedeltas(timedelta(), timedelta(days=40))
"""Durations down to the microsecond."""

moves = st.timedeltas(timedelta(days=-60), timedelta(days=60))
