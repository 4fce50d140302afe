"""When a console has come to rest: nothing is under way in it, so what stands there will stay.

Textual's own way is to look whether the process computes: that takes two fiftieths of a second a
key, and takes a process for idle that only had no turn on a busy machine.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final, cast

if TYPE_CHECKING:
    from textual.app import App

REST_WITHIN_S: Final = 1.0
"""Somebody may work for long, as for a store that does not answer; a story goes on then."""
_SOON_S: Final = 0.02
"""What is to happen within this belongs to what is under way."""
_GLANCE_S: Final = 0.002
"""How long a thread is left to its work before it is looked for again."""


async def at_rest(app: App[Any], most_s: float = REST_WITHIN_S) -> None:
    """Wait until no message is on its way, nobody works, and nothing is to be done in a moment."""
    loop = asyncio.get_running_loop()
    end = loop.time() + most_s
    while loop.time() < end:
        await asyncio.sleep(0)
        if _has_steps(loop):
            continue
        if not app.screen_stack:
            return
        wait = _wait_s(app, loop)
        if wait is None:
            app.screen._on_timer_update()  # what has changed is laid out now, not at the next frame
            if not _has_steps(loop):
                return
        else:
            await asyncio.sleep(wait)
    if app.screen_stack:
        app.screen._on_timer_update()


def _has_steps(loop: asyncio.AbstractEventLoop) -> bool:
    """Whether any task but the one that asks can go on at once."""
    return bool(cast("Any", loop)._ready)


def _wait_s(app: App[Any], loop: asyncio.AbstractEventLoop) -> float | None:
    """How long until it is worth to look again; None where nothing comes."""
    if any(not worker.is_finished for worker in app.workers):
        return _GLANCE_S
    now, frames = loop.time(), _frames(app)
    timers = cast("Any", loop)._scheduled
    due = (
        timer.when() for timer in timers if not timer.cancelled() and not frames & {*timer._args}
    )
    first = min(due, default=now + _SOON_S)
    return max(first - now, 0.0) if first < now + _SOON_S else None


def _frames(app: App[Any]) -> set[object]:
    """What the next frames of the screens wait for: nothing, once all is laid out."""
    tasks = (screen._update_timer._task for screen in app.screen_stack)
    return {cast("Any", task)._fut_waiter for task in tasks if task is not None}
