"""Whose a public key is, and which keys an operator has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.intents import Query

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyLine:
    """One key with who is behind it."""

    fingerprint: str
    kind: str
    body: str
    comment: str
    added_at: datetime
    revoked_at: datetime | None
    operator: int
    code: str
    name: str
    role: str
    everywhere: bool
    """Whether he sees all sites."""
    sites: tuple[str, ...]
    """The codes of the sites that he sees where he does not see all."""
    retired: bool

    @property
    def revoked(self) -> bool:
        """Whether it opens nothing: revoked itself, or its operator does not work here."""
        return self.retired or self.revoked_at is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeysOf(Query[tuple[KeyLine, ...]]):
    """Keys in the order in which they were added, revoked ones too: none or one by fingerprint.

    Only who administers operators is told of the keys of others.

    A door asks again on every news of the desk: who is revoked is told of as any change is.
    """

    fingerprint: str = ""
    """Empty means all."""
    operator: str = ""
    """A code; empty means everybody's."""
    limit: int = 500
