"""A screen from which one asks who should go to its order."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from console.actions import ACTIONS
from console.i18n import _, fill
from console.screens.previewing import Previewing

if TYPE_CHECKING:
    from collections.abc import Callable

    from store.domain.intents import Done


class Recommending(Previewing):
    """Opens the list, and says what came of it."""

    def recommend_chosen(self) -> bool:
        """Who should go to the chosen order, or why nobody can; False where none is chosen."""
        line = self.line()
        if line is None:
            return False
        why = ACTIONS["assign"].why_not(self.situation())
        if why is not None:
            self.hands.refuse(partial(_, why))
        else:
            self.recommend(line.number)
        return True

    def recommend(self, number: int, about: int | None = None) -> None:
        """Who should go to an order, on a screen of its own, which the board knows."""
        self.desk.visited.add(number)
        board = self.desk.screen_stack[0]
        if isinstance(board, Recommending):
            board.open_recommended(number, about, self._sent)

    def open_recommended(
        self, number: int, about: int | None, sent: Callable[[Done | None], None]
    ) -> None:
        """Put that screen on top; to be filled by the board."""
        raise NotImplementedError

    def _sent(self, done: Done | None) -> None:
        self.hands.take_keys()
        if done is not None:
            self.hands.say_done(partial(fill, done.sentence, done.facts))
