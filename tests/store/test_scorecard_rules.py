"""Stars and gold engineers by rules that the desk sets: a month that is over keeps its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from store.commands import SetFigure
from store.commands.heard import RateOrder
from store.domain.dispatch.figure_honours import HONOURS
from store.domain.dispatch.figures import FIGURES, Figure, Figures
from store.domain.errors import BadInput
from store.domain.honours import rules_of
from store.domain.who import THE_DESK
from store.persistence.figures import figures_at, figures_of
from store.queries.scorecard import ScoreCards
from tests.store.desk import NINE, do, minutes, written
from tests.store.test_kpi_kept import worked_through

if TYPE_CHECKING:
    from store.queries.scorecard import Cards
    from store.records import Records

OCTOBER = datetime(2026, 10, 1, tzinfo=UTC)


def cards(records: Records, month: str, at: datetime) -> Cards:
    """What is told of a month at some time."""
    return records.ask(ScoreCards(month=month), who=THE_DESK, at=at)


def set_to(records: Records, figure: str, value: int | None, at: datetime) -> None:
    """Set one of the figures."""
    do(records, SetFigure(figure=figure, value=value), at=at)


def worked(records: Records, count: int) -> None:
    """So many orders done in September, each with a good answer."""
    for n in range(count):
        number = written(records, kind="lift", level="critical", at=minutes(60 * n))
        worked_through(records, number, at=60 * n)
        do(records, RateOrder(number=number, csat=5), at=minutes(60 * n + 250))


def test_a_month_that_is_over_keeps_the_rule_it_was_judged_by(records: Records) -> None:
    """What is set in October is of October on; while a month goes on, what is set counts."""
    worked(records, 4)
    september, october = NINE + timedelta(days=5), OCTOBER + timedelta(days=3)
    assert not any(card.star for card in cards(records, "2026-09", september).cards)
    set_to(records, "star_orders", 3, september)
    during = cards(records, "2026-09", september)
    assert [card.star for card in during.cards if card.closed] == [True]
    assert (during.rules.star_orders, during.other_now) == (3, False)
    set_to(records, "star_orders", 8, october)
    set_to(records, "star_orders", 9, october + timedelta(days=1))
    set_to(records, "gold_months", 6, october + timedelta(days=1))
    late = october + timedelta(days=9)
    after = cards(records, "2026-09", late)
    assert [card.star for card in after.cards if card.closed] == [True]
    assert (after.rules.star_orders, after.rules.gold_months, after.other_now) == (3, 3, True)
    now = cards(records, "2026-10", late)
    assert (now.rules.star_orders, now.rules.gold_months, now.other_now) == (9, 6, False)
    assert cards(records, "2026-08", late).rules == rules_of(Figures())


def test_gold_is_given_by_what_the_desk_has_set(records: Records) -> None:
    """Fewer orders are enough where the desk says so; what is not come to, is not."""
    worked(records, 4)
    at = NINE + timedelta(days=8)

    def gold(**told: int) -> list[bool]:
        for figure, value in told.items():
            set_to(records, figure, value, NINE)
        return [one.gold for one in cards(records, "2026-09", at).cards if one.closed]

    least = dict.fromkeys(("gold_content", "gold_first", "gold_in_time", "gold_back"), 0)
    assert gold(gold_orders=4, gold_answers=4, gold_months=1, **least) == [True]
    assert gold(gold_orders=5) == [False]
    assert gold(gold_orders=4) == [True]
    assert gold(gold_answers=5) == [False]


def test_as_it_was_is_as_it_was_read_then(records: Records) -> None:
    """Whatever was set, left as usual, and taken back since."""
    seen: list[tuple[datetime, Figures]] = []
    steps = (("star_orders", 4), ("star_answers", 1), ("star_orders", None), ("speed", 40))
    at = NINE
    for figure, value in (*steps, ("star_orders", 7), ("star_answers", 2)):
        with records.database.reading() as conn:
            seen.append((at, figures_of(conn)))
        set_to(records, figure, value, at)
        at += timedelta(hours=1)
    with records.database.reading() as conn:
        seen.append((at, figures_of(conn)))
        for when, figures in seen:
            assert figures_at(conn, when) == figures
        assert figures_at(conn, NINE - timedelta(days=99)) == Figures()


def test_what_may_be_set_has_its_bounds_and_its_usual(records: Records) -> None:
    """The published rule of before is what is usual."""
    usual = rules_of(Figures())
    assert (usual.star_orders, usual.star_answers) == (10, 3)
    assert (usual.gold_months, usual.gold_orders, usual.gold_answers) == (3, 30, 10)
    assert sorted(usual.gold_least.values()) == [0.85, 0.90, 0.90, 0.95]
    assert sorted(usual.gold_besides.values()) == [0.75, 0.90]
    assert set(HONOURS) < set(FIGURES)
    for figure, value in (("gold_content", 101), ("gold_months", 0), ("star_orders", 0)):
        with pytest.raises(BadInput):
            set_to(records, figure, value, NINE)
    assert replace(Figures(), star_orders=5) != Figures()
    assert all(Figure(one) in FIGURES for one in HONOURS)
