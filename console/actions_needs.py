"""What an order takes besides a skill, as an action: tools and parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.actions_desk import at_the_desk
from console.actions_kinds import ORDERS, Action, Question
from store.domain.words import N_

if TYPE_CHECKING:
    from console.actions_kinds import Ask, Told
    from store.domain.intents import Command
    from store.queries.board import BoardLine

_THINGS = Question(
    name="things",
    label=N_("tools and parts that it takes, a comma between them; nothing for none"),
    optional=True,
    asks=N_("tools, parts"),
)


def _needs(line: BoardLine | None, told: Told, _ask: Ask) -> Command:
    from store.commands.orders import EditOrder

    assert line is not None
    fields = {"needs": told.get("things", "")}
    return EditOrder(number=line.number, version=line.version, fields=fields)


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
        make=_needs,
        about_order=True,
    ),
)
