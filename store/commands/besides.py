"""What a command did besides what it was asked for: who is called off, what went to another order.

It is kept in the facts of what was done, by order, so that one sentence says it of many orders.
"""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from typing import TYPE_CHECKING, Any, Final

from store.commands.undo_words import name_if_here
from store.domain.crews import lacking
from store.domain.dispatch.rules import SHORT, Rule
from store.domain.families import told
from store.domain.lifecycle import LIVE_VISITS, VisitState
from store.domain.visiting import hours_worded, hours_written, read_hours
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from store.domain.facts import Fact
    from store.domain.intents import Done
    from store.domain.order import WorkOrder
    from store.persistence.work import Work

CALLED_OFF: Final = "called_off"
RECALLED: Final = "must_see"
HANDED_ON: Final = "handed_on"
RAISED: Final = "raised"
RUNS: Final = "incident_runs"
ALTHOUGH: Final = "although"
WANTED: Final = "people_wanted"
CALL_FIRST: Final = "call_first"
HOURS: Final = "wanted_hours"
PASSED: Final = "passed_over"
"""A fact, too: what somebody did since he did what is taken back, and nothing takes back."""
UNTOLD: Final = "untold"
"""A fact, too: orders whose customers could not be told."""
BESIDES: Final = (
    CALLED_OFF,
    RECALLED,
    HANDED_ON,
    ALTHOUGH,
    RAISED,
    RUNS,
    WANTED,
    CALL_FIRST,
    HOURS,
)
"""Facts, each a list of an order's number with who it is, the rules broken, two priorities, how
many, whom to call, or the hours that the customer wants."""

_BESIDES: Final = N_("{what}; {besides}")
_SHOWN: Final = 12
"""More than these are counted, not named."""
_PASSED: Final = 3
"""So much that was passed over is told."""
_OFF: Final = {VisitState.WITHDRAWN: CALLED_OFF, VisitState.RECALLED: RECALLED}


def called_back(work: Work, before: WorkOrder, after: WorkOrder) -> dict[str, list[Any]]:
    """Who had the order and has it no more, without having come to an end with it."""
    held = {visit.place for visit in before.visits if visit.state in LIVE_VISITS}
    found: dict[str, list[Any]] = {}
    for visit in after.visits:
        kind = _OFF.get(visit.state) if visit.place in held else None
        if kind is not None:
            name = name_if_here(work, visit.technician)
            found.setdefault(kind, []).append([after.number, name])
    return found


def still_wanted(after: WorkOrder) -> dict[str, list[Any]]:
    """How many people an order takes beside those who have it now."""
    count = lacking(after)
    return {WANTED: [[after.number, count]]} if count else {}


def as_wished(work: Work, after: WorkOrder) -> dict[str, list[Any]]:
    """Whom to call before somebody comes, and when the customer wants that; if he wishes it.

    Hours are told unless it is known when somebody comes, and that is as he wants it.
    """
    told = None if after.customer is None else work.wished(after.customer, after.site)
    if told is None:
        return {}
    found: dict[str, list[Any]] = {}
    if told.call:
        found[CALL_FIRST] = [[after.number, told.call]]
    comes = after.appointment_at or after.planned_at
    if (hours := hours_written(told.hours)) and not (
        comes is not None and told.hours.takes(comes, told.zone)
    ):
        found[HOURS] = [[after.number, hours]]
    return found


def taken_over(
    work: Work, before: WorkOrder, after: WorkOrder, facts: Iterable[Fact]
) -> dict[str, list[Any]]:
    """What an order that goes on has of a duplicate: its priority, and whoever had it."""
    found: dict[str, list[Any]] = {}
    if after.priority != before.priority:
        found[RAISED] = [[after.number, before.priority, after.priority]]
    new = after.visits[len(before.visits) :]
    if new:
        found[HANDED_ON] = [[after.number, name_if_here(work, one.technician)] for one in new]
    broken = next((fact.body["against"] for fact in facts if "against" in fact.body), None)
    if broken:
        found[ALTHOUGH] = [[after.number, broken]]
    return found


def gathered(done: Iterable[Done]) -> dict[str, list[Any]]:
    """The same of several commands."""
    found: dict[str, list[Any]] = {}
    for one in done:
        for kind in BESIDES:
            if kind in one.facts:
                found.setdefault(kind, []).extend(one.facts[kind])
    return found


def with_besides(done: Done, found: Mapping[str, list[Any]], *, alone: bool = True) -> Done:
    """What was done, with that behind it; of one order `alone` its number is not said again."""
    if not found:
        return done
    return _with(done, found, reduce(_one_more, _said(found, alone=alone)))


def with_untold(done: Done, numbers: list[int]) -> Done:
    """What was done, with the orders behind it of which nobody is known who could be told."""
    if not numbers:
        return done
    said = N_("nobody is known who could be told for {orders}").format(orders=told(numbers))
    return _with(done, {UNTOLD: numbers}, said)


def with_passed(done: Done, passed: Sequence[str]) -> Done:
    """What was taken back, with what the asker has done since behind it: nothing takes it back."""
    if not passed:
        return done
    told = [*passed[:_PASSED], *(["..."] if len(passed) > _PASSED else [])]
    said = N_("what nothing takes back stays: {passed}").format(passed=told)
    return _with(done, {PASSED: told}, said)


def with_nobody(done: Done, missing: Mapping[str, str]) -> Done:
    """What was done, with what nobody carries behind it, and what may have been meant."""
    if not missing:
        return done
    said = N_("nobody carries {things}")
    if missing["carried"]:
        said = N_("nobody carries {things}; carried: {carried}")
    return _with(done, {}, said.format(**missing))


def with_promises(done: Done, stays: datetime | None, gives_way: datetime | None) -> Done:
    """What was done, with the promises behind it that are over before the appointment.

    That to resolve stays; that to arrive gives way to the appointment.
    """
    if stays is not None:
        said = N_("the promise to resolve, {due}, comes before the appointment and stays")
        done = _with(done, {}, said.format(due=stays))
    if gives_way is not None:
        said = N_("the promise to arrive, {due}, comes before the appointment and gives way to it")
        done = _with(done, {}, said.format(due=gives_way))
    return done


def _with(done: Done, found: Mapping[str, list[Any]], said: str) -> Done:
    what = N_(done.sentence).format(**done.facts)
    facts = {**done.facts, **found, "what": what, "besides": said}
    return replace(done, sentence=_BESIDES, facts=facts)


def _one_more(said: str, more: str) -> str:
    return _BESIDES.format(what=said, besides=more)


def _said(found: Mapping[str, list[Any]], *, alone: bool) -> Iterator[str]:
    for kind, sentence in _PEOPLE.items():
        if kind in found:
            numbered = not alone or kind == HANDED_ON
            people = [f"{name} (#{number})" if numbered else name for number, name in found[kind]]
            more = ["..."] if len(people) > _SHOWN else []
            yield sentence.format(people=[*people[:_SHOWN], *more])
    for number, rules in found.get(ALTHOUGH, []):
        against = [SHORT[Rule(rule)] for rule in rules]
        yield N_("#{number} although: {against}").format(number=number, against=against)
    first = {number: was for number, was, _now in reversed(found.get(RAISED, []))}
    for number, now in {number: now for number, _was, now in found.get(RAISED, [])}.items():
        yield N_("#{number} has priority {now} now, not {was}").format(
            number=number, now=now, was=first[number]
        )
    for number, count in found.get(RUNS, []):
        yield N_("the major incident #{number} still runs, open under it: {count}").format(
            number=number, count=count
        )
    yield from _wished_said(found)
    for number, count in found.get(WANTED, []):
        yield N_("people still to be found for #{number}: {count}").format(
            number=number, count=count
        )


def _wished_said(found: Mapping[str, list[Any]]) -> Iterator[str]:
    for number, who in found.get(CALL_FIRST, []):
        yield N_("#{number}: call {who} before somebody comes").format(number=number, who=who)
    for number, hours in found.get(HOURS, []):
        said = hours_worded(read_hours(hours))
        yield N_("#{number}: wanted {hours}").format(number=number, hours=said)


_PEOPLE: Mapping[str, str] = {
    CALLED_OFF: N_("called off: {people}"),
    RECALLED: N_("recalled until they have seen it: {people}"),
    HANDED_ON: N_("goes on to the other order: {people}"),
}
