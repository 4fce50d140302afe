"""The search index: whatever is committed can be found, by every way in which it came."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from console.demo.generate import Wish, generate
from store.commands import (
    EditOrder,
    MendStore,
    NewOrder,
    NoteOrder,
    SaveAsset,
    SaveCustomer,
    SaveSite,
    SaveTechnician,
    UpdateCustomer,
)
from store.commands.orders import new_order
from store.domain.facts import Fact
from store.domain.history import Entry, History
from store.domain.lifecycle import Move
from store.domain.moves_desk import note, open_order
from store.domain.order import WorkOrder
from store.domain.who import THE_DESK
from store.persistence import renames, search_index
from store.queries.answers import doctor_search
from store.queries.checks import Check
from store.queries.doctor import ExamineDesk
from store.queries.finding import FindOrders
from tests.budget import tries
from tests.store.desk import ANA, NINE, do, minutes, move, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.records import Records


def _found(records: Records, query: str) -> set[int]:
    found = records.ask(FindOrders(text=query, limit=1000), who=ANA, at=minutes(60))
    return {line.number for line in found.lines}


def _faults(records: Records) -> list[tuple[Check, int | None]]:
    found = records.ask(ExamineDesk(), who=ANA, at=NINE)
    return [(f.check, f.number) for f in found if f.check in {Check.SEARCH, Check.SEARCH_MANY}]


@pytest.fixture(autouse=True)
def _the_index_is_whole(records: Records) -> Iterator[None]:
    """After every test: what the index says is what the store says."""
    yield
    assert _faults(records) == []


def test_an_order_is_found_by_all_that_it_says_from_its_first_moment(records: Records) -> None:
    """Number, words, kind, id elsewhere, codes and names and a phone number; in one transaction."""
    do(records, SaveCustomer(code="C1", name="华润物业", phone="138-0013-8000"))
    do(records, SaveAsset(site="N1", code="AHU-0217", name="新风机组"))
    number = written(
        records, title="风机异响", description="三楼机房, noise at night", kind="hvac",
        asset="AHU-0217", external_id="CRM-77",
    )  # fmt: skip
    other = written(records, title="something else", site="S1", customer="C2")
    for word in (
        *("风机", "异响", "机房", "noise at", "hvac", "CRM-77", "北楼", "N1", "华润", "C1", "8000"),
        *("13800138000", "138-0013", "AHU-0217", "新风", str(number), "风", "房", "nois"),
    ):
        assert _found(records, word) == {number}, word
    assert _found(records, "不在") == set()
    assert other in _found(records, "-风机")


def test_an_edit_takes_the_old_words_away(records: Records) -> None:
    """And nothing else of the order."""
    number = written(records, title="风机异响")
    do(records, EditOrder(number=number, fields={"title": "水泵漏水", "site": "S1"}))
    assert _found(records, "漏水 south") == {number}
    assert _found(records, "风机") == _found(records, "北楼") == set()


def test_notes_are_found(records: Records) -> None:
    """Also those about a closed order, and what the customer was told."""
    number = written(records)
    do(records, NoteOrder(number=number, text="备件已订购, ask for Mr. Okafor"))
    do(records, UpdateCustomer(number=number, text="promised for Friday"))
    move(records, number, Move.CANCEL, reason="sold")
    do(records, NoteOrder(number=number, text="退款"))
    for word in ("备件", "Okafor", '"promised for friday"', "退款", "lift 退款 订购"):
        assert _found(records, word) == {number}, word


def test_who_has_an_order_or_did_it_finds_it(records: Records) -> None:
    """Nobody who only gave it back."""
    number = written(records)
    move(records, number, Move.ASSIGN, technician="T1")
    assert _found(records, "李强") == {number}
    move(records, number, Move.ASSIGN, technician="T3")
    assert (_found(records, "李强"), _found(records, "Wang Fang")) == (set(), {number})
    for step in (Move.ACCEPT, Move.ARRIVE, Move.FINISH, Move.CLOSE):
        move(records, number, step)
    assert _found(records, "wang tech:T3 state:closed") == {number}


def test_what_leaves_the_desk_leaves_the_words_of_the_desk(records: Records) -> None:
    """And comes back with the order."""
    number, held = written(records), written(records)
    assert _found(records, "lift state:live") == {number, held}
    move(records, number, Move.CANCEL, reason="sold")
    assert _found(records, "lift state:live") == {held}
    move(records, number, Move.REOPEN, reason="was not")
    assert _found(records, "lift state:live") == {number, held}


def test_a_new_name_is_found_at_once(records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    """By every order that has it, however many; the old one no more."""
    monkeypatch.setattr(renames, "BATCH", 2)
    numbers = {written(records) for _ in range(5)}
    move(records, min(numbers), Move.ASSIGN, technician="T1")
    do(records, SaveSite(code="N1", name="科技园", zone="Asia/Shanghai"))
    do(records, SaveCustomer(code="C1", name="Meridian Labs", phone="5550100"))
    do(records, SaveTechnician(code="T1", name="李刚"))
    assert _found(records, "科技 meridian 5550100") == numbers
    assert _found(records, "北楼") == _found(records, "华润") == _found(records, "李强") == set()
    assert _found(records, "李刚") == {min(numbers)}


def test_what_a_rename_still_owes_is_done_later(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The console that renamed may have been killed in the middle of it."""
    monkeypatch.setattr(renames, "BATCH", 2)
    numbers = {written(records) for _ in range(5)}
    with monkeypatch.context() as cut:
        cut.setattr(records, "reckon_on", lambda **_told: False)
        do(records, SaveSite(code="N1", name="科技园", zone="Asia/Shanghai"))
        assert len(_found(records, "科技园")) == 2
        assert [check for check, _ in _faults(records)] == [Check.SEARCH] * 3
    assert records.reckon_on(at=minutes(2))
    assert _found(records, "科技园") == numbers
    assert not records.reckon_on(at=minutes(2)), "nothing is owed any more"


def test_orders_that_arrive_in_bulk_are_found(records: Records) -> None:
    """With their past, their notes and whose they are."""
    asked = WorkOrder(
        number=0, title="电梯停运", kind="lift", external_id="E-9", source="crm",
        site=1, customer=2, state_since=NINE, opened_at=NINE, created_at=NINE, progress_at=NINE,
    )  # fmt: skip
    with records.work(who=ANA, at=NINE) as work:
        rules = work.rules_of(None)
        order, facts = open_order(asked, at=NINE, rules=rules, fact="imported")
        after, more = note(order, "见附件 photo", rules=rules, at=NINE, by=3)
        entries = tuple(Entry(at=NINE, by=3, fact=fact) for fact in (*facts, *more))
        (number,) = work.add_many([History(order=after, entries=entries)])
    for word in ("停运", "harbour", "photo", "E-9", f"#{number}", "附件 北楼"):
        assert _found(records, word) == {number}, word


def test_a_generated_store_is_found_too(records: Records) -> None:
    """Its copies never pass through the domain."""
    wish = Wish(orders=400, open=60, sites=20, technicians=10, weeks=8)
    generate(records, wish, who=THE_DESK, at=NINE)
    every = records.ask(FindOrders(text="", limit=1000), who=ANA, at=NINE)
    by_title = {line.title for line in every.lines}
    for title in by_title:
        wanted = {line.number for line in every.lines if line.title == title}
        assert _found(records, f'"{title}"') == wanted


def test_what_is_undone_is_not_found(records: Records) -> None:
    """Words and order are one transaction."""

    with contextlib.suppress(ZeroDivisionError), records.work(who=ANA, at=NINE) as work:
        new_order(work, NewOrder(title="风机异响"))
        work.flush()
        _stumble = 1 / 0
    assert _found(records, "风机") == set()


def test_a_long_tale_is_found_by_its_order_and_its_newest_notes(records: Records) -> None:
    """Both databases know only so many places of one document."""
    number = written(records, description="哈" * 4000)
    for n in range(8):
        do(records, NoteOrder(number=number, text=f"note{n} " + f"word{n} " * 600))
    assert _found(records, "lift note7 word7 stuck") == {number}
    assert _found(records, "哈哈 北楼") == {number}


def test_the_doctor_finds_what_the_index_lacks_or_should_not_have(records: Records) -> None:
    """And mends it; the journal says so."""
    lost, wrong, same = (written(records, title=f"order {n}") for n in range(3))
    kind = records.database.kind
    with records.database.writing() as conn:
        search_index.forget(conn, kind, [lost, wrong])
        search_index.add(conn, kind, {wrong: ["other", "words"], 999: ["stray"]})
    assert _found(records, "stray") == set()
    assert _faults(records) == [(Check.SEARCH, n) for n in (lost, wrong, 999)]
    do(records, MendStore(numbers=(lost, wrong, 999)))
    assert _found(records, "order") == {lost, wrong, same}


def test_an_empty_index_is_written_anew(records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    """Batch by batch, in transactions of their own."""
    numbers = {written(records) for _ in range(5)}
    monkeypatch.setattr(renames, "BATCH", 2)
    monkeypatch.setattr(doctor_search, "MANY", 3)
    with records.database.writing() as conn:
        search_index.forget(conn, records.database.kind, sorted(numbers))
    assert _faults(records) == [(Check.SEARCH_MANY, None)]
    do(records, MendStore(search=True))
    assert _found(records, "lift") == numbers


def test_erased_words_leave_the_index(records: Records) -> None:
    """The doctor notices that they are still found, and mending takes them out."""
    number = written(records)
    do(records, NoteOrder(number=number, text="Okafor threatens to sue"))
    with records.work(who=ANA, at=NINE) as work:
        seq = _seq_of_note(work.conn, number)
        work.conn.execute(text("UPDATE journal SET words = NULL WHERE seq = :seq"), {"seq": seq})
        work.record(Fact(name="erased", body={"seqs": [seq]}))
    assert _faults(records) == [(Check.SEARCH, number)]
    do(records, MendStore(numbers=(number,)))
    assert _found(records, "Okafor") == set()
    assert _found(records, "lift") == {number}


def test_the_doctor_may_look_again_and_again_while_others_write(records: Records) -> None:
    """Parts of the index that were merged since the last look are not lost ones."""
    number = written(records)
    parts = 48 if records.database.kind == "sqlite" else tries(8, 48)  # SQLite's have to be many
    for n in range(parts):
        do(records, NoteOrder(number=number, text=f"note {n} of the shift"))
        assert records.ask(ExamineDesk(), who=ANA, at=NINE) == (), n


def _seq_of_note(conn: Any, number: int) -> int:
    asked = text("SELECT max(seq) FROM journal WHERE number = :number AND fact = 'noted'")
    seq: int = conn.execute(asked, {"number": number}).scalar_one()
    return seq


def test_a_look_after_many_changes_takes_the_index_for_whole(records: Records) -> None:
    """SQLite itself would judge it by what the connection remembers from the look before."""
    number = written(records)
    for place in range(20 if records.database.kind == "sqlite" else tries(4, 20)):
        assert records.ask(ExamineDesk(), who=THE_DESK, at=NINE) == ()
        for word in "abc":
            fields = {"title": f"pump {place}{word} " + "leaks " * 20}
            do(records, EditOrder(number=number, fields=fields))
