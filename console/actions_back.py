"""What takes back, what tells of it, and the command line itself, as actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.actions_kinds import DESK, ORDERS, Action, Takes
from console.actions_moves import NO_ORDER
from store.domain.words import N_

if TYPE_CHECKING:
    from console.actions_kinds import Ask, Situation, Told
    from store.domain.intents import Command
    from store.queries.board import BoardLine


def _needs_order(situation: Situation) -> str | None:
    return NO_ORDER if situation.line is None else None


def _undo(line: BoardLine | None, told: Told, _ask: Ask) -> Command:
    from store.commands.undo import Undo

    number = None if line is None else line.number
    return Undo(number=number, entry=told.get("entry"), partly=bool(told.get("partly")))


def _redo(_line: BoardLine | None, told: Told, _ask: Ask) -> Command:
    from store.commands.undo import Undo

    return Undo(redo=True, partly=bool(told.get("partly")))


def _seen(line: BoardLine | None, told: Told, _ask: Ask) -> Command:
    from store.commands.recalls import SeeRecalls

    number = None if line is None else line.number
    return SeeRecalls(technician=told.get("technician"), number=number)


def _here(_line: BoardLine | None, told: Told, _ask: Ask) -> Command:
    from store.commands.people import EndAbsence

    return EndAbsence(technician=told["technician"])


def _absent(_line: BoardLine | None, told: Told, _ask: Ask) -> Command:
    from store.commands.people import SaveAbsence

    until, reason = told.get("until"), told.get("reason", "")
    return SaveAbsence(technician=told["technician"], ends_at=until, reason=reason)


BACK_ACTIONS: tuple[Action, ...] = (
    Action(
        id="undo",
        keys=("z",),
        words="undo z 撤销",
        label=N_("Undo"),
        help=N_("take back your last command, or the last one about an order"),
        group=DESK,
        make=_undo,
        takes=Takes.DEED,
        options=("partly",),
    ),
    Action(
        id="redo",
        keys=("Z",),
        words="redo 重做",
        label=N_("Redo"),
        help=N_("do again what you took back last"),
        group=DESK,
        make=_redo,
        options=("partly",),
    ),
    Action(
        id="take_back",
        keys=("U",),
        words="takeback 逐项撤销 撤回",
        label=N_("Take back"),
        help=N_("what was done to the order, to take some of it back"),
        group=ORDERS,
        why_not=_needs_order,
        about_order=True,
    ),
    Action(
        id="seen",
        keys=("K",),
        words="seen 知悉 知悉召回",
        label=N_("Recall seen"),
        help=N_("a technician who was recalled knows of it"),
        group=DESK,
        make=_seen,
        takes=Takes.RECALLED,
    ),
    Action(
        id="here",
        keys=("grave_accent", "·"),
        words="here 回岗",
        label=N_("Is back"),
        help=N_("a technician who is absent is back: the absence is over"),
        group=DESK,
        make=_here,
        takes=Takes.TECHNICIAN,
    ),
    Action(
        id="absent",
        keys=("f6",),
        words="absent ill 请假",
        label=N_("Is absent"),
        help=N_("a technician is away from now on: absent wang until 18:00 ill"),
        group=DESK,
        make=_absent,
        takes=Takes.ABSENCE,
    ),
    Action(
        id="who",
        keys=("W",),
        words="who 谁 谁去 谁能去",
        label=N_("Who goes"),
        help=N_("who should go to the order, and why not others; typed, who masters a skill, too"),
        group=DESK,
        takes=Takes.SKILL,
    ),
    Action(
        id="command",
        keys=("colon", "："),
        words=":",
        label=N_("Command"),
        help=N_("type a command: a verb, orders, and what it needs; ? helps at every point"),
        group=DESK,
        footer=10,
    ),
)
