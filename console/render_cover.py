"""What a covered session shows: that it is locked and how one comes back; nothing of the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.i18n import _
from console.looks import broken, width

if TYPE_CHECKING:
    from datetime import datetime

    from console.looks import Parts


def cover_lines(*, since: datetime, by_key: bool, rings: bool, cells: int) -> tuple[Parts, ...]:
    """Each line centred; `since` on the operator's clock, `rings` where an alarm does."""
    again = (
        _("Enter ends this session; then come in again with your key.")
        if by_key
        else _("Enter ends this session; then come in again by another one-time code.")
    )
    told: list[Parts] = [
        ((_("Paidan"), "strong"),),
        ((_("locked since {at}: nothing was typed").format(at=f"{since:%H:%M}"), ""),),
        ((again, ""),),
        ((_("You land where you were, and what you typed is kept."), ""),),
    ]
    if rings:
        told.append(((_("! an alarm rings"), "alarm"),))
    lines = [line for parts in told for line in (*broken(parts, max(1, cells - 4)), ())]
    return tuple(_centred(line, cells) for line in lines)


def _centred(parts: Parts, cells: int) -> Parts:
    return ((" " * max(0, (cells - width(parts)) // 2), ""), *parts) if parts else ()
