"""Certificates of OpenSSH: an authority that the desk trusts says whose a key is, and how long.

The operator is whom the client names, and the certificate must name him, too. AsyncSSH keeps of a
certificate nothing but its options; what else it says is put beside those of the key that signs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from store.domain.errors import BadInput
from store.domain.operator_keys import LONGEST, read_key
from store.domain.system_words import why
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import asyncssh

CERTIFIED: Final = "paidan-certified"
"""The option of a key that a certificate vouches for."""
_FOR_EVER: Final = 253_402_300_799
"""The last second of the year 9999."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Certified:
    """A key, whose it is said to be, and until when."""

    operator: str
    fingerprint: str
    serial: int
    until: datetime | None
    """None for ever."""


def watch(connection: asyncssh.SSHServerConnection) -> None:
    """Have a connection keep what the certificate of its key says."""
    line: Any = connection
    checked = line._validate_openssh_certificate  # noqa: SLF001  nothing else is given the certificate

    async def validate(username: str, certificate: Any) -> asyncssh.SSHKey | None:
        key: asyncssh.SSHKey | None = await checked(username, certificate)
        if key is not None and certificate.principals:  # who names nobody would be everybody
            told = _certified(username, key, certificate)
            line._key_options = {**line._key_options, CERTIFIED: [told]}  # noqa: SLF001
            return key
        return None

    line._validate_openssh_certificate = validate  # noqa: SLF001


def _certified(username: str, key: asyncssh.SSHKey, certificate: Any) -> Certified:
    end = int(certificate._valid_before)  # noqa: SLF001
    return Certified(
        operator=username,
        fingerprint=key.get_fingerprint(),
        serial=int(certificate._serial),  # noqa: SLF001
        until=datetime.fromtimestamp(end, UTC) if end < _FOR_EVER else None,
    )


def authorities(files: Iterable[Path]) -> tuple[str, ...]:
    """The public keys of authorities, as lines; `BadInput` where a file holds none."""
    return tuple(_authority(file) for file in files)


def _authority(file: Path) -> str:
    right = N_("give the .pub file of OpenSSH")
    try:
        text = file.read_text(encoding="utf-8-sig", errors="replace")[: LONGEST + 1]
    except OSError as error:
        raise BadInput(where=str(file), wrong=why(error), right=right) from error
    key = read_key(text)
    if key.kind == "ssh-rsa":  # whose signature may be one by SHA-1
        wrong = N_("an authority signs by ed25519 or ecdsa nistp256")
        raise BadInput(where=str(file), wrong=wrong, right=right)
    return key.line
