"""What was read of everybody's work, remembered from one question to the next.

Who should go is asked of one order after the other, and between two of them little changes of what
five hundred people have to do. It is remembered as it is kept, in instants, and each question first
asks the journal what was written since: orders that were are read anew, and where hours, sites or
anything else was that is not known to leave this as it is, all of it is forgotten. What no journal
tells, and what the registers say of people themselves, is never remembered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary

from store.persistence.journal import MARKS, Moment
from store.queries.answers.crew_stops import held_by, held_in, promised_of
from store.queries.answers.crew_time import (
    AHEAD,
    hours_between,
    rostered_of,
    since_of,
    work_ended,
    work_ended_of,
)
from store.queries.answers.news_since import moment, written_since
from store.queries.answers.usual_times import UsualTimes

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from store.domain.pace import Pace
    from store.persistence.reader import Reader

_LASTS: Final = timedelta(hours=1)
"""So long; hours that begin later were not read."""
_LEAVE_TIMES: Final = MARKS | {
    *("created", "planned", "assigned", "accepted", "declined", "departed", "arrived", "waited"),
    *("resumed", "finished", "placed", "locked", "unlocked", "followed", "chosen", "noted"),
    *("updated_customer", "chased", "promised", "kept", "reclocked", "recall_seen"),
}
"""Facts after which no other order is closed than before: work takes as long as it did."""
_LEAVE_ALL: Final = frozenset(
    {"view_saved", "view_dropped", "view_restored", "backup_made", "backup_failed", "backup_seen"}
    | {"notice_sent", "session_ended", "automatic_set", "automatic_restored", "handover_offered"}
    | {"handover_noted", "handover_ticked", "handover_accepted", "handover_withdrawn"}
    | {"pack_written", "baseline_frozen", "baseline_chosen"}
)
"""Facts about the desk that say nothing of work and hours."""
_ASKED_ANYHOW: Final = frozenset({"technician", "certificate", "operator"})
"""Registers of which nothing is remembered."""
_HOURS: Final = frozenset({"shift", "absence"})

Span = tuple[datetime, datetime]
Promises = Sequence[tuple[str, int]]


@dataclass(slots=True, kw_only=True)
class Book:
    """What was read, as of when; one that was put away is not changed any more."""

    then: Moment
    at: datetime
    rest: float
    """For how long who has worked rests: so far back it was read whose work has ended."""
    pace: Pace
    rows: dict[int, tuple[Any, ...]] = field(default_factory=dict)
    """What each has to do, of those who were asked about."""
    promised: dict[int, Promises] = field(default_factory=dict)
    hours: dict[tuple[str, int], tuple[Span, ...]] = field(default_factory=dict)
    """Shifts and absences of each."""
    rostered: frozenset[int] | None = None
    ended: tuple[tuple[int, int, int], ...] | None = None
    """Of which order, whose work on it, and when."""
    times: UsualTimes | None = None


class Work:
    """Everybody's work at one moment; what is not remembered is read."""

    def __init__(self, reader: Reader, rest: float, book: Book | None = None) -> None:
        self._reader = reader
        self._rest = rest
        self._book = book or Book(then=Moment(0, "", 0), at=reader.at, rest=rest, pace=reader.pace)

    @property
    def times(self) -> UsualTimes:
        """How long work takes here."""
        if self._book.times is None:
            self._book.times = UsualTimes(self._reader)
        return self._book.times

    def held(self, people: Sequence[int]) -> Mapping[int, tuple[Any, ...]]:
        """What each of some people has to do, as it is kept."""
        rows = self._book.rows
        if more := [who for who in people if who not in rows]:
            self._take(held_by(self._reader, more), more)
        return rows

    @property
    def promised(self) -> Mapping[int, Promises]:
        """What is promised of all that they have to do, and not kept yet."""
        return self._book.promised

    def hours(self, name: str, people: Sequence[int]) -> dict[int, list[Span]]:
        """Shifts or absences from a little while ago to the end of what is looked at."""
        known, at = self._book.hours, self._reader.at
        if more := [who for who in people if (name, who) not in known]:
            until = self._book.at + AHEAD + _LASTS
            found = hours_between(self._reader, name, more, since_of(at), until)
            known |= {(name, who): tuple(found.get(who, ())) for who in more}
        since, until = since_of(at), at + AHEAD
        return {
            who: [one for one in known[name, who] if one[1] > since and one[0] < until]
            for who in people
        }

    @property
    def rostered(self) -> frozenset[int]:
        """Who has shifts at all."""
        if self._book.rostered is None:
            self._book.rostered = rostered_of(self._reader)
        return self._book.rostered

    def worked(self) -> Mapping[int, Sequence[int]]:
        """When the visits of each ended that may still ask for rest."""
        if self._book.ended is None:
            self._book.ended = work_ended_of(self._reader, self._rest)
        return work_ended(self._reader, self._rest, self._book.ended)

    def remember(self) -> None:
        """Put it away for the next question."""
        if self._book.then.seq:
            _books[self._reader.conn.engine] = self._book

    def _take(self, rows: Sequence[Any], people: Sequence[int]) -> None:
        found: defaultdict[int, list[Any]] = defaultdict(list)
        for row in rows:
            found[row.technician_id].append(row)
        self._book.rows |= {who: tuple(found.get(who, ())) for who in people}
        self._book.promised |= promised_of(self._reader, [row[0] for row in rows])

    def renew(self, numbers: Sequence[int]) -> None:
        """Read some orders anew."""
        book, some = self._book, frozenset(numbers)
        fresh = held_in(self._reader, numbers)
        now: dict[int, tuple[Any, ...]] = {}
        for who, rows in book.rows.items():
            if any(row[0] in some for row in rows):
                now[who] = tuple(row for row in rows if row[0] not in some)
        for row in fresh:
            if (who := row.technician_id) in book.rows:
                now[who] = (*now.get(who, book.rows[who]), row)
        book.rows |= now
        for number in numbers:
            book.promised.pop(number, None)
        book.promised |= promised_of(self._reader, [row[0] for row in fresh])
        if book.ended is not None:
            left = (one for one in book.ended if one[0] not in some)
            book.ended = (*left, *work_ended_of(self._reader, self._rest, numbers))


def remembered(reader: Reader, rest: float) -> Work:
    """Everybody's work now, with what is remembered of it."""
    book, at = _books.get(reader.conn.engine), reader.at
    if book is not None and (book.rest, book.pace) == (rest, reader.pace):
        work = _brought_up(reader, book) if book.at <= at < book.at + _LASTS else None
        if work is not None:
            return work
    then = moment(reader)
    return Work(reader, rest, then and Book(then=then, at=at, rest=rest, pace=reader.pace))


def forget() -> None:
    """Read everything anew at the next question."""
    _books.clear()


def _brought_up(reader: Reader, book: Book) -> Work | None:
    """What is remembered, as it is now; None where it cannot be."""
    news = written_since(reader, book.then)
    if news is None:
        return None
    of_orders = [one for one in news if one.number is not None]
    registers = {_register(one) for one in news if one.number is None} - _ASKED_ANYHOW
    then = moment(reader) if news else book.then
    if then is None or not registers <= _HOURS:
        return None
    mine = replace(book, then=then, rows=dict(book.rows), promised=dict(book.promised))
    mine.hours = {} if registers else dict(book.hours)
    mine.rostered = None if registers else book.rostered
    if not all(one.fact in _LEAVE_TIMES for one in of_orders):
        mine.times = None
    work = Work(reader, book.rest, mine)
    if numbers := {one.number for one in of_orders if one.fact not in MARKS}:
        work.renew(sorted(numbers))
    return work


def _register(one: Any) -> str:
    """What was edited; a word of no register where that is not known."""
    if one.fact in _LEAVE_ALL:
        return "technician"
    return str(one.body.get("register")) if one.fact == "register_edited" else ""


_books: WeakKeyDictionary[Engine, Book] = WeakKeyDictionary()
"""By the engine that it was read by."""
