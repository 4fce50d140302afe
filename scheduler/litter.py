"""Holds Python's garbage collector off while a batch is in hand.

A batch makes tens of thousands of objects that all live until its end, and the collector would
look through them, and through the rest of the process, again and again.
"""

from __future__ import annotations

import gc
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Litter:
    """What lies about until somebody collects it; any number of threads may keep it at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._keepers = 0
        self._wanted = True
        """Whether anybody collected before the first keeper came."""

    @contextmanager
    def kept(self) -> Iterator[None]:
        """No collection in here."""
        with self._lock:
            if self._keepers == 0:
                self._wanted = gc.isenabled()
                gc.disable()
            self._keepers += 1
        try:
            yield
        finally:
            with self._lock:
                self._keepers -= 1
                if self._keepers == 0 and self._wanted:
                    gc.enable()


LITTER = Litter()
"""That of this process."""
