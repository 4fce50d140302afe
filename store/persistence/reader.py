"""What a query is given: a connection that sees one moment, and who asks when."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from store.domain.pace import LIFE, Pace

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy import Connection

    from store.domain.who import Who
    from store.persistence.database import Kind

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """One read transaction; it cannot write."""

    conn: Connection
    who: Who
    at: datetime
    kind: Kind
    pace: Pace = LIFE
    """How fast this desk lives: the one place where an answer learns of it."""
    _read: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    def once(self, what: str, read: Callable[[], Answer]) -> Answer:
        """What several questions of one moment want: read for the first of them."""
        if what not in self._read:
            self._read[what] = read()
        answer: Answer = self._read[what]
        return answer
