"""Where a served desk has its files, and its processes kept alive."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from console.cli_guard import WrongUsage
from console.i18n import _
from console.serve import forks_words
from store.domain.errors import BadInput
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

_QUEUE: Final = 64
_AGAIN_S: Final = 1.0
_END_S: Final = 8.0


def folder(named: str | None) -> Path:
    """The folder of a served desk: the named one, else one in the platform's place for state."""
    if named:
        return Path(named).expanduser()
    from platformdirs import user_state_path

    return user_state_path("paidan", appauthor=False) / "serve"


def none_served(place: Path) -> WrongUsage:
    """Nobody answers there: the desk may be served with another folder."""
    why = _("no desk is served in {folder}; --folder names the one that paidan serve was given")
    return WrongUsage(why=why.format(folder=place))


def socket_in(place: Path) -> Path:
    """Where sessions are asked for."""
    return place / "sessions.sock"


def furnish(place: Path) -> None:
    """Make the folder, for this account alone."""
    try:
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        place.chmod(0o700)
    except OSError as error:
        raise BadInput(
            where=str(place), wrong=N_("the folder cannot be made"), right=N_("name another")
        ) from error


def counter_in(place: Path) -> Path:
    """Where sessions find the store."""
    return place / "counter.sock"


def recordings_in(place: Path) -> Path:
    """Where sessions are recorded."""
    return place / "recordings"


def measures_in(place: Path) -> Path:
    """Where the processes tell what they measure."""
    return place / "measures.sock"


def listening(place: Path) -> socket.socket:
    """The socket where sessions are asked for; `BadInput` where another server has it."""
    path = socket_in(place)
    probe = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with probe, suppress(FileNotFoundError, ConnectionRefusedError):
        probe.connect(str(path))
        raise BadInput(
            where=str(path),
            wrong=N_("a desk is served from here already"),
            right=N_("end that one, or name another folder"),
        )
    return bound(path, socket.SOCK_SEQPACKET)


def bound(path: Path, kind: socket.SocketKind) -> socket.socket:
    """A socket that listens there, for this account alone."""
    path.unlink(missing_ok=True)
    listener = socket.socket(socket.AF_UNIX, kind)
    try:
        listener.bind(str(path))
        path.chmod(0o600)
        listener.listen(_QUEUE)
    except OSError as error:
        listener.close()
        raise BadInput(
            where=str(path),
            wrong=N_("no socket can be made there"),
            right=N_("name a folder with a shorter path"),
        ) from error
    return listener


class Kept:
    """A process of a served desk, which is started again when it ends by itself."""

    def __init__(self, module: str, listener: socket.socket, told: Mapping[str, str]) -> None:
        self._module = module
        self._listener = listener
        self._told = told
        self._process: asyncio.subprocess.Process | None = None
        self._keeping: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Until it is ready; from then on it is kept alive."""
        await self._start()
        self._keeping = asyncio.create_task(self._keep())

    async def _start(self) -> None:
        number = self._listener.fileno()
        self._process = process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", self._module, str(number)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            pass_fds=[number],
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
            start_new_session=True,  # a terminal's ^C is for whoever started it, who ends it
        )
        assert process.stdin is not None
        assert process.stdout is not None
        # The address may hold a password: never among the words, which everybody may read.
        process.stdin.write(json.dumps(self._told).encode() + b"\n")
        if await process.stdout.readline() != forks_words.READY:
            raise BadInput(
                where="paidan serve",
                wrong=N_("no session can be forked"),
                right=N_("look into the log"),
            )

    async def _keep(self) -> None:
        while self._process is not None:
            await self._process.wait()
            await asyncio.sleep(_AGAIN_S)
            with suppress(BadInput):
                await self._start()

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self._process is not None and self._process.returncode is None

    async def end(self) -> None:
        """Have it end, and what it holds with it."""
        process = self._process
        if self._keeping is not None:
            self._keeping.cancel()
        if process is None or process.returncode is not None:
            return
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), _END_S)
        except TimeoutError:
            process.kill()
