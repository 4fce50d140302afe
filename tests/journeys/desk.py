"""An operator at a console, for stories: she presses keys and sees what stands on the screen."""

from __future__ import annotations

import asyncio
import unicodedata
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from textual import events
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key

from console import i18n
from console.app import Desk
from console.screens.briefing import BriefingScreen
from console.seat import Seat
from store.domain.who import Who
from tests.journeys.rest import REST_WITHIN_S, at_rest

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from textual.pilot import Pilot

    from console.child import Child
    from console.drilling import Drill
    from store.records import Records

MONDAY = datetime(2026, 9, 21, 1, 0, tzinfo=UTC)
"""09:00 in Shanghai."""

ANA = Who(operator=2, via="console")
"""The operator that every store begins with."""

_CONTROLS = {"\r": "enter", "\x1b": "escape", "\x14": "ctrl+t"}

PATIENCE_S = 20.0
"""How long a story waits for what must come; a healthy machine needs a fraction of a second."""


_GLIMPSE_S = 0.02
"""How long what passes soon is let go on between two looks."""


def crosswise(*, large: tuple[int, int] = (120, 40)) -> pytest.MarkDecorator:
    """A story in each language and in each size, but told twice only: English where it is small.

    What a language says and what a size leaves out do not hang together but in how a screen looks,
    and `tests/snapshots` keeps that for all four.
    """
    return pytest.mark.parametrize(("language", "size"), [("en", (80, 24)), ("zh_CN", large)])


class Clock:
    """The wall clock of a story; it stands still until it is told."""

    def __init__(self, at: datetime = MONDAY) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


class Operator:
    """Somebody at the console."""

    def __init__(self, desk: Desk, pilot: Pilot[int], clock: Clock) -> None:
        self.desk = desk
        self.pilot = pilot
        self.clock = clock
        self.bells = 0

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other, each once the one before has had its effect."""
        for key in keys:
            self.desk.post_message(_pressed(key))
            await self.rests()

    async def sets_off(self, *keys: str) -> None:
        """Press keys, and look on while what they begin is under way."""
        for key in keys:
            self.desk.post_message(_pressed(key))

    async def rests(self) -> None:
        """Wait until nothing is under way any more."""
        await at_rest(self.desk)

    async def types(self, text: str) -> None:
        """Type a text and press Enter."""
        await self.writes(text)
        await self.press("enter")

    async def writes(self, text: str) -> None:
        """Type a text, all of it at once as an input method gives it."""
        self.desk.post_message(events.Paste(text))
        await self.rests()

    async def hurries(self, text: str) -> None:
        """Type keys in one burst, as fast hands over a slow line do: Enter as \\r, ^t as \\x14."""
        burst = [events.Key(_CONTROLS.get(c) or _character_to_key(c), c) for c in text]
        for key in burst:
            key.time = burst[0].time  # what is read together carries one instant
            self.desk.post_message(key)
        await self.rests()

    async def clicks(self, x: int, y: int) -> None:
        """Click on a cell of the screen."""
        await self.pilot.click(offset=(x, y))

    async def resize(self, width: int, height: int) -> None:
        """Another size of the terminal."""
        await self.pilot.resize_terminal(width, height)

    async def passes(self, **span: float) -> None:
        """Let time pass, to the next tick."""
        self.clock.at += timedelta(**span)
        self.desk.tick()
        await self.rests()

    def screen(self) -> list[str]:
        """What stands on the screen, line by line."""
        strips = self.desk.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip) for strip in strips]

    async def sees(self, *texts: str, patience_s: float = PATIENCE_S) -> None:
        """Wait until all of these stand on the screen, be they wrapped or spread out."""
        await self._until(
            lambda shown: all(text in shown for text in texts), f"to see {texts}", patience_s
        )

    async def glimpses(self, *texts: str) -> None:
        """See all of these on the screen, though they may not stay there."""
        await self._until(
            lambda shown: all(text in shown for text in texts),
            f"to glimpse {texts}",
            rest_s=_GLIMPSE_S,
        )

    async def sees_no(self, *texts: str) -> None:
        """Wait until none of these stands on the screen."""
        await self._until(
            lambda shown: not any(text in shown for text in texts), f"not to see {texts}"
        )

    async def is_turned_away(self) -> None:
        """The store lets him in no more, and the console has ended."""
        await self._until(lambda _shown: self.desk.refusal is not None, "that he is turned away")

    async def chosen(self) -> str:
        """The line under the cursor."""
        await self.rests()
        return next((line for line in self.screen() if ">" in line[:30]), "")

    async def _until(
        self,
        holds: Callable[[str], bool],
        what: str,
        patience_s: float = PATIENCE_S,
        rest_s: float = REST_WITHIN_S,
    ) -> None:
        end = asyncio.get_running_loop().time() + patience_s
        while True:
            await at_rest(self.desk, rest_s)
            shown = "\n".join(self.screen())
            if holds(f"{shown}\n{' '.join(shown.split())}"):
                return
            if asyncio.get_running_loop().time() > end:
                raise AssertionError(f"waited in vain {what} on\n{shown}")
            await asyncio.sleep(0.01)


@asynccontextmanager
async def at_the_console(
    records: Records,
    *,
    size: tuple[int, int] = (120, 40),
    language: str = "en",
    clock: Clock | None = None,
    who: Who = ANA,
    drill: Drill | None = None,
    child: Child | None = None,
    **more: Any,
) -> AsyncIterator[Operator]:
    """An operator at a console over a store; the store stays open afterwards."""
    i18n.use(language)
    clock = clock or Clock()
    seat = Seat(records=records, who=who, name="Ana", now=clock)
    desk = Desk(lambda: seat, now=clock, zone=UTC, ticking=False, **more)
    desk.drill, desk.child = drill, child
    try:
        async with desk.run_test(size=size, notifications=True) as pilot:
            ana = Operator(desk, pilot, clock)
            desk.bell = lambda: _count(ana)  # type: ignore[method-assign]  # heard, not rung
            if drill is not None:  # what it is, before one plays it
                await ana._until(
                    lambda _shown: isinstance(desk.screen, BriefingScreen), "its brief"
                )
                await ana.press("escape")
            await ana.sees(" Ana ")
            yield ana
    finally:
        i18n.use("en")


def _pressed(key: str) -> events.Key:
    """A key as the terminal tells it, by Textual's name for it or by its character."""
    name = key if len(key) > 1 or key.isalnum() else _character_to_key(key)
    with suppress(KeyError):
        spoken = _get_unicode_name_from_key(REPLACED_KEYS.get(name, name))
        return events.Key(name, unicodedata.lookup(spoken))
    return events.Key(name, name if len(name) == 1 else None)


def _count(ana: Operator) -> None:
    ana.bells += 1
