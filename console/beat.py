"""A call after a while by the loop alone: a timer of Textual's is a task of its own each time."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.message_pump import MessagePump


def call_in(pump: MessagePump, seconds: float, call: Callable[[], object]) -> asyncio.TimerHandle:
    """Make the call then, unless the pump has ended before; what it raises ends the app."""

    def guarded() -> None:
        if pump.app._exit or not pump.is_running:  # noqa: SLF001  as a timer looks first
            return
        try:
            call()
        except Exception as error:  # noqa: BLE001  the app writes it down
            pump.app._handle_exception(error)  # noqa: SLF001  as a timer does

    return asyncio.get_running_loop().call_later(seconds, guarded)
