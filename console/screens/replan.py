"""The whole board planned anew: who would gain and lose which order, ticked and then taken.

The repair stands there at once, better plans as they are found. Nothing is moved before Enter.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual.binding import Binding

from console.actions import ACTIONS
from console.actions_kinds import ONLY_LOOKS
from console.hanging import HANG
from console.i18n import _
from console.looks import keys_said, spread
from console.pacing import Paced
from console.render_replan import (
    TITLED,
    broken_said,
    changes_said,
    handed_columns,
    handed_row,
    left_said,
    progress_said,
    sums_said,
    titled,
)
from console.screens.replanning import Replanning
from console.sources import HeldRows
from console.widgets.bars import PartsBar
from store import clock
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual import events
    from textual.widget import Widget

    from console.actions_kinds import Ask, Told
    from console.looks import Parts
    from console.panes.hand_bar import HandBar
    from console.replan.beside import Heard
    from console.widgets.columns import Column
    from console.widgets.work_table import WorkTable
    from store.domain.dispatch.replan import Moves, Proposal
    from store.domain.intents import Command
    from store.queries.replan import Planning

_SHOW_EVERY_S: Final = 0.5
"""Better plans come many at once; the eye needs one."""

_ROOMY: Final = 100
"""From so many columns on what changes and how far the search is stand on one line."""


class ReplanScreen(Replanning):
    """Space ticks an order, Enter accepts what is ticked, Esc leads back."""

    NAME = "replan"
    THERE = N_("this is done to an order; v opens the one under the cursor")
    DEFAULT_CSS = """
    ReplanScreen > #heading { height: auto; }
    ReplanScreen > #left { background: $surface; height: auto; }
    """
    BINDINGS: ClassVar = [
        Binding("escape,backspace,R", "back", show=False),
        Binding("space", "tick", show=False, id="replan.tick"),
        Binding("v", "open_order", show=False, id="replan.open"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._moves: Moves = {}
        self._waiting: Moves | None = None
        """A better plan than the one that is shown."""
        self._proposal: Proposal | None = None
        self._off: set[int] = set()
        """Orders that are not ticked."""
        self._chose = False
        """Whether the operator ticks: the rows stay as they are then."""
        self._clicked = False
        self._heard: Heard | None = None
        self._shown_at = 0.0
        """When other rows were shown last, by the clock of the keys."""
        self._show_soon = Paced(self, _SHOW_EVERY_S, self._show_better)

    def columns(self) -> tuple[Column, ...]:
        """What is told of each order."""
        return handed_columns()

    def below(self) -> Iterable[Widget]:
        """Whom nobody can help, and which ticks do not go alone."""
        yield PartsBar(id="left")

    def set_up(self) -> None:
        """What is left over, below."""
        super().set_up()
        self.query_one("#left", PartsBar).show(self._left)
        self.wait_for_rows()

    # -- keys --------------------------------------------------------------------------------

    def do_replan(self) -> None:
        """We are there."""

    def do_refresh(self) -> None:
        """All of it anew, every order ticked."""
        self._chose = False
        self._off.clear()
        super().do_refresh()

    def action_tick(self) -> None:
        """Tick the order under the cursor, or not; what it comes to is reckoned anew."""
        number = self.table.cursor_key
        if isinstance(number, int) and number in self._moves:
            self._chose = True
            self._off ^= {number}
            self._reckon()
            self.show_rows()

    def action_open_order(self) -> None:
        """Everything about the order under the cursor, before it is decided."""
        number = self.table.cursor_key
        if isinstance(number, int):
            self.open_details(number)

    def on_click(self, event: events.Click) -> None:
        """A second click on a row is no Enter: it comes here before what it chooses."""
        self._clicked = event.chain == 2

    def on_work_table_order_chosen(self, message: WorkTable.OrderChosen) -> None:
        """Accept what is ticked; what was clicked is only ticked."""
        message.stop()
        if self._clicked:
            self._clicked = False
            self.action_tick()
            return
        told, board = self._proposal, self.board
        if told is None or board is None or self.hands.busy_with(None):
            return
        if self.desk.standing.only_looks:
            self.hands.refuse(partial(_, ONLY_LOOKS))
        elif not any(row.ticked for row in told.rows):
            self.hands.refuse(partial(_, N_("nothing is ticked; Space ticks an order")))
        elif not told.keeps_the_rules:
            self.hands.refuse(partial(broken_said, told))
        elif self.desk.typed.taken_at < self._shown_at:
            why = N_("the plan has just become a better one: look at it, and Enter once more")
            self.hands.refuse(partial(_, why))
        else:
            self._accept(board.planning, told)

    def on_work_table_order_highlighted(self, message: WorkTable.OrderHighlighted) -> None:
        """Another one is at hand: on a narrow screen its title stands below."""
        message.stop()
        self.query_one("#left", PartsBar).renew()

    def _accept(self, planning: Planning, told: Proposal) -> None:
        from console.errand import Errand

        def make(_line: Any, _told: Told, _ask: Ask) -> Command:
            from console.accepting import accepting

            return accepting(planning, told)

        action = replace(ACTIONS["replan"], make=make)
        self.hands.open_or_go(Errand(action=action, line=None, questions=[]))

    def on_hand_bar_did(self, message: HandBar.Did) -> None:
        """It is done: the board says so, and takes it back with one key."""
        if message.name == "replan" and self.is_current:
            self.desk.go_back(message.done)

    def on_hand_bar_refused(self, message: HandBar.Refused) -> None:
        """The board has moved on: plan it anew at once."""
        message.stop()
        self.ask_again.now()

    # -- showing -----------------------------------------------------------------------------

    def put(self, moves: Moves) -> None:
        """The repair of another board."""
        self._heard, self._waiting = None, None
        self._propose(moves)

    def shown_moves(self) -> Moves:
        """Ticked or not."""
        return self._moves

    def hear_of(self, heard: Heard) -> None:
        """How far it is; a better plan is shown soon, but not to somebody who ticks."""
        self._heard = heard
        if heard.moves is not None:
            self._waiting = heard.moves
        if self._waiting is not None and not self._chose:
            (self._show_soon.now if heard.over else self._show_soon)()
        self.query_one("#heading", PartsBar).renew()

    def _show_better(self) -> None:
        if self._waiting is not None and not self._chose:
            self._propose(self._waiting)
            self._waiting = None
            self.show_rows()

    def _propose(self, moves: Moves) -> None:
        """Other moves, if they keep the rules by what is reckoned here, too."""
        from store.domain.dispatch.replan import propose

        assert self.board is not None
        told = propose(self.board.kernel, moves)
        if not told.keeps_the_rules:
            return
        self._moves, self._proposal = moves, told
        self._off &= moves.keys()
        if self._off:
            self._reckon()
        self._shown_at = clock.monotonic()

    def _reckon(self) -> None:
        from store.domain.dispatch.replan import propose

        assert self.board is not None
        self._proposal = propose(self.board.kernel, self._moves, self._moves.keys() - self._off)

    def show_rows(self) -> None:
        """The urgent first."""
        board, told = self.board, self._proposal
        if board is not None and told is not None:
            zone, at = self.desk.zone, self.desk.now()
            rows = tuple(
                handed_row(board.planning, one, place, zone, at=at)
                for place, one in enumerate(told.rows)
            )
            self.table.hold(HeldRows(rows))
        self.query_one("#heading", PartsBar).renew()
        self.query_one("#left", PartsBar).renew()

    def heading(self, width: int, _height: int) -> tuple[Parts, ...]:
        """What would change, how far the search is, and what it comes to."""
        if self._proposal is None or self.board is None:
            reckoning = _("reckoning ...")
            return (((f" {reckoning}", "muted"),),)
        said = ((f" {changes_said(self._proposal)}", "strong"),)
        told = progress_said(self._heard, held=self._chose and self._waiting is not None)
        sums = _("; ").join(sums_said(self.board.planning, self._proposal))
        if width < _ROOMY:
            return said, ((" ", ""), HANG, (sums, ""), (f"  {told}", "muted"))
        return (spread(said, ((f"{told} ", "muted"),), width), ((" ", ""), HANG, (sums, "")))

    def _left(self, width: int, _height: int) -> tuple[Parts, ...]:
        told, board, number = self._proposal, self.board, self.table.cursor_key
        if told is None or board is None:
            return ()
        lines: list[Parts] = []
        if width < TITLED and isinstance(number, int) and number in self._moves:
            one = next(row for row in told.rows if row.number == number)
            title = titled(board.planning, one, at=self.desk.now())
            lines.append(((" ", ""), HANG, (f"#{number} {title}", "strong")))
        if not told.keeps_the_rules:
            lines.append(((" ", ""), HANG, (broken_said(told), "overdue")))
        if left := left_said(told):
            lines.append(((" ", ""), HANG, (left, "soon")))
        return tuple(lines)

    def _keys(self, width: int, _height: int) -> tuple[Parts, ...]:
        keys = (
            (_("Space"), _("tick or not")),
            ("Enter", _("accept what is ticked")),
            ("v", _("order")),
            ("F5", _("plan anew")),
            ("Esc", _("back")),
        )
        return keys_said(keys, width)
