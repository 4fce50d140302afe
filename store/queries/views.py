"""Saved views: what there are, and how many orders are in each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.intents import Query

if TYPE_CHECKING:
    from datetime import tzinfo


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One named query."""

    id: int
    name: str
    query: str
    sort: str
    descending: bool
    shared: bool
    """Whether everybody sees it, or the asker alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListViews(Query[tuple[View, ...]]):
    """The asker's views by name, his own before those of all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountViews(Query[Mapping[int, int | None]]):
    """How many orders fit each view, by its id; None where they are more than are counted.

    A view whose query this program cannot read is left out.
    """

    zone: tzinfo | None = None
    """Whose wall clock days are counted by; None is this machine's."""
