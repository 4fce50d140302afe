"""The doctor's look at what calls people: follow-ups, alarms and timers against their journal."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from store.persistence.journal import JOURNAL
from store.persistence.loading import ALARM, FOLLOW_UP
from store.persistence.types import from_ms
from store.queries.doctor import Check, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.persistence.known import Known
    from store.persistence.reader import Reader

Rows = Mapping[int, Sequence[Any]]


_CALLS = frozenset({"rang", "warned", "breached"})


def follow_ups_of(reader: Reader, numbers: Sequence[int]) -> Rows:
    """Every follow-up of these orders, kept ones too."""
    return _by_number(reader, FOLLOW_UP, numbers)


def alarms_of(reader: Reader, numbers: Sequence[int]) -> Rows:
    """Every alarm of these orders, cleared ones too."""
    return _by_number(reader, ALARM, numbers)


def erased(reader: Reader, seqs: Sequence[int]) -> set[int]:
    """Those of these entries whose words somebody erased and said so."""
    if not seqs:
        return set()
    said = reader.conn.execute(select(JOURNAL.c.body).where(JOURNAL.c.fact == "erased")).scalars()
    return {seq for body in said for seq in body.get("seqs", ())} & set(seqs)


def follow_ups(number: int, story: Sequence[Any], rows: Sequence[Any]) -> Iterator[Finding]:
    """Each promised and kept as the facts say, and none beside."""
    told = _told(story)
    held = {row.place: row for row in rows}
    for place in sorted(told.keys() | held.keys()):
        row, wanted = held.get(place), told.get(place, {"place": None})
        differing = [name for name, value in wanted.items() if getattr(row, name, "") != value]
        if differing:
            facts = {"place": place, "fields": ", ".join(differing)}
            yield Finding(check=Check.FOLLOW_UP, number=number, facts=facts)


def _told(story: Sequence[Any]) -> dict[int, dict[str, Any]]:
    told: dict[int, dict[str, Any]] = {}
    for entry in story:
        body = json.loads(entry.body)
        if entry.fact == "promised":
            told[body["place"]] = {"due_at": from_ms(body["due_at"]), "done_at": None}
            if entry.words is not None or "words" not in body:
                told[body["place"]]["note"] = json.loads(entry.words or "{}").get("note", "")
        elif entry.fact == "kept" and body["place"] in told:
            told[body["place"]]["done_at"] = entry.at
        for place, promise in body.get("promises", ()):
            if promise is None:
                told.pop(place, None)
            else:
                told[place] = _stands_again(entry, place, promise)
    return told


def alarms(number: int, story: Sequence[Any], rows: Sequence[Any]) -> Iterator[Finding]:
    """As many rings as the facts tell, and nobody's silence but his own."""
    rang = sum(entry.fact == "rang" for entry in story)
    if rang > sum(row.rings for row in rows):
        yield _alarm(number, "rang")
    silenced = {(entry.at, entry.by) for entry in story if entry.fact == "acknowledged"}
    for row in rows:
        if row.acknowledged_at is None:
            continue
        if (row.acknowledged_at, row.acknowledged_by) not in silenced:
            yield _alarm(number, "acknowledged")


def idle_timers(known: Known, story: Sequence[Any], rows: Sequence[Any]) -> Iterator[Finding]:
    """Timers marked as fired whose clock knows nothing of it, or though nothing ever called.

    A reason that no clock measures may fire beside a worse one, which then rings alone.
    """
    clocks = {(clock.kind.value, clock.run): clock for clock in known.now.clocks}
    called = bool(rows) or any(entry.fact in _CALLS for entry in story)
    for (kind, name, run, level), seen in known.timers.items():
        if not seen.fired:
            continue
        clock = clocks.get((name, run))
        idle = not called if clock is None else clock.warned < level and clock.breached_at is None
        if idle:
            timer = " ".join(filter(None, (kind, name, str(run), str(level or ""))))
            yield Finding(check=Check.TIMER_IDLE, number=known.now.number, facts={"timer": timer})


def _stands_again(entry: Any, place: int, promise: Mapping[str, Any]) -> dict[str, Any]:
    done = promise.get("done_at")
    told = {
        "due_at": from_ms(promise["due_at"]),
        "done_at": None if done is None else from_ms(done),
    }
    if entry.words is not None or "words" not in json.loads(entry.body):
        told["note"] = json.loads(entry.words or "{}").get(f"promises.{place}.note", "")
    return told


def _alarm(number: int, what: str) -> Finding:
    return Finding(check=Check.ALARM_STORY, number=number, facts={"what": what})


def _by_number(reader: Reader, table: Any, numbers: Sequence[int]) -> Rows:
    between = table.c.number.between(numbers[0], numbers[-1])
    found: dict[int, list[Any]] = defaultdict(list)
    for row in reader.conn.execute(select(*table.c).where(between)):
        found[row.number].append(row)
    return found
