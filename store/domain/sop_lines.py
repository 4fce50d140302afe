"""On which line of a TOML file a key stands, for whoever is told what is wrong with it; pure."""

from __future__ import annotations

import re
from typing import Final

_HEAD: Final = re.compile(r"\s*\[\[?\s*[\"']?(\w+)")
_KEY: Final = re.compile(r"\s*[\"']?([\w-]+)[\"']?\s*=")


class Lines:
    """A file's lines; a key of a text over several lines is taken for one, which shifts no other.

    Lines count from 1.
    """

    def __init__(self, text: str) -> None:
        self.all = text.replace("\r\n", "\n").split("\n")
        self._top: dict[str, int] = {}
        self._steps: list[dict[str, int]] = []
        held = self._top
        for number, line in enumerate(self.all, 1):
            if (head := _HEAD.match(line)) is not None:
                self._top.setdefault(head[1], number)
                held = {"": number}
                self._steps.append(held)
            elif (key := _KEY.match(line)) is not None:
                held.setdefault(key[1], number)

    @property
    def last(self) -> int:
        """The last that has anything on it."""
        return max((n for n, line in enumerate(self.all, 1) if line.strip()), default=1)

    def of(self, key: str) -> int:
        """Where a key of the whole file stands; the first line where it does not."""
        return self._top.get(key, 1)

    def of_step(self, place: int, key: str = "") -> int:
        """Where a key of a step stands, from 0; where the step begins, if it has none."""
        if place >= len(self._steps):
            return self.last
        step = self._steps[place]
        return step.get(key, step[""])
