"""Keys wait for one another, on a machine that is too busy to answer soon as well."""

from __future__ import annotations

import time

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.widget import Widget

from console.typed_ahead import Echo, TypedAhead

BUSY_S = 0.03
"""How long the machine does something else at each step of an echo: three take longer than an
echo is given at first."""


class Slow(Widget, can_focus=True):
    """A widget on a machine that has other things to do."""

    def __init__(self, inside: int) -> None:
        super().__init__()
        self._inside = inside

    def compose(self) -> ComposeResult:
        """One more of them."""
        if self._inside:
            yield Slow(self._inside - 1)

    def on_echo(self, _echo: Echo) -> None:
        """Time goes by."""
        until = time.perf_counter() + BUSY_S
        while time.perf_counter() < until:
            pass


class Console(App[int]):
    """Acts on keys one by one."""

    def __init__(self) -> None:
        super().__init__()
        self.typed = TypedAhead(self, self._deliver)
        self.did: list[str] = []

    def compose(self) -> ComposeResult:
        """Widgets in one another."""
        yield Slow(3)

    async def on_event(self, event: events.Event) -> None:
        """Keys go their own way."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            await self.typed.take(event)
        else:
            await super().on_event(event)

    async def on_echo(self, echo: Echo) -> None:
        """It is back."""
        await self.typed.heard(echo)

    async def _deliver(self, event: events.Key | events.Paste) -> None:
        self.did.append(getattr(event, "key", ""))


async def test_keys_go_on_where_every_echo_is_late() -> None:
    """One that is only slow must not be taken for lost again and again."""
    app = Console()
    async with app.run_test() as pilot:
        await pilot.pause()
        app.query(Slow).last().focus()
        await pilot.pause()
        await pilot.press("a", "b", "c")
        await pilot.pause()
        until = time.perf_counter() + 15
        while app.did != ["a", "b", "c"] and time.perf_counter() < until:
            await pilot.pause()
        assert app.did == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("typed", "did"),
    [
        (("j", "space", "escape", "q"), ["escape", "q"]),
        (("j", "a", "escape"), ["after", "j", "a", "escape"]),
        (("enter", "escape"), ["after", "enter", "escape"]),
    ],
)
async def test_esc_gives_up_what_is_waited_for_unless_something_is_to_be_done(
    typed: tuple[str, ...], did: list[str]
) -> None:
    """What comes late changes nothing any more, for whoever has left."""
    app = Console()
    async with app.run_test() as pilot:
        await pilot.pause()
        app.typed.after(lambda: app.did.append("after"), may_leave=True)
        await pilot.press(*typed)
        app.typed.go_on()
        until = time.perf_counter() + 15
        while app.did != did and time.perf_counter() < until:
            await pilot.pause()
        await pilot.pause()
        assert app.did == did
