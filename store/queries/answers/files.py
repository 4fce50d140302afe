"""Answers about files that orders have: the journal tells which, the machine how they stand."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import Text, select, type_coerce

from store.domain.attachments import (
    ATTACHED,
    DETACHED,
    FileNow,
    attachment_of,
    files_in_effect,
    still_there,
)
from store.domain.deeds import UNDOING, Told
from store.domain.facts import Fact
from store.persistence.files_now import file_now
from store.persistence.journal import JOURNAL, RAW_BODY
from store.queries.answers.doctor_story import UNTELLABLE, parsed
from store.queries.answers.lines import ORDERS
from store.queries.answers.scope import within
from store.queries.files import FileLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sqlalchemy import Select

    from store.persistence.reader import Reader
    from store.queries.files import CountFiles


def files_of(reader: Reader, number: int) -> tuple[FileLine, ...]:
    """The files of one order that nobody has taken back or off, the first attached first."""
    rows = reader.conn.execute(_told().where(JOURNAL.c.number == number)).all()
    return tuple(_files(rows))


def count_files(reader: Reader, _query: CountFiles) -> Mapping[FileNow, int]:
    """By how they stand; states that no file is in are left out."""
    seen = select(ORDERS.c.number).where(within(reader, ORDERS.c.site_id))
    having = select(JOURNAL.c.number).where(JOURNAL.c.fact == ATTACHED)
    asked = _told().where(JOURNAL.c.number.in_(having), JOURNAL.c.number.in_(seen))
    rows = reader.conn.execute(asked)
    stories = groupby(rows, key=attrgetter("number"))
    return Counter(file.now for _number, story in stories for file in _files(list(story)))


def now_of(fact: str, body: Mapping[str, Any], words: Mapping[str, Any]) -> FileNow | None:
    """How the file stands that an entry tells of; None where it tells of none."""
    if fact != ATTACHED:
        return None
    try:
        return file_now(attachment_of(body, words))
    except UNTELLABLE:
        return FileNow.UNREADABLE


def _told() -> Select[Any]:
    told = (RAW_BODY.label("body"), type_coerce(JOURNAL.c.words, Text).label("words"))
    columns = (JOURNAL.c[name] for name in ("number", "seq", "at", "by", "deed", "fact"))
    mine = JOURNAL.c.fact.in_((ATTACHED, DETACHED, *sorted(UNDOING)))
    return select(*columns, *told).where(mine).order_by(JOURNAL.c.number, JOURNAL.c.seq)


def _files(rows: Iterable[Any]) -> Iterator[FileLine]:
    for told in _in_effect(tuple(map(_entry, rows))):
        try:
            file = attachment_of(told.fact.body, told.fact.words or {})
        except UNTELLABLE:
            continue
        yield FileLine(
            seq=told.seq,
            name=file.name,
            path=file.path,
            size=file.size,
            sha256=file.sha256,
            modified_at=file.modified_at,
            note=file.note,
            now=file_now(file),
        )


def _in_effect(story: tuple[Told, ...]) -> tuple[Told, ...]:
    """The files there are; all of them where that cannot be told, which the doctor finds."""
    try:
        return files_in_effect(story)
    except UNTELLABLE:
        return still_there(story)


def _entry(row: Any) -> Told:
    body, words = parsed(row.body) or {}, {} if row.words is None else parsed(row.words) or {}
    fact = Fact(name=row.fact, body=body, words=words)
    return Told(seq=row.seq, at=row.at, by=row.by, deed=row.deed, fact=fact)
