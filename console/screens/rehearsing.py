"""A screen of a desk where things happen by themselves: a drill's line, and word of its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.screens.copying import Copying

if TYPE_CHECKING:
    from collections.abc import Callable


class Rehearsing(Copying):
    """Shows what a drill calls out where one is played."""

    def show_drill(self) -> None:
        """Put up its own line: what it calls out covers no list."""
        if self.desk.drill is not None:
            from console.panes.drill_strip import DrillStrip

            _mounting = self.mount(DrillStrip(), before=self.hands)

    def say_broken(self, said: Callable[[], str]) -> None:
        """What had things happen here is gone."""
        self.hands.say(said, "overdue")
