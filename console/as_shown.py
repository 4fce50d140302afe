"""Somebody of a recommendation, and the command that sends him just as that has said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.heeding import broken

if TYPE_CHECKING:
    from console.actions_kinds import Ask, Told
    from store.commands.automatic import SendAsShown
    from store.queries.board import BoardLine
    from store.queries.recommend import Recommendation, Recommended


def as_shown(
    found: Recommendation, one: Recommended, line: BoardLine | None, told: Told, ask: Ask
) -> SendAsShown:
    """The command for the one who was chosen, tied to what stood beside his name."""
    from store.commands.automatic import SendAsShown

    assert line is not None
    return SendAsShown(
        number=line.number,
        technician=one.who.id,
        version=line.version,
        stamp=one.stamp,
        place=found.place,
        as_of=found.at,
        insist=bool(told.get("insist")),
        against=broken(line.number, told, ask),
    )
