"""A screen that lets others have their turn between its messages, where one of them took long.

Stock Textual works off all that waits for a screen in one step of the loop: mounted, resized,
resumed, laid out. While a form is put up no key would be heard.

Private to the pinned Textual: `tests/console/test_stalls.py` sees that it still works.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from textual.events import ScreenResume
from textual.screen import Screen, ScreenResultType

from store import clock

if TYPE_CHECKING:
    from textual.message import Message

_LONG_S: Final = 0.01


class Sliced(Screen[ScreenResultType]):
    """Any screen; a modal one names it behind `ModalScreen`, whose looks it would hide."""

    _resumed = False

    async def _dispatch_message(self, message: Message) -> None:
        began = clock.monotonic()
        if isinstance(message, ScreenResume) and not self._resumed:
            self._resumed = True
            message.refresh_styles = False  # each widget has just been styled as it was put up
        await super()._dispatch_message(message)
        if clock.monotonic() - began > _LONG_S:
            await asyncio.sleep(0)
