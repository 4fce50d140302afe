"""The doctor reads on whatever lies in the journal, and knows who kept a promise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from store.commands import KeepFollowUp, PromiseFollowUp
from store.domain.facts import Fact
from store.domain.who import THE_DESK
from store.queries.checks import CHECKS, Check
from store.queries.doctor import ExamineDesk, ExamineOrders
from tests.store.desk import do, minutes, written

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
