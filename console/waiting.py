"""What waits for the store: a command, whole, with the versions that were seen, or a typed line."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from console import typed_line
from console.command_codec import read_command, written_command
from store.domain.intents import RECEIPTS_KEPT
from store.domain.text import safe

if TYPE_CHECKING:
    from collections.abc import Mapping

    from console.typed_line import TypedLine
    from store.domain.intents import Command, Done

_LONGEST_WHY = 500
_ABOUT = ("number", "parent", "duplicate_of", "other", "returns")
"""Fields of commands that name an order."""
_VERSIONS = {"number": "version", "parent": "parent_version"}
"""Fields that name an order, and those that say how it was seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One of them."""

    action: str
    """The id of what the operator did."""
    texts: Mapping[str, str]
    """What he wrote, by question: nothing of it is lost when the command is refused."""
    command: Command | None
    """None where a line is still to be read."""
    at: datetime
    """When he did it."""
    key: str = field(default_factory=lambda: uuid4().hex)
    """Under which it is done once, also where it was sent and its answer lost."""
    id: str = field(default_factory=lambda: uuid4().hex)
    why: str = ""
    """Why the store refused it; empty where it has not."""
    held: bool = False
    """Whether it is not sent before the operator says so: refused, or an earlier console's."""
    line: TypedLine | None = None
    """What was typed, where that is still to be read."""
    asks: int = 0
    """Orders that the line would change, to be looked at first; 0 where it asks nothing."""

    @property
    def numbers(self) -> frozenset[int]:
        """The orders that it is about; none for a new one."""
        if self.command is not None:
            return numbers_of(self.command)
        return frozenset(self.line.named if self.line is not None else ())

    @property
    def may_be_about_any(self) -> bool:
        """Whether its orders are not all known: it is to be read, or names none, as an undo."""
        return self.command is None or not self.numbers

    def is_old(self, *, at: datetime) -> bool:
        """Whether the store may have done it and forgotten that."""
        return at - self.at >= RECEIPTS_KEPT

    def after(self, done: Done) -> Waiting:
        """The same behind an earlier one: what only that has changed is as if seen."""
        if self.command is None:
            return replace(self, line=self.line and self.line.after(done))
        steps = dict(zip(done.numbers, done.versions, strict=False))
        return replace(self, command=_rebased(self.command, steps))

    def as_seen(self, versions: Mapping[int, int]) -> Waiting:
        """The same by somebody who has seen the orders as they are now; another command, then."""
        command = self.command and _seen(self.command, versions)
        line = self.line and replace(self.line, seen={**self.line.seen, **versions})
        return replace(self, command=command, line=line, key=uuid4().hex, why="", held=False)


def numbers_of(command: Command) -> frozenset[int]:
    """The orders that a command is about."""
    parts = getattr(command, "commands", None)
    if isinstance(parts, tuple):
        return frozenset(number for part in parts for number in numbers_of(part))
    named = {value for name in _ABOUT if isinstance(value := getattr(command, name, None), int)}
    several = getattr(command, "numbers", ())
    return frozenset(named | {n for n in several if isinstance(n, int)})


def _rebased(command: Command, steps: Mapping[int, tuple[int, int]]) -> Command:
    now = {
        number: after
        for name, version in _VERSIONS.items()
        if isinstance(number := getattr(command, name, None), int) and number in steps
        for before, after in (steps[number],)
        if getattr(command, version, None) == before
    }
    parts = getattr(command, "commands", None)
    if isinstance(parts, tuple):
        moved = tuple(_rebased(part, steps) for part in parts)
        return replace(command, commands=moved)  # type: ignore[type-var]  # commands are dataclasses
    return _seen(command, now)


def _seen(command: Command, versions: Mapping[int, int]) -> Command:
    changed: dict[str, Any] = {}
    for name, version in _VERSIONS.items():
        number = getattr(command, name, None)
        if isinstance(number, int) and number in versions and getattr(command, version, None):
            changed[version] = versions[number]
    parts = getattr(command, "commands", None)
    if isinstance(parts, tuple):
        changed["commands"] = tuple(_seen(part, versions) for part in parts)
    return replace(command, **changed) if changed else command  # type: ignore[type-var]


def told(item: Waiting) -> dict[str, Any]:
    """One of them in plain values, as a file holds it."""
    return {
        "id": item.id,
        "key": item.key,
        "action": item.action,
        "texts": dict(item.texts),
        "command": item.command and written_command(item.command),
        "line": item.line and typed_line.told(item.line),
        "asks": item.asks,
        "at": item.at.isoformat(),
        "why": item.why,
        "held": item.held,
    }


def read(kept: dict[str, Any]) -> Waiting:
    """The same again; raises what a file of somebody else's makes it raise."""
    at = datetime.fromisoformat(kept["at"])
    if at.tzinfo is None:
        raise ValueError("an instant without its zone")
    command, line = kept["command"], kept.get("line")
    if command is None and line is None:
        raise ValueError("nothing is to be done")
    return Waiting(
        id=str(kept["id"]),
        key=str(kept["key"]),
        action=str(kept["action"]),
        texts={str(name): str(text) for name, text in kept["texts"].items()},
        command=None if command is None else read_command(command),
        at=at,
        why=safe(str(kept["why"]), limit=_LONGEST_WHY),
        held=bool(kept["held"]),
        line=None if line is None else typed_line.read(line),
        asks=int(kept.get("asks", 0)),
    )
