"""The asker's sites as a condition; no answer is written without it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from store.domain.errors import BadInput
from store.domain.words import N_
from store.persistence import scoping

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from store.persistence.reader import Reader


def within(reader: Reader, site: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether the asker sees this site; one statement text for any number of sites."""
    return scoping.within(reader.who.scope, site, reader.kind)


def like(text: str) -> str:
    """A LIKE pattern (escape `\\`) that finds the text anywhere, its own signs taken plainly."""
    for sign in "\\%_":
        text = text.replace(sign, "\\" + sign)
    return f"%{text}%"


def checked_limit(limit: int) -> int:
    """A limit as it may be asked; `BadInput` outside 1 to 100,000."""
    if 1 <= limit <= 100_000:
        return limit
    raise BadInput(where="limit", wrong=str(limit), right=N_("ask for 1 to 100000 rows"))
