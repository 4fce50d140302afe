"""Both sides of a change as a journal tells them: columns of a row, moments as milliseconds."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from store.persistence.types import from_ms, to_ms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def plain(row: Any, names: Iterable[str]) -> dict[str, Any]:
    """Some columns of a row."""
    return {name: _told(getattr(row, name)) for name in names}


def as_told(values: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Some values that columns are given."""
    return {name: _told(values[name]) for name in names}


def kept(side: Mapping[str, Any]) -> dict[str, Any]:
    """One side as columns are given it."""
    return {
        name: from_ms(value) if value is not None and _is_moment(name) else value
        for name, value in side.items()
    }


def _told(value: Any) -> Any:
    return to_ms(value) if isinstance(value, datetime) else value


def _is_moment(name: str) -> bool:
    return name.endswith(("_at", "_until"))
