"""The wall clock of a child process, turned while it runs; its monotonic clock stays honest."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from store import clock

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


class WrongClock:
    """How far a child's wall clock is from ours; `env` makes a process follow it."""

    def __init__(self, folder: Path, *, minutes: float = 0) -> None:
        library, self._file = _library(), folder / "clock"
        self.ahead = timedelta()
        self.set(minutes)
        self.env: Mapping[str, str] = {
            "LD_PRELOAD": str(library),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_CACHE_DURATION": "1",  # seconds; to read the file at each look takes all time
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }

    def set(self, minutes: float) -> None:
        """Step it to so many minutes ahead of ours; who follows has heard of it a second later."""
        self.ahead = timedelta(minutes=minutes)
        new = self._file.with_suffix(".new")  # the library may read in the middle of a write
        new.write_text(f"{self.ahead.total_seconds():+.0f}s")
        new.replace(self._file)

    def now(self) -> datetime:
        """What it shows."""
        return clock.now() + self.ahead


def _library() -> Path:
    """The one for programs with threads; a skip without it, or a failure in CI."""
    found = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
    if not found:
        said = "libfaketime is not installed (Debian: apt-get install libfaketime)"
        (pytest.fail if os.environ.get("PAIDAN_REQUIRE_FAKETIME") == "1" else pytest.skip)(said)
    return found[0]
