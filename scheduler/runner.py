"""The sweep: claim what is due, react, and commit, batch by batch.

Claim, effect, next aim and journal entry share one transaction, so a sweep killed anywhere has
fired a timer wholly or not at all, and any number of processes may sweep at once.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from scheduler.reactions import Come, react
from store.domain.errors import StoreTrouble
from store.domain.who import THE_DESK

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from store.persistence.timers import DueTimer
    from store.persistence.work import Work
    from store.records import Records

log = logging.getLogger(__name__)

BATCH = 500
"""Timers of one transaction; on SQLite others wait for the write lock that long."""

FIRST_RETRY = timedelta(seconds=5)
LAST_RETRY = timedelta(hours=1)
"""A failed reaction is tried again after 5 s, 10 s, 20 s ... and at last every hour."""

SHORTLY = timedelta(milliseconds=50)
"""When to look again at timers that another process holds at this moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """What one sweep did."""

    fired: int = 0
    failed: int = 0
    next_at: datetime | None = None
    """When the next timer falls due; None when none is pending."""


def fire_due(records: Records, *, at: datetime) -> Swept:
    """Fire every timer due by `at`, worst first; each once, whoever else sweeps."""
    fired = failed = 0
    next_at = records.next_aim()
    while next_at is not None and next_at <= at:
        done, lost = _fire_batch(records, at)
        fired, failed = fired + done, failed + lost
        next_at = records.next_aim()
        if not done and not lost and next_at is not None:
            next_at = max(next_at, at + SHORTLY)
            break
    return Swept(fired=fired, failed=failed, next_at=next_at)


def retry_after(tries: int) -> timedelta:
    """How long a reaction that failed `tries` times before rests now."""
    doubled: timedelta = FIRST_RETRY * 2 ** min(tries, 20)
    return min(doubled, LAST_RETRY)


def _fire_batch(records: Records, at: datetime) -> tuple[int, int]:
    claimed: list[DueTimer] = []
    try:
        with records.work(who=THE_DESK, at=at) as work:
            claimed = work.claim_due(BATCH, at=at)
            return _fire(work, claimed, at)
    except StoreTrouble:
        raise
    except Exception:
        # One timer of the batch cannot be saved: find it by giving each its own transaction.
        log.exception("a batch of %d timers could not be saved; firing one by one", len(claimed))
        return _fire_singly(records, len(claimed), at)


def _fire(work: Work, claimed: Iterable[DueTimer], at: datetime) -> tuple[int, int]:
    fired: list[DueTimer] = []
    failed = 0
    for timer in claimed:
        try:
            _fire_one(work, timer, at)
        except StoreTrouble:
            raise
        except Exception as error:
            log.exception("timer %s of order %d failed", timer.kind, timer.number)
            work.fail(timer, _told(error), at + retry_after(timer.tries))
            failed += 1
        else:
            fired.append(timer)
    work.fire(*fired)
    return len(fired), failed


def _fire_one(work: Work, timer: DueTimer, at: datetime) -> None:
    order = work.order(timer.number)
    come = Come(order=order, rules=work.rules(order), aim=timer.aim, at=at)
    reaction = react(come)
    after = work.save(order, reaction.order, *reaction.facts) if reaction.facts else order
    if reaction.alarm is not None:
        aim = reaction.alarm.aim
        work.raise_alarm(
            after,
            kind=aim.kind,
            clock=aim.clock,
            level=aim.level,
            severity=reaction.alarm.severity,
            due_at=aim.due_at,
        )


def _fire_singly(records: Records, count: int, at: datetime) -> tuple[int, int]:
    fired = failed = 0
    for _ in range(count):
        claimed: list[DueTimer] = []
        try:
            with records.work(who=THE_DESK, at=at) as work:
                claimed = work.claim_due(1, at=at)
                done, lost = _fire(work, claimed, at)
        except StoreTrouble:
            raise
        except Exception as error:
            log.exception("a timer cannot be saved: %s", claimed)
            _put_off(records, claimed, error, at)
            done, lost = 0, 1
        fired, failed = fired + done, failed + lost
    return fired, failed


def _put_off(records: Records, lost: list[DueTimer], error: Exception, at: datetime) -> None:
    ids = {timer.id for timer in lost}
    with records.work(who=THE_DESK, at=at) as work:
        for timer in work.claim_due(1, at=at):
            if timer.id in ids:
                work.fail(timer, _told(error), at + retry_after(timer.tries))


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:500]
