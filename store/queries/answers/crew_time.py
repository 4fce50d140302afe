"""When everybody is there, and whose last working day asks for rest."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import bindparam, select, text

from store.domain.dispatch.laid import SAME_DAY
from store.domain.forecast import without
from store.domain.lifecycle import VisitState
from store.persistence.mapping import VISIT
from store.persistence.standings import hours_of
from store.persistence.statements import among, one_of
from store.persistence.tables import metadata
from store.persistence.types import nearest, to_ms
from store.queries.answers.crew_stops import as_kept, minutes_to
from store.queries.answers.lines import ORDERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from store.domain.dispatch.crew import Stop
    from store.persistence.reader import Reader

AHEAD: Final = timedelta(days=2)
"""How far shifts are looked at; an order that is reached later counts as reached by nobody."""

_OVER = (VisitState.DONE.value, VisitState.LEFT.value)


SHIFTS: Final = metadata.tables["shift"]
_ROSTERED: Final = select(SHIFTS.c.technician_id).distinct()
_ENDED: Final = tuple(
    select(VISIT.c.number, VISIT.c.technician_id, as_kept(VISIT.c.ended_at))
    .select_from(ORDERS.join(VISIT, VISIT.c.number == ORDERS.c.number))
    .where(one_of(VISIT.c.state, _OVER), VISIT.c.ended_at >= bindparam("since"), some)
    for some in (text("live = 1"), ORDERS.c.closed_at >= bindparam("since"))
)
"""Of orders that are open, and of those closed since."""


def since_of(at: datetime) -> datetime:
    """From when on shifts and absences count that are over."""
    return at - timedelta(minutes=SAME_DAY)


def spans_of(
    reader: Reader, name: str, people: Sequence[int]
) -> defaultdict[int, list[tuple[datetime, datetime]]]:
    """Shifts or absences from a little while ago to the end of what is looked at."""
    return hours_between(reader, name, people, since_of(reader.at), reader.at + AHEAD)


def hours_between(
    reader: Reader, name: str, people: Sequence[int], since: datetime, until: datetime
) -> defaultdict[int, list[tuple[datetime, datetime]]]:
    """Shifts or absences, by whom."""
    given = {"people": people, "since": since, "until": until}
    found: defaultdict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
    for who, begins, ends in reader.conn.execute(hours_of(reader.kind, name), given).all():
        found[who].append((begins, ends))
    return found


def rostered_of(reader: Reader) -> frozenset[int]:
    """Who has shifts at all."""
    return frozenset(reader.conn.execute(_ROSTERED).scalars())


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


class Time(NamedTuple):
    """When somebody is there from now on, and what was before."""

    spans: tuple[tuple[float, float], ...]
    away: bool
    """Whether he would be there some time, were he not absent."""
    worked_until: float | None
    there: bool
    """Whether he is there now, by his hours or by what he is at."""


def time_of(
    reader: Reader,
    roster: Sequence[tuple[datetime, datetime]] | None,
    absences: Sequence[tuple[datetime, datetime]],
    ended: Sequence[int],
    under_way: Stop | None,
    *,
    gone: bool,
) -> Time:
    """His hours, none for who is always there; what is left of the span of who has gone is none."""
    at = reader.at
    # Who is always there begins no working day, so he rests before none.
    hours, worked = ([(at, at + AHEAD)], []) if roster is None else (roster, ended)
    spans = there_from_now(reader, hours, absences)
    away = not spans and any(ends > at for _, ends in hours)
    if under_way is not None:
        worked = []  # he is at work, rested or not, and rests when that is done
        if not spans or spans[0][0] > 0:
            spans.insert(0, (0.0, under_way.takes))
    there = bool(spans) and spans[0][0] <= 0
    if there and gone and under_way is None:
        del spans[0]
    return Time(tuple(spans), away, earlier_day(reader, hours, worked), there)


def work_ended_of(
    reader: Reader, rest: float, numbers: Sequence[int] | None = None
) -> tuple[tuple[int, int, int], ...]:
    """Of which order, whose visit ended that may still ask for rest, and when, as it is kept."""
    given: dict[str, Any] = {"since": _rests_since(reader, rest)}
    asked: Sequence[Any] = _ENDED
    if numbers is not None:
        given["numbers"] = numbers
        asked = [one.where(among(VISIT.c.number, "numbers", reader.kind)) for one in _ENDED]
    rows = (row for one in asked for row in reader.conn.execute(one, given).all())
    return tuple((number, who, ended_at) for number, who, ended_at in rows)


def work_ended(
    reader: Reader, rest: float, ended: Iterable[tuple[int, int, int]] | None = None
) -> defaultdict[int, list[int]]:
    """The same by whom."""
    since = to_ms(_rests_since(reader, rest))
    found: defaultdict[int, list[int]] = defaultdict(list)
    for _number, who, ended_at in work_ended_of(reader, rest) if ended is None else ended:
        if ended_at >= since:
            found[who].append(ended_at)
    return found


def _rests_since(reader: Reader, rest: float) -> datetime:
    return reader.at - timedelta(minutes=2 * max(rest, SAME_DAY))


def earlier_day(
    reader: Reader, roster: Sequence[tuple[datetime, datetime]], ended: Sequence[int]
) -> float | None:
    """When his last work ended before the working day that comes next, or that he is in."""
    if not ended:
        return None
    coming = sorted(begins for begins, ends in roster if ends > reader.at)
    if not coming:
        return None
    began = coming[0]
    for begins, ends in sorted(roster, reverse=True):  # parts of one working day belong together
        if ends <= began and began - ends <= timedelta(minutes=SAME_DAY):
            began = begins
    latest = to_ms(began)
    before = [moment for moment in ended if moment <= latest]
    return minutes_to(reader, nearest(max(before))) if before else None
