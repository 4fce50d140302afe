"""The front door of the store: open it, do a command, ask a question, hear of changes."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

from store import clock
from store.domain.errors import Stale, StoreTrouble
from store.domain.reach import checked_key, reachable
from store.domain.who import THE_DESK, Right, require
from store.domain.words import N_
from store.going_ahead import go_ahead
from store.looking import Looking
from store.measuring import give_measures, look_first
from store.persistence import migrate, trying
from store.persistence.database import connect

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from datetime import datetime

    from store.domain.intents import Command, Done, Rehearsed
    from store.domain.who import Who
    from store.persistence.database import Database
    from store.persistence.feed import Feed, FeedTrouble, News
    from store.persistence.work import Work

Answer = TypeVar("Answer")

log = logging.getLogger("paidan.records")


def open_records(
    url: str,
    *,
    create: bool = True,
    renew: bool = True,
    feed: bool = True,
    zone: str = "UTC",
    desk: str = "Desk",
) -> Records:
    """Open the store at a URL (or the path of an SQLite file); make or migrate it if need be.

    An empty store gets a first operator called `desk`, calendars in `zone` and service levels.
    Without `renew` all is left, and `StoreTooOld` raised where it would have been migrated.
    Raises `StoreTrouble` when it cannot be used, `BadInput` when the URL names no store.
    """
    database = connect(url, create=create)
    try:
        (migrate.upgrade if renew else migrate.look_at)(database)
        records = Records(database)
        if renew and database.closed is None:
            records.seed(zone=zone, desk=desk)
    except BaseException:
        database.close()
        raise
    if feed:
        records.follow()
    return records


class Records(Looking):
    """One open store; may be used from several threads at once."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._listeners: list[Callable[[News], None]] = []
        self._feed: Feed | None = None

    def do(self, command: Command, *, who: Who, at: datetime, key: str | None = None) -> Done:
        """Carry a command out in one transaction, or refuse it and change nothing.

        Under the same key it is done once, whatever became of the first answer. Passing trouble
        is tried again a few times; what remains is raised.
        """
        command = reachable(command)
        go_ahead(command, partial(self.work, who=who, at=at), self.again)
        seen, name = key is not None, checked_key(key) or uuid4().hex

        first = self.again(partial(look_first, self.database, command, who=who, at=at, key=name))

        def once() -> Done:
            nonlocal seen
            try:
                return self._once(command, who=who, at=at, key=name, seen=seen, first=first)
            finally:
                seen = True  # the commit may have been stored and its answer lost

        try:
            done = self.again(once)
        except Stale as refusal:
            refusal.command = command
            raise
        from store.commands import OWES_ORDERS

        if type(command) in OWES_ORDERS:
            self._finish(at)
        return done

    def rehearse(
        self, commands: Sequence[Command], *, who: Who, at: datetime
    ) -> tuple[Rehearsed, ...]:
        """What each command would do now, one after the other, in a transaction that is let go."""

        def once() -> tuple[Rehearsed, ...]:
            from store.commands.rehearse import rehearsed

            return rehearsed(self.work(who=who, at=at), [reachable(one) for one in commands])

        return self.again(once)

    def reckon_on(self, *, at: datetime) -> bool:
        """Have done, batch by batch, what is owed to orders (see `reckon_some`); if any was."""
        owed = False
        while self.reckon_some(at=at):
            owed = True
        return owed

    def reckon_some(self, *, at: datetime) -> bool:
        """Have one batch of what promises, names and figures owe done; whether there was one."""
        from store.persistence import marks

        def step(mark: str) -> bool:
            with self.work(who=THE_DESK, at=at) as work:
                if mark == marks.KPI:
                    return work.fill_figures()
                return work.reckon_on() if mark == marks.RECKON else work.reindex_on()

        with self.database.glancing() as conn:
            owed = marks.standing(conn, (marks.RECKON, marks.REINDEX, marks.KPI))
        return any(self.again(partial(step, mark)) for mark in owed)

    def again(self, step: Callable[[], Answer]) -> Answer:
        """Carry out a step, and the whole of it again while only passing trouble stops it."""
        return trying.again(step, patience=self.database.patience)

    @contextmanager
    def work(
        self, *, who: Who, at: datetime, right: Right = Right.READ, desk_wide: bool = False
    ) -> Iterator[Work]:
        """One write transaction by hand, for what is not a command: timers, imports, seeding.

        `OperatorGone` for an asker who is retired, or was never there; `NotAllowed` for one who
        has not this right, or sees some sites where it is about the whole desk.
        """
        from store.persistence.work import Work

        with self.database.writing() as conn:
            self.database.keep_up(conn)
            work = Work(conn, kind=self.database.kind, who=who, at=at)
            give_measures(work)
            work.admit()
            require(work.who, right, desk_wide=desk_wide)
            yield work
            work.flush()
            work.keep_figures()
            if work.seq:
                self.database.announce(conn)

    def on_change(self, listener: Callable[[News], None]) -> Callable[[], None]:
        """Call a listener, in the feed's thread, for all news; returns how to stop it."""
        self._listeners.append(listener)

        def stop() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return stop

    def follow(self) -> None:
        """Start to follow the journal, unless it is followed already."""
        if self._feed is None:
            self._feed = self.database.feed(self._tell)

    @property
    def feed_state(self) -> FeedTrouble | None:
        """Why no news comes at present, be it that the store says nothing; None while it flows."""
        return self._feed.state if self._feed else None

    def head(self) -> int:
        """The journal's highest sequence number in sight."""
        from store.persistence import journal

        with self.database.reading() as conn:
            return journal.head(conn)

    def get_ready(self) -> None:
        """Load what writing needs now, so that the first write takes no longer than the next."""
        from store.persistence import loading, work  # noqa: F401

        with self.database.reading() as conn:
            loading.load(conn, (-1, -2), lock=False)  # nobody has these numbers

    @property
    def one_writer(self) -> bool:
        """Whether write transactions of this store always wait for each other."""
        return self.database.kind == "sqlite"

    def next_aim(self, *, but: Collection[int] = ()) -> datetime | None:
        """When the next pending timer wants to be fired, `but` for some by their ids; or None."""
        from store.persistence import timers

        with self.database.glancing() as conn:
            return timers.next_aim(conn, but=but)

    def due_timers(self, *, at: datetime, limit: int, but: Collection[int] = ()) -> list[int]:
        """The ids of timers due by `at`, worst first, `but` for some."""
        from store.persistence import timers

        with self.database.glancing() as conn:
            return timers.due_timers(conn, at=at, limit=limit, but=but)

    def plans_due(self, *, at: datetime, limit: int) -> list[int]:
        """The ids of plans that want to be looked at by then: an order is due, or a date moved."""
        from store.persistence import plans

        with self.database.glancing() as conn:
            return plans.due(conn, at=at, limit=limit)

    def errands_wait(self, *, at: datetime, kinds: Iterable[str]) -> bool:
        """Whether effects of these kinds wait in the outbox for somebody to have them."""
        from store.persistence import outbox

        with self.database.glancing() as conn:
            return outbox.errands_wait(conn, at=at, kinds=kinds)

    def seed(self, *, zone: str, desk: str) -> None:
        """Give an empty store what every desk needs, and operators of before roles theirs.

        Nothing happens to any other.
        """
        from store.persistence import marks
        from store.persistence.migrate import is_unseeded

        with self.database.reading() as conn:
            empty, owed = is_unseeded(conn), marks.find(conn, marks.ROLES_OWED) is not None
        if not (empty or owed):
            return
        from store.commands.seed import give_roles, seed_desk

        with self.work(who=THE_DESK, at=clock.now()) as work:
            if owed:
                give_roles(work)
            else:
                seed_desk(work, zone=zone, desk=desk)

    def close(self) -> None:
        """Stop the feed and let every connection go."""
        self._listeners.clear()
        self.database.close()

    def _once(
        self, command: Command, *, who: Who, at: datetime, key: str, seen: bool, first: Any
    ) -> Done:
        from store.commands import CAN_BE_TAKEN_BACK, handled, permit
        from store.commands.final import FINAL
        from store.persistence.receipts import digest

        asked = digest(command)
        with self.work(who=who, at=at) as work:
            if seen and (before := work.receipt(key, asked=asked)) is not None:
                return before  # also to whom the right was taken since: it is done
            permit(work.who, command)
            work.is_command = True
            work.periods = first or work.periods
            done = handled(work, command)
            versions = work.versions(done.numbers)
            work.flush()
            undo = work.deed if type(command) in CAN_BE_TAKEN_BACK else 0
            final = type(command) in FINAL and work.deed is not None
            done = replace(done, versions=versions, seq=work.seq, undo=undo or 0, final=final)
            work.sign(key, done, asked=asked)
        return done

    def _finish(self, at: datetime) -> None:
        """Do what an edit owes; it is done already, and a sweep does what cannot be done now."""
        try:
            self.reckon_on(at=at)
        except StoreTrouble as trouble:
            log.info("what an edit owes to orders is left to a sweep: %s", trouble)
        except Exception:
            log.exception(N_("what an edit owes to orders could not be done; a sweep tries again"))

    def _tell(self, news: News) -> None:
        failed: Exception | None = None
        for listener in tuple(self._listeners):
            try:
                listener(news)
            except Exception as error:  # noqa: BLE001  one listener's fault is not the others'
                failed = error
        if failed is not None:
            raise failed  # the feed owes everybody a full look then
