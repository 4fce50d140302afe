"""Actions: opened from a finding, planned, done, judged by its figure, and ended by a change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from store.commands.corrective_agreed import (
    check_sight,
    check_site,
    code_of,
    done_of,
    due_of,
    owner_of,
    set_action,
)
from store.commands.corrective_asked import (
    AddWhy,
    CloseAction,
    DropAction,
    FinishAction,
    JudgeAction,
    OpenAction,
    SetAction,
    StartAction,
)
from store.commands.inputs import REASON, TITLE, needed, one_of, paragraph
from store.domain.corrective import STANDARDS, Corrective, Finding, Stage, Standard, Why
from store.domain.corrective_refusals import CauseNotFound, FindingHasAction
from store.domain.corrective_steps import (
    add_why,
    after,
    before,
    change,
    check_judge,
    close,
    drop,
    finish,
    judge,
    start,
    with_baseline,
)
from store.domain.corrective_told import with_a_stake
from store.domain.intents import Done
from store.domain.replay import whole_ms
from store.domain.survey_steps import is_found_out
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from store.commands.corrective_asked import Ref
    from store.domain.intents import Command
    from store.domain.order import WorkOrder
    from store.persistence.work import Work


def open_action(work: Work, command: OpenAction) -> Done:
    """One action for one finding; it rings at its order."""
    order = work.order(command.number)
    if order.bad_at is None or not is_found_out(order):
        raise CauseNotFound(number=order.number)
    known = work.action_of(Finding.ANSWER, order.number, order.bad_at)
    if known is not None:
        raise FindingHasAction(number=order.number, id=known)
    return begin_action(
        work,
        (Finding.ANSWER, order.number, order.bad_at),
        order,
        problem=command.problem or order.said or order.title,
        cause=order.cause or "",
        contained=order.contained,
        owner=command.owner,
        due_at=command.due_at,
    )


def begin_action(
    work: Work,
    found: tuple[Finding, int, datetime],
    order: WorkOrder,
    *,
    problem: str,
    cause: str,
    contained: str = "",
    invited: tuple[str, datetime] | None = None,
    owner: Ref | None = None,
    due_at: datetime | None = None,
) -> Done:
    """A new action at an order, from whatever was `found`: its kind, its id, and when."""
    at = whole_ms(work.at)
    action = work.add_corrective(
        Corrective(
            id=0,
            version=1,
            finding=found[0].value,
            finding_id=found[1],
            found_at=found[2],
            number=order.number,
            stage=Stage.PLAN,
            stage_since=at,
            opened_at=at,
            opened_by=work.who.operator,
            problem=paragraph(problem, N_("problem")),
            cause=cause,
            contained=contained,
            invited=invited[0] if invited else "",
            invited_at=invited[1] if invited else None,
            owner=owner_of(work, owner, site=order.site),
            due_at=due_of(work, due_at),
            site=order.site,
            zone=work.rules(order).hours.zone.key,
        )
    )
    name = work.operator(action.owner).name
    facts = {"id": action.id, "number": order.number, "owner": name, "due_at": action.due_at}
    sentence = N_("action {id} opened for order {number}: {owner} plans it by {due_at}")
    return Done(sentence=sentence, facts=facts, numbers=(order.number,))


def answer_why(work: Work, command: AddWhy) -> Done:
    """One step nearer to the cause."""
    why = needed(command.why, N_("why"), limit=REASON)
    evidence = needed(command.evidence, N_("evidence"), limit=REASON)
    action = work.corrective(command.action, command.seen)
    became = add_why(action, Why(text=why, evidence=evidence))
    became = work.put_corrective("action_why", action, became)
    sentence = N_("action {id}: answer {count} to why is kept")
    return done_of(became, sentence, count=len(became.whys))


def start_action(work: Work, command: StartAction) -> Done:
    """With what the figure was in as many days before."""
    action = work.corrective(command.action, command.seen)
    became = start(action, at=work.at)
    check_site(work, action.number, action.site)
    check_sight(work, action)
    question = before(action, site=code_of(work, action), at=work.at)
    became = with_baseline(became, work.measure(question), question)
    if command.due_at is not None:
        became = change(became, due_at=due_of(work, command.due_at))
    became = work.put_corrective("action_started", action, became)
    sentence = N_("action {id} begun: to be done by {due_at}")
    return done_of(became, sentence, due_at=became.due_at)


def finish_action(work: Work, command: FinishAction) -> Done:
    """It is not over by that."""
    done = needed(command.done, N_("what was done"), limit=REASON)
    action = work.corrective(command.action, command.seen)
    became = finish(action, done, at=work.at, by=work.who.operator)
    became = work.put_corrective("action_done", action, became)
    sentence = N_("action {id} done: its effect is observed until {until}, then judged")
    return done_of(became, sentence, until=became.check_at)


def judge_action(work: Work, command: JudgeAction) -> Done:
    """The figure is measured here and now, whatever anybody says of it."""
    verdict = needed(command.verdict, N_("verdict"), limit=REASON)
    action = work.corrective(command.action, command.seen)
    check_sight(work, action)
    (story,) = work.stories([action.number]).values()
    stakes = with_a_stake((told.fact for told in story), action.id)
    check_judge(action, stakes, at=work.at, by=work.who.operator)
    again_by = None if command.effective else due_of(work, command.due_at)
    became = judge(
        action,
        work.measure(after(action, site=code_of(work, action))),
        stakes=stakes,
        effective=command.effective,
        verdict=verdict,
        again_by=again_by,
        at=work.at,
        by=work.who.operator,
    )
    became = work.put_corrective("action_judged", action, became)
    sentence = N_("action {id} had no effect: it is to be done anew by {due_at}")
    if command.effective:
        sentence = N_("action {id} had an effect: change procedure or training by {due_at}")
    return done_of(became, sentence, due_at=became.due_at)


def close_action(work: Work, command: CloseAction) -> Done:
    """What was learnt stays."""
    standard = Standard(one_of(command.standard, list(Standard), N_("what was changed")))
    changed = needed(command.changed, N_("which one"), limit=TITLE)
    action = work.corrective(command.action, command.seen)
    became = close(action, standard.value, changed, at=work.at)
    became = work.put_corrective("action_closed", action, became)
    sentence = N_("action {id} closed: {standard} changed, {changed}")
    return done_of(became, sentence, standard=STANDARDS[standard], changed=changed)


def drop_action(work: Work, command: DropAction) -> Done:
    """With its reason in the journal."""
    reason = needed(command.reason, N_("reason"), limit=REASON)
    action = work.corrective(command.action, command.seen)
    became = work.put_corrective("action_dropped", action, drop(action, reason, at=work.at))
    return done_of(became, N_("action {id} dropped: its finding waits for another one"))


JUDGING: frozenset[type[Command]] = frozenset({JudgeAction})
"""What only somebody may do who supervises the desk."""
ACTIONS_DONE: Mapping[type[Command], Callable[[Any, Any], Done]] = {
    OpenAction: open_action,
    AddWhy: answer_why,
    SetAction: set_action,
    StartAction: start_action,
    FinishAction: finish_action,
    JudgeAction: judge_action,
    CloseAction: close_action,
    DropAction: drop_action,
}
"""What is done to actions; nothing of it is taken back, an action is dropped instead."""

__all__ = [
    "ACTIONS_DONE",
    "JUDGING",
    "AddWhy",
    "CloseAction",
    "DropAction",
    "FinishAction",
    "JudgeAction",
    "OpenAction",
    "SetAction",
    "StartAction",
]
