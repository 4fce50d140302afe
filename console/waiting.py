"""A command that waits for the store: whole, with the versions of the orders that were seen."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from console.command_codec import read_command, written_command
from store.domain.text import safe

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.domain.intents import Command, Done

_LONGEST_WHY = 500
_ABOUT = ("number", "parent", "duplicate_of")
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
    command: Command
    at: datetime
    """When he did it."""
    key: str = field(default_factory=lambda: uuid4().hex)
    """Under which it is done once, also where it was sent and its answer lost."""
    id: str = field(default_factory=lambda: uuid4().hex)
    why: str = ""
    """Why the store refused it; empty where it has not."""
    held: bool = False
    """Whether it is not sent before the operator says so: refused, or an earlier console's."""

    @property
    def numbers(self) -> frozenset[int]:
        """The orders that it is about; none for a new one."""
        return numbers_of(self.command)

    def after(self, done: Done) -> Waiting:
        """The same behind an earlier one: what only that has changed is as if seen."""
        steps = dict(zip(done.numbers, done.versions, strict=False))
        return replace(self, command=_rebased(self.command, steps))

    def as_seen(self, versions: Mapping[int, int]) -> Waiting:
        """The same by somebody who has seen the orders as they are now; another command, then."""
        command = _seen(self.command, versions)
        return replace(self, command=command, key=uuid4().hex, why="", held=False)


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
        "command": written_command(item.command),
        "at": item.at.isoformat(),
        "why": item.why,
        "held": item.held,
    }


def read(kept: dict[str, Any]) -> Waiting:
    """The same again; raises what a file of somebody else's makes it raise."""
    at = datetime.fromisoformat(kept["at"])
    if at.tzinfo is None:
        raise ValueError("an instant without its zone")
    return Waiting(
        id=str(kept["id"]),
        key=str(kept["key"]),
        action=str(kept["action"]),
        texts={str(name): str(text) for name, text in kept["texts"].items()},
        command=read_command(kept["command"]),
        at=at,
        why=safe(str(kept["why"]), limit=_LONGEST_WHY),
        held=bool(kept["held"]),
    )
