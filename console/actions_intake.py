"""What a telephone that rings brings besides new orders, as actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.actions_desk import may_be_asked
from console.actions_kinds import ORDERS, Action, Question
from store.domain.words import N_

if TYPE_CHECKING:
    from console.actions_kinds import Ask, Situation, Told
    from store.domain.intents import Command
    from store.queries.board import BoardLine

_SAID = Question(
    name="text", label=N_("what the customer said"), optional=True, asks=N_("what was said")
)


def _chase(line: BoardLine | None, told: Told, _ask: Ask) -> Command:
    from store.commands.contact import ChaseOrder

    assert line is not None
    return ChaseOrder(number=line.number, text=told["text"], insist=bool(told.get("insist")))


def _is_it_a_return(situation: Situation) -> str | None:
    """That the work is over, which the customer's question mostly is not about."""
    from console.render_likely import since_finished

    line = situation.line
    over = since_finished(line, at=situation.at, zone=situation.zone) if line is not None else None
    if line is None or over is None:
        return None
    return _RETURN.format(number=line.number, finished=over)


_RETURN = N_(
    "order {number} was {finished}: is it a return? `n` writes one; insist, and it is chased"
)


INTAKE_ACTIONS: tuple[Action, ...] = (
    Action(
        id="chase",
        keys=("I",),
        words="chase 催 催单",
        label=N_("Chase"),
        help=N_("the customer asks where we are: counted, and the order stands further up"),
        group=ORDERS,
        why_not=may_be_asked,
        insist=_is_it_a_return,
        questions=(_SAID,),
        make=_chase,
        options=("insist",),
        about_order=True,
    ),
)
