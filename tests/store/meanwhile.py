"""Two who write at once on PostgreSQL, the second in the middle of the first."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, event

from store.domain.errors import Refusal
from tests.scheduler.faults import until
from tests.store.desk import ANA, minutes
from tests.store.test_handover_races import waiters

if TYPE_CHECKING:
    from store.domain.intents import Command
    from store.records import Records

AT = {"before_cursor_execute": "pg_advisory_xact_lock", "after_cursor_execute": " FOR "}
"""Before he counts on anything, and once he has locked something."""
LATER = minutes(61 * 24 * 60)


def troubles(
    one: Records, other: Records, first: Command, second: Command, moment: str
) -> list[str]:
    """What the database refused while the second began in the middle of the first."""
    found: list[str] = []
    mine, beside = threading.get_ident(), threading.Thread(target=_tried, args=(other, second))

    def meanwhile(_conn: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if threading.get_ident() == mine and AT[moment] in statement and beside.ident is None:
            beside.start()
            until(lambda: waiters(one) > 0 or not beside.is_alive())

    def broken(context: Any) -> None:
        found.append(str(context.original_exception))

    event.listen(Engine, moment, meanwhile)
    event.listen(Engine, "handle_error", broken)
    try:
        _tried(one, first)
        if beside.ident is None:  # it locked nothing
            beside.start()
        beside.join(60)
    finally:
        event.remove(Engine, moment, meanwhile)
        event.remove(Engine, "handle_error", broken)
    assert not beside.is_alive()
    return found


def _tried(records: Records, command: Command) -> None:
    try:
        records.do(command, who=ANA, at=LATER)
    except Refusal:
        return  # that he is somebody else by now
