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

from scheduler.aside import Aside, retry_after
from scheduler.litter import LITTER
from scheduler.notices import put_notice
from scheduler.reactions import Come, react
from store.domain.errors import StoreRaced, StoreTrouble, Unreadable
from store.domain.evolve import maker
from store.domain.timer_kinds import TimerKind
from store.domain.who import THE_DESK
from store.domain.words import N_
from store.persistence.trouble import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from scheduler.reactions import Reaction
    from store.persistence.timers import DueTimer
    from store.persistence.work import Work
    from store.records import Records

log = logging.getLogger(__name__)

Unread = dict[int, Exception]
"""Timers by their ids that could not be read, and why."""

BATCH = 500
"""Timers of one transaction; on SQLite others wait for the write lock that long."""

LOOK = 20 * BATCH
"""Timers found at a time; what falls due meanwhile comes after them."""

AT_ONCE = 2
"""Batches fired at once where the store has several writers: one computes, one writes."""

SHORTLY = timedelta(milliseconds=50)
"""When to look again at timers that another process holds at this moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """What one sweep did."""

    fired: int = 0
    failed: int = 0
    next_at: datetime | None = None
    """When the next timer falls due; None when none is pending."""
    late: timedelta | None = None
    """How long the oldest timer that was due had waited; None where none was."""


_made = maker(Come)


class _NotRead(Exception):
    """A timer, or what it is about, cannot be read by us."""

    def __init__(self, error: Exception) -> None:
        super().__init__(str(error))
        self.error = error


def fire_due(records: Records, *, at: datetime, aside: Aside | None = None) -> Swept:
    """Fire what is due by `at`, worst first; each once, whoever else sweeps.

    One pass, of at most `LOOK` timers: what is left or came meanwhile is the next sweep's, which
    asks the clock again, so that none fires early when the clock was set back in between. What
    this process cannot read is left `aside`, from one sweep to the next.
    """
    aside = Aside() if aside is None else aside
    resting = aside.resting(at=at)
    next_at = records.next_aim(but=resting)
    if next_at is None or next_at > at:
        return Swept(next_at=_first(next_at, aside.next_try()))
    late = at - next_at
    ids = records.due_timers(at=at, limit=LOOK, but=resting)
    fired, failed = _fire_all(records, ids, at, aside)
    if len(ids) < LOOK:
        aside.forget_tried(at=at)
    next_at = records.next_aim(but=aside.resting(at=at))
    if not fired and not failed and next_at is not None:
        next_at = max(next_at, at + SHORTLY)  # others hold them at this moment
    next_at = _first(next_at, aside.next_try())
    return Swept(fired=fired, failed=failed, next_at=next_at, late=late)


def _first(*moments: datetime | None) -> datetime | None:
    return min((moment for moment in moments if moment is not None), default=None)


def _fire_all(records: Records, ids: Sequence[int], at: datetime, aside: Aside) -> tuple[int, int]:
    alone = aside.alone()
    singles = [[one] for one in ids if one in alone] if alone else []
    together = [one for one in ids if one not in alone] if alone else ids
    batches = [together[start : start + BATCH] for start in range(0, len(together), BATCH)]
    if records.one_writer or len(batches) < AT_ONCE:
        counts = [_fire_batch(records, batch, at, aside) for batch in batches]
    else:
        with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="sweep") as pool:
            counts = list(pool.map(lambda batch: _fire_batch(records, batch, at, aside), batches))
    counts += [_fire_batch(records, single, at, aside) for single in singles]
    return sum(done for done, _ in counts), sum(lost for _, lost in counts)


def _fire_batch(
    records: Records, ids: Sequence[int], at: datetime, aside: Aside
) -> tuple[int, int]:
    unread: Unread = {}
    try:
        with LITTER.kept(), records.work(who=THE_DESK, at=at) as work:
            done, lost = _fire(work, work.claim(ids, at=at), at, unread)
            for timer, strange in unread.items():
                if timer not in aside:
                    work.tell(timer, _told(strange))
    except Exception as error:
        if isinstance(error, StoreTrouble) and not isinstance(error, StoreRaced):
            raise
        if len(ids) == 1:
            return 0, _put_off(records, ids[0], error, at, aside)
        # One of them cannot be saved: find it by giving each a transaction of its own.
        log.exception(N_("%d timers could not be saved together; firing one by one"), len(ids))
        counts = [_fire_batch(records, [one], at, aside) for one in ids]
        return sum(done for done, _ in counts), sum(lost for _, lost in counts)
    for timer, strange in unread.items():
        _leave(aside, timer, strange, at)
    return done, lost + len(unread)


def _leave(
    aside: Aside, timer: int, error: Exception, at: datetime, *, alone: bool = False
) -> None:
    """Leave a timer to whoever can read it; told once."""
    if not aside.put(timer, at=at, alone=alone):
        return
    if isinstance(error, Unreadable):
        log.warning(N_("%s; this process leaves it aside and tries again"), error)
    else:
        said = N_("timer %d cannot be read; this process leaves it aside and tries again")
        log.error(said, timer, exc_info=error)


def _fire(work: Work, claimed: Iterable[DueTimer], at: datetime, unread: Unread) -> tuple[int, int]:
    """How many fired and how many failed; those that we cannot read are neither, but `unread`."""
    fired: list[DueTimer] = []
    failed = 0
    for timer in claimed:
        try:
            _fire_one(work, timer, at)
        except StoreTrouble:
            raise
        except _NotRead as strange:  # by us; whoever wrote it may fire it yet
            unread[timer.id] = strange.error
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
    come = _come(work, timer, at)
    order, reaction = come.order, _reaction(come)
    after = work.save(order, reaction.order, *reaction.facts) if reaction.facts else order
    if reaction.bell is TimerKind.UNSHELVE:
        work.come_back(after)
    elif reaction.bell is TimerKind.ESCALATE:
        work.escalate(after)
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


def _come(work: Work, timer: DueTimer, at: datetime) -> Come:
    try:
        order = work.order(timer.number)
        return _made(order, work.rules(order), timer.aim, at)
    except Exception as error:
        if told(error) is not None:
            raise
        raise _NotRead(error) from error


def _reaction(come: Come) -> Reaction:
    try:
        return react(come)
    except Unreadable as strange:
        raise _NotRead(strange) from strange


def _put_off(records: Records, timer: int, error: Exception, at: datetime, aside: Aside) -> int:
    """A timer that cannot be saved is tried again later, by whoever comes; how many that are."""
    try:
        with records.work(who=THE_DESK, at=at) as work:
            claimed = work.claim([timer], at=at)
            for due in claimed:
                work.fail(due, _told(error), at + retry_after(due.tries))
    except StoreTrouble:
        raise
    except Exception as strange:  # noqa: BLE001  it cannot even be claimed, which is told
        _leave(aside, timer, strange, at, alone=True)
        return 1
    log.error(N_("timer %d cannot be saved; it is tried again"), timer, exc_info=error)
    return len(claimed)


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:500]
