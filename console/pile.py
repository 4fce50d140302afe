"""What was done while the store was away: on disk before it is said to wait, sent in order."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from console.kept_file import KeptFile
from console.waiting import Waiting, read, told
from store.domain.errors import Refusal
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from store.domain.errors import StoreTrouble
    from store.domain.intents import Done

_LOG = logging.getLogger("paidan.console")
MOST: Final = 200
"""Commands that may wait; nobody oversees more."""
_MOST_BYTES: Final = 400 << 10
"""Of all of them; a console can take over those of fifteen others."""


class PileFull(Refusal):
    """No more can wait."""

    sentence = N_("{count} commands wait already; no more can be kept until the store returns")


class NotKept(Refusal):
    """The disk does not take it."""

    sentence = N_("the store is away, and this machine's disk does not keep what you do: {why}")


class WaitingFile(KeptFile[Waiting]):
    """What waits in one console, on disk."""

    KEPT = "waiting"

    @staticmethod
    def _told(item: Waiting) -> dict[str, Any]:
        return told(item)

    @staticmethod
    def _read(told: dict[str, Any]) -> Waiting:
        return read(told)


class Pile:
    """The commands and lines of one console that wait, the oldest first; what changes it blocks."""

    def __init__(self) -> None:
        self.items: tuple[Waiting, ...] = ()
        self.trouble: StoreTrouble | None = None
        """Why the next one could not be sent when that was tried last; None where it could."""
        self._file: WaitingFile | None = None
        self._lock = Lock()
        self._tried: dict[str, Waiting | None] = {}
        """What the store has been asked to do and has not answered yet, by key; None only here."""

    def found(self, file: WaitingFile | None, left: Sequence[Waiting]) -> None:
        """What an earlier console left: the operator decides whether it is still meant."""
        self._file = file
        self.items = tuple(replace(item, held=True) for item in left) + self.items

    @property
    def ready(self) -> bool:
        """Whether there is something to send."""
        return self.next() is not None

    def next(self) -> Waiting | None:
        """What is to be sent now: nothing before an earlier one about the same order.

        A line that is still to be read may be about any: nothing behind it goes before it is.
        """
        return next(iter(self._going()), None)

    def _going(self) -> Iterator[Waiting]:
        """What nothing keeps from being sent but the store."""
        blocked: set[int] = set()
        for item in self.items:
            if not item.held and (item.command is None or not blocked & item.numbers):
                yield item
            else:
                blocked |= item.numbers

    @property
    def moves(self) -> bool:
        """Whether something waits that is not for the operator to decide."""
        return any(not item.held for item in self.items)

    def comes_before(self, numbers: Collection[int]) -> bool:
        """Whether something on its way is to be done before what is about these orders.

        Without numbers that may be about any. What stands behind one that the operator decides
        about holds up only its own orders.
        """
        if any(not item.held and not item.numbers.isdisjoint(numbers) for item in self.items):
            return True
        return any(not numbers or item.may_be_about_any for item in self._going())

    def add(self, item: Waiting, *, instead: str = "") -> None:
        """Once this returns it is on disk; PileFull or NotKept where it cannot be.

        It takes the place of what is tried under its key, and of the one that was edited.
        """
        with self._lock:
            items = (*(one for one in self.items if one.id != instead), item)
            tried = self._tried
            self._tried = {key: one for key, one in tried.items() if key != item.key}
            try:
                size = len(json.dumps([told(one) for one in items]))
                if len(items) > MOST or size > _MOST_BYTES:
                    raise PileFull(count=len(self.items))
                if self._file is None:
                    raise NotKept(why=N_("there is no place for it"))
                self._write(items)
            except (OSError, ValueError, TypeError) as error:
                self._tried = tried
                raise NotKept(why=str(error)) from error
            except PileFull:
                self._tried = tried
                raise
            self.items = items

    def trying(self, key: str) -> None:
        """The store is asked now to do what has this key."""
        with self._lock:
            self._tried[key] = None

    def meanwhile(self, item: Waiting) -> None:
        """The store takes its time: should this console die now, the next one has the words."""
        with self._lock:
            if item.key in self._tried:
                self._tried[item.key] = item
                self._try_to_write()

    def tried(self, key: str) -> None:
        """The store has answered, or what it was asked waits by now."""
        with self._lock:
            if self._tried.pop(key, None) is not None:
                self._try_to_write()

    def sent(self, item: Waiting, done: Done) -> None:
        """It is done; what stands behind it has seen that."""
        self._change(lambda one: None if one.id == item.id else one.after(done))

    def refused(self, item: Waiting, why: str) -> None:
        """It stays, with its text, until the operator has chosen."""
        self.put(replace(item, why=why, held=True))

    def put(self, item: Waiting) -> None:
        """It has changed; one that is gone meanwhile stays gone."""
        self._change(lambda one: item if one.id == item.id else one)

    def drop(self, item: Waiting) -> None:
        """Nothing of it is kept."""
        self.drop_id(item.id)

    def drop_id(self, gone: str) -> None:
        """The same for one that is known by its id."""
        self._change(lambda one: None if one.id == gone else one)

    def close(self) -> None:
        """Leave what waits to the next console."""
        with self._lock:
            if self._file is not None:
                self._file.close()
                self._file = None

    def _change(self, change: Callable[[Waiting], Waiting | None]) -> None:
        """What the disk does not take is sent twice at worst, and then done once by its key."""
        with self._lock:
            changed: Iterable[Waiting | None] = map(change, self.items)
            self.items = tuple(one for one in changed if one is not None)
            self._try_to_write()

    def _write(self, items: Sequence[Waiting]) -> None:
        assert self._file is not None
        self._file.write((*items, *(one for one in self._tried.values() if one is not None)))

    def _try_to_write(self) -> None:
        if self._file is None:
            return
        try:
            self._write(self.items)
        except (OSError, ValueError, TypeError) as error:
            _LOG.warning("what waits cannot be written down", exc_info=error)
