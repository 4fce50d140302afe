"""A desk that is only looked at, as on a wall: what would write is refused at the store's door."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

from store.domain.errors import Refusal
from store.domain.words import N_
from store.records import Records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.persistence.work import Work


class OnlyLooks(Refusal):
    """A command of a console that takes none."""

    sentence = N_("this console only shows the desk; nothing was done")


class LookedAt(Records):
    """An open store that answers and tells its news, and takes nothing: no command, no import."""

    def do(self, *_command: object, **_terms: object) -> NoReturn:
        """Refuse."""
        raise OnlyLooks

    def rehearse(self, *_commands: object, **_terms: object) -> NoReturn:
        """Refuse: what cannot be done need not be tried, and a trial takes the writers' turn."""
        raise OnlyLooks

    @contextmanager
    def work(self, **_terms: object) -> Iterator[Work]:
        """Refuse: a sample or an import comes this way."""
        raise OnlyLooks
        yield  # what makes it a context
