"""Locking an order to whoever has it, as actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.actions_kinds import ORDERS, Action
from console.actions_moves import NO_ORDER
from store.domain.words import N_

if TYPE_CHECKING:
    from console.actions_kinds import Ask, Situation, Told
    from store.domain.intents import Command
    from store.queries.board import BoardLine

_NOBODY = N_("order {number} is with nobody it could be locked to")
_ALREADY = N_("order {number} is locked already")
_NOT = N_("order {number} is not locked")


def _cannot_lock(situation: Situation) -> str | None:
    line = situation.line
    if line is None:
        return NO_ORDER
    if line.locked:
        return _ALREADY.format(number=line.number)
    return None if line.technician_code else _NOBODY.format(number=line.number)


def _cannot_unlock(situation: Situation) -> str | None:
    line = situation.line
    if line is None:
        return NO_ORDER
    return None if line.locked else _NOT.format(number=line.number)


def _lock(line: BoardLine | None, _told: Told, _ask: Ask) -> Command:
    from store.commands.locks import LockOrder

    assert line is not None
    return LockOrder(number=line.number, version=line.version)


def _unlock(line: BoardLine | None, _told: Told, _ask: Ask) -> Command:
    from store.commands.locks import UnlockOrder

    assert line is not None
    return UnlockOrder(number=line.number, version=line.version)


LOCK_ACTIONS: tuple[Action, ...] = (
    Action(
        id="lock",
        keys=("comma", "，"),
        words="lock 锁定",
        label=N_("Lock"),
        help=N_("whoever has the order keeps it, at its planned time: it is given to nobody else"),
        group=ORDERS,
        why_not=_cannot_lock,
        make=_lock,
        about_order=True,
    ),
    Action(
        id="unlock",
        keys=("ctrl+k",),
        words="unlock 解锁",
        label=N_("Unlock"),
        help=N_("the order may go to others again"),
        group=ORDERS,
        why_not=_cannot_unlock,
        make=_unlock,
        about_order=True,
    ),
)
