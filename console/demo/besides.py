"""What the sample desk has beside its orders, so that no list of it is empty to a newcomer.

Complaints and praise, an action, running procedures, projects, suggestions, and a draw of orders to
inspect. All of it is made up, and none rings within the first minutes.
"""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from console.demo.staff import COLLEAGUE
from store.commands.departments import save_departments
from store.commands.ideas import PayIntoFund, SubmitIdea, pay_into_fund, submit_idea
from store.commands.inspections import draw_inspections
from store.commands.inspections_asked import DrawInspections
from store.commands.projects import new_project
from store.commands.projects_asked import NewProject, SaveDepartments
from store.commands.sop import DoStep, ImportProcedure, do_step, import_procedure
from store.commands.voices import (
    act_on_complaint,
    answer_complaint,
    find_cause_of,
    keep_complaint,
    keep_praise,
)
from store.commands.voices_asked import (
    ActOnComplaint,
    AnswerComplaint,
    FindComplaintCause,
    KeepComplaint,
    KeepPraise,
)
from store.domain.errors import Refusal
from store.domain.lifecycle import State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.persistence.work import Work

_LED: Final = 3
"""Orders under way that follow the procedure."""
_DEPARTMENTS: Final = (
    ("consulting", "Customer consulting", "客户咨询部"),
    ("design", "Design", "设计部"),
    ("works", "Site works", "施工部"),
)
_COMPLAINTS: Final = (
    ("late", "We waited all afternoon, and nobody called.", "等了一下午，也没人打电话。"),
    ("manner", "He left without a word.", "一句话没说就走了。"),
)
_PRAISE: Final = ("He stayed until the heat was back.", "一直忙到暖气恢复才走。")
_ANSWER: Final = ("A call before every visit from now on.", "今后每次上门前先打电话。")
_PROJECTS: Final = (
    ("consulting", "New street lights at the square", "广场路灯更新"),
    ("design", "Drains of the lower streets", "低洼路段排水改造"),
)
_IDEAS: Final = (
    ("Sand and salt in every van when snow is forecast.", "预报有雪时，每辆车都备好沙和盐。"),
    ("Send the caller a photo of what was done.", "完工后把现场照片发给报修人。"),
)
_FUND: Final = 5_000
_STEPS: Final = (
    ("before", "Photo before work begins", "开工前拍照", "done"),
    ("safe", "Bar the place off", "围护现场", "done"),
    ("tell", "Tell whoever asked what was done", "告知报修人处理结果", "done"),
)
_TITLE: Final = ("On site, step by step", "现场标准步骤")


def furnish_besides(
    work: Work, going: Sequence[int], heard: Sequence[int], *, language: str
) -> None:
    """All of it, in this transaction: `going` are open orders, `heard` those of who was served."""
    zh = language.startswith("zh")
    _voices(work, heard, zh=zh)
    _procedure(work, going, zh=zh)
    save_departments(work, SaveDepartments(departments=_DEPARTMENTS))
    for department, *titles in _PROJECTS:
        new_project(work, NewProject(title=titles[zh], department=department))
    pay_into_fund(work, PayIntoFund(amount=_FUND))
    for texts in _IDEAS:
        submit_idea(work, SubmitIdea(text=texts[zh]))
    with suppress(Refusal):  # a week in which nothing was closed has nothing to inspect
        draw_inspections(work, DrawInspections())


def _voices(work: Work, heard: Sequence[int], *, zh: bool) -> None:
    """Of whom an order was done for; what was complained of first has its answer and an action."""
    numbers = list(heard[-len(_COMPLAINTS) - 1 :])
    since = work.at - timedelta(minutes=40)
    kept: list[int] = []
    for number, (about, *said) in zip(numbers, _COMPLAINTS, strict=False):
        told = KeepComplaint(said=said[zh], about=about, number=number, received_at=since)
        kept.append(int(keep_complaint(work, told).facts["id"]))
    if not kept:
        return
    with suppress(Refusal):  # an order at which nobody was
        keep_praise(work, KeepPraise(said=_PRAISE[zh], number=numbers[-1]))
    answered = AnswerComplaint(complaint=kept[0], told=_ANSWER[zh], whom="Li" if zh else "Mrs Lee")
    answer_complaint(work, answered)
    find_cause_of(work, FindComplaintCause(complaint=kept[0], cause="communication"))
    act_on_complaint(work, ActOnComplaint(complaint=kept[0], owner=COLLEAGUE))


def _procedure(work: Work, going: Sequence[int], *, zh: bool) -> None:
    """For the kind of work that most are at just now; no move of the day waits for it."""
    here = [order for order in work.orders(going).values() if order.state is State.ON_SITE]
    kinds = Counter(order.kind for order in here if order.kind)
    if not kinds:
        return
    ((kind, _count),) = kinds.most_common(1)
    head = f'kind = "{kind}"\nversion = 1\ntitle = "{_TITLE[zh]}"\n'
    steps = (
        f'[[step]]\ncode = "{code}"\ntitle = "{titles[zh]}"\nevidence = "{evidence}"\n'
        for code, *titles, evidence in _STEPS
    )
    import_procedure(work, ImportProcedure(source=head + "".join(steps)))
    for before in [order for order in here if order.kind == kind][:_LED]:
        after, facts = work.led(before)
        work.save(before, after, *facts)
        do_step(work, DoStep(number=before.number, step=_STEPS[0][0]))
