"""Questions to the store and the rows that answer them.

A question and its rows are plain dataclasses in a module named for the idea, free of SQLAlchemy,
so that a screen may import them before its first paint. The function that answers it is in
`store.queries.answers`; `ANSWERS` finds it by the question's type and imports SQLAlchemy then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from store.domain.intents import Query

    ANSWERS: Mapping[type[Query[Any]], Callable[..., Any]]
    """Each question's type to the function (reader, question) that answers it."""


def __getattr__(name: str) -> Any:
    if name != "ANSWERS":
        raise AttributeError(name)
    from store.queries.answers import ANSWERS

    return ANSWERS
