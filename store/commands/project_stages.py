"""On to the next stage of a project, and back from there as if it had never been left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from store.commands.projects_told import entered, gate, waiting_for
from store.domain.project_steps import again_in, close, ended, in_hand
from store.domain.project_way import WAY
from store.domain.projects import Passage, Went
from store.domain.sop import Stage

if TYPE_CHECKING:
    from store.domain.deeds import Told
    from store.domain.projects import Held, Project
    from store.persistence.work import Work

RESTORED = "project_restored"


def ahead(work: Work, held: Held) -> tuple[Project, tuple[Any, ...]]:
    """Through the gate of its stage: what it is then, and the rows that came or changed."""
    in_hand(held, waiting_for(work, held))
    gate(work, held)
    passage = ended(held.passage, Went.ON, handed_at=work.at, at=work.at)
    then = WAY[Stage(held.project.stage)].then
    if then is None:
        return close(held.project, at=work.at, by=work.who.operator), (passage,)
    project, begun = entered(work, held.project, then, passage.place + 1)
    return project, (passage, *begun)


def place_of(rows: tuple[Any, ...]) -> dict[str, int]:
    """At which place the project then is, among all that it went through."""
    return {"place": max(row.place for row in rows if isinstance(row, Passage))}


def stage_back(work: Work, project: int, told: Told) -> bool:
    """The stage that an entry left is at hand again, its clock as if it had never been left.

    What it took back is done again, through the same gate. False where it is not as the entry left
    it. Orders of the stage that was gone on to stay: its turn comes again.
    """
    held, body = work.project(project), told.fact.body
    if body.get("place") != held.passage.place:  # one of an older release tells none
        return False
    told_more = {"undoes": told.deed or told.seq}
    if told.fact.name == RESTORED and body["back"]:
        after, rows = ahead(work, held)
        more = {**told_more, **place_of(rows), "back": False}
        work.put_project(RESTORED, held, after, *rows, more=more)
        return True
    passage, gone = held.passage, tuple[Any, ...]()
    if held.project.over_at is None:
        before = work.passage_before(held)
        if before is None:
            return False
        passage, gone = before, (held.passage, *held.steps)
    after, again = again_in(held.project, passage)
    more = {**told_more, **place_of((again,)), "back": True}
    work.put_project(RESTORED, held, after, again, gone=gone, more=more)
    return True
