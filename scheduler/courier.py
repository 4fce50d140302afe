"""The courier: a thread that carries errands out, so that a slow one never holds up an alarm."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from scheduler.errands import deliver
from store.domain.errors import Refusal
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from scheduler.errands import Sender
    from store.records import Records

log = logging.getLogger(__name__)

LOOK_EVERY_S = 5.0
ENDS_WITHIN_S = 2.0


class Courier:
    """Looks into the outbox when called, and every few seconds."""

    def __init__(
        self,
        records: Records,
        *,
        holder: str,
        senders: Mapping[str, Sender],
        now: Callable[[], datetime],
    ) -> None:
        self._records = records
        self._holder = holder
        self._senders = senders
        self._now = now
        self._called = threading.Event()
        self._ended = False
        self._thread = threading.Thread(target=self._run, name="courier", daemon=True)

    def start(self) -> None:
        """Begin to look; does nothing without senders."""
        if self._senders:
            self._thread.start()

    def stop(self) -> None:
        """End after the errand under way, which is not waited for long; leases free the others."""
        self._ended = True
        self._called.set()
        if self._thread.is_alive():
            self._thread.join(ENDS_WITHIN_S)

    def call(self) -> None:
        """Something may lie in the outbox."""
        self._called.set()

    def _run(self) -> None:
        while not self._ended:
            self._called.wait(LOOK_EVERY_S)
            self._called.clear()
            if self._ended:
                return
            try:
                self._empty()
            except Refusal as error:
                log.info("the outbox could not be looked into: %s", error)
            except Exception:
                log.exception(N_("the outbox could not be looked into; trying again"))

    def _empty(self) -> None:
        """Carry out what is due, one errand after the other."""
        more: bool | None = True
        while more is not None and not self._ended:
            more = deliver(
                self._records, at=self._now(), holder=self._holder, senders=self._senders
            )
