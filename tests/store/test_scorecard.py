"""Score cards of a desk at work: as plain Python makes them of the rows, and who may see them."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from console.demo.generate import Wish, generate
from store.commands import SaveTechnician
from store.commands.heard import RateOrder
from store.commands.operators import SaveOperator
from store.domain.errors import BadInput, NameUnknown, NotAllowed, Refusal
from store.domain.scorecard import Measure
from store.domain.who import THE_DESK, Role, Scope, Who
from store.queries.scorecard import ScoreCards, ScoreOrders
from tests.store.desk import ANA, NINE, do
from tests.store.desks import a_desk
from tests.store.kpi_judge import Judge
from tests.store.scorecard_judge import Besides, look_at

if TYPE_CHECKING:
    from store.queries.scorecard import Cards
    from store.records import Records

ZONE = "Asia/Shanghai"
MONTH = "2026-08"
WEEK = 7 * 86_400_000


def _busy(records: Records) -> None:
    wish = Wish(orders=90, open=5, technicians=3, sites=2, weeks=8, seed=7)
    generate(records, wish, who=THE_DESK, at=NINE, add=True)
    records.reckon_on(at=NINE)
    for number in range(1, 96):
        try:
            do(records, RateOrder(number=number, csat=number % 5 + 1), who=Who(operator=2))
        except Refusal:
            continue


busy = a_desk(_busy)
"""A desk whose people have worked for some months, and some of whose customers answered."""


@pytest.fixture
def looked(busy: Records) -> Records:
    """Some of the work was inspected, twice here and there, had steps, and was praised."""
    look_at(busy)
    return busy


def cards(records: Records, month: str = MONTH, *, who: Who = ANA) -> Cards:
    return records.ask(ScoreCards(month=month, zone=ZONE), who=who, at=NINE)


def judged(records: Records, month: str) -> dict[str, dict[int, list[tuple[int, Any, Fraction]]]]:
    """Of each measure and technician the orders, with their strata and whether they are good."""
    with records.database.reading() as conn:
        judge = Judge(conn, NINE)
        besides = Besides(conn, judge)
    year, number = map(int, month.split("-"))
    place = ZoneInfo(ZONE)
    since = int(datetime(year, number, 1, tzinfo=place).timestamp() * 1000)
    ahead = datetime(year, number, 28, tzinfo=place) + timedelta(days=4)
    until = int(datetime(ahead.year, ahead.month, 1, tzinfo=place).timestamp() * 1000)
    found: dict[str, dict[int, list[Any]]] = {name: defaultdict(list) for name in Measure}
    for who, sheet in besides.sheets(since, until):
        found["inspected"][who].append(sheet)
    for order in judge.orders:
        told: dict[str, bool | Fraction | None] = {}
        kept = [
            one for k in ("respond", "arrive", "resolve") if (one := order[f"{k}_kept"]) is not None
        ]
        if order["closed"] is not None and since <= order["closed"] < until:
            told["not_returned"] = order["reopened"] == 0
            told |= besides.told(order)
            told["deadlines_kept"] = 0 not in kept if kept else None
            if order["first"] is not None and order["closed"] <= judge.at - WEEK:
                told["first_time_fix"] = order["first"] == 1 and judge.stays(order, 7)
        by = order["survey_by"]
        if order["survey"] == "answered" and order["csat"] and since <= by < until:
            told["csat"] = order["csat"] in (4, 5)
        for name, good in told.items():
            if good is not None and order["who"] is not None:
                stratum = (order["kind"].strip().casefold(), order["priority"])
                found[name][order["who"]].append((order["number"], stratum, good))
    return found


def fair(people: dict[int, list[tuple[int, Any, Fraction]]]) -> dict[int, tuple[float, ...]]:
    """Own, adjusted and fair share of each, in exact fractions until the end."""
    every = [one for mine in people.values() for one in mine]
    mean = Fraction(sum(good for _n, _s, good in every), len(every))
    spread = sum(((good - mean) ** 2 for *_, good in every), Fraction()) / len(every)
    rate: dict[Any, Fraction] = {}
    for stratum in {one[1] for one in every}:
        alike = [good for _n, other, good in every if other == stratum]
        rate[stratum] = Fraction(sum(alike), len(alike))
    found: dict[int, tuple[Fraction, Fraction]] = {}
    for who, mine in people.items():
        own = Fraction(sum(good for *_, good in mine), len(mine))
        expected = sum((rate[one[1]] for one in mine), Fraction()) / len(mine)
        found[who] = (own, min(max(own + mean - expected, Fraction(0)), Fraction(1)))
    total = len(every)
    among = total - Fraction(sum(len(mine) ** 2 for mine in people.values()), total)
    over = sum((len(people[who]) * (it - mean) ** 2 for who, (_o, it) in found.items()), Fraction())
    over -= (len(people) - 1) * spread
    told: dict[int, tuple[float, ...]] = {}
    for who, (own, moved) in found.items():
        drawn_by = Fraction(50)
        if over > 0 and among > 0 and spread > 0:
            drawn_by = min(drawn_by, spread * among / over)
        weight = len(people[who]) / (len(people[who]) + drawn_by)
        told[who] = (float(own), float(moved), float(weight * moved + (1 - weight) * mean))
    return told


def test_every_figure_is_what_plain_python_makes_of_the_rows(looked: Records) -> None:
    """Each with its orders, of two months; the mix differs, so something is adjusted."""
    busy, moved, seen = looked, 0, set[str]()
    for month in (MONTH, "2026-09"):
        told, wanted = cards(busy, month), judged(busy, month)
        for measure in Measure:
            by_id = {card.id: card for card in told.cards}
            assert {who for who, one in by_id.items() if measure in one.figures} == {
                who for who, mine in wanted[measure].items() if mine
            }
            if not wanted[measure]:
                assert measure not in told.group
                continue
            for who, (own, adjusted, drawn) in fair(wanted[measure]).items():
                card = by_id[who]
                one = card.figures[measure]
                assert (one.own, one.adjusted, one.fair) == pytest.approx((own, adjusted, drawn))
                asked = ScoreOrders(month=month, zone=ZONE, technician=card.code, measure=measure)
                rows = busy.ask(asked, who=ANA, at=NINE)
                assert list(rows) == sorted(number for number, *_ in wanted[measure][who])
                assert one.n == len(rows)
                moved += abs(one.own - one.adjusted) > 1e-6
                seen |= {measure} if 0 < one.own < 1 else set()
    assert moved
    assert seen >= {*Measure} - {Measure.NOT_BACK}
    praises = {card.code: card.praises for card in cards(busy, "2026-09").cards}
    with busy.database.reading() as conn:
        said = [v for v in Judge(conn, NINE).rows["voice"] if v["praise"] and not v["withdrawn"]]
    assert praises["T1"] == sum(v["technician_id"] == 1 for v in said) > 1


def test_who_has_no_order_has_no_figure_and_who_is_elsewhere_sees_none(busy: Records) -> None:
    """Never a hundred percent, nor a star; a site sees its own, a display on the wall nobody's."""
    do(busy, SaveTechnician(code="NEW", name="New Hand"))
    card = next(one for one in cards(busy).cards if one.code == "NEW")
    assert (card.figures, card.score, card.star, card.gold) == ({}, None, False, False)
    assert all(card.figures == {} and card.score is None for card in cards(busy, "2020-01").cards)
    do(busy, SaveTechnician(code="T1", name=None, home="N1"))
    with busy.database.reading() as conn:
        orders = {order["number"]: order for order in Judge(conn, NINE).orders}
    here = Who(operator=ANA.operator, scope=Scope(frozenset({orders[1]["site_id"]})))
    told = cards(busy, who=here)
    for card in told.cards:
        for measure in card.figures:
            asked = ScoreOrders(month=MONTH, zone=ZONE, technician=card.code, measure=measure)
            rows = busy.ask(asked, who=here, at=NINE)
            assert {orders[number]["site_id"] for number in rows} <= here.scope.sites  # type: ignore[operator]
            assert card.figures[measure].n == len(rows)
    do(busy, SaveOperator(code="wall", name="Wall", role="screen", everywhere=True))
    wall = Who(operator=5, role=Role.SCREEN)
    with pytest.raises(NotAllowed):
        cards(busy, who=wall)


def test_what_is_no_month_or_figure_is_refused(records: Records) -> None:
    """With what would be one."""
    for month in ("2026-13", "August", "2026-8", "9999-01"):
        with pytest.raises(BadInput):
            cards(records, month)
    asked = {"month": MONTH, "technician": "T1"}
    with pytest.raises(BadInput):
        records.ask(ScoreOrders(**asked, measure="luck"), who=ANA, at=NINE)
    wrong = {**asked, "technician": "T99"}
    with pytest.raises(NameUnknown):
        records.ask(ScoreOrders(**wrong, measure="csat"), who=ANA, at=NINE)
