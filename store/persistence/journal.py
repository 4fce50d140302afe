"""The journal: each fact hashed onto the order's fact before it, so that nothing can be edited."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import Text, bindparam, func, select, text, type_coerce

from store.domain.facts import Fact, canonical, chain_hash, salted
from store.persistence.mapping import table_of
from store.persistence.statements import insert_into, send_values
from store.persistence.tables import JournalRow, OperatorRow
from store.persistence.types import Canonical, ms_of

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from store.persistence.statements import Row

JOURNAL = table_of(JournalRow)

ENTRY = ("at", "by", "via", "number", "fact", "body", "words", "hash", "deed")
"""The columns of an entry that its writer gives."""

BELLS = frozenset(
    {"shelved", "unshelved", "came_back", "escalated", "alarm_seen", "alarm_restored"}
)
"""Facts about an alarm alone."""

MARKS = BELLS | {
    "warned",
    "breached",
    "rang",
    "acknowledged",
    "unacknowledged",
    "nominated",
    "lapsed",
}
"""Facts that change no more of an order than its clocks' marks."""

QUIET = MARKS | {
    *("recall_seen", "chosen", "survey_rang", "survey_expired", "daily_rang"),
    *("action_opened", "action_why", "action_set", "action_started"),
    *("action_done", "action_judged", "action_closed", "action_dropped"),
    *("exception_asked", "exception_granted", "exception_refused"),
    *("exception_withdrawn", "exception_used"),
}
"""Facts about attention, not about the work: they leave the order's version as it is."""

_DESK_LOCK = 7_203_411
"""PostgreSQL's advisory lock under which facts of the desk itself are chained."""

_DESK_HEAD = (
    select(JournalRow.hash)
    .where(JournalRow.number.is_(None))
    .order_by(JournalRow.seq.desc())
    .limit(1)
)
_NEWEST = (
    select(JournalRow.at, JournalRow.fact, OperatorRow.name)
    .outerjoin(OperatorRow, OperatorRow.id == JournalRow.by)
    .where(JournalRow.number == bindparam("number"), JournalRow.fact.not_in(sorted(QUIET)))
    .order_by(JournalRow.seq.desc())
    .limit(1)
)
_HEAD = select(func.max(JournalRow.seq))


class Moment(NamedTuple):
    """As of when something was read."""

    seq: int
    hash: str
    """The newest entry."""
    first: int
    """What is written from there on is not known: an entry, or on PostgreSQL a transaction."""


def entry(
    previous: str,
    fact: Fact,
    *,
    number: int | None,
    at: datetime,
    by: int,
    via: str,
    deed: int | None = None,
) -> tuple[Row, str]:
    """The row (ENTRY) of a fact hashed onto the hash before, and its own hash."""
    body, words = fact.body, None
    if fact.words:
        words, digest = salted(fact.words)
        body = {**body, "words": digest}
    told, name = canonical(body), fact.name
    hashed = chain_hash(
        previous, at_ms=ms_of(at), by=by, via=via, number=number, fact=name, body=told, deed=deed
    )
    return (at, by, via, number, name, Canonical(told), words, hashed, deed), hashed


def reserve(conn: Connection, kind: str) -> int:
    """The number that the next entry written will have, known before it is."""
    # On PostgreSQL the transaction's id must be older than its first number: see `hold_desk`.
    asked = (
        "SELECT 1 + coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'journal'), 0)"
        if kind == "sqlite"
        else (
            "SELECT nextval(pg_get_serial_sequence('journal', 'seq'))"
            " WHERE pg_current_xact_id() IS NOT NULL"
        )
    )
    return int(conn.execute(text(asked)).scalar_one())


def write(conn: Connection, kind: str, rows: list[Row], *, first: int | None = None) -> int:
    """Append the entries in their order; returns the sequence number of the last.

    `first` is the number of the first one, where it was reserved.
    """
    if len(rows) == 1 or first is not None:
        row = dict(zip(ENTRY, rows[0], strict=True))
        given = {} if first is None else {"seq": first}
        key = conn.execute(insert_into(JOURNAL), {**row, **given}).inserted_primary_key
        rows = rows[1:]
        if not rows:
            return int(key[0]) if key is not None else 0
    send_values(conn, "Insert", JOURNAL, ENTRY, (), rows)
    return last_written(conn, kind)


def last_written(conn: Connection, kind: str) -> int:
    """The sequence number that this transaction's newest entry was given."""
    asked = (
        "SELECT seq FROM sqlite_sequence WHERE name = 'journal'"
        if kind == "sqlite"
        else "SELECT currval(pg_get_serial_sequence('journal', 'seq'))"
    )
    return int(conn.execute(text(asked)).scalar_one())


def desk_head(conn: Connection, kind: str) -> str:
    """The hash on which the next fact of the desk itself hangs; holds others back on PostgreSQL."""
    hold_desk(conn, kind)
    return conn.execute(_DESK_HEAD).scalar_one_or_none() or ""


def hold_desk(conn: Connection, kind: str) -> None:
    """Be the only one who writes facts of the desk itself, until the transaction ends."""
    if kind == "postgresql":
        # The transaction's id must be older than its first number, or a seal could miss it.
        conn.execute(text(f"SELECT pg_current_xact_id(), pg_advisory_xact_lock({_DESK_LOCK})"))


def newest(conn: Connection, number: int) -> tuple[datetime, str, str | None] | None:
    """When, what and by whom an order was last changed (its attention facts aside)."""
    row = conn.execute(_NEWEST, {"number": number}).one_or_none()
    return None if row is None else (row[0], row[1], row[2])


def head(conn: Connection) -> int:
    """The highest sequence number in sight; 0 in an empty journal."""
    return conn.execute(_HEAD).scalar_one() or 0


RAW_BODY = type_coerce(JournalRow.body, Text)
"""The body as the text that was hashed."""
