"""A step of a store tried again while only passing trouble stops it."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, TypeVar

from store import clock
from store.domain.errors import StoreBusy, StoreTrouble
from store.persistence.trouble import is_transient

if TYPE_CHECKING:
    from collections.abc import Callable

Answer = TypeVar("Answer")

RETRIES = (0.02, 0.1, 0.5)
"""Seconds before a step that met passing trouble is tried again."""

WAITED_OUT = 0.8
"""The part of the patience after which a lock counts as waited for; the rest is for other work."""

AT_LEAST = 2
"""A server that says nothing is tried so often: another one of a pair may answer by then."""

log = logging.getLogger("paidan.records")


def again(step: Callable[[], Answer], *, patience: float) -> Answer:
    """Carry out a step, and the whole of it again while only passing trouble stops it.

    A lock that was waited for in full, by the `patience` in seconds that one has for it, is not
    waited for again, nor a server for longer: that is for whoever asks.
    """
    first = clock.monotonic()
    for turn, pause in enumerate((*RETRIES, None), start=1):
        began = clock.monotonic()
        try:
            return step()
        except StoreTrouble as trouble:
            if pause is None or not is_transient(trouble):
                raise
            waited_out = clock.monotonic() - began >= WAITED_OUT * patience
            if type(trouble) is StoreBusy and waited_out:
                raise
            if turn >= AT_LEAST and clock.monotonic() - first >= patience:
                raise
            log.info("trying again: %s", trouble)
            threading.Event().wait(pause)
    raise AssertionError
