"""Values and rows as PostgreSQL's COPY reads them: text, parted by tabs, NULL as a mark."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

_SIGNS = {"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"}
_ESCAPES = str.maketrans(_SIGNS)
_MEANT = {escape: sign for sign, escape in _SIGNS.items()}
_ESCAPED = re.compile(r"\\.")


def written(value: Any) -> str:
    """One value of a row."""
    if value is None:
        return r"\N"
    return escaped(value) if isinstance(value, str) else str(value)


def escaped(text: str) -> str:
    """A text whose backslashes, tabs and line breaks COPY gives back as they were."""
    return text.translate(_ESCAPES)


def json(text: str) -> str:
    """The same for canonical JSON, in which a backslash is the only such mark."""
    return text.replace("\\", "\\\\")


again = lru_cache(maxsize=4096)(escaped)
"""`escaped` for texts that come back."""


def line(values: Iterable[Any]) -> str:
    """One row."""
    return "\t".join(map(written, values)) + "\n"


def read(written: str) -> str | None:
    """The text that `written` made a value of."""
    if "\\" not in written:
        return written
    if written == r"\N":
        return None
    return _ESCAPED.sub(lambda found: _MEANT.get(found[0], found[0]), written)


def read_whole(written: str) -> int | None:
    """The whole number that `written` made a value of."""
    return None if written == r"\N" else int(written)
