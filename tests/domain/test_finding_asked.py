"""A stretch of time between two ends that are said in different ways, asked at a moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from console.render_meant import times_meant
from store.domain.finding.asked import parse_asked
from store.domain.finding.parser import parse
from store.domain.finding.refusal import QueryUnclear
from store.domain.finding.stretches import Here

SHANGHAI = ZoneInfo("Asia/Shanghai")
FRIDAY = Here(at=datetime(2026, 11, 27, 4, tzinfo=UTC), zone=SHANGHAI)
"""At noon."""


@pytest.mark.parametrize(
    "text",
    [
        *("today..last-fri", "this-sat..today", "下周五..昨天", "今天..上周五"),
        *("2026-12-01..today", "today..2026-11-20", "next-week..2026-11-27", "今天..上周"),
    ],
)
def test_what_ends_before_it_begins_is_refused_where_it_stands(text: str) -> None:
    """It found nothing without a word, as if there were nothing."""
    for query in (f"漏水 opened:{text}", f"closed:today,{text}", f'not due:"{text}"'):
        parse(query)
        with pytest.raises(QueryUnclear) as refused:
            parse_asked(query, FRIDAY)
        place = query.index(text) + 1 - query.count('"') // 2
        assert refused.value.column == place
        said = str(refused.value)
        assert said == (
            f"column {place}: “{text}” ends before it begins; write the earlier time first"
        )


@pytest.mark.parametrize(
    "text",
    [
        *("opened:friday..monday", "opened:上周五..周三", "due:mon..fri", "opened:17:00..9:00"),
        *("opened:2026-12-20..01-10", "opened:2026-11-01..today", "opened:last-mon..yesterday"),
        *("opened:11-25..01-05", "due:today..friday", "x..y"),
    ],
)
def test_what_goes_on_from_its_begin_is_asked(text: str) -> None:
    """From Friday to Monday is a weekend, and in December the tenth of January is the next."""
    assert parse_asked(text, FRIDAY) == parse(text)


def test_a_filter_that_stands_says_that_its_time_is_none_now() -> None:
    """It was right when it was kept."""
    query = "opened:2026-11-01..yesterday"
    assert times_meant(query, at=FRIDAY.at, zone=SHANGHAI) == ("opened 11-01..11-26",)
    before = FRIDAY.at - timedelta(days=90)
    said = "“2026-11-01..yesterday” ends before it begins"
    assert times_meant(query, at=before, zone=SHANGHAI) == (said,)
