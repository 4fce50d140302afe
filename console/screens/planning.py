"""A screen from which plans are written: it opens the form, and says what came of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from textual.message import Message

from console.i18n import _, fill
from console.screens.working import WorkingScreen
from store.domain.intents import Done
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from console.carrying import Outcome
    from console.seat import Seat
    from store.queries.plans import PlanLine

_KEPT: Final = N_("not saved: kept as a draft; the form goes on with it when you open it again")


class Planning(WorkingScreen):
    """Opens the form for a new plan, or for one that is to be changed."""

    class PlanFound(Message, bubble=False):
        """The plan to be changed as it stands, or why it cannot be had."""

        def __init__(self, found: PlanLine | Exception, texts: Mapping[str, str]) -> None:
            super().__init__()
            self.found = found
            self.texts = texts

    _looking_up_plan = False

    def write_plan(self, texts: Mapping[str, str], plan: int | None = None) -> None:
        """A new plan with what is known of it already, or a change of one."""
        seat = self.desk.seat
        if seat is None:
            self.hands.refuse(_("the store is not open yet"))
        elif plan is None:
            self.open_plan(texts)
        else:
            self._looking_up_plan = True
            self._wait_for_plan()
            work = partial(self._find_plan, seat, plan, texts)
            self.run_worker(work, thread=True, group="plan", exit_on_error=False)

    def open_plan(self, texts: Mapping[str, str], before: PlanLine | None = None) -> None:
        """The form with these texts; the plan as it was gives the others."""
        from console.screens.plan_form import PlanFormScreen

        form = PlanFormScreen(texts, before)

        def left(done: Done | Outcome | None) -> None:
            self.hands.take_keys()
            if not isinstance(done, Done):
                if done is not None:
                    self.hands.say_it_waits(done)
                elif form.is_kept:
                    self.hands.say(partial(_, _KEPT), "muted")
                self.desk.typed.forget()
                return
            self.hands.say_done(partial(fill, done.sentence, done.facts))
            self.plan_written()

        self.desk.go_to(form, left)

    def plan_written(self) -> None:
        """A plan is another now; to be filled by a screen that shows it."""

    def _wait_for_plan(self) -> None:
        """Hold what is typed; others may say that it can go on."""
        if self._looking_up_plan:
            self.desk.typed.after(self._wait_for_plan)

    def _find_plan(self, seat: Seat, plan: int, texts: Mapping[str, str]) -> None:
        from store.queries.plans import ShowPlan

        try:
            found: PlanLine | Exception = seat.ask(ShowPlan(plan=plan))
        except Exception as error:  # noqa: BLE001  whatever it is, it is told
            found = error
        self.post_message(self.PlanFound(found, texts))

    def on_planning_plan_found(self, message: PlanFound) -> None:
        """Open the form on it."""
        from console.carrying import told

        message.stop()
        self._looking_up_plan = False
        if isinstance(message.found, Exception):
            self.hands.refuse(told(message.found))
            return
        self.open_plan(message.texts, message.found)
        self.desk.typed.go_on()
