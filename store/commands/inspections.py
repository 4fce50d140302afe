"""Inspections: drawn, scored by somebody else than who did the work, and what they lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from store.commands.corrective import begin_action
from store.commands.inputs import LONG, REASON, needed, one_of, paragraph, whole
from store.commands.inspections_asked import (
    ActOnInspection,
    DrawInspections,
    DropInspection,
    ImportSheet,
    KeepInspectionWords,
    ReopenInspection,
    ScoreInspection,
)
from store.domain.causes import Cause
from store.domain.corrective import Finding
from store.domain.errors import BadInput
from store.domain.inspection_sheet import read_sheet
from store.domain.inspection_weeks import monday_of, week_of
from store.domain.inspections import (
    STANDS,
    Inspection,
    InspectionCauseLacking,
    InspectionHasAction,
    NotScoredYet,
    check_not_own,
    drop,
    open_again,
    score,
    told,
)
from store.domain.intents import Done
from store.domain.sop_refusals import ProcedureKept, ProcedureOlder
from store.domain.words import N_, counted
from store.persistence import inspection_sheets

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from store.domain.inspection_sheet import Sheet
    from store.domain.intents import Command
    from store.persistence.work import Work


def draw_inspections(work: Work, command: DrawInspections) -> Done:
    """Told with the seed, by which anybody can do it again."""
    if command.share is not None:
        whole(command.share, 0, 100, N_("share"), "%")
    week = week_of(monday_of(command.week)) if command.week else ""
    work.hold_desk()
    draw, made = work.draw_week(week or work.last_week(), share=command.share, again=command.again)
    facts = {
        "week": draw.week,
        "seed": draw.seed,
        "share": draw.share,
        "digest": draw.digest,
        "of": draw.count,
        "count": len(made),
        "drawn": [one.number for one in made],
    }
    said = counted(
        N_("{week}: {count} of {of} orders is to be inspected; seed {seed}"),
        N_("{week}: {count} of {of} orders are to be inspected; seed {seed}"),
        len(made),
    )
    return Done(sentence=said, facts=facts)


def import_sheet(work: Work, command: ImportSheet) -> Done:
    """All of it or nothing; the same once more changes nothing."""
    sheet = read_sheet(command.source)
    work.hold_desk()
    kept = inspection_sheets.kept_sheets(work.conn)
    same_kind = inspection_sheets.same_kind
    before = next((one for one in kept if same_kind(one.kind, sheet.kind)), None)
    facts: dict[str, Any] = {"kind": sheet.kind, "version": sheet.version}
    if before is not None and before.version >= sheet.version:
        if (before.version, before.source) == (sheet.version, command.source):
            sentence = N_("score sheet of {kind} is at version {version} already")
            return Done(sentence=sentence, facts=facts)
        same = before.version == sheet.version
        raise (ProcedureKept if same else ProcedureOlder)(
            **facts, newest=before.version, next=before.version + 1
        )
    inspection_sheets.put_sheet(work, sheet, command.source)
    sentence = N_(
        "score sheet of {kind}, version {version}: what is drawn from now on is scored by its"
        " {count} criteria"
    )
    return Done(sentence=sentence, facts=facts | {"count": len(sheet.criteria)})


def score_inspection(work: Work, command: ScoreInspection) -> Done:
    """Once; whoever scored it wrongly opens it again first."""
    remark = paragraph(command.remark, N_("what was found"), limit=LONG)
    held = _of_others(work, command)
    sheet = _sheet(work, held)
    became = score(held, sheet, command.scores, remark, at=work.at, by=work.who.operator)
    became = work.put_inspection("inspection_scored", held, became)
    sentence = N_("inspection {id} of order {number}: {total} %")
    return _done(became, sentence, total=f"{(became.total or 0) / 10:.1f}", scores=became.scores)


def keep_words(work: Work, command: KeepInspectionWords) -> Done:
    """As they were said."""
    technician = paragraph(command.technician, N_("words of the technician"), limit=LONG)
    customer = paragraph(command.customer, N_("words of the customer"), limit=LONG)
    if not technician and not customer:
        needed("", N_("own words"))
    held = work.inspection(command.inspection, command.seen)
    became = told(held, technician, customer)
    if became != held:
        became = work.put_inspection("inspection_words", held, became)
    return _done(became, N_("inspection {id}: raw words kept, apart from its scores"))


def reopen_inspection(work: Work, command: ReopenInspection) -> Done:
    """Not where an action rests on it, nor by who did the work."""
    held = _of_others(work, command)
    _without_action(work, held)
    became = work.put_inspection("inspection_reopened", held, open_again(held))
    return _done(became, N_("inspection {id} of order {number} is to be done again"))


def drop_inspection(work: Work, command: DropInspection) -> Done:
    """With its reason; the draw still names it. Nobody leaves out what he did himself."""
    why = needed(command.reason, N_("reason"), limit=REASON)
    held = _of_others(work, command)
    became = work.put_inspection("inspection_dropped", held, drop(held, why, at=work.at))
    return _done(became, N_("inspection {id} of order {number} left out"))


def act_on_inspection(work: Work, command: ActOnInspection) -> Done:
    """One action for one finding."""
    cause = Cause(one_of(command.cause, list(Cause), N_("root cause")))
    work.hold_inspected(command.inspection)
    held = work.inspection(command.inspection, command.seen)
    if held.scored_at is None:
        raise NotScoredYet(id=held.id)
    _without_action(work, held)
    if cause is Cause.UNKNOWN:
        raise InspectionCauseLacking(id=held.id)
    return begin_action(
        work,
        (Finding.INSPECTION, held.id, held.scored_at),
        work.order(held.number),
        problem=needed(command.problem, N_("problem"), limit=REASON),
        cause=cause.value,
        owner=command.owner,
        due_at=command.due_at,
    )


def _of_others(
    work: Work, command: ScoreInspection | ReopenInspection | DropInspection
) -> Inspection:
    """It, where somebody else than the asker did the work; `OwnWork` else."""
    held = work.inspection(command.inspection, command.seen)
    who = work.operator(work.who.operator)
    check_not_own(held, work.who_did(held.number), who.code, who.name)
    return held


def _without_action(work: Work, held: Inspection) -> None:
    known = work.action_of_inspection(held)
    if known is not None:
        raise InspectionHasAction(id=held.id, action=known)


def _sheet(work: Work, held: Inspection) -> Sheet:
    sheet = work.sheet_of(held)
    if sheet is None:
        raise BadInput(
            where=N_("score sheet"),
            wrong=N_("a newer paidan has written it"),
            right=N_("score it there"),
        )
    return sheet


def _done(held: Inspection, sentence: str, **facts: Any) -> Done:
    told_ = {"id": held.id, "number": held.number, "stand": STANDS[held.stand], **facts}
    return Done(sentence=sentence, facts=told_, numbers=(held.number,))


INSPECTIONS_DONE: Mapping[type[Command], Callable[[Any, Any], Done]] = {
    DrawInspections: draw_inspections,
    ImportSheet: import_sheet,
    ScoreInspection: score_inspection,
    KeepInspectionWords: keep_words,
    ReopenInspection: reopen_inspection,
    DropInspection: drop_inspection,
    ActOnInspection: act_on_inspection,
}
"""What is done about them; a score is taken back by opening the inspection again."""
DRAWING = frozenset({DrawInspections})
"""What is the supervisor's, for the whole desk."""

__all__ = [
    "DRAWING",
    "INSPECTIONS_DONE",
    "ActOnInspection",
    "DrawInspections",
    "DropInspection",
    "ImportSheet",
    "KeepInspectionWords",
    "ReopenInspection",
    "ScoreInspection",
]
