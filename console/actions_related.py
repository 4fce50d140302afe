"""Orders that have to do with one another, and major incidents, as actions."""

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

_OTHER = Question(
    name="other",
    label=N_("number of the order that it has to do with"),
    kind=Kind.NUMBER,
    asks=N_("other order"),
)
_PART = Question(
    name="text", label=N_("what the part is that becomes an order"), asks=N_("which part")
)
_EVERY = Question(
    name="every",
    label=N_("how often all customers have word (30m, 1h)"),
    kind=Kind.EVERY,
    asks=N_("word every"),
    start="30m",
)
_MINUTE = 60


def _needs_order(situation: Situation) -> str | None:
    return NO_ORDER if situation.line is None else None


def _needs_incident(situation: Situation) -> str | None:
    line = situation.line
    if line is None:
        return NO_ORDER
    if line.incident:
        return None
    return N_("order {number} is no major incident").format(number=line.number)


def _link(line: BoardLine | None, told: Told, _ask: Ask) -> Command:
    from store.commands.links import LinkOrders

    assert line is not None
    return LinkOrders(number=line.number, other=told["other"], version=line.version)


def _unlink(line: BoardLine | None, told: Told, _ask: Ask) -> Command:
    from store.commands.links import UnlinkOrders

    assert line is not None
    return UnlinkOrders(number=line.number, other=told["other"], version=line.version)


def _split(line: BoardLine | None, told: Told, _ask: Ask) -> Command:
    from store.commands.links import SplitOrder

    assert line is not None
    return SplitOrder(number=line.number, text=told["text"], version=line.version)


def _declare(line: BoardLine | None, told: Told, _ask: Ask) -> Command:
    from store.commands.incidents import DeclareIncident

    assert line is not None
    every = told["every"] * _MINUTE
    return DeclareIncident(number=line.number, cadence_s=every, version=line.version)


def _stand_down(line: BoardLine | None, _told: Told, _ask: Ask) -> Command:
    from store.commands.incidents import StandDown

    assert line is not None
    return StandDown(number=line.number, version=line.version)


RELATED_ACTIONS: tuple[Action, ...] = (
    Action(
        id="link",
        keys=("ampersand",),
        words="link 关联",
        label=N_("Link"),
        help=N_("it has to do with another order: each shows the other"),
        group=ORDERS,
        why_not=_needs_order,
        questions=(_OTHER,),
        make=_link,
        about_order=True,
        footer=23,
    ),
    Action(
        id="unlink",
        keys=("tilde",),
        words="unlink 解除关联",
        label=N_("Unlink"),
        help=N_("it has nothing to do with the other order after all"),
        group=ORDERS,
        why_not=_needs_order,
        questions=(_OTHER,),
        make=_unlink,
        about_order=True,
    ),
    Action(
        id="related",
        keys=("at",),
        words="rel related 相关 相关工单",
        label=N_("Related"),
        help=N_("go to the order that it has to do with; of several, choose one"),
        group=ORDERS,
        why_not=_needs_order,
        about_order=True,
    ),
    Action(
        id="split",
        keys=("percent_sign",),
        words="split 拆分 拆单",
        label=N_("Split"),
        help=N_("a part becomes an order of its own; its deadline stays that of the whole"),
        group=ORDERS,
        why_not=at_the_desk,
        questions=(_PART,),
        make=_split,
        about_order=True,
    ),
    Action(
        id="incident",
        keys=("exclamation_mark", "！"),
        words="incident major 重大 重大故障",
        label=N_("Incident"),
        help=N_("a major incident: all its customers have word again and again, by a clock"),
        group=ORDERS,
        why_not=at_the_desk,
        questions=(_EVERY,),
        make=_declare,
        about_order=True,
        footer=22,
    ),
    Action(
        id="stand_down",
        keys=("right_parenthesis",),
        words="allclear standdown 解除 解除故障",
        label=N_("All clear"),
        help=N_("the major incident is over; the order goes on as others do"),
        group=ORDERS,
        why_not=_needs_incident,
        make=_stand_down,
        about_order=True,
    ),
)
