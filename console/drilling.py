"""The part of the desk that knows that it is a drill: tells what goes wrong, and ends with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, Protocol, runtime_checkable

from console.guiding import Guiding
from console.i18n import _
from console.render_drill import Called, Outage
from console.widgets.bars import PartsBar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from console.child import Child
    from console.drill.news import News
    from store.domain.pace import Pace

STRIP: Final = "DrillStrip"
"""The widget that shows what is called out, as a selector."""
_SOON: Final = timedelta(minutes=1)
_KEPT: Final = 50
"""More than that is never waiting to be seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """A drill that is played at this console."""

    began: datetime
    ends_at: datetime
    pace: Pace
    """How fast its desk lives."""
    script: str
    copied: bool
    """Whether the desk is a copy of the operator's own."""
    take: Callable[[], Sequence[News]]
    """What has gone wrong since this was asked last."""


@runtime_checkable
class Mourning(Protocol):
    """A screen that can say what has broken off."""

    def say_broken(self, said: Callable[[], str]) -> None:
        """Say it where results are said."""
        ...


class Drilling(Guiding):
    """An app that may be a drill."""

    drill: Drill | None = None
    """None on a desk where it is serious."""
    child: Child | None = None
    """The process that has things happen here; None where it is serious, or nothing happens."""
    _warned = False
    _mourned = False

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.called: list[Called] = []
        """What was called out, oldest first."""

    def marked(self, said: str) -> str:
        """What a form is called, and whether it is one of a drill."""
        drill = _("DRILL")
        serious = self.drill is None and self.standing.drill_ends_at is None
        return said if serious else f"{drill} · {said}"

    def go_on_drilling(self, at: datetime) -> None:
        """Tell what has gone wrong, and end when the time is up."""
        if self.child is not None and self.child.died and not self._mourned:
            self._mourned = self._mourn(self.child, at)
        if self.drill is None:
            return
        for news in self.drill.take():
            self._hear_of(news)
        if at >= self.drill.ends_at:
            self.exit(0)
        elif not self._warned and at >= self.drill.ends_at - _SOON:
            self._warned = True
            self._call_out(at, lambda: _("One minute is left"))
        self._show_called(at)

    def _hear_of(self, news: News) -> None:
        if news.what == "down":
            lasts = timedelta(seconds=news.seconds)
            self.standing = replace(
                self.standing, outage=Outage(since=news.at, until=news.at + lasts)
            )
            return  # the strip tells of it for as long as it lasts
        if news.what == "up":
            self.standing = replace(self.standing, outage=None)
        self._call_out(news.at, news.said, until=news.until)

    def _mourn(self, child: Child, at: datetime) -> bool:
        """What had things happen here is gone; whether that could be said."""
        if self.drill is not None:
            self._call_out(at, child.said)
            return True
        if not (self.screen_stack and isinstance(self.screen, Mourning)):
            return False
        self.screen.say_broken(child.said)
        return True

    def _call_out(
        self, at: datetime, said: Callable[[], str], *, until: datetime | None = None
    ) -> None:
        self.called = [*self.called, Called(at=at, said=said, until=until)][-_KEPT:]

    def _show_called(self, at: datetime) -> None:
        """In a line of its own, which covers nothing; elsewhere it waits to be seen."""
        if self.screen_stack and self.screen.query(STRIP):
            self.called = [
                one if one.seen_at or one.at > at else replace(one, seen_at=at)
                for one in self.called
            ]
        for screen in self.screen_stack:
            for strip in screen.query(STRIP).results(PartsBar):
                strip.renew()
