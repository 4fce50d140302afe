"""Commits on PostgreSQL: NOTIFY wakes us, and the difference of two snapshots says what is new.

Sequence numbers are given before the commit, so `seq > head` would miss entries. Instead each read
remembers its snapshot: new is what was written by transactions that were unfinished then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from store.persistence import postgres
from store.persistence.feed import CAP, Change, News, change
from store.persistence.presence_stamp import STAMP
from store.persistence.snapshot import Snapshot

if TYPE_CHECKING:
    import psycopg
    from sqlalchemy import URL

    from store.persistence.feed_wake import Wake

BEAT = 1.5
"""Seconds after which we read unasked: proves the connection, and finds unannounced commits."""

_NOW = """
SELECT pg_current_snapshot()::text, coalesce(max(seq), 0), coalesce(max(xid), 0) FROM journal"""
_SINCE = """
SELECT pg_current_snapshot()::text, seq, number, fact FROM journal WHERE seq > %s
ORDER BY seq LIMIT %s"""
_NEW = f"""
WITH new AS MATERIALIZED (
    SELECT seq, number, fact FROM journal WHERE xid >= %s OR xid = ANY(%s::bigint[]))
SELECT moment.snapshot, new.seq, new.number, new.fact, ({STAMP})
FROM (SELECT pg_current_snapshot()::text AS snapshot) AS moment
LEFT JOIN new ON new.seq > %s
ORDER BY new.seq LIMIT %s"""
_FOREIGN = "SELECT coalesce(max(seq), 0) FROM journal WHERE xid >= %s"


class PostgresSource:
    """Follows one database through a connection of its own."""

    def __init__(self, url: URL, *, start_after: int | None) -> None:
        self._url = url
        self._head = start_after or 0
        self._start_after = start_after
        self._seen: Snapshot | None = None
        self._restored = 0
        self._stamp: str | None = None
        """Of presence, when it was last read."""
        self._connection: psycopg.Connection[Any] | None = None
        self._rang = False
        self._bell: int | None = None

    def open(self, wake: Wake) -> News | None:
        """Listen first, then read: what commits in between is told twice, not lost."""
        self._connection = postgres.dial(self._url)
        self._connection.add_notify_handler(self._ring)
        self._bell = self._connection.fileno()
        wake.hang(self._bell)
        self._connection.execute("LISTEN " + postgres.CHANNEL)
        # “xid >=” means the newest few, which neither a generic plan nor old statistics can know.
        self._connection.execute("SET enable_seqscan = off")
        self._stamp = self._ask(STAMP)[0][0]
        snapshot, head, youngest = self._ask(_NOW)[0]
        moment = Snapshot.parse(snapshot)
        if youngest >= moment.next:
            # Brought in from another server, whose transaction numbers mean nothing here.
            self._restored = self._ask(_FOREIGN, moment.next)[0][0]
        if self._seen is None or self._seen.next > moment.next:
            return self._begin(moment, head)
        news = self.read()
        return News(head=self._head, changes=news.changes if news else (), reload=True)

    def wait(self, wake: Wake) -> None:
        """Until a commit is announced, a poke, or the next beat."""
        if self._rang:
            return
        link = self._link().pgconn
        wake.wait(BEAT)
        link.consume_input()
        while link.notifies():
            pass

    def read(self) -> News | None:
        """Entries of transactions that finished since the last read, each exactly once."""
        assert self._seen is not None
        self._rang = False
        running = list(self._seen.running)
        rows = self._ask(_NEW, self._seen.next, running, self._restored, CAP + 1)
        self._seen = Snapshot.parse(rows[0][0])
        moved, self._stamp = rows[0][4] != self._stamp, rows[0][4]
        changes = _changes(rows)
        if not changes:
            quiet = News(head=self._head, changes=(), reload=False, presence=True)
            return quiet if moved else None
        self._head = max(self._head, changes[-1].seq)
        if len(changes) > CAP:
            snapshot, self._head, _ = self._ask(_NOW)[0]
            self._seen = Snapshot.parse(snapshot)
            return News(head=self._head, changes=(), reload=True, presence=moved)
        return News(head=self._head, changes=changes, reload=False, presence=moved)

    def close(self, wake: Wake) -> None:
        """Give back the connection."""
        if self._bell is not None:
            wake.unhang(self._bell)
            self._bell = None
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def _begin(self, moment: Snapshot, head: int) -> News:
        self._seen, self._head = moment, head
        changes: tuple[Change, ...] = ()
        if self._start_after is not None:
            changes = _changes(self._ask(_SINCE, self._start_after, CAP))
            self._start_after = None
        return News(head=head, changes=changes, reload=True)

    def _ask(self, statement: str, *facts: Any) -> list[Any]:
        return self._link().execute(statement, facts, prepare=True).fetchall()

    def _link(self) -> psycopg.Connection[Any]:
        assert self._connection is not None
        return self._connection

    def _ring(self, _notice: object) -> None:
        self._rang = True  # came with an answer, so perhaps after its snapshot: read again


def _changes(rows: list[Any]) -> tuple[Change, ...]:
    return tuple(change(*row[1:4]) for row in rows if row[1] is not None)
