"""Exceptions in a write transaction: each stands in the journal of its order, and rings there."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select

from store.domain.errors import OrderUnknown
from store.domain.evolve import evolve
from store.domain.exception_limits import limit_held, month_of, suffices
from store.domain.exception_refusals import ExceptionChanged, ExceptionUnknown
from store.domain.exceptions import Grant, OrderException
from store.domain.exceptions_told import PLAIN, exception_fact
from store.domain.facts import Fact
from store.domain.moves_common import missed
from store.domain.replay import changes, epoch_ms
from store.domain.targets import ClockKind
from store.domain.waivers import rewaived
from store.persistence.corrective_work import CorrectiveWork
from store.persistence.exception_limits import (
    DELEGATE,
    EXCEPTION,
    LIMIT,
    NO_OPERATOR,
    deciders,
    limits_of,
    spent_by,
)
from store.persistence.journal import JOURNAL
from store.persistence.statements import delete_by, insert_into, send, update_by

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from store.domain.exception_limits import Decider, Limit
    from store.domain.order import WorkOrder

_E = EXCEPTION.c
_COLUMNS = tuple(_E[name] for name in PLAIN)
_NUMBER = select(_E.number).where(_E.id == bindparam("one"))
_ONE = select(*_COLUMNS).where(_E.id == bindparam("one")).with_for_update()
_ASKED = select(_E.asked_at, _E.decide_by).where(
    _E.number == bindparam("number"), _E.state == Grant.ASKED.value
)
_LIVE = (
    select(*_COLUMNS)
    .where(_E.number == bindparam("number"), _E.kind == bindparam("kind"))
    .where(_E.state == Grant.GRANTED.value, _E.expires_at > bindparam("at"))
    .order_by(_E.expires_at, _E.id)
    .with_for_update()
)
_WAIVERS = select(*_COLUMNS).where(
    *(_E[name] == bindparam(name) for name in ("number", "kind", "clock")),
    _E.state == Grant.GRANTED.value,
)
_GRANTS = select(JOURNAL.c.body).where(
    JOURNAL.c.number == bindparam("number"), JOURNAL.c.fact == "exception_granted"
)
_WHOLE = select(JOURNAL.c.at, JOURNAL.c.body).where(
    JOURNAL.c.number == bindparam("number"), JOURNAL.c.fact == "created"
)
_PARTS = select(JOURNAL.c.body).where(
    JOURNAL.c.number == bindparam("number"), JOURNAL.c.fact == "split"
)
_LIMIT = select(LIMIT).where(
    *(LIMIT.c[name] == bindparam(name) for name in ("kind", "role", "operator"))
)
_SIZES = ("each", "month", "count")


def read_exception(row: Any) -> OrderException:
    """A row of all columns as the domain has it."""
    values = {name: getattr(row, name) for name in PLAIN}
    return OrderException(**{**values, "state": Grant(row.state)})


def notes(conn: Connection, number: int) -> frozenset[int]:
    """The waivers on an order that move nothing, by id.

    They were granted before waivers moved anything: their grants tell of no clocks.
    """
    bodies = conn.execute(_GRANTS, {"number": number}).scalars()
    return frozenset(body["exception"] for body in bodies if "clocks" not in body)


def _missed_now(before: WorkOrder, after: WorkOrder) -> list[Fact]:
    """The facts of what was missed, and was not known to be."""
    return [
        missed(now)
        for was, now in zip(before.clocks, after.clocks, strict=True)
        if now.breached_at is not None and was.breached_at is None
    ]


def _values(one: OrderException) -> dict[str, Any]:
    return {name: getattr(one, name) for name in PLAIN} | {"state": one.state.value}


class ExceptionWork(CorrectiveWork):
    """An exception and its order are locked together; its order's sites say who may see it."""

    def exception(self, one: int, version: int | None = None) -> OrderException:
        """An exception by its id, locked; `ExceptionUnknown` outside the asker's sites.

        `ExceptionChanged` where it is not as it was seen any more.
        """
        self.flush()
        number = self.conn.execute(_NUMBER, {"one": one}).scalar_one_or_none()
        try:
            if number is None:
                raise ExceptionUnknown(id=one)
            self.known(number)
        except OrderUnknown:
            raise ExceptionUnknown(id=one) from None
        found = read_exception(self.conn.execute(_ONE, {"one": one}).one())
        if version is not None and version != found.version:
            raise ExceptionChanged(id=one)
        return found

    def live_exceptions(self, number: int, kind: str) -> list[OrderException]:
        """What is granted on an order of a kind and may be used now, what ends first before."""
        self.flush()
        told = {"number": number, "kind": kind, "at": self.at}
        return [read_exception(row) for row in self.conn.execute(_LIVE, told)]

    def own_limit(self, asked: OrderException) -> Limit | None:
        """The asker's limit where it suffices, locked: nobody else spends it until the end."""
        by, limits = self.who.operator, limits_of(self.conn, asked.kind, lock=True)
        held = limit_held(limits, kind=asked.kind, operator=by, role=self.who.role.value)
        if held is None:
            return None
        spent = spent_by(self.conn, by, asked.kind, month_of(self.at, asked.zone))
        return held if suffices(held, asked.size, spent) else None

    def may_grant(self, asked: OrderException) -> tuple[Decider, ...]:
        """Everybody else whose limit suffices; all limits of its kind are locked until the end."""
        limits = limits_of(self.conn, asked.kind, lock=True)
        site = self.known(asked.number).now.site
        return deciders(self.conn, asked, site=site, at=self.at, limits=limits)

    def add_exception(self, asked: OrderException) -> OrderException:
        """A new one, with the moment at which its order rings for it."""
        self.flush()
        row = {name: value for name, value in _values(asked).items() if name != "id"}
        made = self.conn.execute(insert_into(EXCEPTION), row).inserted_primary_key
        new = evolve(asked, id=int(made[0]) if made is not None else 0)
        self._tell_exception("exception_asked", None, new)
        return new

    def put_exception(
        self, fact: str, before: OrderException, after: OrderException
    ) -> OrderException:
        """One after a step."""
        after = evolve(after, version=before.version + 1)
        old, new = _values(before), _values(after)
        changed = tuple(name for name, value in new.items() if value != old[name])
        row = {"k_id": after.id, **{f"v_{name}": new[name] for name in changed}}
        send(self.conn, update_by(EXCEPTION, ("id",), changed), [row])
        self._tell_exception(fact, before, after)
        return after

    def _tell_exception(
        self, name: str, before: OrderException | None, after: OrderException
    ) -> None:
        order = self.known(after.number).now
        asked = self.conn.execute(_ASKED, {"number": after.number}).all()
        first = min(asked, key=lambda row: (row.decide_by, row.asked_at), default=(None, None))
        became = replace(order, exception_at=first[0], exception_by=first[1])
        if after.clock:
            became = self._rewaived(became, after)
        fact = exception_fact(name, before, after)
        body, _words = changes(order, became)
        if after.clock and name == "exception_granted":
            body.setdefault("clocks", [])  # also where another reaches further, see `notes`
        told = Fact(name=name, body={**fact.body, **body}, words=fact.words)
        self.save(order, became, told, *_missed_now(order, became))
        if after.clock and name == "exception_withdrawn":
            self._withdraw_of_parts(after, after.number)

    def _withdraw_of_parts(self, one: OrderException, number: int) -> None:
        """What was split off has the whole's waiver; parts at other sites than the asker's stay."""
        self.flush()
        bodies = self.conn.execute(_PARTS, {"number": number}).scalars().all()
        for part, order in self.orders(body["other"] for body in bodies).items():
            became = self._rewaived(order, one)
            if became.clocks != order.clocks:
                body, _words = changes(order, became)
                told = Fact(name="reclocked", body=body)
                self.save(order, became, told, *_missed_now(order, became))
            self._withdraw_of_parts(one, part)

    def _rewaived(self, order: WorkOrder, one: OrderException) -> WorkOrder:
        granted = self._waivers(one, order.number)
        return rewaived(order, one, granted, rules=self.rules(order), at=self.at)

    def _waivers(self, one: OrderException, number: int) -> list[OrderException]:
        """Those of its clock that are granted on an order and move it, over or not.

        Of a part also those that the whole had by then.
        """
        told = {"number": number, "kind": one.kind, "clock": one.clock}
        found = [read_exception(row) for row in self.conn.execute(_WAIVERS, told)]
        kept = self.notes(number) if found else ()
        moving = [other for other in found if other.id not in kept]
        born = self.conn.execute(_WHOLE, {"number": number}).one_or_none()
        if one.clock == ClockKind.RESOLVE and born is not None and "other" in born.body:
            older = self._waivers(one, born.body["other"])
            moving += (other for other in older if (other.decided_at or self.at) <= born.at)
        return moving

    def notes(self, number: int) -> frozenset[int]:
        """As the function of that name says, of an order."""
        return notes(self.conn, number)

    # -- limits and who stands in ----------------------------------------------------------

    def put_limit(self, limit: Limit, *, drop: bool) -> bool:
        """Set a limit, or take it away; whether that changed anything."""
        self.hold_desk()
        key = {"kind": limit.kind, "role": limit.role, "operator": limit.operator or NO_OPERATOR}
        row = self.conn.execute(_LIMIT, key).one_or_none()
        before = None if row is None else {name: getattr(row, name) for name in _SIZES}
        after = None if drop else {name: asdict(limit)[name] for name in _SIZES}
        if before == after:
            return False
        if row is None:
            send(self.conn, insert_into(LIMIT), [{**key, **(after or {})}])
        elif after is None:
            send(self.conn, delete_by(LIMIT, ("id",)), [{"k_id": row.id}])
        else:
            told = {f"v_{name}": value for name, value in after.items()}
            send(self.conn, update_by(LIMIT, ("id",), _SIZES), [{"k_id": row.id, **told}])
        body = {**key, "before": before, "after": after}
        self.record(Fact(name="exception_limit_set", body=body))
        return True

    def add_delegate(
        self, operator: int, delegate: int, from_at: datetime, until_at: datetime
    ) -> None:
        """Have somebody stand in for another one; whoever did so then does no more."""
        self.hold_desk()
        self.end_delegates(operator)
        told = {"operator": operator, "delegate": delegate}
        row = {**told, "from_at": from_at, "until_at": until_at}
        self.conn.execute(insert_into(DELEGATE), row)
        times = {"from_at": epoch_ms(from_at), "until_at": epoch_ms(until_at)}
        self.record(Fact(name="exception_delegated", body={**told, **times}))

    def end_delegates(self, operator: int) -> int:
        """Nobody stands in for somebody any more; of how many that was still to come."""
        self.hold_desk()
        mine = (DELEGATE.c.operator == operator, DELEGATE.c.until_at > self.at)
        found = self.conn.execute(select(DELEGATE.c.id, DELEGATE.c.delegate).where(*mine)).all()
        for row in found:
            values = {"k_id": row.id, "v_until_at": self.at}
            send(self.conn, update_by(DELEGATE, ("id",), ("until_at",)), [values])
            body = {"operator": operator, "delegate": row.delegate, "until_at": epoch_ms(self.at)}
            self.record(Fact(name="exception_delegate_ended", body=body))
        return len(found)
