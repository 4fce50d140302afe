"""Who looks after a customer, who speaks for him, and when he wants somebody to come."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.render_caller import caller_lines
from console.render_card import card_lines
from console.render_copy import copied_order
from store.commands import PromiseFollowUp
from store.commands.besides import CALL_FIRST, HOURS
from store.commands.care import SaveCare
from store.domain.errors import BadInput, NameUnknown
from store.domain.lifecycle import Move
from store.domain.visiting import Hours, hours_written, read_hours
from store.persistence.registers import KEPT
from store.queries.caller_card import CardOfCaller
from store.queries.card import OrderCard
from store.queries.customers import ShowCustomer
from tests.console.lines import said
from tests.store.desk import ANA, AT_NORTH, NINE, do, minutes, move, rows, written

if TYPE_CHECKING:
    from store.records import Records

CARE, CONTACT = KEPT["customer_care"], KEPT["contact"]
of_day = st.none() | st.integers(0, 24 * 60 - 1).map(lambda minute: minute * 60)


def test_a_team_has_a_lead_of_ours_and_a_representative_of_theirs(records: Records) -> None:
    """An operator or a technician; a person who is known by his number stays the same one."""
    do(records, SaveCare(customer="C1", lead="ana", representative="周经理 13800001111"))
    (kept,) = rows(records, CARE)
    (speaks,) = rows(records, CONTACT)
    assert (kept["lead_operator_id"], kept["lead_technician_id"]) == (3, None)
    assert (speaks["id"], speaks["customer_id"]) == (kept["contact_id"], kept["customer_id"])
    do(records, SaveCare(customer="C1", lead="T1", representative="周经理 13800001111"))
    (kept,) = rows(records, CARE)
    assert (kept["lead_operator_id"], kept["lead_technician_id"]) == (None, 1)
    assert len(rows(records, CONTACT)) == 1
    do(records, SaveCare(customer="C1", lead="", representative=""))
    (kept,) = rows(records, CARE)
    assert (kept["lead_technician_id"], kept["contact_id"]) == (None, None)
    with pytest.raises(NameUnknown):
        do(records, SaveCare(customer="C1", lead="nobody"))


def test_hours_and_calls_ahead_are_kept_apart(records: Records) -> None:
    """What is not named stays."""
    do(records, SaveCare(customer="C1", hours="before 10:00"))
    do(records, SaveCare(customer="C1", call_ahead=True))
    (kept,) = rows(records, CARE)
    assert (kept["from_s"], kept["to_s"], kept["call_ahead"]) == (None, 36000, True)
    do(records, SaveCare(customer="C1", hours=""))
    (kept,) = rows(records, CARE)
    assert (kept["from_s"], kept["to_s"], kept["call_ahead"]) == (None, None, True)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("before 10:00", (None, 36000)), ("after 14", (50400, None)),
        ("9:00-11:30", (32400, 41400)), ("22:00~6:00", (79200, 21600)),
        ("10点前", (None, 36000)), ("14:00以后", (50400, None)), ("下午两点后", (50400, None)),
        ("上午", None), ("25:00-26:00", None), ("before 9:75", None), ("9:00-9:00", None),
    ],
)  # fmt: skip
def test_hours_are_read_as_they_are_said(text: str, hours: tuple[int, int] | None) -> None:
    """In both languages; what is none is refused with an example."""
    if hours is None:
        with pytest.raises(BadInput):
            read_hours(text)
        return
    found = read_hours(text)
    assert (found.from_s, found.to_s) == hours


@given(of_day, of_day)
def test_what_is_written_is_read_again(first: int | None, last: int | None) -> None:
    """Whatever hours there are."""
    hours = Hours(from_s=first, to_s=last)
    if first is None or first != last:
        assert read_hours(hours_written(hours)) == hours


@given(of_day, of_day, st.integers(0, 24 * 3600 - 1))
def test_some_time_is_always_as_wanted(first: int | None, last: int | None, come: int) -> None:
    """Both bounds lie within; across midnight whatever lies outside the day between."""
    hours = Hours(from_s=first, to_s=last)
    at = datetime(2026, 9, 21, come // 3600, come // 60 % 60, come % 60, tzinfo=UTC)
    takes = hours.takes(at, "UTC")
    if first is not None and last is not None:
        inside = first <= come <= last if first <= last else not last < come < first
        assert takes is inside
    else:
        assert takes is ((first is None or come >= first) and (last is None or come <= last))


def test_who_sends_somebody_is_told_what_the_customer_wishes(records: Records) -> None:
    """Whom to call, and his hours unless the appointment lies within; others are told nothing."""
    speaks = "周经理 13800001111"
    do(
        records,
        SaveCare(customer="C1", representative=speaks, hours="before 10:00", call_ahead=True),
    )
    for appointment, told in ((None, True), (minutes(30), False), (minutes(120), True)):
        number = written(records, appointment_at=appointment)
        done = move(records, number, Move.ASSIGN, technician="T1")
        assert done.facts[CALL_FIRST] == [[number, "周经理  13800001111"]]
        assert done.facts.get(HOURS) == ([[number, "before 10:00"]] if told else None)
    done = move(records, written(records, customer="C2"), Move.ASSIGN, technician="T1")
    assert not done.facts.keys() & {CALL_FIRST, HOURS}


def test_cards_say_who_looks_after_a_customer(records: Records) -> None:
    """The order's and the caller's; and that an appointment is at another time than he wants."""
    do(records, SaveCare(customer="C1", lead="T3", representative="周经理", hours="before 10:00"))
    number = written(records, appointment_at=minutes(120))
    card = records.ask(OrderCard(number=number), who=ANA, at=NINE)
    lines = said(*card_lines(card, at=NINE, zone=None))
    assert "service team: Wang Fang" in lines
    assert "speaks for the customer: 周经理" in lines
    assert "! the appointment is at another time than the customer wants" in lines
    assert "wanted: before 10:00" in copied_order(card, at=NINE, zone=None)
    caller = records.ask(CardOfCaller(customer="C1"), who=ANA, at=NINE)
    assert caller is not None
    assert (caller.lead, caller.speaks) == ("Wang Fang", ("周经理",))
    assert "wants: before 10:00" in said(*caller_lines(caller, at=NINE, zone=None, cells=80))


def test_the_record_counts_what_was_done_for_a_customer(records: Records) -> None:
    """At the asker's sites alone: open ones, those that are done, visits that were made."""
    first, second, third = (written(records, customer="C1") for _ in range(3))
    written(records, customer="C1", site="S1")
    for after, step in enumerate((Move.ASSIGN, Move.ACCEPT, Move.DEPART, Move.ARRIVE, Move.FINISH)):
        told = {"technician": "T1"} if step is Move.ASSIGN else {}
        move(records, first, step, minutes(after), **told)
    move(records, second, Move.CANCEL, reason="mistake")
    do(records, PromiseFollowUp(number=third, due_at=minutes(60), note="回电"))
    for who, orders, still in ((ANA, 4, 3), (AT_NORTH, 3, 2)):
        sheet = records.ask(ShowCustomer(customer="C1"), who=who, at=minutes(9))
        assert sheet is not None
        assert (sheet.record.orders, sheet.record.open) == (orders, still)
        assert (sheet.record.done, sheet.record.visits) == (1, 1)
        assert [(one.number, one.note) for one in sheet.promises] == [(third, "回电")]
