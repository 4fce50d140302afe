"""Taking back, and seeing that the store still agrees with itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from store.commands import (
    Undo,
)
from store.domain.who import THE_DESK
from store.queries.doctor import ExamineDesk, ExamineOrders
from tests.store.desk import (
    ANA,
    do,
    minutes,
    promises_kept,
)

if TYPE_CHECKING:
    from store.domain.intents import Done
    from store.records import Records


def undo(records: Records, *, at: float = 30, who: Any = ANA, **meant: Any) -> Done:
    """Take back so many minutes after nine, and see that the store still agrees with itself."""
    done = do(records, Undo(**meant), who=who, at=minutes(at))
    promises_kept(records, list(done.numbers))
    assert records.ask(ExamineOrders(), who=ANA, at=minutes(at)).findings == ()
    assert records.ask(ExamineDesk(), who=THE_DESK, at=minutes(at)) == ()
    return done
