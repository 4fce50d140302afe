"""The doctor's look at orders: what is stored against what can be derived anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from store.domain.errors import LevelUnreadable, Refusal
from store.domain.lifecycle import STATES, State
from store.domain.reckon import is_outdated
from store.domain.replay import differences, replay
from store.domain.timers import means_something
from store.persistence.alarm_rows import stands
from store.persistence.chain import EDITED, faults
from store.persistence.levels import Shelf, why_strange
from store.persistence.loading import Unreadable, load
from store.persistence.mapping import QUEUE
from store.persistence.planning import has_moved, key_of
from store.persistence.saving import aims_of, row_of
from store.queries.answers import (
    doctor_alarms,
    doctor_exceptions,
    doctor_families,
    doctor_figures,
    doctor_promises,
    doctor_steps,
    doctor_story,
)
from store.queries.answers.doctor_story import UNTELLABLE
from store.queries.answers.lines import ORDERS
from store.queries.answers.scope import checked_limit, within
from store.queries.checks import Check
from store.queries.doctor import Examined, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from store.domain.rules import Rules
    from store.persistence.known import Known, TimerKey
    from store.persistence.reader import Reader
    from store.queries.answers.doctor_story import Told
    from store.queries.doctor import ExamineOrders

_WORDY = frozenset({"title", "description", "reason", "said", "contained", "visits", "pauses"})
"""Fields that come back empty from a journal whose words were erased."""


def examine_orders(reader: Reader, query: ExamineOrders) -> Examined:
    """One page of orders, each loaded once and read once in the journal."""
    columns = (ORDERS.c.number, ORDERS.c.state, ORDERS.c.category, ORDERS.c.live)
    asked = select(*columns).where(ORDERS.c.number > query.after, within(reader, ORDERS.c.site_id))
    page = asked.order_by(ORDERS.c.number).limit(checked_limit(query.limit))
    rows = reader.conn.execute(page).all()
    if not rows:
        return Examined(findings=(), orders=0, entries=0, last=None)
    numbers = [row.number for row in rows]
    strange: Unreadable = {}
    known = load(reader.conn, numbers, lock=False, unreadable=strange)
    shelf, stories = Shelf(reader.conn), doctor_story.stories(reader, numbers)
    promised = doctor_promises.follow_ups_of(reader, numbers)
    alarms = doctor_promises.alarms_of(reader, numbers)
    granted = doctor_exceptions.exceptions_of(reader, numbers)
    found: list[Finding] = []
    for row in rows:
        if row.number in strange:
            told = {"what": strange[row.number].facts["what"]}
            found.append(Finding(check=Check.UNREADABLE, number=row.number, facts=told))
        if row.number not in known:
            continue
        story, order = stories.get(row.number, ()), known[row.number]
        found += _category(row)
        found += _chain(order, story)
        found += _replay(order, story)
        found += _by_rules(reader, order, shelf, story, alarms.get(row.number, ()))
        try:
            found += doctor_promises.follow_ups(row.number, story, promised.get(row.number, ()))
            found += doctor_exceptions.exceptions(row.number, story, granted.get(row.number, ()))
        except UNTELLABLE as error:
            found.append(_no_story(row.number, error))
        rung = alarms.get(row.number, ())
        found += doctor_promises.alarms(row.number, story, rung)
        found += doctor_alarms.retold(order, story)
    found += [put for put in doctor_alarms.put_off(reader, numbers) if put.number in known]
    found += doctor_families.relations(reader, known)
    found += doctor_steps.actions(reader, stories, numbers)
    ill = {finding.number for finding in found}  # figures follow an order that is itself in doubt
    found += doctor_figures.orders(
        reader, {number: one for number, one in known.items() if number not in ill}, shelf
    )
    found += _words_gone(reader, stories)
    entries = sum(len(story) for story in stories.values())
    return Examined(findings=tuple(found), orders=len(rows), entries=entries, last=numbers[-1])


def _category(row: Any) -> Iterator[Finding]:
    spec = STATES[State(row.state)]
    if (row.category, row.live) != (spec.category.value, not spec.final):
        yield Finding(check=Check.CATEGORY, number=row.number, facts={"state": row.state})


def _chain(known: Known, story: Sequence[Told]) -> Iterator[Finding]:
    number, previous = known.now.number, ""
    for entry in story:
        for fault in faults(entry.row, previous):
            check = Check.EDITED if fault.what == EDITED else Check.REWORDED
            yield Finding(check=check, number=number, facts={"seq": entry.seq})
        previous = entry.row.hash
    if previous != known.now.chain:
        yield Finding(check=Check.BROKEN_OFF, number=number)


def _words_gone(reader: Reader, stories: Mapping[int, Sequence[Told]]) -> Iterator[Finding]:
    gone = {
        entry.seq: number
        for number, story in stories.items()
        for entry in story
        if entry.row.words is None and entry.silent
    }
    said = doctor_promises.erased(reader, tuple(gone))
    for seq in sorted(gone.keys() - said):
        yield Finding(check=Check.WORDS_GONE, number=gone[seq], facts={"seq": seq})


def _replay(known: Known, story: Sequence[Told]) -> Iterator[Finding]:
    erased = any(entry.silent for entry in story)
    try:
        told = replay(doctor_story.facts(story), number=known.now.number)
    except UNTELLABLE as error:
        yield _no_story(known.now.number, error)
        return
    differing = [name for name in differences(known.now, told) if not (erased and name in _WORDY)]
    if differing:
        yield _finding(Check.REPLAY, known, fields=", ".join(differing))


def _no_story(number: int, error: Exception) -> Finding:
    return Finding(check=Check.NO_STORY, number=number, facts={"why": why_strange(error)})


def _by_rules(
    reader: Reader, known: Known, shelf: Shelf, story: Sequence[Told], rung: Sequence[Any]
) -> Iterator[Finding]:
    try:
        rules = shelf.rules(known.now)
        yield from _derived(reader, known, rules)
        yield from doctor_alarms.cleared(known, rules, story, rung)
        yield from doctor_promises.idle_timers(known, rules, story, rung, at=reader.at)
    except LevelUnreadable:
        return  # told once, with the desk's own faults
    except Refusal as refusal:  # of a pause that ends before it begins, a start before all years
        yield _finding(Check.UNREADABLE, known, what=str(refusal))


def _derived(reader: Reader, known: Known, rules: Rules) -> Iterator[Finding]:
    if is_outdated(known.now, rules):
        yield _finding(Check.HOURS, known)
    wanted = row_of(known, rules)
    differing = [name for name in QUEUE if wanted[name] != known.queue[name]]
    if differing:
        yield _finding(Check.QUEUE, known, fields=", ".join(differing))
    yield from _timers(reader, known, rules)
    alarm = known.alarm
    if alarm is not None and not stands(known, alarm, rules, at=reader.at):
        yield _finding(Check.ALARM, known, alarm=f"{alarm.kind} {alarm.clock}".strip())


def _timers(reader: Reader, known: Known, rules: Rules) -> Iterator[Finding]:
    wanted = {key_of(aim): aim.due_at for aim in aims_of(known, rules)}
    for key, due_at in wanted.items():
        seen = known.timers.get(key)
        if seen is None:
            yield _finding(Check.TIMER_MISSING, known, timer=_told(key))
        elif has_moved(seen, due_at, at=reader.at):
            yield _finding(Check.TIMER_MOVED, known, timer=_told(key))
    for key, seen in known.timers.items():
        if key not in wanted and not seen.fired and means_something(*key[:2]):
            yield _finding(Check.TIMER_STRAY, known, timer=_told(key))


def _finding(check: Check, known: Known, **facts: str) -> Finding:
    return Finding(check=check, number=known.now.number, facts=facts)


def _told(key: TimerKey) -> str:
    kind, clock, run, level = key
    return " ".join(filter(None, (kind, clock, str(run), str(level or ""))))
