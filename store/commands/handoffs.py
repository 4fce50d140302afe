"""Hand-offs between departments: given, acknowledged, bounced back, recalled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from store.commands.inputs import LONG, NAME, REASON, line, needed, paragraph
from store.commands.projects_asked import (
    AcknowledgeHandoff,
    BounceHandoff,
    HandProject,
    RecallHandoff,
)
from store.commands.projects_told import (
    done,
    entered,
    gate,
    hours_of,
    named,
    waiting_for,
    working_s,
)
from store.domain.errors import BadInput
from store.domain.project_refusals import SameDepartment
from store.domain.project_steps import bounce, hand, in_hand, promise, recall, take
from store.domain.project_way import ACKNOWLEDGE_S, WAY
from store.domain.projects import Handoff
from store.domain.replay import whole_ms
from store.domain.sop import Stage
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from store.domain.intents import Command, Done
    from store.persistence.work import Work

_HEX: Final = frozenset("0123456789abcdef")


def hand_project(work: Work, command: HandProject) -> Done:
    """With words and evidence; the clock of the hand-off runs from now on."""
    words = paragraph(command.words, N_("what was done"), limit=LONG)
    words = words or needed(words, N_("what was done"))
    held = work.project(command.project, command.seen)
    in_hand(held, waiting_for(work, held))
    project = held.project
    taker = work.find("department", command.department)
    if taker.id == project.department:
        raise SameDepartment(id=project.id, department=named(work, taker.id))
    stage = Stage(project.stage)
    then = stage if command.stay else WAY[stage].then
    if then is None:
        raise BadInput(
            where=N_("stage"),
            wrong=N_("nothing follows aftercare"),
            right=N_("advance the project, which closes it, or hand it over within its stage"),
        )
    if not command.stay:
        gate(work, held)
    seconds = ACKNOWLEDGE_S
    if command.within_h is not None:
        seconds = working_s(command.within_h)
    warn_at, due_at = promise(hours_of(work, project), whole_ms(work.at), seconds)
    handoff = Handoff(
        id=0,
        project=project.id,
        place=held.handoffs + 1,
        stage=stage.value,
        to_stage=then.value,
        giver=project.department,
        taker=taker.id,
        words=words,
        evidence=line(command.evidence, N_("evidence"), limit=1_000),
        sha256=_digest(command.sha256),
        given_at=whole_ms(work.at),
        given_by=work.who.operator,
        warn_at=warn_at,
        due_at=due_at,
    )
    after, rows = hand(held, handoff)
    after = work.put_project("project_handed", held, after, *rows)
    sentence = N_("project {id} handed to {taker}: to be acknowledged by {due_at}")
    return done(work, after, sentence, taker=named(work, taker.id))


def acknowledge_handoff(work: Work, command: AcknowledgeHandoff) -> Done:
    """The next stage begins with it; what came up in its stage meanwhile holds it, too."""
    who = needed(command.who, N_("who took it over"), limit=NAME)
    held = work.project(command.project, command.seen)
    project, handoff, passage = take(held, who, at=work.at, by=work.who.operator)
    rows: tuple[Any, ...] = (handoff, passage)
    if handoff.to_stage != handoff.stage:
        gate(work, held)
        place = passage.place + 1
        project, begun = entered(work, project, Stage(handoff.to_stage), place)
        rows = (*rows, *begun)
    project = work.put_project("project_taken", held, project, *rows)
    sentence = N_("project {id} acknowledged: {stage} with {department}, due {due_at}")
    return done(work, project, sentence)


def bounce_handoff(work: Work, command: BounceHandoff) -> Done:
    """Back with the giver, counted."""
    reason = needed(command.reason, N_("reason"), limit=REASON)
    held = work.project(command.project, command.seen)
    project, rows = bounce(held, reason, at=work.at, by=work.who.operator)
    project = work.put_project("project_bounced", held, project, *rows)
    sentence = N_("project {id} bounced back to {department}; times so far: {bounces}")
    return done(work, project, sentence, bounces=project.bounces)


def recall_handoff(work: Work, command: RecallHandoff) -> Done:
    """As if nothing had been given; the journal tells of it."""
    reason = line(command.reason, N_("reason"), limit=REASON)
    held = work.project(command.project, command.seen)
    project, rows = recall(held, reason, at=work.at, by=work.who.operator)
    project = work.put_project("project_recalled", held, project, *rows)
    return done(work, project, N_("hand-off of project {id} recalled: {stage} with {department}"))


def _digest(text: str) -> str:
    if text and not (len(text) == len("0" * 64) and set(text) <= _HEX):
        raise BadInput(where="sha256", wrong=text[:40], right=N_("64 digits from 0 to f"))
    return text


HANDOFFS_DONE: Mapping[type[Command], Callable[[Any, Any], Done]] = {
    HandProject: hand_project,
    AcknowledgeHandoff: acknowledge_handoff,
    BounceHandoff: bounce_handoff,
    RecallHandoff: recall_handoff,
}
