"""Trainings of everybody, or of one: what is planned, what came of it, drills that were played."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from console.actions import ACTIONS
from console.actions_people import EARLY_ASKED, TRAINING_DEEDS
from console.i18n import _
from console.looks import spread
from console.render_trainings import (
    drill_row,
    how_many,
    keys_told,
    training_columns,
    training_row,
    training_told,
)
from console.screens.commanding import Commanding
from console.screens.sifting import Sifting
from console.widgets.bars import PartsBar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from console.looks import Parts
    from console.seat import Seat
    from console.widgets.columns import Column
    from console.widgets.work_table import WorkTable
    from store.queries.skills import TrainingLine, TrainingRecords


class TrainingsScreen(Sifting, Commanding):
    """The list above, the training at hand below; Esc leads back."""

    NAME = "trainings"
    DEFAULT_CSS = "TrainingsScreen > #training { background: $surface; }"
    NOT_HERE = frozenset({"take_back", "customer"})
    BINDINGS: ClassVar = [
        Binding("escape,backspace", "back", show=False),
        *(
            Binding(key, f"step('{name}')", show=False)
            for key, name in TRAINING_DEEDS.by_key().items()
        ),
    ]

    def __init__(self, technician: str = "", name: str = "") -> None:
        super().__init__()
        self._of, self._name = technician, name
        """Whose trainings, by code; everybody's where that is empty."""
        self._found: TrainingRecords | None = None

    def columns(self) -> tuple[Column, ...]:
        """What is told of a training."""
        return training_columns()

    def below(self) -> Iterable[Widget]:
        """The training at hand, whole."""
        yield PartsBar(id="training")

    def set_up(self) -> None:
        """What the list has no room for."""
        super().set_up()
        self.query_one("#training", PartsBar).show(self._told)

    # -- keys --------------------------------------------------------------------------------

    def chosen(self) -> TrainingLine | None:
        """The training under the cursor; a drill is none."""
        key = self.table.cursor_key
        lines = self._found.trainings if self._found is not None else ()
        return next((line for line in lines if line.training.id == key), None)

    def do_trainings(self) -> None:
        """We are there: the same key leads back."""
        self.action_back()

    def do_help(self) -> None:
        """The keys of this list before those of every screen."""
        from console.screens.help import HelpScreen

        self.desk.go_to(HelpScreen(self.situation(), keys_told()))

    def action_step(self, name: str) -> None:
        """One step of the training at hand; a new one is of whom the list is, or whom it names."""
        from console.errand import Errand

        if self._found is None or self.hands.busy_with(None):
            self.desk.typed.after(partial(self.action_step, name))
            return
        self.hands.hush()
        line = self.chosen()
        if name == "plan":
            about = self._of or (line.code if line is not None else "")
            if not about:
                self.hands.refuse(_("open it from a technician: Skills, then Enter on a row"))
                return
            action = TRAINING_DEEDS.step(ACTIONS["trainings"], name, about)
        elif line is None:
            self.hands.refuse(_("no row is chosen"))
            return
        else:
            one = line.training
            action = TRAINING_DEEDS.step(ACTIONS["trainings"], name, str(one.id), one.version)
        questions = list(action.questions)
        ahead = line is not None and line.training.planned_at
        if name in EARLY_ASKED and ahead and ahead > self.desk.now():
            questions.insert(0, EARLY_ASKED[name])
        errand = Errand(action=replace(action), line=None, questions=questions)
        self.hands.open_or_go(errand)

    def on_work_table_order_chosen(self, message: WorkTable.OrderChosen) -> None:
        """All that there is stands below the list already."""
        message.stop()

    def on_work_table_order_highlighted(self, message: WorkTable.OrderHighlighted) -> None:
        """Another training is at hand."""
        message.stop()
        self.query_one("#training", PartsBar).renew()

    # -- asking and showing ------------------------------------------------------------------

    def asked(self, seat: Seat) -> TrainingRecords:
        """Trainings, and of everybody the drills, too."""
        from store.queries.drill import DrillRecords
        from store.queries.skills import ListTrainings, TrainingRecords

        trainings = seat.ask(ListTrainings(technician=self._of))
        drills = () if self._of else seat.ask(DrillRecords())
        return TrainingRecords(trainings=trainings, drills=drills)

    def take(self, found: TrainingRecords) -> None:
        """As the store sorts them."""
        self._found = found

    def show_rows(self) -> None:
        """Planned ones first, then what is over, then drills."""
        at, zone = self.desk.now(), self.desk.zone
        found = self._found
        lines = found.trainings if found is not None else ()
        drills = found.drills if found is not None else ()
        rows = [training_row(line, n, at=at, zone=zone) for n, line in enumerate(lines)]
        rows += [drill_row(one, n, at=at, zone=zone) for n, one in enumerate(drills)]
        self.hold(rows)
        self.query_one("#heading", PartsBar).renew()
        self.query_one("#training", PartsBar).renew()

    def heading(self, width: int, _height: int) -> tuple[Parts, ...]:
        """How many there are, and of whom."""
        if self._found is None:
            return ((),)
        text, tone = how_many(self._found.trainings, len(self._found.drills), at=self.desk.now())
        if self._of:
            text = f"{self._name}  {text}"
        how = _("digits do a step, Esc back ")
        return (spread(((f" {text}", tone),), ((how, "muted"),), width),)

    def _told(self, width: int, _height: int) -> tuple[Parts, ...]:
        return training_told(self.chosen(), at=self.desk.now(), zone=self.desk.zone, width=width)
