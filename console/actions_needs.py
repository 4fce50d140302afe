"""What an order takes besides a skill, as actions: things, time, people, a promised moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.actions_desk import at_the_desk
from console.actions_kinds import ORDERS, Action, Kind, Question
from store.domain.words import N_

if TYPE_CHECKING:
    from console.actions_kinds import Ask, Make, Told
    from store.domain.intents import Command
    from store.queries.board import BoardLine

_THINGS = Question(
    name="things",
    label=N_("tools and parts that it takes, a comma between them; nothing for none"),
    optional=True,
    asks=N_("tools, parts"),
)
_TAKES = Question(
    name="takes",
    label=N_("how long the work takes (90, 1h30, 20h); nothing for what such work takes"),
    kind=Kind.LASTS,
    optional=True,
    asks=N_("work takes"),
)
_CREW = Question(
    name="crew",
    label=N_("how many people it takes; nothing for one"),
    kind=Kind.CREW,
    optional=True,
    asks=N_("people"),
)
_APPOINTMENT = Question(
    name="appointment",
    label=N_("when the customer awaits somebody (14:00, 14:00-16:00); nothing for no time"),
    kind=Kind.WINDOW,
    optional=True,
    asks=N_("appointment"),
)


def _edits(*names: str) -> Make:
    def make(line: BoardLine | None, told: Told, _ask: Ask) -> Command:
        from console.told_words import told_fields
        from store.commands.orders import EditOrder

        assert line is not None
        said = {name: told.get(name, "") for name in names}
        fields = told_fields(said) or {"needs": told.get("things", "")}
        return EditOrder(number=line.number, version=line.version, fields=fields)

    return make


NEED_ACTIONS: tuple[Action, ...] = (
    Action(
        id="needs",
        keys=("ctrl+g",),
        words="needs 需要",
        label=N_("Needs"),
        help=N_("tools and parts that it takes: who does not carry them is not sent"),
        group=ORDERS,
        why_not=at_the_desk,
        questions=(_THINGS,),
        make=_edits(),
        about_order=True,
    ),
    Action(
        id="takes",
        keys=("ctrl+w",),
        words="takes 工时",
        label=N_("How long"),
        help=N_("how long its work takes, where that is not what such work usually takes"),
        group=ORDERS,
        why_not=at_the_desk,
        questions=(_TAKES,),
        make=_edits("takes"),
        about_order=True,
    ),
    Action(
        id="crew",
        keys=("ctrl+x",),
        words="crew 人手",
        label=N_("Crew"),
        help=N_("how many people it takes: who should go then also names the second one"),
        group=ORDERS,
        why_not=at_the_desk,
        questions=(_CREW,),
        make=_edits("crew"),
        about_order=True,
    ),
    Action(
        id="appointment",
        keys=("ctrl+n",),
        words="appointment appt 预约",
        label=N_("Appointment"),
        help=N_("when the customer awaits somebody: a moment, or from when until when"),
        group=ORDERS,
        why_not=at_the_desk,
        questions=(_APPOINTMENT,),
        make=_edits("appointment"),
        about_order=True,
    ),
)
