"""The sweep: claim what is due, react, and commit, batch by batch.

Claim, effect, next aim and journal entry share one transaction, so a sweep killed anywhere has
fired a timer wholly or not at all, and any number of processes may sweep at once.
"""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from scheduler.litter import LITTER
from scheduler.notices import put_notice
from scheduler.reactions import Come, react
from store.domain.errors import StoreRaced, StoreTrouble, Unreadable
from store.domain.who import THE_DESK
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from store.persistence.timers import DueTimer
    from store.persistence.work import Work
    from store.records import Records

log = logging.getLogger(__name__)

BATCH = 500
"""Timers of one transaction; on SQLite others wait for the write lock that long."""

LOOK = 20 * BATCH
"""Timers found at a time; what falls due meanwhile comes after them."""

AT_ONCE = 2
"""Batches fired at once where the store has several writers: one computes, one writes."""

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
    """Fire what is due by `at`, worst first; each once, whoever else sweeps.

    One pass, of at most `LOOK` timers: what is left or came meanwhile is the next sweep's, which
    asks the clock again, so that none fires early when the clock was set back in between.
    """
    next_at = records.next_aim()
    if next_at is None or next_at > at:
        return Swept(next_at=next_at)
    fired, failed = _fire_all(records, records.due_timers(at=at, limit=LOOK), at)
    next_at = records.next_aim()
    if not fired and not failed and next_at is not None:
        next_at = max(next_at, at + SHORTLY)  # others hold them at this moment
    return Swept(fired=fired, failed=failed, next_at=next_at)


def retry_after(tries: int) -> timedelta:
    """How long a reaction that failed `tries` times before rests now."""
    doubled: timedelta = FIRST_RETRY * 2 ** min(tries, 20)
    return min(doubled, LAST_RETRY)


def _fire_all(records: Records, ids: Sequence[int], at: datetime) -> tuple[int, int]:
    batches = [ids[start : start + BATCH] for start in range(0, len(ids), BATCH)]
    if records.one_writer or len(batches) < AT_ONCE:
        counts = [_fire_batch(records, batch, at) for batch in batches]
    else:
        with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="sweep") as pool:
            counts = list(pool.map(lambda batch: _fire_batch(records, batch, at), batches))
    return sum(done for done, _ in counts), sum(lost for _, lost in counts)


def _fire_batch(records: Records, ids: Sequence[int], at: datetime) -> tuple[int, int]:
    try:
        with LITTER.kept(), records.work(who=THE_DESK, at=at) as work:
            return _fire(work, work.claim(ids, at=at), at)
    except Exception as error:
        if isinstance(error, StoreTrouble) and not isinstance(error, StoreRaced):
            raise
        if len(ids) == 1:
            log.exception(N_("timer %d cannot be saved; it is tried again"), ids[0])
            return 0, _put_off(records, ids[0], error, at)
        # One of them cannot be saved: find it by giving each a transaction of its own.
        log.exception(N_("%d timers could not be saved together; firing one by one"), len(ids))
        done, lost = zip(*(_fire_batch(records, [one], at) for one in ids), strict=True)
        return sum(done), sum(lost)


def _fire(work: Work, claimed: Iterable[DueTimer], at: datetime) -> tuple[int, int]:
    fired: list[DueTimer] = []
    failed = 0
    for timer in claimed:
        try:
            _fire_one(work, timer, at)
        except StoreTrouble:
            raise
        except Unreadable as strange:  # by us; whoever wrote it may fire it yet
            if not timer.tries:
                log.warning(N_("%s; it is put off"), strange)
            work.fail(timer, _told(strange), at + retry_after(timer.tries))
            failed += 1
        except Exception as error:
            said = N_("timer %s of order %d failed; it is tried again")
            log.exception(said, timer.aim.kind.value, timer.number)
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
        rang = work.raise_alarm(
            after,
            kind=aim.kind,
            clock=aim.clock,
            level=aim.level,
            severity=reaction.alarm.severity,
            due_at=aim.due_at,
        )
        if rang:
            put_notice(work, after.number, reaction.alarm, at=at)


def _put_off(records: Records, timer: int, error: Exception, at: datetime) -> int:
    with records.work(who=THE_DESK, at=at) as work:
        claimed = work.claim([timer], at=at)
        for due in claimed:
            work.fail(due, _told(error), at + retry_after(due.tries))
    return len(claimed)


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:500]
