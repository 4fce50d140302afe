"""Who calls: customers, and people who called before, found while the operator types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.intents import Query

if TYPE_CHECKING:
    from store.domain.callers import By


@dataclass(frozen=True, slots=True, kw_only=True)
class CallerLine:
    """One who may be calling: a customer, or a person for him or for nobody known."""

    by: By
    """What of him was asked for."""
    customer: int | None
    code: str
    name: str
    """The customer's; code and name are empty where nobody knows for whom he calls."""
    phone: str
    """The customer's own number."""
    tier: str
    contact: int | None = None
    person: str = ""
    """The name of somebody who called before."""
    person_phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallersLike(Query[tuple[CallerLine, ...]]):
    """Who is meant by a number in any writing, a name, its pinyin or initials, or a code.

    Numbers come first, then codes, names, and what sounds so.
    """

    text: str
    limit: int = 6
