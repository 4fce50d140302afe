"""A call after a while by the loop alone: a timer of Textual's is a task of its own each time."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App


def call_in(app: App[Any], seconds: float, call: Callable[[], object]) -> None:
    """Make the call then, unless the app ends before; what it raises ends the app."""

    def guarded() -> None:
        if app._exit or not app.is_running:  # noqa: SLF001  as a timer looks first
            return
        try:
            call()
        except Exception as error:  # noqa: BLE001  the app writes it down
            app._handle_exception(error)  # noqa: SLF001  as a timer does

    asyncio.get_running_loop().call_later(seconds, guarded)
