"""Numbers, texts and times that no database takes: refused or unknown, on both alike."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from store.commands import (
    Acknowledge,
    EditOrder,
    KeepFollowUp,
    MoveOrder,
    NewOrder,
    NoteOrder,
    PromiseFollowUp,
    SaveTechnician,
    SetPriority,
)
from store.domain.errors import BadInput, NameUnknown, OrderUnknown, Refusal
from store.domain.finding.refusal import QueryUnclear
from store.domain.lifecycle import Move
from store.persistence.journal import JOURNAL
from store.queries.board import LineOf, QueuePage
from store.queries.card import OrderCard, Trace
from store.queries.lists import ListAlarms, ListOrders, ListSites
from store.queries.people import OperatorNamed, PeopleNamed
from tests.store.desk import ANA, NINE, do, minutes, move, rows, written

if TYPE_CHECKING:
    from store.domain.intents import Command, Query
    from store.records import Records

BIG = [2**63, 2**70, -(2**70), 10**5000]
EARLIEST = datetime.min.replace(tzinfo=UTC)
ODD = ["a\x00b", "a\ud800b", "\ud800"]


@pytest.mark.parametrize("big", BIG, ids=["2^63", "2^70", "-2^70", "5000 digits"])
def test_a_number_beyond_every_database_is_nobodys(records: Records, big: int) -> None:
    """The drivers would raise, each in its own way, and the console would show it."""
    number = written(records)
    questions: list[Query[Any]] = [
        OrderCard(number=big), Trace(number=big), LineOf(number=big),
        QueuePage(queue="all_open", around=big), QueuePage(queue="all_open", position=big),
        ListOrders(text="9" * 400), ListOrders(before=big), ListSites(after=big),
    ]  # fmt: skip
    for query in questions:
        with suppress(Refusal):
            records.ask(query, who=ANA, at=NINE)
    commands: list[Command] = [
        MoveOrder(number=big, move=Move.CANCEL, reason="r"), NoteOrder(number=big, text="t"),
        MoveOrder(number=number, move=Move.DUPLICATE, duplicate_of=big),
        NewOrder(title="q", site=big), EditOrder(number=number, fields={"customer": big}),
        KeepFollowUp(number=number, place=big),
    ]  # fmt: skip
    for command in commands:
        with pytest.raises((OrderUnknown, NameUnknown, Refusal)):
            do(records, command)
    assert do(records, Acknowledge(numbers=(big,))).numbers == ()


@pytest.mark.parametrize("odd", ODD, ids=["NUL", "surrogate", "lone"])
def test_text_that_no_database_takes_finds_nothing(records: Records, odd: str) -> None:
    """It comes in by a pipe or a broken file name; it must not end in a traceback."""
    for query in (ListAlarms(text=odd), PeopleNamed(what="site", text=odd)):
        assert records.ask(query, who=ANA, at=NINE) == ()
    with suppress(QueryUnclear):  # where nothing of it could be found in any text
        assert records.ask(ListOrders(text=odd), who=ANA, at=NINE) == ()
    with pytest.raises(NameUnknown):
        records.ask(OperatorNamed(code=odd), who=ANA, at=NINE)
    with pytest.raises(NameUnknown):
        do(records, NewOrder(title="q", site=odd))
    with pytest.raises(BadInput, match="key"):
        records.do(NewOrder(title="q"), who=ANA, at=NINE, key=odd)
    do(records, NewOrder(title=odd))


def test_a_text_of_megabytes_is_refused(records: Records) -> None:
    """Before it costs the database a look at every row."""
    for query in (ListOrders(text="x" * 10_000_000), PeopleNamed(what="site", text="x" * 501)):
        with pytest.raises(BadInput, match="characters"):
            records.ask(query, who=ANA, at=NINE)


def test_a_text_longer_than_what_is_kept_is_refused(records: Records) -> None:
    """What is cut is lost unseen, and two orders whose ids are cut may fall together."""
    number = written(records)
    before = len(rows(records, JOURNAL))
    for command, told in (
        (NewOrder(title="t" * 201), "title: 201 characters; give up to 200"),
        (NewOrder(title="t", description="d" * 4_001), "description: 4001 characters"),
        (NewOrder(title="t", kind="k" * 61), "kind: 61 characters; give up to 60"),
        (NewOrder(title="t", external_id="单" * 201), "external id: 201 characters"),
        (NewOrder(title="t", external_id="x", source="s" * 61), "source: 61 characters"),
        (EditOrder(number=number, fields={"title": "t" * 201}), "title: 201 characters"),
        (NoteOrder(number=number, text="n" * 5_000_000), "note: 5000000 characters"),
        (MoveOrder(number=number, move=Move.CANCEL, reason="r" * 501), "reason: 501 characters"),
        (PromiseFollowUp(number=number, due_at=minutes(9), note="n" * 501), "note: 501"),
        (SaveTechnician(code="T" * 61, name="n"), "code: 61 characters"),
    ):
        with pytest.raises(BadInput, match=told):
            do(records, command)
    assert len(rows(records, JOURNAL)) == before
    do(records, NoteOrder(number=number, text="注\n" * 2_000))
    do(records, NewOrder(title=f"  {'t' * 200}  ", external_id="x" * 200))


def test_what_is_no_whole_number_is_refused(records: Records) -> None:
    """PostgreSQL does not take true for 1, SQLite does: neither shall."""
    number = written(records)
    for priority in (True, 2.0, "2", 0, 5):
        with pytest.raises(BadInput):
            do(records, NewOrder(title="o", priority=priority))  # type: ignore[arg-type]
        with pytest.raises(BadInput):
            do(records, SetPriority(number=number, priority=priority))  # type: ignore[arg-type]
    for level in (2.5, True, 6):
        with pytest.raises(BadInput):
            do(records, SaveTechnician(code="T9", name="n", skills={"hv": level}))  # type: ignore[dict-item]


FAR = [datetime.max.replace(tzinfo=UTC), datetime(2900, 1, 1, tzinfo=UTC), EARLIEST]


@pytest.mark.parametrize("far", FAR, ids=["year 9999", "year 2900", "year 1"])
def test_a_time_too_far_off_is_refused(records: Records, far: datetime) -> None:
    """No calendar reckons there, and half of the world's wall clocks cannot show it."""
    number = written(records)
    move(records, number, Move.ASSIGN, technician="T1")
    wait = MoveOrder(number=number, move=Move.WAIT, reason="r", wake_at=far)
    for command in (
        PromiseFollowUp(number=number, due_at=far),
        NewOrder(title="o", opened_at=far),
        wait,
    ):
        with pytest.raises(BadInput, match="too far off"):
            do(records, command, at=NINE)


def test_what_kind_of_follow_up_is_free_text_that_can_be_erased(records: Records) -> None:
    """It may name a person; the body of a fact is for ever."""
    number = written(records)
    do(records, PromiseFollowUp(number=number, due_at=minutes(9), kind="call Mrs Chen", note="!"))
    (told,) = rows(records, JOURNAL, fact="promised")
    assert "Chen" not in str(told["body"])
    assert (told["words"]["kind"], told["words"]["note"]) == ("call Mrs Chen", "!")
