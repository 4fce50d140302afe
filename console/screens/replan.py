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
from console.render_handed import together_said
from console.render_replan import (
    TITLED,
    broken_said,
    changes_said,
    handed_columns,
    handed_row,
    hangs_said,
    interrupts_said,
    progress_said,
    sums_said,
    titled,
    turned_said,
)
from console.screens.ticking import Ticking
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
    from store.domain.dispatch.proposal import Handed, Proposal
    from store.domain.dispatch.replan import Moves
    from store.domain.intents import Command
    from store.queries.replan import Planning

_SHOW_EVERY_S: Final = 0.5
"""Better plans come many at once; the eye needs one."""

_ROOMY: Final = 100
"""From so many columns on what changes and how far the search is stand on one line."""


class ReplanScreen(Ticking):
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
        Binding("plus", "tick_all(True)", show=False, id="replan.all"),
        Binding("minus", "tick_all(False)", show=False, id="replan.none"),
        Binding("v", "open_order", show=False, id="replan.open"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._waiting: Moves | None = None
        """A better plan than the one that is shown."""
        self._clicked = False
        self._heard: Heard | None = None
        self._known: object = None
        """What the rows say of whom each order goes from and to, as it was shown last."""
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
        self._known = None
        self.tick_anew()
        super().do_refresh()

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
        told, board = self.proposal, self.board
        if told is None or board is None or self.hands.busy_with(None):
            return
        if self.desk.standing.only_looks:
            self.hands.refuse(partial(_, ONLY_LOOKS))
        elif not any(row.ticked for row in told.rows):
            self.hands.refuse(partial(_, N_("nothing is ticked; Space ticks an order")))
        elif not told.keeps_the_rules:
            self.hands.refuse(partial(broken_said, told))
        elif not self.is_unseen():
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
        self.eyes.foretell()
        self.ask_again.now()

    # -- showing -----------------------------------------------------------------------------

    def put(self, moves: Moves) -> None:
        """The repair of another board."""
        self._heard, self._waiting = None, None
        self._propose(moves)
        self.eyes.asked_again()

    def hear_of(self, heard: Heard) -> None:
        """How far it is; a better plan is shown soon, but not to somebody who ticks."""
        self._heard = heard
        if heard.moves is not None:
            self._waiting = heard.moves
        if self._waiting is not None and not self.chose:
            (self._show_soon.now if heard.over else self._show_soon)()
        self.query_one("#heading", PartsBar).renew()

    def _show_better(self) -> None:
        if self._waiting is not None and not self.chose:
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
        before, self.proposal = self.proposal, told
        self.keep_off(moves)
        self.moves = moves
        self.keep_turned(before)
        if self.off:
            self.reckon()
        self._see(told)

    def _see(self, told: Proposal) -> None:
        """Know whether it says something else than what was shown."""
        assert self.board is not None
        tasks, at = self.board.planning.tasks, clock.monotonic()
        rows = [
            (row.number, row.loses, row.gains, row.sent, tasks[row.number].version)
            for row in told.rows
        ]
        if not self._known:
            self.eyes.opened(at=at)
        if rows != self._known:
            self.eyes.changed(at=at)
        self._known = rows

    def show_rows(self) -> None:
        """The urgent first."""
        board, told = self.board, self.proposal
        if board is not None and told is not None:
            zone, at = self.desk.zone, self.desk.now()
            rows = tuple(
                handed_row(
                    board.planning, one, place, zone, at=at, turned=one.number in self.turned
                )
                for place, one in enumerate(told.rows)
            )
            self.table.hold(HeldRows(rows))
        self.query_one("#heading", PartsBar).renew()
        self.query_one("#left", PartsBar).renew()

    def nothing(self) -> tuple[str, ...]:
        """Where there are no rows, but orders that nobody has, it is not said that all is well."""
        from console.render_nothing import nothing

        left = self.left_over()
        return nothing("replan_left", self.key_sign) if left else super().nothing()

    def heading(self, width: int, _height: int) -> tuple[Parts, ...]:
        """What would change, how far the search is, and what it comes to."""
        if self.proposal is None or self.board is None:
            reckoning = _("reckoning ...")
            return (((f" {reckoning}", "muted"),),)
        said = ((f" {changes_said(self.proposal)}", "strong"),)
        told = progress_said(self._heard, held=self.chose and self._waiting is not None)
        sums = _("; ").join(sums_said(self.board.planning, self.proposal))
        if width < _ROOMY:
            return said, ((" ", ""), HANG, (sums, ""), (f"  {told}", "muted"))
        return (spread(said, ((f"{told} ", "muted"),), width), ((" ", ""), HANG, (sums, "")))

    def _of_row(self, planning: Planning, one: Handed, width: int) -> list[Parts]:
        """What a row has no room for, of the order under the cursor."""
        at, zone = self.desk.now(), self.desk.zone
        text = interrupts_said(planning, one, at=at)
        if width < TITLED or planning.tasks[one.number].appointment_at is not None:
            text = titled(planning, one, zone, at=at)
        told = [
            f"#{one.number} {said}"
            for said in (text, together_said(planning, one, zone, at=at))
            if said
        ]
        lines: list[Parts] = [((" ", ""), HANG, (said, "strong")) for said in told]
        if hangs := hangs_said(one):
            lines.append(((" ", ""), HANG, (hangs, "")))
        return lines

    def _left(self, width: int, _height: int) -> tuple[Parts, ...]:
        told, board, number = self.proposal, self.board, self.table.cursor_key
        if told is None or board is None:
            return ()
        one = next((row for row in told.rows if row.number == number), None)
        lines = [] if one is None else self._of_row(board.planning, one, width)
        if not told.keeps_the_rules:
            lines.append(((" ", ""), HANG, (broken_said(told), "overdue")))
        if self.turned:
            lines.append(((" ", ""), HANG, (turned_said(self.turned), "soon")))
        if left := self.left_over():
            lines.append(((" ", ""), HANG, (left, "soon")))
        return tuple(lines)

    def _keys(self, width: int, _height: int) -> tuple[Parts, ...]:
        keys = (
            (_("Space"), _("tick or not")),
            ("+ -", _("all, none")),
            ("Enter", _("accept what is ticked")),
            ("v", _("order")),
            ("F5", _("plan anew")),
            ("Esc", _("back")),
        )
        return keys_said(keys, width)
