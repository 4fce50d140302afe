"""What was typed into a question or a form and not sent: of several texts none is written over."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import uuid4

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DraftKey = tuple[str, int]
"""An action's id and an order's number, 0 where no order is meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """One text, by the names of the questions."""

    texts: Mapping[str, str] = field(default_factory=dict)
    id: str = field(default_factory=lambda: uuid4().hex)
    waits: bool = False
    """Whether it is of what waits under this id, and is gone from there once this is sent."""


class Unsent:
    """The texts of one console by where they are written; the newest is offered first."""

    def __init__(self) -> None:
        self._held: dict[DraftKey, tuple[Begun, ...]] = {}

    def __iter__(self) -> Iterator[DraftKey]:
        """Where something stands."""
        return iter(self._held)

    def newest(self, key: DraftKey) -> Begun:
        """What is offered there; a new one where nothing is."""
        held = self._held.get(key, ())
        return held[-1] if held else Begun()

    def keep(self, key: DraftKey, begun: Begun) -> None:
        """As it is now: in its place, else before all others; not at all where it is empty."""
        held = self._held.get(key, ())
        if not begun.texts:
            self.drop(key, begun.id)
        elif any(one.id == begun.id for one in held):
            self._held[key] = tuple(begun if one.id == begun.id else one for one in held)
        else:
            self._held[key] = (*held, begun)

    def bring_up(self, key: DraftKey, begun: Begun) -> None:
        """Have it offered first; one that stands there already, as it was written since."""
        known = next((one for one in self._held.get(key, ()) if one.id == begun.id), begun)
        self.drop(key, begun.id)
        self.keep(key, known)

    def drop(self, key: DraftKey, gone: str) -> None:
        """It was sent, or is empty; the one below it is offered again."""
        left = tuple(one for one in self._held.get(key, ()) if one.id != gone)
        if left:
            self._held[key] = left
        else:
            self._held.pop(key, None)

    def holds(self, key: DraftKey, sought: str) -> bool:
        """Whether something is left of it."""
        return any(one.id == sought for one in self._held.get(key, ()))

    def edits(self, waiting: str) -> bool:
        """Whether what waits under this id is being edited."""
        return any(one.id == waiting for held in self._held.values() for one in held)
