"""Whether what rings now is news to those at the desk, and what a terminal may be told; pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum
from typing import TYPE_CHECKING, Final

from console.i18n import _, _n
from store.domain.text import safe

if TYPE_CHECKING:
    from datetime import datetime

    from store.queries.alarms import Strip

_LONGEST: Final = 120
"""Characters of a notification."""


class Loudness(IntEnum):
    """How the desk calls."""

    SILENT = 0
    ONCE = 1
    TWICE = 2
    """Nobody has acknowledged for so long that the supervisor is called."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What rang at a look: how many of a kind, and when the latest did."""

    loud: tuple[int, datetime | None]
    worst: tuple[int, datetime | None]
    escalated: tuple[int, datetime | None]

    @classmethod
    def of(cls, strip: Strip) -> Heard:
        """As the strip tells."""
        return cls(
            loud=(strip.loud, strip.loud_at),
            worst=(strip.worst, strip.worst_at),
            escalated=(strip.escalated, strip.escalated_at),
        )

    def after(self, before: Heard | None, *, quiet: bool) -> Heard:
        """What the next look is compared with: what quiet hours silenced calls when they end."""
        if before is None or not quiet:
            return self
        called = self.escalated if self.worst[0] else before.escalated
        return replace(self, loud=before.loud, escalated=called)


def loudness(before: Heard | None, now: Heard, *, quiet: bool, supervises: bool) -> Loudness:
    """How to call for what came since the look before; the first look calls for nothing.

    In quiet hours only for alarms of the worst kind; for the others when these are over.
    """
    if before is None:
        return Loudness.SILENT
    worst = _is_news(before.worst, now.worst)
    if supervises and _is_news(before.escalated, now.escalated) and (now.worst[0] or not quiet):
        return Loudness.TWICE
    rings = worst if quiet else worst or _is_news(before.loud, now.loud)
    return Loudness.ONCE if rings else Loudness.SILENT


def _is_news(before: tuple[int, datetime | None], now: tuple[int, datetime | None]) -> bool:
    """By the count too: the clocks of two machines that fire alarms may differ."""
    (count, last), (count_now, last_now) = before, now
    return last_now is not None and (count_now > count or last is None or last_now > last)


def notification(strip: Strip) -> str:
    """One line on what rings: how many, and the alarm that rang last among the loud ones."""
    from console.render_alarms import alarm_said  # with all of an order's rules: not at the start
    from store.domain.alarms import LOUD
    from store.domain.bells import AlarmState

    said = _n("Paidan: {count} alarm rings", "Paidan: {count} alarms ring", strip.loud)
    ringing = [
        alarm
        for alarm in strip.alarms
        if alarm.state is AlarmState.UNACKNOWLEDGED and alarm.severity <= LOUD
    ]
    newest = max(ringing, key=lambda alarm: alarm.raised_at, default=None)
    text = said.format(count=strip.loud)
    if newest is not None:
        number = "" if newest.number is None else f" #{newest.number}"
        text += _(": {what}").format(what=f"{alarm_said(newest)}{number} {newest.site_name or ''}")
    return text.strip()


def osc9(text: str) -> str:
    """The bytes that have a terminal show a notification; nothing of the text gets out of them."""
    return f"\x1b]9;{safe(text, limit=_LONGEST)}\x07"
