"""A console that was drawn before anybody came: a session goes on from there as its copy.

All that is the same for everybody (style sheets, widgets, their layout, the first frame) is made
once, before the fork. The loop stands still from then on and its clock with it, so that no timer
is late in the copy. What differs by more than the operator and the size is drawn from the start.
"""

from __future__ import annotations

import asyncio
import signal
import sys
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from console import i18n, turns
from console.desk import furnished, held
from console.screens.board import BoardScreen
from console.serve import rehearsal
from console.serve.driver import SocketDriver

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterator, Mapping

    from console.app import Desk
    from console.config import Config
    from console.seat import Seat

SIZE: Final = (120, 40)
"""The window that is drawn for; another one takes a layout more."""
_SETTLED_S: Final = 0.3
"""By when what follows a first frame has come to rest."""
_SHOWN_S: Final = 0.2
"""How long the orders of the rehearsal are there to be drawn."""
_PATIENCE_S: Final = 20.0
_SIGNALS: Final = (signal.SIGHUP, signal.SIGTERM, signal.SIGINT)


class Standing(asyncio.SelectorEventLoop):
    """A loop that can stand still, its clock with it, and go on in a copy of its process."""

    def __init__(self) -> None:
        self._behind = 0.0
        self._stood = 0.0
        super().__init__(turns.Steady())

    def time(self) -> float:
        """Its own time: what passed while it stood does not count."""
        return super().time() - self._behind

    def stand(self) -> None:
        """Let go of all that a copy must not share."""
        self._stood = super().time()
        own: Any = self
        own._close_self_pipe()  # noqa: SLF001
        own._selector.close()  # noqa: SLF001

    def go_on(self) -> None:
        """In the copy, with descriptors of its own."""
        own: Any = self
        own._selector = turns.Steady()  # noqa: SLF001
        own._make_self_pipe()  # noqa: SLF001
        self._behind += super().time() - self._stood


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One console drawn for nobody."""

    desk: Desk
    driver: SocketDriver
    loop: Standing
    task: asyncio.Task[int | None]
    settings: Config
    colours: str

    def fits(self, settings: Config, environ: Mapping[str, str]) -> bool:
        """Whether a session with these would look the same."""
        same = _shared(settings) == _shared(self.settings)
        return same and colours_of(environ) == self.colours

    def become(
        self,
        line: socket.socket,
        size: tuple[int, int],
        *,
        mouse: bool,
        seat: Callable[[], Seat],
    ) -> int:
        """In a forked process: go on for whoever came, to the end; the exit code."""
        self.loop.go_on()
        self.desk.take_seat = seat
        self.desk.watch_anew()
        self.loop.call_soon(partial(self._open, line, size, mouse=mouse))
        return held(self.desk, self._run)

    def _open(self, line: socket.socket, size: tuple[int, int], *, mouse: bool) -> None:
        self.driver.take(line, size, mouse=mouse)
        self.desk.opens = True
        self.desk.call_later(self.desk.post_display_hook)

    def _run(self) -> int | None:
        sys.setswitchinterval(turns.TURN_S)
        asyncio.set_event_loop(self.loop)
        result = self.loop.run_until_complete(self.task)
        self.loop.run_until_complete(self.loop.shutdown_default_executor())
        return result


def drawn(settings: Config, colours: str) -> Model:
    """Draw one; nothing of it is left in the process but what stands still."""
    made: list[SocketDriver] = []

    seen = asyncio.Event()

    def driver(app: Desk, **options: Any) -> SocketDriver:
        made.append(SocketDriver(app, line=None, drawn=seen.set, **options))
        return made[0]

    i18n.use(settings.language)
    with _signals_kept(), _streams_kept():
        loop = Standing()
        desk = furnished(settings, _nobody, driver_class=driver)
        desk.config_file = desk.copy_file = None  # the server's, which are nobody's own
        desk.opens = False
        task = loop.create_task(desk.run_async(mouse=False, size=SIZE))
        loop.run_until_complete(asyncio.wait_for(seen.wait(), _PATIENCE_S))
        if isinstance(desk.screen, BoardScreen):
            desk.call_later(desk.screen.make_the_rest)
            desk.call_later(rehearsal.begin, desk.screen)
            loop.run_until_complete(asyncio.sleep(_SHOWN_S))
            desk.call_later(rehearsal.end, desk.screen)
        loop.run_until_complete(asyncio.sleep(_SETTLED_S))
        loop.stand()
    if task.done():
        raise SystemExit("no console could be drawn")
    return Model(
        desk=desk, driver=made[0], loop=loop, task=task, settings=settings, colours=colours
    )


def colours_of(environ: Mapping[str, str]) -> str:
    """How many colours a terminal is drawn for, told as roughly as a model need know it."""
    if environ.get("NO_COLOR"):
        return "none"
    if environ.get("COLORTERM", "").lower() in ("truecolor", "24bit"):
        return "truecolor"
    return "256" if environ.get("TERM", "").endswith("-256color") else "other"


def _shared(settings: Config) -> Config:
    return replace(settings, operator="", settings=())


def _nobody() -> Seat:
    raise AssertionError("nobody sits at a model")


@contextmanager
def _signals_kept() -> Iterator[None]:
    was = {number: signal.getsignal(number) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in was.items():
            signal.signal(number, handler)


@contextmanager
def _streams_kept() -> Iterator[None]:
    """An app that runs catches what is printed; a model never stops running."""
    streams = sys.stdout, sys.stderr
    try:
        yield
    finally:
        sys.stdout, sys.stderr = streams
