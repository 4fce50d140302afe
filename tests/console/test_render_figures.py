"""The figures of the alarms stand in columns in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from console import i18n
from console.render_figures import figure_lines
from store.domain.timer_kinds import TIMERS
from store.queries.alarm_figures import AlarmRule

if TYPE_CHECKING:
    from collections.abc import Iterator

_EVERY = [kind.value for kind in TIMERS]


@pytest.fixture(params=["en", "zh_CN"])
def spoken(request: pytest.FixtureRequest) -> Iterator[str]:
    """Each language in turn."""
    i18n.use(request.param)
    yield request.param
    i18n.use("en")


def rule(kind: str, *, alarms: int = 7) -> AlarmRule:
    """What is known of one rule."""
    return AlarmRule(
        kind=kind,
        alarms=alarms,
        rings=alarms,
        acknowledged=1,
        waiting=0,
        lapsed=0,
        escalated=0,
        median_s=70.0,
        p90_s=4000.0,
        mean_s=100.0,
        operator_hours=3,
        rings_per_hour=2.0,
        cries_wolf=False,
    )


def _many() -> list[AlarmRule]:
    """Each rule with more alarms than the one before, from none to thousands."""
    return [rule(kind, alarms=place**4) for place, kind in enumerate(_EVERY)]


def test_every_rule_stands_in_its_columns_at_eighty(spoken: str) -> None:
    """The longest name does not push its figures aside, nor off the screen."""
    lines = figure_lines([rule(""), *_many()], days=7)
    rows = ["".join(text for text, _tone in line) for line in lines[-len(_EVERY) - 1 :]]
    assert len({cell_len(row) for row in rows}) == 1
    assert cell_len(rows[0]) <= 78
