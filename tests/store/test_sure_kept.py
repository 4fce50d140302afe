"""Intervals of what is kept, and a mean that looks no farther than somebody was watched."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from store.domain.effects import Effect
from store.domain.kpi.baseline import Change, change_of
from store.domain.kpi.intervals import of_counts, of_fall
from store.domain.who import THE_DESK
from store.persistence.reader import Reader
from store.queries.answers.effects import measured
from store.queries.kpi import Kpis
from store.queries.packs import SureFigures
from store.queries.period_json import period_from, period_plain
from tests.store.desk import NINE, minutes, written
from tests.store.test_baselines import LATER, history
from tests.store.test_kpi_kept import worked_through

if TYPE_CHECKING:
    from store.records import Records


def test_a_balance_and_a_fall_are_as_sure_as_what_they_are_of(records: Records) -> None:
    """Of what was opened and closed, and of repeats now and in the days before."""
    history(records, 24)
    late: dict[str, Any] = {
        "first": NINE.date() + timedelta(days=1),
        "last": NINE.date() + timedelta(days=1),
    }
    found = records.ask(SureFigures(**late), who=THE_DESK, at=LATER).figures
    before = records.ask(
        Kpis(first=NINE.date(), last=NINE.date(), names=("repeat_failure_rate",)),
        who=THE_DESK,
        at=LATER,
    ).figures[0]
    now = found["repeat_failure_rate"]
    assert now.value is not None
    assert before.value
    wanted = of_fall(round(now.value * now.n), now.n, round(before.value * before.n), before.n)
    assert wanted is not None
    assert found["repeat_failure_fall"].interval == pytest.approx(wanted)
    opened, closed = found["orders_opened"].n, found["orders_closed"].n
    assert closed >= 5
    assert found["created_closed_ratio"].interval == of_counts(opened, closed)


def test_a_mean_up_to_a_horizon_looks_no_farther_than_was_watched(records: Records) -> None:
    """It says so, is judged against none that looks farther, and what is kept says it, too."""
    history(records)
    open_ = written(records, at=minutes(20))
    at = minutes(20 + 3 * 1440)
    days: dict[str, Any] = {"first": NINE.date(), "last": NINE.date() + timedelta(days=2)}
    early = records.ask(SureFigures(**days), who=THE_DESK, at=at)
    short = early.figures["resolve_restricted_mean_s"]
    assert short.within_s == 3 * 86_400
    assert short.value is not None
    assert short.interval is not None
    assert 0 <= short.interval[0] <= short.value <= short.interval[1] <= short.within_s
    assert period_from(period_plain(early)) == early
    late = records.ask(SureFigures(**days), who=THE_DESK, at=at + timedelta(days=27))
    whole = late.figures["resolve_restricted_mean_s"]
    assert whole.within_s is None
    assert whole.value is not None
    assert whole.value > short.value
    assert change_of(short, whole) == (Change.NOT_JUDGED, None)
    assert change_of(whole, whole)[0] is Change.NONE_SEEN
    effect = Effect(measure=short.name, **days)
    with records.database.reading() as conn:
        reader = Reader(conn=conn, who=THE_DESK, at=at, kind=records.database.kind)
        assert measured(reader, effect).value is None
    worked_through(records, open_, at=20 + 3 * 1440)
    done = records.ask(SureFigures(**days), who=THE_DESK, at=at + timedelta(hours=9))
    assert done.figures["resolve_restricted_mean_s"].within_s is None
