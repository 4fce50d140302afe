"""What commands would do, for a preview: carried out in a transaction that is let go."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from store.commands.sight import as_seen
from store.domain.errors import Refusal, StoreTrouble
from store.domain.intents import Change, Command, Rehearsed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager

    from store.persistence.work import Work


class _NotMeant(Exception):
    """Ends a transaction of which nothing shall be kept."""


def rehearsed(
    transaction: AbstractContextManager[Work], commands: Sequence[Command]
) -> tuple[Rehearsed, ...]:
    """What each command does after the one before it; then the transaction is let go."""
    told: tuple[Rehearsed, ...] = ()
    from store.commands import permit

    with suppress(_NotMeant), transaction as work:
        for command in commands:
            permit(work.who, command)
        work.is_command = True
        told = tuple(_rehearsed(work, command) for command in commands)
        raise _NotMeant
    return told


def _rehearsed(work: Work, command: Command) -> Rehearsed:
    from store.commands import HANDLERS

    before = dict(work.changes)
    try:
        done = HANDLERS[type(command)](work, command)
        work.flush()
    except StoreTrouble:
        raise
    except Refusal as refusal:
        return Rehearsed(command=command, refusal=as_seen(work, refusal, command))
    new = (
        _since(before.get(number), change)
        for number, change in work.changes.items()
        if change is not before.get(number)
    )
    return Rehearsed(command=command, done=done, changes=tuple(new))


def _since(earlier: Change | None, change: Change) -> Change:
    """What the last command alone makes of an order that one before it may have changed too."""
    return change if earlier is None else Change(before=earlier.after, after=change.after)
