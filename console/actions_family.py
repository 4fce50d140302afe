"""Orders under another one, as actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.actions_desk import at_the_desk
from console.actions_kinds import ORDERS, Action, Kind, Question
from console.actions_moves import NO_ORDER
from store.domain.words import N_

if TYPE_CHECKING:
    from console.actions_kinds import Ask, Situation, Told
    from store.domain.intents import Command
    from store.queries.board import BoardLine

_PARENT = Question(
    name="parent",
    label=N_("number of the order that it belongs under"),
    kind=Kind.NUMBER,
    asks=N_("under order"),
)
_NEWS = Question(name="text", label=N_("what all their customers are told"), asks=N_("news"))


def _needs_order(situation: Situation) -> str | None:
    return NO_ORDER if situation.line is None else None


def _put_under(line: BoardLine | None, told: Told, _ask: Ask) -> Command:
    from store.commands.families import PutUnder

    assert line is not None
    return PutUnder(number=line.number, parent=told["parent"], version=line.version)


def _take_out(line: BoardLine | None, _told: Told, _ask: Ask) -> Command:
    from store.commands.families import TakeOut

    assert line is not None
    return TakeOut(number=line.number, version=line.version)


def _tell(line: BoardLine | None, told: Told, _ask: Ask) -> Command:
    from store.commands.families import TellFamily

    assert line is not None
    return TellFamily(number=line.number, text=told["text"])


FAMILY_ACTIONS: tuple[Action, ...] = (
    Action(
        id="under",
        keys=("plus",),
        words="under 归入 归到",
        label=N_("Put under"),
        help=N_("it is a case of a larger trouble: the other order is over only after it"),
        group=ORDERS,
        why_not=_needs_order,
        questions=(_PARENT,),
        make=_put_under,
        about_order=True,
    ),
    Action(
        id="tell_all",
        keys=("asterisk",),
        words="notice 通告 群发 群发通告",
        label=N_("Tell all"),
        help=N_("one notice to the customers of this order and of all under it"),
        group=ORDERS,
        why_not=at_the_desk,
        questions=(_NEWS,),
        make=_tell,
        about_order=True,
        footer=21,
    ),
    Action(
        id="out",
        keys=("underscore",),
        words="out 移出",
        label=N_("Take out"),
        help=N_("it stands on its own again, under no other order"),
        group=ORDERS,
        why_not=_needs_order,
        make=_take_out,
        about_order=True,
    ),
)
