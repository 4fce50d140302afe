"""The drill beside the console: started, heard of, ended."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from console.drill.news import News, read_news

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from console.drill.task import Task

PATIENCE_S = 10.0
"""How long the drill may take to end."""
GOODBYE = "the desk is read now\n"


class Heard:
    """What the drill has told so far."""

    def __init__(self) -> None:
        self.all: list[News] = []
        self._shown = 0

    def take(self) -> list[News]:
        """What was told since this was asked last."""
        news = self.all[self._shown :]
        self._shown += len(news)
        return news

    def listen(self, lines: Iterable[str]) -> None:
        """Until the drill has nothing more to tell."""
        for line in lines:
            with suppress(ValueError, KeyError):
                self.all.append(read_news(json.loads(line)))


@contextmanager
def playing(task: Task) -> Iterator[Heard]:
    """The day goes on in a process of its own, which ends with this one whatever happens."""
    child = subprocess.Popen(
        [sys.executable, "-P", "-m", "console.drill.process"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,  # a key that interrupts us must not end it before we do
    )
    assert child.stdin is not None
    assert child.stdout is not None
    heard = Heard()
    listener = threading.Thread(target=heard.listen, args=(child.stdout,), daemon=True)
    listener.start()
    try:
        with suppress(BrokenPipeError):
            child.stdin.write(json.dumps(task.plain()) + "\n")
            child.stdin.flush()
        yield heard
    finally:
        with suppress(BrokenPipeError):
            child.stdin.write(GOODBYE)
            child.stdin.close()
        try:
            child.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        listener.join(PATIENCE_S)
        child.stdout.close()
