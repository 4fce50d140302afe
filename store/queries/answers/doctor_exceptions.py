"""The doctor's look at exceptions: each as the journal of its order tells it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from store.domain.exceptions_told import PLAIN, WORDS, exceptions_told
from store.domain.facts import Fact
from store.persistence.exception_limits import EXCEPTION
from store.persistence.exception_work import read_exception
from store.queries.checks import Check
from store.queries.doctor import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from store.persistence.reader import Reader
    from store.queries.answers.doctor_story import Told


def exceptions_of(reader: Reader, numbers: Sequence[int]) -> Mapping[int, Sequence[Any]]:
    """Every exception of these orders, those that are over too."""
    held: dict[int, list[Any]] = defaultdict(list)
    asked = select(EXCEPTION).where(EXCEPTION.c.number.between(numbers[0], numbers[-1]))
    for row in reader.conn.execute(asked):
        held[row.number].append(row)
    return held


def exceptions(number: int, story: Sequence[Told], rows: Sequence[Any]) -> Iterator[Finding]:
    """Each as its facts say, and none beside; raises `UNTELLABLE`."""
    whole = [entry for entry in story if entry.whole]
    told = exceptions_told(
        Fact(name=entry.fact, body=dict(entry.body), words=entry.words) for entry in whole
    )
    erased = {entry.body.get("exception") for entry in whole if entry.silent}
    held = {row.id: row for row in rows}
    for one in sorted(told.keys() | held.keys()):
        row, wanted = held.get(one), told.get(one)
        differing = ["id"]
        if row is not None and wanted is not None:
            stands = read_exception(row)
            left_out = {*WORDS, "version"} if one in erased else set()
            differing = [
                name
                for name in PLAIN
                if name not in left_out and getattr(stands, name) != getattr(wanted, name)
            ]
        if differing:
            facts = {"id": one, "fields": ", ".join(differing)}
            yield Finding(check=Check.EXCEPTION, number=number, facts=facts)
