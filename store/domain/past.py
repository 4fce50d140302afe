"""An order as it stood at a past moment, told again from its journal; pure.

An order's story up to a moment ends with its last entry that is not later, and holds all entries
before that one: wall clocks step back at times, and what was written down first stays first. What
the journal does not tell is judged by the rules of today: how near to its end a promise counts as
at risk, and when nobody follows an order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store.domain.alarms import severity, still_stands
from store.domain.facts import Fact
from store.domain.follow_ups import promises_told
from store.domain.ladders import reached
from store.domain.lifecycle import STATES
from store.domain.reasons import worst
from store.domain.reckon import orphan_at, silent_at, spent_at
from store.domain.replay import from_epoch_ms, replay
from store.domain.timer_kinds import TIMERS, TimerAim, read_kind
from store.domain.timers import implied

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from store.domain.deeds import Told
    from store.domain.follow_ups import Promise
    from store.domain.order import WorkOrder
    from store.domain.rules import Rules

PARTS = ("visits", "pauses", "clocks")
ROW_TEXT = ("reason", "outcome")
"""The free text that rows of an order may have."""

_SAID = frozenset({"visits", "pauses"})
"""Of these, the rows that have any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmThen:
    """The alarm that stood for an order."""

    kind: str
    severity: int
    """As bad as it rang last, whatever priority the order was given since."""
    acknowledged: bool
    """Or on the shelf."""
    shelved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderThen:
    """One order at a past moment."""

    order: WorkOrder
    promises: tuple[Promise, ...]
    """The follow-ups still open."""
    told: tuple[Told, ...]
    """Its journal up to then."""

    @property
    def follow_at(self) -> datetime | None:
        """The earliest open follow-up."""
        return min((promise.due_at for promise in self.promises), default=None)

    @property
    def left(self) -> bool:
        """Whether it had left the desk."""
        return STATES[self.order.state].final


def order_then(number: int, told: tuple[Told, ...]) -> OrderThen:
    """An order as the part of its story up to a moment tells it; ValueError as `replay`'s."""
    promises = promises_told(told).values()
    return OrderThen(
        order=replay([squashed(entry.fact for entry in told)], number=number),
        promises=tuple(promise for promise in promises if promise.done_at is None),
        told=told,
    )


def squashed(facts: Iterable[Fact]) -> Fact:
    """One fact that `replay` makes the same order of: only what each field and row became last.

    Most rows of a story are written again and again; a past desk would read them all for nothing.
    """
    own: dict[str, Any] = {}
    rows: dict[str, dict[int, Any]] = {name: {} for name in PARTS}
    said: dict[str, str] = {}
    for fact in facts:
        body, words = fact.body, fact.words or {}
        own |= body.get("set", {})
        if words or said:
            for name in body.get("set", {}):
                _say(said, words, name)
        for name in PARTS:
            for place, row in body.get(name, ()):
                rows[name][place] = row
                if name in _SAID and (words or said):
                    for field in ROW_TEXT:
                        _say(said, words, f"{name}.{place}.{field}")
    body = {"set": own, **{name: [*held.items()] for name, held in rows.items()}}
    return Fact(name="squashed", body=body, words=said)


def _say(said: dict[str, str], words: Mapping[str, str], name: str) -> None:
    """The free text of what was written anew is that of its own fact, or none."""
    if name in words:
        said[name] = words[name]
    else:
        said.pop(name, None)


def alarm_then(
    then: OrderThen, rules: Rules, fired: Collection[TimerAim], *, at: datetime
) -> AlarmThen | None:
    """The alarm that stood: the worst of what had fired or rung and was still to be done.

    `fired` are the timers that had fired by then, as far as they are still known.
    """
    rung = [entry for entry in then.told if entry.fact.name == "rang"]
    silenced = _silenced(then, rules, rung, at)
    if silenced is not None:
        return silenced
    reasons = [*fired, *_reasons(then, rules, rung)]
    reason = worst(then.order, rules, reasons, then.promises, at=at) if reasons else None
    if reason is None:
        return None
    bad = severity(reason.kind, level=reason.level, priority=then.order.priority)
    meant, shelved = _silence(then.told)
    silent = meant is not None and _is(meant, reason)
    said = next((e.fact.body for e in reversed(rung) if _is(e.fact.body, reason)), None)
    return AlarmThen(
        kind=reason.kind.value,
        severity=bad if said is None else int(said["severity"]),
        acknowledged=silent,
        shelved=silent and shelved,
    )


def turns(then: OrderThen, rules: Rules, fired: Collection[TimerAim]) -> Iterator[datetime]:
    """The instants at which `alarm_then` may answer otherwise than just before, the order as it is.

    Without anything that fired or rang there is no alarm, whenever one asks.
    """
    rung = [entry.fact.body for entry in then.told if entry.fact.name == "rang"]
    if not rung and not fired:
        return
    order = then.order
    yield from (from_epoch_ms(body["due_at"]) for body in rung)
    yield from (aim.due_at for aim in fired)
    yield from (promise.due_at for promise in then.promises)
    found = [order.wake_at, orphan_at(order, rules), silent_at(order, rules)]
    for clock in order.clocks:
        if clock.running:
            aim = reached(clock, order, rules)
            found.append(None if aim is None else aim.due_at)
            found.append(spent_at(clock, order.pauses, rules, rules.policy.ring_from))
    yield from (instant for instant in found if instant is not None)


def _silenced(
    then: OrderThen, rules: Rules, rung: Sequence[Told], at: datetime
) -> AlarmThen | None:
    """The alarm that had been silenced, if nothing rang since and it was still to be done."""
    meant, shelved = _silence(then.told)
    if meant is None:
        return None
    key = (meant.get("kind"), meant.get("level"))
    for entry in reversed(rung):
        body = entry.fact.body
        if (body["kind"], body["level"]) == key:
            stands = _stands(then, rules, entry, at)
            if not stands:
                return None
            return AlarmThen(
                kind=body["kind"],
                severity=int(body["severity"]),
                acknowledged=True,
                shelved=shelved,
            )
    return None


def _stands(then: OrderThen, rules: Rules, rang: Told, at: datetime) -> bool:
    """Whether what rang was still to be done, and not for another reason of the same kind."""
    body = rang.fact.body
    if not body["clock"] and not any(_reasons(then, rules, [rang])):
        return False
    return still_stands(
        then.order,
        rules,
        kind=body["kind"],
        clock=body["clock"],
        follow_ups=then.promises,
        due_at=from_epoch_ms(body["due_at"]),
        at=at,
    )


def _silence(told: Iterable[Told]) -> tuple[Mapping[str, Any] | None, bool]:
    """What says of the newest bell that it was acknowledged or shelved, and whether it is shelved.

    None where it rang on.
    """
    held: dict[str, Mapping[str, Any] | None] = {"acknowledged": None, "shelved": None}
    said = dict(held)
    for entry in told:
        name, body = entry.fact.name, entry.fact.body
        if name in held:
            held[name] = said[name] = body
        elif name in _RINGS_AGAIN:
            held = dict.fromkeys(held)
        elif name == "unacknowledged":
            held["acknowledged"] = said["acknowledged"] if body.get("silent") else None
        elif name == "alarm_restored":
            for silence, column in _COLUMNS.items():
                if column in body["after"]:
                    stands = body["after"][column] is not None
                    held[silence] = said[silence] if stands else None
    return held["acknowledged"] or held["shelved"], held["shelved"] is not None


_RINGS_AGAIN = frozenset({"rang", "unshelved", "came_back"})
_COLUMNS = {"acknowledged": "acknowledged_at", "shelved": "shelved_until"}
"""Which column of an alarm says that it was silenced so."""


def _reasons(then: OrderThen, rules: Rules, rung: Sequence[Told]) -> Iterator[TimerAim]:
    """What rang as timers: the run of a clock is its newest, that of a promise is found by time."""
    runs: dict[str, int] = {}
    for clock in then.order.clocks:
        runs[clock.kind.value] = max(clock.run, runs.get(clock.kind.value, 0))
    rang: set[tuple[str, datetime]] = set()
    for entry in rung:
        body = entry.fact.body
        due_at, kind = from_epoch_ms(body["due_at"]), read_kind(body["kind"])
        if kind not in TIMERS:
            continue
        if body["clock"]:
            run = runs.get(body["clock"], 1)
            yield TimerAim(
                kind=kind, clock=body["clock"], run=run, level=body["level"], due_at=due_at
            )
        else:
            rang.add((kind.value, due_at))
    if rang:
        for aim in implied(then.order, rules, then.promises):
            if not aim.clock and (aim.kind.value, aim.due_at) in rang:
                yield aim


def _is(body: Mapping[str, Any], reason: TimerAim) -> bool:
    """Whether a fact about a bell is about this reason; an acknowledgement names no clock."""
    said = (body.get("kind"), body.get("clock", reason.clock), body.get("level"))
    return said == (reason.kind.value, reason.clock, reason.level)
