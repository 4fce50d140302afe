"""Questions answered out of one read transaction: all of the same state of the store."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from store.domain.reach import answerable
from store.domain.who import Right, require
from store.persistence.reader import Reader
from store.queries import ANSWERS

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator
    from datetime import datetime

    from store.domain.intents import Query
    from store.domain.who import Who
    from store.persistence.database import Database

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class MayWrite:
    """Whether a write could be stored: asked among questions to the store."""


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

    def several(
        self, *asked: Query[Any] | MayWrite, between: Callable[[], object] = lambda: None
    ) -> tuple[Any, ...]:
        """The answers to several questions of one moment, and it may be of nothing else.

        Across a line they come in one go, and may be those that somebody else was given who sees
        the same, if nothing was written since and less than a second has passed. Here `between` is
        called after each, for what may have to come first.
        """
        found = []
        for one in asked:
            found.append(self.may_write() if isinstance(one, MayWrite) else self(one))
            between()
        return tuple(found)

    @property
    def state(self) -> Hashable | None:
        """The name of the state that is seen; see `store.persistence.states`."""
        return self._data.state(self._reader.conn)

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
