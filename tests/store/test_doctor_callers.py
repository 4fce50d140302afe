"""The doctor and callers: who calls is found by what he is called now, and by nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from store.commands import NewOrder, SaveCustomer
from store.commands.mend import MendStore
from store.domain.who import THE_DESK
from store.persistence.caller_keys import KEYS
from store.queries.checks import Check
from store.queries.doctor import ExamineDesk
from tests.store.desk import do, minutes, rows

if TYPE_CHECKING:
    from store.records import Records

HARMS = {
    "renamed": ("UPDATE customer SET name = '万科' WHERE code = 'C1'", 1),
    "number": ("UPDATE contact SET phone = '13900009999'", 1),
    "missing": ("DELETE FROM caller_key WHERE register = 'customer'", 2),
    "other": ("UPDATE caller_key SET key = 'pstolen' WHERE register = 'contact'"
              " AND key LIKE 'p%'", 1),
    "stray": ("INSERT INTO caller_key (key, register, entry) VALUES ('nghost', 'contact', 99)", 1),
    "nowhere": ("INSERT INTO caller_key (key, register, entry) VALUES ('nghost', 'moon', 1)", 1),
}  # fmt: skip
"""How the keys or what they follow from were changed, and how many can then not be found."""


@pytest.fixture
def called(records: Records) -> Records:
    """A desk that a customer's tenant has called."""
    order: dict[str, Any] = {"title": "lift", "priority": 2, "site": "N1", "customer": "C1"}
    do(records, NewOrder(**order, caller="王芳 13800001111"))
    return records


def found(records: Records) -> list[int]:
    """How many are not found, if any."""
    told = records.ask(ExamineDesk(), who=THE_DESK, at=minutes(9))
    return [f.facts["count"] for f in told if f.check is Check.CALLERS]


def test_whoever_is_renamed_by_the_desk_is_found(called: Records) -> None:
    """Customers with their names and numbers, and whose name came with a later call."""
    do(called, SaveCustomer(code="C1", name="万科物业", phone="010-88886666 / 88887777"))
    order: dict[str, Any] = {"title": "door", "priority": 2, "site": "N1", "customer": "C2"}
    do(called, NewOrder(**order, caller="13811112222"))
    do(called, NewOrder(**order, caller="李 13811112222"))
    assert found(called) == []


@pytest.mark.parametrize(("harm", "count"), HARMS.values(), ids=HARMS)
def test_keys_that_do_not_follow_are_found_and_mended(
    called: Records, harm: str, count: int
) -> None:
    """Derived anew, everybody is found by what he is called now."""
    before = rows(called, KEYS)
    with called.database.writing() as conn:
        conn.execute(text(harm))
    assert found(called) == [count]
    do(called, MendStore(callers=True))
    assert found(called) == []
    assert (rows(called, KEYS) == before) == ("UPDATE c" not in harm or "key =" in harm)
