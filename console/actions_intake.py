"""What a telephone that rings brings besides new orders, as actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.actions_desk import may_be_asked
from console.actions_kinds import ORDERS, Action, Question
from store.domain.words import N_

if TYPE_CHECKING:
    from console.actions_kinds import Ask, Told
    from store.domain.intents import Command
    from store.queries.board import BoardLine

_SAID = Question(
    name="text", label=N_("what the customer said"), optional=True, asks=N_("what was said")
)


def _chase(line: BoardLine | None, told: Told, _ask: Ask) -> Command:
    from store.commands.contact import ChaseOrder

    assert line is not None
    return ChaseOrder(number=line.number, text=told["text"])


INTAKE_ACTIONS: tuple[Action, ...] = (
    Action(
        id="chase",
        keys=("I",),
        words="chase 催 催单",
        label=N_("Chase"),
        help=N_("the customer asks where we are: counted, and the order stands further up"),
        group=ORDERS,
        why_not=may_be_asked,
        questions=(_SAID,),
        make=_chase,
        about_order=True,
    ),
)
