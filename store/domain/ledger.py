"""Why this deadline: the working stretches and pauses from the start to the due time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING

from store.domain.clockwork import Goal, Pause, due, elapsed, merged, remaining
from store.domain.localtime import in_seconds
from store.domain.targets import Target
from store.domain.words import N_

if TYPE_CHECKING:
    from store.domain.calendar import Calendar

FEW = 56
"""So many stretches and pauses are shown one by one; of more, the two ends."""
_END = 24


class EntryKind(StrEnum):
    """What a line of the ledger tells."""

    START = "start"
    WORK = "work"
    MORE_WORK = "more_work"
    UNKNOWN = "unknown"
    PAUSE = "pause"
    MORE_PAUSES = "more_pauses"
    UNTIL = "until"
    SPENT = "spent"
    LEFT = "left"
    DUE = "due"


ENTRY_LABELS: Mapping[EntryKind, str] = {
    EntryKind.START: N_("the clock starts"),
    EntryKind.WORK: N_("working time"),
    EntryKind.MORE_WORK: N_("more working time"),
    EntryKind.UNKNOWN: N_("holidays not known from here on"),
    EntryKind.PAUSE: N_("paused, not counted"),
    EntryKind.MORE_PAUSES: N_("more pauses, not counted"),
    EntryKind.UNTIL: N_("counted until here"),
    EntryKind.SPENT: N_("the target is spent"),
    EntryKind.LEFT: N_("left when the pause ends"),
    EntryKind.DUE: N_("due"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the ledger."""

    kind: EntryKind
    from_at: datetime
    to_at: datetime | None
    """None while a pause has no end."""
    seconds: int | float
    """Working time: counted for work, left out for a pause, 0 for a mere moment."""
    running_total: int | float
    """The working seconds counted by the end of this line."""
    stretches: int = 1
    """How many stretches or pauses the line stands for."""
    days: int | None = None
    """The target, where it is in working days."""


@dataclass(frozen=True, slots=True)
class _Piece:
    kind: EntryKind
    from_at: datetime
    to_at: datetime | None
    work: timedelta
    number: int = 1


def ledger(
    calendar: Calendar,
    start: datetime,
    goal: Goal | None,
    until: datetime | None = None,
    pauses: Iterable[Pause] = (),
    pausable: bool = True,
    known_before: datetime | None = None,
) -> tuple[Entry, ...]:
    """The deadline explained, or where there is no target the time that has run by `until`.

    With `known_before`, a line says from where on the calendar's holidays are not known.
    The seconds of WORK and MORE_WORK sum to the target when there is a due time (for a target in
    days: to the working time up to that day), else to what had run when the clock was paused.
    """
    held = merged(pauses, start) if pausable else ()
    due_at = None if goal is None else due(calendar, start, goal, held)
    end = due_at or _stop(held, start, None if goal is not None else until)
    lanes = _lanes(calendar, [pause for pause in held if pause[0] < end], start, end)
    total = elapsed(calendar, start, end, held)
    pieces = _told(lanes, total, calendar.between(start, end) - total)
    if known_before is not None and known_before < end:
        pieces = _with_edge(pieces, max(start, known_before), end)
    book = _Book(start)
    for piece in pieces:
        book.write(piece)
    if goal is None:
        book.note(EntryKind.UNTIL, end, timedelta())
    elif due_at is not None:
        book.note(EntryKind.SPENT, end, total, goal.days if isinstance(goal, Target) else None)
        book.note(EntryKind.DUE, end, timedelta())
    else:
        book.hold(end, remaining(calendar, start, goal, end, held))
    return tuple(book.entries)


class _Book:
    """Entries as they are written, with the total so far."""

    def __init__(self, start: datetime) -> None:
        self.entries: list[Entry] = []
        self._total = timedelta()
        self.note(EntryKind.START, start, timedelta())

    def write(self, piece: _Piece) -> None:
        if piece.kind in {EntryKind.WORK, EntryKind.MORE_WORK}:
            self._total += piece.work
        self._line(piece)

    def note(self, kind: EntryKind, at: datetime, work: timedelta, days: int | None = None) -> None:
        self._line(_Piece(kind, at, at, work), days)

    def hold(self, at: datetime, left: timedelta) -> None:
        self._line(_Piece(EntryKind.PAUSE, at, None, timedelta()))
        self.note(EntryKind.LEFT, at, left)

    def _line(self, piece: _Piece, days: int | None = None) -> None:
        self.entries.append(
            Entry(
                kind=piece.kind,
                from_at=piece.from_at,
                to_at=piece.to_at,
                seconds=in_seconds(piece.work),
                running_total=in_seconds(self._total),
                stretches=piece.number,
                days=days,
            )
        )


class _Lane(Sequence[_Piece]):
    """The working stretches between two pauses."""

    def __init__(self, calendar: Calendar, begins: datetime, ends: datetime) -> None:
        self._stretches = calendar.stretches(begins, ends)

    def __len__(self) -> int:
        return len(self._stretches)

    def __getitem__(self, index: int) -> _Piece:  # type: ignore[override]  # lanes are not sliced
        opens, closes = self._stretches[index]
        return _Piece(EntryKind.WORK, opens, closes, closes - opens)


def _lanes(
    calendar: Calendar, held: Sequence[Pause], start: datetime, end: datetime
) -> list[Sequence[_Piece]]:
    """Work and pauses in turn, each made only when looked at."""
    lanes: list[Sequence[_Piece]] = []
    at = start
    for begins, ends in held:
        to_at = end if ends is None else ends
        lost = calendar.between(begins, min(to_at, end))
        lanes += [_Lane(calendar, at, begins), [_Piece(EntryKind.PAUSE, begins, ends, lost)]]
        at = to_at
    return [*lanes, _Lane(calendar, at, max(at, end))]


def _told(lanes: list[Sequence[_Piece]], worked: timedelta, paused: timedelta) -> list[_Piece]:
    """The pieces one by one where they are few, else both ends and the sums of the middle."""
    number = sum(len(lane) for lane in lanes)
    forward = (piece for lane in lanes for piece in lane)
    if number <= FEW:
        return list(_joined(forward))
    backward = (piece for lane in reversed(lanes) for piece in reversed(lane))
    head, tail = list(islice(forward, _END)), list(islice(backward, _END))[::-1]
    pauses = sum(len(lane) for lane in lanes[1::2])
    middle = [
        _rest(EntryKind.WORK, EntryKind.MORE_WORK, head, tail, (number - pauses, worked)),
        _rest(EntryKind.PAUSE, EntryKind.MORE_PAUSES, head, tail, (pauses, paused)),
    ]
    return [*_joined(head), *(piece for piece in middle if piece.number), *_joined(tail)]


def _with_edge(pieces: list[_Piece], edge: datetime, end: datetime) -> list[_Piece]:
    """The pieces with a line between those that begin before the edge and those after."""
    place = next((n for n, piece in enumerate(pieces) if piece.from_at >= edge), len(pieces))
    beyond = _Piece(EntryKind.UNKNOWN, edge, end, timedelta())
    return [*pieces[:place], beyond, *pieces[place:]]


def _rest(
    kind: EntryKind,
    more: EntryKind,
    head: list[_Piece],
    tail: list[_Piece],
    whole: tuple[int, timedelta],
) -> _Piece:
    """What the middle holds of one kind: all of it without the two ends."""
    told = [piece for piece in (*head, *tail) if piece.kind is kind]
    work = whole[1] - sum((piece.work for piece in told), timedelta())
    from_at = head[-1].to_at or head[-1].from_at
    return _Piece(more, from_at, tail[0].from_at, work, whole[0] - len(told))


def _joined(pieces: Iterable[_Piece]) -> Iterator[_Piece]:
    """Stretches that touch, as at midnight, drawn together."""
    held: _Piece | None = None
    for piece in pieces:
        if held is None:
            held = piece
        elif held.kind is piece.kind is EntryKind.WORK and held.to_at == piece.from_at:
            held = _Piece(EntryKind.WORK, held.from_at, piece.to_at, held.work + piece.work)
        else:
            yield held
            held = piece
    if held is not None:
        yield held


def _stop(held: tuple[Pause, ...], start: datetime, until: datetime | None) -> datetime:
    """Where the counting stops without a due time: at `until`, or at the pause without an end."""
    if until is not None:
        return max(start, until)
    return held[-1][0] if held else start
