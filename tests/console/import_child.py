"""An import in a process of its own that dies by SIGKILL at a chosen point."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from console.intake.importing import Importing
from console.intake.maps import load
from console.intake.reader import examine
from console.intake.rejects import Rejects
from store import clock
from store.domain.who import THE_DESK
from store.persistence.work import Work
from store.records import open_records

BATCH = 20


def importing(url: str, file: Path, file_map: Path) -> None:
    """Import a file in small batches."""
    table = examine(file)
    records = open_records(url, feed=False)
    rejects = Rejects(file.with_name(f"{file.name}.rejects.csv"), table.header)
    carried = Importing(
        records, table, load(str(file_map)), who=THE_DESK, at=clock.now(), rejects=rejects
    )
    carried.run(batch=BATCH)
    records.close()


def die_in_batch(number: int) -> None:
    """Let the process be killed in the transaction of a batch, its rows written, not committed."""
    plain, seen = Work.ran, [0]

    def deadly(self: Work, *given: int, **named: object) -> None:
        plain(self, *given, **named)  # type: ignore[arg-type]
        self.flush()
        seen[0] += 1
        if seen[0] == number:
            os.kill(os.getpid(), signal.SIGKILL)

    Work.ran = deadly  # type: ignore[method-assign, assignment]


if __name__ == "__main__":
    die_in_batch(int(sys.argv[4]))
    importing(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
