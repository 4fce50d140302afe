"""Files that orders have, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.attachments import FileNow
from store.domain.intents import Query

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLine:
    """One file of an order as it was attached, and how it stands on this machine now."""

    seq: int
    """The journal entry that tells of it."""
    name: str
    path: str
    size: int
    sha256: str
    modified_at: datetime
    note: str
    now: FileNow


@dataclass(frozen=True, slots=True, kw_only=True)
class CountFiles(Query[Mapping[FileNow, int]]):
    """How many of the files that orders have stand so on this machine now."""
