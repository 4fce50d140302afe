"""Going on to the next stage is taken back whole where nothing has been done there yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from store.commands import Undo
from store.commands.projects_asked import (
    AdvanceProject,
    DoProjectStep,
    EditProject,
    PutInProject,
)
from store.commands.sop import ImportProcedure
from store.domain.errors import Refusal
from store.domain.project_refusals import StageOrdersOpen
from store.domain.projects import Stand
from store.domain.undo_refusals import NoSuchDeed, UnderAnother
from store.queries.doctor import ExamineDesk
from tests.store.desk import ANA, AT_SOUTH, BO, do, minutes, written
from tests.store.project_desk import GATED, begun, card, departments, handed, shown

if TYPE_CHECKING:
    from store.domain.intents import Done
    from store.records import Records

DAY = 1440


@pytest.fixture
def desk(records: Records) -> Records:
    """Departments, a procedure for the stage of design, one project."""
    departments(records)
    do(records, ImportProcedure(source=GATED))
    begun(records)
    return records


def advanced(records: Records, at: float, who: Any = ANA) -> Done:
    """The project in its next stage."""
    return do(records, AdvanceProject(project=1), at=minutes(at), who=who)


def healthy(records: Records) -> None:
    """The journal tells the rows as they are."""
    findings = records.ask(ExamineDesk(), who=ANA, at=minutes(100 * DAY))
    assert list(findings) == []


def rows(records: Records) -> Any:
    """A project without its version, its passages and steps."""
    found = card(records, 1)
    plain = {**vars_of(found.line.project), "version": 0}
    return plain, found.passages, found.steps


def vars_of(row: Any) -> dict[str, Any]:
    """Its fields."""
    return {name: getattr(row, name) for name in row.__dataclass_fields__}


def test_the_stage_stands_as_it_stood(desk: Records) -> None:
    """With its clock and its passage; the journal keeps both."""
    before = rows(desk)
    advanced(desk, 10)
    assert shown(desk, 1).stage == "design"
    done = do(desk, Undo(), at=minutes(11))
    assert done.facts["thing"] == "project 1"
    assert rows(desk) == before
    assert shown(desk, 1).version == 3
    healthy(desk)
    advanced(desk, 12)
    assert [line.step.code for line in card(desk, 1).at_hand] == ["load", "sketch"]
    healthy(desk)


def test_what_was_late_rings_again(desk: Records) -> None:
    """The clock of the stage ran all the while."""
    before = shown(desk, 1)
    advanced(desk, 10)
    do(desk, Undo(), at=minutes(3 * DAY))
    after = shown(desk, 1)
    assert (after.warn_at, after.due_at) == (before.warn_at, before.due_at)
    assert after.next_at == before.next_at


def test_it_is_done_again_through_the_gate(desk: Records) -> None:
    """Redo goes on once more, and that can be taken back, too."""
    advanced(desk, 10)
    do(desk, Undo(), at=minutes(11))
    do(desk, Undo(redo=True), at=minutes(12))
    assert shown(desk, 1).stage == "design"
    healthy(desk)
    do(desk, Undo(), at=minutes(13))
    assert shown(desk, 1).stage == "consultation"
    healthy(desk)


def test_a_closed_project_is_open_again(desk: Records) -> None:
    """In its last stage."""
    for at in range(5):
        if at == 1:
            do(desk, DoProjectStep(project=1, step="load", value="450"), at=minutes(10 + at))
        advanced(desk, 20 + at)
    assert shown(desk, 1).stand is Stand.CLOSED
    do(desk, Undo(), at=minutes(40))
    again = shown(desk, 1)
    assert (again.stage, again.over_at) == ("aftercare", None)
    assert again.due_at is not None
    healthy(desk)
    do(desk, Undo(redo=True), at=minutes(41))
    assert shown(desk, 1).stand is Stand.CLOSED
    healthy(desk)


@pytest.mark.parametrize("later", ["step", "hand", "edit"])
def test_what_builds_on_it_is_taken_back_first(desk: Records, later: str) -> None:
    """A step that was done there, a hand-off, another lead."""
    entry = advanced(desk, 10).undo
    if later == "step":
        do(desk, DoProjectStep(project=1, step="load", value="450"), at=minutes(11))
    elif later == "hand":
        do(desk, DoProjectStep(project=1, step="load", value="450"), at=minutes(11))
        handed(desk, 1, "works", 12)
    else:
        do(desk, EditProject(project=1, lead="Wu"), at=minutes(11), who=BO)
    with pytest.raises(UnderAnother):
        do(desk, Undo(entry=entry), at=minutes(13))
    assert shown(desk, 1).stage == "design"
    healthy(desk)


def test_only_the_last_stage_is_given_back(desk: Records) -> None:
    """Before another that came after it; one after the other they all are."""
    first = advanced(desk, 10).undo
    do(desk, DoProjectStep(project=1, step="load", value="450"), at=minutes(11))
    advanced(desk, 12)
    with pytest.raises(UnderAnother):
        do(desk, Undo(entry=first), at=minutes(13))
    do(desk, Undo(), at=minutes(14))
    assert shown(desk, 1).stage == "design"
    assert [line.step.value for line in card(desk, 1).at_hand] == ["450 kg", ""]
    healthy(desk)


def test_a_gate_that_has_closed_refuses_to_do_it_again(desk: Records) -> None:
    """As it refuses whoever goes on by hand."""
    number = written(desk)
    advanced(desk, 10)
    do(desk, Undo(), at=minutes(11))
    do(desk, PutInProject(number=number, project=1), at=minutes(12), who=BO)
    with pytest.raises(StageOrdersOpen):
        do(desk, Undo(redo=True), at=minutes(13))


def test_another_site_hears_nothing_of_it(desk: Records) -> None:
    """As of any project that it does not see."""
    entry = advanced(desk, 10).undo
    with pytest.raises(NoSuchDeed):
        do(desk, Undo(entry=entry), at=minutes(11), who=AT_SOUTH)


def test_nobody_takes_it_back_twice(desk: Records) -> None:
    """A second one is told."""
    entry = advanced(desk, 10).undo
    do(desk, Undo(entry=entry), at=minutes(11))
    with pytest.raises(Refusal, match="taken back already"):
        do(desk, Undo(entry=entry), at=minutes(12))
