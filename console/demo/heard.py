"""What the sample desk's customers say: some have answered, one badly, others are to be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from store.domain.survey_steps import rate
from store.domain.surveys import UNHAPPY, Survey, call_back_by

if TYPE_CHECKING:
    from collections.abc import Iterable

    from store.domain.history import History
    from store.persistence.work import Work

ANSWERS: Final = (
    (2, 4, "Nobody told us that he would come a day later.", "晚了一天才来，也没人通知我们。"),
    (5, 10, "Quick and friendly.", "来得快，态度好。"),
    (4, 8, "", ""),
    (5, 9, "He explained what had been wrong.", "讲清楚了问题出在哪里。"),
)
"""How content, whether to recommend us, and his words in both languages."""


def answer(work: Work, numbers: Iterable[int], *, language: str) -> None:
    """The first of these orders answered, in this transaction; the rest stays to be asked."""
    chinese = language.startswith("zh")
    for number, (csat, nps, *words) in zip(numbers, ANSWERS, strict=False):
        order = work.order(number)
        rules = work.rules(order)
        after, facts = rate(order, rules, csat=csat, nps=nps, said=words[chinese], at=work.at)
        work.save(order, after, *facts)
        if after.bad_at is not None:
            due_at = call_back_by(rules, at=work.at)
            work.promise_follow_up(number, due_at=due_at, kind=UNHAPPY)


def is_planned(history: History) -> bool:
    """Whether the customer of an order is still to be asked."""
    return history.order.survey == Survey.PLANNED
