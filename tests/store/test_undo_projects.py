"""What was done to orders of a project is taken back only into a stage that takes work still."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from store.commands import Undo
from store.commands.projects_asked import AdvanceProject, DropProject, PutInProject
from store.domain.project_refusals import ProjectOver, StageBehind
from store.domain.undo_refusals import OthersToo
from tests.store.desk import ANA, AT_NORTH, do, minutes, stored, written
from tests.store.project_desk import begun, departments

if TYPE_CHECKING:
    from store.domain.intents import Command
    from store.records import Records


def taken_out(records: Records, **told: Any) -> tuple[int, int]:
    """An order that was a part of a project for a minute."""
    departments(records)
    project, number = begun(records, **told), written(records)
    do(records, PutInProject(number=number, project=project), at=minutes(1))
    do(records, PutInProject(number=number, project=None), at=minutes(2))
    return project, number


@pytest.mark.parametrize("ended", [False, True])
def test_no_order_comes_back_behind_a_gate(records: Records, ended: bool) -> None:
    """The stage was left without it, or the project is over."""
    project, number = taken_out(records)
    step: Command = AdvanceProject(project=project)
    if ended:
        step = DropProject(project=project, reason="no money")
    do(records, step, at=minutes(3))
    with pytest.raises(ProjectOver if ended else StageBehind):
        do(records, Undo(number=number), at=minutes(4))
    assert stored(records, number).project is None


def test_it_comes_back_while_its_stage_is_at_hand(records: Records) -> None:
    """And holds it again."""
    project, number = taken_out(records)
    do(records, Undo(number=number), at=minutes(3))
    assert stored(records, number).project == project


def test_nobody_hears_of_a_project_elsewhere(records: Records) -> None:
    """It is the whole desk's, and its order is of a site."""
    project, number = taken_out(records, site=None)
    with pytest.raises(OthersToo):
        do(records, Undo(number=number), who=AT_NORTH, at=minutes(3))
    do(records, Undo(number=number), who=ANA, at=minutes(4))
    assert stored(records, number).project == project
