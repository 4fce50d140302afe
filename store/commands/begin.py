"""How a desk begins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.domain.intents import Command, Done
from store.domain.words import N_

if TYPE_CHECKING:
    from store.persistence.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class StartEmpty(Command):
    """Begin with nothing, and offer nothing any more."""


def start_empty(work: Work, _command: StartEmpty) -> Done:
    """Remembered in the store, so that no console asks again."""
    work.remember_empty_start()
    return Done(sentence=N_("the desk starts empty"), facts={})
