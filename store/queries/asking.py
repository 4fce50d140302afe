"""Questions answered out of one read transaction: all of the same state of the store."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from store.domain.reach import answerable
from store.domain.who import Right, not_allowed
from store.persistence.reader import Reader
from store.queries import ANSWERS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from store.domain.intents import Query
    from store.domain.who import Who
    from store.persistence.database import Database

Answer = TypeVar("Answer")


class Asking:
    """Answers one question after the other."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def __call__(self, query: Query[Answer]) -> Answer:
        """The answer to a question."""
        answer: Answer = ANSWERS[type(query)](self._reader, answerable(query))
        return answer


@contextmanager
def asking(data: Database, *, who: Who, at: datetime) -> Iterator[Asking]:
    """Ask as of one moment; NotAllowed to those who may not read."""
    if not who.may(Right.READ):
        raise not_allowed(who, Right.READ)
    with data.reading() as conn:
        yield Asking(Reader(conn=conn, who=who, at=at, kind=data.kind, pace=data.pace))
