"""A process of its own that looks over a large board once: which orders need somebody?

Its task is a line of JSON on its standard input, its answer one on its standard output. It stands
back behind everything else on the machine.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from console.replan.needing import needing_in
from store.domain.pace import Pace
from store.domain.who import Role, Scope, Who
from store.queries.replan import BoardToPlan
from store.records import open_records

if TYPE_CHECKING:
    from typing import TextIO

_MEEK: Final = 10
"""So much less urgent than the console, as `nice` counts."""


def main(told: TextIO) -> int:
    """Look, and tell."""
    with suppress(OSError, AttributeError):
        os.nice(_MEEK)
    gc.disable()  # it does not live long enough
    found = look(json.loads(told.readline()))
    sys.stdout.write(json.dumps(found) + "\n")
    sys.stdout.flush()
    return 0


def look(asked: dict[str, Any]) -> dict[str, Any] | None:
    """What `task_of` asks for; None where nothing needs anybody."""
    records = open_records(asked["url"], create=False, renew=False, feed=False)
    speed, since = asked["pace"]
    records.database.pace = Pace(speed, since and datetime.fromisoformat(since))
    sites = asked["sites"]
    who = Who(
        operator=asked["operator"],
        role=Role(asked["role"]),
        scope=Scope(None if sites is None else frozenset(sites)),
        via=asked["via"],
    )
    at = datetime.fromisoformat(asked["at"])
    try:
        needing = needing_in(records.ask(BoardToPlan(), who=who, at=at))
    finally:
        records.close()
    return None if needing is None else asdict(needing)


if __name__ == "__main__":
    sys.exit(main(sys.stdin))
