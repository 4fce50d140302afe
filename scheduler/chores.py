"""Chores: what is done now and then beside the sweep, and never keeps it from its alarms."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Generic, TypeVar

from store.domain.errors import Refusal, StoreTrouble
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, timedelta

log = logging.getLogger(__name__)

Done = TypeVar("Done")


class ChoreFailed(Refusal):
    """A fault of ours beside the sweep; alarms go on."""

    sentence = N_("alarms ring, but the work beside them failed: {why}")


class Chore(Generic[Done]):
    """One job at times of its own; what goes wrong is logged once, and told by the pulse."""

    def __init__(
        self, job: Callable[[datetime], Done], *, every: timedelta, at_once: bool = True
    ) -> None:
        self._job = job
        self._every = every
        self._at_once = at_once
        """Whether the first call does it, or only begins to count."""
        self._done_at: datetime | None = None
        self.trouble: Refusal | None = None
        """Why it last failed; None since it came through."""

    def do(self, *, at: datetime) -> Done | None:
        """What came of it; None where it is not due, or failed."""
        if self._done_at is None and not self._at_once:
            self._done_at, self._at_once = at, True
        if self._done_at is not None and abs(at - self._done_at) < self._every:
            return None
        try:
            done = self._job(at)
        except StoreTrouble as trouble:  # the next sweep meets it as well, or it has passed
            log.info("what is done beside the sweeps has to wait: %s", trouble)
            self.trouble = trouble
            return None
        except Exception as error:  # its next turn may do better
            self._done_at = at
            told = ChoreFailed(why=f"{type(error).__name__}: {error}")
            if str(told) != str(self.trouble):
                log.exception(N_("the work beside the sweeps failed; it is tried again"))
            self.trouble = told
            return None
        self._done_at, self.trouble = at, None
        return done

    def hurry(self) -> None:
        """Be due again at once: there is more of it."""
        self._done_at = None
