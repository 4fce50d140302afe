"""A host, or a host and a port, as somebody writes them for clients to come to."""

from __future__ import annotations

import re
from typing import Final

_LAST: Final = 65_535
_ADDRESS: Final = re.compile(
    r"(?:\[(?P<six>[0-9A-Fa-f:.]+)\]|(?P<host>[A-Za-z0-9][A-Za-z0-9._-]*))(?::(?P<port>\d{1,5}))?",
    re.ASCII,
)


def told(text: str) -> tuple[str, int | None]:
    """A host and its port, None where none is named; `ValueError` for anything else."""
    found = _ADDRESS.fullmatch(text)
    if found is None or (found["port"] and not 0 < int(found["port"]) <= _LAST):
        raise ValueError("no HOST or HOST:PORT")
    return found["six"] or found["host"], int(found["port"]) if found["port"] else None
