"""A served desk put together: the fork server, and the front unless OpenSSH is the way in."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from contextlib import AsyncExitStack
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

from console.i18n import _, language
from console.new_file import meant
from console.serve import house, pages, watched
from console.serve.caps import MINUTE, Limits
from console.serve.healthy import Signs
from console.serve.notifying import Notifier
from console.serve.public import public
from console.serve.restart import again, listener_at
from console.serve.shared import Shared
from store.domain.errors import BadInput
from store.domain.system_words import why
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from console.serve.browser_front import BrowserFront
    from console.serve.front import Front
    from console.serve.kept_tapes import Keeping
    from console.serve.metrics import Metrics
    from console.serve.origins import Place
    from console.serve.recorder import Recorder


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """What is served, and where."""

    store: str
    host: str
    port: int
    idle: int
    lock: int
    """Minutes without a key until a session ends, and until its screen is covered; 0 for never."""
    command_s: int
    """How long the command of a script may take; 0 for as long as it wants."""
    record: Sequence[str]
    """Roles whose sessions are recorded."""
    kept: Keeping
    """How long recordings are kept."""
    folder: str | None
    only_attach: bool
    address: str = ""
    """By which host and port clients come, where that is not where it listens."""
    authorities: Sequence[str] = ()
    """Files with the public keys of authorities whose certificates let in."""
    metrics: tuple[str, int] | None = None
    """Where what is measured is shown; None for nowhere."""
    pages: Place | None = None
    """Where the desk can be had in a browser."""


def serve(served: Served, say: Callable[[str], None]) -> int:
    """Serve until a signal says to stop; 0. `BadInput` where it cannot begin."""
    if not served.only_attach:
        _check()
    if served.metrics is not None:
        watched.check()
    if served.pages is not None:
        pages.check()
    place = house.folder(served.folder)
    house.furnish(place)
    paths = house.socket_in(place), house.counter_in(place)
    told = {"store": served.store, "counter": str(paths[1]), "language": language()}
    if served.metrics is not None:
        told["measures"] = str(house.measures_in(place))
    limits = _limits(served)
    told |= {"lock_s": str(limits.lock_s), "end_s": str(limits.idle_s)}
    told["sessions"] = str(limits.sessions)
    if served.record:
        told |= {"record": ",".join(served.record), "recordings": str(house.recordings_in(place))}
        kept = served.kept
        told |= {"record_days": str(kept.days), "record_megabytes": str(kept.megabytes)}
    with house.listening(place) as asked, house.bound(paths[1], socket.SOCK_STREAM) as counter:
        processes = (
            house.Kept("console.serve.counter", counter, told),
            house.Kept("console.serve.forks", asked, told),
        )
        ending = _Ending()
        asyncio.run(_serve(served, place, processes, say, ending))
    for path in paths:
        path.unlink(missing_ok=True)
    if ending.again:
        again(ending.listeners)
    return 0


class _Ending:
    """Why it ends: for good, or to begin anew with the port that is open."""

    def __init__(self) -> None:
        self.told = asyncio.Event()
        self.again = False
        self.listeners: dict[str, socket.socket] = {}
        """What stays open, by its way in."""
        self._had_terminal = os.isatty(0)

    def for_good(self) -> None:
        """It shall stop, also where it was about to begin anew."""
        self.again = False
        self.told.set()

    def anew(self) -> None:
        """SIGHUP: from whoever wants it started anew, or because its terminal is gone."""
        self.again = not self._had_terminal or os.isatty(0)
        self.told.set()

    def listens(self, way: str, host: str, port: int) -> socket.socket:
        """A socket of which one goes on listening where it begins anew."""
        listener = listener_at(way, host, port)
        self.listeners[way] = listener.dup()
        return listener

    @property
    def said(self) -> str:
        """What sessions are told."""
        if self.again:
            return _("The desk is being started anew; come in again. Your drafts are kept.")
        return _("The desk is being stopped. Your drafts are kept.")


def _check() -> None:
    if find_spec("asyncssh") is None:
        raise BadInput(
            where="paidan serve",
            wrong=N_("AsyncSSH is not installed"),
            right=N_("install paidan[ssh]"),
        )


async def _serve(
    served: Served,
    place: Path,
    processes: Sequence[house.Kept],
    say: Callable[[str], None],
    ending: _Ending,
) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, ending.for_good)
    loop.add_signal_handler(signal.SIGHUP, ending.anew)
    front: Front | None = None
    shown_at: BrowserFront | None = None
    notifier = Notifier(os.environ)

    def signs(metrics: Metrics) -> Signs:
        listens = served.only_attach or (front is not None and front.listens)
        forks = all(one.alive for one in processes)
        return Signs(listens=listens, forks=forks, silence=metrics.silence(), facts=metrics.facts)

    async with AsyncExitStack() as stack:
        metrics = None
        if served.metrics is not None:
            shown = watched.watched(served.metrics, place, signs, say)
            metrics = await stack.enter_async_context(shown)
        shared = _shared(served, place, say, metrics)
        stack.callback(shared.close)
        try:
            say(_("starting; nobody is let in yet ..."))
            if not await _started(processes, ending):
                return
            if served.pages is not None:
                shown_at = await pages.open_pages(served.pages, place, shared, ending.listens)
            if served.only_attach:
                say(_("serving; paidan attach is the way in, stop with Ctrl-C"))
            else:
                front = await _open(served, place, shared, ending)
            notifier.ready()
            await ending.told.wait()
        finally:
            notifier.stopping()
            ways = [way for way in (shown_at, front) if way is not None]
            await asyncio.gather(*(way.close(ending.said) for way in ways))
            for one in reversed(processes):  # the sessions, and only then what they ask
                await one.end()


async def _started(processes: Sequence[house.Kept], ending: _Ending) -> bool:
    """Whether all are ready; False where it was told to stop before they were."""
    starting = asyncio.gather(*(one.start() for one in processes))
    told = asyncio.ensure_future(ending.told.wait())
    await asyncio.wait((starting, told), return_when=asyncio.FIRST_COMPLETED)
    told.cancel()
    if starting.done():
        starting.result()
        return True
    starting.cancel()
    await asyncio.wait((starting,))
    return False


def _shared(
    served: Served, place: Path, say: Callable[[str], None], metrics: Metrics | None
) -> Shared:
    shared = Shared(say=say, limits=_limits(served), recorder=_recorder(served, place, say))
    if metrics is not None:
        shared.refused = metrics.refused
    return shared


def _recorder(served: Served, place: Path, say: Callable[[str], None]) -> Recorder | None:
    """None where nobody's sessions are or were recorded: what was, goes when its days are over."""
    folder = house.recordings_in(place)
    if not served.record and not folder.is_dir():
        return None
    from console.serve.recorder import Recorder

    if served.record:
        said = _("sessions of {roles} are recorded in {folder}, and are told so")
        say(said.format(roles=_(", ").join(served.record), folder=folder))
    call = asyncio.get_running_loop().call_soon_threadsafe
    return Recorder(folder, served.record, served.kept, say=say, call=call)


def _limits(served: Served) -> Limits:
    idle_s, lock_s = served.idle * MINUTE, served.lock * MINUTE
    return Limits(idle_s=idle_s, lock_s=lock_s, command_s=served.command_s)


async def _open(
    served: Served,
    place: Path,
    shared: Shared,
    ending: _Ending,
) -> Front:
    from console.serve.certificates import authorities
    from console.serve.front import Front
    from console.serve.host_key import host_key
    from console.serve.keys import CLAIMANT, Keys

    trusted = authorities(meant(file) for file in served.authorities)
    front = Front(
        keys=Keys(house.counter_in(place), language(), trusted),
        sessions=house.socket_in(place),
        shared=shared,
        banner=_("Paidan, a dispatch desk. Only for those who were let in.") + "\r\n",
    )
    key = host_key(place)
    try:
        port = await front.open(ending.listens("ssh", served.host, served.port), key)
    except OSError as error:
        raise BadInput(
            where=f"{served.host}:{served.port}", wrong=why(error), right=N_("name another")
        ) from error
    say = shared.say
    say(_("host key {fingerprint}").format(fingerprint=key.get_fingerprint()))
    at = public(served.address, served.host, port)
    say(_("serving; ssh {where} opens the console, stop with Ctrl-C").format(where=at.ssh()))
    if not front.keys.holders:
        told = _(
            "nobody has a key yet: paidan operator code prints a one-time code, and"
            " ssh {where} asks for it"
        )
        say(told.format(where=at.ssh(CLAIMANT)))
    return front
