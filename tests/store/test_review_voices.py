"""What a review lists of complaints and inspections is what plain Python finds in the rows."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from store.commands.corrective import DropAction
from store.commands.inspections import ActOnInspection, ScoreInspection
from store.commands.voices import AnswerComplaint, KeepComplaint, KeepPraise, WithdrawVoice
from store.domain.who import THE_DESK
from store.persistence.tables import metadata
from store.queries.kpi import Kpis
from store.queries.review import Review
from tests.store.desk import AT_NORTH, NINE, do, minutes, rows
from tests.store.inspected import closed, put_draw

if TYPE_CHECKING:
    from collections.abc import Callable

    from store.domain.who import Who
    from store.records import Records

VOICE, INSPECTION = metadata.tables["voice"], metadata.tables["inspection"]
PERIOD: dict[str, Any] = {"first": NINE.date(), "last": NINE.date() + timedelta(days=2)}
AT = NINE + timedelta(days=6)
SINCE = datetime.combine(PERIOD["first"], datetime.min.time(), tzinfo=UTC)
UNTIL = SINCE + timedelta(days=3)


def a_desk(records: Records) -> None:
    """Orders of two customers at two sites; complaints early, late, open and withdrawn."""
    dice = random.Random(5)
    numbers = [
        closed(records, at=20 * n, customer=f"C{1 + n % 2}", site="NS"[n % 2] + "1")
        for n in range(8)
    ]
    for n in range(16):
        told: dict[str, Any] = {"number": dice.choice(numbers)} if n % 3 else {"customer": "C1"}
        at = minutes(200 + dice.randint(0, 5 * 1440))
        about = dice.choice(["late", "late", "manner", "price"])
        if n % 5 == 4:
            do(records, KeepPraise(said="secret words", **told), at=at)
            continue
        do(records, KeepComplaint(said="secret words", about=about, **told), at=at)
        if n % 4 == 1:
            do(records, WithdrawVoice(voice=n + 1, reason="x"), at=at)
        elif n % 4:
            answer = AnswerComplaint(complaint=n + 1, told="secret words", whom="x")
            do(records, answer, at=at + timedelta(minutes=dice.randint(1, 4000)))
    for site in (1, 2):
        put_draw(records, tuple(numbers[site - 1 :: 2]), site=site, at=minutes(300))
    for inspection, scores in ((1, "44444"), (2, "11111"), (3, "41414"), (5, "22222"), (6, "4")):
        asked = ScoreInspection(inspection=inspection, scores=scores * (5 // len(scores)))
        do(records, asked, at=minutes(400))
    for inspection in (2, 3):
        act = ActOnInspection(inspection=inspection, problem="x", cause="design")
        do(records, act, at=minutes(410))
    do(records, DropAction(action=2, reason="x"), at=minutes(420))


def judged(records: Records, of: Callable[[dict[str, Any]], bool]) -> tuple[Any, Any, Any]:
    """What was complained of, what was answered latest, and the lowest scores, by hand."""
    mine = [
        one
        for one in rows(records, VOICE)
        if not one["praise"] and not one["withdrawn"] and SINCE <= one["received_at"] < UNTIL
        if of(one)
    ]
    counts = Counter(one["about"] for one in mine)
    late = []
    for one in mine:
        until = one["answered_at"] or one["over_at"] or AT
        if until > one["answer_by"]:
            seconds = int((until - one["answer_by"]).total_seconds())
            late.append((-seconds, one["id"], one["number"], one["answered_at"] is None))
    scored = [
        (one["total"] / 1000, one["id"])
        for one in rows(records, INSPECTION)
        if one["total"] is not None and one["total"] < 1000 and of(one)
    ]
    return dict(counts), sorted(late)[:5], sorted(scored)[:5]


def told(records: Records, who: Who = THE_DESK, **asked: Any) -> tuple[Any, Any, Any]:
    """The same of the store."""
    found = records.ask(Review(**PERIOD, **asked), who=who, at=AT)
    assert found.about is not None
    assert found.complaints is not None
    assert found.inspected is not None
    assert [one.complaints for one in found.about] == sorted(
        (one.complaints for one in found.about), reverse=True
    )
    return (
        {one.about: one.complaints for one in found.about},
        [(-one.late_s, one.id, one.number, one.answered_at is None) for one in found.complaints],
        [(one.score, one.id) for one in found.inspected],
    )


def test_complaints_and_inspections_are_those_of_the_rows(records: Records) -> None:
    """Of the desk, of one customer and of the sites in sight; the figures are of as many."""
    a_desk(records)
    whole = told(records)
    assert all(whole)
    assert any(open_ for *_rest, open_ in whole[1])
    assert whole == judged(records, lambda _: True)
    north = told(records, who=AT_NORTH)
    assert north == judged(records, lambda one: one["site_id"] == 1)
    his = told(records, customer="C2")
    orders = {row["number"] for row in rows(records, metadata.tables["work_order"], customer_id=2)}
    assert his == judged(
        records,
        lambda one: one["customer_id"] == 2 if "customer_id" in one else one["number"] in orders,
    )
    assert his != whole
    asked = Kpis(names=("complaints_received",), zone="UTC", **PERIOD)
    (figure,) = records.ask(asked, who=THE_DESK, at=AT).figures
    assert figure.n == sum(whole[0].values())
    found = records.ask(Review(**PERIOD), who=THE_DESK, at=AT)
    assert found.inspected is not None
    assert [one.id for one in found.inspected if one.acted] == [2]
    assert "secret" not in repr(found)


def test_a_month_without_any_lists_none(records: Records) -> None:
    """Neither what was said before nor after."""
    a_desk(records)
    days: dict[str, Any] = {"first": date(2026, 3, 1), "last": date(2026, 3, 31)}
    found = records.ask(Review(**days), who=THE_DESK, at=AT)
    assert (found.about, found.complaints, found.inspected) == ((), (), ())
