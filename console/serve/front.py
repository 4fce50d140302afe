"""The front: lets operators in by their keys, over SSH, and nothing else in.

It neither draws nor opens a store.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Final

import asyncssh

from console.i18n import _
from console.serve.caps import Buckets, Lobby
from console.serve.door import Door
from console.serve.line import Line
from console.serve.opening import Opening
from console.serve.refused import Refused
from store import clock
from store.domain.text import safe
from store.domain.who import Role

if TYPE_CHECKING:
    import socket
    from pathlib import Path

    from console.serve.keys import Claimed, Holder, Keys
    from console.serve.shared import Shared

_LOOK_EVERY_S: Final = 2.0
"""How soon a key that is no longer known ends its sessions."""
_END_S: Final = 4.0
_LAST_WORDS_S: Final = 1.0

ALGORITHMS: Final = {
    "kex_algs": ("mlkem768x25519-sha256", "curve25519-sha256", "curve25519-sha256@libssh.org"),
    "encryption_algs": (
        *("chacha20-poly1305@openssh.com", "aes256-gcm@openssh.com", "aes128-gcm@openssh.com"),
    ),
    "mac_algs": ("hmac-sha2-256-etm@openssh.com", "hmac-sha2-512-etm@openssh.com"),
    "compression_algs": ("none",),
    "signature_algs": (
        *("ssh-ed25519", "sk-ssh-ed25519@openssh.com", "ecdsa-sha2-nistp256"),
        *("sk-ecdsa-sha2-nistp256@openssh.com", "rsa-sha2-512", "rsa-sha2-256"),
    ),
}


class Front:
    """All doors of a served desk."""

    def __init__(
        self,
        *,
        keys: Keys,
        sessions: Path,
        shared: Shared,
        banner: str,
    ) -> None:
        self.keys = keys
        self.limits = shared.limits
        self.banner = banner
        self._sessions = str(sessions)
        self._shared = shared
        self._say, self._refused = shared.say, shared.refused
        self._buckets = Buckets(self.limits)
        self._lobby: Lobby[Door] = Lobby(self.limits)
        self._doors: set[Door] = set()
        self._acceptor: asyncssh.SSHAcceptor | None = None
        self._looking: asyncio.Task[None] | None = None
        self._open = 0
        """Sessions of this way in."""
        self._empty = asyncio.Event()
        self._empty.set()
        self._alone = asyncio.Event()
        """Nobody is connected."""
        self._alone.set()

    async def open(self, listener: socket.socket, host_key: asyncssh.SSHKey) -> int:
        """Accept from a socket that listens, which is this front's from now on; the port."""
        await self.keys.ask()
        self._acceptor = await asyncssh.listen(
            sock=listener,
            server_factory=lambda: Door(self),
            server_host_keys=[host_key],
            config=[],
            encoding=None,
            line_editor=False,
            server_version="paidan",
            login_timeout=self.limits.grace_s,
            keepalive_interval=self.limits.keep_alive_s,
            keepalive_count_max=self.limits.keep_alives,
            password_auth=False,
            kbdint_auth=False,
            host_based_auth=False,
            gss_host=None,
            agent_forwarding=False,
            x11_forwarding=False,
            allow_scp=False,
            rekey_bytes=512 << 20,
            rekey_seconds=3600,
            **ALGORITHMS,
        )
        self._looking = asyncio.create_task(self._look())
        return self._acceptor.get_port()

    @property
    def listens(self) -> bool:
        """Whether somebody can come."""
        return self._acceptor is not None and self._acceptor.is_serving()

    async def close(self, why: str) -> None:
        """Listen no more, and have every session end with this sentence."""
        if self._looking is not None:
            self._looking.cancel()
        if self._acceptor is not None:
            self._acceptor.close()
        for door in list(self._doors):
            door.end(why)
            if door.who is None:
                door.turn_out()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._empty.wait(), _END_S)
        with suppress(TimeoutError):
            # A client that is hung up on shows nothing of what came just before.
            await asyncio.wait_for(self._alone.wait(), _LAST_WORDS_S)
        for door in list(self._doors):
            door.turn_out()
        await self.keys.end()

    async def _look(self) -> None:
        """End what goes on under a key that was taken back."""
        while True:
            await asyncio.sleep(_LOOK_EVERY_S)
            if not any(door.who for door in self._doors):
                continue
            await self.keys.ask()
            for door in list(self._doors):
                if door.who is not None:
                    self._look_at(door, door.who)

    def _look_at(self, door: Door, who: Holder) -> None:
        now = self.keys.now(who)
        if now is None:
            door.end(_("Your key is no longer known here; the session ended."))
        elif now != who:
            door.end(_("You have another role or other sites now; come in again."))

    # -- what doors ask ----------------------------------------------------------------------

    def comes(self, door: Door) -> bool:
        """Whether a connection is listened to."""
        if not self._buckets.take(door.address, clock.monotonic()):
            return False
        self._doors.add(door)
        self._alone.clear()
        out = self._lobby.enter(door, door.address)
        if out is not None:
            out.refused = Refused.CROWDED
            out.turn_out()
        return True

    def proved(self, door: Door) -> None:
        """Somebody has shown who he is."""
        self._lobby.leave(door)

    def goes(self, door: Door) -> None:
        """A connection has ended."""
        self._lobby.leave(door)
        if door.refused is not None:
            self._refused(door.refused)
        self._doors.discard(door)
        if not self._doors:
            self._alone.set()

    def _count(self, more: int) -> None:
        self._open += more
        if self._open:
            self._empty.clear()
        else:
            self._empty.set()

    async def claimed(self, code: str, *, line: str, fingerprint: str, address: str) -> Claimed:
        """A key given by a one-time code, or not."""
        found = await self.keys.claim(code, line=line, fingerprint=fingerprint, address=address)
        if found.operator is not None:
            facts = {"operator": found.operator, "key": fingerprint, "address": address}
            self._say(safe(_("{operator} has given key {key}, from {address}").format(**facts)))
        else:
            self._refused(Refused.WRONG_CODE)
        return found

    def line(self, door: Door, who: Holder) -> Line:
        """A console for it."""
        name = safe(who.operator)

        def began(line: Line) -> bool:
            if not self._shared.enter():
                return False
            door.lines.add(line)
            self._count(1)
            facts = {"operator": name, "address": door.address, "key": who.fingerprint}
            self._say(_("{operator} is here, from {address} by {key}").format(**facts))
            return True

        def ended(line: Line) -> None:
            door.held.discard(line)
            if line in door.lines:
                door.lines.discard(line)
                self._count(-1)
                self._shared.leave()
                self._say(_("{operator} has left").format(operator=name))

        told = Opening(operator=who.operator, address=door.address, key=who.fingerprint)
        idle_s = 0.0 if who.role == Role.SCREEN else self.limits.deaf_s
        record = partial(self._shared.record, who)
        return Line(
            self._sessions,
            told,
            idle_s=idle_s,
            command_s=self.limits.command_s,
            began=began,
            ended=ended,
            locked=door.lock,
            record=record,
        )
