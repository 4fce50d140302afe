"""What an asker who sees some sites only is told: no number of an order that he does not see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from store.domain.errors import OrderUnknown, Refusal
from store.domain.who import require
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.domain.intents import Command, Done
    from store.domain.who import Who
    from store.persistence.work import Work

_NAMING: Final = ("parent", "root", "original", "other", "duplicate_of", "kept")
"""What sentences call another order by."""
_UNSEEN: Final = N_("out of your sight")


class OutOfSight(Refusal):
    """It would change an order at a site that the asker does not see."""

    sentence = N_("this concerns an order out of your sight; ask somebody who sees every site")


def permit(who: Who, command: Command) -> None:
    """Refuse an asker whose role or sites do not reach a command; as the store knows him."""
    from store.commands import DESK_WIDE, RIGHTS

    require(who, RIGHTS[type(command)], desk_wide=type(command) in DESK_WIDE)


def handled(work: Work, command: Command) -> Done:
    """Carry a command out; what is refused is told without what the asker does not see."""
    from store.commands import HANDLERS

    try:
        return HANDLERS[type(command)](work, command)
    except Refusal as refusal:
        told = as_seen(work, refusal, command)
        if told is refusal:
            raise
        raise told from refusal


def as_seen(work: Work, refusal: Refusal, command: Command) -> Refusal:
    """The refusal without numbers out of sight; those that the command names are known anyhow."""
    if work.who.scope.sites is None:
        return refusal
    given = set(_given(command))
    if isinstance(refusal, OrderUnknown):
        number = refusal.facts["number"]
        return refusal if number in given or not _hidden(work, number) else OutOfSight()
    hidden = {
        name: _UNSEEN
        for name in _NAMING
        if (number := refusal.facts.get(name)) not in given and _hidden(work, number)
    }
    return type(refusal)(**{**refusal.facts, **hidden}) if hidden else refusal


def _given(command: Any) -> Iterator[int]:
    for name in ("number", *_NAMING):
        number = getattr(command, name, None)
        if isinstance(number, int):
            yield number
    for one in getattr(command, "commands", ()):
        yield from _given(one)


def _hidden(work: Work, number: object) -> bool:
    if not isinstance(number, int):
        return False
    held = work.relative(number)
    return held is not None and not work.who.scope.covers(held.site)
