"""Whether what was told of an order a moment ago may be told again: nothing has changed since.

It would be reckoned anew word for word but for the time, and the time is told to the minute: within
one minute of the clock nobody's hours begin or end, and what is told has moved by less than is
shown. A list that stands on a screen is not asked again because a minute is over, either.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from store.domain.pace import LIFE
from store.persistence.journal import MARKS
from store.persistence.types import to_ms
from store.queries.answers.crew_stops import as_kept
from store.queries.answers.lines import TECHNICIANS
from store.queries.answers.news_since import moment, written_since
from store.queries.recommend import Mark

if TYPE_CHECKING:
    from datetime import datetime

    from store.persistence.reader import Reader
    from store.queries.recommend import WhoGoes

_T = TECHNICIANS.c
_PLACES: Final = select(
    *(func.sum(one) for one in (as_kept(_T.position_at), _T.latitude, _T.longitude))
)
"""Where everybody was seen is the one thing that no journal tells."""


def marked(reader: Reader, query: WhoGoes) -> Mark | None:
    """As of what an answer is told; None where nothing can tell what comes after it."""
    now = None if reader.pace != LIFE else moment(reader)  # elsewhere a minute is not a minute
    if now is None:
        return None
    return Mark(who=reader.who, asked=_plainly(query), then=now, places=_places(reader))


def holds_still(reader: Reader, query: WhoGoes) -> bool:
    """Whether the answer that is known would be told again."""
    known = query.known
    mark = None if known is None else known.mark
    if known is None or mark is None or mark.who != reader.who or mark.asked != _plainly(query):
        return False
    if known.at > reader.at or _minute(known.at) != _minute(reader.at):
        return False
    news = written_since(reader, mark.then)
    if news is None or not MARKS.issuperset(one.fact for one in news):
        return False
    return _places(reader) == mark.places


def _plainly(query: WhoGoes) -> WhoGoes:
    return replace(query, known=None)


def _places(reader: Reader) -> tuple[object, ...]:
    return tuple(reader.conn.execute(_PLACES).one())


def _minute(at: datetime) -> int:
    return to_ms(at) // 60_000
