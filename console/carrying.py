"""Carries an errand out in a worker, and words what became of it."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.i18n import _, tell
from console.own_lines import only_ours
from store.domain.errors import Refusal, Stale

if TYPE_CHECKING:
    from console.errand import Errand
    from console.seat import Seat
    from console.waiting import Waiting
    from store.domain.intents import Done
    from store.queries.board import BoardLine

_LOG = logging.getLogger("paidan.console")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of an errand."""

    result: Done | Exception
    line: BoardLine | None = None
    """The order as it is now: where somebody else was faster, or where only we changed it."""

    parked: Waiting | None = None
    """What waits for the store now, in place of being done."""

    behind: bool = False
    """Whether it waits only behind others that do."""


def carry_out(seat: Seat, errand: Errand, key: str) -> Outcome:
    """Do the command of an errand; blocks, touches no widget, raises nothing."""
    try:
        assert errand.action.make is not None
        errand.made = errand.action.make(errand.line, errand.told, seat.ask)
        done = seat.do(errand.made, key=key)
    except Stale as stale:
        line = _as_it_is_now(seat, errand.line) if errand.line is not None else None
        return Outcome(result=stale, line=line)
    except Exception as error:  # noqa: BLE001  whatever it is, the operator is told
        return Outcome(result=error)
    try:
        return Outcome(result=done, line=_as_we_left_it(seat, errand.line, done))
    except Exception as error:  # noqa: BLE001  it is done, whatever the look at it came to
        _LOG.error("a command was done, but what it changed could not be read", exc_info=error)
        return Outcome(result=done)


def _as_we_left_it(seat: Seat, before: BoardLine | None, done: Done) -> BoardLine | None:
    after = _as_it_is_now(seat, before) if before is not None else None
    return after if before is not None and only_ours(before, done, after) else None


def _as_it_is_now(seat: Seat, line: BoardLine) -> BoardLine | None:
    from store.queries.board import LineOf

    try:
        return seat.ask(LineOf(number=line.number))
    except Refusal:  # the first trouble is the one that is told
        return None


def told(error: Exception) -> str:
    """What went wrong, in the operator's language."""
    if isinstance(error, Refusal):
        return tell(error)
    _LOG.error("a command failed", exc_info=error)
    kind = type(error).__name__
    said = _("that failed ({kind}); look whether it was done. The log has the details")
    return said.format(kind=kind)
