"""Projects as they are written and read: their stages, how they and their hand-offs stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.i18n import _, in_every_language, language
from store.domain.errors import BadInput
from store.domain.projects import ANSWERS, STANDS, Answer
from store.domain.sop import STAGES, Stage
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.domain.order import WorkOrder
    from store.domain.projects import Project
    from store.queries.projects import Names

STAGE_KEYS: Final[Mapping[str, Stage]] = {str(n): one for n, one in enumerate(Stage, 1)}
"""What a digit means, where a stage is asked for."""


def stage_said(stage: str) -> str:
    """A stage in the operator's language; one of a later program by its code."""
    return _(STAGES[Stage(stage)]) if stage in set(Stage) else stage


def answer_said(answer: str) -> str:
    """What became of a hand-off."""
    return _(ANSWERS[Answer(answer)]) if answer in set(Answer) else answer


def stand_said(project: Project) -> str:
    """How a project stands."""
    return _(STANDS[project.stand])


def part_said(order: WorkOrder, title: str) -> str:
    """Which project an order is a part of, and which stage of it."""
    said = _("project {number}, {stage}: {title}")
    stage = stage_said(order.project_stage)
    return said.format(number=order.project, stage=stage, title=title)


def department_said(names: Names) -> str:
    """A department's name in the operator's language, where it has one."""
    english, chinese = names
    return chinese if language().startswith("zh") and chinese else english


def stage_read(text: str) -> str:
    """What a word means that says a stage: its code, its name, or its digit."""
    wanted = _bare(text)
    if wanted in STAGE_KEYS:
        return STAGE_KEYS[wanted].value
    for stage, label in STAGES.items():
        if wanted in {_bare(said) for said in (stage.value, *in_every_language(label))}:
            return stage.value
    raise BadInput(
        where=N_("stage"),
        wrong=N_("“{text}” is none").format(text=text[:40]),
        right=N_("write consultation, design, site-work, acceptance or aftercare"),
    )


def _bare(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign not in " -_")
