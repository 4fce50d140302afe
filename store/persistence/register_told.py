"""What the journal keeps of who is who, with its values: whom dispatch and rights rest on.

Of all else in the registers it keeps only which fields changed.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from store.persistence.types import to_ms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Table

TOLD: Mapping[str, tuple[str, ...]] = {
    "operator": ("role", "active", "everywhere"),
    "operator_key": ("operator_id", "fingerprint", "revoked_at"),
    "technician": ("active",),
    "certificate": ("technician_id", "expires_at"),
    "work_kind": ("skill_id", "level"),
    "department": (),
    "customer": ("level_id", "erased_at", "merged_into"),
    "contract": (
        *("customer_id", "level_id", "first_day", "last_day", "zone", "starts_at", "ends_at"),
        *("renew_day", "outcome", "decided_at", "decided_by"),
    ),
    "customer_care": (
        *("customer_id", "lead_operator_id", "lead_technician_id", "contact_id"),
        *("from_s", "to_s", "call_ahead"),
    ),
}
"""By register, the columns whose values are told: ids, states and times."""

WORDS: Mapping[str, tuple[str, ...]] = {
    "certificate": ("name",),
    "technician": ("carries",),
    "work_kind": ("certificate",),
    "contract": ("words",),
    "department": ("code", "name", "name_zh"),
}
"""Columns whose text is told apart from what is hashed."""

HELD: Mapping[str, tuple[str, str | None]] = {
    "operator_site": ("site_id", None),
    "technician_skill": ("skill_id", "level"),
    "technician_region": ("region_id", None),
    "technician_wish": ("customer_id", "wish"),
}
"""Tables whose rows are told as one list: of which things, and how well each."""


def of_new(register: str, table: Table, given: Mapping[str, Any]) -> dict[str, Any]:
    """What is told of a new entry, with what it has of itself where nothing is given."""
    told = {name: given.get(name, _usual(table, name)) for name in TOLD.get(register, ())}
    return {name: plain(value) for name, value in told.items()}


def of_alike(
    register: str, table: Table, rows: Iterable[Mapping[str, Any]]
) -> dict[str, Any] | None:
    """What is told of many new entries at once: only where it is the same of all."""
    if register not in TOLD:
        return None
    told = [of_new(register, table, row) for row in rows]
    return told[0] if all(one == told[0] for one in told) else None


def of_changes(register: str, changes: Mapping[str, Any]) -> dict[str, Any]:
    """What is told of a change."""
    return {n: plain(value) for n, value in changes.items() if n in TOLD.get(register, ())}


def words_of(register: str, given: Mapping[str, Any]) -> dict[str, str] | None:
    """The text that is told apart."""
    return {n: str(given[n]) for n in WORDS.get(register, ()) if given.get(n)} or None


def of_held(table: str, held: Mapping[Any, int]) -> dict[str, Any]:
    """What is told of a list: ids, each with how well, in their order."""
    if table not in HELD:
        return {}
    return {"held": sorted([item, value] for item, value in held.items())}


def plain(value: Any) -> Any:
    """A column's value as JSON has it: instants in ms since 1970."""
    return to_ms(value) if isinstance(value, datetime) else value


def _usual(table: Table, name: str) -> Any:
    default: Any = table.c[name].default
    return None if default is None else default.arg
