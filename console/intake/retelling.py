"""From pictures to a history: one row that is a whole order, or many that are its events."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from console.intake.telling import Telling
from store.domain.facts import canonical
from store.domain.lifecycle import STATES, Category, Move, State
from store.domain.order import WorkOrder
from store.domain.targets import ClockKind

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from console.intake.mapping import Picture
    from store.domain.history import History
    from store.domain.rules import Rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Ids:
    """The store's ids of the names in a file."""

    sites: Mapping[str, int] = field(default_factory=dict)
    customers: Mapping[str, int] = field(default_factory=dict)
    technicians: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What is the same for every order of a file."""

    source: str
    by: int
    at: datetime
    """When the file is read: promises broken by now do not ring any more."""
    promises: Callable[[str], tuple[int | None, Rules]]
    """A service level's id and rules by its code; an empty code promises nothing."""
    level: str = ""
    wake_after_h: int = 24


PATHS: Mapping[State, tuple[Move, ...]] = {
    State.NEW: (),
    State.ASSIGNED: (Move.ASSIGN,),
    State.ACCEPTED: (Move.ASSIGN, Move.ACCEPT),
    State.EN_ROUTE: (Move.ASSIGN, Move.ACCEPT, Move.DEPART),
    State.ON_SITE: (Move.ASSIGN, Move.ACCEPT, Move.DEPART, Move.ARRIVE),
    State.DECLINED: (Move.ASSIGN, Move.DECLINE),
    State.WAITING: (Move.ASSIGN, Move.ACCEPT, Move.DEPART, Move.ARRIVE, Move.WAIT),
    State.DONE: (Move.ASSIGN, Move.ACCEPT, Move.DEPART, Move.ARRIVE, Move.FINISH),
    State.VERIFIED: (
        Move.ASSIGN, Move.ACCEPT, Move.DEPART, Move.ARRIVE, Move.FINISH, Move.VERIFY,
    ),
    State.CLOSED: (
        Move.ASSIGN, Move.ACCEPT, Move.DEPART, Move.ARRIVE, Move.FINISH, Move.VERIFY, Move.CLOSE,
    ),
    State.REOPENED: (Move.ASSIGN, Move.FINISH, Move.REOPEN),
    State.CANCELLED: (Move.ASSIGN, Move.CANCEL),
    State.DUPLICATE: (Move.ASSIGN, Move.DUPLICATE),
}  # fmt: skip
"""By which steps a row that is a whole order came to its state."""

TIMES: Mapping[Move, tuple[str, ...]] = {
    Move.ASSIGN: ("assigned_at", "opened_at"),
    Move.ACCEPT: ("accepted_at",),
    Move.DEPART: ("departed_at",),
    Move.ARRIVE: ("arrived_at",),
    Move.WAIT: ("waiting_at",),
    Move.FINISH: ("done_at", "closed_at"),
    Move.VERIFY: ("verified_at",),
    Move.CLOSE: ("closed_at", "verified_at", "done_at"),
    Move.CANCEL: ("closed_at",),
    Move.DUPLICATE: ("closed_at",),
    Move.REOPEN: ("closed_at",),
}
"""The columns that tell when a step was taken, best first."""

_ON_THE_WAY = frozenset({Move.ACCEPT, Move.DEPART, Move.ARRIVE, Move.VERIFY})
"""Steps that a later state does not prove; they are told only where the file gives their time."""
_SINCE = "state_since"
"""Tells when the last step was taken, where no column of its own does."""
_LAST_OF = {state: path[-1] for state, path in PATHS.items() if path}
_BY_TECHNICIAN = frozenset({Move.ASSIGN, Move.ACCEPT, Move.DEPART, Move.ARRIVE})
_PUT_IN: Mapping[Move, tuple[State, str]] = {
    Move.DUPLICATE: (State.DUPLICATE, "duplicated"),
    Move.DECLINE: (State.DECLINED, "declined"),
}
"""Steps that need what a file may not tell: which original, which technician."""


def mark_of(pictures: Sequence[Picture]) -> str:
    """A digest of all that the rows of an order say, to know them again."""
    said = [
        [p.texts, {n: t.isoformat() for n, t in p.times.items()}, p.priority, p.state, p.said,
         p.reopened, p.sequence, p.point, p.notes]
        for p in pictures
    ]  # fmt: skip
    return hashlib.sha256(canonical(said).encode()).hexdigest()[:16]


def retell_row(picture: Picture, ids: Ids, frame: Frame) -> tuple[History, Counter[str]]:
    """The history that one row tells: how the order came to its state, with honest times."""
    due_at = picture.times.get("due_at")
    if not (picture.text("level") and due_at):
        telling = _Row(picture, ids, frame, due_at).tell()
        return telling.end(at=frame.at), telling.oddities
    # The level may have made this promise itself; if it comes to another time, the row's is kept.
    telling = _Row(picture, ids, frame, None).tell()
    told = telling.end(at=frame.at)
    if all(c.due_at != due_at for c in told.order.clocks if c.kind is ClockKind.RESOLVE):
        telling = _Row(picture, ids, frame, due_at).tell()
        told = telling.end(at=frame.at)
    return told, telling.oddities


class _Row:
    """One row on its way to its state."""

    def __init__(self, picture: Picture, ids: Ids, frame: Frame, due_at: datetime | None) -> None:
        self._picture, self._frame = picture, frame
        self._state = picture.state or State.NEW
        self._said = picture.said or self._state.value
        self._technician = ids.technicians.get(picture.text("technician"))
        self._telling = _begun([picture], ids, frame, due_at)

    def tell(self) -> Telling:
        """Every step of the path, as far as the row tells of it."""
        telling, state = self._telling, self._state
        last = _LAST_OF.get(state)
        if self._technician is None and last in _BY_TECHNICIAN:
            telling.oddities["with nobody named"] += 1
            telling.note(f"{self._said}, with nobody named", telling.last)
        path = PATHS[state]
        if path[:1] == (Move.ASSIGN,):
            self._step(Move.ASSIGN)
            path = path[1:]
        self._pause()
        over = STATES[state].category in (Category.DONE, Category.CANCELLED)
        if over and not any(name in self._picture.times for name in (*TIMES[path[-1]], _SINCE)):
            telling.oddities["over, but not since when"] += 1
            telling.note(f"{self._said} at an unknown time", telling.last)
            telling.let_go()
        for move in path:
            if telling.order.state is not state or state is State.WAITING:
                self._step(move)
        return telling

    def _step(self, move: Move) -> None:
        times, last = self._picture.times, move is _LAST_OF[self._state]
        names = (*TIMES.get(move, ()), _SINCE) if last else TIMES.get(move, ())
        told = next((times[name] for name in names if name in times), None)
        if move in _BY_TECHNICIAN and self._technician is None:
            return
        if told is None and move in _ON_THE_WAY and not last:
            return
        if move is Move.WAIT and self._telling.order.state is State.WAITING:
            return
        at = told or self._telling.last
        _take(self._telling, move, at, self._picture, self._technician, self._frame)

    def _pause(self) -> None:
        """Waits and returns that an export tells of."""
        for from_at, to_at, kind in _pauses(self._picture.text("pauses")):
            steps = (Move.FINISH, Move.REOPEN) if kind == "closed" else (Move.WAIT, Move.RESUME)
            reason = self._picture.text("reason") or kind
            if steps[0] is Move.WAIT:
                wake_at = self._picture.times.get("wake_at")
                self._telling.wait(from_at, reason, wake_at, self._frame.wake_after_h)
            else:
                self._telling.move(steps[0], from_at)
            if to_at is not None:
                self._telling.move(steps[1], to_at, reason=reason)
                if kind == "closed" and self._technician is not None:
                    self._telling.move(Move.ASSIGN, to_at, technician=self._technician)


def _pauses(text: str) -> list[tuple[datetime, datetime | None, str]]:
    """The pauses of an exported order; an unreadable list tells of none."""
    try:
        read = [
            (_instant(from_at), None if to_at is None else _instant(to_at), str(kind))
            for from_at, to_at, kind in json.loads(text or "[]")
        ]
    except (ValueError, TypeError, OverflowError, RecursionError):
        return []
    return read


def _instant(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(text)
    return at.astimezone(UTC)


def _take(
    telling: Telling,
    move: Move,
    at: datetime,
    picture: Picture,
    technician: int | None,
    frame: Frame,
) -> None:
    reason = picture.text("reason") or picture.said or move.value
    if move is Move.WAIT:
        telling.wait(at, reason, picture.times.get("wake_at"), frame.wake_after_h)
    elif move in _PUT_IN and (technician is None or move is not Move.DECLINE):
        telling.put_in(*_PUT_IN[move], at, reason)
    elif move is Move.ASSIGN:
        telling.move(move, at, technician=technician)
    else:
        telling.move(move, at, reason=reason)
        if move is Move.FINISH and picture.text("reason"):
            telling.note(picture.text("reason"), at)


def retell_events(
    pictures: Sequence[Picture], ids: Ids, frame: Frame
) -> tuple[History, Counter[str]]:
    """The history that the events of an order tell, in the order of their times."""
    events = sorted(pictures, key=lambda p: (p.times["event_at"], p.sequence, p.line))
    due_at = next((p.times["due_at"] for p in events if "due_at" in p.times), None)
    telling = _begun(events, ids, frame, due_at)
    before: Picture | None = None
    for event in events:
        _Event(telling, before, event, ids, frame).happen()
        before = event
    return telling.end(at=frame.at), telling.oddities


class _Event:
    """One event of an order: what differs from the event before, told as steps."""

    def __init__(
        self, telling: Telling, before: Picture | None, now: Picture, ids: Ids, frame: Frame
    ) -> None:
        self._telling, self._before, self._now = telling, before, now
        self._ids, self._frame = ids, frame
        self._at = max(now.times["event_at"], now.times["opened_at"])
        self._technician = ids.technicians.get(now.text("technician"))

    def happen(self) -> None:
        """Tell it; an event that changes nothing that the map reads leaves a bare note."""
        entries = self._telling.told
        if self._before is not None:
            self._differ(self._before)
        if self._reopens():
            reason = self._now.text("reason") or self._now.said or "reopened"
            self._telling.move(Move.REOPEN, self._at, reason=reason)
        self._hand_over()
        for move in self._steps():
            self._step(move)
        if self._now.state is None:
            self._telling.oddities["state not understood"] += 1
            self._telling.note(f"state {self._now.said}", self._at)
        if self._before is not None and self._telling.told == entries:
            self._telling.note("", self._at)

    def _differ(self, before: Picture) -> None:
        now, at = self._now, self._at
        if now.priority != before.priority:
            self._telling.prioritise(now.priority, at)
        fields = {n: now.text(n) for n in ("title", "description", "kind") if now.text(n)}
        changed: dict[str, object] = {n: v for n, v in fields.items() if v != before.text(n)}
        for name, ids in (("site", self._ids.sites), ("customer", self._ids.customers)):
            if now.text(name) and now.text(name) != before.text(name):
                changed[name] = ids.get(now.text(name))
        if changed:
            self._telling.edit(changed, at)
        for name, text in now.notes.items():
            if text != before.notes.get(name, ""):
                self._telling.note(f"{name}: {before.notes.get(name, '')} -> {text}", at)

    def _reopens(self) -> bool:
        """Whether the file counts one more return, or is back at work after the end."""
        if not self._telling.is_over:
            return False
        more = self._before is not None and self._now.reopened > self._before.reopened
        state = self._now.state
        if state is None:
            return more
        return STATES[state].category in (Category.OPEN, Category.WAITING)

    def _hand_over(self) -> None:
        telling, technician = self._telling, self._technician
        if technician is None or technician == telling.holder:
            return
        if not telling.is_over:
            telling.move(Move.ASSIGN, self._at, technician=technician)
        elif self._before is None or self._now.text("technician") != self._before.text(
            "technician"
        ):
            telling.note(f"technician: {self._now.text('technician')}", self._at)

    def _steps(self) -> Iterator[Move]:
        """What leads from where the order stands to where the event says it stands."""
        wanted, stands = self._now.state, self._telling.order.state
        if wanted is None or (wanted is stands and wanted is not State.WAITING):
            return
        if stands is State.WAITING:
            if wanted is State.WAITING and self._reason() == self._telling.order.reason:
                return
            if STATES[wanted].category in (Category.OPEN, Category.WAITING):
                yield Move.RESUME
        for move in PATHS[wanted]:
            if move in _SKIPPED or not self._leads_on(move, wanted):
                continue
            yield move

    def _leads_on(self, move: Move, wanted: State) -> bool:
        stands = self._telling.order.state
        if move is Move.FINISH:
            return not self._telling.is_over
        if move is Move.VERIFY:
            return wanted is State.VERIFIED
        if move in _REACHED:
            return (
                move is _LAST_OF[wanted]
                and stands is not _REACHED[move]
                and (self._telling.holder is not None)
            )
        return True

    def _step(self, move: Move) -> None:
        reason = self._reason()
        if move is Move.WAIT:
            wake_at = self._now.times.get("wake_at")
            self._telling.wait(self._at, reason, wake_at, self._frame.wake_after_h)
        elif move in _PUT_IN and (self._telling.holder is None or move is not Move.DECLINE):
            self._telling.put_in(*_PUT_IN[move], self._at, reason)
        elif move is Move.RESUME:
            self._telling.move(move, self._at)
        else:
            self._telling.move(move, self._at, reason=reason)

    def _reason(self) -> str:
        return self._now.text("reason") or self._now.said or "?"


_SKIPPED = frozenset({Move.ASSIGN})
"""Told by the technician's name instead."""
_REACHED: Mapping[Move, State] = {
    Move.ACCEPT: State.ACCEPTED,
    Move.DEPART: State.EN_ROUTE,
    Move.ARRIVE: State.ON_SITE,
}


def _begun(pictures: Sequence[Picture], ids: Ids, frame: Frame, due_at: datetime | None) -> Telling:
    first = pictures[0]
    opened_at = first.times["opened_at"]
    level, rules = frame.promises(first.text("level") or frame.level)
    order = WorkOrder(
        number=0,
        external_id=first.external_id,
        source=first.text("source") or frame.source,
        title=first.text("title"),
        description=first.text("description"),
        kind=first.text("kind"),
        priority=first.priority,
        state_since=opened_at,
        site=ids.sites.get(first.text("site")),
        customer=ids.customers.get(first.text("customer")),
        level=level,
        opened_at=opened_at,
        created_at=opened_at,
        progress_at=opened_at,
    )
    return Telling(order, by=frame.by, rules=rules, resolve_by=due_at, mark=mark_of(pictures))
