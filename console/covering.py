"""The part of the desk that minds how long nobody types: it warns, covers the screen, and ends.

A covered session is never uncovered. A PIN would guard nothing: whoever sits at a terminal from
which a key opens a session may open another one without it. So the only way back is the one that
proves who comes: in again by the key (or a browser's one-time code), to where one was.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, cast

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.strip import Strip

from console.i18n import _
from console.kinds import keeps
from console.living import Keeping
from console.lull import Stage
from console.noticed import Noticed
from console.render_cover import cover_lines
from console.render_time import here
from store.domain.session_refusals import SessionIdle, SessionLocked

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, tzinfo

    from rich.console import RenderableType
    from textual.screen import Screen

    from console.looks import Parts
    from console.lull import Lull
    from store.domain.errors import Refusal

_HANDS: Final = (events.MouseDown, events.MouseScrollDown, events.MouseScrollUp)
"""What shows as well as a key does that somebody is there."""
_STYLES: Final = {"strong": Style(bold=True), "alarm": Style(bold=True, reverse=True)}


class Covering(Noticed):
    """An app whose screen is covered when nobody types; nothing but the bell goes through."""

    zone: tzinfo | None
    refusal: Refusal | None = None
    """Why nobody can sit down here, or sit here any longer; waiting would not help."""
    lull: Lull | None = None
    """How long nobody may type; None for ever."""
    covered_at: datetime | None = None
    """Since when it is covered."""
    by_key = True
    """Whether it is a key that lets one in again."""
    tell_covered: Callable[[], object] = staticmethod(lambda: None)
    """Has whoever holds the line know that nobody is let in again by what was proved before."""
    _minded_since: float | None = None
    _cover: tuple[Parts, ...] = ()

    def turn_away(self, refusal: Refusal) -> None:
        """End, since the store lets him in no more; what he had begun to write is kept."""
        self.refusal = refusal
        self.exit(1)

    # -- time --------------------------------------------------------------------------------

    def mind_lull(self, at: datetime) -> None:
        """A second has passed, or five."""
        if self.lull is None:
            return
        now = asyncio.get_running_loop().time()
        if self._minded_since is None:
            self._minded_since = now
        idle_s = now - max(self.keyed_at, self._minded_since)
        stage = self.lull.stage(idle_s)
        if stage is Stage.OVER:
            self.turn_away(SessionIdle())
        elif stage is Stage.LOCKED or self.covered_at is not None:
            self._show_cover(at)
        elif stage is Stage.ENDS_SOON:
            said = _("nobody types: this session ends at {at}; any key keeps it")
            self._warn(said, at, self.lull.end_s - idle_s)
        elif stage is Stage.LOCKS_SOON:
            said = _("nobody types: this session is locked at {at}; any key keeps it open")
            self._warn(said, at, self.lull.lock_s - idle_s)
        else:
            self.warn("")

    def _warn(self, said: str, at: datetime, left_s: float) -> None:
        if not self.warning:  # one that stands is not reckoned anew: it would move by a second
            then = here(at + timedelta(seconds=left_s), self.zone)
            self.warn(said.format(at=f"{then:%H:%M:%S}"))

    # -- the cover ---------------------------------------------------------------------------

    def _show_cover(self, at: datetime) -> None:
        if self.covered_at is None:
            self.covers()
            self.covered_at = at
        told = self._covering()
        if told != self._cover:
            self._cover = told
            self._display(self.screen, None)

    def covers(self) -> None:
        """At once: what was typed is kept, and nobody is let in by what he proved before."""
        self.keep_words()
        self.tell_covered()

    def keep_words(self) -> None:
        """Have every screen keep what was typed there; one that cannot holds up nobody's end."""
        for screen in self.screen_stack:
            self.keep_words_of(screen)

    def keep_words_of(self, screen: Screen[Any]) -> None:
        """What was typed on this one."""
        if keeps(screen, Keeping) and screen.is_mounted:
            try:
                cast("Keeping", screen).keep()
            except Exception as error:  # noqa: BLE001  the log has it, and the desk goes on
                self._write_down(error)

    def _covering(self) -> tuple[Parts, ...]:
        assert self.covered_at is not None
        return cover_lines(
            since=here(self.covered_at, self.zone),
            by_key=self.by_key,
            rings=self.standing.ringing > 0,
            cells=self.screen.outer_size.width,
        )

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """Whatever would be shown: the cover."""
        if self.covered_at is None or self._driver is None or self.is_headless:
            super()._display(screen, renderable)
        elif self._running:
            self._draw_cover()
            self._send()

    def _draw_cover(self) -> None:
        frame, lines = self._sized_frame(), self._covering()
        above = max(0, (frame.height - len(lines)) // 2)
        for y in range(frame.height):
            parts = lines[y - above] if 0 <= y - above < len(lines) else ()
            strip = Strip([Segment(text, _STYLES.get(tone)) for text, tone in parts])
            frame.draw(y, [strip.adjust_cell_length(frame.width)])

    def behind_cover(self, event: events.Event) -> bool:
        """Whether it stops here: on a covered screen only Enter does anything, and ends it."""
        if self.covered_at is None:
            if isinstance(event, _HANDS):
                self.touch()
            return False
        if not isinstance(event, (events.InputEvent, events.Paste)):
            return False
        if isinstance(event, events.Key) and event.key == "enter":
            self.turn_away(SessionLocked())
        return True
