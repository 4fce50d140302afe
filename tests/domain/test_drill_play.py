"""A drill that is played: laws of its script and its plot, and a score that is reckoned by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.domain.drill.assumed import Assumed
from store.domain.drill.faster import WORKING_DAY_S, faster, hands_of
from store.domain.drill.marks import Kept, scored
from store.domain.drill.played import Asked, Play, Seen
from store.domain.drill.plot import Model, plotted
from store.domain.drill.script import SHOCKS, Script, Shock, plain_script, read_script
from store.domain.errors import BadInput
from store.domain.order import Clock, WorkOrder
from store.domain.targets import ClockKind

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
CREW, ANA = 7, 2

models = st.lists(
    st.builds(Model, gap_s=st.floats(0, 1e5), priority=st.integers(1, 4)), max_size=12
)
shocks = st.builds(
    Shock,
    at=st.floats(0, 1),
    what=st.sampled_from(sorted(SHOCKS)),
    calls=st.integers(1, 20),
    minutes=st.floats(1, 600),
)
scripts = st.builds(
    Script,
    name=st.just("x"),
    calls_an_hour=st.floats(0, 60),
    shocks=st.lists(shocks, max_size=5).map(
        lambda told: tuple(sorted(told, key=lambda one: one.at))
    ),
)


@given(scripts, models, st.floats(6, 3600), st.floats(1, 60), st.integers())
def test_a_plot_is_the_same_for_a_seed_and_stays_within_its_play(
    script: Script, models: list[Model], seconds: float, speed: float, seed: int
) -> None:
    """In order, of calls that there are; as many urgent ones more as the storms have."""
    plot = plotted(script, models, seconds=seconds, speed=speed, seed=seed)
    assert plot == plotted(script, models, seconds=seconds, speed=speed, seed=seed)
    assert [call.at for call in plot.calls] == sorted(call.at for call in plot.calls)
    assert all(0 <= call.at <= seconds for call in plot.calls)
    assert all(0 <= call.model < len(models) for call in plot.calls)
    assert [one.shock for one in plot.strikes] == list(script.shocks)
    calm = replace(script, shocks=tuple(s for s in script.shocks if s.what != "storm"))
    without = plotted(calm, models, seconds=seconds, speed=speed, seed=seed)
    storms = sum(one.calls for one in script.shocks if one.what == "storm") if models else 0
    assert len(plot.calls) == len(without.calls) + storms
    assert set(without.calls) <= set(plot.calls)


def test_calls_come_at_the_pace_of_the_script_in_bursts_of_the_day() -> None:
    """Six an hour at ten times the pace of life are one a minute; two of three at once."""
    bursts = [Model(gap_s=gap, priority=3) for gap in (0, 0, 900)]
    plot = plotted(Script(name="x", calls_an_hour=6), bursts, seconds=3600.0, speed=10, seed=4)
    assert 58 <= len(plot.calls) <= 62
    times = [call.at for call in plot.calls]
    assert sum(b - a < 1 for a, b in pairwise(times)) >= 38


def test_another_seed_begins_elsewhere() -> None:
    """So that nobody learns a day by heart."""
    told = [Model(gap_s=60, priority=1 + n % 4) for n in range(40)]
    plots = {
        plotted(Script(name="x"), told, seconds=1200, speed=12, seed=seed).calls
        for seed in range(8)
    }
    assert len(plots) > 5


@given(scripts)
def test_a_script_is_read_as_it_was_told(script: Script) -> None:
    """Also by the process that plays it."""
    told = plain_script(script)
    assert plain_script(read_script(told, name="other")) == told


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"shocks": []}, "script: 'shocks' will not do"),
        ({"shock": "storm"}, "shock: 'storm' will not do"),
        ({"shock": ["storm"]}, "shock 1: 'storm' will not do"),
        ({"shock": [{"at": 0.5}]}, "shock 1, what: nothing is given"),
        ({"shock": [{"at": 0.5, "what": "flood"}]}, "shock 1, what: 'flood' will not do"),
        ({"shock": [{"at": 0.5, "what": ["ill"]}]}, "shock 1, what"),
        ({"shock": [{"what": "ill"}]}, "shock 1, at: nothing is given"),
        ({"shock": [{"at": 1.5, "what": "ill"}]}, "shock 1, at: 1.5 will not do"),
        ({"shock": [{"at": True, "what": "ill"}]}, "shock 1, at: True will not do"),
        ({"shock": [{"at": float("nan"), "what": "ill"}]}, "shock 1, at: nan will not do"),
        ({"shock": [{"at": 0, "what": "ill", "people": 1.5}]}, "shock 1, people: 1.5 will not do"),
        ({"shock": [{"at": 0, "what": "ill", "calls": 3}]}, "shock 1: 'calls' will not do"),
        ({"shock": [{"at": 0, "what": "department", "department": 3}]}, "department: 3"),
        ({"name": "x" * 61}, "name: "),
        ({"calls_an_hour": "many"}, "calls_an_hour: 'many' will not do"),
        ({"shock": [{"at": 0, "what": "claim"}] * 101}, "shock: 101 will not do"),
    ],
)
def test_what_a_script_may_not_say_is_refused(told: dict[str, Any], said: str) -> None:
    """With the place, in one sentence."""
    with pytest.raises(BadInput) as refused:
        read_script(told, name="x")
    assert said in refused.value.text


def test_a_name_from_outside_commands_no_terminal() -> None:
    """It stands on the screen, and in the report."""
    script = read_script({"name": "\x1b]0;x\x07bad\n"}, name="x")
    assert "\x1b" not in script.name
    assert "\n" not in script.name


def test_every_promise_is_so_many_times_sooner() -> None:
    """A second at least; a working day is eight hours; what was never promised is not."""
    policy = {
        "targets": {"1": {"respond": {"seconds": 600}, "resolve": {"days": 1}}},
        "warn": [50],
        "after_s": [3600, 5],
        "silent_after_s": None,
    }
    made = faster(policy, 12)
    assert made["targets"] == {
        "1": {"respond": {"seconds": 50}, "resolve": {"seconds": WORKING_DAY_S // 12}}
    }
    assert (made["warn"], made["after_s"]) == ([50], [1, 300])
    assert (made["orphan_after_s"], made["escalate_after_s"]) == (75, 75)
    assert made["silent_after_s"] is None
    assert "silent_after_s" not in faster({}, 1) or faster({}, 1)["silent_after_s"] is None


@given(st.text(max_size=5), st.integers(), st.floats(1, 60), st.integers(0, 20))
def test_dice_belong_to_the_order_and_the_seed_alone(
    name: str, seed: int, speed: float, place: int
) -> None:
    """Whoever goes, whenever: and all of it is so many times shorter."""
    one = hands_of(name, Assumed(), speed=speed, seed=seed)
    again = hands_of(name, Assumed(), speed=speed, seed=seed)
    life = hands_of(name, Assumed(), speed=1, seed=seed)
    told = (one.accepts_s(place), one.declines(place), one.sets_out_s(place), one.visit(place))
    assert told == (
        again.accepts_s(place), again.declines(place), again.sets_out_s(place), again.visit(place)
    )  # fmt: skip
    assert one.visit(place) == life.visit(place)
    assert one.accepts_s(place) * speed == pytest.approx(life.accepts_s(place))
    assert one.waits_s() * speed == pytest.approx(life.waits_s())
    spent = one.works_s(place, opened=True, times=2.0)
    assert spent == pytest.approx(2 * one.works_s(place, opened=True, times=1.0))
    assert one.works_s(place, opened=False, times=9) * speed == pytest.approx(600)


def test_who_is_nearer_is_there_sooner() -> None:
    """And an unknown place takes what is usual."""
    hands = hands_of("1", Assumed(), speed=10, seed=1)
    here, near, far = (42.36, -71.06), (42.36, -71.07), (42.30, -71.20)
    assert hands.drives_s(here, near) < hands.drives_s(here, far)
    assert hands.drives_s(None, far) == 108.0


# -- the score, by hand ----------------------------------------------------------------------------


def at(minutes: float) -> datetime:
    """A moment of the play."""
    return AT + timedelta(minutes=minutes)


def seen(minutes: float, number: int | None, fact: str, by: int = CREW, **told: Any) -> Seen:
    """One entry."""
    state = told.pop("state", None)
    body = {"set": {"state": state}} if state else {}
    words = {"note": told.pop("note")} if "note" in told else {}
    return Seen(
        seq=0, at=at(minutes), by=by, number=number, fact=fact, words=words, body={**body, **told}
    )


def order(number: int, priority: int, *clocks: Clock, opened: float = 0) -> WorkOrder:
    """As it is at the end."""
    return WorkOrder(
        number=number,
        priority=priority,
        state_since=AT,
        opened_at=at(opened),
        created_at=AT,
        progress_at=AT,
        clocks=clocks,
    )


def clock(kind: ClockKind, due: float, met: float | None = None, **told: Any) -> Clock:
    """Promised at the start."""
    late = met is not None and met > due
    return Clock(
        kind=kind,
        started_at=AT,
        due_at=at(due),
        met_at=None if met is None else at(met),
        breached_at=at(due) if late else None,
        **told,
    )


RESPOND, RESOLVE, NEXT = ClockKind.RESPOND, ClockKind.RESOLVE, ClockKind.NEXT_UPDATE
SMALL = Play(
    entries=(
        seen(1, 1, "created"),
        seen(2, 3, "followed", ANA, set={"follower": 2}),
        seen(3, 1, "rang", severity=2),
        seen(4, 1, "acknowledged", ANA),
        seen(5, 1, "assigned", ANA, state="assigned"),
        seen(6, 2, "created"),
        seen(6, 1, "accepted", state="accepted"),
        seen(7, 1, "declined", state="declined"),
        seen(8, 2, "rang", severity=1),
        seen(8, 3, "rang", severity=4),
        seen(9, 1, "noted", ANA, note="agreed: two more sockets"),
        seen(10, 1, "updated_customer", ANA),
        seen(11, 1, "assigned", ANA, state="assigned"),
        seen(12, 1, "accepted", ANA, state="accepted"),
        seen(19, 1, "updated_customer", ANA),
        seen(21, 2, "assigned", ANA, state="assigned"),
    ),
    orders={
        1: order(1, 1, clock(RESPOND, 5, 6), clock(NEXT, 10, 10), clock(NEXT, 30)),
        2: order(2, 2, clock(RESPOND, 15), clock(RESOLVE, 60), opened=4),
        3: order(3, 3, clock(RESPOND, -5), clock(RESOLVE, 30, 12)),
    },
    orphans=frozenset({3}),
    asked=(
        Asked(what="claim", number=1, at=at(8), until=at(12)),
        Asked(what="overrun", number=1, at=at(12), until=at(18)),
        Asked(what="department", number=2, at=at(12), until=at(21)),
    ),
    crew=frozenset({1, CREW}),
    began=AT,
    ended=at(20),
)
"""Twenty minutes, three orders; what comes after the end was done too late to count."""


def test_the_score_is_what_one_reckons_by_hand() -> None:
    """Clocks that fell due or were met within it; an alarm a quiet one is not; minutes alone."""
    score = scored(SMALL)
    assert score.clocks == {
        (1, RESPOND): Kept(0, 1),  # met a minute late
        (1, NEXT): Kept(1, 1),  # exactly in time; the other is not due yet
        (2, RESPOND): Kept(0, 1),  # due at 15, never met
        (3, RESOLVE): Kept(1, 1),  # its respond clock was missed before the play
    }
    assert score.of_kind(RESPOND) == Kept(0, 2)
    # 1: created 1 to 5, declined 7 to 11. 2: 6 to the end. 3: from the beginning until followed.
    assert score.orphan_min == {1: 8.0, 2: 14.0, 3: 2.0, 4: 0.0}
    assert (score.acknowledged.count, score.acknowledged.never) == (1, 1)
    assert score.acknowledged.worst_s == 12 * 60  # order 2, from 8 to the end
    assert score.acknowledged.median_s == (60 + 12 * 60) / 2
    assert (score.sent.count, score.sent.never) == (1, 1)
    assert score.sent.worst_s == 16 * 60  # asked for at 4, before it was written down
    assert [(one.written, one.told, one.right) for one in score.answers] == [
        (True, True, True), (None, False, False)
    ]  # fmt: skip
    assert score.told[1] == Kept(2, 3)
    assert score.all_told == Kept(2, 3)
    assert (score.orders, score.decisions, score.by_hand) == (2, 8, 1)


def test_what_an_undo_brought_back_stands_alone_again() -> None:
    """The journal says of each entry how the order stands after it."""
    undone = (*SMALL.entries[:5], seen(8, 1, "undone", ANA, state="new"))
    score = scored(replace(SMALL, entries=undone, asked=()))
    assert score.orphan_min[1] == 4.0 + 12.0


def test_an_alarm_that_went_by_itself_was_no_alarm() -> None:
    """Nobody had to see it."""
    told = (seen(1, 1, "rang", severity=1), seen(2, 1, "cleared"), seen(3, 1, "rang", severity=1))
    waits = scored(replace(SMALL, entries=told, asked=())).acknowledged
    assert (waits.count, waits.never, waits.worst_s) == (0, 1, 17 * 60)


def test_a_play_in_which_nothing_happened_has_no_rates() -> None:
    """Nothing of nothing is told as such."""
    empty = Play(entries=(), orders={}, began=AT, ended=at(5))
    score = scored(empty)
    assert score.clocks == {}
    assert score.all_told == Kept(0, 0)
    assert score.acknowledged.median_s is None
