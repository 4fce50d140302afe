"""Revisits: planned once, evenly, called from one list, and what each outcome leaves behind."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from scheduler.revisits import plan_due
from scheduler.runner import fire_due
from store.commands import NewOrder, PromiseFollowUp, SaveCustomer, SetFigure, Undo
from store.commands.erasing import ErasePerson
from store.commands.revisits import NoRevisits, PlanRevisits, RecordRevisit
from store.domain.calls import CallReason
from store.domain.errors import BadInput, OrderUnknown
from store.domain.lifecycle import Move
from store.domain.revisits import Standing
from store.domain.who import THE_DESK
from store.persistence.loading import ALARM, FOLLOW_UP
from store.persistence.mapping import ORDER
from store.persistence.revisits import REVISIT
from store.queries.calls import CallLine, Calls
from store.queries.checks import Check
from store.queries.doctor import ExamineDesk, ExamineOrders
from store.queries.review import Review
from store.queries.revisits import ListRevisits, RevisitLine, ShowRevisit
from store.records import open_records
from tests.store.desk import (
    ANA,
    AT_NORTH,
    AT_SOUTH,
    NINE,
    do,
    minutes,
    move,
    promises_kept,
    rows,
)

if TYPE_CHECKING:
    from datetime import datetime

    from store.records import Records

DAY = timedelta(days=1)
MONTH_OVER = NINE + timedelta(days=12)


def customers(records: Records, count: int, *, site: str = "N1", **more: Any) -> list[int]:
    """So many key customers, each with an order; the numbers of those."""
    numbers: list[int] = []
    for n in range(count):
        code = f"K{n}{site}"
        do(records, SaveCustomer(**{"code": code, "name": f"Key {n}", "tier": "key"} | more))
        numbers += do(records, NewOrder(title=f"pump {n}", site=site, customer=code)).numbers
    return numbers


def planned(records: Records, count: int = 1, *, months: int = 1, **more: Any) -> list[int]:
    """The same with their revisits of this month."""
    numbers = customers(records, count, **more)
    do(records, SetFigure(figure="revisit_key", value=months))
    assert plan_due(records, at=NINE) == count
    return numbers


def listed(records: Records, *, at: datetime = NINE, **more: Any) -> tuple[RevisitLine, ...]:
    """The revisits that are open, or those of a month."""
    return records.ask(ListRevisits(**more), who=more.pop("who", ANA), at=at)


def calls(records: Records, *, at: datetime) -> list[CallLine]:
    """Revisits among the calls of a moment."""
    found = records.ask(Calls(), who=ANA, at=at)
    return [call for call in found if call.why is CallReason.REVISIT]


def opens(records: Records, number: int) -> datetime:
    """When the revisit at an order can be called."""
    (row,) = rows(records, REVISIT, order_number=number)
    at: datetime = row["opens_at"]
    return at


def test_nobody_is_revisited_until_the_desk_says_how_often(records: Records) -> None:
    """An upgrade brings nobody calls."""
    customers(records, 2)
    assert plan_due(records, at=NINE) == 0
    with pytest.raises(NoRevisits):
        do(records, PlanRevisits())


def test_a_month_is_planned_once_and_evenly_over_its_working_days(records: Records) -> None:
    """Eight days are left of September's office hours; each call is a promise that rings."""
    numbers = planned(records, 20)
    held = rows(records, REVISIT)
    load = Counter(row["day"] for row in held)
    assert set(load.values()) == {2, 3}
    assert len(load) == 8
    assert plan_due(records, at=NINE + DAY) == 0
    assert len(rows(records, FOLLOW_UP)) == 20
    promises_kept(records, numbers)
    assert plan_due(records, at=NINE + timedelta(days=20)) == 20, "the next month has its own"


def test_two_that_plan_at_once_plan_it_once(records: Records) -> None:
    """Whoever loses the race finds what the other one has planned."""
    customers(records, 12)
    do(records, SetFigure(figure="revisit_key", value=1))
    others = [open_records(records.database.address, feed=False) for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(lambda one: plan_due(one, at=NINE), others))
    for one in others:
        one.close()
    assert sum(made) == 12
    assert len(rows(records, REVISIT)) == len(rows(records, FOLLOW_UP)) == 12
    load = Counter(row["day"] for row in rows(records, REVISIT))
    assert max(load.values()) - min(load.values()) <= 1


def test_others_are_revisited_as_often_as_their_tier_says(records: Records) -> None:
    """What was missed while nobody planned is made up in the month when somebody does."""
    planned(records, 1, months=3)
    later = NINE + timedelta(days=70)
    assert plan_due(records, at=later) == 0, "November is too soon"
    assert plan_due(records, at=NINE + timedelta(days=130)) == 1, "January makes December up"
    customers(records, 1, site="S1", tier="gold")
    assert plan_due(records, at=later) == 0
    do(records, SetFigure(figure="revisit_others", value=6))
    assert plan_due(records, at=later) == 1


def test_what_is_planned_is_no_sign_of_life(records: Records) -> None:
    """An order that nobody works on stays silent."""
    (number,) = customers(records, 1)
    do(records, SetFigure(figure="revisit_key", value=1))
    before = rows(records, ORDER, number=number)[0]["progress_at"]
    plan_due(records, at=NINE + DAY)
    assert rows(records, ORDER, number=number)[0]["progress_at"] == before


def test_it_is_called_on_its_day_and_rings_once_that_is_over(records: Records) -> None:
    """From then on it stands above the calls that fell due later."""
    (number,) = planned(records)
    move(records, number, Move.CANCEL, reason="sold")
    at = opens(records, number)
    (row,) = rows(records, REVISIT)
    assert calls(records, at=at - timedelta(minutes=1)) == []
    (call,) = calls(records, at=at)
    assert (call.number, call.period, call.customer) == (number, "2026-09", "Key 0")
    assert listed(records, at=at)[0].standing is Standing.DUE
    late = row["due_at"] + timedelta(minutes=1)
    do(records, PromiseFollowUp(number=number, due_at=late), at=NINE)
    fire_due(records, at=late)
    assert [alarm["kind"] for alarm in rows(records, ALARM, number=number)] == ["follow_up"]
    found = records.ask(Calls(), who=ANA, at=late)
    assert [one.why for one in found[:2]] == [CallReason.REVISIT, CallReason.PROMISED]
    assert listed(records, at=late)[0].standing is Standing.MISSED


def test_each_outcome_leaves_what_it_says(records: Records) -> None:
    """Content is over; something to do is an order, or a call; not reached comes again."""
    numbers = planned(records, 5)
    at = max(opens(records, number) for number in numbers)
    content, to_do, call, vain, refused = numbers
    do(records, RecordRevisit(number=content, outcome="content", note="all well"), at=at)
    done = do(records, RecordRevisit(number=to_do, outcome="to_do", note="door squeaks"), at=at)
    made = rows(records, ORDER, number=done.facts["other"])[0]
    before = rows(records, ORDER, number=to_do)[0]
    assert made["title"] == "door squeaks"
    assert (made["customer_id"], made["site_id"]) == (before["customer_id"], before["site_id"])
    do(records, RecordRevisit(number=call, outcome="to_do", note="send a quote", opens="call"),
       at=at)  # fmt: skip
    do(records, RecordRevisit(number=vain, outcome="no_answer"), at=at)
    do(records, RecordRevisit(number=refused, outcome="refused"), at=at)
    stood = {line.number: line.standing for line in listed(records, at=at, period="2026-09")}
    assert stood[content] is stood[to_do] is stood[call] is Standing.HELD
    assert stood[refused] is Standing.REFUSED
    (line,) = listed(records, at=at)
    assert (line.number, line.tries) == (vain, 1)
    assert line.next_at is not None
    assert line.next_at > at
    (quote,) = rows(records, FOLLOW_UP, number=call, done_at=None)
    assert (quote["kind"], quote["note"]) == ("call", "send a quote")
    with pytest.raises(BadInput):
        do(records, RecordRevisit(number=content, outcome="content"), at=at)
    promises_kept(records, numbers)
    assert records.ask(ExamineOrders(), who=THE_DESK, at=at).findings == ()
    assert records.ask(ExamineDesk(), who=THE_DESK, at=at) == ()


def test_what_came_of_it_is_taken_back_whole(records: Records) -> None:
    """The order that it opened is cancelled with it, and the revisit is open again."""
    (number,) = planned(records)
    at = opens(records, number)
    done = do(records, RecordRevisit(number=number, outcome="to_do", note="door squeaks"), at=at)
    do(records, Undo(entry=done.undo), at=at)
    assert rows(records, ORDER, number=done.facts["other"])[0]["state"] == "cancelled"
    assert listed(records, at=at)[0].standing is Standing.DUE


def test_whoever_calls_is_told_what_is_known(records: Records) -> None:
    """His last orders, what he was promised besides, and what the revisit before came to."""
    (number,) = planned(records)
    at = opens(records, number)
    do(records, RecordRevisit(number=number, outcome="content", note="fine"), at=at)
    do(records, PromiseFollowUp(number=number, due_at=at + DAY, note="quote"), at=at)
    plan_due(records, at=MONTH_OVER)
    (line,) = listed(records, at=MONTH_OVER)
    assert line.place is not None
    sheet = records.ask(ShowRevisit(number=number, place=line.place), who=ANA, at=MONTH_OVER)
    assert sheet is not None
    assert [order.title for order in sheet.orders] == ["pump 0"]
    assert [promise.note for promise in sheet.promises] == ["quote"]
    assert sheet.last is not None
    assert (sheet.last.period, sheet.last.outcome) == ("2026-09", "content: fine")


def test_an_office_sees_and_calls_its_own(records: Records) -> None:
    """Those of another site are not there."""
    (number,) = planned(records)
    at = opens(records, number)
    assert len(records.ask(ListRevisits(), who=AT_NORTH, at=at)) == 1
    assert records.ask(ListRevisits(), who=AT_SOUTH, at=at) == ()
    with pytest.raises(OrderUnknown):
        do(records, RecordRevisit(number=number, outcome="content"), who=AT_SOUTH, at=at)


def test_the_review_of_the_month_counts_them(records: Records) -> None:
    """Planned, held, missed and not wanted; who is not called by its end was missed."""
    numbers = planned(records, 4)
    at = opens(records, numbers[0])
    do(records, RecordRevisit(number=numbers[0], outcome="content"), at=at)
    do(records, RecordRevisit(number=numbers[1], outcome="refused"), at=at)
    do(records, RecordRevisit(number=numbers[2], outcome="content"), at=MONTH_OVER + DAY)
    span: dict[str, Any] = {
        "first": NINE.date().replace(day=1),
        "last": NINE.date().replace(day=30),
    }

    def sums(**more: Any) -> tuple[int, ...]:
        asked = Review(**span, zone="Asia/Shanghai", **more)
        found = records.ask(asked, who=ANA, at=MONTH_OVER + DAY).revisits
        return found.planned, found.held, found.missed, found.refused

    assert sums() == (4, 1, 2, 1)
    assert sums(customer="K0N1") == (1, 1, 0, 0)


def test_who_is_erased_is_called_no_more(records: Records) -> None:
    """What came of earlier calls stays as a figure, without its words."""
    numbers = planned(records, 2)
    at = opens(records, numbers[0])
    told = RecordRevisit(number=numbers[0], outcome="content", note="her cat is ill")
    do(records, told, at=at)
    for code in ("K0N1", "K1N1"):
        do(records, ErasePerson(customer=code, sure=code), at=at)
    stood = {line.number: line for line in listed(records, at=at, period="2026-09")}
    assert stood[numbers[0]].outcome == "content"
    assert stood[numbers[1]].standing is Standing.OFF
    assert plan_due(records, at=MONTH_OVER) == 0
    assert records.ask(ExamineOrders(), who=THE_DESK, at=at).findings == ()


def test_the_doctor_finds_one_that_nobody_promised(records: Records) -> None:
    """Put in behind the program's back."""
    (number,) = planned(records)
    assert records.ask(ExamineDesk(), who=THE_DESK, at=NINE) == ()
    (row,) = rows(records, REVISIT)
    with records.database.writing() as conn:
        more = {name: value for name, value in row.items() if name != "id"}
        conn.execute(REVISIT.insert().values(more | {"period": "2026-08"}))
    (found,) = records.ask(ExamineDesk(), who=THE_DESK, at=NINE)
    assert (found.check, found.facts["number"]) == (Check.REVISIT, number)


def test_minutes_are_kept(records: Records) -> None:
    """A revisit that is promised by hand is called as any other."""
    (number,) = customers(records, 1)
    do(records, PromiseFollowUp(number=number, due_at=minutes(60), kind="revisit 2026-09"))
    do(records, RecordRevisit(number=number, outcome="content"), at=minutes(61))
    assert rows(records, FOLLOW_UP, done_at=None) == []
