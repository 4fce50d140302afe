"""The keeper: what the store wants done now and then, by whichever process comes first."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from scheduler.chores import Chore
from store.domain.intents import RECEIPTS_KEPT
from store.domain.who import THE_DESK

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.errors import Refusal
    from store.records import Records

KEEP_EVERY = timedelta(minutes=10)
"""How often one process looks; what another has sealed is not sealed again."""

OWED_EVERY = timedelta(seconds=30)
"""How often one process looks for edits that somebody did not finish: whoever edits goes on."""

GHOSTS_KEPT = timedelta(minutes=10)
"""How long what a killed console told stays in its table, where nobody is shown it any more."""


class Keeper:
    """Finishes what edits owe to orders, seals the journal and lets go of what is over."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._edits = Chore(lambda at: records.reckon_some(at=at), every=OWED_EVERY)
        # Not on the first call: starting must be fast.
        self._rest = Chore(self._seal, every=KEEP_EVERY, at_once=False)
        self.owes = False
        """Whether an edit may owe more to orders, of which each call does one batch."""

    def keep(self, *, at: datetime) -> bool:
        """Do what is due; whether the journal was sealed."""
        self.owes = bool(self._edits.do(at=at))
        if self.owes:
            self._edits.hurry()
        return bool(self._rest.do(at=at))

    @property
    def trouble(self) -> Refusal | None:
        """Why something could not be done; None while all is well."""
        return self._edits.trouble or self._rest.trouble

    def _seal(self, at: datetime) -> bool:
        with self._records.work(who=THE_DESK, at=at) as work:
            work.bear_again()  # a program before us may have written since
            work.seal()
            work.forget_receipts(before=at - RECEIPTS_KEPT)
            work.forget_presence(before=at - GHOSTS_KEPT)
            work.forget_nominees()
        return True
