"""The service: an alarm clock over one store, inside a console or alone."""

from __future__ import annotations

import logging
import os
import signal
import socket
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from scheduler.aside import Aside
from scheduler.automatic import Looked, dispatch_waiting
from scheduler.backups import BackupClock
from scheduler.chores import Chore
from scheduler.complaints import ring_complaints, ring_projects
from scheduler.courier import Courier
from scheduler.engine import AlarmClock
from scheduler.horizons import remind, tell_horizons
from scheduler.inspections import draw_due
from scheduler.keeper import Keeper
from scheduler.packs import PackWriter
from scheduler.plans import make_due
from scheduler.radar import look_daily
from scheduler.revisits import is_all, plan_some
from scheduler.runner import fire_due
from store import clock
from store.domain.errors import StoreTrouble
from store.domain.who import THE_DESK
from store.records import open_records

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from scheduler.engine import Pulse
    from scheduler.errands import Sender
    from store.domain.errors import Refusal
    from store.persistence.feed import News
    from store.records import Records

log = logging.getLogger(__name__)

HORIZONS_EVERY = timedelta(seconds=30)
"""How often one process looks how far calendars reach."""

COMPLAINTS_EVERY = timedelta(seconds=5)
"""How often one process looks for complaints that ring, and for projects; they are promised by the
minute."""

PLANS_EVERY = timedelta(seconds=10)
"""How often one process looks for orders that plans are due for; they are planned by the minute."""

REVISITS_EVERY = timedelta(minutes=2)
"""How often one process looks for customers who are due for a revisit: they have days, not hours.
"""

PACKS_EVERY = timedelta(seconds=20)
"""How often one process looks whether a day, a week or a month is to be told of."""

DRAWS_EVERY = timedelta(minutes=5)
"""How often one process looks for a week that is to be drawn for inspections."""

DISPATCH_EVERY = timedelta(seconds=4)
"""How often one process looks for orders that the desk is to find somebody for; where it does so,
it also looks whenever something was committed."""

RADAR_EVERY = timedelta(minutes=10)
"""How often one process asks whether anybody has looked today what comes again."""

DISPATCH_SOON = timedelta(milliseconds=500)
"""How long after news, so that much news is one look."""

LOOK_EVERY_S = 1.0
"""How often a service that runs alone looks whether it must tell of trouble."""


class Service:
    """Fires the timers of a store; any number may run at once, none in particular is needed."""

    def __init__(
        self,
        records: Records,
        *,
        now: Callable[[], datetime] = clock.now,
        monotonic: Callable[[], float] = clock.monotonic,
        senders: Mapping[str, Sender] | None = None,
        late: Callable[[timedelta], object] = lambda _late: None,
    ) -> None:
        self._late = late
        """Hears of every sweep that fires how long the oldest timer had waited."""
        self._records = records
        self._now = now
        self._aside = Aside()
        self._keeper = Keeper(records)
        # However often timers wake us: calendars end at midnight.
        self._horizons = Chore(lambda at: tell_horizons(records, at=at), every=HORIZONS_EVERY)
        self._reminders = Chore(lambda at: remind(records, at=at), every=HORIZONS_EVERY)
        self._complaints = Chore(lambda at: ring_complaints(records, at=at), every=COMPLAINTS_EVERY)
        self._projects = Chore(lambda at: ring_projects(records, at=at), every=COMPLAINTS_EVERY)
        self._plans = Chore(lambda at: make_due(records, at=at), every=PLANS_EVERY)
        self._revisits = Chore(lambda at: plan_some(records, at=at), every=REVISITS_EVERY)
        self._writer = PackWriter(records)
        self._packs = Chore(self._writer.look, every=PACKS_EVERY)
        self._radar = Chore(lambda at: look_daily(records, at=at), every=RADAR_EVERY)
        self._draws = Chore(lambda at: draw_due(records, at=at), every=DRAWS_EVERY)
        self._automatic = Chore(self._look, every=DISPATCH_EVERY)
        self._looked = Looked(on=False)
        """What the last look did that came through."""
        holder = f"{socket.gethostname()}:{os.getpid()}"
        self._courier = Courier(records, holder=holder, senders=senders or {}, now=now)
        self._backups = BackupClock(records, holder=holder, now=now)
        self._clock = AlarmClock(self._ring, now=now, monotonic=monotonic)
        self._failed = 0
        self._ready = False
        self._unsubscribe: Callable[[], None] | None = None

    def start(self) -> None:
        """Begin to fire; what fell due while nobody ran fires at once."""
        self._unsubscribe = self._records.on_change(self._heard)
        self._clock.start()
        self._courier.start()
        self._backups.start()

    def stop(self) -> None:
        """End; a batch under way is committed or not at all."""
        if self._unsubscribe is not None:
            self._unsubscribe()
        self._clock.stop()
        self._courier.stop()
        self._backups.stop()
        self._writer.stop()

    @property
    def pulse(self) -> Pulse:
        """How the alarm clock is doing, for the status line."""
        pulse = self._clock.pulse
        chores = (
            *(self._horizons, self._complaints, self._reminders, self._plans, self._revisits),
            *(self._radar, self._automatic, self._keeper, self._projects, self._packs),
            self._draws,
        )
        beside = (chore.trouble for chore in chores)
        trouble = next(filter(None, (pulse.trouble, *beside)), None)
        return replace(pulse, failed=self._failed, trouble=trouble)

    def _heard(self, news: News) -> None:
        """Something was committed: an earlier timer may have come of it."""
        if not news.changes and not news.reload:
            return
        if self._looked.on:
            self._automatic.hurry()
        if self._clock.look_again():
            return  # most likely our own, of a sweep that has much to do
        if self._looked.on:
            self._clock.aim(self._now() + DISPATCH_SOON)
        try:
            next_at = self._records.next_aim(but=self._aside.resting(at=self._now()))
        except StoreTrouble:
            return  # the beat looks again
        if next_at is not None:
            self._clock.aim(next_at)

    def _ring(self) -> datetime | None:
        at = self._now()
        swept = fire_due(self._records, at=at, aside=self._aside)
        if not self._ready:
            self._records.get_ready()
            self._ready = True
        self._failed += swept.failed
        if swept.late is not None:
            self._late(swept.late)
        rang = [one.do(at=at) for one in (self._horizons, self._complaints, self._projects)]
        if any(rang) or swept.fired:
            self._courier.call()
        self._reminders.do(at=at)
        self._plans.do(at=at)
        self._packs.do(at=at)
        self._radar.do(at=at)
        self._draws.do(at=at)
        self._keeper.keep(at=at)
        more = self._plan_revisits(at), self._dispatch(at), self._keeper.owes
        if any(more):
            self._clock.look_again()  # one batch an alarm's turn: orders must not wait for it
        return swept.next_at

    def _plan_revisits(self, at: datetime) -> bool:
        """Plan some of a month's revisits; whether some are left."""
        planned = self._revisits.do(at=at)
        if planned is None or is_all(planned):
            return False
        self._revisits.hurry()
        return True

    def _dispatch(self, at: datetime) -> bool:
        """Find somebody for what waits for it; whether some of it is left."""
        looked = self._automatic.do(at=at)
        if looked is None:
            return False
        if looked.more:
            self._automatic.hurry()
        return looked.more

    def _look(self, at: datetime) -> Looked:
        self._looked = dispatch_waiting(self._records, at=at, after=self._looked)
        return self._looked


def run(
    url: str,
    *,
    senders: Mapping[str, Sender] | None = None,
    notify: bool | None = None,
    began: Callable[[], None] = lambda: None,
    told: Callable[[Refusal | None], None] = lambda _trouble: None,
) -> int:
    """Fire the timers of a store until a signal ends it; the exit code.

    `began` is called when it fires, `told` with each new trouble and with None when it is over.
    `notify` changes whether the desk puts bad alarms out for somebody outside.
    """
    ended: SimpleQueue[int] = SimpleQueue()
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(name) is not signal.SIG_IGN:  # nohup wants to outlive its terminal
            signal.signal(name, lambda number, _frame: ended.put(number))
    with closing(open_records(url, create=False)) as records:
        if notify is not None:
            with records.work(who=THE_DESK, at=clock.now()) as work:
                work.notify(notify)
        service = Service(records, senders=senders)
        service.start()
        began()
        last: Refusal | None = None
        while not _comes(ended):
            trouble = service.pulse.trouble
            if str(trouble) != str(last):
                told(trouble)
            last = trouble
        service.stop()
    return 0


def _comes(ended: SimpleQueue[int]) -> bool:
    """Whether a signal comes until it is time for the next look.

    A handler runs in the thread that waits, between two steps of its wait: the lock of an event
    may be held there, and whoever set that event would wait for himself for ever. This queue takes
    something from a handler at any step.
    """
    try:
        ended.get(timeout=LOOK_EVERY_S)
    except Empty:
        return False
    return True
