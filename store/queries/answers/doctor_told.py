"""The doctor's look at trainings, suggestions, their fund and reminders: each from the journal."""

from __future__ import annotations

from dataclasses import fields
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from store.domain.ideas import Idea
from store.domain.people_told import (
    IDEA_WORDS,
    NAMES,
    TRAINING_WORDS,
    Entry,
    Payment,
    Rang,
    ideas_told,
    payments_told,
    reminders_told,
    trainings_told,
)
from store.domain.trainings import Training
from store.domain.words import N_
from store.persistence import idea_work, training_work
from store.persistence.chain import ENTRIES
from store.persistence.idea_work import ENTRY, FUND, IDEA
from store.persistence.journal import JOURNAL
from store.persistence.reminders import REMINDER, TRAINING
from store.queries.answers.doctor_steps import differing
from store.queries.answers.doctor_story import UNTELLABLE, parsed
from store.queries.checks import Check
from store.queries.doctor import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy import Select

    from store.persistence.reader import Reader

_TRAINING, _IDEA, _RANG = (
    tuple(field.name for field in fields(kind)) for kind in (Training, Idea, Rang)
)
_PAYMENT: Final = ("at", "by", "amount", "idea", "words")


def told(reader: Reader) -> Iterator[Finding]:
    """All their rows against the journal of the desk; `NO_STORY` where that cannot be followed."""
    asked = ENTRIES.where(JOURNAL.c.number.is_(None), JOURNAL.c.fact.in_(NAMES))
    story = [_entry(row) for row in reader.conn.execute(asked.order_by(JOURNAL.c.seq))]
    try:
        trainings, ideas = trainings_told(story), ideas_told(story)
        payments, rang = payments_told(story), reminders_told(story)
    except UNTELLABLE as error:
        yield Finding(check=Check.NO_STORY, facts={"why": str(error)})
        return
    kept = _rows(reader, select(TRAINING), training_work.COLUMNS, Training)
    but: tuple[Sequence[str], set[Any]] = (
        TRAINING_WORDS,
        {one.body.get("training") for one in story if one.silent},
    )
    yield from _compared(N_("training"), kept, trainings, _TRAINING, but)
    kept = _rows(reader, select(IDEA), idea_work.COLUMNS, Idea)
    but = (IDEA_WORDS, {one.body.get("idea") for one in story if one.silent})
    yield from _compared(N_("suggestion"), kept, ideas, _IDEA, but)
    yield from _fund(reader, payments)
    yield from _reminders(reader, rang)


def _entry(row: Any) -> Entry:
    body = parsed(row.body) or {}
    words = None if row.words is None else parsed(row.words)
    silent = words is None and "words" in body
    return Entry(at=row.at, by=row.by, fact=row.fact, body=body, words=words or {}, silent=silent)


def _rows(
    reader: Reader, asked: Select[Any], columns: Mapping[str, str], kind: type[Any]
) -> dict[int, Any]:
    rows = reader.conn.execute(asked).all()
    return {row.id: kind(**{n: getattr(row, c) for n, c in columns.items()}) for row in rows}


def _compared(
    what: str,
    kept: Mapping[int, Any],
    wanted: Mapping[int, Any],
    names: Sequence[str],
    but: tuple[Sequence[str], set[Any]],
) -> Iterator[Finding]:
    """Of what was erased no words."""
    words, gone = but
    for one in sorted(kept.keys() | wanted.keys()):
        skipped = words if one in gone else ()
        found = differing(kept.get(one), wanted.get(one), names, but=skipped)
        if found:
            yield _finding(what, one, found)


def _fund(reader: Reader, wanted: Sequence[Payment]) -> Iterator[Finding]:
    """Payment for payment, and what the fund has: the sum of what was told."""
    rows = reader.conn.execute(select(ENTRY).order_by(ENTRY.c.id)).all()
    for place, (row, one) in enumerate(zip_longest(rows, wanted), 1):
        held = row and Payment(
            at=row.at, by=row.by, amount=row.amount, idea=row.idea_id, words=row.words
        )
        but = ("words",) if one is None or one.words is None else ()
        found = differing(held, one, _PAYMENT, but=but)
        if found:
            yield _finding(N_("payment of the fund"), row.id if row else place, found)
    balance = reader.conn.execute(select(FUND.c.balance)).scalar_one_or_none() or 0
    if balance != sum(one.amount for one in wanted):
        yield _finding(N_("suggestion fund"), 1, "balance")


def _reminders(reader: Reader, wanted: Mapping[tuple[str, int], Rang]) -> Iterator[Finding]:
    kept = {
        (row.kind, row.about): Rang(**{name: getattr(row, name) for name in _RANG})
        for row in reader.conn.execute(select(REMINDER))
    }
    for key in sorted(kept.keys() | wanted.keys()):
        found = differing(kept.get(key), wanted.get(key), _RANG, but=())
        if found:
            yield _finding(N_("reminder"), " ".join(map(str, key)), found)


def _finding(what: str, one: int | str, found: str) -> Finding:
    return Finding(check=Check.STEPS, facts={"what": what, "id": one, "fields": found})
