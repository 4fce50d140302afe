"""Orders at the desk that a caller likely means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.intents import Query

if TYPE_CHECKING:
    from store.domain.likely import Why
    from store.queries.board import BoardLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Likely:
    """One of them."""

    line: BoardLine
    why: Why
    chased: int
    """How often it was chased already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LikelyOrders(Query[tuple[Likely, ...]]):
    """The live orders that one is likely a duplicate of, the likeliest first.

    Site, customer and asset by code or name; what means none or several is taken as not known. The
    caller as written, name and number in any order: one number in any writing is one caller.
    """

    title: str
    site: str = ""
    guessed_site: str = ""
    """Where nobody has said that it is: orders there stand further up, others are found as well."""
    customer: str = ""
    asset: str = ""
    kind: str = ""
    caller: str = ""
    limit: int = 3
