"""The part of the board that asks ahead who should go, so that the answer is there with the key."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Final

from console.actions import ACTIONS
from console.ahead import Ahead
from console.pacing import Rested
from console.screens.beside_baseline import BesideBaseline
from console.screens.repairing import Repairing

if TYPE_CHECKING:
    from console.dashboard_cut import Cut
    from store.queries.board import BoardLine

_RESTED_S: Final = 0.3
"""So long hands rest on an order that somebody looks at; who goes through a list asks nothing."""


class Foreseeing(Repairing, BesideBaseline):
    """Once for an order that nobody has, and on no line where it is spared."""

    def __init__(self) -> None:
        super().__init__()
        self.ahead = Ahead()
        self.foresee_soon = Rested(self, _RESTED_S, self._foresee)

    def _foresee(self) -> None:
        """Ask, unless somebody is doing something else; that rests, too, before long."""
        desk, line = self.desk, self.line()
        if line is None or desk.seat is None or not self.is_current or not self._wants(line):
            return
        if asyncio.get_running_loop().time() - desk.typed_at < _RESTED_S:
            self.foresee_soon()
        elif self.ahead.begin(line.number):
            work = partial(self.ahead.ask, desk.seat)
            self.run_worker(work, thread=True, group="ahead", exit_on_error=False)

    def _wants(self, line: BoardLine) -> bool:
        """Whether the key that asks is likely to come, and may be pressed.

        Sessions over a line share the process that has the store open: none asks there in vain.
        """
        if line.technician_code is not None or self.hands.errand is not None or self.desk.spares:
            return False
        if self.desk.seat is None or self.desk.seat.who.origin is not None:
            return False
        return ACTIONS["assign"].why_not(self.situation()) is None

    # -- figures -----------------------------------------------------------------------------

    def do_dashboard(self) -> None:
        """The desk's figures."""
        self.show_dashboard(None)

    def show_dashboard(self, cut: Cut | None) -> None:
        """The figures of what is asked for; None as the dashboard begins."""
        from console.screens.dashboard import DashboardScreen

        screen = DashboardScreen(cut)
        self.desk.go_to(screen)
        screen.ask_ahead()
