"""An exception: leave to deviate on one order, from asking for it to its last use; as it stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


class Deviation(StrEnum):
    """What an exception is about."""

    PRICE = "price"
    OVERTIME = "overtime"
    SCOPE = "scope"
    WAIVER = "waiver"
    STEP = "step"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviationSpec:
    """What a kind of exception is called, and what is said of it."""

    label: str
    size: str = ""
    """In what it is measured; empty where one is just one."""
    about: str = ""
    """What is said of it besides; empty for nothing."""


DEVIATIONS: Mapping[Deviation, DeviationSpec] = {
    Deviation.PRICE: DeviationSpec(label=N_("price"), size=N_("amount of money")),
    Deviation.OVERTIME: DeviationSpec(label=N_("overtime"), size=N_("hours")),
    Deviation.SCOPE: DeviationSpec(label=N_("scope"), about=N_("what is done besides")),
    Deviation.WAIVER: DeviationSpec(label=N_("deadline waiver"), about=N_("which SLA clock")),
    Deviation.STEP: DeviationSpec(label=N_("skipped step"), about=N_("which step")),
}


class Grant(StrEnum):
    """How an exception stands."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    USED = "used"
    EXPIRED = "expired"
    """Granted and not used up by its end; no row says so, since time alone brings it about."""


GRANTS: Mapping[Grant, str] = {
    Grant.ASKED: N_("asked"),
    Grant.GRANTED: N_("granted"),
    Grant.REFUSED: N_("refused"),
    Grant.WITHDRAWN: N_("withdrawn"),
    Grant.USED: N_("used up"),
    Grant.EXPIRED: N_("expired"),
}
LIVE: Final = (Grant.ASKED, Grant.GRANTED)
"""How those stand of which something is still to come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderException:
    """An exception whole. `about`, `reason`, `decision` and `used_for` are outside text, safe."""

    id: int
    version: int
    number: int
    """Its order: it rings there, and whoever sees that order sees it."""
    kind: str
    """One of `Deviation`."""
    size: float | None
    """Money or hours, see `DEVIATIONS`; None where one is just one."""
    clock: str
    """Which SLA clock is waived; empty for other kinds."""
    about: str
    reason: str
    state: Grant
    asked_by: int
    asked_at: datetime
    decide_by: datetime
    """By when somebody is to have decided; then it goes one up."""
    expires_at: datetime
    """Until when it may be used."""
    zone: str
    """Whose months its limits count in."""
    decided_by: int | None = None
    decided_at: datetime | None = None
    decision: str = ""
    """What was said when it was granted, refused or withdrawn."""
    limit_of: int | None = None
    """The operator by whose limit it was granted: whoever did it, or whom he stands in for."""
    limit_role: str = ""
    """The role that this limit is of; empty for one of his own."""
    limit_each: float | None = None
    """How large one may be by it; None for any size."""
    month: str = ""
    """The month in which it was granted, `2026-11`: it counts there."""
    used: float = 0.0
    """How much of its size was used."""
    uses: int = 0
    used_at: datetime | None = None
    used_for: str = ""
    """What the last use was."""

    @property
    def left(self) -> float | None:
        """How much of its size may still be used; None where it has none."""
        return None if self.size is None else round(self.size - self.used, 2)

    def stands(self, at: datetime) -> Grant:
        """How it stands at an instant."""
        over = self.state is Grant.GRANTED and at >= self.expires_at
        return Grant.EXPIRED if over else self.state


RUNGS: Final = 3
"""How often at most an exception that nobody decides goes one up, and rings for it."""
RISK: Final = 75
"""The level of the ring before its time is over: after three quarters of it."""


def risk_at(asked_at: datetime, decide_by: datetime) -> datetime:
    """When an exception that nobody has decided is at risk."""
    return asked_at + (decide_by - asked_at) * RISK / 100


def rings_of(asked_at: datetime, decide_by: datetime) -> tuple[tuple[int, datetime], ...]:
    """Each level at which it rings, with its moment: at risk, overdue, and each time it goes up."""
    span = decide_by - asked_at
    late = ((100 + rung, decide_by + span * rung) for rung in range(RUNGS))
    return ((RISK, risk_at(asked_at, decide_by)), *late)


def rung_at(asked_at: datetime, decide_by: datetime, *, at: datetime) -> int:
    """How many times it has gone up by then, 0 before its time is over."""
    if at < decide_by:
        return 0
    span = decide_by - asked_at
    return min(RUNGS, 1 + int((at - decide_by) / span)) if span else RUNGS
