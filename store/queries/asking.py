"""Questions answered out of one read transaction: all of the same state of the store."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from store.domain.reach import answerable
from store.domain.who import Right, require
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

    def __init__(self, reader: Reader, data: Database) -> None:
        self._reader = reader
        self._data = data

    @property
    def who(self) -> Who:
        """The asker as the store knows him at this moment."""
        return self._reader.who

    def __call__(self, query: Query[Answer]) -> Answer:
        """The answer to a question."""
        answer: Answer = ANSWERS[type(query)](self._reader, answerable(query))
        return answer

    def may_write(self) -> bool:
        """Whether a write could be stored, as far as that can be told without one."""
        return self._data.may_write(self._reader.conn)


@contextmanager
def asking(data: Database, *, who: Who, at: datetime) -> Iterator[Asking]:
    """Ask as of one moment; NotAllowed to those who may not read, or do not work here now."""
    from store.persistence.admitting import admitted  # a screen imports this before it asks

    with data.reading() as conn:
        asker = admitted(conn, who)
        require(asker, Right.READ)
        yield Asking(Reader(conn=conn, who=asker, at=at, kind=data.kind, pace=data.pace), data)
