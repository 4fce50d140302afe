"""The part of the desk that knows that it is a drill: tells what goes wrong, and ends with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from console.guiding import Guiding
from console.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from console.drill.news import News

_SHOWN_S: Final = 20.0
_SOON: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """A drill that is played at this console."""

    began: datetime
    ends_at: datetime
    speed: float
    script: str
    copied: bool
    """Whether the desk is a copy of the operator's own."""
    take: Callable[[], Sequence[News]]
    """What has gone wrong since this was asked last."""


class Drilling(Guiding):
    """An app that may be a drill."""

    drill: Drill | None = None
    """None on a desk where it is serious."""
    _warned = False

    def marked(self, said: str) -> str:
        """What a form is called, and whether it is one of a drill."""
        return said if self.drill is None else f"{_('DRILL')} · {said}"

    def go_on_drilling(self, at: datetime) -> None:
        """Tell what has gone wrong, and end when the time is up."""
        if self.drill is None:
            return
        for news in self.drill.take():
            self._call_out(news.said())
        if at >= self.drill.ends_at:
            self.exit(0)
        elif not self._warned and at >= self.drill.ends_at - _SOON:
            self._warned = True
            self._call_out(_("One minute is left"))

    def _call_out(self, said: str) -> None:
        self.notify(said, title=_("DRILL"), severity="warning", timeout=_SHOWN_S, markup=False)
