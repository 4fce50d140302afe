"""What one session has yet to hear from the counter."""

from __future__ import annotations

from collections import deque
from threading import Condition
from typing import Final

from store.persistence.feed import News

MOST: Final = 64
"""News that wait for one session; over that it is told to look at everything again."""


class Waiting:
    """News, and that it shall end, which goes before."""

    def __init__(self) -> None:
        self._news: deque[News] = deque()
        self._ends = False
        self._come = Condition()

    def put(self, news: News) -> None:
        """Take more; called in the feed's thread."""
        with self._come:
            if len(self._news) >= MOST:
                self._news.clear()
                news = News(head=news.head, changes=(), reload=True, presence=True)
            self._news.append(news)
            self._come.notify()

    def end(self) -> None:
        """Have it end."""
        with self._come:
            self._ends = True
            self._come.notify()

    def get(self, patience: float) -> tuple[str, News | None] | None:
        """What it is told next; None where nothing comes."""
        with self._come:
            self._come.wait_for(lambda: self._news or self._ends, patience)
            if self._ends:
                self._ends = False
                return "end", None
            return ("news", self._news.popleft()) if self._news else None
