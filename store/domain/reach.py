"""What may be asked at all: numbers that a database can hold, texts that it can compare."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from store.domain.errors import BadInput
from store.domain.text import safe
from store.domain.words import N_

if TYPE_CHECKING:
    from store.domain.intents import Command, Query

Asked = TypeVar("Asked", bound="Command | Query[Any]")

MOST = 2**62
"""Stands for all numbers beyond it: nothing has it, and a database can still add to it."""
MOST_TOGETHER = 500
"""Orders of one command: on SQLite others wait some tenths of a second."""
LONGEST = 500
"""Characters that a question's text may have."""


def reachable(command: Asked) -> Asked:
    """The same command, its numbers brought to what a database holds: there they name nothing."""
    brought: Asked = _with(command, {int: _number, tuple: _numbers})
    return brought


def answerable(query: Asked) -> Asked:
    """The same question, its numbers as in `reachable` and its texts safe; `BadInput` if long."""
    brought: Asked = _with(query, {int: _number, tuple: _numbers, str: _text})
    return brought


def number_within(number: int) -> int:
    """The number, or the nearest that a database can hold."""
    return max(-MOST, min(MOST, number))


def checked_key(key: str | None) -> str | None:
    """A receipt's key as it is; `BadInput` for one that could not be told from another."""
    if key is not None and safe(key, limit=LONGEST) != key:
        raise BadInput(
            where=N_("key"), wrong=N_("not plain text"), right=N_("give up to 500 plain characters")
        )
    return key


def _with(asked: Any, reads: dict[type, Any]) -> Any:
    changed: dict[str, Any] = {}
    for field in fields(asked):
        value = getattr(asked, field.name)
        read = reads.get(type(value))
        if read is not None and (brought := read(field.name, value)) != value:
            changed[field.name] = brought
    return replace(asked, **changed) if changed else asked


def _number(_name: str, value: int) -> int:
    return number_within(value)


def _numbers(_name: str, values: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(_reached(value) for value in values)


def _reached(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return _with(value, {int: _number, tuple: _numbers})
    if type(value) is tuple:  # a row of a table
        return tuple(map(_reached, value))
    return number_within(value) if type(value) is int else value


def _text(name: str, value: str) -> str:
    if len(value) > LONGEST:
        raise BadInput(
            where=name,
            wrong=N_("{count} characters").format(count=len(value)),
            right=N_("give up to {most}").format(most=LONGEST),
        )
    return safe(value, limit=LONGEST)
