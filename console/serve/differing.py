"""What is another in an answer than in the one before, so that a session is told no more.

    patched(old, difference(old, new)) == new     # and what is the same is the very same object

Rows of a list are told by their places in the list before, or whole.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Same:
    """Nothing is another."""


@dataclass(frozen=True, slots=True)
class Whole:
    """Everything may be."""

    value: Any


@dataclass(frozen=True, slots=True)
class Fields:
    """Some of its fields are."""

    changes: tuple[tuple[str, Difference], ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of these pieces: of the list before from one place to another, or rows themselves."""

    pieces: tuple[tuple[int, int] | list[Any], ...]


Difference = Same | Whole | Fields | Rows

SAME = Same()


def difference(old: Any, new: Any) -> Difference:
    """What makes the new one of the old one."""
    if type(old) is not type(new):
        return Whole(new)
    if isinstance(new, tuple) and type(new) is tuple:
        return SAME if old == new else _rows(old, new)
    if old == new:
        return SAME
    if is_dataclass(new) and all(field.init for field in fields(new)):
        named = ((field.name, _field(old, new, field.name)) for field in fields(new))
        return Fields(tuple((name, told) for name, told in named if told is not SAME))
    return Whole(new)


def patched(old: Any, told: Difference) -> Any:
    """The new one."""
    if isinstance(told, Same):
        return old
    if isinstance(told, Whole):
        return told.value
    if isinstance(told, Fields):
        return replace(
            old, **{name: patched(getattr(old, name), part) for name, part in told.changes}
        )
    made: list[Any] = []
    for piece in told.pieces:
        made += old[piece[0] : piece[1]] if isinstance(piece, tuple) else piece
    return tuple(made)


def _field(old: Any, new: Any, name: str) -> Difference:
    return difference(getattr(old, name), getattr(new, name))


def _rows(old: tuple[Any, ...], new: tuple[Any, ...]) -> Difference:
    try:
        places = {row: place for place, row in enumerate(old)}
    except TypeError:  # what has no hash stays where it is, or is told
        places = None
    pieces: list[Any] = []
    for here, row in enumerate(new):
        if places is not None:
            place = places.get(row)
        else:
            place = here if here < len(old) and old[here] == row else None
        last = pieces[-1] if pieces else None
        if place is None or type(old[place]) is not type(row):
            if isinstance(last, list):
                last.append(row)
            else:
                pieces.append([row])
        elif isinstance(last, tuple) and last[1] == place:
            pieces[-1] = (last[0], place + 1)
        else:
            pieces.append((place, place + 1))
    return Rows(tuple(pieces))
