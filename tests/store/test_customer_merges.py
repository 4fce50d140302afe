"""Two customers who are one: everything of the one is the other's, and nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from store.commands import EditOrder, NewOrder, SaveCustomer, SetFigure, Undo
from store.commands.care import SaveCare
from store.commands.contracts import SaveContract
from store.commands.customer_merges import MergeCustomers
from store.commands.erasing import ErasePerson
from store.commands.places import SaveSite
from store.commands.plans import SavePlan
from store.commands.projects_asked import NewProject, SaveDepartments
from store.commands.revisits import PlanRevisits
from store.commands.voices import KeepComplaint, KeepPraise
from store.domain.errors import BadInput, NameUnknown, NotAllowed, Refusal
from store.persistence.tables import metadata
from store.queries.callers import CallersLike
from store.queries.card import OrderCard
from store.queries.customer_doubles import CustomerDoubles
from store.queries.customers import ShowCustomer
from store.queries.finding import FindOrders
from store.queries.lists import ListCustomers
from tests.store.desk import (
    ANA,
    AT_NORTH,
    BO,
    NINE,
    do,
    minutes,
    promises_kept,
    stored,
    written,
)
from tests.store.erasing_desk import faults, whole

if TYPE_CHECKING:
    from store.queries.customers import CustomerSheet
    from store.records import Records

MOVES = {
    *("contact", "contract", "customer_care", "customer_tag", "plan", "revisit"),
    *("technician_wish", "voice", "work_order", "project"),
}
"""Tables whose rows are a customer's, and go with him."""


def doubles(records: Records) -> tuple[int, int]:
    """P7 and P8, who are one; an order of each."""
    do(records, SaveCustomer(code="P7", name="城市图书馆", phone="13855556666", tags=("vip",)))
    told: dict[str, Any] = {"tags": ("library", "vip"), "level": "critical", "tier": "key"}
    told |= {"asks_for": ("T1", "T2"), "refuses": ("T3",)}
    do(records, SaveCustomer(code="P8", name="City Library", phone="021 5555 7777", **told))
    do(records, SaveCustomer(code="P7", name="城市图书馆", refuses=("T2",)))
    do(records, SaveCare(customer="P7", hours="before 10:00"))
    care: dict[str, Any] = {"hours": "after 14:00", "call_ahead": True, "lead": "ana"}
    do(records, SaveCare(customer="P8", representative="Ms Zhou 13900002222", **care))
    do(records, SaveContract(customer="P7", first="2026-01-01", last="2026-12-31"))
    do(records, SaveContract(customer="P8", first="2027-01-01", last="2027-12-31"))
    first = written(records, customer="P7", title="漏水")
    second = written(records, customer="P8", title="lamp out", caller="Mr Wu 13800009999")
    do(records, KeepComplaint(customer="P8", about="late", said="two days"))
    do(records, KeepPraise(number=second, said="well done"))
    planned: dict[str, Any] = {"rule": "every month", "start": "2026-10-01", "time": "09:00"}
    do(records, SaveDepartments(departments=(("a", "A", ""),)))
    do(records, NewProject(title="new lift", customer="P8", department="a"))
    do(records, SavePlan(title="round", customer="P8", site="N1", **planned))
    return first, second


def merged(records: Records, kept: str = "P7", gone: str = "P8", **told: Any) -> Any:
    """The second goes into the first."""
    command = MergeCustomers(kept=kept, gone=gone, sure=gone)
    return do(records, command, at=minutes(1), **told)


def sheet(records: Records, code: str) -> CustomerSheet:
    """Everything of one."""
    found = records.ask(ShowCustomer(customer=code), who=ANA, at=minutes(2))
    assert found is not None
    return found


def test_every_table_of_a_customers_is_known_here() -> None:
    """Whoever adds one says here that it goes with him, and then sees to it."""
    customer = metadata.tables["customer"]
    hang = {
        table.name
        for table in metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table is customer
    }
    assert hang == MOVES


def test_everything_goes_to_the_one_that_stays(records: Records) -> None:
    """Nothing hangs on the other; the doctor finds all of it told in the journal."""
    numbers = doubles(records)
    done = merged(records)
    told = {"orders": 1, "people": 2, "contracts": 1, "plans": 1, "voices": 2, "revisits": 0}
    assert done.facts == {"kept": "P7", "gone": "P8", **told}
    assert (done.final, done.undo) == (True, 0)
    found = sheet(records, "P7")
    assert sheet(records, "P8") == found
    assert (found.card.code, found.record.orders) == ("P7", 2)
    assert {person.name for person in found.people} == {"Ms Zhou", "Mr Wu", "City Library"}
    assert [line.first_day for line in found.contracts] == ["2027-01-01", "2026-01-01"]
    assert len(found.voices) == 2
    assert found.card.tags == ("library", "vip")
    assert found.asks_for == ("T1 李强",)
    assert set(found.refuses) == {"T2 李伟", "T3 Wang Fang"}
    with records.database.reading() as conn:
        table = metadata.tables["customer"]
        gone = conn.execute(select(table.c.id).where(table.c.code == "P8")).scalar_one()
        for name in MOVES:
            table = metadata.tables[name]
            left = select(table).where(table.c.customer_id == gone)
            assert conn.execute(left).all() == [], name
        kpi = metadata.tables["kpi_order"]
        whose = conn.execute(
            select(kpi.c.customer_id).where(kpi.c.number == numbers[1])
        ).scalar_one()
    assert [stored(records, number).customer for number in numbers] == [whose, whose]
    assert faults(records) == []
    promises_kept(records, [*numbers])


def test_what_he_says_of_himself_stays(records: Records) -> None:
    """And what he does not say comes from the other."""
    doubles(records)
    before = sheet(records, "P7").card
    merged(records)
    after = sheet(records, "P7").card
    assert (after.name, after.phone, after.tier) == (before.name, before.phone, before.tier)
    care = metadata.tables["customer_care"]
    with records.database.reading() as conn:
        row = conn.execute(select(care)).one()
    assert (row.from_s, row.to_s) == (None, 10 * 3600)
    assert row.call_ahead
    assert row.lead_operator_id == ANA.operator
    assert row.contact_id is not None


def test_he_is_found_by_both_numbers_names_and_codes(records: Records) -> None:
    """By who calls, by who writes an order down, and by who seeks orders."""
    _first, second = doubles(records)
    merged(records)
    for said in ("55557777", "7777", "City Lib"):
        found = records.ask(CallersLike(text=said), who=ANA, at=minutes(2))
        assert {line.code for line in found} == {"P7"}, said
    listed = records.ask(ListCustomers(), who=ANA, at=minutes(2))
    assert [line.code for line in listed if line.code in {"P7", "P8"}] == ["P7"]
    later = do(records, NewOrder(title="again", customer="P8"), at=minutes(3)).numbers[0]
    card = records.ask(OrderCard(number=later), who=ANA, at=minutes(3))
    assert card.customer is not None
    assert card.customer.code == "P7"
    for said in ("customer:P8", "customer:P7", "图书馆"):
        page = records.ask(FindOrders(text=said), who=ANA, at=minutes(3))
        assert second in [line.number for line in page.lines], said


def test_the_code_that_went_is_nobody_elses(records: Records) -> None:
    """An old file does not bring him back as two."""
    doubles(records)
    merged(records)
    before = whole(records)
    with pytest.raises(BadInput, match="P7"):
        do(records, SaveCustomer(code="P8", name="City Library"))
    assert whole(records) == before


def test_who_is_merged_twice_is_found_all_the_same(records: Records) -> None:
    """The code of the first that went means the one that stays now."""
    doubles(records)
    merged(records)
    do(records, MergeCustomers(kept="C1", gone="P7", sure="P7"), at=minutes(2))
    for code in ("P7", "P8", "C1"):
        assert sheet(records, code).card.code == "C1"
    assert faults(records) == []


@pytest.mark.parametrize(
    ("kept", "gone", "sure"), [("P7", "P8", ""), ("P7", "P8", "P7"), ("P7", "P7", "P7")]
)
def test_a_slip_merges_nobody(records: Records, kept: str, gone: str, sure: str) -> None:
    """The code of the one that goes is said twice, and two are named."""
    doubles(records)
    before = whole(records)
    with pytest.raises(BadInput):
        do(records, MergeCustomers(kept=kept, gone=gone, sure=sure))
    assert whole(records) == before


def test_only_who_may_does_it(records: Records) -> None:
    """No dispatcher, and no site office."""
    doubles(records)
    before = whole(records)
    for who in (BO, AT_NORTH):
        with pytest.raises((NotAllowed, NameUnknown)):
            merged(records, who=who)
    assert whole(records) == before


def test_two_contracts_at_once_are_told_first(records: Records) -> None:
    """Nobody knows which of both holds: it is said, and nothing is done."""
    doubles(records)
    do(records, SaveContract(customer="P8", first="2026-12-01", last="2026-12-31"))
    before = whole(records)
    with pytest.raises(BadInput, match="2026-12-01"):
        merged(records)
    assert whole(records) == before
    (told,) = records.rehearse(
        [MergeCustomers(kept="P7", gone="P8", sure="P8")], who=ANA, at=minutes(1)
    )
    assert told.refusal is not None


def test_nothing_is_taken_back_to_who_went(records: Records) -> None:
    """An earlier change of the order's customer is built upon by now."""
    first, second = doubles(records)
    for customer in ("P7", "P8"):
        do(records, EditOrder(number=second, fields={"customer": customer}))
    merged(records)
    with pytest.raises(Refusal):
        do(records, Undo(number=second))
    assert stored(records, first).customer == stored(records, second).customer


def sheet_id(records: Records, code: str) -> int:
    """The id of one."""
    listed = records.ask(ListCustomers(), who=ANA, at=NINE)
    return next(line.id for line in listed if line.code == code)


def test_who_was_both_is_erased_as_both(records: Records) -> None:
    """No name and no number of either stays."""
    doubles(records)
    merged(records)
    do(records, ErasePerson(customer="P7", sure="P7"), at=minutes(2))
    after = whole(records)
    for trace in ("城市图书馆", "City Library", "5555 7777", "13855556666", "Zhou", "Mr Wu"):
        assert trace not in after, trace
    assert faults(records) == []
    with pytest.raises(BadInput):
        do(records, MergeCustomers(kept="C1", gone="P7", sure="P7"), at=minutes(3))


def test_he_is_called_once_a_month(records: Records) -> None:
    """Of two calls of one month the other's is done with; what he had alone stays."""
    doubles(records)
    do(records, SetFigure(figure="revisit_standard", value=1))
    do(records, SetFigure(figure="revisit_key", value=1))
    do(records, PlanRevisits())
    merged(records)
    calls, kept = metadata.tables["follow_up"], metadata.tables["revisit"]
    with records.database.reading() as conn:
        mine = conn.execute(select(kept).where(kept.c.customer_id == sheet_id(records, "P7"))).all()
        open_ = conn.execute(select(calls.c.number).where(calls.c.done_at.is_(None))).scalars()
        assert list(open_) == [mine[0].order_number]
    assert len(mine) == 1
    assert faults(records) == []
    do(records, PlanRevisits(), at=minutes(3))
    with records.database.reading() as conn:
        again = conn.execute(select(kept).where(kept.c.customer_id == mine[0].customer_id)).all()
    assert again == mine


def test_pairs_are_proposed_by_number_and_by_name(records: Records) -> None:
    """A house of many tenants makes nobody a double; who was merged is none."""
    do(records, SaveCustomer(code="P7", name="City Library", phone="021 5555 7777"))
    do(records, SaveCustomer(code="P8", name="ＣＩＴＹ  library"))
    do(records, SaveCustomer(code="P9", name="Archive"))
    do(records, SaveSite(code="S9", name="x", zone="Asia/Shanghai"))
    written(records, customer="P9", caller="Mr Wu +86 21 55557777")
    for n in range(6):
        do(records, SaveCustomer(code=f"H{n}", name=f"tenant {n}", phone="010 8888 0000"))
    found = records.ask(CustomerDoubles(), who=ANA, at=minutes(1))
    pairs = {(one.first.code, one.second.code): (one.numbers, one.names) for one in found}
    assert pairs == {("P7", "P8"): (False, True), ("P7", "P9"): (True, False)}
    assert {one.second.orders for one in found} == {0, 1}
    assert records.ask(CustomerDoubles(), who=AT_NORTH, at=minutes(1)) == ()
    merged(records)
    left = records.ask(CustomerDoubles(), who=ANA, at=minutes(2))
    assert [(one.first.code, one.second.code) for one in left] == [("P7", "P9")]
