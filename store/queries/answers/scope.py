"""The asker's sites as a condition; no answer is written without it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, true

from store.domain.errors import BadInput
from store.domain.words import N_
from store.persistence import scoping

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, FromClause

    from store.persistence.reader import Reader


def within(reader: Reader, site: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether the asker sees this site; one statement text for any number of sites."""
    return scoping.within(reader.who.scope, site, reader.kind)


def at_home(reader: Reader, technicians: FromClause) -> ColumnElement[bool]:
    """Whether the asker's sites reach a technician: he is at home at one of them, or nowhere."""
    if reader.who.scope.sites is None:
        return true()
    home = technicians.c.home_site_id
    return or_(home.is_(None), within(reader, home))


def holds(text: str, *columns: Any) -> ColumnElement[bool]:
    """Whether one of the columns has the text in it, whatever its case; signs of LIKE are plain."""
    if not text:
        return true()
    return or_(*(column.icontains(text, autoescape=True) for column in columns))


def checked_limit(limit: int) -> int:
    """A limit as it may be asked; `BadInput` outside 1 to 100,000."""
    if 1 <= limit <= 100_000:
        return limit
    raise BadInput(where="limit", wrong=str(limit), right=N_("ask for 1 to 100000 rows"))
