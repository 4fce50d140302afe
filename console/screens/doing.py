"""What the board's keys do that is more than one command about the chosen order."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from console.actions import ACTIONS
from console.actions_alarms import silencing
from console.i18n import _, fill
from console.screens.leading import Leading
from console.whens import filled
from console.widgets.work_table import WorkTable
from store.domain.lifecycle import State
from store.domain.words import N_
from store.queries.queues import QUEUES

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from console.actions_kinds import Ask, Told
    from console.panes.hand_bar import HandBar
    from console.panes.people_table import PeopleTable
    from console.screens.welcome import WelcomeScreen
    from store.domain.intents import Command, Done
    from store.queries.alarms import AlarmLine
    from store.queries.board import BoardLine

_HOME = "unassigned"
"""The queue in which every order begins."""


class Doing(Leading):
    """Acknowledging, opening other screens, showing and hiding panes."""

    _offered: WelcomeScreen | None = None
    """The choices of how to begin, while they are shown."""

    _left: object = None
    """The order that has left the list, of which that was said when it was to be given away."""

    def action_act(self, name: str) -> None:
        """Somebody else gets an order that has left the list only by the same key once more."""
        held = self.query_one(WorkTable).line_at_cursor if name == "assign" else None
        self._left, left = held.row.key if held is not None and held.gone else None, self._left
        if self._left in {None, left}:
            super().action_act(name)
        else:
            why = N_("it has left this list: Down goes on; the same key again sends another")
            self.hands.refuse(partial(_, why))

    def do_acknowledge(self) -> None:
        """The alarm of the chosen order; of another one, or of a calendar, only after a yes."""
        line, strip = self.line(), self.overview.strip if self.overview else None
        if line is not None and line.severity is not None and not line.acknowledged:
            make = partial(_acknowledge, line.number, line.rings, line.alarm)
            self.run_command("acknowledge", make)
        elif strip is not None and strip.alarms:
            self._ask_for(strip.alarms[0], line)

    def _ask_for(self, worst: AlarmLine, line: BoardLine | None) -> None:
        """Name the alarm that would be silenced though it is not the chosen order's."""
        from console.errand import Errand
        from console.render_alarms import silence_asked

        def make(_line: BoardLine | None, _told: Told, _ask: Ask) -> Command:
            return silencing(worst, _told)

        action = replace(ACTIONS["acknowledge"], make=make)
        self.hands.open_or_go(Errand.begin(action, None, {}, silence_asked(worst, line)))

    def offer_beginnings(self) -> None:
        """Once a start: how an empty desk may begin; not over what the operator is doing."""
        if not self.desk.welcome or self.desk.standing.only_looks:
            return
        if self.desk.screen is not self or self.hands.errand is not None:
            return
        self.desk.welcome = False
        self.do_begin()

    def do_begin(self) -> None:
        """How an empty desk may begin."""
        from console.screens.welcome import WelcomeScreen

        def begun(said: str | None) -> None:
            self._offered = None
            self.hands.take_keys()
            if offered.writes:
                self.do_new()
            if said:
                self.hands.say(said, "good")
                self.choose_queue("all_open")
                self.do_refresh()

        self._offered = offered = WelcomeScreen()
        self.desk.go_to(offered, begun)

    def withdraw_beginnings(self) -> None:
        """Somebody else has filled the desk meanwhile: there is nothing to choose any more."""
        if self._offered is not None and self._offered.withdraw():
            self.hands.say(lambda: _("somebody has begun: the desk has orders now"), "good")

    def begin_tour(self) -> None:
        """Begin the tour, on the list as it stands."""
        from console.tour import Tour

        self.desk.lead(Tour())
        self.desk.remember_tour()

    def do_technicians(self) -> None:
        """Show or hide them, whatever the width would have."""
        shown = self.people.display
        self.set_class(not shown, "with-people")
        self.set_class(shown, "without-people")
        if shown and self.people.has_focus:
            self.desk.focus_on(self.query_one("#orders", WorkTable))

    def do_details(self) -> None:
        """Everything about the chosen order."""
        line = self.line()
        if line is not None:
            self.open_details(line.number, line)

    def do_alarms(self) -> None:
        """Every alarm, also those that the strip has no room for."""
        from console.screens.alarms import AlarmsScreen

        self.desk.go_to(AlarmsScreen(*(() if self.overview is None else (self.overview.storm,))))

    def look_back(self, then: datetime | None) -> None:
        """The board as it stood then."""
        from console.screens.past import PastScreen

        self.desk.go_to(PastScreen(then or self.desk.now()))

    def open_recommended(
        self, number: int, about: int | None, sent: Callable[[Done | None], None]
    ) -> None:
        """Who should go to an order."""
        from console.screens.recommend import RecommendScreen

        screen = RecommendScreen(number, about, told=self.ahead.told)
        self.desk.go_to(screen, sent)
        screen.ask_ahead()

    def do_days(self) -> None:
        """The day of all technicians."""
        from console.screens.days import DaysScreen

        self.desk.go_to(DaysScreen())

    def do_forecast(self) -> None:
        """What will be missed."""
        from console.screens.forecast import ForecastScreen

        self.desk.go_to(ForecastScreen())

    def do_automatic(self) -> None:
        """In which mode the desk dispatches what."""
        from console.screens.automatic import AutomaticScreen

        def listed(query: str | None) -> None:
            self.hands.take_keys()
            if query:
                self.jump_to_query(query)

        self.desk.go_to(AutomaticScreen(), listed)

    def do_settings(self) -> None:
        """What dispatch reckons with."""
        from console.screens.settings import SettingsScreen

        self.desk.go_to(SettingsScreen())

    def do_replan(self) -> None:
        """The whole board planned anew."""
        from console.screens.replan import ReplanScreen

        def taken(done: Done | None) -> None:
            self.see_repaired()
            self._sent(done)

        self.desk.go_to(ReplanScreen(), taken)

    def do_calls(self) -> None:
        """Whom to call now."""
        from console.screens.calls import CallsScreen

        self.desk.go_to(CallsScreen())

    def do_handover(self) -> None:
        """The desk to the next shift, or from the last one."""
        from console.screens.handover import HandoverScreen

        self.desk.go_to(HandoverScreen())

    def do_sessions(self) -> None:
        """Who is in."""
        from console.screens.sessions import SessionsScreen

        self.desk.go_to(SessionsScreen())

    def do_operators(self) -> None:
        """Who may do what, at which sites."""
        from console.screens.operators import OperatorsScreen

        self.desk.go_to(OperatorsScreen())

    def do_plans(self) -> None:
        """Preventive and recurring work."""
        from console.screens.plans import PlansScreen

        self.desk.go_to(PlansScreen())

    def do_explain(self) -> None:
        """Why this deadline."""
        from console.screens.ledger import LedgerScreen

        line = self.line()
        if line is not None:
            self.desk.go_to(LedgerScreen(line.number, self.listing.within or ""))

    def do_help(self) -> None:
        """Every key."""
        from console.screens.help import HelpScreen

        self.desk.go_to(HelpScreen(self.situation()))

    def do_new(self) -> None:
        """Write down a new order."""
        from console.carrying import Outcome
        from console.screens.new_order import NewOrderScreen

        def made(done: Done | Outcome | None) -> None:
            self.hands.take_keys()
            if isinstance(done, Outcome):
                self.hands.say_it_waits(done)
            elif done is not None and "chased" in done.facts:
                self.hands.say_done(partial(fill, done.sentence, done.facts))
                self._find(done.numbers[0])  # what comes next is about that one
            elif done is not None:
                self.desk.welcome = False  # a look from before it may still be on its way
                self.hands.say_done(self._written(done))
                self.look.now()
                self._find(done.numbers[0])

        self.desk.go_to(NewOrderScreen(), made)

    def on_hand_bar_did(self, message: HandBar.Did) -> None:
        """An order that was typed is shown as one from the form is."""
        if message.name == "new":
            self.desk.welcome = False
            if not self._holds_new():
                self.hands.say_done(self._written(message.done))
            self._find(message.done.numbers[0])

    def _holds_new(self) -> bool:
        """Whether a new order belongs into the queue that is shown."""
        queue = QUEUES[self.queue]
        return self.listing.plain and State.NEW in queue.states and not queue.where

    def _written(self, done: Done) -> Callable[[], str]:
        """That a new order is there, where it is if not in this queue, and when clocks start."""
        facts, sentence = dict(done.facts), done.sentence
        if not self._holds_new() and "other" not in facts:
            sentence = N_("order {number} written down; it is in {place} {queue}")
            if "when" in facts:
                sentence = N_(
                    "order {number} written down; it is in {place} {queue};"
                    " clocks start at {when}, working hours"
                )
            facts["place"] = list(QUEUES).index(_HOME) + 1
            facts["queue"] = QUEUES[_HOME].label
            if "besides" in facts:
                what = sentence.format(**facts)
                facts["what"], sentence = what, N_("{what}; {besides}")
        return partial(filled, sentence, facts, self.desk.zone, at=self.desk.now())

    def _find(self, number: int) -> None:
        """Put the cursor on an order of the form; a queue that it is not in stays where it is."""
        if self._holds_new():
            self.query_one("#orders", WorkTable).jump_to(number, look_again=True)
            self.desk.typed.go_on(by="new")
        else:
            self.list_again.now()
            self.desk.typed.forget()  # keys meant for the new order would hit another one

    def on_people_table_job_chosen(self, message: PeopleTable.JobChosen) -> None:
        """The job of a technician."""
        message.stop()
        self.open_details(message.number)


def _acknowledge(number: int, rings: int, alarm: int | None) -> Command:
    from store.commands.alarms import Acknowledge

    return Acknowledge(numbers=(number,), rings=rings, alarm=alarm)
