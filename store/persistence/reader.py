"""What a query is given: a connection that sees one moment, and who asks when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from store.domain.who import Who
    from store.persistence.database import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """One read transaction; it cannot write."""

    conn: Connection
    who: Who
    at: datetime
    kind: Kind
