"""Packs: looked for beside the sweeps, and written in a thread of their own.

A month of a large desk takes seconds, and no alarm waits for it. Each is written once, whoever
writes it: its row is the whole of it, and a process that dies before its transaction ends has
written nothing.
"""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, Final

from store.domain.errors import Refusal
from store.domain.words import N_
from store.packing import write_packs

if TYPE_CHECKING:
    from datetime import datetime

    from store.records import Records

log = logging.getLogger(__name__)

ENDS_WITHIN_S: Final = 5.0


class PackWriter:
    """Begins to write what is due, unless that is under way."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._thread: threading.Thread | None = None

    def look(self, at: datetime) -> bool:
        """Whether something is due; it is being written then."""
        if self._thread is not None and self._thread.is_alive():
            return True
        if not self._records.packs_due(at=at):
            return False
        self._thread = threading.Thread(target=self._write, args=(at,), name="packs", daemon=True)
        self._thread.start()
        return True

    def stop(self) -> None:
        """Wait a while for what is under way; what is not written then is written by the next."""
        if self._thread is not None:
            self._thread.join(ENDS_WITHIN_S)

    def _write(self, at: datetime) -> None:
        try:
            write_packs(self._records, at=at)
        except Refusal as error:
            log.info("packs have to wait: %s", error)
        except Exception:
            log.exception(N_("packs could not be written; it is tried again"))
