"""When an order at the desk is likely the one that a caller asks for: a rule, and no more.

What is known to be elsewhere is another fault, however alike the words. Days are counted from when
the other one was asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from store.domain.words import N_

AS_ASSET: Final = timedelta(days=30)
AS_KIND: Final = timedelta(days=7)
AS_WORDS: Final = timedelta(days=14)
AS_WORDS_ANYWHERE: Final = timedelta(days=3)

SHARED: Final = 60.0
"""Percent of words that are shared by two orders of one site, where one may say more."""
SAME: Final = 80.0
"""Percent that they must be the same where it is not known whether the sites are."""


class Why(StrEnum):
    """Why an order is likely the same, the strongest first."""

    ASSET = "asset"
    KIND = "kind"
    WORDS = "words"


WHY_LABELS: Final = {
    Why.ASSET: N_("same asset"),
    Why.KIND: N_("same kind, same site"),
    Why.WORDS: N_("alike words"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What can be compared of an order; None and an empty text are not known."""

    site: int | None = None
    customer: int | None = None
    asset: int | None = None
    kind: str = ""


def why_likely(new: Fault, old: Fault, *, age: timedelta, shared: float, same: float) -> Why | None:
    """Why they are likely the same; None where they are not. Likenesses in percent."""
    if new.asset is not None and new.asset == old.asset:
        return Why.ASSET if age <= AS_ASSET else None
    known = new.site is not None and old.site is not None
    if known and new.site != old.site:
        return None
    if known and new.kind and new.kind.casefold() == old.kind.casefold() and age <= AS_KIND:
        return Why.KIND
    near = known or (new.customer is not None and new.customer == old.customer)
    if near and shared >= SHARED and age <= AS_WORDS:
        return Why.WORDS
    return Why.WORDS if same >= SAME and age <= AS_WORDS_ANYWHERE else None
