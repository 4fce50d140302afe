"""The one reader of the wall clock; everything below the edges takes time as an argument."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def now() -> datetime:
    """The present instant, aware, in UTC, cut to whole milliseconds as the store keeps them."""
    return _EPOCH + timedelta(milliseconds=time.time_ns() // 1_000_000)


def monotonic() -> float:
    """Seconds on a clock that is never set back; only differences mean anything."""
    return time.monotonic()


def processor() -> float:
    """Seconds that this process has computed; only differences mean anything."""
    return time.process_time()
