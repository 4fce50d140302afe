"""What an administrator told every console, and which pack is ready."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from store.domain.intents import Query

if TYPE_CHECKING:
    from datetime import datetime

KEPT = timedelta(minutes=30)
"""For so long a notice is told to whoever comes in; whoever was there keeps it until he has read
it.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One of them."""

    seq: int
    at: datetime
    by: str
    """The name of whoever sent it."""
    text: str
    """What he said; of a pack its period."""
    pack: str = ""
    """One of `PackKind` where a pack of the asker's sites is ready; else somebody said something.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Notices(Query[tuple[Notice, ...]]):
    """Those of the last half hour, oldest first; everybody is told, of whatever sites he is."""
