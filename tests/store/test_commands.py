"""What operators can do, and what they are told when they cannot."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from store.commands import (
    EditOrder,
    FollowOrder,
    MoveTechnician,
    NewOrder,
    NoteOrder,
    SaveAsset,
    SaveCustomer,
    SaveKind,
    SaveOperator,
    SaveShift,
    SaveSite,
    SaveTechnician,
    SetPriority,
    UnfollowOrder,
    UpdateCustomer,
)
from store.domain.errors import BadInput, NameAmbiguous, NameUnknown, OrderUnknown, Refusal
from store.domain.lifecycle import Move
from store.domain.targets import ClockKind
from store.persistence.journal import JOURNAL
from store.persistence.people_state import TECHNICIAN
from store.persistence.registers import KEPT
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
    stored,
    written,
)

if TYPE_CHECKING:
    from store.domain.intents import Command
    from store.records import Records


def technician(records: Records, code: str) -> dict[str, Any]:
    """A technician's row."""
    return rows(records, TECHNICIAN, code=code)[0]


def test_names_are_found_by_id_code_name_or_their_only_part(records: Records) -> None:
    """In that order; Chinese names by a part that fits one only."""
    with records.work(who=ANA, at=NINE) as work:
        for ref in (1, "T1", "t1", "李强", "强"):
            assert work.technician(ref).code == "T1"
        assert work.technician("wang").code == "T3"


@pytest.mark.parametrize(
    ("ref", "refusal", "told"),
    [("李", NameAmbiguous, "T1 李强, T2 李伟"), ("x%", NameUnknown, "x%"), ("", NameUnknown, "")],
)
def test_a_name_that_does_not_fit_one_is_refused(
    records: Records, ref: str, refusal: type[Refusal], told: str
) -> None:
    """With the choices where there are several; signs of LIKE mean themselves."""
    with records.work(who=ANA, at=NINE) as work, pytest.raises(refusal) as refused:
        work.technician(ref)
    assert told in str(refused.value)


def test_half_a_code_sends_nobody(records: Records) -> None:
    """Though only one name holds the letter: whoever wrote it may have begun a code."""
    with records.work(who=ANA, at=NINE) as work:
        work.conn.execute(TECHNICIAN.update().where(TECHNICIAN.c.code == "T1").values(name="Tom"))
        with pytest.raises(NameAmbiguous, match="T1 Tom, T2 李伟, T3 Wang Fang"):
            work.technician("t")
        with pytest.raises(NameUnknown):
            work.site("n")
        assert work.technician("tom").code == "T1"


def test_a_retired_technician_is_not_found(records: Records) -> None:
    """His rows stay, for the past."""
    do(records, SaveTechnician(code="T3", name="Wang Fang", active=False))
    with records.work(who=ANA, at=NINE) as work, pytest.raises(NameUnknown):
        work.technician("T3")


def test_the_level_comes_from_the_order_the_customer_or_the_desk(records: Records) -> None:
    """In that order."""
    with records.work(who=ANA, at=NINE) as work:
        standard, critical = work.level("standard").id, work.level("critical").id
    assert stored(records, written(records)).level == standard
    assert stored(records, written(records, customer="C2")).level == critical
    assert stored(records, written(records, customer="C2", level="standard")).level == standard


def test_an_asset_brings_its_site(records: Records) -> None:
    """One name is enough while the phone rings."""
    do(records, SaveAsset(site="S1", code="L2", name="lift two"))
    order = stored(records, written(records, site=None, asset="lift two"))
    assert (order.site, order.asset) == (2, 1)


def test_clocks_start_when_the_customer_asked(records: Records) -> None:
    """Not when the desk found time to write it down."""
    order = stored(records, written(records, opened_at=minutes(-30)))
    assert {clock.started_at for clock in order.clocks} == {minutes(-30)}


BAD: tuple[tuple[Command, str], ...] = (
    (NewOrder(title=" \u200b "), "title"),
    (NewOrder(title="x", priority=5), "priority"),
    (NewOrder(title="x", opened_at=minutes(1)), "asked at"),
    (NewOrder(title="x", opened_at=datetime(2026, 1, 1)), "asked at"),  # noqa: DTZ001
    (NoteOrder(number=1, text="\u202e"), "note"),
    (EditOrder(number=1, fields={"state": "done"}), "state"),
    (SaveSite(code="X", name="X", zone="Mars/Base"), "time zone"),
    (SaveSite(code="X", name="X", zone="UTC", latitude=91), "latitude"),
    (SaveTechnician(code="X", name="X", skills={"a": 9}), "skill"),
    (SaveKind(code="X", name="X", skill="a", level=0), "skill"),
    (SaveOperator(code="X", name="X", role="system"), "role"),
    (SaveShift(technician="T1", starts_at=NINE, ends_at=NINE), "end"),
    (MoveTechnician(technician="T1", state="en_route"), "state"),
    (MoveTechnician(technician="T1", latitude=1.0), "position"),
)


@pytest.mark.parametrize(("command", "where"), BAD, ids=lambda value: type(value).__name__)
def test_bad_input_is_refused_with_the_place(
    records: Records, command: Command, where: str
) -> None:
    """What is wrong, where, and what would be right; nothing is changed."""
    written(records)
    head = records.head()
    with pytest.raises(BadInput) as refused:
        do(records, command)
    assert refused.value.facts["where"] == where
    assert refused.value.facts["right"]
    assert records.head() == head


def test_text_from_outside_is_made_safe_at_the_door(records: Records) -> None:
    """What a terminal would obey is never stored."""
    evil = "boil\x1b]52;c;AAAA\x07er \u202egnp\u200d.exe"
    number = written(records, title=evil, description=evil + "\nline two", kind=evil)
    move(records, number, Move.WAIT, reason=evil, wake_at=minutes(60))
    do(records, NoteOrder(number=number, text=evil))
    order = stored(records, number)
    said = [row["words"] for row in rows(records, JOURNAL, number=number)]
    everything = repr([order, said])
    for sign in ("\\x1b", "\\x07", "\\u202e", "\\u200d"):
        assert sign not in everything
    assert order.description.endswith("\nline two")


def test_an_external_id_is_taken_once(records: Records) -> None:
    """The refusal names the order that has it."""
    number = written(records, external_id="A-1", source="city")
    written(records, external_id="A-1", source="county")
    with pytest.raises(BadInput, match=f"A-1 is already order {number}"):
        written(records, external_id="A-1", source="city")


def test_news_to_the_customer_start_the_next_promise(records: Records) -> None:
    """The clock of the next word runs again from now."""
    number = written(records)
    do(records, UpdateCustomer(number=number, text="on the way"), at=minutes(20))
    runs = [c for c in stored(records, number).clocks if c.kind is ClockKind.NEXT_UPDATE]
    assert [(c.run, c.met_at, c.started_at) for c in runs] == [
        (1, minutes(20), NINE),
        (2, None, minutes(20)),
    ]
    promises_kept(records, [number])


def test_somebody_follows_until_he_lets_go(records: Records) -> None:
    """While an operator follows, the order is no orphan."""
    number = written(records)
    do(records, FollowOrder(number=number), at=minutes(1))
    assert stored(records, number).follower == ANA.operator
    promises_kept(records, [number])
    do(records, UnfollowOrder(number=number), at=minutes(2))
    assert stored(records, number).follower is None
    promises_kept(records, [number])


def test_another_priority_moves_the_deadlines_and_keeps_the_first(records: Records) -> None:
    """Recomputed from the original start."""
    number = written(records, priority=3)
    before = stored(records, number)
    do(records, SetPriority(number=number, priority=1), at=minutes(5))
    for old, new in zip(before.clocks, stored(records, number).clocks, strict=False):
        assert new.started_at == old.started_at
        assert new.original_due_at == old.due_at
        assert old.due_at is not None
        assert new.due_at is not None
        assert new.due_at < old.due_at
    promises_kept(records, [number])


def test_a_break_ends_when_he_sets_out(records: Records) -> None:
    """A job given to him meanwhile waits; being on the way says that he is back."""
    do(records, MoveTechnician(technician="T1", state="break"), at=minutes(1))
    number = written(records)
    move(records, number, Move.ASSIGN, minutes(2), technician="T1")
    assert (technician(records, "T1")["state"], technician(records, "T1")["jobs"]) == ("break", 1)
    move(records, number, Move.ACCEPT, minutes(3))
    move(records, number, Move.DEPART, minutes(4))
    row = technician(records, "T1")
    assert (row["state"], row["state_since"], row["current_number"]) == (
        "en_route", minutes(4), number,
    )  # fmt: skip


def test_coming_back_he_stands_where_his_visits_say(records: Records) -> None:
    """Not simply available."""
    number = written(records)
    move(records, number, Move.ASSIGN, minutes(1), technician="T1")
    do(records, MoveTechnician(technician="T1", state="off"), at=minutes(2))
    do(records, MoveTechnician(technician="T1", state="available"), at=minutes(3))
    assert technician(records, "T1")["state"] == "assigned"


def test_his_position_is_kept_with_its_time(records: Records) -> None:
    """Where he was last seen, and when."""
    do(records, MoveTechnician(technician="T1", latitude=31.2, longitude=121.5), at=minutes(9))
    row = technician(records, "T1")
    assert (row["latitude"], row["longitude"], row["position_at"]) == (31.2, 121.5, minutes(9))


def test_an_operator_of_sites_finds_only_what_is_there(records: Records) -> None:
    """Sites, assets and technicians of other places are not named to him."""
    do(records, SaveAsset(site="S1", code="L2", name="lift two"))
    do(records, SaveTechnician(code="T4", name="Of the south", home="S1"))
    with records.work(who=AT_NORTH, at=NINE) as work:
        assert work.site("N1").id == 1
        assert work.technician("T1").code == "T1"
        for what, ref in (("site", "S1"), ("site", 2), ("asset", "L2"), ("technician", "T4")):
            with pytest.raises(NameUnknown):
                work.find(what, ref)
    number = written(records)
    with pytest.raises(OrderUnknown):
        do(records, EditOrder(number=number, fields={"site": "S1"}), who=AT_SOUTH)
    with pytest.raises(NameUnknown):
        do(records, EditOrder(number=number, fields={"site": "S1"}), who=AT_NORTH)


def test_registers_are_saved_by_their_code(records: Records) -> None:
    """Saved again under the same code it is changed, not doubled; the journal names no names."""
    do(records, SaveCustomer(code="C1", name="新名字", phone="138", tier="gold"))
    row = rows(records, KEPT["customer"], code="C1")
    assert [(r["id"], r["name"], r["tier"]) for r in row] == [(1, "新名字", "gold")]
    fact = rows(records, JOURNAL)[-1]
    assert fact["body"] == {"register": "customer", "id": 1, "fields": ["name", "phone", "tier"]}


def test_what_a_change_does_not_name_stays(records: Records) -> None:
    """Renamed by somebody in a hurry, a customer keeps his telephone, a site its zone."""
    do(records, SaveCustomer(code="C7", name="Li", phone="555", tier="key"))
    do(records, SaveSite(code="S7", name="Mill", zone="Asia/Shanghai", address="1 Lane"))
    do(records, SaveTechnician(code="T7", name="Wu", phone="139", home="S7"))
    for renamed in (
        SaveCustomer(code="C7", name="Old Li"),
        SaveSite(code="S7", name="Old Mill"),
        SaveTechnician(code="T7", name="Old Wu"),
    ):
        assert do(records, renamed).sentence.endswith("changed")
    (customer,), (site,), (person,) = (
        rows(records, KEPT[register], code=code)
        for register, code in (("customer", "C7"), ("site", "S7"), ("technician", "T7"))
    )
    assert (customer["name"], customer["phone"], customer["tier"]) == ("Old Li", "555", "key")
    assert (site["name"], site["zone"], site["address"]) == ("Old Mill", "Asia/Shanghai", "1 Lane")
    assert (person["name"], person["phone"]) == ("Old Wu", "139")
    assert person["home_site_id"] == site["id"]
    do(records, SaveTechnician(code="T7", name="Wu", home="", phone=""))
    (person,) = rows(records, KEPT["technician"], code="T7")
    assert (person["phone"], person["home_site_id"]) == ("", None)


def test_a_shift_is_known_by_its_start(records: Records) -> None:
    """Saved again it gets a new end."""
    start = datetime(2026, 9, 22, 0, 30, tzinfo=UTC)
    for hours in (8, 9):
        end = start + timedelta(hours=hours)
        do(records, SaveShift(technician="T1", starts_at=start, ends_at=end))
    assert [row["ends_at"] for row in rows(records, KEPT["shift"])] == [start + timedelta(hours=9)]
