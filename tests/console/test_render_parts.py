"""How work is told that goes over several shifts, in both languages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from console import i18n
from console.render_recommend import head_of, offer_row
from store.domain.dispatch.score import PARTS, Score
from store.queries.recommend import From, Person, Recommended

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
AN = Person(id=4, code="AN", name="An", begins_from=From.HOME, seen_at=None, stale=False)
ONE = Recommended(
    who=AN,
    after=None,
    arrive_at=NINE,
    start_at=NINE,
    done_at=NINE + timedelta(hours=26),
    margin=None,
    score=Score(**{**dict.fromkeys(PARTS, 0.0), "travel": 12.0}),
    slips=(),
    parts=2,
)
SAID: dict[str, tuple[str, str]] = {
    "en": (
        "there 09:00, in parts over 2 shifts, done 03-03 11:00",
        "in parts over 2 shifts; travel 12",
    ),
    "zh_CN": ("09:00 到场，分 2 个班次完成，03-03 11:00 完工", "分 2 个班次完成；路程 12"),
}


@pytest.mark.parametrize("language", SAID)
def test_long_work_is_told_with_its_shifts(language: str) -> None:
    """In the line of whoever may go, and in the list on the screen."""
    i18n.use(language)
    times, why = SAID[language]
    assert times in head_of(ONE, 1, UTC, at=NINE)[1][0]
    assert offer_row(ONE, 1, UTC, at=NINE).cells[-1] == why
