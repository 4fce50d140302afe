"""What goes wrong behind the scenes: the whole story to the log, a sentence to who may look."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from console import cli_guard
from console.i18n import _, tell
from store import clock
from store.domain.errors import Refusal
from store.domain.text import safe

if TYPE_CHECKING:
    from collections.abc import Callable

OURS = ("console", "paidan", "scheduler", "store")
"""Whose sentences are in the catalogue; others' are for the log alone."""

AGAIN_AFTER_S = 600.0
"""The same trouble is not told again before so long has passed."""


class _Plain(logging.Formatter):
    """Nothing that a terminal would obey, whoever looks at the log; a message is one line."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  logging's name
        """What it says, in one line."""
        return safe(super().formatMessage(record))


class Log(logging.Handler):
    """Keeps warnings and worse in the log, and says what they are about."""

    def __init__(
        self,
        say: Callable[[str], None] | None = None,
        monotonic: Callable[[], float] = clock.monotonic,
    ) -> None:
        super().__init__(logging.WARNING)
        self.setFormatter(_Plain("%(name)s: %(message)s"))
        self._say = say
        self._monotonic = monotonic
        self._told: dict[str, float] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """One story; never raises, and the same one only now and then."""
        try:
            if self._is_new(record):
                self._tell(record)
        except Exception:  # noqa: BLE001  what tells of trouble must not make any
            self.handleError(record)

    def _is_new(self, record: logging.LogRecord) -> bool:
        why = record.exc_info[1] if record.exc_info else ""
        now, story = self._monotonic(), f"{record.getMessage()} {why}"
        told = self._told.get(story)
        if told is not None and now - told < AGAIN_AFTER_S:
            return False
        self._told = {s: at for s, at in self._told.items() if now - at < AGAIN_AFTER_S}
        self._told[story] = now
        return True

    def _tell(self, record: logging.LogRecord) -> None:
        where = cli_guard.write_log(self.format(record))
        if self._say is None or record.name.split(".")[0] not in OURS:
            return
        told = sentence(record)
        if where and record.exc_info:
            told = f"{told} {_('The log has the details: {path}').format(path=where)}"
        self._say(told)


def sentence(record: logging.LogRecord) -> str:
    """What a record of ours is about, in the operator's language."""
    facts = record.args if isinstance(record.args, tuple) else ()
    spoken = tuple(map(_spoken, facts))
    said = _(str(record.msg))
    return said % spoken if spoken else said


def _spoken(fact: object) -> object:
    if isinstance(fact, Refusal):
        return safe(tell(fact))
    return safe(str(fact)) if isinstance(fact, str | Exception) else fact


def keep(say: Callable[[str], None] | None = None) -> None:
    """From now on trouble behind the scenes is kept, and said where somebody reads it."""
    root = logging.getLogger()
    for old in [handler for handler in root.handlers if isinstance(handler, Log)]:
        root.removeHandler(old)
    root.addHandler(Log(say))
