"""The doctor reads on whatever lies in the journal, and knows who kept a promise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from scheduler.runner import fire_due
from store.commands import KeepFollowUp, PromiseFollowUp
from store.commands.mend import MendStore
from store.domain.errors import StoreRaced
from store.domain.facts import Fact
from store.domain.lifecycle import Move
from store.domain.who import THE_DESK
from store.persistence.admitting import RoleUnknown
from store.queries.checks import CHECKS, Check
from store.queries.doctor import ExamineDesk, ExamineOrders
from store.queries.people import OperatorNamed
from tests.store.desk import do, minutes, move, written

if TYPE_CHECKING:
    from store.queries.doctor import Finding
    from store.records import Records

GARBAGE = {
    "body": ("body = '{'", {Check.EDITED, Check.NO_STORY}),
    "list": ("body = '[1]'", {Check.EDITED, Check.NO_STORY}),
    "emptied": ("body = '{}'", {Check.EDITED, Check.NO_STORY, Check.REWORDED}),
    "other values": ("""body = '{"set":{"opened_at":1e300}}'""", {Check.EDITED, Check.NO_STORY}),
    "words": ("words = '{'", {Check.REWORDED, Check.NO_STORY}),
    "words list": ("words = '[1]'", {Check.REWORDED, Check.NO_STORY}),
}
"""What somebody may put into the journal, and what the doctor must at least say."""

OUTCOMES = {
    "another outcome": "UPDATE follow_up SET outcome = 'customer is happy'",
    "kept by another": "UPDATE follow_up SET done_by = 1",
}


def examine(records: Records) -> list[Finding]:
    """All that is wrong."""
    desk = records.ask(ExamineDesk(), who=THE_DESK, at=minutes(10))
    return [*desk, *records.ask(ExamineOrders(), who=THE_DESK, at=minutes(10)).findings]


def harm(records: Records, statement: str) -> None:
    """Change rows as paidan never would; colons are no binds."""
    with records.database.writing() as conn:
        assert conn.execute(text(statement.replace(":", chr(92) + ":"))).rowcount


def promised(records: Records) -> int:
    """An order whose customer was called as promised."""
    number = written(records)
    due_at = minutes(60)
    do(records, PromiseFollowUp(number=number, due_at=due_at, kind="visit", note="call"))
    do(records, KeepFollowUp(number=number, place=1, outcome="angry"))
    return number


@pytest.mark.parametrize("name", GARBAGE)
def test_garbage_in_the_journal_is_told_and_not_choked_on(records: Records, name: str) -> None:
    """Of every kind of fact; the doctor goes on to the end, and reads the other orders."""
    number, _healthy = promised(records), promised(records)
    assert examine(records) == []
    change, wanted = GARBAGE[name]
    harm(records, f"UPDATE journal SET {change} WHERE number = {number}")
    found = examine(records)
    assert wanted <= {one.check for one in found}
    assert {one.number for one in found} == {number}
    assert all(CHECKS[one.check].sentence.format(**one.facts) for one in found)


def test_garbage_in_the_desk_s_own_journal_is_told(records: Records) -> None:
    """An erasure that nobody can read erased nothing."""
    number = written(records)
    with records.work(who=THE_DESK, at=minutes(1)) as work:
        work.record(Fact(name="erased", body={"seqs": [1]}))
    harm(records, f"UPDATE journal SET words = NULL WHERE number = {number}")
    for body in ("{", "[1]", '{"seqs":7}', '{"seqs":[[1]]}'):
        harm(records, f"UPDATE journal SET body = '{body}' WHERE number IS NULL")
        checks = {(one.check, one.number) for one in examine(records)}
        assert {(Check.EDITED, None), (Check.WORDS_GONE, number)} <= checks


@pytest.mark.parametrize("change", OUTCOMES.values(), ids=OUTCOMES)
def test_who_kept_a_follow_up_and_what_came_of_it_is_on_record(
    records: Records, change: str
) -> None:
    """As the journal has both."""
    number = promised(records)
    harm(records, f"{change} WHERE number = {number}")
    assert [(one.check, one.number) for one in examine(records)] == [(Check.FOLLOW_UP, number)]


STRANGE = {
    "reversed": "UPDATE pause SET from_at = to_at + 1",
    "before all years": "UPDATE clock SET started_at = -9000000000000",
    "alarm": "UPDATE alarm SET kind = 'boredom'",
}
"""What no arithmetic or reaction knows, and is not in the journal either."""


@pytest.mark.parametrize("name", STRANGE)
def test_what_cannot_be_reckoned_is_told_of_its_order(records: Records, name: str) -> None:
    """And the doctor reads on: the order after it is sound."""
    number = written(records)
    move(records, number, Move.WAIT, reason="parts", wake_at=minutes(5))
    move(records, number, Move.RESUME, minutes(3))
    fire_due(records, at=minutes(9_000))
    sound = written(records)
    harm(records, f"{STRANGE[name]} WHERE number = {number}")
    found = {(one.check, one.number) for one in examine(records)}
    assert {of for _, of in found} == {number}
    assert found & {(Check.UNREADABLE, number), (Check.ALARM_STORY, number)}
    assert sound > number


def test_a_role_that_nobody_knows_is_told(records: Records) -> None:
    """Whoever has it may do nothing, and is told why."""
    harm(records, "UPDATE operator SET role = 'boss' WHERE code = 'ana'")
    with pytest.raises(RoleUnknown, match="boss"):
        records.ask(OperatorNamed(code="ana", via="test"), who=THE_DESK, at=minutes(1))


def test_a_counter_that_gives_what_is_taken_is_found_and_mended(records: Records) -> None:
    """After rows were copied in without it, PostgreSQL lets nothing new be written down."""
    written(records)
    if records.database.kind != "postgresql":
        assert Check.COUNTER not in {one.check for one in examine(records)}
        return
    harm(records, "SELECT setval(pg_get_serial_sequence('journal', 'seq'), 1)")
    (found,) = examine(records)
    assert (found.check, found.facts["table"], found.facts["given"]) == (
        Check.COUNTER,
        "journal",
        1,
    )
    with pytest.raises(StoreRaced):
        written(records)
    do(records, MendStore(counters=True))
    assert examine(records) == []
    written(records)
