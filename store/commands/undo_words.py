"""What is said of commands taken back, and of those that stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.domain.intents import Done
from store.domain.undo_refusals import NoSuchDeed, SomeStay
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.domain.errors import Refusal

_TOLD = 3
"""Reasons told one by one."""


def none_taken(deed: int, stay: Mapping[int, Refusal], *, of: int) -> Refusal:
    """Why nothing was taken back: the order's own reason, or those of some of many."""
    if not stay:
        return NoSuchDeed(entry=deed)
    if of == 1:
        return next(iter(stay.values()))
    return SomeStay(count=len(stay), all=of, why=reasons(stay))


def several(
    what: str,
    numbers: tuple[int, ...],
    *,
    again: bool,
    stay: Mapping[int, Refusal],
    recalled: str = "",
) -> Done:
    """What became of many orders, and whom somebody must tell of it."""
    facts: dict[str, object] = {"count": len(numbers), "what": what}
    sentence = (
        N_("{count} orders: “{what}” done again")
        if again
        else N_("{count} orders: “{what}” taken back")
    )
    if stay:
        facts |= {"left": len(stay), "why": reasons(stay)}
        sentence = (
            N_("{count} orders: “{what}” done again; {left} stay as they are: {why}")
            if again
            else N_("{count} orders: “{what}” taken back; {left} stay as they are: {why}")
        )
    if recalled:
        facts["recalled"] = recalled
        sentence = (
            N_("{count} orders: “{what}” taken back; recalled: {recalled}; {left} stay: {why}")
            if stay
            else N_("{count} orders: “{what}” taken back; recalled: {recalled}")
        )
    return Done(sentence=sentence, facts=facts, numbers=numbers)


def reasons(stay: Mapping[int, Refusal]) -> list[str]:
    """The first few reasons, each a sentence of ours."""
    told = [N_(why.sentence).format(**why.facts) for why in list(stay.values())[:_TOLD]]
    return [*told, "..."] if len(stay) > _TOLD else told
