"""One connection at the front, until it is proved whose it is, and from then on.

An offered key is not the key that signed: who somebody is, is read from the options of the verified
key, in `auth_completed` and nowhere else.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final, Protocol

import asyncssh

from console.i18n import _
from console.serve import keys as names
from console.serve import promptly
from console.serve.certificates import CERTIFIED, watch
from console.serve.claim import Claim
from console.serve.refused import Refused
from store import clock

if TYPE_CHECKING:
    from console.serve.caps import Limits
    from console.serve.certificates import Certified
    from console.serve.keys import Claimed, Holder, Keys
    from console.serve.line import Line


_LONGEST_S: Final = 86_400.0 * 7
"""A session that lasts longer has its certificate looked at by nobody; an idle end comes before."""
_FAREWELL_S: Final = 5.0
"""Longer than a session takes to end: a client that shares its connection would keep it open."""


class House(Protocol):
    """What a door belongs to, and asks."""

    keys: Keys
    limits: Limits
    banner: str

    def comes(self, door: Door) -> bool:
        """Whether a connection is listened to."""

    def proved(self, door: Door) -> None:
        """Somebody has shown who he is."""

    def goes(self, door: Door) -> None:
        """A connection has ended."""

    def line(self, door: Door, who: Holder) -> Line:
        """A console for it."""

    async def claimed(self, code: str, *, line: str, fingerprint: str, address: str) -> Claimed:
        """A key given by a one-time code, or not."""


class Door(asyncssh.SSHServer):
    """One connection."""

    def __init__(self, front: House) -> None:
        self._front = front
        self._connection: asyncssh.SSHServerConnection | None = None
        self._tries = self._names = 0
        self.lines: set[Line] = set()
        self.held: set[Line | Claim] = set()
        """The channels over it that are not over yet; a claim stays: nobody says a code twice."""
        self.address = ""
        self.who: Holder | None = None
        """Once proved."""
        self._over = ""
        """Why nothing more begins over it."""
        self._is_locked = False
        self.refused: Refused | None = None
        """Why he was sent away."""
        self.claims = ""
        """The key of somebody who is nobody yet, once he has shown that it is his."""

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        """Somebody has come; whether he is listened to is the front's to say."""
        self._connection = conn
        watch(conn)
        promptly.begin(conn)
        self.address = str((conn.get_extra_info("peername") or ("local",))[0])
        if not self._front.comes(self):
            self.refused = Refused.TOO_OFTEN
            conn.abort()

    def connection_lost(self, _exc: Exception | None) -> None:
        """He is gone."""
        if self.who is None and not self.claims and self.refused is None:
            self.refused = Refused.UNKNOWN_KEY if self._tries else Refused.NO_KEY
        self._front.goes(self)

    def turn_out(self) -> None:
        """Hang up."""
        if self._connection is not None:
            self._connection.abort()

    async def begin_auth(self, username: str) -> bool:
        """True on every path: anything else would let a client in without a key."""
        connection = self._connection
        if connection is None:
            return True
        self._names += 1
        if self._names > self._front.limits.names:
            self._enough()
            return True
        if self._names == 1:
            connection.send_auth_banner(self._front.banner)
        if username == names.CLAIMANT:
            connection.set_authorized_keys(names.Anybodys())
            return True
        await self._front.keys.ask()
        connection.set_authorized_keys(self._front.keys.authorized)
        return True

    def public_key_auth_supported(self) -> bool:
        """The only way in."""
        return True

    def validate_public_key(self, _username: str, _key: asyncssh.SSHKey) -> bool:
        """Called for a key that is nobody's: it is counted, and never let in."""
        self._tries += 1
        if self._tries >= self._front.limits.tries:
            self._enough()
        return False

    def _enough(self) -> None:
        self.refused = Refused.TOO_MANY_TRIES
        if self._connection is not None:
            self._connection.disconnect(
                asyncssh.DISC_NO_MORE_AUTH_METHODS_AVAILABLE, "too many tries"
            )

    def auth_completed(self) -> None:
        """Whose key it was that signed."""
        connection = self._connection
        assert connection is not None
        promptly.end(connection)
        self.claims = _told(connection, names.CLAIM)
        self.who = self._front.keys.holders.get(_told(connection, names.KEY))
        certified = connection.get_key_option(CERTIFIED)
        if isinstance(certified, list):
            self._is_certified(certified[0])
        if self.who is not None:
            self._front.proved(self)
        elif self.claims:
            loop = asyncio.get_running_loop()
            loop.call_later(self._front.limits.claim_s, self.turn_out)
        else:
            self.refused = Refused.UNKNOWN_KEY
            connection.abort()

    def _is_certified(self, told: Certified) -> None:
        """Who he is, an authority says, and for so long."""
        self.who = self._front.keys.certified(told)
        if told.until is not None:
            left = (told.until - clock.now()).total_seconds()
            asyncio.get_running_loop().call_later(min(left, _LONGEST_S), self._runs_out)

    def _runs_out(self) -> None:
        self.end(_("Your certificate is no longer good; the session ended, come in with another."))

    def session_requested(self) -> Line | Claim:
        """A console, if he may have one more; who is nobody yet may say a code."""
        if self._over or self._is_locked:
            prohibited = asyncssh.OPEN_ADMINISTRATIVELY_PROHIBITED
            raise asyncssh.ChannelOpenError(prohibited, self._over or "a session here is locked")
        most = self._front.limits.channels if self.who is not None else 1
        if len(self.held) >= most:
            raise asyncssh.ChannelOpenError(
                asyncssh.OPEN_RESOURCE_SHORTAGE, "too many sessions over one connection"
            )
        line = Claim(self._claimed) if self.who is None else self._front.line(self, self.who)
        self.held.add(line)
        return line

    async def _claimed(self, code: str) -> Claimed:
        key = asyncssh.import_public_key(self.claims)
        return await self._front.claimed(
            code, line=self.claims, fingerprint=key.get_fingerprint(), address=self.address
        )

    def lock(self) -> None:
        """Begin nothing more: who was away proves his key again, over another connection."""
        self._is_locked = True

    def end(self, why: str) -> None:
        """End every session, and begin none; a client that does not leave then is hung up on."""
        if self._over:
            return
        self._over = why
        for line in list(self.lines):
            line.end(why)
        asyncio.get_running_loop().call_later(_FAREWELL_S, self.turn_out)


def _told(connection: asyncssh.SSHServerConnection, option: str) -> str:
    """What the verified key's line says; an option of our own comes as a list of all it was."""
    told = connection.get_key_option(option)
    return str(told[0]) if isinstance(told, list) and len(told) == 1 else ""
