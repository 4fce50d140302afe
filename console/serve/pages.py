"""The desk in a browser: whether what it needs is there, and its front opened."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from console.i18n import _, language
from console.serve import house
from store.domain.errors import BadInput
from store.domain.system_words import why
from store.domain.words import N_

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable
    from pathlib import Path

    from console.serve.browser_front import BrowserFront
    from console.serve.origins import Place
    from console.serve.shared import Shared

    Listens = Callable[[str, str, int], socket.socket]
    """By the name of a way in, a host and a port."""


def check() -> None:
    """`BadInput` where it cannot be had; the keys are read by what serves over SSH."""
    if any(find_spec(name) is None for name in ("asyncssh", "starlette", "uvicorn", "websockets")):
        raise BadInput(
            where="paidan serve --browser",
            wrong=N_("what gives pages to browsers is not installed"),
            right=N_("install paidan[ssh,web]"),
        )


async def open_pages(where: Place, folder: Path, shared: Shared, listens: Listens) -> BrowserFront:
    """Listen, and say where."""
    from console.serve.browser_front import BrowserFront
    from console.serve.keys import Keys

    sessions = house.socket_in(folder)
    keys = Keys(house.counter_in(folder), language())
    front = BrowserFront(where, keys=keys, folder=folder, sessions=sessions, shared=shared)
    try:
        address = await front.open(listens("browser", where.host, where.port))
    except OSError as error:
        raise BadInput(
            where=f"{where.host}:{where.port}", wrong=why(error), right=N_("name another")
        ) from error
    told = _("{address} is the desk in a browser; paidan operator code CODE --browser lets in")
    shared.say(told.format(address=address))
    return front
