"""What every screen may ask of the app: the seat, the time, the standing, the drafts."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from console.beat import call_in
from console.clipboard import osc52
from console.drafts import Shelf
from console.drilling import Drilling
from console.feed import NewsArrived
from console.hearing import osc9
from console.history import History, Visited
from console.i18n import _, language, use
from console.kinds import keeps
from console.landing import Landing
from console.living import Living, said_again
from console.meter import SPARING_TICK_S, Meter
from console.own_lines import OwnLines
from console.pacing import NO_KEY
from console.rota import Rota
from console.sending import Sending
from console.standing import Standing
from console.taking_back import Fresh
from console.themes import theme_for
from console.typed_ahead import Echo, Typed, TypedAhead
from console.unsent import Unsent

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime, tzinfo
    from pathlib import Path

    from textual import events
    from textual.screen import Screen
    from textual.widget import Widget

    from console.quiet import QuietHours
    from console.seat import Seat
    from console.standing import Sweeps
    from store.domain.errors import Refusal
    from store.domain.intents import Done

_OTHER = {"en": "zh_CN", "zh_CN": "en"}
_FLASH_S = 0.6


class DeskApp(Landing, Drilling, Sending):
    """The desk without its screens."""

    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = None

    keys_wrong: Refusal | None = None
    """Why the usual keys are in force instead of the operator's own."""
    copy_file: Path | None = None
    """Where a copy stands, too, for a terminal that has no clipboard; None for nowhere."""
    rota = Rota()
    """When in a second and in a minute it does what all consoles do."""

    def __init__(
        self,
        *,
        now: Callable[[], datetime],
        zone: tzinfo | None = None,
        keymap: Mapping[str, tuple[str, ...]] | None = None,
        bell: bool = True,
        flash: bool = True,
        notify: bool = False,
        only_looks: bool = False,
        low_bandwidth: bool = False,
        quiet: QuietHours | None = None,
        ticking: bool = True,
        welcome: bool = False,
        address: str = "",
        config_file: Path | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.now = now
        """The present instant; screens ask nothing else for it."""
        self.zone = zone
        """Whose wall clock is shown; None is this machine's."""
        self.keys = dict(keymap or {})
        self.seat: Seat | None = None
        """None until the store has been opened."""
        self.standing = Standing(
            muted=not bell,
            flashes=flash and not low_bandwidth,
            notifies=notify,
            only_looks=only_looks,
        )
        self.quiet = quiet
        """When only the worst alarms ring; None for never."""
        self.typed_at = NO_KEY  # not `key_at`: by that name Textual would call it for an `@`
        """When the last key came, by the loop's clock."""
        self.own_lines = OwnLines()
        self.drafts = Unsent()
        """What was typed and not saved, but for new orders."""
        self.shelf = Shelf()
        """New orders begun and not saved."""
        self.address = address
        """Where the store is sought; with its password, so never shown as it is."""
        self.config_file = config_file
        """Where a chosen theme is kept; None forgets it with the console."""
        self.wanted_theme = "auto"
        """The theme as the settings call it."""
        self.welcome = welcome and not only_looks
        """Whether an empty desk shall offer how to begin."""
        self.typed = TypedAhead(self, super().on_event)
        """What was typed and not yet acted on."""
        self.history = History()
        """Lines that were typed."""
        self.visited = Visited()
        """Orders that were worked on."""
        self.fresh: Fresh | None = None
        """One's own last command, while one key takes it back."""
        self.fresh_again: Fresh | None = None
        """One's own last taking back, while one key does it again."""
        self._ticking = ticking
        self._tick_s = SPARING_TICK_S if low_bandwidth else 1
        self._meter = Meter() if low_bandwidth else None

    @property
    def spares(self) -> bool:
        """Whether nothing is asked that may not be wanted."""
        return self._meter is not None

    def living(self) -> list[Living]:
        """The screens that follow the desk; one that is still being put up asks once it stands.

        None while the console is being left: their parts are taken down before they are.
        """
        if not self.is_running:
            return []
        return [
            cast("Any", screen)
            for screen in self.screen_stack
            if screen.is_mounted and screen.is_attached and keeps(screen, Living)
        ]

    def go_to(self, screen: Screen[Any], done: Callable[[Any], None] | None = None) -> None:
        """Put a screen on top; `done` hears its result."""
        _mounting = self.push_screen(screen, done)

    def go_back(self, result: Any = None) -> None:
        """Leave the screen on top."""
        _leaving = self.screen.dismiss(result)

    def exit(self, *args: Any, **kwargs: Any) -> None:
        """End; also words of which their screen has not heard yet go to the shelf first."""
        self.keep_words()
        self.note_place()
        super().exit(*args, **kwargs)

    def have_done(self, done: Done, *, back: bool = False) -> None:
        """One of our own commands was done, or (`back`) taken back: one key undoes that."""
        fresh = Fresh.of(done, at=self.now())
        self.fresh, self.fresh_again = (None, fresh) if back else (fresh, None)
        for number in done.numbers:
            self.visited.add(number)

    def committed(self, done: Done) -> None:
        """One of our own commands was done: every screen hears of it at once."""
        self.typed_at = NO_KEY  # what the hands did is shown at once
        self.pass_on(NewsArrived(done.seq, frozenset(done.numbers), reload=False, own=True))

    # -- keys --------------------------------------------------------------------------------

    async def on_event(self, event: events.Event) -> None:
        """What is typed waits its turn; everything else happens as it comes."""
        if self.behind_cover(event):
            return
        if isinstance(event, Typed) and not event.is_forwarded:
            self.typed_at = self.touch()
            await self.typed.take(event)
        else:
            await super().on_event(event)

    async def on_echo(self, echo: Echo) -> None:
        """A key has come up through its widgets."""
        await self.typed.heard(echo)

    def focus_on(self, widget: Widget) -> None:
        """Give the keys to a widget now; Textual's own `focus` does so only some events later."""
        widget.screen.set_focus(widget)

    # -- time --------------------------------------------------------------------------------

    def start_ticking(self) -> None:
        """Tick every screen just after the wall clock's second, or five of them, have changed."""
        if self._ticking:
            self._aim_tick()

    def _aim_tick(self) -> None:
        call_in(self, self.rota.until_tick(self.now(), every_s=self._tick_s), self._tick)

    def _tick(self) -> None:
        self._aim_tick()
        self.tick()

    def tick(self) -> None:
        """A second has passed, or five."""
        at = self.now()
        if self._meter is not None:
            rate = self._meter.read(getattr(self._driver, "written", 0), at)
            self.standing = replace(self.standing, bytes_s=rate)  # shown by this very tick
        self.age_notices(at)
        self.mind_lull(at)
        self.go_on_drilling(at)  # the first line tells of it, too
        for screen in self.living():
            screen.tick(at)
        self.send_waiting()
        self._keep_typed()

    def _keep_typed(self) -> None:
        """What stands in an open prompt outlives also a console that is killed."""
        self.keep_words_of(self.screen)
        if self.drafts.is_news:
            work = self.drafts.write
            self.run_worker(work, thread=True, group="drafts", exit_on_error=False)

    # -- standing ----------------------------------------------------------------------------

    def stand(self, **changes: Any) -> None:
        """Change how the desk stands, and show it."""
        if any(getattr(self.standing, name) != value for name, value in changes.items()):
            self.standing = replace(self.standing, **changes)
            for screen in self.living():
                screen.tick(self.now())

    def note_sweeps(self, sweeps: Sweeps | None) -> None:
        """How the timers do; the tick that follows shows it."""
        self.standing = replace(self.standing, sweeps=sweeps)

    def trouble(self, what: Refusal, *, since: datetime | None = None) -> None:
        """The store does not answer; remembered since when."""
        first = self.standing.trouble_since or since or self.now()
        self.stand(trouble=what, trouble_since=first, seen_at=self.answered_at)

    def answered(self) -> None:
        """The store answers."""
        self.answered_at = self.now()
        self.stand(trouble=None, trouble_since=None, seen_at=None)
        self.send_waiting()

    # -- looks, language and bell ------------------------------------------------------------

    def wear(self, wanted: str) -> None:
        """Put the colours on that a setting names, as well as the terminal can show them."""
        self.wanted_theme = wanted
        self.theme = theme_for(wanted, self.colours)

    def speak(self, tag: str) -> None:
        """Speak this language on every screen from now on."""
        use(tag)
        for screen in self.living():
            said_again(screen)

    def speak_other(self) -> None:
        """English becomes Chinese, and back."""
        self.speak(_OTHER[language()])

    def ring(self, times: int = 1, *, said: str = "") -> None:
        """Ring the bell, flash, notify: each unless the operator has switched it off."""
        for _time in range(0 if self.standing.muted else times):
            self.bell()
        if self.standing.flashes:
            self._flash(True)
            self.set_timer(_FLASH_S * times, partial(self._flash, False))
        hears = self.covered_at is None and self.standing.notifies and not self.is_headless
        if said and hears and self._driver is not None:
            self._driver.write(osc9(said))
            self._driver.flush()

    def hand_copy(self, text: str) -> None:
        """Have the terminal copy a text; the only way by which this sequence gets there."""
        if self._driver is not None and not self.is_headless:
            self._driver.write(osc52(text, tmux=bool(os.environ.get("TMUX"))))
            self._driver.flush()

    def copy_to_clipboard(self, text: str) -> None:
        """What Textual copies goes the same way."""
        self._clipboard = text
        self.hand_copy(text)

    def _flash(self, on: bool) -> None:
        if self.screen_stack:  # else the console is being left
            for bar in self.screen.query("#status"):
                bar.set_class(on, "flash")

    def farewell(self) -> str:
        """What a fault leaves on the terminal."""
        sentence = _("The console met a fault and closed.")
        if self.log_file is None:
            return sentence
        return f"{sentence} " + _("The log has the details: {path}").format(path=self.log_file)
