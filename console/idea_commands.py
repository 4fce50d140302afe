"""Each step of a suggestion as its command, from what was told; by keys, lines and the shell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.commands.ideas import JudgeIdea, NoteEffect, PayIntoFund, RewardIdea, SubmitIdea
from store.domain.errors import BadInput
from store.domain.words import N_

if TYPE_CHECKING:
    from console.actions_kinds import Told
    from store.domain.intents import Command


def amount_meant(text: str) -> int:
    """A whole amount of the desk's currency."""
    digits = text.strip().replace(",", "").replace("，", "")
    if digits.isascii() and digits.isdecimal() and len(digits) <= 9:
        return int(digits)
    raise BadInput(
        where=N_("amount"),
        wrong=N_("“{text}” is none").format(text=text[:40]),
        right=N_("a whole number"),
    )


def idea_command(deed: str, about: str, told: Told, seen: int | None = None) -> Command:
    """The command of a step; `about` is a number, or whose suggestion is written down."""
    if deed == "new":
        return SubmitIdea(text=told["text"])
    if deed == "for":
        return SubmitIdea(text=told["text"], technician=about)
    if deed == "fund":
        return PayIntoFund(amount=amount_meant(told["amount"]), words=told.get("words") or "")
    number = int(about)
    if deed == "reward":
        amount, words = amount_meant(told["amount"]), told.get("words") or ""
        return RewardIdea(idea=number, amount=amount, words=words, seen=seen)
    if deed == "effect":
        return NoteEffect(idea=number, effect=told["effect"], seen=seen)
    return JudgeIdea(idea=number, accepted=deed == "accept", reason=told["reason"], seen=seen)
