"""Actions in a write transaction: each stands in the journal of its order, and rings there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, exists, or_, select

from store.domain.corrective import OPEN, Corrective, Finding, Stage, Why
from store.domain.corrective_refusals import ActionChanged, ActionUnknown
from store.domain.corrective_told import PLAIN, step_fact
from store.domain.errors import OrderUnknown
from store.domain.evolve import evolve
from store.domain.facts import Fact
from store.domain.replay import changes
from store.domain.who import SYSTEM_OPERATOR, Right, Who
from store.persistence.admitting import admitted
from store.persistence.mapping import table_of
from store.persistence.statements import insert_into, send, update_by
from store.persistence.survey_work import SurveyWork
from store.persistence.tables.corrective import CorrectiveRow, CorrectiveWhyRow

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection

    from store.domain.effects import Effect, Taken

CORRECTIVE, WHY = table_of(CorrectiveRow), table_of(CorrectiveWhyRow)

_COLUMNS = tuple(CORRECTIVE.c[name] for name in PLAIN)
_IS_OPEN = CORRECTIVE.c.stage.in_([stage.value for stage in OPEN])
_NUMBER = select(CORRECTIVE.c.number).where(CORRECTIVE.c.id == bindparam("action"))
_ONE = select(*_COLUMNS).where(CORRECTIVE.c.id == bindparam("action")).with_for_update()
_OF_ORDER = select(*_COLUMNS).where(CORRECTIVE.c.number == bindparam("number"), _IS_OPEN)


def stands_for(found_at: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether an action sees to what was found then: it is open, or ended by seeing to that."""
    ended = and_(CORRECTIVE.c.stage == Stage.CLOSED.value, CORRECTIVE.c.found_at == found_at)
    return or_(_IS_OPEN, ended)


def has_action(number: ColumnElement[Any], found_at: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether an action sees to the bad answer of an order that came then."""
    return exists().where(
        *(CORRECTIVE.c.finding == Finding.ANSWER.value, CORRECTIVE.c.finding_id == number),
        stands_for(found_at),
    )


_STANDING = (
    select(CORRECTIVE.c.id)
    .where(CORRECTIVE.c.finding == bindparam("finding"))
    .where(CORRECTIVE.c.finding_id == bindparam("finding_id"))
    .where(stands_for(bindparam("found_at", type_=CORRECTIVE.c.found_at.type)))
)
_WHYS = (
    select(WHY.c.action, WHY.c.text, WHY.c.evidence)
    .where(WHY.c.action.in_(bindparam("actions", expanding=True)))
    .order_by(WHY.c.action, WHY.c.place)
)


def read_actions(conn: Connection, rows: Sequence[Any]) -> list[Corrective]:
    """Rows of all columns as the domain has them, with their answers to "why"."""
    whys: dict[int, list[Why]] = {row.id: [] for row in rows}
    if rows:
        for action, told, evidence in conn.execute(_WHYS, {"actions": [row.id for row in rows]}):
            whys[action].append(Why(text=told, evidence=evidence))
    return [_read(row, tuple(whys[row.id])) for row in rows]


def _read(row: Any, whys: tuple[Why, ...]) -> Corrective:
    values = {name: getattr(row, name) for name in PLAIN}
    return Corrective(**{**values, "stage": Stage(row.stage), "whys": whys})


def _values(action: Corrective) -> dict[str, Any]:
    return {name: getattr(action, name) for name in PLAIN} | {"stage": action.stage.value}


class CorrectiveWork(SurveyWork):
    """An action and its order are locked together; its order's sites say who may see it."""

    measure: Callable[[Effect], Taken]
    """What a figure comes to for the whole desk, by the question that everybody asks."""

    def corrective(self, action: int, version: int | None = None) -> Corrective:
        """An action by its id, locked until the end; `ActionUnknown` outside the asker's sites.

        `ActionChanged` where it is not as it was seen any more.
        """
        self.flush()
        number = self.conn.execute(_NUMBER, {"action": action}).scalar_one_or_none()
        try:
            if number is None:
                raise ActionUnknown(id=action)
            self.known(number)
        except OrderUnknown:
            raise ActionUnknown(id=action) from None
        row = self.conn.execute(_ONE, {"action": action}).one()
        if version is not None and version != row.version:
            raise ActionChanged(id=action)
        return read_actions(self.conn, [row])[0]

    def action_of(self, finding: str, finding_id: int, found_at: datetime) -> int | None:
        """The action that some finding has: any open one, or the one that it was closed by."""
        asked = {"finding": finding, "finding_id": finding_id, "found_at": found_at}
        return self.conn.execute(_STANDING, asked).scalars().first()

    def may_dispatch(self, operator: int, site: int | None) -> bool:
        """Whether an operator is a person who dispatches and sees this site, as of now."""
        known = admitted(self.conn, Who(operator=operator))
        person = operator != SYSTEM_OPERATOR
        return person and known.may(Right.DISPATCH) and known.scope.covers(site)

    def add_corrective(self, action: Corrective) -> Corrective:
        """A new action, with the moment at which its order rings for it."""
        self.flush()
        row = {name: value for name, value in _values(action).items() if name != "id"}
        made = self.conn.execute(insert_into(CORRECTIVE), row).inserted_primary_key
        new = evolve(action, id=int(made[0]) if made is not None else 0)
        self._tell_action("action_opened", None, new)
        return new

    def put_corrective(self, fact: str, before: Corrective, after: Corrective) -> Corrective:
        """An action after a step."""
        after = evolve(after, version=before.version + 1)
        old, new = _values(before), _values(after)
        changed = tuple(name for name, value in new.items() if value != old[name])
        row = {"k_id": after.id, **{f"v_{name}": new[name] for name in changed}}
        send(self.conn, update_by(CORRECTIVE, ("id",), changed), [row])
        for place, why in enumerate(after.whys[len(before.whys) :], len(before.whys) + 1):
            told = {"action": after.id, "place": place, "text": why.text, "evidence": why.evidence}
            send(self.conn, insert_into(WHY), [told])
        self._tell_action(fact, before, after)
        return after

    def _tell_action(self, name: str, before: Corrective | None, after: Corrective) -> None:
        order = self.known(after.number).now
        rows = self.conn.execute(_OF_ORDER, {"number": after.number}).all()
        rings = [one.rings_at for one in read_actions(self.conn, rows)]
        first = min((at for at in rings if at is not None), default=None)
        became = replace(order, action_by=first)
        fact = step_fact(name, before, after)
        body, _words = changes(order, became)
        self.save(order, became, Fact(name=name, body={**fact.body, **body}, words=fact.words))
