"""Procedures: those that the desk has, and the checklist of one order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.intents import Query

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.order import OrderStep
    from store.domain.sop import Procedure, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureLine:
    """One version of a procedure."""

    kind: str
    version: int
    imported_at: datetime
    procedure: Procedure | None
    """None where a newer program has written it."""
    running: int
    """Orders at the desk, in sight, that have this version."""
    newest: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ListProcedures(Query[tuple[ProcedureLine, ...]]):
    """Every version by kind of work, the newest of each first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureText(Query[tuple[ProcedureLine, str]]):
    """One version with its file; `NameUnknown` where there is none."""

    kind: str
    version: int | None = None
    """None for the newest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """One step of an order."""

    place: int
    """From 1."""
    step: OrderStep
    says: Step | None
    """What its procedure says of it; None where a newer program has written that."""
    due_at: datetime | None
    by: str
    """Who did or skipped it."""
    behind: bool
    """Whether the order has passed its gate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """The procedure of one order as it stands."""

    number: int
    version: int
    """The order's."""
    title: str
    kind: str
    """Whose procedure it is; empty where the order has none."""
    procedure: int
    """Which version of it; 0 for none."""
    steps: tuple[StepLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderSteps(Query[Checklist]):
    """The checklist of one order; `OrderUnknown` where there is none in sight."""

    number: int
