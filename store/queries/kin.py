"""Who an order has to do with, as its card shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.lifecycle import State


@dataclass(frozen=True, slots=True, kw_only=True)
class KinLine:
    """A parent, a child, a linked order, or one that goes on instead."""

    number: int
    title: str
    state: State
    customer: str | None = None
    told_at: datetime | None = None
    """When its customer last had word from the desk."""
    incident: bool = False
    """Whether it is a major incident."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPromise:
    """A call that was promised on a duplicate, and is still owed."""

    due_at: datetime
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateLine:
    """One that asked for the same: what the order that goes on must not lose of it."""

    number: int
    title: str
    description: str
    """In the customer's words."""
    opened_at: datetime
    chased: int
    customer: str | None
    caller: str | None
    phone: str | None
    """The caller's, else the customer's."""
    told_at: datetime | None
    notes: tuple[str, ...] = ()
    """What was written down about it, the newest last."""
    promises: tuple[OpenPromise, ...] = ()
