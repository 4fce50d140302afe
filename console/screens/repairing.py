"""The board's calm line: orders that need somebody else, as soon as it is known that they do.

Somebody drops out, work overruns: what he cannot come to any more is told in one line, which also
says the key that shows a repair. Nothing is moved by it.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from textual.message import Message

from console.looks import cut
from console.pacing import Paced
from console.replan.needing import Looking
from console.screens.jumping import Jumping
from console.widgets.bars import PartsBar
from store import clock

if TYPE_CHECKING:
    from datetime import datetime

    from console.feed import NewsArrived
    from console.looks import Parts
    from console.replan.needing import Needing
    from console.seat import Seat
    from store.queries.crews import ShortCrew

_FIRST_TICK: Final = 3
"""After the board is there: the rows come first."""
_APART_S: Final = 10.0
_DEAREST: Final = 30
"""Of a very large board, the time between two looks is so many times what a look takes."""


class Repairing(Jumping):
    """Looks a while after the news, and with each minute."""

    class Needed(Message):
        """A look has come back from its worker."""

        def __init__(
            self,
            turn: int,
            needing: Needing | Exception | None,
            took: float,
            short: tuple[ShortCrew, ...] = (),
        ) -> None:
            super().__init__()
            self.turn = turn
            self.needing = needing
            self.short = short
            self.took = took

    def __init__(self) -> None:
        super().__init__()
        self._needing: Needing | None = None
        self._short: tuple[ShortCrew, ...] = ()
        """Crews that lack somebody: no repair gives those."""
        self._repair_look = Looking()
        self._repairs_soon = Paced(self, _APART_S, self._look_for_repairs)
        self._not_before = 0.0
        """By the clock of the keys: a look that takes long is rarer."""
        self._repairs_turn = self._repairs_told = 0
        """The look begun last, and the one from which on they count."""
        self._repairs_minute = -1
        self._ticks = 0

    def set_up(self) -> None:
        """Nothing is known yet."""
        super().set_up()
        self.query_one("#repair", PartsBar).show(self._repair)

    def hear(self, news: NewsArrived) -> None:
        """Any news may be that somebody drops out."""
        super().hear(news)
        if self._ticks >= _FIRST_TICK:
            self._repairs_soon()

    def tick(self, at: datetime) -> None:
        """Work overruns without any news."""
        super().tick(at)
        self._ticks += self.desk.seat is not None
        minute = self.desk.rota.minute(at)
        if self._ticks == _FIRST_TICK or 0 <= self._repairs_minute != minute:
            self._repairs_soon()
        self._repairs_minute = minute

    def on_unmount(self) -> None:
        """Nobody waits for what is being looked at."""
        self._repair_look.end()

    def see_repaired(self) -> None:
        """Somebody has looked at the repair: the line goes until it is known what is left."""
        self._show(None)
        self._repairs_told = self._repairs_turn + 1  # a look under way has seen what was before
        self._not_before = 0.0
        self._repairs_soon()

    def _show(self, needing: Needing | None, short: tuple[ShortCrew, ...] = ()) -> None:
        if (needing, short) != (self._needing, self._short):
            self._needing, self._short = needing, short
            self.query_one("#repair", PartsBar).renew()

    def _look_for_repairs(self) -> None:
        seat = self.desk.seat
        if self.overview is None:
            self._repairs_soon()  # how large the board is says where it is looked over
        elif seat is not None and self.is_current and clock.monotonic() >= self._not_before:
            self._not_before = clock.monotonic() + _APART_S
            self._repairs_turn += 1
            many = self.overview.counts.get("all_open", 0)
            work = partial(self._find_repairs, seat, self._repairs_turn, many)
            self.run_worker(work, thread=True, group="repairs", exit_on_error=False)

    def _find_repairs(self, seat: Seat, turn: int, open_orders: int) -> None:
        begun = clock.monotonic()
        from store.queries.crews import ShortCrews

        needing: Needing | Exception | None
        short: tuple[ShortCrew, ...] = ()
        try:
            short = seat.ask(ShortCrews())
            needing = self._repair_look.look(seat, open_orders=open_orders)
        except Exception as error:  # noqa: BLE001  the other looks say what is wrong with the store
            needing = error
        self.post_message(self.Needed(turn, needing, clock.monotonic() - begun, short))

    def on_repairing_needed(self, message: Needed) -> None:
        """Say so, or that nothing needs anybody any more; one that failed leaves what is said."""
        message.stop()
        self._not_before = clock.monotonic() + _DEAREST * message.took - _APART_S
        if isinstance(message.needing, Exception):
            self.log(message.needing)
        elif message.turn >= self._repairs_told:
            self._repairs_told = message.turn
            self._show(message.needing, message.short)

    def _repair(self, width: int, _height: int) -> tuple[Parts, ...]:
        lines = []
        if self._short:
            from console.render_crews import short_said

            now, key = self.desk.now(), self.key_sign("who")
            lines.append(short_said(self._short, self.desk.zone, at=now, key=key))
        if self._needing is not None:
            from console.render_replan import needing_said  # few boards need one at once

            lines.append(needing_said(self._needing, key=self.key_sign("replan")))
        return tuple(cut(((f" {said}", "soon"),), width) for said in lines)
