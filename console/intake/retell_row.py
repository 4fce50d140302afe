"""One row that is a whole order, told as the steps that led to it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING

from console.intake.framing import begun, target_of
from console.intake.paths import BY_TECHNICIAN, LAST_OF, ON_THE_WAY, PATHS, PUT_IN, SINCE, TIMES
from store.commands.inputs import instant
from store.domain.lifecycle import STATES, Category, Move, State
from store.domain.targets import ClockKind

if TYPE_CHECKING:
    from collections import Counter

    from console.intake.framing import Frame, Ids
    from console.intake.mapping import Picture
    from console.intake.telling import Telling
    from store.domain.history import History


def retell_row(picture: Picture, ids: Ids, frame: Frame) -> tuple[History, Counter[str]]:
    """The history that one row tells: how the order came to its state, with honest times."""
    due_at = picture.times.get("due_at")
    fixed = frame.own and "first_due_at" in picture.times and target_of(picture) is None
    if fixed or not (picture.text("level") and due_at):
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
        self._held = pauses_of(picture.text("pauses"))
        returns = [to_at for _, to_at, kind in self._held if kind == "closed"]
        got_at = picture.times.get("assigned_at")
        # Nobody got it after it came back for the first time.
        self._once = got_at is not None and all(to_at and got_at < to_at for to_at in returns)
        returned = bool(returns) and not self._once
        # Of an order that returned the times are those of its last visit, and not of the first.
        self._times = {
            name: at for name, at in picture.times.items() if not (returned and name in _ON_VISIT)
        }
        self._path = PATHS[self._state]
        self._telling = begun([picture], ids, frame, due_at)

    def tell(self) -> Telling:
        """Every step of the path, as far as the row tells of it."""
        telling, state = self._telling, self._state
        last = LAST_OF.get(state)
        if self._technician is None and last in BY_TECHNICIAN:
            telling.oddities["with nobody named"] += 1
            telling.note(f"{self._said}, with nobody named", telling.last)
        if self._path[:1] == (Move.ASSIGN,) and self._comes_first():
            self._next()
        self._pause()
        over = STATES[state].category in (Category.DONE, Category.CANCELLED)
        if over and not any(name in self._times for name in (*TIMES[LAST_OF[state]], SINCE)):
            telling.oddities["over, but not since when"] += 1
            telling.note(f"{self._said} at an unknown time", telling.last)
            telling.let_go()
        while self._path:
            if telling.order.state is not state or state is State.WAITING:
                self._step(self._path[0])
            self._path = self._path[1:]
        telling.remember(
            self._picture.times.get("first_due_at"), self._picture.times.get("missed_at")
        )
        return telling

    def _comes_first(self) -> bool:
        """Whether the technician got it before it waited, as far as anything tells."""
        if self._held and (at := self._times.get("assigned_at")) is not None:
            return at <= min(from_at for from_at, _, _ in self._held)
        return not self._assigned_since()

    def _assigned_since(self) -> bool:
        """Whether the technician got it after all that it waited for."""
        since = self._times.get(SINCE)
        over = all(to_at is not None and since and to_at < since for _, to_at, _ in self._held)
        return self._state is State.ASSIGNED and since is not None and over

    def _next(self) -> None:
        move, *rest = self._path
        self._path = tuple(rest)
        self._step(move)

    def _until(self, moment: datetime) -> None:
        """Take the steps of the visit that were taken by then."""
        while self._path and self._path[0] in BY_TECHNICIAN:
            at = self._told(self._path[0])
            if at is None or at > moment:
                return
            # Somebody can get an order that waits; whatever else happens as it ends comes after.
            if at == moment and self._path[0] is not Move.ASSIGN and not self._at_work():
                return
            self._next()

    def _at_work(self) -> bool:
        return STATES[self._telling.order.state].category is Category.OPEN

    def _told(self, move: Move) -> datetime | None:
        last = move is LAST_OF[self._state]
        names = (*TIMES.get(move, ()), SINCE) if last else TIMES.get(move, ())
        return next((self._times[name] for name in names if name in self._times), None)

    def _step(self, move: Move) -> None:
        last, told = move is LAST_OF[self._state], self._told(move)
        if move in BY_TECHNICIAN and self._technician is None:
            return
        if told is None and move in ON_THE_WAY and not last:
            return
        if move is Move.WAIT and self._telling.order.state is State.WAITING:
            return
        at = told or self._telling.last
        _take(self._telling, move, at, self._picture, self._technician, self._frame)

    def _pause(self) -> None:
        """Waits and returns that an export tells of."""
        for from_at, to_at, kind in self._held:
            self._until(from_at)
            steps = (Move.FINISH, Move.REOPEN) if kind == "closed" else (Move.WAIT, Move.RESUME)
            reason = self._picture.text("reason") or kind
            if steps[0] is Move.WAIT:
                wake_at = self._picture.times.get("wake_at")
                self._telling.wait(from_at, reason, wake_at, self._frame.wake_after_h)
            else:
                self._telling.move(steps[0], from_at)
            if to_at is not None:
                self._until(to_at)
                self._telling.move(steps[1], to_at, reason=reason)
                if kind == "closed" and self._technician is not None and not self._stayed(to_at):
                    self._return(to_at)

    def _return(self, at: datetime) -> None:
        """Somebody got it again after it came back: when, is told of the last time only."""
        got_at = self._picture.times.get("assigned_at")
        if self._once:
            return
        if got_at is None or got_at < at:
            self._telling.move(Move.ASSIGN, at, technician=self._technician)
        elif all(from_at <= at for from_at, _, kind in self._held if kind == "closed"):
            self._times = dict(self._picture.times)
            self._path = (Move.ASSIGN, *(move for move in self._path if move is not Move.ASSIGN))
        else:
            self._telling.move(Move.ASSIGN, at, technician=self._technician)

    def _stayed(self, at: datetime) -> bool:
        """Whether nobody had it from this return on until it came to where it stands."""
        back = self._state is State.REOPENED and self._times.get(SINCE, at) == at
        return back or self._assigned_since()


_ON_VISIT = frozenset(name for move in BY_TECHNICIAN for name in TIMES[move])


def pauses_of(text: str) -> list[tuple[datetime, datetime | None, str]]:
    """The pauses of an exported order; an unreadable list tells of none.

    BadInput for a time that no calendar reaches.
    """
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
    return instant(at, "pauses")


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
    elif move in PUT_IN and (technician is None or move is not Move.DECLINE):
        told = picture.text("reason") if frame.own else reason
        telling.put_in(*PUT_IN[move], at, told)
    elif move is Move.ASSIGN:
        telling.move(move, at, technician=technician)
    elif move is Move.FINISH:
        telling.move(move, at, note=picture.text("reason"))
    else:
        telling.move(move, at, reason=reason)
