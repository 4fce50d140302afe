"""Where a store is, in one spelling, however its URL was typed."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sqlalchemy import URL

_USUAL_PORT: Final = "5432"
_WHO: Final = re.compile(r"^(postgresql://)[^@/]*@")


def address(url: URL) -> str:
    """The file whole, or the server and its database with who comes there; no password."""
    if url.get_backend_name() == "sqlite":
        from store.persistence.sqlite import path_of

        return f"sqlite:///{os.path.realpath(path_of(url))}"
    who = f"{url.username}@" if url.username else ""
    return f"postgresql://{who}{','.join(_hosts(url))}/{url.database or ''}"


def same_store(one: str, other: str) -> bool:
    """Whether two addresses are of one store, whoever comes there."""
    return _WHO.sub(r"\1", one) == _WHO.sub(r"\1", other)


def _hosts(url: URL) -> list[str]:
    hosts = [url.host] if url.host else _several(url, "host")
    ports = [str(url.port)] if url.port else _several(url, "port")
    ports += [_USUAL_PORT] * (len(hosts) - len(ports))
    named = (
        host if ":" in host else f"{host}:{port}" for host, port in zip(hosts, ports, strict=False)
    )
    return sorted(name.lower() for name in named)


def _several(url: URL, name: str) -> list[str]:
    told = url.query.get(name, ())
    parts = (told,) if isinstance(told, str) else told
    return [one for part in parts for one in part.split(",") if one]
