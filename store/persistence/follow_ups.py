"""Follow-ups in a write transaction: promised, kept, and minded by the order's next save."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, select

from store.domain.errors import BadInput
from store.domain.facts import Fact
from store.domain.follow_ups import USUAL
from store.domain.replay import changes
from store.domain.words import N_
from store.persistence.inspection_work import InspectionWork
from store.persistence.known import FollowUp, Known
from store.persistence.loading import FOLLOW_UP
from store.persistence.statements import insert_into, send, update_by
from store.persistence.types import to_ms

if TYPE_CHECKING:
    from datetime import datetime

_LAST = select(func.max(FOLLOW_UP.c.place)).where(FOLLOW_UP.c.number == bindparam("number"))

_OUTCOMES = (
    select(FOLLOW_UP.c.outcome)
    .where(FOLLOW_UP.c.number == bindparam("number"), FOLLOW_UP.c.done_at.is_not(None))
    .order_by(FOLLOW_UP.c.place)
)


def minute_of(at: datetime) -> datetime:
    """As much of an instant as a person names."""
    return at.replace(second=0, microsecond=0)


class FollowUpWork(InspectionWork):
    """A promise to come back to a customer; it may outlive the order."""

    def promise_follow_up(
        self,
        number: int,
        *,
        due_at: datetime,
        kind: str = USUAL,
        note: str = "",
        revisit: int | None = None,
    ) -> FollowUp:
        """Promise to come back by a time; returns it with its place.

        What is promised because of a planned `revisit` is no sign of life of the order.
        """
        known = self.known(number)
        place = (self.conn.execute(_LAST, {"number": number}).scalar_one() or 0) + 1
        promise = FollowUp(place=place, due_at=due_at, kind=kind, note=note)
        row = {
            "number": number,
            "place": place,
            "kind": kind,
            "due_at": due_at,
            "note": note,
            "made_by": self.who.operator,
            "made_at": self.at,
        }
        send(self.conn, insert_into(FOLLOW_UP), [row])
        known.follow_ups = (*known.follow_ups, promise)
        body = {"place": place, "due_at": to_ms(due_at)}
        said = {"kind": "" if kind == USUAL else kind, "note": note}
        words = {name: text for name, text in said.items() if text}
        if revisit is None:
            self._tell(known, "promised", body, words)
        else:
            fact = Fact(name="promised", body=body | {"revisit": revisit}, words=words)
            self.save(known.now, known.now, fact)
        return promise

    def follow_up_of(self, number: int, *, due_at: datetime, kind: str) -> FollowUp | None:
        """The open follow-up of that kind that is due in the same minute; None where none is."""
        same = minute_of(due_at)
        held = self.known(number).follow_ups
        return next((p for p in held if p.kind == kind and minute_of(p.due_at) == same), None)

    def outcomes_of(self, number: int) -> list[str | None]:
        """What came of the calls to an order's customer, the newest last."""
        return list(self.conn.execute(_OUTCOMES, {"number": number}).scalars())

    def first_follow_up(self, number: int) -> int:
        """The open follow-up that is due first; one for now where there is none."""
        held = self.known(number).follow_ups
        if not held:
            return self.promise_follow_up(number, due_at=self.at).place
        return min(held, key=lambda promise: (promise.due_at, promise.place)).place

    def kind_of_follow_up(self, number: int, place: int) -> str:
        """What an open follow-up is for; the usual where it is not open any more."""
        held = self.known(number).follow_ups
        return next((promise.kind for promise in held if promise.place == place), USUAL)

    def keep_follow_up(self, number: int, place: int, *, outcome: str = "") -> None:
        """The follow-up was done; BadInput when no such one is open."""
        known = self.known(number)
        if not any(promise.place == place for promise in known.follow_ups):
            raise BadInput(
                where=N_("follow-up"),
                wrong=N_("order {number} has no open follow-up {place}").format(
                    number=number, place=place
                ),
                right=N_("choose one that is still open"),
            )
        kept = update_by(FOLLOW_UP, ("number", "place"), ("done_at", "done_by", "outcome"))
        row = {
            "k_number": number,
            "k_place": place,
            "v_done_at": self.at,
            "v_done_by": self.who.operator,
            "v_outcome": outcome,
        }
        send(self.conn, kept, [row])
        known.follow_ups = tuple(p for p in known.follow_ups if p.place != place)
        self._tell(known, "kept", {"place": place}, {"outcome": outcome} if outcome else {})

    def _tell(self, known: Known, name: str, body: dict[str, Any], words: dict[str, str]) -> None:
        after = replace(known.now, progress_at=max(known.now.progress_at, self.at))
        set_body, _ = changes(known.now, after)
        self.save(known.now, after, Fact(name=name, body=body | set_body, words=words or None))
