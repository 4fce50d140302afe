"""The drill beside the console: started, heard of, ended."""

from __future__ import annotations

import json
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from console.child import beside
from console.drill.news import News, read_news

if TYPE_CHECKING:
    from collections.abc import Iterator

    from console.child import Child
    from console.drill.task import Task

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

    def hear(self, line: str) -> None:
        """One line more; what is none of ours is left out."""
        with suppress(ValueError, KeyError):
            self.all.append(read_news(json.loads(line)))


@contextmanager
def playing(task: Task) -> Iterator[tuple[Heard, Child]]:
    """The day goes on beside us; what it tells is kept."""
    heard = Heard()
    with beside("console.drill.process", task.plain(), hear=heard.hear, goodbye=GOODBYE) as child:
        yield heard, child
