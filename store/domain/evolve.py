"""A frozen row with some fields changed, at half the price of `dataclasses.replace`."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable

    Get = Callable[[Any], Any]
    Set = Callable[[Any, Any], None]

Row = TypeVar("Row")


def evolve(row: Row, **changes: Any) -> Row:
    """The same as `dataclasses.replace`, for slotted rows that check nothing when they are made."""
    kind: Any = type(row)
    made: Row = object.__new__(kind)
    for name, read, write in _slots(kind):
        write(made, changes.pop(name) if name in changes else read(row))
    if changes:
        raise TypeError(f"{kind.__name__} has no field {', '.join(changes)}")
    return made


@cache
def _slots(kind: type[Any]) -> tuple[tuple[str, Get, Set], ...]:
    """Each field with its slot's own reader and writer: the frozen class guards the other way."""
    found = [(field.name, getattr(kind, field.name)) for field in fields(kind)]
    return tuple(
        (name, cast("Get", slot.__get__), cast("Set", slot.__set__)) for name, slot in found
    )
