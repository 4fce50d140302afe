"""Preventive and recurring work: which plans there are, and what the one at hand comes to."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding

from console.actions_plans import plan_command
from console.i18n import _
from console.looks import spread
from console.render_plans import fitted, how_many, plan_columns, plan_row, plan_told
from console.screens.commanding import Commanding
from console.screens.telling import Telling
from console.sources import HeldRows
from console.widgets.bars import PartsBar
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from textual.widget import Widget

    from console.looks import Parts
    from console.seat import Seat
    from console.widgets.columns import Column
    from console.widgets.work_table import WorkTable
    from store.queries.plans import PlanLine


KEYS: Final[Mapping[str, str]] = {
    "n": N_("write a new plan; its next dates are shown before it is saved"),
    "e Enter": N_("change the plan; Esc leaves the form and keeps what you wrote"),
    "p": N_("pause the plan, or have one that was paused or ended go on"),
    "x": N_("end the plan; its orders stay"),
    "s u": N_("call off its next date; have the first one called off come after all"),
    "v": N_("the order made of it last"),
    "z": N_("take back what was done last, to a plan too"),
}
"""What the keys of this list do."""


class PlansScreen(Telling, Commanding):
    """The list above, the plan at hand below; Enter changes it, Esc leads back."""

    NAME = "plans"
    says_back = True
    DEFAULT_CSS = "PlansScreen > #plan { background: $surface; }"
    THERE = N_("this is done to an order; v opens the last order of the plan")
    NOT_HERE = frozenset({"take_back", "customer"})
    BINDINGS: ClassVar = [
        Binding("escape,backspace,Q", "back", show=False),
        Binding("n", "new_plan", show=False),
        Binding("e", "change", show=False),
        Binding("p", "pause", show=False),
        Binding("x", "end", show=False),
        Binding("s", "skip", show=False),
        Binding("u", "unskip", show=False),
        Binding("v", "last_order", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._plans: tuple[PlanLine, ...] | None = None

    def columns(self) -> tuple[Column, ...]:
        """What is told of a plan."""
        return plan_columns()

    def below(self) -> Iterable[Widget]:
        """The plan at hand, whole."""
        yield PartsBar(id="plan")

    def set_up(self) -> None:
        """What the list has no room for."""
        super().set_up()
        self.query_one("#plan", PartsBar).show(self._told)

    # -- keys --------------------------------------------------------------------------------

    def chosen(self) -> PlanLine | None:
        """The plan under the cursor."""
        key = self.table.cursor_key
        return next((line for line in self._plans or () if line.id == key), None)

    def do_help(self) -> None:
        """The keys of this list before those of every screen."""
        from console.screens.help import HelpScreen

        self.desk.go_to(HelpScreen(self.situation(), KEYS))

    def do_plans(self) -> None:
        """We are there."""

    def action_new_plan(self) -> None:
        """Write a new plan."""
        self.hands.hush()
        self.write_plan({})

    def action_change(self) -> None:
        """Change the plan at hand."""
        self._about(lambda line: self.write_plan({}, line.id))

    def action_pause(self) -> None:
        """Stop it for a while, or have it go on."""
        self._about(lambda line: self._settle_plan("resume" if _stands(line) else "pause", line))

    def action_end(self) -> None:
        """It is over; the key for a pause has it go on all the same."""
        self._about(lambda line: self._settle_plan("end", line))

    def action_skip(self) -> None:
        """Call off its next date."""
        self._about(lambda line: self._settle_plan("skip", line, line.next_day or ""))

    def action_unskip(self) -> None:
        """Have the first date that was called off come after all."""

        def bring_back(line: PlanLine) -> None:
            if line.called_off:
                self._settle_plan("unskip", line, line.called_off[0])
            else:
                self.hands.refuse(_("no date of plan {plan} is called off").format(plan=line.id))

        self._about(bring_back)

    def action_last_order(self) -> None:
        """The order made of it last."""

        def show(line: PlanLine) -> None:
            if line.last is not None:
                self.open_details(line.last)
            else:
                self.hands.refuse(_("no order was made of plan {plan} yet").format(plan=line.id))

        self._about(show)

    def on_work_table_order_chosen(self, message: WorkTable.OrderChosen) -> None:
        """Enter: the plan itself."""
        message.stop()
        self.action_change()

    def on_work_table_order_highlighted(self, message: WorkTable.OrderHighlighted) -> None:
        """Another plan is at hand."""
        message.stop()
        self.query_one("#plan", PartsBar).renew()

    def _about(self, deed: Callable[[PlanLine], None]) -> None:
        """Do something about the plan at hand, once it is known how all stand."""
        if self._plans is None or self.hands.busy_with(None):
            self.desk.typed.after(partial(self._about, deed))
            return
        self.hands.hush()
        line = self.chosen()
        if line is None:
            self.hands.refuse(_("no plan is chosen"))
        else:
            deed(line)

    def _settle_plan(self, deed: str, line: PlanLine, day: str = "") -> None:
        self.run_command("plans", partial(plan_command, deed, line.id, day))

    def plan_written(self) -> None:
        """Shown at once."""
        self.ask_again.now()

    # -- asking and showing ------------------------------------------------------------------

    def asked(self, seat: Seat) -> tuple[PlanLine, ...]:
        """All of them."""
        from store.queries.plans import ListPlans

        return seat.ask(ListPlans())

    def take(self, found: tuple[PlanLine, ...]) -> None:
        """As the store sorts them."""
        self._plans = found

    def show_rows(self) -> None:
        """The plans, and the one at hand."""
        at = self.desk.now()
        rows = (plan_row(line, place, at=at) for place, line in enumerate(self._plans or ()))
        self.table.hold(HeldRows(tuple(rows)))
        self.query_one("#heading", PartsBar).renew()
        self.query_one("#plan", PartsBar).renew()

    def heading(self, width: int, _height: int) -> tuple[Parts, ...]:
        """How many there are, and the keys."""
        if self._plans is None:
            return ((),)
        text, tone = how_many(self._plans)
        how = _("n new, e change, p pause, x end, s skip, u unskip, v order ")
        keys = ((how, "muted"),) if self._plans else ()
        return (spread(((f" {text}", tone),), keys, width),)

    def _told(self, width: int, _height: int) -> tuple[Parts, ...]:
        return fitted(plan_told(self.chosen(), at=self.desk.now()), width)


def _stands(line: PlanLine) -> bool:
    return line.paused_at is not None or line.ended_at is not None
