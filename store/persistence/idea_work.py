"""Suggestions and their fund in a write transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from store.domain.evolve import evolve
from store.domain.facts import Fact
from store.domain.ideas import FundTooLow, Idea, IdeaChanged, IdeaUnknown
from store.persistence.mapping import table_of
from store.persistence.statements import insert_into
from store.persistence.tables import FundEntryRow, FundRow, IdeaRow
from store.persistence.training_work import TrainingWork
from store.persistence.types import to_ms

if TYPE_CHECKING:
    from datetime import datetime

IDEA, FUND, ENTRY = table_of(IdeaRow), table_of(FundRow), table_of(FundEntryRow)
COLUMNS = {
    name: {"operator": "operator_id", "technician": "technician_id"}.get(name, name)
    for name in Idea.__dataclass_fields__
}
_ONLY = 1
_WORDS = ("text", "reason", "effect")


class IdeaWork(TrainingWork):
    """A suggestion is locked before the fund; the fund's row decides who was first."""

    def idea(self, idea: int, version: int | None = None) -> Idea:
        """One by its id, locked until the end; `IdeaUnknown` out of sight.

        `IdeaChanged` where it is not as it was seen any more.
        """
        self.flush()
        self.hold_promises()
        row = self.conn.execute(
            select(IDEA).where(IDEA.c.id == idea).with_for_update()
        ).one_or_none()
        if row is None or not self._sees_idea(row):
            raise IdeaUnknown(id=idea)
        if version is not None and version != row.version:
            raise IdeaChanged(id=idea)
        return Idea(**{name: getattr(row, column) for name, column in COLUMNS.items()})

    def add_idea(self, idea: Idea) -> Idea:
        """A new one, told as a fact."""
        self.flush()
        row = {c: getattr(idea, n) for n, c in COLUMNS.items() if n != "id"}
        made = self.conn.execute(insert_into(IDEA), row).inserted_primary_key
        new = evolve(idea, id=int(made[0]) if made is not None else 0)
        self._tell_idea("idea_submitted", new)
        return new

    def put_idea(self, fact: str, idea: Idea) -> Idea:
        """One after a step, told as a fact."""
        after = evolve(idea, version=idea.version + 1)
        values = {c: getattr(after, n) for n, c in COLUMNS.items() if n != "id"}
        self.conn.execute(update(IDEA).where(IDEA.c.id == after.id).values(values))
        self._tell_idea(fact, after)
        return after

    def pay(self, amount: int, words: str, *, idea: int | None = None) -> int:
        """Into the fund, or out of it where the amount is below 0; what it has then.

        `FundTooLow` where it would fall below nothing, whoever else pays from it at this moment.
        """
        self.hold_desk()
        if self.conn.execute(select(FUND.c.id)).first() is None:
            self.conn.execute(insert(FUND).values(id=_ONLY, balance=0))
        paid = self.conn.execute(
            update(FUND)
            .where(FUND.c.id == _ONLY, FUND.c.balance + amount >= 0)
            .values(balance=FUND.c.balance + amount)
        )
        balance: int = self.conn.execute(select(FUND.c.balance)).scalar_one()
        if paid.rowcount != 1:
            raise FundTooLow(balance=balance, amount=-amount)
        told = {"at": self.at, "by": self.who.operator, "amount": amount}
        self.conn.execute(insert_into(ENTRY), {**told, "idea_id": idea, "words": words})
        if idea is None:
            said = {"note": words} if words else None
            body = {"amount": amount, "balance": balance}
            self.record(Fact(name="fund_paid", body=body, words=said))
        return balance

    def _sees_idea(self, row: Any) -> bool:
        if self.who.scope.sites is None or row.operator_id == self.who.operator:
            return True
        return row.technician_id is not None and self.sees_technician(row.technician_id)

    def _tell_idea(self, fact: str, idea: Idea) -> None:
        times: dict[str, datetime | None] = {"due_at": idea.due_at}
        body = {
            "idea": idea.id,
            "operator": idea.operator,
            "technician": idea.technician,
            "verdict": idea.verdict,
            "reward": idea.reward,
            **{name: None if at is None else to_ms(at) for name, at in times.items()},
        }
        words = {name: text for name in _WORDS if (text := getattr(idea, name))}
        self.record(Fact(name=fact, body=body, words=words))
