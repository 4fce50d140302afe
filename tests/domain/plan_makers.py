"""Rules and plans to test with, drawn and plain."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from store.domain.plan_rules import DAYS, read_rule
from store.domain.plans import Basis, Closed, Timing
from tests.builders import ALL_DAY, OFFICE

LONDON = ZoneInfo("Europe/London")
SHANGHAI = ZoneInfo("Asia/Shanghai")
ZONES = ("Europe/London", "Asia/Shanghai", "America/New_York", "Australia/Lord_Howe", "UTC")

START = date(2026, 1, 5)
"""A Monday."""

BEGUN = datetime(2026, 1, 1, tzinfo=UTC)


@st.composite
def rule_texts(draw: st.DrawFn) -> str:
    """RRULEs without an end that name a day now and then."""
    freq = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = [f"FREQ={freq}"]
    if draw(st.booleans()):
        parts.append(f"INTERVAL={draw(st.integers(1, 7))}")
    weekdays = st.lists(st.sampled_from(DAYS), min_size=1, max_size=4, unique=True)
    kind = draw(st.sampled_from(["plain", "weekdays", "counted", "monthdays", "months", "setpos"]))
    if kind == "weekdays" or (kind == "setpos" and freq in {"MONTHLY", "YEARLY"}):
        parts.append(f"BYDAY={','.join(draw(weekdays))}")
    if kind == "setpos" and freq in {"MONTHLY", "YEARLY"}:
        parts.append(f"BYSETPOS={draw(st.sampled_from([1, 2, -1]))}")
    if kind == "counted" and freq in {"MONTHLY", "YEARLY"}:
        place = draw(st.sampled_from([1, 2, 4, -1]))
        parts.append(f"BYDAY={place}{draw(st.sampled_from(DAYS))}")
    if kind == "monthdays" and freq != "WEEKLY":
        chosen = st.sampled_from([1, 15, 28, 31, -1])
        parts.append(f"BYMONTHDAY={','.join(map(str, draw(st.sets(chosen, min_size=1))))}")
    if kind == "months":
        months = draw(st.sets(st.integers(1, 12), min_size=1, max_size=4))
        parts.append(f"BYMONTH={','.join(map(str, months))}")
    if draw(st.booleans()) and freq == "WEEKLY":
        parts.append("WKST=SU")
    return ";".join(parts)


def timing(text: str = "daily", **changes: Any) -> Timing:
    """A plan at nine in London from the first Monday of 2026, on plain hours unless told."""
    plain: dict[str, Any] = {
        "start": START,
        "of_day": 9 * 3600,
        "zone": LONDON,
        "begin_at": BEGUN,
        "closed": Closed.KEEP,
    }
    return Timing(rule=read_rule(text), **(plain | changes))


@st.composite
def timings(draw: st.DrawFn, /, **fixed: Any) -> Timing:
    """Any plan by the calendar."""
    drawn: dict[str, Any] = {
        "start": draw(st.dates(date(2025, 6, 1), date(2026, 12, 31))),
        "of_day": draw(st.integers(0, 86_399)),
        "zone": ZoneInfo(draw(st.sampled_from(ZONES))),
        "hours": draw(st.sampled_from([OFFICE, ALL_DAY])),
        "closed": draw(st.sampled_from(Closed)),
        "lead": timedelta(minutes=draw(st.integers(0, 60 * 24 * 9))),
        "basis": Basis.SCHEDULED,
    }
    return timing(draw(rule_texts()), **(drawn | fixed))
