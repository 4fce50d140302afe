"""Laws of projects: what a clock promises, how often it rings, where a stage leads."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from store.domain.evolve import evolve
from store.domain.project_steps import acknowledge, promise, rang_at, ring
from store.domain.project_way import WAY
from store.domain.projects import MISSED, NEAR, Project
from store.domain.projects_told import projects_told, step_fact
from store.domain.sop import Stage
from tests.budget import tries
from tests.builders import OFFICE

MONDAY = datetime(2026, 9, 21, 1, 0, tzinfo=UTC)
moments = st.integers(0, 60 * 24 * 400).map(lambda m: MONDAY + timedelta(minutes=m))
spans = st.integers(360, 3_600 * 480)


def a_project(warn_at: datetime, due_at: datetime) -> Project:
    return Project(
        id=1, title="x", customer=None, site=None, asset=None, stage="design", department=1,
        lead="", consultation_s=1, design_s=1, site_work_s=1, acceptance_s=1, aftercare_s=1,
        opened_at=MONDAY, opened_by=1, warn_at=warn_at, due_at=due_at,
    )  # fmt: skip


@given(moments, spans)
@settings(max_examples=tries(60, 2_000))
def test_a_clock_warns_before_its_end_by_working_time(since: datetime, seconds: int) -> None:
    """Its end is so much work after its beginning, and the warning three quarters of it."""
    warn_at, due_at = promise(OFFICE, since, seconds)
    assert since <= warn_at <= due_at
    assert OFFICE.between(since, due_at) == timedelta(seconds=seconds)
    assert OFFICE.between(since, warn_at) == timedelta(seconds=int(seconds * 0.75))


@given(st.lists(moments, min_size=1, max_size=9), moments, spans)
@settings(max_examples=tries(60, 2_000))
def test_each_level_rings_once_whenever_somebody_looks(
    looks: list[datetime], since: datetime, seconds: int
) -> None:
    """However often, and whether or not it was acknowledged between; the worst one that is due."""
    warn_at, due_at = promise(OFFICE, since, seconds)
    project, rang = a_project(warn_at, due_at), []
    for at in sorted(looks):
        after = ring(project, waits=False, at=at)
        assert (after is None) == (project.next_at is None or project.next_at > at)
        if after is not None:
            rang.append(after.reached)
            assert after.reached == (MISSED if due_at <= at else NEAR)
            fell = rang_at(after)
            assert fell is not None
            assert fell <= at
            project = after
        project = acknowledge(project, at=at, by=1) or project
    assert rang == sorted(set(rang))
    assert len(rang) == project.rings


def test_the_way_leads_through_all_five_and_back_only_to_one_before() -> None:
    """No stage is left out, and none is put back to itself or to one ahead."""
    stages, seen = [*Stage], list[Stage]()
    now: Stage | None = Stage.CONSULTATION
    while now is not None:
        seen.append(now)
        for back in WAY[now].back:
            assert stages.index(back) < stages.index(now)
        now = WAY[now].then
    assert seen == stages


@given(st.lists(st.sampled_from(["title", "lead", "dropped"]), max_size=5), st.booleans())
@settings(max_examples=tries(30, 500))
def test_what_is_told_comes_back_but_for_erased_words(changed: list[str], erased: bool) -> None:
    """Words lie apart from what is hashed, and come back empty once they are gone."""
    project, facts = a_project(MONDAY, MONDAY), []
    facts.append(step_fact("project_opened", 1, [("project", None, project)]))
    for place, name in enumerate(changed):
        after = evolve(project, **{name: f"{name} {place}"})
        facts.append(step_fact("project_changed", 1, [("project", project, after)]))
        project = after
    for fact in facts:
        assert "title 0" not in str(fact.body)
    if erased:
        facts = [type(fact)(name=fact.name, body=fact.body, words=None) for fact in facts]
        project = evolve(project, title="", lead="", dropped="")
    assert projects_told(facts)["project"] == {1: project}
