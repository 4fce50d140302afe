"""Under which addresses a browser may have the desk: exactly these, and no others that reach it.

A page of another origin would send the operator's cookie along, for to a browser all ports of a
host are one site; and a foreign name may be made to mean this machine.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from store.domain.errors import BadInput
from store.domain.words import N_

_LOOPBACK: Final = {"127.0.0.1": ("127.0.0.1", "localhost"), "::1": ("[::1]", "localhost")}
_ORIGIN: Final = re.compile(r"(https?)://((?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?)")
_USUAL: Final = {"http": ":80", "https": ":443"}
PORT: Final = 8023
DEFAULT: Final = f"127.0.0.1:{PORT}"
_MOST: Final = 65535


@dataclass(frozen=True, slots=True)
class Place:
    """Where pages are given."""

    host: str
    port: int
    named: str
    """The origin that browsers see where a proxy stands before; else empty."""

    @property
    def is_secure(self) -> bool:
        """Whether what comes is encrypted."""
        return self.named.startswith("https:")

    def origins(self, port: int) -> frozenset[str]:
        """Whose pages may open a console, the port once known."""
        if self.named:
            return frozenset({self.named})
        hosts = (f"{host}:{port}".removesuffix(_USUAL["http"]) for host in _LOOPBACK[self.host])
        return frozenset(f"http://{host}" for host in hosts)


def hosts_of(origins: frozenset[str]) -> frozenset[str]:
    """What a browser then names as its host."""
    return frozenset(origin.partition("://")[2] for origin in origins)


def place(told: str, named: str) -> Place:
    """From HOST:PORT and an origin; `BadInput` for what would send keys and pages in the clear."""
    host, _, port = told.rpartition(":")
    host = host.strip("[]") or ("127.0.0.1" if port.isdecimal() else "")
    if not host or not port.isascii() or not port.isdecimal() or int(port) > _MOST:
        raise BadInput(where="--browser", wrong=told, right=N_("give HOST:PORT"))
    if named:
        named = _origin(named)
    elif host not in _LOOPBACK:
        raise BadInput(
            where="--browser",
            wrong=N_("other machines would reach it without encryption"),
            right=N_("have a proxy with TLS before it, and name its --browser-origin https://…"),
        )
    return Place(host, int(port), named)


def _origin(named: str) -> str:
    found = _ORIGIN.fullmatch(named.lower().removesuffix("/"))
    if found is None or (found[1] == "http" and found[2].rpartition(":")[0] not in _HERE):
        raise BadInput(
            where="--browser-origin", wrong=named, right=N_("give it as https://desk.example")
        )
    return found[0].removesuffix(_USUAL[found[1]])


_HERE: Final = frozenset(host for hosts in _LOOPBACK.values() for host in hosts)
