"""A process of its own that plays a drill, for as long as its parent lives.

It is told what to do by one line of JSON on its standard input, which the parent keeps open; when
that ends, it stops. What goes wrong it tells on its standard output, one JSON text a line.
"""

from __future__ import annotations

import json
import logging
import shutil
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from console import i18n
from console.drill.player import Player
from console.drill.pool import DESK
from console.drill.start import CREW
from console.drill.task import cast_of, read_task
from store import clock
from store.domain.errors import Refusal
from store.queries.people import OperatorNamed
from store.records import open_records

if TYPE_CHECKING:
    from datetime import datetime
    from typing import TextIO

    from console.drill.news import News
    from console.drill.task import Task
    from store.records import Records

LONGEST_NAP_S = 0.5
"""What the player does is noticed so soon."""
AFTER_TROUBLE_S = 1.0

log = logging.getLogger("paidan.drill")


def main(told: TextIO) -> int:
    """Play until the other end of `told` is closed, or the drill is over."""
    task = read_task(json.loads(told.readline()))
    i18n.use(task.language)
    ended = threading.Event()
    threading.Thread(target=_listen, args=(told, ended, task.folder), daemon=True).start()
    _play(task, ended)
    ended.wait()  # the parent reads the desk before it goes
    return 0


def _listen(told: TextIO, ended: threading.Event, folder: str) -> None:
    """A parent that says so clears up itself; one that dies without a word does not."""
    said = ""
    with suppress(ValueError):
        while line := told.readline():
            said = line
    ended.set()
    if not said:
        shutil.rmtree(folder, ignore_errors=True)


def _tell(news: News) -> None:
    sys.stdout.write(json.dumps(news.plain()) + "\n")
    sys.stdout.flush()


def _play(task: Task, ended: threading.Event) -> None:
    records = open_records(task.store, create=False, feed=False)
    try:
        who = records.ask(OperatorNamed(code=CREW, via="drill"), who=DESK, at=task.began)
        player = Player(records, cast_of(records, task, who), news=_tell)
        while not ended.wait(_nap(player)) and clock.now() < task.ends:
            try:
                player.play(clock.now())
                if player.down_until is not None:
                    _stand_still(records, min(player.down_until, task.ends), ended)
            except Refusal as trouble:
                log.warning("the drill pauses: %s", trouble.text)
                ended.wait(AFTER_TROUBLE_S)
    finally:
        records.close()


def _nap(player: Player) -> float:
    return min(LONGEST_NAP_S, max(0.0, (player.next_at - clock.now()).total_seconds()))


def _stand_still(records: Records, until: datetime, ended: threading.Event) -> None:
    """Keep everybody from writing, as a system does that is down."""
    now = clock.now()
    with records.work(who=DESK, at=now):
        ended.wait(max(0.0, (until - now).total_seconds()))


if __name__ == "__main__":
    sys.exit(main(sys.stdin))
