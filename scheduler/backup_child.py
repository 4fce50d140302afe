"""Makes one backup in a process of its own, so that nobody's key waits for it.

It is told its task in one line of JSON on its standard input, and ends when that is closed: with
whoever told it, whatever became of him.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from store import backups
from store.domain.backups import plain
from store.domain.errors import Refusal
from store.domain.words import N_, Word
from store.persistence.database import connect

GENTLE = 19
"""As nice as a process can be."""


def main() -> None:
    """Make it, and tell in one line of JSON what came of it."""
    task = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_teller, daemon=True).start()
    with suppress(OSError):
        os.nice(GENTLE)
    print(json.dumps(_done(task)), flush=True)  # noqa: T201  its only way to answer


def _done(task: dict[str, Any]) -> dict[str, Any]:
    to = Path(task["to"])
    try:
        with closing(connect(task["url"], create=False)) as database:
            proven = backups.make(database, to, at=datetime.fromisoformat(task["at"]))
        faults = len(proven.findings) + (proven.broke_off is not None)
        return {"size": to.stat().st_size, "faults": faults, "trouble": None}
    except Refusal as refusal:
        return {"trouble": plain(Word(refusal.sentence).format(**refusal.facts))}
    except Exception as error:  # noqa: BLE001  whatever it was, the desk must hear of it
        said = N_("the backup broke off: {why}")
        return {"trouble": plain(said.format(why=f"{type(error).__name__}: {error}"))}


def _end_with_teller() -> None:
    sys.stdin.read()
    os._exit(1)


if __name__ == "__main__":
    main()
