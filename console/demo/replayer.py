"""A process of its own that plays the day at a sample desk, for as long as its parent lives.

It is told what to do by one line of JSON on its standard input, which the parent keeps open; when
that ends, by whatever end of the parent, it stops and clears the throw-away folder away.
"""

from __future__ import annotations

import json
import logging
import shutil
import sys
import threading
from datetime import datetime
from typing import TYPE_CHECKING

from console.demo.build import colleague
from console.demo.replay import Replay
from store import clock
from store.domain.errors import Refusal
from store.records import open_records

if TYPE_CHECKING:
    from typing import TextIO

LONGEST_NAP_S = 2.0
"""A clock that is set must not leave the desk asleep for long."""
AFTER_TROUBLE_S = 1.0

log = logging.getLogger("paidan.demo")


def main(told: TextIO) -> int:
    """Play until the other end of `told` is closed."""
    task = json.loads(told.readline())
    ended = threading.Event()
    threading.Thread(target=_listen, args=(told, ended), daemon=True).start()
    try:
        _play(task, ended)
    finally:
        if task["folder"]:
            shutil.rmtree(task["folder"], ignore_errors=True)
    return 0


def _listen(told: TextIO, ended: threading.Event) -> None:
    while told.readline():
        pass
    ended.set()


def _play(task: dict[str, str], ended: threading.Event) -> None:
    records = open_records(task["store"], create=False, feed=False)
    try:
        replay = Replay(
            records,
            who=colleague(records, clock.now()),
            began=datetime.fromisoformat(task["began"]),
            language=task["language"],
            speed=float(task["speed"]),
        )
        while not ended.wait(_nap(replay)):
            try:
                replay.play(clock.now())
            except Refusal as trouble:
                log.warning("the replay pauses: %s", trouble.text)
                ended.wait(AFTER_TROUBLE_S)
    finally:
        records.close()


def _nap(replay: Replay) -> float:
    return min(LONGEST_NAP_S, max(0.0, (replay.next_at - clock.now()).total_seconds()))


if __name__ == "__main__":
    sys.exit(main(sys.stdin))
