"""Each step of an action as its command, from what was told; by keys, lines and `paidan action`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from store.commands.corrective import (
    AddWhy,
    CloseAction,
    DropAction,
    FinishAction,
    JudgeAction,
    OpenAction,
    SetAction,
    StartAction,
)
from store.domain.errors import BadInput
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from console.actions_kinds import Told
    from store.domain.intents import Command

_STANDARDS: Final = {"procedure": "procedure", "流程": "procedure", "规程": "procedure"} | {
    "training": "training", "培训": "training",
}  # fmt: skip


def corrective_command(deed: str, number: int, told: Told, seen: int | None = None) -> Command:
    """The command of a step; `number` is an action's, or an order's where one is opened."""
    return _MAKES[deed](number, told, seen)


def days_meant(text: str) -> int | None:
    """How many days; None for as many as before."""
    digits = text.strip().removesuffix("d").removesuffix("天").strip()
    if not digits:
        return None
    if digits.isascii() and digits.isdecimal() and len(digits) <= 4:
        return int(digits)
    raise BadInput(
        where=N_("days observed"),
        wrong=N_("“{text}” is none").format(text=text[:40]),
        right=N_("a whole number"),
    )


def standard_meant(text: str) -> str:
    """What was changed, by a word of either language; another word as it is."""
    word = text.strip().casefold()
    return _STANDARDS.get(word, word)


def _why(number: int, told: Told, seen: int | None) -> Command:
    why, evidence = told["why"], told.get("evidence", "")
    return AddWhy(action=number, why=why, evidence=evidence, seen=seen)


def _goal(number: int, told: Told, seen: int | None) -> Command:
    days = days_meant(told.get("days", ""))
    agreed = {"measure": told["measure"], "goal": told["goal"]}
    return SetAction(action=number, **agreed, window_days=days, seen=seen)


def _judge(number: int, told: Told, seen: int | None, *, effective: bool) -> Command:
    judged = {"effective": effective, "verdict": told["verdict"], "due_at": told.get("due_at")}
    return JudgeAction(action=number, **judged, seen=seen)


def _close(number: int, told: Told, seen: int | None) -> Command:
    standard, changed = standard_meant(told["standard"]), told.get("changed", "")
    return CloseAction(action=number, standard=standard, changed=changed, seen=seen)


_MAKES: Final[Mapping[str, Callable[[int, Told, int | None], Command]]] = {
    "open": lambda n, told, _seen: OpenAction(number=n, owner=told.get("owner") or None),
    "why": _why,
    "cause": lambda n, told, seen: SetAction(action=n, cause=told["cause"], seen=seen),
    "owner": lambda n, told, seen: SetAction(action=n, owner=told.get("owner", ""), seen=seen),
    "due": lambda n, told, seen: SetAction(action=n, due_at=told["due_at"], seen=seen),
    "goal": _goal,
    "begin": lambda n, _told, seen: StartAction(action=n, seen=seen),
    "done": lambda n, told, seen: FinishAction(action=n, done=told["done"], seen=seen),
    "effective": lambda n, told, seen: _judge(n, told, seen, effective=True),
    "failed": lambda n, told, seen: _judge(n, told, seen, effective=False),
    "close": _close,
    "drop": lambda n, told, seen: DropAction(action=n, reason=told["reason"], seen=seen),
}
