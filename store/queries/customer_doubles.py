"""Customers who may be one and the same, and are kept as two."""

from __future__ import annotations

from dataclasses import dataclass

from store.domain.intents import Query


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of two, and how much hangs on him."""

    id: int
    code: str
    name: str
    phone: str
    tier: str
    level: str
    """The code of his own service level; empty for the desk's."""
    orders: int
    people: int
    """Who called for him."""
    contracts: int
    plans: int
    voices: int
    """Complaints and praise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubleLine:
    """Two customers who may be one; the first is the one that was known first."""

    first: Side
    second: Side
    numbers: bool
    """Whether both are called under one number, or somebody of theirs is."""
    names: bool
    """Whether both have the same name, in whatever letters and spaces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerDoubles(Query[tuple[DoubleLine, ...]]):
    """Pairs of customers with a number or a name in common, those with both first.

    Empty to who does not keep the whole register. A number of more than five customers is that of
    a house, and makes nobody a double.
    """

    limit: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What would go from one to the other, as the merge itself tells it."""

    kept: str
    """His code, as that of the one that goes."""
    gone: str
    orders: int
    people: int
    contracts: int
    plans: int
    voices: int
    revisits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WouldMerge(Query[Merged]):
    """What `MergeCustomers` would do now, or refuse as it would; nobody waits for the answer."""

    kept: int | str
    gone: int | str
