"""Many rows that are the events of one order, told as steps in the order of their times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.intake.framing import begun
from console.intake.paths import LAST_OF, PATHS, PUT_IN
from store.domain.lifecycle import STATES, Category, Move, State

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator, Mapping, Sequence

    from console.intake.framing import Frame, Ids
    from console.intake.mapping import Picture
    from console.intake.telling import Telling
    from store.domain.history import History

_SKIPPED = frozenset({Move.ASSIGN})
"""Told by the technician's name instead."""
_REACHED: Mapping[Move, State] = {
    Move.ACCEPT: State.ACCEPTED,
    Move.DEPART: State.EN_ROUTE,
    Move.ARRIVE: State.ON_SITE,
}


def retell_events(
    pictures: Sequence[Picture], ids: Ids, frame: Frame
) -> tuple[History, Counter[str]]:
    """The history that the events of an order tell, in the order of their times."""
    events = sorted(pictures, key=lambda p: (p.times["event_at"], p.sequence, p.line))
    due_at = next((p.times["due_at"] for p in events if "due_at" in p.times), None)
    telling = begun(events, ids, frame, due_at)
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
        if now.texts != before.texts:
            changed = self._corrected(before)
            if changed:
                self._telling.edit(changed, at)
        if now.notes != before.notes:
            for name, text in now.notes.items():
                if text != before.notes.get(name, ""):
                    self._telling.note(f"{name}: {before.notes.get(name, '')} -> {text}", at)

    def _corrected(self, before: Picture) -> dict[str, object]:
        now = self._now
        fields = {n: now.text(n) for n in ("title", "description", "kind") if now.text(n)}
        changed: dict[str, object] = {n: v for n, v in fields.items() if v != before.text(n)}
        for name, ids in (("site", self._ids.sites), ("customer", self._ids.customers)):
            if now.text(name) and now.text(name) != before.text(name):
                changed[name] = ids.get(now.text(name))
        return changed

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
                move is LAST_OF[wanted]
                and stands is not _REACHED[move]
                and (self._telling.holder is not None)
            )
        return True

    def _step(self, move: Move) -> None:
        reason = self._reason()
        if move is Move.WAIT:
            wake_at = self._now.times.get("wake_at")
            self._telling.wait(self._at, reason, wake_at, self._frame.wake_after_h)
        elif move in PUT_IN and (self._telling.holder is None or move is not Move.DECLINE):
            self._telling.put_in(*PUT_IN[move], self._at, reason)
        elif move is Move.RESUME:
            self._telling.move(move, self._at)
        else:
            self._telling.move(move, self._at, reason=reason)

    def _reason(self) -> str:
        return self._now.text("reason") or self._now.said or "?"
