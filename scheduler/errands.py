"""Effects outside the store: taken from the outbox under a lease, carried out, settled.

The lease's term travels with the settling write, so a holder that was overtaken (it slept, its
machine froze) cannot mark another's errand. An effect may happen twice when its holder dies
between effect and settling; the errand's key lets the receiver tell.
"""

from __future__ import annotations

import json
import logging
import subprocess
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from scheduler.aside import retry_after
from store.domain.errors import Refusal, StoreTrouble
from store.domain.who import THE_DESK
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from store.persistence.outbox import Errand
    from store.records import Records

log = logging.getLogger(__name__)

Sender = Callable[["Errand"], None]
"""Carries one errand out; raising means that it did not work."""

LEASE = timedelta(seconds=60)
SEND_WITHIN_S = 30.0
"""A command that takes longer is ended and counts as failed; well inside the lease."""


def deliver(
    records: Records, *, at: datetime, holder: str, senders: Mapping[str, Sender]
) -> bool | None:
    """Carry out one errand that is due and that we know how to send; whether it worked.

    None when there is none. One at a time, so that each has the whole of its lease.
    """
    if not records.errands_wait(at=at, kinds=senders):
        return None
    with records.work(who=THE_DESK, at=at) as work:
        errands = work.claim_out(holder, LEASE, kinds=senders)
    for errand in errands:
        trouble = _try(errand, senders[errand.kind])
        try:
            _settle(records, errand, trouble, at)
        except StoreTrouble:
            raise
        except Refusal as overtaken:
            log.warning(N_("errand %s: %s"), errand.key, overtaken)
        return trouble is None
    return None


def command_sender(command: Sequence[str]) -> Sender:
    """A sender that runs a command with the errand as JSON on its standard input.

    `attempt` above 1 says that an earlier holder may have carried it out and died before it
    could say so.
    """

    def send(errand: Errand) -> None:
        name = {"key": errand.key, "kind": errand.kind, "attempt": errand.term}
        told = json.dumps({**name, **errand.body})
        subprocess.run(
            list(command),
            input=told.encode(),
            check=True,
            capture_output=True,
            timeout=SEND_WITHIN_S,
        )

    return send


def _try(errand: Errand, sender: Sender) -> str | None:
    try:
        sender(errand)
    except Exception as error:  # whatever a sender raises is told and tried again
        log.exception(N_("errand %s failed; it is tried again"), errand.key)
        return f"{type(error).__name__}: {error}"[:500]
    return None


def _settle(records: Records, errand: Errand, trouble: str | None, at: datetime) -> None:
    retry_at = None if trouble is None else at + retry_after(errand.tries)
    with records.work(who=THE_DESK, at=at) as work:
        work.settle_out(errand, trouble=trouble, retry_at=retry_at)
