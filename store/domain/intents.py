"""What a command or query is: a frozen question with a typed answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

Answer = TypeVar("Answer", covariant=True)


class Query(Generic[Answer]):
    """A question to the store; `Records.ask` gives the answer, changing nothing."""

    __slots__ = ()


class Command:
    """One intent of an operator; `Records.do` carries it out in one transaction or refuses."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a command did, in a sentence of the catalogue with its facts."""

    sentence: str
    facts: dict[str, Any]
    numbers: tuple[int, ...] = ()
    """The orders it touched."""
    versions: tuple[tuple[int, int], ...] = ()
    """Of each of those orders the version it had before, 0 where it was not there, and after."""
    seq: int = 0
    """The journal's newest entry of this command; 0 when nothing was left to do."""
