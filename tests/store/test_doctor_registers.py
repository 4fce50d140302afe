"""The doctor and who is who: rights, papers and trades are as they were saved last."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text, update

from store.commands import (
    SaveCertificate,
    SaveCustomer,
    SaveKind,
    SaveOperator,
    SaveRegion,
    SaveTechnician,
    WelcomeOperator,
)
from store.commands.projects_asked import SaveDepartments
from store.domain.facts import Fact
from store.domain.who import THE_DESK
from store.persistence.journal import JOURNAL
from store.persistence.registers import KEPT
from store.queries.checks import Check
from store.queries.doctor import ExamineDesk
from tests.store.desk import do, minutes, rows
from tests.store.desks import a_desk

if TYPE_CHECKING:
    from store.records import Records

JUDGED = (Check.REGISTER, Check.REGISTER_UNTOLD, Check.REGISTER_GONE)


def _staffed(records: Records) -> None:
    do(records, SaveCertificate(technician="T1", name="高压电工证", expires_at=minutes(500)))
    do(records, SaveCertificate(technician="T2", name="lift"))
    do(records, SaveRegion(code="RN", name="North"))
    skills = {"hvac": 2, "lift": 5}
    do(records, SaveTechnician(code="T2", name="李伟", skills=skills, regions=("RN",)))
    do(records, SaveCustomer(code="C1", name="Acme", refuses=("T2",)))
    do(records, SaveKind(code="shaft", name="Shaft", skill="lift", level=4, certificate="lift"))
    do(records, SaveDepartments(departments=(("works", "Site works", "施工部"),)))
    do(records, SaveOperator(code="north", name="North", sites=("N1",)))
    do(records, SaveOperator(code="eve", name="Eve", active=False))
    do(records, WelcomeOperator(code="dan", name="Dan"))


staffed = a_desk(_staffed)
"""A desk with papers, trades, a retired operator and one of one site."""


def found(records: Records) -> list[tuple[Check, str, str]]:
    """What is told of operators, technicians and papers: the check, who, and what of him."""
    told = records.ask(ExamineDesk(), who=THE_DESK, at=minutes(9))
    return [
        (f.check, f"{f.facts['register']} {f.facts['code']}", f.facts.get("fields", ""))
        for f in told
        if f.check in JUDGED
    ]


def _new(code: str, **values: Any) -> dict[str, Any]:
    return {"code": code, "name": code, **values}


def harm(records: Records, *statements: str) -> None:
    """Change the store behind the desk's back."""
    with records.database.writing() as conn:
        for statement in statements:
            conn.execute(text(statement))


def test_whatever_the_desk_saves_is_as_saved(staffed: Records) -> None:
    """Made, changed, changed back, retired, and many at once."""
    assert found(staffed) == []
    do(staffed, SaveCertificate(technician="T1", name="高压电工证", expires_at=minutes(900)))
    do(staffed, SaveCertificate(technician="T2", name="lift", expires_at=minutes(900)))
    do(staffed, SaveTechnician(code="T2", name="李伟", skills={}, active=False))
    do(staffed, SaveTechnician(code="T1", name="李强", regions=("RN",)))
    do(staffed, SaveTechnician(code="T1", name="李强", regions=()))
    do(staffed, SaveCustomer(code="C1", name="Acme", refuses=("T1",), asks_for=("T3",)))
    do(staffed, SaveCustomer(code="C1", name="Acme", refuses=(), asks_for=("T1",)))
    do(staffed, SaveKind(code="shaft", name="Shaft", skill="", level=2))
    do(staffed, SaveOperator(code="north", name="North", sites=()))
    do(staffed, SaveOperator(code="eve", name="Eve", sites=("N1", "S1")))
    with staffed.work(who=THE_DESK, at=minutes(5)) as work:
        work.put_many("technician", [_new("M1"), _new("M2")])
        work.put_many("technician", [_new("M3", active=True), _new("M4", active=False)])
    assert found(staffed) == []


HARMS = {
    "role": ("UPDATE operator SET role = 'system' WHERE code = 'bo'", "operator bo", "role"),
    "returned": ("UPDATE operator SET active = 1 WHERE code = 'eve'", "operator eve", "active"),
    "default": ("UPDATE operator SET active = 0 WHERE code = 'dan'", "operator dan", "active"),
    "desk": ("UPDATE operator SET role = 'dispatcher' WHERE id = 1", "operator system", "role"),
    "all sites": ("DELETE FROM operator_site", "operator north", "operator_site"),
    "other site": ("UPDATE operator_site SET site_id = 2", "operator north", "operator_site"),
    "one site": (
        "INSERT INTO operator_site SELECT id, 1 FROM operator WHERE code = 'bo'",
        "operator bo",
        "operator_site",
    ),
    "retired": ("UPDATE technician SET active = 0 WHERE code = 'T1'", "technician T1", "active"),
    "trade": (
        "UPDATE technician_skill SET level = 1 WHERE level = 5",
        "technician T2",
        "technician_skill",
    ),
    "expiry": (
        "UPDATE certificate SET expires_at = expires_at + 1 WHERE id = 1",
        "certificate 1",
        "expires_at",
    ),
    "owner": ("UPDATE certificate SET technician_id = 3 WHERE id = 1", "certificate 1",
              "technician_id"),
    "region": ("DELETE FROM technician_region", "technician T2", "technician_region"),
    "wish": ("UPDATE technician_wish SET wish = 1", "technician T2", "technician_wish"),
    "takes": ("UPDATE work_kind SET level = 1 WHERE code = 'shaft'", "kind of work shaft", "level"),
    "permit": ("UPDATE work_kind SET certificate = '' WHERE code = 'shaft'", "kind of work shaft",
               "certificate"),
    "merged": ("UPDATE customer SET merged_into = 1 WHERE code = 'C2'", "customer C2",
               "merged_into"),
    "level": ("UPDATE customer SET level_id = NULL WHERE code = 'C2'", "customer C2", "level_id"),
    "department": ("UPDATE department SET name = 'x'", "department works", "name"),
    "paper": ("UPDATE certificate SET name = 'x' WHERE id = 2", "certificate 2", "name"),
}  # fmt: skip
"""What was changed, of whom, and what of him."""


@pytest.mark.parametrize(("statement", "whose", "what"), HARMS.values(), ids=HARMS)
def test_what_was_changed_behind_the_journal_is_found(
    staffed: Records, statement: str, whose: str, what: str
) -> None:
    """Of him alone; saved as it should be, it is on record again."""
    harm(staffed, statement)
    assert found(staffed) == [(Check.REGISTER, whose, what)]
    if whose == "technician T1":
        do(staffed, SaveTechnician(code="T1", name="李强"))
        assert found(staffed) == []


def test_who_came_and_who_went_unseen_is_found(staffed: Records) -> None:
    """An operator nobody made, a paper nobody gave, and one that nobody took."""
    harm(
        staffed,
        "INSERT INTO operator (code, name, role, language, active)"
        " VALUES ('mallory', 'M', 'dispatcher', '', 1)",
        "DELETE FROM certificate WHERE id = 2",
        "INSERT INTO certificate (id, technician_id, name) VALUES (77, 1, 'high voltage')",
    )
    assert found(staffed) == [
        (Check.REGISTER_UNTOLD, "operator mallory", ""),
        (Check.REGISTER_UNTOLD, "certificate 77", ""),
        (Check.REGISTER_GONE, "certificate 2", ""),
    ]


def test_a_paper_taken_out_by_the_desk_is_not_missed(staffed: Records) -> None:
    """Its entry says so."""
    with staffed.work(who=THE_DESK, at=minutes(5)) as work:
        work.drop("certificate", 2)
    assert found(staffed) == []


def test_entries_without_values_are_not_judged(staffed: Records) -> None:
    """Those of the release before say only which fields were changed."""
    (bo,) = [row["id"] for row in rows(staffed, KEPT["operator"]) if row["code"] == "bo"]
    with staffed.work(who=THE_DESK, at=minutes(5)) as work:
        work.record(
            Fact(
                name="register_edited",
                body={"register": "operator", "id": bo, "fields": ["active"]},
            )
        )
        sites = {"register": "operator_site", "id": bo, "fields": ["site_id"]}
        work.record(Fact(name="register_edited", body=sites))
    harm(
        staffed,
        f"UPDATE operator SET active = 0 WHERE id = {bo}",
        f"INSERT INTO operator_site VALUES ({bo}, 1)",
    )
    assert found(staffed) == []
    harm(staffed, f"UPDATE operator SET role = 'system' WHERE id = {bo}")
    assert found(staffed) == [(Check.REGISTER, "operator bo", "role")]


def test_words_that_were_erased_are_not_judged(staffed: Records) -> None:
    """Nothing is known of them any more."""
    with staffed.database.writing() as conn:
        conn.execute(update(JOURNAL).where(JOURNAL.c.words.is_not(None)).values(words=None))
    harm(staffed, "UPDATE certificate SET name = 'erased'")
    assert found(staffed) == []


def test_no_name_is_in_what_is_hashed(staffed: Records) -> None:
    """Roles, times and ids alone."""
    told = [row["body"] for row in rows(staffed, JOURNAL, fact="register_edited")]
    bodies = json.dumps(told, ensure_ascii=False)
    assert any("values" in body for body in told)
    for name in ("高压电工证", "Eve", "李伟"):
        assert name not in bodies
