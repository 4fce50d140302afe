"""By which address clients reach a served desk: told, or guessed from where it listens."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from typing import Final

from console.public_address import told

_USUAL: Final = 22
"""The port that ssh takes by itself."""
_ANY: Final = frozenset({"", "0.0.0.0", "::"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Public:
    """A host, and the port that a gate or a firewall has for the desk."""

    host: str
    port: int

    def ssh(self, name: str = "") -> str:
        """What stands behind `ssh`, for whoever logs in by this name."""
        where = f"{name}@{self.host}" if name else self.host
        return where if self.port == _USUAL else f"-p {self.port} {where}"


def public(address: str, host: str, port: int) -> Public:
    """What was told, else the host and the port where it listens.

    Who listens everywhere is reached by the machine's own name.
    """
    if address:
        named, other = told(address)
        return Public(host=named, port=other or port)
    return Public(host=socket.gethostname() if host in _ANY else host, port=port)
