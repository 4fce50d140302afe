"""What else is done to an order and to the desk, as actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from console.actions_kinds import DESK, ORDERS, Action, Kind, Question, Takes
from console.actions_moves import NO_ORDER
from store.domain.lifecycle import STATES, State
from store.domain.words import N_

if TYPE_CHECKING:
    from console.actions_kinds import Ask, Situation, Told
    from store.domain.intents import Command
    from store.queries.board import BoardLine

_USUAL_PRIORITY = 3
_REQUESTED = (
    *("caller", "site", "asset", "customer", "kind", "needs"),
    *("new_site", "new_customer", "returns"),
)
NO_RING = N_("order {number} has no alarm that rings")
_OVER = N_("order {number} is {state}; reopen it first")
_NOTE = Question(name="text", label=N_("note"))
_NEWS = Question(
    name="text", label=N_("what the customer was told"), optional=True, asks=N_("what was said")
)
_PRIORITY = Question(
    name="priority",
    label=N_("priority (1 most urgent to 4)"),
    kind=Kind.PRIORITY,
    asks=N_("priority 1-4"),
)
_PROMISED = Question(
    name="due_at",
    label=N_("call back at (15:00, +2h, tomorrow 9:00)"),
    kind=Kind.WHEN,
    asks=N_("call back at"),
)
_ABOUT = Question(name="note", label=N_("about what"), optional=True)
_OUTCOME = Question(name="outcome", label=N_("what came of it"), optional=True)


def _needs_order(situation: Situation) -> str | None:
    return NO_ORDER if situation.line is None else None


def at_the_desk(situation: Situation) -> str | None:
    """Why nothing more is done about an order that is over."""
    line = situation.line
    if line is None:
        return NO_ORDER
    spec = STATES[line.state]
    return _OVER.format(number=line.number, state=spec.label) if spec.final else None


def may_be_asked(situation: Situation) -> str | None:
    """The same, but that a duplicate's customer still asks, and still hears."""
    line = situation.line
    if line is not None and line.state is State.DUPLICATE:
        return None
    return at_the_desk(situation)


def _nothing_owed(situation: Situation) -> str | None:
    line = situation.line
    if line is None:
        return NO_ORDER
    if line.follow_at is None:
        return N_("order {number} has no open follow-up").format(number=line.number)
    return None


def _nothing_rings(situation: Situation) -> str | None:
    line = situation.line
    if situation.only_it and line is not None:
        if line.severity is not None and not line.acknowledged:
            return None
        return NO_RING.format(number=line.number)
    return None if situation.ringing else N_("no alarm rings")


def _has_orders(situation: Situation) -> str | None:
    return None if situation.empty else N_("this desk has orders; paidan import FILE brings more")


def _note(line: BoardLine | None, told: Told, _ask: Ask) -> Command:
    from store.commands.contact import NoteOrder

    return NoteOrder(number=_number(line), text=told["text"])


def _news(line: BoardLine | None, told: Told, _ask: Ask) -> Command:
    from store.commands.contact import UpdateCustomer

    return UpdateCustomer(number=_number(line), text=told["text"])


def _follow(line: BoardLine | None, _told: Told, _ask: Ask) -> Command:
    from store.commands.contact import FollowOrder

    return FollowOrder(number=_number(line))


def _priority(line: BoardLine | None, told: Told, _ask: Ask) -> Command:
    from store.commands.orders import SetPriority

    assert line is not None
    return SetPriority(number=line.number, priority=told["priority"], version=line.version)


def _promise(line: BoardLine | None, told: Told, _ask: Ask) -> Command:
    from store.commands.follow_ups import PromiseFollowUp

    return PromiseFollowUp(number=_number(line), due_at=told["due_at"], note=told["note"])


def _keep(line: BoardLine | None, told: Told, _ask: Ask) -> Command:
    from store.commands.follow_ups import KeepFollowUp

    assert line is not None
    return KeepFollowUp(number=line.number, due_at=line.follow_at, outcome=told["outcome"])


def _silence(line: BoardLine | None, told: Told, _ask: Ask) -> Command:
    from store.commands.alarms import Acknowledge

    if "calendar" in told:
        return Acknowledge(numbers=(), calendars=(told["calendar"],))
    if line is None:
        return Acknowledge(numbers=None)
    return Acknowledge(numbers=(line.number,), rings=line.rings, alarm=line.alarm)


def _new(_line: BoardLine | None, told: Told, _ask: Ask) -> Command:
    from console.told_words import told_fields
    from console.zones import zone_here
    from store.commands.orders import NewOrder

    named: dict[str, Any] = {name: told[name] for name in _REQUESTED if told.get(name)}
    named |= told_fields(told)
    description = told.get("description", "")
    return NewOrder(
        title=told["title"],
        priority=told.get("priority", _USUAL_PRIORITY),
        description=description,
        zone=zone_here(),
        **named,
    )


def _number(line: BoardLine | None) -> int:
    assert line is not None
    return line.number


_TO_ORDERS = (
    Action(
        id="note",
        keys=("semicolon", "；"),
        words="note 记 备注",
        label=N_("Note"),
        help=N_("write something down about the order"),
        group=ORDERS,
        why_not=_needs_order,
        questions=(_NOTE,),
        make=_note,
        about_order=True,
        footer=12,
    ),
    Action(
        id="update",
        keys=("u",),
        words="u tell 告知客户 告知 告",
        label=N_("Tell customer"),
        help=N_("the customer was told how it stands; the next-update clock starts again"),
        group=ORDERS,
        why_not=may_be_asked,
        questions=(_NEWS,),
        make=_news,
        about_order=True,
        footer=16,
    ),
    Action(
        id="priority",
        keys=("p",),
        words="p priority prio 优先级 优先",
        label=N_("Priority"),
        help=N_("change the priority; deadlines are computed anew from their start"),
        group=ORDERS,
        why_not=at_the_desk,
        questions=(_PRIORITY,),
        make=_priority,
        about_order=True,
        footer=17,
    ),
    Action(
        id="promise",
        keys=("h",),
        words="h promise call 约回访 约定 约",
        label=N_("Promise"),
        help=N_("promise the customer a call by a time; the desk will remind you"),
        group=ORDERS,
        why_not=_needs_order,
        questions=(_PROMISED, _ABOUT),
        make=_promise,
        about_order=True,
        footer=18,
    ),
    Action(
        id="keep",
        keys=("H",),
        words="kept called 已回访 已回电",
        label=N_("Called back"),
        help=N_("the follow-up promised first was done"),
        group=ORDERS,
        why_not=_nothing_owed,
        questions=(_OUTCOME,),
        make=_keep,
        about_order=True,
    ),
    Action(
        id="follow",
        keys=("l",),
        words="l follow 跟进 跟 我跟进",
        label=N_("I follow"),
        help=N_("you look after the order: one that no technician has is then no orphan"),
        group=ORDERS,
        why_not=at_the_desk,
        make=_follow,
        about_order=True,
    ),
    Action(
        id="explain",
        keys=("e",),
        words="e why 由来 为何",
        label=N_("Why"),
        help=N_("why this deadline: the stretches and pauses it is made of"),
        group=ORDERS,
        why_not=_needs_order,
        about_order=True,
        footer=15,
    ),
    Action(
        id="details",
        keys=("v",),
        words="go v view show 看 查看",
        label=N_("View"),
        help=N_("everything about the order and what happened to it; Enter does the same"),
        group=ORDERS,
        why_not=_needs_order,
        about_order=True,
    ),
)

_TO_THE_DESK = (
    Action(
        id="new",
        keys=("n",),
        words="n new 新建 新",
        label=N_("New"),
        help=N_("write down what a customer asks for"),
        group=DESK,
        make=_new,
        takes=Takes.REQUEST,
        options=("by", "for", "asset", "kind", "needs", "takes", "crew", "at", "newfor", "newsite"),
        footer=7,
    ),
    Action(
        id="begin",
        keys=("B",),
        words="begin 开始 起步",
        label=N_("Begin"),
        help=N_("how an empty desk may begin: with a sample, or with a file of orders"),
        group=DESK,
        why_not=_has_orders,
    ),
    Action(
        id="acknowledge",
        keys=("a",),
        words="a ack acknowledge 确认",
        label=N_("Acknowledge"),
        help=N_("silence the alarm of this order, else the worst after a yes; its clock runs on"),
        group=DESK,
        why_not=_nothing_rings,
        make=_silence,
        takes=Takes.MAYBE_ORDERS,
        footer=8,
    ),
    Action(
        id="mute",
        keys=("m",),
        words="m bell mute 铃声 静音",
        label=N_("Bell"),
        help=N_("switch the bell off or on; alarms are shown all the same"),
        group=DESK,
    ),
)

DESK_ACTIONS: tuple[Action, ...] = _TO_ORDERS + _TO_THE_DESK
