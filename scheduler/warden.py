"""The warden: looks every second, by the monotonic clock, whether the alarm clock still lives."""

from __future__ import annotations

import logging
import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)

LOOK_EVERY_S = 1.0
STEP_S = 1.0
"""A drift between wall and monotonic clock above this within one look is a step."""


class Warden:
    """A daemon thread that calls `check(stepped)` once a second."""

    def __init__(
        self,
        check: Callable[[bool], None],
        *,
        now: Callable[[], datetime],
        monotonic: Callable[[], float],
    ) -> None:
        self._check = check
        self._now = now
        self._monotonic = monotonic
        self._offset = self._drift()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="warden", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """Stop looking; returns at once."""
        self._stop.set()

    def look(self) -> None:
        """One look: did the wall clock step, is the alarm clock alive?"""
        drift = self._drift()
        stepped = abs(drift - self._offset) > STEP_S
        self._offset = drift
        try:
            self._check(stepped)
        except Exception:
            log.exception(N_("the warden could not mend the alarm clock; it tries again"))

    def _watch(self) -> None:
        while not self._stop.wait(LOOK_EVERY_S):
            self.look()

    def _drift(self) -> float:
        return self._now().astimezone(UTC).timestamp() - self._monotonic()
