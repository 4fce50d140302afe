"""Public keys of operators: one OpenSSH line read strictly, or refused in a sentence."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass
from hashlib import sha256

from store.domain.errors import Refusal
from store.domain.text import safe
from store.domain.words import N_

LONGEST = 8192
"""Characters of a line; an RSA key of 16384 bits has about 2800."""
LEAST_RSA_BITS = 2048
MOST_RSA_BITS = 16384

_POINT_P256 = 65
_SEED_ED25519 = 32


class KeyRefused(Refusal):
    """A line that is no public key at all."""

    sentence = N_("not a public key of OpenSSH: give the one line of a .pub file")


class KeyPrivate(Refusal):
    """The half that nobody else may see."""

    sentence = N_("this is a private key: keep it to yourself and give its .pub file")


class KeyWithOptions(Refusal):
    """A line of authorized_keys with more than the key."""

    sentence = N_("give the key alone, without options before it")


class KeyKindRefused(Refusal):
    """A key of a kind that the desk does not take."""

    sentence = N_("keys of kind {kind} are not taken: use ed25519, ecdsa nistp256 or rsa")


class KeyTooShort(Refusal):
    """An RSA key that can be broken."""

    sentence = N_("an RSA key of {bits} bits is too short: {least} is the least")


class KeyTooLong(Refusal):
    """An RSA key that costs the desk too much at every log-in."""

    sentence = N_("an RSA key of {bits} bits is too long: {most} is the most")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicKey:
    """A key as it is kept: without its options, its comment apart."""

    kind: str
    body: str
    """In base64, as the line had it."""
    fingerprint: str
    """As `ssh-keygen -l` prints it: SHA256: and base64 without its padding."""
    comment: str = ""

    @property
    def line(self) -> str:
        """As an authorized_keys file has it, without the comment."""
        return f"{self.kind} {self.body}"


def read_key(text: str) -> PublicKey:
    """The key of one line; raises the refusal that says what is wrong with it."""
    if "PRIVATE KEY" in text or text.startswith("PuTTY-User-Key-File"):
        raise KeyPrivate
    text = text.strip()
    if len(text) > LONGEST or len(text.splitlines()) != 1:
        raise KeyRefused
    kind, _, rest = text.partition(" ")
    if kind not in _CHECKS:
        raise _unknown(kind, rest)
    body, _, comment = rest.strip().partition(" ")
    blob = _decoded(body)
    fields = _fields(blob)
    if not fields or fields[0] != kind.encode():
        raise KeyRefused
    _CHECKS[kind](fields[1:])
    digest = b64encode(sha256(blob).digest()).decode().rstrip("=")
    return PublicKey(
        kind=kind, body=body, fingerprint=f"SHA256:{digest}", comment=safe(comment.strip())
    )


def _unknown(kind: str, rest: str) -> Refusal:
    """Why a line that starts with this word is not taken."""
    if any(f" {known} " in f" {rest} " for known in _CHECKS):
        return KeyWithOptions()
    if re.fullmatch(r"(ssh|ecdsa|sk)-[a-z0-9@.-]{1,60}", kind) and rest:
        return KeyKindRefused(kind=kind)
    return KeyRefused()


def _decoded(body: str) -> bytes:
    """The bytes behind strict base64: one spelling a key, so that one key has one fingerprint."""
    try:
        blob = b64decode(body, validate=True)
    except (NotBase64, ValueError):
        raise KeyRefused from None
    if b64encode(blob).decode() != body:
        raise KeyRefused
    return blob


def _fields(blob: bytes) -> list[bytes]:
    """The length-led parts of a key, which must fill it to its last byte."""
    parts = []
    while blob:
        size = int.from_bytes(blob[:4])
        if len(blob) < 4 + size:
            raise KeyRefused
        parts.append(blob[4 : 4 + size])
        blob = blob[4 + size :]
    return parts


def _ed25519(parts: list[bytes]) -> None:
    if [len(part) for part in parts] != [_SEED_ED25519]:
        raise KeyRefused


def _sk_ed25519(parts: list[bytes]) -> None:
    if len(parts) != 2 or len(parts[0]) != _SEED_ED25519 or not parts[1]:
        raise KeyRefused


def _nistp256(parts: list[bytes]) -> None:
    if len(parts) != 2 or parts[0] != b"nistp256":
        raise KeyRefused
    if len(parts[1]) != _POINT_P256 or parts[1][0] != 4:
        raise KeyRefused


def _rsa(parts: list[bytes]) -> None:
    if len(parts) != 2 or any(not part or part[0] & 0x80 for part in parts):
        raise KeyRefused
    exponent, bits = int.from_bytes(parts[0]), int.from_bytes(parts[1]).bit_length()
    if exponent < 3 or exponent % 2 == 0:
        raise KeyRefused
    if bits < LEAST_RSA_BITS:
        raise KeyTooShort(bits=bits, least=LEAST_RSA_BITS)
    if bits > MOST_RSA_BITS:
        raise KeyTooLong(bits=bits, most=MOST_RSA_BITS)


_CHECKS = {
    "ssh-ed25519": _ed25519,
    "sk-ssh-ed25519@openssh.com": _sk_ed25519,
    "ecdsa-sha2-nistp256": _nistp256,
    "ssh-rsa": _rsa,
}
