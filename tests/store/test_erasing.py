"""Somebody is erased: nothing names him any more, and the journal's chain still verifies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.commands import NoteOrder, OfferHandover, PromiseFollowUp, RecordCall, SaveCustomer
from store.commands.care import SaveCare
from store.commands.contracts import DecideRenewal, SaveContract
from store.commands.erasing import ErasePerson
from store.domain.erasing import GONE, Traces
from store.domain.errors import BadInput, NameUnknown, NotAllowed
from store.queries.callers import CallersLike
from store.queries.card import OrderCard
from store.queries.customers import ShowCustomer
from store.queries.finding import FindOrders
from tests.store.desk import ANA, AT_NORTH, BO, NINE, do, minutes, written
from tests.store.erasing_desk import NAME, PHONE, faults, whole

if TYPE_CHECKING:
    from store.records import Records


@pytest.fixture
def told(records: Records) -> tuple[int, int]:
    """Two orders of a person, by herself and by her neighbour; her name stands everywhere."""
    do(records, SaveCustomer(code="P7", name=NAME, phone=PHONE, tags=(f"{NAME}的房",)))
    do(records, SaveContract(customer="P7", first="2026-01-01", last="2026-12-31"))
    do(records, DecideRenewal(customer="P7", outcome="lost", words=f"{NAME} 搬走"))
    do(records, SaveCare(customer="P7", representative="周大海 13944445555"))
    first = written(records, customer="P7", title=f"{NAME}家漏水", description=f"找 {NAME}")
    caller = {"caller": "周大海 13944445555", "description": "周大海说楼下也漏"}
    second = written(records, customer="P7", title="楼下漏水", **caller)
    do(records, NoteOrder(number=first, text=f"{NAME} 要发票"))
    do(records, PromiseFollowUp(number=first, due_at=minutes(90), note=f"回 {NAME}"))
    do(records, RecordCall(number=second, outcome="unhappy", note=f"{NAME} 不满"))
    do(records, OfferHandover(note=f"给 {NAME} 回电 138-5555-6666"))
    return first, second


def found(records: Records, text: str) -> list[int]:
    """Orders that are found by these words."""
    page = records.ask(FindOrders(text=text), who=ANA, at=minutes(5))
    return [line.number for line in page.lines]


def test_nothing_names_who_was_erased(records: Records, told: tuple[int, int]) -> None:
    """No table, no note, no journal; she is not found, and the orders stay."""
    before = whole(records)
    assert NAME in before
    assert PHONE in before
    assert faults(records) == []
    done = do(records, ErasePerson(customer="P7", sure="P7"), at=minutes(1))
    after = whole(records)
    for trace in (NAME, PHONE, "周大海", "13944445555", "138-5555-6666", "发票", "不满"):
        assert trace not in after, trace
    assert done.facts["orders"] == 2
    assert faults(records) == []
    assert found(records, NAME) == []
    assert found(records, "发票") == []
    assert found(records, "楼下漏水") == [told[1]]
    assert records.ask(CallersLike(text="5556666"), who=ANA, at=minutes(5)) == ()
    assert records.ask(CallersLike(text=NAME), who=ANA, at=minutes(5)) == ()
    card = records.ask(OrderCard(number=told[0]), who=ANA, at=minutes(5))
    assert card.order.title == f"{GONE}家漏水"
    sheet = records.ask(ShowCustomer(customer="P7"), who=ANA, at=minutes(5))
    assert sheet is not None
    assert (sheet.card.name, sheet.record.orders, sheet.people) == ("P7", 2, ())


def test_a_contact_goes_alone(records: Records, told: tuple[int, int]) -> None:
    """With the words of the orders that he called about, and no others."""
    sheet = records.ask(ShowCustomer(customer="P7"), who=ANA, at=NINE)
    assert sheet is not None
    (person,) = sheet.people
    number = person.id
    do(records, ErasePerson(contact=number, sure=str(number)), at=minutes(1))
    after = whole(records)
    assert "周大海" not in after
    assert "13944445555" not in after
    assert PHONE in after
    assert faults(records) == []
    card = records.ask(OrderCard(number=told[0]), who=ANA, at=minutes(5))
    assert card.order.description == f"找 {NAME}"
    with pytest.raises(NameUnknown):
        do(records, ErasePerson(contact=number, sure=str(number)))


@pytest.mark.usefixtures("told")
def test_it_is_said_twice_and_by_who_may(records: Records) -> None:
    """A slip, a dispatcher or a site office erases nobody."""
    before = whole(records)
    for command in (ErasePerson(customer="P7"), ErasePerson(customer="P7", sure="C1")):
        with pytest.raises(BadInput):
            do(records, command)
    for who in (BO, AT_NORTH):
        with pytest.raises(NotAllowed):
            do(records, ErasePerson(customer="P7", sure="P7"), who=who)
    assert whole(records) == before
    done = do(records, ErasePerson(customer="P7", sure="P7"))
    assert (done.final, done.undo) == (True, 0)


names = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=2, max_size=9)


@given(st.lists(names, max_size=3), st.text(max_size=40), st.integers(10**6, 10**12))
def test_what_is_taken_out_does_not_stand_there(called: list[str], text: str, number: int) -> None:
    """Whatever stood around it; and what never stood there stays as it is."""
    traces = Traces(called, [str(number)])
    spaced = " ".join(str(number))
    for one in (text, f"{text} {number}", f"{text} {spaced}.", *(f"{text} {n} " for n in called)):
        without = traces.out_of(one)
        if not traces.stand_in(one):
            assert without == one
        assert str(number) not in without.split()
