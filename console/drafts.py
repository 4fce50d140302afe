"""Orders begun and not yet written down: kept until they are, or until nothing is left in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol
from uuid import uuid4

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What stands in the lines of a form that was not saved."""

    texts: Mapping[str, str] = field(default_factory=dict)
    id: str = field(default_factory=lambda: uuid4().hex)
    key: str = field(default_factory=lambda: uuid4().hex)
    """Under which it is written down once, also where the answer was lost."""
    sent: Mapping[str, Any] | None = None
    """The answers that went out under the key."""

    @property
    def empty(self) -> bool:
        """Whether nothing can be read in it."""
        return not any(text.strip() for text in self.texts.values())


class Keeper(Protocol):
    """What outlives the console; both of its calls block, and `write` raises OSError."""

    def write(self, drafts: Sequence[Draft]) -> None:
        """These and no others."""
        ...

    def close(self) -> None:
        """Leave them to the next console."""
        ...


class Shelf:
    """The drafts of one console, the newest last; `write` may be called from any thread."""

    def __init__(self) -> None:
        self.drafts: tuple[Draft, ...] = ()
        self.why: Exception | None = None
        """Why they could not be kept on disk; None where they could."""
        self._file: Keeper | None = None
        self._written: tuple[Draft, ...] = ()
        self._lock = Lock()

    def found(self, file: Keeper | None, drafts: tuple[Draft, ...]) -> None:
        """What an earlier console left, and where drafts are kept from now on."""
        self._file = file
        self._written = drafts
        self.drafts = (*drafts, *self.drafts)

    @property
    def at_risk(self) -> bool:
        """Whether something would be lost with this console."""
        return bool(self.drafts) and self.drafts != self._written

    def keep(self, draft: Draft) -> bool:
        """Keep a draft as it is now, or not at all where it is empty; whether that is news."""
        before = self.drafts
        if draft.empty:
            self.drafts = tuple(held for held in before if held.id != draft.id)
        elif any(held.id == draft.id for held in before):
            self.drafts = tuple(draft if held.id == draft.id else held for held in before)
        else:
            self.drafts = (*before, draft)
        return self.drafts != before

    def drop(self, draft: Draft) -> None:
        """It was written down."""
        self.drafts = tuple(held for held in self.drafts if held.id != draft.id)

    def after(self, draft: Draft) -> Draft:
        """The one kept before this; behind the oldest an empty one, and then the newest."""
        places = [place for place, held in enumerate(self.drafts) if held.id == draft.id]
        place = places[0] if places else len(self.drafts)
        return self.drafts[place - 1] if place > 0 else Draft()

    def write(self) -> None:
        """Bring the disk up to date; blocks, raises nothing."""
        with self._lock:
            drafts = self.drafts
            if self._file is None or drafts == self._written:
                return
            try:
                self._file.write(drafts)
            except (OSError, ValueError) as error:
                self.why = error
            else:
                self._written, self.why = drafts, None

    def close(self) -> None:
        """Write what is to be written, and leave the file to the next console."""
        self.write()
        with self._lock:
            if self._file is not None:
                self._file.close()
                self._file = None
