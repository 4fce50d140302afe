"""Whatever a desk does to an order, in whatever sequence, some things stay true."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.domain.advance import (
    advance,
    edit,
    follow,
    note,
    open_order,
    prioritise,
    reclock,
    unfollow,
    update_customer,
    why_not,
)
from store.domain.errors import MoveRefused
from store.domain.facts import FACTS, Fact
from store.domain.lifecycle import LIVE_VISITS, STATES, Category, Move, State
from store.domain.locks import lock, place, unlock
from store.domain.order import Clock, WorkOrder
from store.domain.reckon import reckon, standing
from store.domain.replay import differences, replay
from store.domain.rules import Rules
from store.domain.targets import ClockKind
from store.domain.timers import BREACHES, TimerKind, catch_up, fire, implied
from tests.budget import tries
from tests.builders import ALL_DAY, ANA, LI, MONDAY, OFFICE, WANG, ZHAO, gold, request, rules

FURTHEST = {state: place for place, state in enumerate(LIVE_VISITS)}
PAST_HOURS = rules(gold(after_s=(1800, 7200), silent_after_s=7200), OFFICE)
NIGHT_AND_DAY = rules(gold(after_s=(1800, 7200), silent_after_s=7200), ALL_DAY, version=2)

Told = tuple[WorkOrder, tuple[Fact, ...]]
Deed = Callable[[WorkOrder, datetime, Rules], Told]


@dataclass(frozen=True)
class Story:
    """An order as it was after each deed, oldest first, and the whole journal."""

    orders: list[WorkOrder]
    facts: list[Fact]
    rules: Rules
    at: datetime


def fire_next(held: WorkOrder, at: datetime, by: Rules) -> Told:
    """What the scheduler does: the first aim that is due, at the worst that is due of its clock."""
    due = sorted((a for a in implied(held, by, at=at) if a.due_at <= at), key=lambda a: a.due_at)
    clocks = [found for found in due if found.clock]
    if not clocks:
        return held, ()
    return fire(held, catch_up(held, clocks[0], by, at=at))


@st.composite
def moves(draw: st.DrawFn) -> Deed:
    """Any move, told anything plausible."""
    move = draw(st.sampled_from(Move))
    told: dict[str, Any] = {
        "insist": draw(st.booleans()),
        "also": draw(st.booleans()),
        "reason": draw(st.sampled_from(["", "parts", "缺件"])),
        "duplicate_of": draw(st.sampled_from([None, 3, 7])),
        "technician": draw(st.sampled_from([None, LI, WANG, ZHAO])),
    }
    wakes = draw(st.none() | st.integers(-60, 5000))

    def deed(held: WorkOrder, at: datetime, by: Rules) -> Told:
        wake_at = None if wakes is None else at + timedelta(minutes=wakes)
        return advance(held, move, at=at, by=ANA, rules=by, wake_at=wake_at, **told)

    return deed


@st.composite
def desk_deeds(draw: st.DrawFn) -> Deed:
    """Anything else that the desk or the scheduler does to an order."""
    priority = draw(st.integers(1, 4))
    title = draw(st.sampled_from(["lift", "电梯", ""]))
    deeds: dict[str, Deed] = {
        "prioritise": lambda o, at, by: prioritise(o, priority, rules=by, at=at, by=ANA),
        "update": lambda o, at, by: update_customer(o, rules=by, at=at, by=ANA, note=title),
        "note": lambda o, at, by: note(o, title, rules=by, at=at, by=ANA),
        "follow": lambda o, at, by: follow(o, rules=by, at=at, by=ANA),
        "unfollow": lambda o, at, by: unfollow(o, rules=by, at=at, by=ANA),
        "lock": lambda o, at, by: lock(o, rules=by, at=at, by=ANA),
        "unlock": lambda o, at, by: unlock(o, rules=by, at=at, by=ANA),
        "place": lambda o, at, by: place(o, at, rules=by, at=at, by=ANA),
        "edit": lambda o, at, by: edit(o, {"title": title}, rules=by, at=at, by=ANA),
        "reclock": lambda o, at, by: reclock(o, rules=by, at=at),
        "fire": fire_next,
    }
    return deeds[draw(st.sampled_from(sorted(deeds)))]


steps = st.sampled_from([-3_600_000, 0, 1, 60_000, 900_000, 3_600_000, 30_000_000, 200_000_000])


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """An order through up to thirty deeds; refused ones leave it as it was.

    Wall clocks stand still, step back an hour and jump days; the calendar may be edited once.
    """
    by = draw(st.sampled_from([PAST_HOURS, NIGHT_AND_DAY]))
    at = MONDAY
    late = draw(st.sampled_from([0, 3, 30]))
    fixed = draw(st.none() | st.integers(-5, 60))
    held, told = open_order(
        request(opened_at=at - timedelta(hours=late)),
        at=at,
        rules=by,
        resolve_by=None if fixed is None else at + timedelta(hours=fixed),
    )
    orders, facts = [held], list(told)
    for deed in draw(st.lists(moves() | moves() | desk_deeds(), max_size=30)):
        at += timedelta(milliseconds=draw(steps))
        if draw(st.integers(0, 20)) == 0:
            by = replace(NIGHT_AND_DAY, calendars={1: OFFICE, 2: ALL_DAY})
        try:
            held, told = deed(held, at, by)
        except MoveRefused:
            continue
        orders.append(held)
        facts.extend(told)
    return Story(orders=orders, facts=facts, rules=by, at=at)


def of_run(held: WorkOrder) -> dict[tuple[ClockKind, int], Clock]:
    """The clocks of an order by kind and run."""
    return {(clock.kind, clock.run): clock for clock in held.clocks}


@settings(max_examples=tries(40, 200), deadline=None)
@given(stories())
def test_no_story_breaks_an_order(story: Story) -> None:
    """State, technician and pauses agree with one another after every deed."""
    for held in story.orders:
        live = [visit for visit in held.visits if visit.state in LIVE_VISITS]
        furthest = max(live, key=lambda v: (FURTHEST[v.state], -v.place), default=None)
        assert held.technician == (furthest.technician if furthest else None)
        category = STATES[held.state].category
        if category is Category.OPEN:
            assert STATES[held.state].orphan is (furthest is None)
            if furthest is not None:
                assert held.state.value == furthest.state.value
        elif category is not Category.WAITING:
            assert not live
        open_pauses = [pause for pause in held.pauses if pause.to_at is None]
        assert len(open_pauses) == (held.state is State.WAITING)
        assert (held.wake_at is not None) == (held.state is State.WAITING)
        assert len({visit.technician for visit in live}) == len(live)
        assert [visit.place for visit in held.visits] == list(range(1, len(held.visits) + 1))
        assert len(of_run(held)) == len(held.clocks)
        if STATES[held.state].final:
            assert not any(clock.running for clock in held.clocks)
        assert (held.version, held.chain, held.number) == (1, "", 7)


@settings(max_examples=tries(40, 200), deadline=None)
@given(stories())
def test_no_story_rewrites_a_promise(story: Story) -> None:
    """The first due time stays, a miss stays, a settled clock stays as it was judged."""
    for before, after in zip(story.orders, story.orders[1:], strict=False):
        now = of_run(after)
        for key, clock in of_run(before).items():
            later = now[key]
            if clock.original_due_at is not None:
                assert later.original_due_at == clock.original_due_at
            if clock.breached_at is not None:
                assert later.breached_at == clock.breached_at
            if not clock.running:
                assert later == clock
            assert later.warned >= clock.warned
        if before.first_resolved_at is not None:
            assert after.first_resolved_at == before.first_resolved_at


@settings(max_examples=tries(40, 200), deadline=None)
@given(stories())
def test_only_running_clocks_have_aims_and_one_each(story: Story) -> None:
    """A met or ended clock can never ring, nor can a level ring twice."""
    for held in story.orders:
        clocks = of_run(held)
        keys = set()
        for found in implied(held, story.rules):
            key = (found.kind, found.clock, found.run, found.level)
            assert key not in keys
            keys.add(key)
            if found.clock:
                clock = clocks[ClockKind(found.clock), found.run]
                assert clock.running
                assert found.level > clock.warned
        assert len({(k, r) for _, k, r, _ in keys if k}) == len([k for k in keys if k[1]])


@settings(max_examples=tries(40, 200), deadline=None)
@given(stories())
def test_a_journal_tells_its_order_again(story: Story) -> None:
    """Through JSON and back; and the body holds no free text, so that it can be erased."""
    stored = [
        Fact(name=fact.name, body=json.loads(json.dumps(fact.body)), words=fact.words)
        for fact in story.facts
    ]
    assert {fact.name for fact in stored} <= FACTS.keys()
    assert differences(story.orders[-1], replay(stored, number=7)) == ()
    assert not any("缺件" in str(fact.body) or "电梯" in str(fact.body) for fact in stored)


@settings(max_examples=tries(25, 120), deadline=None)
@given(stories())
def test_the_stored_due_times_are_the_computed_ones(story: Story) -> None:
    """Reckoning again, under the rules of the last deed, finds nothing to correct."""
    by = story.rules
    held = reclock(story.orders[-1], rules=by, at=story.at)[0]
    again = reckon(held, by, at=story.at)
    assert [c.due_at for c in again.clocks] == [c.due_at for c in held.clocks]


@settings(max_examples=tries(25, 120), deadline=None)
@given(stories())
def test_a_breach_fires_at_the_due_time_that_is_stored(story: Story) -> None:
    """What the timer aims at and what the queue shows are one instant."""
    held = reclock(story.orders[-1], rules=story.rules, at=story.at)[0]
    clocks = of_run(held)
    for found in implied(held, story.rules):
        if found.kind in set(BREACHES.values()):
            assert found.due_at == clocks[ClockKind(found.clock), found.run].due_at


@settings(max_examples=tries(25, 120), deadline=None)
@given(stories(), st.sampled_from(Move), st.booleans())
def test_why_not_and_advance_agree(story: Story, move: Move, insist: bool) -> None:
    """What is refused beforehand is refused in the act, with the same sentence."""
    held = story.orders[-1]
    why = why_not(held, move, insist=insist)
    if why is None:
        return
    with pytest.raises(MoveRefused) as refused:
        advance(held, move, at=story.at, by=ANA, rules=story.rules, insist=insist)
    assert refused.value.text == why.text


@settings(max_examples=tries(25, 120), deadline=None)
@given(stories())
def test_the_queue_columns_follow_from_the_order(story: Story) -> None:
    """A deadline belongs to a running clock; nobody following means nobody there."""
    for held in story.orders:
        stand = standing(held, story.rules)
        running = [clock for clock in held.clocks if clock.running]
        dues = [clock.breached_at or clock.due_at for clock in running]
        assert stand.next_deadline == min((due for due in dues if due is not None), default=None)
        assert (stand.next_clock is None) == (stand.next_deadline is None)
        if stand.orphan_at is not None:
            assert held.technician is None
            assert held.follower is None
            assert STATES[held.state].category is Category.OPEN


def test_firing_everything_always_ends() -> None:
    """A clock that nobody meets rings a known number of times, and no more."""
    held, _ = open_order(request(), at=MONDAY, rules=PAST_HOURS)
    rung = 0
    while rung < 100:
        clocks = [found for found in implied(held, PAST_HOURS) if found.clock]
        if not clocks:
            break
        held, _ = fire(held, min(clocks, key=lambda found: found.due_at))
        rung += 1
    assert rung == 4 * 6  # four clocks: 50, 75, 90, the due time, and two rings after it
    assert all(clock.breached_at == clock.due_at for clock in held.clocks)
    assert TimerKind.SILENCE in {found.kind for found in implied(held, PAST_HOURS)}
