"""The doctor's look at what calls people: follow-ups, alarms and timers against their journal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from store.domain import deeds
from store.domain.facts import Fact
from store.domain.follow_ups import promises_told
from store.domain.ladders import ladder
from store.domain.timer_kinds import TimerKind
from store.persistence.journal import JOURNAL, RAW_BODY
from store.persistence.loading import ALARM, FOLLOW_UP
from store.persistence.planning import has_moved, key_of
from store.queries.answers.doctor_story import parsed
from store.queries.checks import Check
from store.queries.doctor import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from store.domain.order import Clock
    from store.domain.rules import Rules
    from store.persistence.known import Known
    from store.persistence.reader import Reader
    from store.queries.answers.doctor_story import Told

Rows = Mapping[int, Sequence[Any]]


_CALLS = frozenset({"rang", "warned", "breached"})
_KINDS = frozenset(kind.value for kind in TimerKind)


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
    wanted, said = set(seqs), set()
    asked = select(RAW_BODY).where(JOURNAL.c.fact == "erased")
    for body in map(parsed, reader.conn.execute(asked).scalars()):
        named = (body or {}).get("seqs")
        said |= {seq for seq in named if seq in seqs} if isinstance(named, list) else set()
    return wanted & said


def follow_ups(number: int, story: Sequence[Told], rows: Sequence[Any]) -> Iterator[Finding]:
    """Each promised and kept as the facts say, and none beside; raises `UNTELLABLE`."""
    told = promises_told(map(_as_domain, (entry for entry in story if entry.whole)))
    erased = _erased_places(story)
    held = {row.place: row for row in rows}
    for place in sorted(told.keys() | held.keys()):
        row, wanted = held.get(place), told.get(place)
        if row is None or wanted is None:
            differing = ["place"]
        else:
            names = _FIELDS if place in erased else _FIELDS + _WORDY
            differing = [name for name in names if getattr(row, name) != getattr(wanted, name)]
        if differing:
            facts = {"place": place, "fields": ", ".join(differing)}
            yield Finding(check=Check.FOLLOW_UP, number=number, facts=facts)


_FIELDS = ("due_at", "made_by", "made_at", "done_at", "done_by")
_WORDY = ("kind", "note", "outcome")
"""Fields that come back empty from a journal whose words were erased."""


def _erased_places(story: Sequence[Told]) -> set[int]:
    bodies = [entry.body for entry in story if entry.silent]
    named = {body["place"] for body in bodies if "place" in body}
    return named | {place for body in bodies for place, _ in body.get("promises", ())}


def _as_domain(entry: Told) -> deeds.Told:
    fact = Fact(name=entry.fact, body=dict(entry.body), words=entry.words)
    return deeds.Told(seq=entry.seq, at=entry.at, by=entry.by, fact=fact)


def alarms(number: int, story: Sequence[Told], rows: Sequence[Any]) -> Iterator[Finding]:
    """As many rings as the facts tell, and nobody's silence but his own."""
    rang = sum(entry.fact == "rang" for entry in story)
    if rang > sum(row.rings for row in rows):
        yield _alarm(number, "rang")
    silenced = {(entry.at, entry.by) for entry in story if entry.fact == "acknowledged"}
    for row in rows:
        if row.kind not in _KINDS:
            yield _alarm(number, "kind")
        if row.acknowledged_at is None:
            continue
        if (row.acknowledged_at, row.acknowledged_by) not in silenced:
            yield _alarm(number, "acknowledged")


def idle_timers(
    known: Known, rules: Rules, story: Sequence[Told], rows: Sequence[Any], *, at: datetime
) -> Iterator[Finding]:
    """Timers marked as fired whose clock knows nothing of it, or though nothing ever called.

    A reason that no clock measures may fire beside a worse one, which then rings alone. A level
    that an undo took back with its priority is aimed anew once its turn comes: it keeps none quiet.
    """
    called = bool(rows) or any(entry.fact in _CALLS for entry in story)
    clocks = {(clock.kind.value, clock.run): clock for clock in known.now.clocks}
    to_come = {
        key_of(aim): aim.due_at
        for clock in known.now.clocks
        if clock.running
        for aim in ladder(clock, known.now, rules)
    }
    for key, seen in known.timers.items():
        if not seen.fired:
            continue
        kind, name, run, level = key
        clock = clocks.get((name, run))
        if clock is None:
            idle = not called
        else:
            due_at = to_come.get(key)
            quiet = due_at is not None and not has_moved(seen, due_at, at=at)
            idle = quiet and _knows_nothing(clock, level)
        if idle:
            timer = " ".join(filter(None, (kind, name, str(run), str(level or ""))))
            yield Finding(check=Check.TIMER_IDLE, number=known.now.number, facts={"timer": timer})


def _knows_nothing(clock: Clock, level: int) -> bool:
    """Whether a clock should remember a level and does not.

    One that stands still may have come back so, by an undo, after it had run on and rung: it rings
    again for the level once it runs.
    """
    stands = clock.running and clock.due_at is None
    return clock.warned < level and clock.breached_at is None and not stands


def _alarm(number: int, what: str) -> Finding:
    return Finding(check=Check.ALARM_STORY, number=number, facts={"what": what})


def _by_number(reader: Reader, table: Any, numbers: Sequence[int]) -> Rows:
    between = table.c.number.between(numbers[0], numbers[-1])
    found: dict[int, list[Any]] = defaultdict(list)
    for row in reader.conn.execute(select(*table.c).where(between)):
        found[row.number].append(row)
    return found
