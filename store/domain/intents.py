"""What a command or query is: a frozen question with a typed answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from store.domain.errors import Refusal
    from store.domain.order import WorkOrder

Answer = TypeVar("Answer", covariant=True)


class Query(Generic[Answer]):
    """A question to the store; `Records.ask` gives the answer, changing nothing."""

    __slots__ = ()


class Command:
    """One intent of an operator; `Records.do` carries it out in one transaction or refuses."""

    __slots__ = ()


RECEIPTS_KEPT = timedelta(days=7)
"""How long the answer of a command can be asked for again under its key."""


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
    undo: int = 0
    """What `Undo` takes back: the journal's first entry of it; 0 where nothing can be."""
    final: bool = False
    """Whether it changed what only another command of its own changes back, which is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What one transaction makes of an order."""

    before: WorkOrder | None
    """None for one that it adds."""
    after: WorkOrder


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsed:
    """What a command would do, or why it would be refused; nothing of it was kept."""

    command: Command
    done: Done | None = None
    refusal: Refusal | None = None
    changes: tuple[Change, ...] = ()
