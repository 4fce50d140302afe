"""When a console does what all do once a second or a minute: many on one host take turns.

Where all did it in the same instant, a key of any of them would wait until all have done.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

_MINUTE_S: Final = 60
_LATEST_S: Final = 0.75
"""A clock that shows seconds may be so much behind."""
_JUST_AFTER_S: Final = 0.002
_GOLDEN: Final = 0.618_033_988_749_895
"""Multiples of it, less their whole part, lie evenly whatever number they begin and end with."""


@dataclass(frozen=True, slots=True)
class Rota:
    """The turn of one console."""

    share: float = 0.0
    """How late it is, of the latest; 0 for whoever shares the host with nobody."""

    @classmethod
    def of(cls, number: int) -> Rota:
        """That of one among many whose numbers follow one another."""
        return cls(number * _GOLDEN % 1)

    def until_tick(self, at: datetime, *, every_s: int) -> float:
        """Seconds until the wall clock's second, or the last of several, has just changed."""
        past = (at.timestamp() - _LATEST_S * self.share) % every_s
        return every_s - past + _JUST_AFTER_S

    def minute(self, at: datetime) -> int:
        """The minute that it is; another number than before is time to look again."""
        return int(at.timestamp() - _MINUTE_S * self.share) // _MINUTE_S
