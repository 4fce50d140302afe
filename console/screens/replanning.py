"""A board that is read, repaired, and planned better beside the screen for as long as it stands.

Reading and repairing are a worker's; the search for better plans goes on in a process of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual.message import Message

from console.screens.steady import Steady
from console.turns import give_way
from store import clock

if TYPE_CHECKING:
    from console.replan.beside import Heard, Searching
    from console.seat import Seat
    from store.domain.dispatch.replan import Moves
    from store.domain.dispatch.turns import TurnsKernel
    from store.queries.replan import Planning

_FIRST_S: Final = 2.0
"""How long the repair of a very large board may take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """One board that was read, and its repair."""

    planning: Planning
    kernel: TurnsKernel
    repair: Moves


class Replanning(Steady):
    """Asks again with the news; another board ends the search and begins the next."""

    APART_S: ClassVar[float] = 1.0
    """The whole board is read: not at every piece of news."""

    class Begun(Message):
        """The search for better plans runs."""

        def __init__(self, board: Board, search: Searching) -> None:
            super().__init__()
            self.board = board
            self.search = search

    class Better(Message):
        """The search is further, or has found a better plan."""

        def __init__(self, board: Board, heard: Heard) -> None:
            super().__init__()
            self.board = board
            self.heard = heard

    def __init__(self) -> None:
        super().__init__()
        self.board: Board | None = None
        self._search: Searching | None = None
        """The one for that board."""
        self._away = False

    # -- to be filled by the screen ----------------------------------------------------------

    def put(self, moves: Moves) -> None:
        """Propose these moves for another board."""
        raise NotImplementedError

    def shown_moves(self) -> Moves:
        """Those that are proposed now: what still may be of them is kept for another board."""
        raise NotImplementedError

    def hear_of(self, heard: Heard) -> None:
        """How the search is doing."""
        raise NotImplementedError

    # -- the board ---------------------------------------------------------------------------

    def asked(self, seat: Seat) -> Board | None:
        """The board repaired; None where nothing is new."""
        from store.domain.dispatch.replan import Replan
        from store.queries.replan import BoardToPlan

        planning, known = seat.ask(BoardToPlan()), self.board
        start = None if known is None else self.shown_moves()
        if known is not None and stands(known.planning) == stands(planning):
            return None
        over = partial(self._is_over, clock.monotonic() + _FIRST_S)
        replan = Replan(planning.present, over=over, start=start)
        return Board(planning=planning, kernel=replan.kernel, repair=replan.moves)

    def _is_over(self, until: float) -> bool:
        """Asked in the worker; whoever has left goes on with something else meanwhile."""
        give_way()
        return self._away or clock.monotonic() > until

    def take(self, found: Board | None) -> None:
        """Another board: what was found for the one before counts no more."""
        if found is not None:
            self._end_search()
            self.board = found
            self.put(found.repair)
            work = partial(self._begin_search, found)
            self.run_worker(work, thread=True, group="search", exit_on_error=False)

    def do_refresh(self) -> None:
        """All of it anew, whether the board is another or not."""
        self.board = None
        super().do_refresh()

    # -- the search --------------------------------------------------------------------------

    def _begin_search(self, board: Board) -> None:
        from console.replan.beside import Searching

        present, start = board.kernel.present, board.repair
        search = Searching(present, start, partial(self._hear, board))
        if not self.post_message(self.Begun(board, search)):
            search.end()

    def _hear(self, board: Board, heard: Heard) -> None:
        self.post_message(self.Better(board, heard))

    def on_replanning_begun(self, message: Begun) -> None:
        """Let it search, unless it is another board by now."""
        message.stop()
        if message.board is self.board:
            self._search = message.search
        else:
            message.search.end()

    def on_replanning_better(self, message: Better) -> None:
        """Tell of it, unless it is of a board that stands no more."""
        message.stop()
        if message.board is self.board:
            self.hear_of(message.heard)

    def on_unmount(self) -> None:
        """Nobody wants a plan any more."""
        self._away = True
        self._end_search()

    def _end_search(self) -> None:
        if self._search is not None:
            self._search.end()
            self._search = None


def stands(planning: Planning) -> tuple[object, ...]:
    """Another one as soon as anything that a plan rests on is another."""
    return (
        {who: one.stamp for who, one in planning.people.items()},
        {number: (task.version, task.place) for number, task in planning.tasks.items()},
        planning.present.upset,
    )
