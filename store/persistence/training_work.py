"""Trainings in a write transaction: facts of the desk, in sight of whoever sees the technician."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from store.domain.dispatch.papers import folded_name
from store.domain.evolve import evolve
from store.domain.facts import Fact
from store.domain.trainings import Training, TrainingChanged, TrainingUnknown
from store.persistence import reminders
from store.persistence.plan_work import PlanWork
from store.persistence.registers import KEPT
from store.persistence.reminders import TRAINING
from store.persistence.statements import insert_into, send, update_by
from store.persistence.types import to_ms

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from store.domain.reminders import Reminded

COLUMNS = {
    name: {"technician": "technician_id", "skill": "skill_id"}.get(name, name)
    for name in Training.__dataclass_fields__
}
_WORDS = ("topic", "trainer", "result", "certificate")
_TIMES = ("planned_at", "held_at", "valid_until")


class TrainingWork(PlanWork):
    """A training is locked before its technician, and he before what he masters and holds."""

    def training(self, training: int, version: int | None = None) -> Training:
        """One by its id, locked until the end; `TrainingUnknown` out of sight.

        `TrainingChanged` where it is not as it was seen any more.
        """
        self.flush()
        self.hold_promises()
        asked = select(TRAINING).where(TRAINING.c.id == training).with_for_update()
        row = self.conn.execute(asked).one_or_none()
        if row is None or not self.sees_technician(row.technician_id):
            raise TrainingUnknown(id=training)
        if version is not None and version != row.version:
            raise TrainingChanged(id=training)
        return Training(**{name: getattr(row, column) for name, column in COLUMNS.items()})

    def add_training(self, fact: str, training: Training) -> Training:
        """A new one, told as a fact."""
        self.flush()
        row = {c: getattr(training, n) for n, c in COLUMNS.items() if n != "id"}
        row |= {"made_at": self.at, "made_by": self.who.operator}
        if training.held_at is not None:
            row["ended_by"] = self.who.operator
        made = self.conn.execute(insert_into(TRAINING), row).inserted_primary_key
        new = evolve(training, id=int(made[0]) if made is not None else 0)
        self._tell_training(fact, new)
        return new

    def put_training(self, fact: str, training: Training) -> Training:
        """One after a step, told as a fact."""
        after = evolve(training, version=training.version + 1)
        names = (
            *("version", "planned_at", "state", "held_at", "result", "skill", "level"),
            *("certificate", "valid_until"),
        )
        row: dict[str, Any] = {f"v_{COLUMNS[name]}": getattr(after, name) for name in names}
        row |= {"k_id": after.id, "v_ended_by": self.who.operator}
        columns = (*(COLUMNS[name] for name in names), "ended_by")
        send(self.conn, update_by(TRAINING, ("id",), columns), [row])
        self._tell_training(fact, after)
        return after

    def paper_called(self, technician: int, name: str) -> str:
        """As a certificate of his is written already, whatever its case; else as it is given."""
        held = KEPT["certificate"].c
        his = select(held.name).where(held.technician_id == technician).order_by(held.id)
        same = (one for one in self.conn.execute(his).scalars() if folded_name(one, name))
        return next(same, name)

    def raise_reminders(self) -> list[Reminded]:
        """Ring for every certificate and training that is due."""
        return reminders.ring(self)

    def acknowledge_reminders(
        self, wanted: Collection[tuple[str, int]] | None = None, *, rings: int | None = None
    ) -> tuple[str, ...]:
        """Silence some by kind and id, or all in sight; what those are about that rang."""
        return reminders.acknowledge(self, wanted, rings=rings)

    def _tell_training(self, fact: str, training: Training) -> None:
        times: dict[str, datetime | None] = {n: getattr(training, n) for n in _TIMES}
        body = {
            "training": training.id,
            "technician": training.technician,
            "subject": training.subject,
            "state": training.state,
            "skill": training.skill,
            "level": training.level,
            **{name: None if at is None else to_ms(at) for name, at in times.items()},
        }
        words = {name: text for name in _WORDS if (text := getattr(training, name))}
        self.record(Fact(name=fact, body=body, words=words or None))
