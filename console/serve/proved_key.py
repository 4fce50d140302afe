"""Which key OpenSSH's own server has let in, where it is told to say so (`ExposeAuthInfo yes`).

It names a file in `SSH_USER_AUTH`, of the account that was logged into, with a line for each proof.
"""

from __future__ import annotations

import os
import stat
from base64 import b64decode, b64encode
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from store.domain.errors import Refusal
from store.domain.operator_keys import LONGEST, read_key
from store.domain.who import CERTIFIED

if TYPE_CHECKING:
    from collections.abc import Mapping

_PROOF: Final = "publickey "
_CERTIFICATE: Final = "-cert-v01@openssh.com"
_PARTS: Final = {"ssh-ed25519": 1, "ecdsa-sha2-nistp256": 2, "ssh-rsa": 2, "sk-ssh-ed25519": 2}
"""Of how many parts the key in a certificate is; behind them stands the certificate's number."""
_SERIAL: Final = 8
"""Bytes of that."""


def proved_key(environ: Mapping[str, str]) -> str:
    """Its fingerprint, as the journal has it; empty where that is not told, or by no key of ours.

    That of a certificate is its key's with the certificate's number behind it.
    """
    for line in _told(environ.get("SSH_USER_AUTH", "")).splitlines():
        if line.startswith(_PROOF):
            with suppress(ValueError, Refusal):
                return _fingerprint(line.removeprefix(_PROOF).strip())
    return ""


def _told(path: str) -> str:
    """What the file holds: one that OpenSSH made, for nobody but this account."""
    if not path:
        return ""
    try:
        file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError):
        return ""
    try:
        found = os.fstat(file)
        mode = stat.S_IFMT(found.st_mode), stat.S_IMODE(found.st_mode)
        # A client that may set variables could name a file that he has some say in.
        if mode != (stat.S_IFREG, 0o600) or found.st_uid != os.getuid() or not found.st_size:
            return ""
        return os.read(file, 4 * LONGEST).decode("ascii", "replace")
    finally:
        os.close(file)


def _fingerprint(told: str) -> str:
    """`ValueError` or `Refusal` where it is a key of no kind that is known here."""
    kind, _, body = told.partition(" ")
    if not kind.endswith(_CERTIFICATE):
        return read_key(told).fingerprint
    plain = kind.removesuffix(_CERTIFICATE)
    if plain not in _PARTS:
        raise ValueError("a certificate of no kind that is known here")
    name = f"{plain}@openssh.com" if plain.startswith("sk-") else plain
    _kind, left = _part(b64decode(body.split(" ")[0], validate=True))
    _nonce, left = _part(left)
    blob = _whole(name.encode())
    for _number in range(_PARTS[plain]):
        part, left = _part(left)
        blob += _whole(part)
    key = read_key(f"{name} {b64encode(blob).decode()}")
    return f"{key.fingerprint}{CERTIFIED}{int.from_bytes(left[:_SERIAL])}"


def _part(blob: bytes) -> tuple[bytes, bytes]:
    """The first part, which its length leads, and what follows."""
    end = 4 + int.from_bytes(blob[:4])
    if len(blob) < end + _SERIAL:
        raise ValueError("cut short")
    return blob[4:end], blob[end:]


def _whole(part: bytes) -> bytes:
    return len(part).to_bytes(4) + part
