"""One session of a served desk, as it is shown to an administrator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLine:
    """One session as it is shown."""

    number: int
    operator: str
    name: str
    role: str
    address: str
    key: str
    terminal: str
    since: datetime
    typed_at: datetime | None
    """When the last key came; None where none has come yet."""
    bytes_s: int | None
    """Bytes a second of late; None where that was not measured yet."""
    locked: bool
    """Whether nobody typed for so long that its screen is covered."""
    recorded: bool
    """Whether the desk keeps what it shows."""
