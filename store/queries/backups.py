"""How backups are made by themselves, and what came of the last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.intents import Query

if TYPE_CHECKING:
    from store.domain.backups import BackupPlan, BackupTold


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupsNow:
    """The plan and how it goes."""

    plan: BackupPlan
    told: BackupTold
    alarm: str | None
    """What is wrong; None while all is well, or none are to be made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backups(Query[BackupsNow]):
    """The same for every asker."""
