"""The doctor follows actions and complaints in the journal, and tells what was changed behind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import delete, update

from store.commands.voices import AnswerComplaint, FindComplaintCause
from store.persistence.corrective_work import CORRECTIVE, WHY
from store.persistence.voice_work import VOICE
from store.queries.checks import Check
from store.queries.doctor import ExamineDesk, ExamineOrders
from tests.store.desk import ANA, do, minutes
from tests.store.test_corrective import observed
from tests.store.test_surveys import DAY
from tests.store.test_voices import complained

if TYPE_CHECKING:
    from store.records import Records

BEHIND: tuple[tuple[Any, dict[str, Any], str], ...] = (
    (CORRECTIVE, {"owner": 3}, "owner"),
    (CORRECTIVE, {"problem": "all was well"}, "problem"),
    (CORRECTIVE, {"stage": "closed"}, "stage"),
    (CORRECTIVE, {"target": 9.0}, "target"),
    (WHY, {"text": "nobody's fault"}, "whys"),
    (VOICE, {"answer_by": minutes(9)}, "answer_by"),
    (VOICE, {"said": "thanks"}, "said"),
    (VOICE, {"cause": "use"}, "cause"),
    (VOICE, {"next_at": minutes(9)}, "next_at"),
    (VOICE, {"praise": True}, "praise"),
)
"""What is changed, and which field is told."""


def found(records: Records) -> list[tuple[str, str]]:
    """What the doctor says of steps, and nothing else that stands in the way."""
    orders = records.ask(ExamineOrders(), who=ANA, at=minutes(2 * DAY)).findings
    desk = records.ask(ExamineDesk(), who=ANA, at=minutes(2 * DAY))
    told = [one for one in (*orders, *desk) if one.check is Check.STEPS]
    return [(str(one.facts["what"]), one.facts["fields"]) for one in told]


def test_what_was_changed_behind_the_journal_is_told(records: Records) -> None:
    """Field by field; untouched nothing is said, and a row that is gone is missed."""
    observed(records)
    voice = complained(records)
    do(records, FindComplaintCause(complaint=voice, cause="design"), at=minutes(60))
    do(records, AnswerComplaint(complaint=voice, told="sorry", whom="Zhou"), at=minutes(61))
    assert found(records) == []
    for table, values, field in BEHIND:
        with records.database.writing() as conn:
            before = conn.execute(table.select()).mappings().one()
            conn.execute(update(table).values(**values))
        (told,) = found(records)
        assert told[1].split(", ")[0] == field, (told, values)
        with records.database.writing() as conn:
            conn.execute(update(table).values({name: before[name] for name in values}))
    assert found(records) == []
    with records.database.writing() as conn:
        conn.execute(delete(VOICE))
    assert found(records) == [("complaint", "id")]


@pytest.mark.parametrize("records", ["sqlite"], indirect=True)  # no question of the database
def test_each_step_leads_to_what_is_kept(records: Records) -> None:
    """After every one of them, not only at the end."""
    voice = complained(records)
    assert found(records) == []
    for command in (
        FindComplaintCause(complaint=voice, cause="unknown"),
        FindComplaintCause(complaint=voice, cause="use"),
        AnswerComplaint(complaint=voice, told="sorry\nagain", whom="Zhou"),
    ):
        do(records, command, at=minutes(70))
        assert found(records) == []
