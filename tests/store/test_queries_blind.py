"""Every question, asked by who sees one site, is answered as if there were no other one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from scheduler.runner import fire_due
from store.commands import (
    NewOrder,
    SaveCustomer,
    SaveOperator,
    SaveRegion,
    SaveSite,
    SaveTechnician,
)
from store.commands.operator_keys import AddKey
from store.domain.corrective_refusals import ActionUnknown
from store.domain.errors import MoveRefused, NameUnknown, OfSomeSites, OrderUnknown, PlanUnknown
from store.domain.exception_refusals import ExceptionUnknown
from store.domain.ideas import IdeaUnknown
from store.domain.inspections import InspectionUnknown
from store.domain.packs import PackUnknown
from store.domain.project_refusals import ProjectUnknown
from store.domain.trainings import TrainingUnknown
from store.domain.voice_refusals import ComplaintUnknown
from store.queries import ANSWERS
from store.queries.backups import Backups
from store.queries.doctor import ExamineDesk, NewestSeal
from store.queries.health import Health
from tests.store.desk import a_key, do, minutes
from tests.store.two_sites import DESK, LATE, NORTH, SOUTH, fill, questions, work_at

if TYPE_CHECKING:
    from store.domain.intents import Query
    from store.records import Records

OF_THE_WHOLE_DESK: dict[type[Query[Any]], str] = {
    Backups: "copies are of the whole desk, and whoever works at it may know how old they are",
    Health: "the machinery fires timers for all, and its counts tell how far it is behind",
    ExamineDesk: "refused to who sees some sites only",
    NewestSeal: "a hash over all of the journal",
}
"""Questions that are about no site."""

REFUSED = (
    *(OrderUnknown, NameUnknown, PlanUnknown, MoveRefused),
    *(ActionUnknown, ComplaintUnknown, ExceptionUnknown, IdeaUnknown, TrainingUnknown),
    *(InspectionUnknown, OfSomeSites, PackUnknown, ProjectUnknown),
)
Asked = dict[Any, Any]


@pytest.fixture
def desk(records: Records) -> Records:
    """Work goes on at the north site only; the south has its people."""
    fill(records)
    return records


def answers(records: Records, asked: list[Query[Any]]) -> Asked:
    """What the north hears, refusals too."""
    found: Asked = {}
    for query in asked:
        try:
            found[repr(query)] = records.ask(query, who=NORTH, at=LATE)
        except REFUSED as refusal:
            found[repr(query)] = repr(refusal)
    return found


def test_every_question_is_asked_here() -> None:
    """A new one cannot be forgotten."""
    assert {type(query) for query in questions([1])} == set(ANSWERS)


def test_another_sites_day_leaves_no_trace(desk: Records) -> None:
    """Neither in rows nor in counts nor in refusals: the answers are those of before, word by word.

    So are those about what is of the other site by itself: a question that it is named in.
    """
    coming = [n + 7 for n in range(1, 8)]
    asked = [q for q in questions([1, 2, *coming]) if type(q) not in OF_THE_WHOLE_DESK]
    before = answers(desk, asked)
    for one in (
        SaveRegion(code="RX", name="Marker Coast"),
        SaveSite(code="S2", name="Marker Mill", region="RX", address="lift road"),
        SaveTechnician(code="T9", name="Marker Jim", home="S2", skills={"hvac": 4}),
        SaveCustomer(code="C9", name="Marker Bank", level="critical", phone="13900002222"),
        SaveOperator(code="cy", name="Marker Cy", sites=("S1", "S2")),
        SaveOperator(code="dee", name="Dee", sites=("N1", "S1", "S2")),
        AddKey(operator="bo", line=f"{a_key(2)} Marker"),
    ):
        do(desk, one, who=DESK, at=minutes(60))
    numbers = work_at(desk, SOUTH, "S1", "C2", "T2", word="Marker")
    assert numbers == coming
    for _ in range(7):  # of a customer whom both sites serve
        asked_there = NewOrder(
            title="Marker more", customer="C1", site="S1", kind="Marker kind", priority=4
        )
        do(desk, asked_there, who=DESK, at=minutes(70))
    fire_due(desk, at=LATE)
    after = answers(desk, asked)
    changed = [query for query in before if before[query] != after[query]]
    assert changed == []
    assert [query for query, answer in after.items() if "Marker" in repr(answer)] == []
