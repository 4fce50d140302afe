"""Orders by how they stand with their procedure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, not_, or_, select, text

from store.domain.finding.grams import folded
from store.persistence.mapping import STEP
from store.queries.answers.lines import ORDERS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import ColumnElement

    Condition = ColumnElement[bool]

MISSING: Final = frozenset({"missing", "left", "缺", "未完成", "待办"})
DONE: Final = frozenset({"done", "complete", "齐", "已完成"})


def has_steps() -> Condition:
    """Whether an order has a procedure."""
    return ORDERS.c.procedure.is_not(None)


def stands_so(words: Iterable[str]) -> Condition:
    """Whether something must be done still, nothing must, or a certain step is not done."""
    return or_(*map(_one, words))


def _one(word: str) -> Condition:
    said = folded(word).strip()
    left = _among(text("mandatory = 1"))
    if said in MISSING:
        return left
    if said in DONE:
        return and_(has_steps(), not_(left))
    return _among(STEP.c.code.in_([word.strip(), said]))


def _among(condition: Any) -> Condition:
    return ORDERS.c.number.in_(select(STEP.c.number).where(STEP.c.done_at.is_(None), condition))
