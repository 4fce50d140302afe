"""What comes after a merge of customers, or in the middle of it: nothing is the other's again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from store.commands import EditOrder, NewOrder, RecordCall, SaveCustomer, SetFigure, Undo
from store.commands.bringing import BringCustomer
from store.commands.care import SaveCare
from store.commands.contracts import SaveContract
from store.commands.customer_merges import MergeCustomers
from store.commands.erasing import ErasePerson
from store.commands.plans import SavePlan
from store.commands.projects_asked import NewProject, SaveDepartments
from store.commands.revisits import PlanRevisits
from store.persistence import merging
from store.persistence.loading import FOLLOW_UP
from store.persistence.plans import PLAN
from store.persistence.registers import KEPT
from store.persistence.tables import metadata
from store.records import open_records
from tests.store.desk import ANA, do, furnish, minutes, rows, stored, written
from tests.store.erasing_desk import faults, whole
from tests.store.meanwhile import AT, troubles
from tests.store.test_customer_merges import MOVES, merged, sheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from store.domain.intents import Command
    from store.records import Records

CUSTOMER = KEPT["customer"]
ROUND: dict[str, Any] = {"title": "round", "rule": "every month", "start": "2026-10-01"}


def two(records: Records) -> None:
    """P7 and P8, who are one."""
    do(records, SaveCustomer(code="P7", name="城市图书馆", phone="13855556666"))
    do(records, SaveCustomer(code="P8", name="City Library", phone="021 5555 7777"))


def left(records: Records, code: str) -> set[str]:
    """The tables that have something of a customer."""
    with records.database.reading() as conn:
        one = conn.execute(select(CUSTOMER.c.id).where(CUSTOMER.c.code == code)).scalar_one()
        return {
            name
            for name in MOVES
            if conn.execute(
                select(metadata.tables[name]).where(metadata.tables[name].c.customer_id == one)
            ).first()
        }


def test_an_order_taken_back_is_his_who_stayed(records: Records) -> None:
    """Before the merge it was given to another; what is done again and back leads to him."""
    two(records)
    number = written(records, customer="P8")
    do(records, EditOrder(number=number, fields={"customer": "C1"}))
    merged(records)
    kept = rows(records, CUSTOMER, code="P7")[0]["id"]
    do(records, Undo(number=number), at=minutes(3))
    assert stored(records, number).customer == kept
    do(records, Undo(redo=True), at=minutes(4))
    assert stored(records, number).customer == rows(records, CUSTOMER, code="C1")[0]["id"]
    do(records, Undo(), at=minutes(5))
    assert stored(records, number).customer == kept
    assert left(records, "P8") == set()
    assert faults(records) == []


def test_a_plan_taken_back_is_his_who_stayed(records: Records) -> None:
    """As an order is."""
    two(records)
    plan = do(records, SavePlan(**ROUND, customer="P8", site="N1", time="09:00")).facts["plan"]
    do(records, SavePlan(**ROUND, plan=plan, customer="C1", site="N1", time="09:00"))
    merged(records)
    do(records, Undo(), at=minutes(3))
    kept = rows(records, CUSTOMER, code="P7")[0]["id"]
    assert [one["customer_id"] for one in rows(records, PLAN)] == [kept]
    assert faults(records) == []


def test_who_was_merged_is_erased_out_of_orders_of_others(records: Records) -> None:
    """It was his as the customer that went, and is somebody else's by now."""
    two(records)
    number = written(records, customer="P8", title="call City Library 021 5555 7777")
    do(records, EditOrder(number=number, fields={"customer": "C1"}))
    merged(records)
    do(records, ErasePerson(customer="P7", sure="P7"), at=minutes(3))
    after = whole(records)
    assert "City Library" not in after
    assert "5555 7777" not in after
    assert faults(records) == []


def test_what_is_no_number_is_kept_all_the_same(records: Records) -> None:
    """Of two of one name, who tells how the other is reached."""
    do(records, SaveCustomer(code="P7", name="Library", phone="13855556666"))
    do(records, SaveCustomer(code="P8", name="LIBRARY", phone="only by mail"))
    merged(records)
    assert [person.phone for person in sheet(records, "P7").people] == ["only by mail"]


def test_his_level_is_his_before_his_plans_are_aimed(records: Records) -> None:
    """Their dates follow its calendar."""
    do(records, SaveCustomer(code="P7", name="a"))
    do(records, SaveCustomer(code="P8", name="b", level="critical"))
    do(records, SavePlan(**ROUND, customer="P8", site="N1", time="03:00"))
    (before,) = rows(records, PLAN)
    merged(records)
    (after,) = rows(records, PLAN)
    assert after["aim_at"] == before["aim_at"]
    assert faults(records) == []


def test_who_is_made_in_passing_is_not_the_one_who_went(records: Records) -> None:
    """His name means the customer that stays."""
    two(records)
    merged(records)
    order = NewOrder(title="x", site="N1", new_customer="city library")
    number = do(records, order, at=minutes(3)).numbers[0]
    assert stored(records, number).customer == rows(records, CUSTOMER, code="P7")[0]["id"]
    with records.work(who=ANA, at=minutes(4)) as work:
        met = work.named("customer", ["P8", "City Library", "城市图书馆", "nobody"])
        assert set(met.values()) == {stored(records, number).customer}
        assert len(met) == 3
    do(records, SaveCustomer(code="P9", name="City Library"))
    with records.work(who=ANA, at=minutes(5)) as work:
        met = work.named("customer", ["P8", "City Library"])
    assert met["City Library"] == rows(records, CUSTOMER, code="P9")[0]["id"]
    assert met["P8"] != met["City Library"]


def test_who_was_spoken_to_this_month_is_not_called_again(records: Records) -> None:
    """Though it was the customer that went; of a call that waits for both, one is left."""
    two(records)
    _first, second = (written(records, customer=code) for code in ("P7", "P8"))
    do(records, SetFigure(figure="revisit_standard", value=1))
    do(records, PlanRevisits())
    do(records, RecordCall(number=second, outcome="reached", note="all is well"), at=minutes(2))
    merged(records)
    assert rows(records, FOLLOW_UP, done_at=None) == []
    (his, _hers) = rows(records, FOLLOW_UP)
    assert his["outcome"] != "reached: all is well"
    assert faults(records) == []


CARE: dict[str, Any] = {"representative": "Ms Zhou 13900002222", "hours": "before 10:00"}
MEANWHILE: dict[str, Callable[[str], Command]] = {
    "order": lambda code: NewOrder(title="x", customer=code, site="N1", caller="Wu 13911112222"),
    "contract": lambda code: SaveContract(customer=code, first="2026-01-01", last="2026-12-31"),
    "care": lambda code: SaveCare(customer=code, **CARE, tags=("a",)),
    "project": lambda code: NewProject(title="p", customer=code, department="a"),
    "plan": lambda code: SavePlan(**ROUND, customer=code, site="N1", time="09:00"),
    "name": lambda code: SaveCustomer(code=code, name="Another", asks_for=("T1",)),
    "file": lambda code: BringCustomer(code=code, name="Another", people=("Wu 13911112222",)),
}
"""What somebody does of the customer that goes just then."""


@pytest.mark.parametrize("moment", AT)
def test_nothing_is_given_to_who_goes_meanwhile(postgres_tables: str, moment: str) -> None:
    """Whoever is first is waited for, and nobody in a circle; on one file they come in turn."""
    one, other = (open_records(postgres_tables, feed=False) for _ in range(2))
    furnish(one)
    do(one, SaveDepartments(departments=(("a", "A", ""),)))
    for what, command in MEANWHILE.items():
        for code in ("K", "G"):
            do(one, SaveCustomer(code=f"{code}-{what}", name=f"{code} {what}"))
        gone = f"G-{what}"
        merge = MergeCustomers(kept=f"K-{what}", gone=gone, sure=gone)
        assert troubles(one, other, command(gone), merge, moment) == [], what
        assert rows(one, CUSTOMER, code=gone)[0]["merged_into"] is not None
        assert left(one, gone) == set(), what
    other.close()
    one.close()


@pytest.mark.parametrize("part", [merging.PART, 1])
@pytest.mark.parametrize("moment", AT)
def test_two_who_merge_crosswise_merge_once(
    postgres_tables: str, moment: str, part: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second is told that both are one already; also where some orders went ahead."""
    monkeypatch.setattr(merging, "PART", part)
    one, other = (open_records(postgres_tables, feed=False) for _ in range(2))
    furnish(one)
    two(one)
    numbers = [written(one, customer=code) for code in ("P7", "P8") * 3]
    first = MergeCustomers(kept="P7", gone="P8", sure="P8")
    second = MergeCustomers(kept="P8", gone="P7", sure="P7")
    assert troubles(one, other, first, second, moment) == []
    kept, gone = rows(one, CUSTOMER, code="P7")[0], rows(one, CUSTOMER, code="P8")[0]
    assert (kept["merged_into"], gone["merged_into"]) in {(None, kept["id"]), (gone["id"], None)}
    stays = {kept["merged_into"], gone["merged_into"]} - {None}
    assert {stored(one, number).customer for number in numbers} == stays
    other.close()
    one.close()
