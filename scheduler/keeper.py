"""The keeper: what the store wants done now and then, by whichever process comes first."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from store.domain.who import THE_DESK

if TYPE_CHECKING:
    from datetime import datetime

    from store.records import Records

log = logging.getLogger(__name__)

KEEP_EVERY = timedelta(minutes=10)
"""How often one process looks; what another has sealed is not sealed again."""

OWED_EVERY = timedelta(seconds=30)
"""How often one process looks for edits that somebody did not finish: whoever edits goes on."""

RECEIPTS_KEPT = timedelta(days=7)
"""How long the answer of a command can be asked for again under its key."""


class Keeper:
    """Finishes what edits owe to orders, seals the journal and lets old receipts go."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._next_at: datetime | None = None
        self._owed_at: datetime | None = None

    def keep(self, *, at: datetime) -> bool:
        """Do what is due; whether anything was. Not on the first call: starting must be fast."""
        if self._owed_at is None or abs(at - self._owed_at) >= OWED_EVERY:
            self._records.reckon_on(at=at)
            self._owed_at = at
        if self._next_at is None or at < self._next_at - KEEP_EVERY:
            self._next_at = at + KEEP_EVERY
            return False
        if at < self._next_at:
            return False
        self._next_at = at + KEEP_EVERY
        with self._records.work(who=THE_DESK, at=at) as work:
            work.seal()
            work.forget_receipts(before=at - RECEIPTS_KEPT)
        return True
