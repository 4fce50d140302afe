"""When everybody is there, and whose last working day asks for rest."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, select, text

from store.domain.dispatch.laid import SAME_DAY
from store.domain.forecast import without
from store.domain.lifecycle import VisitState
from store.persistence.mapping import VISIT
from store.persistence.statements import among
from store.queries.answers.crew_stops import minutes_to
from store.queries.answers.forecast import AHEAD
from store.queries.answers.lines import ORDERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Select, Table

    from store.persistence.reader import Reader

_OVER = (VisitState.DONE.value, VisitState.LEFT.value)


_ENDED: Final = tuple(
    select(VISIT.c.technician_id, VISIT.c.ended_at)
    .select_from(ORDERS.join(VISIT, VISIT.c.number == ORDERS.c.number))
    .where(VISIT.c.state.in_(_OVER), VISIT.c.ended_at >= bindparam("since"), some)
    for some in (text("live = 1"), ORDERS.c.closed_at >= bindparam("since"))
)
"""Of orders that are open, and of those closed since."""


def spans_of(
    reader: Reader, table: Any, people: list[int]
) -> defaultdict[int, list[tuple[datetime, datetime]]]:
    """Shifts or absences from a little while ago to the end of what is looked at."""
    since = reader.at - timedelta(minutes=SAME_DAY)
    given = {"people": people, "since": since, "until": reader.at + AHEAD}
    found: defaultdict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
    for who, begins, ends in reader.conn.execute(_spans(table, reader.kind), given).all():
        found[who].append((begins, ends))
    return found


@cache
def _spans(table: Table, kind: str) -> Select[Any]:
    """Shifts or absences of some people; made once."""
    his = table.c.technician_id
    return select(his, table.c.starts_at, table.c.ends_at).where(
        among(his, "people", kind),
        *(table.c.ends_at > bindparam("since"), table.c.starts_at < bindparam("until")),
    )


def there_from_now(
    reader: Reader,
    roster: Sequence[tuple[datetime, datetime]],
    away: Sequence[tuple[datetime, datetime]],
) -> list[tuple[float, float]]:
    """When he is there from now on, in minutes, apart from each other and in order."""
    found: list[tuple[float, float]] = []
    for begins, ends in sorted(roster):
        for since, until in without((max(begins, reader.at), ends), away):
            span = (minutes_to(reader, since), minutes_to(reader, until))
            if found and span[0] <= found[-1][1]:
                found[-1] = found[-1][0], max(found[-1][1], span[1])
            else:
                found.append(span)
    return found


def work_ended(reader: Reader, rest: float) -> defaultdict[int, list[datetime]]:
    """When the visits of each ended that may still ask for rest."""
    since = reader.at - timedelta(minutes=2 * max(rest, SAME_DAY))
    found: defaultdict[int, list[datetime]] = defaultdict(list)
    for asked in _ENDED:
        for who, ended_at in reader.conn.execute(asked, {"since": since}).all():
            found[who].append(ended_at)
    return found


def earlier_day(
    reader: Reader, roster: Sequence[tuple[datetime, datetime]], ended: Sequence[datetime]
) -> float | None:
    """When his last work ended before the working day that comes next, or that he is in."""
    coming = sorted(begins for begins, ends in roster if ends > reader.at)
    if not coming:
        return None
    began = coming[0]
    for begins, ends in sorted(roster, reverse=True):  # parts of one working day belong together
        if ends <= began and began - ends <= timedelta(minutes=SAME_DAY):
            began = begins
    before = [moment for moment in ended if moment <= began]
    return minutes_to(reader, max(before)) if before else None
