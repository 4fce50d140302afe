"""The keys as the front knows them: asked of a small process, which asks the store."""

from __future__ import annotations

import asyncio
import json
import sys
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import asyncssh

from console.i18n import _
from store.domain.who import CERTIFIED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from console.serve.certificates import Certified

_PATIENCE_S: Final = 5.0
_CLAIM_S: Final = 60.0
"""A store that is busy may take its time to write a key down."""
_LONGEST: Final = 64 << 20

KEY: Final = "paidan-key"
CLAIM: Final = "paidan-claim"
"""Options of a key, which only a verified signature brings to light: its fingerprint where it is
somebody's, and all of it where whoever has it has come to say a one-time code.
"""
CLAIMANT: Final = "claim"
"""The name to log in with for that; under any other an unknown key lets nobody in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Whose a key is."""

    operator: str
    role: str
    fingerprint: str
    sites: tuple[str, ...] | None
    """Which he sees; None for all."""


class Anybodys(asyncssh.SSHAuthorizedKeys):
    """Every key, each with itself as its only option: it proves nothing but who signs."""

    def validate(
        self, key: asyncssh.SSHKey, *_where: object, ca: bool = False, **_more: object
    ) -> Mapping[str, object] | None:
        """No authority that signs for others."""
        return None if ca else {CLAIM: [key.export_public_key().decode().strip()]}


class Keys:
    """All keys, as they were when last asked; the last answer stands where none comes."""

    def __init__(self, counter: Path, language: str, authorities: Sequence[str] = ()) -> None:
        self._words = (sys.executable, "-m", "console.serve.whose_key", str(counter), language)
        self._process: asyncio.subprocess.Process | None = None
        self._asking = asyncio.Lock()
        self._told: dict[str, Any] = {}
        self._authorities = authorities
        self.holders: Mapping[str, Holder] = {}
        """By fingerprint."""
        self._operators: Mapping[str, Holder] = {}
        """By code, for those whom an authority vouches for."""
        self._revoked: frozenset[str] = frozenset()
        self.authorized = asyncssh.SSHAuthorizedKeys()

    async def ask(self) -> None:
        """Know them as they are now.

        While the store is away nobody can be revoked, and sessions wait for it: they go on, and
        who comes finds a console that waits, too.
        """
        told = await self._answer({"ask": "keys"}, _PATIENCE_S)
        if "keys" in told and told != self._told:
            self._take(told)

    def certified(self, told: Certified) -> Holder | None:
        """Whom a certificate makes somebody, by the key and the certificate's number."""
        holder = self._operators.get(told.operator)
        if holder is None or told.fingerprint in self._revoked:
            return None
        key = f"{told.fingerprint}{CERTIFIED}{told.serial}"
        return replace(holder, fingerprint=key)

    @property
    def are_known(self) -> bool:
        """Whether they were ever told."""
        return bool(self._told)

    def operator(self, code: str) -> Holder | None:
        """An operator as he is known now, by no key of his; None for whom is let in no more."""
        return self._operators.get(code)

    def now(self, who: Holder) -> Holder | None:
        """The same as he is known now; None for whom no key opens anything any more."""
        key, certified, _serial = who.fingerprint.partition(CERTIFIED)
        if not certified:
            return self.holders.get(key)
        holder = self._operators.get(who.operator)
        if holder is None or key in self._revoked:
            return None
        return replace(holder, fingerprint=who.fingerprint)

    async def claim(self, code: str, *, line: str, fingerprint: str, address: str) -> Claimed:
        """Give the operator of a one-time code this key."""
        asked = {"code": code, "line": line, "fingerprint": fingerprint, "address": address}
        return await self._used({"ask": "claim", **asked})

    async def enter(self, code: str, *, address: str) -> Claimed:
        """Whom a code for browsers lets in."""
        return await self._used({"ask": "enter", "code": code, "address": address})

    async def _used(self, asked: dict[str, str]) -> Claimed:
        told = await self._answer(asked, _CLAIM_S)
        said = told.get("said") or told.get("refused") or told.get("trouble")
        return Claimed(operator=told.get("operator"), said=said or _("no answer; try again"))

    async def _answer(self, asked: dict[str, str], patience: float) -> dict[str, Any]:
        """Nothing where none comes."""
        async with self._asking:
            try:
                answer: dict[str, Any] = await asyncio.wait_for(self._asked(asked), patience)
            except (OSError, ValueError, TimeoutError):
                await self._end()
                return {}
            return answer

    async def _asked(self, asked: dict[str, str]) -> dict[str, Any]:
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(
                *self._words,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                limit=_LONGEST,
                start_new_session=True,  # a terminal's ^C is for whoever started us: we end it
            )
        writer, answer = self._process.stdin, self._process.stdout
        assert writer is not None
        assert answer is not None
        writer.write(json.dumps(asked).encode() + b"\n")
        told: dict[str, Any] = json.loads(await answer.readline())
        return told

    def _take(self, told: dict[str, Any]) -> None:
        authorized = asyncssh.SSHAuthorizedKeys()
        for line in self._authorities:
            authorized.load(f"cert-authority {line}")
        for key in told["keys"]:
            with suppress(ValueError):  # a kind that this program cannot read
                authorized.load(f'{KEY}="{key["fingerprint"]}" {key["line"]}')
        self._told, self.authorized = told, authorized
        self.holders = {key["fingerprint"]: _holder(key) for key in told["keys"]}
        self._operators = {one["operator"]: _holder(one) for one in told["operators"]}
        self._revoked = frozenset(told["revoked"])

    async def end(self) -> None:
        """Let the small process go."""
        async with self._asking:
            await self._end()

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None and process.returncode is None:
            process.kill()
            await process.wait()


def _holder(told: Mapping[str, Any]) -> Holder:
    sites = told["sites"]
    return Holder(
        operator=told["operator"],
        role=told["role"],
        fingerprint=told.get("fingerprint", ""),
        sites=None if sites is None else tuple(sites),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """What came of a one-time code."""

    operator: str | None
    """Whose it was; None where the code was refused."""
    said: str
