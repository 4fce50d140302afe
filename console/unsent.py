"""What was typed into a question or a form and not sent: of several texts none is written over."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import TYPE_CHECKING, Final, Protocol
from uuid import uuid4

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_LOG = logging.getLogger("paidan.console")
DraftKey = tuple[str, int]
"""An action's id and an order's number, 0 where no order is meant."""
_LINE: Final[DraftKey] = ("command", 0)
_LINE_TEXT: Final = "line"
_MOST: Final = 50
"""Texts that the disk keeps, the newest: an order that is over is never written about again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """One text, by the names of the questions."""

    texts: Mapping[str, str] = field(default_factory=dict)
    id: str = field(default_factory=lambda: uuid4().hex)
    waits: bool = False
    """Whether it is of what waits under this id, and is gone from there once this is sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """One text, and where it is written."""

    key: DraftKey
    begun: Begun

    @property
    def id(self) -> str:
        """The text's."""
        return self.begun.id


class Keeper(Protocol):
    """What outlives the console; both of its calls block, and `write` raises OSError."""

    def write(self, items: Sequence[Left]) -> None:
        """These and no others."""
        ...

    def close(self) -> None:
        """Leave them to the next console."""
        ...


class Unsent:
    """The texts of one console by where they are written; the newest is offered first."""

    def __init__(self) -> None:
        self._held: dict[DraftKey, tuple[Begun, ...]] = {}
        self._line = Begun()
        """What stands in the command line."""
        self._file: Keeper | None = None
        self._written: tuple[Left, ...] = ()
        self._lock = Lock()

    def __iter__(self) -> Iterator[DraftKey]:
        """Where something stands that would be lost with this console."""
        return iter(self._held if self._file is None or self.is_news else ())

    # -- what outlives the console -----------------------------------------------------------

    def found(self, file: Keeper | None, left: Iterable[Left]) -> None:
        """What an earlier console left, and where texts are kept from now on."""
        mine, self._held = self._held, {}
        self._file, self._written = file, tuple(left)
        for one in self._written:
            self.keep(one.key, one.begun)
        for key, held in mine.items():
            for begun in held:
                self.keep(key, begun)

    def _all(self) -> tuple[Left, ...]:
        texts = [Left(key=key, begun=one) for key, held in self._held.items() for one in held]
        return tuple(texts[-_MOST:])

    @property
    def is_news(self) -> bool:
        """Whether the disk is still to take something."""
        return self._file is not None and self._all() != self._written

    def write(self) -> None:
        """Bring the disk up to date; blocks, raises nothing."""
        with self._lock:
            if self._file is None or not self.is_news:
                return
            texts = self._all()
            try:
                self._file.write(texts)
            except (OSError, ValueError) as error:
                _LOG.warning("what was typed cannot be kept on disk", exc_info=error)
            else:
                self._written = texts

    def close(self) -> None:
        """Write what is to be written, and leave the file to the next console."""
        self.write()
        with self._lock:
            if self._file is not None:
                self._file.close()
                self._file = None

    # -- the command line --------------------------------------------------------------------

    def left_line(self) -> str:
        """What an earlier console left in its command line: this one goes on with it."""
        self._line = self.newest(_LINE)
        return self._line.texts.get(_LINE_TEXT, "")

    def keep_line(self, text: str) -> None:
        """What stands in the command line now."""
        texts = {_LINE_TEXT: text} if text.strip() else {}
        self.keep(_LINE, replace(self._line, texts=texts))

    def close_line(self) -> None:
        """It was done, or can be found again with the arrows."""
        self.drop(_LINE, self._line.id)
        self._line = Begun()

    # -- where it is written -----------------------------------------------------------------

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
