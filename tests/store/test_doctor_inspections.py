"""The doctor follows draws and inspections in the journal, and does each draw again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, update

from store.commands.erasing import ErasePerson
from store.commands.inspections import KeepInspectionWords, ScoreInspection
from store.persistence.inspection_work import DRAW, INSPECTION
from store.queries.checks import Check
from store.queries.doctor import ExamineDesk
from tests.store.desk import ANA, do
from tests.store.inspected import MONDAY, a_week
from tests.store.test_inspections import drawn, shown

if TYPE_CHECKING:
    from store.records import Records

BEHIND: tuple[tuple[Any, dict[str, Any], tuple[str, str]], ...] = (
    (INSPECTION, {"total": 1000}, ("inspection", "total")),
    (INSPECTION, {"remark": "all was well"}, ("inspection", "remark")),
    (INSPECTION, {"technician_id": 2}, ("inspection", "technician")),
    (DRAW, {"seed": "chosen"}, ("draw", "seed")),
    (DRAW, {"population": "1 1 -\n"}, ("draw", "population, drawn")),
)


def found(records: Records) -> list[tuple[str, str]]:
    """What the doctor says of steps."""
    desk = records.ask(ExamineDesk(), who=ANA, at=MONDAY)
    told = [one for one in desk if one.check is Check.STEPS]
    return [(str(one.facts["what"]), one.facts["fields"]) for one in told]


def test_what_was_changed_behind_the_journal_is_told(records: Records) -> None:
    """Field by field, and a draw that its seed would not have made."""
    a_week(records, 1, 1)
    drawn(records, share=100)
    do(records, ScoreInspection(inspection=1, scores="11111", remark="bad"), at=MONDAY)
    drawn(records, share=100, again=True)
    assert found(records) == []
    for table, values, told in BEHIND:
        with records.database.writing() as conn:
            before = conn.execute(table.select().where(table.c.id == 1)).mappings().one()
            conn.execute(update(table).where(table.c.id == 1).values(**values))
        assert found(records) == [told], values
        with records.database.writing() as conn:
            back = {name: before[name] for name in values}
            conn.execute(update(table).where(table.c.id == 1).values(back))
    with records.database.writing() as conn:
        conn.execute(delete(INSPECTION).where(INSPECTION.c.id == 2))
    assert found(records)[0] == ("inspection", "id")
    assert ("draw", "drawn") in found(records)


def test_whoever_is_erased_leaves_figures_and_no_words(records: Records) -> None:
    """And the doctor has nothing to say about that."""
    a_week(records, 1)
    drawn(records, share=100)
    do(records, KeepInspectionWords(inspection=1, customer="Zhou, 138"), at=MONDAY)
    do(records, ScoreInspection(inspection=1, scores="11111", remark="bad"), at=MONDAY)
    do(records, ErasePerson(customer="C1", sure="C1"), at=MONDAY)
    held = shown(records).inspection
    assert (held.customer_said, held.remark, held.total) == ("", "", 250)
    assert found(records) == []
