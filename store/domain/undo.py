"""Taking back one deed of an order: everything it touched stands again as it stood before.

What time brought about meanwhile stays (see `restoring`). A technician who had been sent is not
unsent: his visit ends as recalled, and shows until somebody has seen it. Writing an order down is
taken back by cancelling it, as written in error.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from store.domain.advance import advance
from store.domain.bells import NOTHING_TOLD, Heard
from store.domain.deeds import Deed, DeedKind, Told, builds_on, in_effect
from store.domain.evolve import evolve
from store.domain.facts import FACTS, Fact
from store.domain.follow_ups import Promise, promise_changes, promises_told
from store.domain.lifecycle import WRITTEN_IN_ERROR, Move
from store.domain.replay import changes, replay, whole_ms
from store.domain.restoring import Restoring
from store.domain.undo_refusals import (
    AlarmChanged,
    AlreadyTakenBack,
    BuiltUpon,
    NotADeed,
    NotTakenBack,
    WordsErased,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from store.domain.order import WorkOrder
    from store.domain.rules import Rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """Why a deed stays, as far as the journal knows: people are named by whoever words it."""

    why: type[NotTakenBack]
    what: str
    later: Told | None = None
    """The entry that builds on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bell:
    """What becomes of a silence that somebody gave an alarm."""

    silent: bool
    """Whether it is given again; else the alarm rings again."""
    at: datetime
    by: int
    heard: Heard = NOTHING_TOLD
    """Which alarm was silenced first, and how often it had rung."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BellAgain:
    """What an alarm was told stands again as before: its columns, times as epoch milliseconds."""

    alarm: int
    """The alarm's id."""
    expect: Mapping[str, Any]
    """As the deed left it."""
    again: Mapping[str, Any]
    why: str | None = None
    """Why it is on the shelf again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """The order without a deed, and the facts of that."""

    order: WorkOrder
    facts: tuple[Fact, ...]
    recalled: tuple[int, ...] = ()
    """Technicians who must see that they are not to go."""
    promises: Mapping[int, Promise | None] = field(default_factory=dict)
    """Follow-ups by their places as they stand again, or None where there is none again."""
    bell: Bell | None = None
    again: BellAgain | None = None


def obstacle(deed: Deed, deeds: Sequence[Deed]) -> Obstacle | None:
    """What keeps a deed from being taken back; None when nothing does."""
    what = named(deed)
    if deed.kind in {DeedKind.FIXED, DeedKind.ACTION, DeedKind.EXCEPTION}:
        return Obstacle(why=NotADeed, what=what)
    if deed.id not in in_effect(deeds):
        return Obstacle(why=AlreadyTakenBack, what=what)
    later = builds_on(deed, deeds)
    if later is not None:
        return Obstacle(why=BuiltUpon, what=what, later=later.main)
    if deed.kind is DeedKind.BELL and _has_rung_since(deeds, deed):
        return Obstacle(why=AlarmChanged, what=what)
    return None


def worded(number: int, why: Obstacle, *, by: str) -> NotTakenBack:
    """The refusal of an order; `by` is the name of who did what builds on the deed."""
    facts: dict[str, object] = {"number": number, "what": why.what}
    if why.later is not None:
        name = why.later.fact.name
        facts |= {"later": FACTS.get(name, name), "by": by, "at": why.later.at}
    return why.why(**facts)


def named(deed: Deed) -> str:
    """What a deed is called."""
    name = deed.main.fact.name
    return FACTS.get(name, name)


def original(deed: Deed, deeds: Sequence[Deed]) -> tuple[Deed, bool]:
    """What is taken back in the end, and whether taking it back does it again."""
    by_id, again = {held.id: held for held in deeds}, False
    while deed.undoes is not None and deed.undoes in by_id:
        deed, again = by_id[deed.undoes], not again
    return deed, again


def take_back(
    order: WorkOrder,
    story: Sequence[Told],
    deed: Deed,
    *,
    rules_of: Callable[[WorkOrder], Rules],
    turned_out: Callable[[int | None], int | None] = lambda customer: customer,
    at: datetime,
    by: int,
) -> TakenBack:
    """The order as it was before a deed that nothing builds on.

    `rules_of` gives what an order is judged by: a deed may have changed its level; `turned_out`
    whose it is again, where that customer has been merged since. Raises StandsDifferently when
    what the deed left is not there any more.
    """
    at = whole_ms(at)
    if deed.kind is DeedKind.CREATION and deed.undoes is None:
        return _written_in_error(order, deed, rules=rules_of(order), at=at, by=by)
    if deed.kind is DeedKind.BELL and "before" in deed.main.fact.body:
        return _bell_as_before(order, deed)
    if deed.kind is DeedKind.BELL:
        return _ring_again(order, story, deed)
    if words_gone(story, deed):
        raise WordsErased(number=order.number, what=named(deed))
    before, after = states_around(order.number, story, deed)
    again = Restoring(order, named(deed), rules=rules_of(before), at=at)
    restored = again.restored(before, after)
    if restored.customer != order.customer:
        restored = evolve(restored, customer=turned_out(restored.customer))
    body, words = changes(order, restored)
    promises = _promises_before(story, deed)
    rows, said = promise_changes(promises_told(story), promises)
    kept = {"promises": rows} if rows else {}
    fact = Fact(
        name="undone", body={"undoes": deed.id, **body, **kept}, words={**words, **said} or None
    )
    return TakenBack(
        order=restored, facts=(fact,), recalled=tuple(again.recalled), promises=promises
    )


def words_gone(story: Sequence[Told], deed: Deed) -> bool:
    """Whether words that a deed changed were erased, or those that it put others in place of.

    Of a promise so are those to whoever it was made to.
    """
    if deed.kind is DeedKind.FOLLOW_UP:
        later = (told.fact for told in story if told.seq > deed.told[-1].seq)
        return any(fact.name == "erased" for fact in later)
    before, after = _until(story, deed)
    written = {name for told in deed.told for name in _written(told)}
    now, was = _lacking(after), _lacking(before)
    return not written.isdisjoint(now | was)


def _written(told: Told) -> set[str]:
    return {name for name in told.fact.body.get("set", {}) if name in _KEPT_WORDS}


def _lacking(story: Sequence[Told]) -> set[str]:
    """Fields whose last words the journal has no more."""
    lacking: set[str] = set()
    for told in story:
        words = told.fact.words or {}
        for name in _written(told):
            (lacking.discard if name in words else lacking.add)(name)
    return lacking


_KEPT_WORDS = frozenset({"title", "description", "said", "contained"})
"""What an order says of itself: half of it put back would be told as the whole."""


def states_around(number: int, story: Sequence[Told], deed: Deed) -> tuple[WorkOrder, WorkOrder]:
    """The order just before a deed and just after it, as its journal tells."""
    before, after = _until(story, deed)
    return (
        replay((told.fact for told in before), number=number),
        replay((told.fact for told in after), number=number),
    )


def _until(story: Sequence[Told], deed: Deed) -> tuple[list[Told], list[Told]]:
    first, last = deed.told[0].seq, deed.told[-1].seq
    return [t for t in story if t.seq < first], [t for t in story if t.seq <= last]


def _promises_before(story: Sequence[Told], deed: Deed) -> dict[int, Promise | None]:
    before, after = (promises_told(told) for told in _until(story, deed))
    places = before.keys() | after.keys()
    return {p: before.get(p) for p in sorted(places) if before.get(p) != after.get(p)}


def _written_in_error(
    order: WorkOrder, deed: Deed, *, rules: Rules, at: datetime, by: int
) -> TakenBack:
    after, facts = advance(
        order, Move.CANCEL, at=at, by=by, rules=rules, reason=str(WRITTEN_IN_ERROR)
    )
    alone = evolve(after, links=()) if after.links else after
    cut, _none = changes(after, alone)
    undone = (
        Fact(name="undone", body=_both({"undoes": deed.id, **fact.body}, cut), words=fact.words)
        if fact.name == "cancelled"
        else fact
        for fact in facts
    )
    return TakenBack(order=alone, facts=tuple(undone))


def _both(body: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """One fact's body that tells what two would."""
    if "set" not in more:
        return dict(body)
    return {**body, "set": {**body.get("set", {}), **more["set"]}}


def _ring_again(order: WorkOrder, story: Sequence[Told], deed: Deed) -> TakenBack:
    """Take the silence from the alarm, or give it again as it was given first."""
    first, silent = deed.main, False
    by_id = {told.deed or told.seq: told for told in story if told.fact.name in _SILENCES}
    while "undoes" in first.fact.body and first.fact.body["undoes"] in by_id:
        first, silent = by_id[first.fact.body["undoes"]], not silent
    fact = Fact(name="unacknowledged", body={"undoes": deed.id, "silent": silent})
    heard = Heard(rings=first.fact.body.get("rings"), alarm=first.fact.body.get("alarm"))
    bell = Bell(silent=silent, at=first.at, by=first.by, heard=heard)
    return TakenBack(order=order, facts=(fact,), bell=bell)


def _bell_as_before(order: WorkOrder, deed: Deed) -> TakenBack:
    """The alarm's shelf, or that it was seen, as it was: each such fact carries both sides."""
    body, words = deed.main.fact.body, deed.main.fact.words or {}
    why = words.get("reason_before") if body["before"].get("shelved_until") else None
    swapped = {"alarm": body["alarm"], "before": body["after"], "after": body["before"]}
    said = {"reason": why, "reason_before": words.get("reason")}
    fact = Fact(
        name="alarm_restored",
        body={"undoes": deed.id, **swapped},
        words={name: text for name, text in said.items() if text} or None,
    )
    again = BellAgain(alarm=body["alarm"], expect=body["after"], again=body["before"], why=why)
    return TakenBack(order=order, facts=(fact,), again=again)


_SILENCES = frozenset({"acknowledged", "unacknowledged"})


def _has_rung_since(deeds: Sequence[Deed], deed: Deed) -> bool:
    later = (told for one in deeds if one.id > deed.id for told in one.told)
    return any(told.fact.name in _RINGS for told in later)


_RINGS = frozenset({"rang", "acknowledged", "shelved", "unshelved", "came_back"})
