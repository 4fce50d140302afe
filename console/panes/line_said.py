"""What stands above a line that cannot be read, and whether it can wait; nothing asks the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from console.i18n import _, tell
from store.domain.errors import Refusal, StoreBusy, StoreTrouble

if TYPE_CHECKING:
    from console.actions_kinds import Ask
    from console.grammar.understand import Understood
    from console.seat import Seat


def asking(seat: Seat, away: StoreTrouble | None) -> Ask:
    """Whom a line asks: the store, and nobody while it is known to be away."""
    if away is None:
        return seat.ask

    def refuses(_query: Any) -> Any:
        raise away

    return refuses


def can_wait(told: Understood | Exception | None, line: str) -> bool:
    """Whether a line that was not understood can be kept until the store is back."""
    from console.line_to_wait import action_meant

    trouble = isinstance(told, StoreTrouble) and told.may_wait
    return trouble and action_meant(line) is not None


def line_said(told: Understood | Exception | None, line: str) -> Understood | str:
    """What a line means, or why nobody knows."""
    from console.carrying import told as worded

    if told is None:
        return ""
    if can_wait(told, line):
        if isinstance(told, StoreBusy):
            return _("the store is busy: Enter keeps this line until it is free")
        return _("the store is away: Enter keeps this line until it is back")
    if isinstance(told, Refusal):
        return tell(told)
    return worded(told) if isinstance(told, Exception) else told
