"""A command as plain values and back, so that it can wait on disk; pure.

What is read makes only the store's own commands of plain values: a file can name no other code.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from enum import Enum
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from store.domain.intents import Command
from store.domain.words import Word

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_PLAIN: Final = (str, int, float, bool, type(None))
_SIGN: Final = "$"
_DEEPEST: Final = 8
"""Levels of values in values; a command has three."""


def written_command(command: Command) -> dict[str, Any]:
    """Its name and its fields; TypeError for what could not be read back."""
    return {"name": type(command).__name__, "fields": _fields(command)}


def read_command(kept: Any) -> Command:
    """The same command; ValueError, TypeError or KeyError where it is none of the store's."""
    from store.commands import HANDLERS

    known = {kind.__name__: kind for kind in HANDLERS}
    kind = known[kept["name"]]
    return kind(**{str(name): _read(value, 0) for name, value in kept["fields"].items()})


def _fields(value: Any) -> dict[str, Any]:
    return {one.name: _written(getattr(value, one.name)) for one in fields(value)}


def _written(value: Any) -> Any:  # noqa: C901, PLR0911  one kind of value a branch
    if isinstance(value, Enum):
        return {_SIGN: "enum", "of": _place(type(value)), "is": value.name}
    if isinstance(value, Word):
        return {_SIGN: "word", "is": str(value)}
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, datetime):
        return {_SIGN: "at", "is": value.isoformat(), "zone": getattr(value.tzinfo, "key", "")}
    if isinstance(value, tuple | list):
        kind = "tuple" if isinstance(value, tuple) else "list"
        return {_SIGN: kind, "is": [_written(one) for one in value]}
    if isinstance(value, Command):
        return {_SIGN: "command", "is": written_command(value)}
    if hasattr(value, "items"):
        return {_SIGN: "facts", "is": [[str(name), _written(one)] for name, one in value.items()]}
    if is_dataclass(value):
        return {_SIGN: "record", "of": _place(type(value)), "is": _fields(value)}
    raise TypeError(f"{type(value).__name__} cannot be written down")


def _place(kind: type) -> list[str]:
    return [kind.__module__, kind.__name__]


def _read(kept: Any, depth: int) -> Any:
    if depth > _DEEPEST:
        raise ValueError("too deep")
    if isinstance(kept, _PLAIN):
        return kept
    return _READERS[kept[_SIGN]](kept, depth + 1)


def _known(place: Any) -> type:
    """A class of the store; nothing else can be named."""
    module, name = place
    if not str(module).startswith(("store.domain.", "store.commands.")):
        raise ValueError("not of the store")
    kind = getattr(import_module(str(module)), str(name))
    if not isinstance(kind, type) or kind.__module__ != module:
        raise ValueError("not of the store")
    return kind


def _enum(kept: Mapping[str, Any], _depth: int) -> Enum:
    kind = _known(kept["of"])
    if not issubclass(kind, Enum):
        raise ValueError("no enumeration")
    return kind[kept["is"]]


def _record(kept: Mapping[str, Any], depth: int) -> Any:
    kind = _known(kept["of"])
    if not is_dataclass(kind):
        raise ValueError("no record")
    return kind(**{str(name): _read(value, depth) for name, value in kept["is"].items()})


def _at(kept: Mapping[str, Any], _depth: int) -> datetime:
    at = datetime.fromisoformat(kept["is"])
    if at.tzinfo is None:
        raise ValueError("an instant without its zone")
    return at.astimezone(ZoneInfo(kept["zone"])) if kept["zone"] else at.astimezone(UTC)


_READERS: Final[Mapping[str, Callable[[Mapping[str, Any], int], Any]]] = {
    "enum": _enum,
    "record": _record,
    "at": _at,
    "word": lambda kept, _depth: Word(str(kept["is"])),
    "tuple": lambda kept, depth: tuple(_read(one, depth) for one in kept["is"]),
    "list": lambda kept, depth: [_read(one, depth) for one in kept["is"]],
    "facts": lambda kept, depth: {str(name): _read(one, depth) for name, one in kept["is"]},
    "command": lambda kept, _depth: read_command(kept["is"]),
}
