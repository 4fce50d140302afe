"""What is said of commands taken back, and of those that stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.domain.errors import NameUnknown
from store.domain.intents import Done
from store.domain.undo import named
from store.domain.undo_refusals import NoSuchDeed, OthersCan, OthersToo, SomeStay
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from store.domain.deeds import Deed
    from store.domain.errors import Refusal
    from store.persistence.work import Work

_TOLD = 3
"""Reasons told one by one."""


def called(work: Work, deeds: Collection[Deed], *, recalled: Collection[int] = ()) -> str:
    """What one command did, with what it was about where that is the same of all its orders.

    Who was sent unless he is `recalled`, which is said anyway; the other order; how the priority
    changed; never what somebody wrote.
    """
    what = named(next(iter(deeds)))
    about = {_about(deed) for deed in deeds}
    technician, other, priorities = about.pop()
    if about:
        return what
    said = f"#{other}" if other else f"P{priorities[0]} > P{priorities[1]}" if priorities else ""
    if technician is not None and technician not in recalled:
        said = name_if_here(work, technician)
    return N_("{what}: {about}").format(what=what, about=said) if said else what


def name_if_here(work: Work, technician: int) -> str:
    """What a technician is called; empty where he does not work here any more."""
    try:
        return work.technician(technician).name
    except NameUnknown:
        return ""


def _about(deed: Deed) -> tuple[int | None, int | None, tuple[int, int] | None]:
    """The technician, the other order, and the priorities that its main entry tells of."""
    body, name = deed.main.fact.body, deed.main.fact.name
    technician, after = body.get("technician"), body.get("set", {}).get("priority")
    return (
        technician if name == "assigned" else None,
        deed.about[1] if deed.about else None,
        (body["from"], after) if name == "prioritised" and after else None,
    )


def none_taken(
    deed: int, stay: Mapping[int, Refusal], *, of: int, others: bool, unseen: int = 0
) -> Refusal:
    """Why nothing was taken back: the order's own reason, or those of some of many.

    Of `of` orders the asker does not see `unseen`, and hears no number of them; `others` tells
    whether the rest may be taken back without these.
    """
    if not stay:
        return OthersToo() if unseen else NoSuchDeed(entry=deed)
    if of == 1:
        return next(iter(stay.values()))
    why, seen = reasons(stay), of - unseen
    if others:
        return OthersCan(stay=stay, all=seen, why=why, entry=deed)
    return SomeStay(count=len(stay), all=seen, why=why)


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
