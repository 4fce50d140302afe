"""A plan of which some is ticked: one order, all, none; what it comes to follows."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from console.render_replan import left_said, with_it_said
from console.screens.replanning import Replanning

if TYPE_CHECKING:
    from store.domain.dispatch.proposal import Handed, Proposal
    from store.domain.dispatch.replan import Moves


def whom(row: Handed) -> tuple[object, ...]:
    """Who loses and who gains an order; of one for several, all of them."""
    return row.loses, row.gains, *(() if row.sent is None else (row.sent.losing, row.sent.gaining))


class Ticking(Replanning):
    """Knows what is not ticked."""

    def __init__(self) -> None:
        super().__init__()
        self.moves: Moves = {}
        self.proposal: Proposal | None = None
        self.off: set[int] = set()
        """Orders that are not ticked."""
        self.picks = False
        """Whether none was ticked at first: what comes new is not ticked then."""
        self.chose = False
        """Whether the operator ticks: the rows stay as they are then."""
        self.turned: set[int] = set()
        """Orders that went to somebody else once another board was planned, after they were ticked:
        they are not ticked any more, until the operator has ticked them again."""

    def show_rows(self) -> None:
        """Put the rows of what is proposed there; to be filled by the screen."""
        raise NotImplementedError

    @property
    def proposed(self) -> set[int]:
        """Every order of what is proposed, ticked or not."""
        return {*self.moves, *self._sent()}

    def _sent(self) -> set[int]:
        """Those of them to which several go."""
        return (
            set() if self.board is None else {one.number for one in self.board.kernel.present.sent}
        )

    def action_tick(self) -> None:
        """Tick the order under the cursor, or not; what it comes to is reckoned anew.

        What only that one interrupts goes with it, and that is said.
        """
        from store.domain.dispatch.ticked import toggled

        number, told = self.table.cursor_key, self.proposal
        if isinstance(number, int) and number in self.proposed and told is not None:
            reasons = {row.number: row.reasons for row in told.rows}
            before = self.off
            self._leave(toggled(reasons, before, number))
            also = sorted((before ^ self.off) - {number})
            if also:
                self.hands.say(partial(with_it_said, number, also, number not in self.off), "soon")

    def action_tick_all(self, ticked: bool) -> None:
        """Tick every order, or none."""
        if self.proposal is not None:
            self.picks = not ticked
            self._leave(set() if ticked else self.proposed)

    def keep_off(self, moves: Moves) -> None:
        """What is not ticked once other moves are proposed."""
        every, new = moves.keys() | self._sent(), moves.keys() - self.moves.keys()
        self.off = (self.off & every) | (new if self.picks else set())
        self.turned &= every

    def keep_turned(self, before: Proposal | None) -> None:
        """Somebody who ticks accepts only whom he has read: what turned out otherwise is let go."""
        if before is None or self.proposal is None or not self.chose:
            return
        read = {row.number: whom(row) for row in before.rows if row.ticked}
        self.turned |= {
            row.number
            for row in self.proposal.rows
            if row.number in read and read[row.number] != whom(row)
        }
        self.off |= self.turned

    def tick_anew(self) -> None:
        """Every order is ticked, as if the operator had not chosen yet."""
        self.chose = self.picks = False
        self.off.clear()
        self.turned.clear()

    def left_over(self) -> str:
        """For which orders there is nobody, or no start; empty for none."""
        board, told = self.board, self.proposal
        if board is None or told is None:
            return ""
        return left_said(board.planning, told, self.desk.zone, at=self.desk.now())

    def shown_moves(self) -> Moves:
        """Ticked or not."""
        return self.moves

    def reckon(self) -> None:
        """What comes of what is ticked."""
        from store.domain.dispatch.replan import propose

        assert self.board is not None
        self.proposal = propose(self.board.kernel, self.moves, self.proposed - self.off)

    def _leave(self, off: set[int]) -> None:
        self.chose, self.off = True, off
        self.turned &= off
        self.reckon()
        self.show_rows()
        self.hands.hush()
