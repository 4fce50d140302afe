"""When an order at the desk is likely the one that a caller asks for: a rule, and no more.

What is known to be elsewhere is another fault, however alike the words. Days are counted from when
the other one was asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from store.domain.fault_places import elsewhere
from store.domain.fault_words import Words, same, shared
from store.domain.words import N_

AS_ASSET: Final = timedelta(days=30)
AS_KIND: Final = timedelta(days=7)
AS_WORDS: Final = timedelta(days=14)
AS_WORDS_ANYWHERE: Final = timedelta(days=3)
AS_CALLER: Final = timedelta(days=1)
JUST_NOW: Final = timedelta(minutes=30)
"""Whoever calls again so soon mostly means the same, in whatever words."""

SHARED: Final = 60.0
"""Percent of words that are shared by two orders of one site, customer or caller."""
SAME: Final = 80.0
"""Percent that they must be the same where it is not known whether the sites are."""
SPELLED: Final = 80.0
"""Percent of the letters that are the same where one of the two was mistyped."""


class Why(StrEnum):
    """Why an order is likely the same."""

    ASSET = "asset"
    CALLER = "caller"
    KIND = "kind"
    CUSTOMER = "customer"
    WORDS = "words"


WHY_LABELS: Final = {
    Why.ASSET: N_("same asset"),
    Why.CALLER: N_("same caller"),
    Why.KIND: N_("same kind, same site"),
    Why.CUSTOMER: N_("same customer, just now"),
    Why.WORDS: N_("alike words"),
}
_WORTH: Final = {
    Why.ASSET: 60.0,
    Why.CALLER: 50.0,
    Why.KIND: 20.0,
    Why.CUSTOMER: 10.0,
    Why.WORDS: 0.0,
}
"""Percent of alike words that a reason is worth when the likeliest are chosen."""
_SITE_WORTH: Final = 15.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What can be compared of an order; None and an empty text are not known."""

    words: Words
    site: int | None = None
    customer: int | None = None
    asset: int | None = None
    kind: str = ""


def why_likely(
    new: Fault, old: Fault, *, age: timedelta, called: bool, spelled: float, alone: bool = False
) -> Why | None:
    """Why they are likely the same; None where they are not.

    Whether one person called for both, in percent how alike they are spelled, and whether it is all
    that the customer of both asked for just now: whoever asks for much means something else.
    """
    there = new.site is not None and new.site == old.site
    kind = new.kind.casefold()
    whose = new.customer is not None and new.customer == old.customer
    one_trade = not _two_trades(new.words, old.words)
    reasons: tuple[tuple[Why, timedelta, bool], ...] = (
        (Why.CALLER, AS_CALLER, called and _may_be_one(new.words, old.words)),
        (Why.CALLER, JUST_NOW, called and one_trade),
        (Why.KIND, AS_KIND, there and kind != "" and kind == old.kind.casefold()),
        _alike(new, old, near=there or called, spelled=spelled),
        (Why.CUSTOMER, JUST_NOW, whose and alone and one_trade),
    )
    if new.asset is not None and new.asset == old.asset:
        reasons = ((Why.ASSET, AS_ASSET, True),)
    elif _apart(new, old):
        reasons = ()
    return next((why for why, within, holds in reasons if holds and age <= within), None)


def likeliness(new: Fault, old: Fault, why: Why) -> float:
    """Which of several is the likeliest: the one with the most points."""
    alike = (shared(new.words, old.words) + same(new.words, old.words)) / 2
    there = _SITE_WORTH if new.site is not None and new.site == old.site else 0.0
    return alike + there + _WORTH[why]


def _alike(new: Fault, old: Fault, *, near: bool, spelled: float) -> tuple[Why, timedelta, bool]:
    """Fewer words do where both are of one site, customer or caller."""
    customers = {new.customer, old.customer} - {None}
    if near or (len(customers) == 1 and new.customer == old.customer):
        alike = shared(new.words, old.words) >= SHARED or spelled >= SPELLED
        return Why.WORDS, AS_WORDS, alike
    alike = len(customers) < len((new, old)) and same(new.words, old.words) >= SAME
    return Why.WORDS, AS_WORDS_ANYWHERE, alike


def _apart(new: Fault, old: Fault) -> bool:
    """Whether it is known that they are in two places: sites, or floors, lifts, rooms of one."""
    sites = new.site is not None and old.site is not None and new.site != old.site
    return sites or elsewhere(new.words.places, old.words.places)


def _may_be_one(new: Words, old: Words) -> bool:
    """Whether the words of one caller within a day may mean one thing: not two trades' work."""
    if new.trades and old.trades:
        return not _two_trades(new, old)
    return not new.trades or shared(new, old) > 0  # who names nothing asks after what he named


def _two_trades(new: Words, old: Words) -> bool:
    """Whether each names work, and no trade does both."""
    return bool(new.trades and old.trades) and new.trades.isdisjoint(old.trades)
