"""Pictures to histories: the lifecycle walked with the file's own times, and nothing lost."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.intake.framing import Frame, Ids
from console.intake.mapping import Picture
from console.intake.retell_events import retell_events
from console.intake.retell_row import retell_row
from store.domain.lifecycle import State, VisitState
from store.domain.replay import differences, replay
from store.domain.rules import Rules

if TYPE_CHECKING:
    from collections import Counter

    from store.domain.history import History

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
READ_AT = datetime(2026, 3, 20, tzinfo=UTC)
NO_PROMISE = Rules(level=None, calendar=None, calendar_version=None, calendars={})
IDS = Ids(sites={"A": 1, "B": 2}, customers={"C": 3}, technicians={"Li": 11, "Wang": 12})
FRAME = Frame(source="test", by=1, at=READ_AT, promises=lambda _code: (None, NO_PROMISE))
LI = {"technician": "Li"}
HELD = {State.ASSIGNED, State.ACCEPTED, State.EN_ROUTE, State.ON_SITE}


def hours(n: float) -> datetime:
    """So many hours after nine."""
    return NINE + timedelta(hours=n)


def picture(state: State | None = State.NEW, **given_: Any) -> Picture:
    """What a row says; `opened_at` is nine unless it says otherwise."""
    times = {"opened_at": NINE} | given_.pop("times", {})
    texts = {"title": "lift", "site": "A", "customer": "C"} | given_.pop("texts", {})
    made: dict[str, Any] = {"line": 2, "external_id": "A1", "state": state, "said": str(state)}
    made |= given_
    return Picture(texts=texts, times=times, **made)


def event(n: float, state: State | None, technician: str = "", **given_: Any) -> Picture:
    """What the order was like `n` hours after nine."""
    texts = {"technician": technician} | given_.pop("texts", {})
    return picture(state, times={"event_at": hours(n)}, texts=texts, **given_)


def row(given_: Picture) -> History:
    return retell_row(given_, IDS, FRAME)[0]


def story(*events: Picture) -> tuple[History, Counter[str]]:
    return retell_events(events, IDS, FRAME)


def facts(history: History) -> list[str]:
    return [entry.fact.name for entry in history.entries]


def hold(history: History) -> None:
    """What must be true of every history: in order of time, and its facts lead to its order."""
    ats = [entry.at for entry in history.entries]
    assert ats == sorted(ats)
    told = replay((entry.fact for entry in history.entries), number=history.order.number)
    assert differences(history.order, told) == ()


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("technician", ["Li", ""])
def test_every_state_is_reached_from_one_row(state: State, technician: str) -> None:
    """By honest steps; only nobody can have an order that a file says is with nobody."""
    history = row(picture(state, texts={"technician": technician}, times={"closed_at": hours(5)}))
    expected = State.NEW if state in HELD and not technician else state
    assert history.order.state is expected
    assert facts(history)[0] == "imported"
    hold(history)


def test_a_closed_row_keeps_its_times() -> None:
    """Opened, promised, done: all as the file says; who had it is known, when he came is not."""
    seen = picture(
        State.CLOSED,
        times={"due_at": hours(4), "closed_at": hours(5)},
        texts={"technician": "Li", "reason": "no fault found"},
    )
    history = row(seen)
    order = history.order
    assert (order.opened_at, order.done_at, order.closed_at) == (NINE, hours(5), hours(5))
    (clock,) = order.clocks
    assert (clock.due_at, clock.met_at, clock.breached_at) == (hours(4), hours(5), hours(4))
    (visit,) = order.visits
    assert (visit.technician, visit.state, visit.accepted_at) == (11, VisitState.DONE, None)
    assert "no fault found" in [(entry.fact.words or {}).get("note") for entry in history.entries]
    hold(history)


def test_steps_that_the_row_gives_times_for_are_told() -> None:
    """So that response times can be measured where a file has them."""
    times = {"accepted_at": hours(1), "arrived_at": hours(2), "done_at": hours(3)}
    history = row(picture(State.CLOSED, times={**times, "closed_at": hours(9)}, texts=LI))
    (visit,) = history.order.visits
    assert (visit.accepted_at, visit.arrived_at) == (hours(1), hours(2))
    assert (history.order.done_at, history.order.closed_at) == (hours(3), hours(9))


def test_a_step_at_the_moment_of_a_wait_comes_before_it() -> None:
    """He said yes and waits from then on; after the wait he would have been late with it."""
    times = {"assigned_at": NINE, "accepted_at": hours(1), "wake_at": hours(9)}
    wait = json.dumps([[hours(1).isoformat(), None, "parts"]])
    history = row(picture(State.WAITING, times=times, texts=LI | {"pauses": wait}))
    assert facts(history)[:4] == ["imported", "assigned", "accepted", "waited"]
    (visit,) = history.order.visits
    assert visit.accepted_at == hours(1)
    hold(history)


@pytest.mark.parametrize("back", [(), ((5, 6, "closed"),)])
def test_a_step_at_the_end_of_a_wait_comes_after_it(back: tuple[tuple[int, int, str], ...]) -> None:
    """Nobody says yes to an order that waits; and what came back stays with him who had it."""
    times = {"assigned_at": hours(1), "accepted_at": hours(2), "done_at": hours(8)}
    held = [(hours(a).isoformat(), hours(b).isoformat(), k) for a, b, k in [(0, 2, "parts"), *back]]
    history = row(picture(State.DONE, times=times, texts=LI | {"pauses": json.dumps(held)}))
    (visit,) = history.order.visits
    assert (visit.assigned_at, visit.accepted_at) == (hours(1), hours(2))
    hold(history)


def test_an_open_row_past_its_time_is_late_but_does_not_ring() -> None:
    """A file of years ago must not raise thousands of alarms."""
    order = row(picture(State.ASSIGNED, times={"due_at": hours(4)}, texts=LI)).order
    (clock,) = order.clocks
    assert (clock.breached_at, clock.warned) == (hours(4), 100)


def test_an_end_without_a_time_is_not_judged() -> None:
    """A promise is neither kept nor broken where nobody says when the work was over."""
    history, odd = retell_row(picture(State.DONE, times={"due_at": hours(4)}), IDS, FRAME)
    (clock,) = history.order.clocks
    assert (clock.due_at, clock.met_at, clock.breached_at) == (hours(4), None, None)
    assert not clock.running
    assert odd == {"over, but not since when": 1}
    hold(history)


def test_events_are_told_as_steps() -> None:
    """Taken on, waiting, back at work, handed over, done, closed, and back again."""
    history, odd = story(
        event(0, State.NEW),
        event(1, State.ACCEPTED, "Li"),
        event(2, State.WAITING, "Li", texts={"reason": "parts"}),
        event(5, State.ACCEPTED, "Li"),
        event(6, State.ACCEPTED, "Wang", priority=1),
        event(7, State.DONE, "Wang", priority=1),
        event(8, State.CLOSED, "Wang", priority=1),
        event(9, State.ACCEPTED, "Wang", priority=1, reopened=1),
        event(10, State.CLOSED, "Wang", priority=1, reopened=1),
    )
    order = history.order
    assert (order.state, order.priority, order.reopened, order.reassigned) == (
        State.CLOSED,
        1,
        1,
        1,
    )
    waited, closed = order.pauses
    assert (waited.from_at, waited.to_at, waited.reason) == (hours(2), hours(5), "parts")
    assert (closed.from_at, closed.to_at, closed.kind) == (hours(7), hours(9), "closed")
    assert [visit.technician for visit in order.visits] == [11, 12, 12]
    assert (order.first_resolved_at, order.done_at) == (hours(7), hours(10))
    assert not odd
    hold(history)


def test_a_new_reason_is_a_new_wait() -> None:
    """Waiting for the vendor after waiting for the user are two pauses, without a gap."""
    first, second = ({"reason": "user"}, {"reason": "vendor"})
    history, _ = story(
        event(1, State.WAITING, texts=first),
        event(2, State.WAITING, texts=first),
        event(3, State.WAITING, texts=second),
    )
    assert [(p.reason, p.from_at, p.to_at) for p in history.order.pauses] == [
        ("user", hours(1), hours(3)),
        ("vendor", hours(3), None),
    ]


def test_events_are_put_in_order_of_time() -> None:
    """Wherever their rows stand; of those that share a time, the sequence decides."""
    told = [
        event(0, State.NEW, sequence=0),
        event(1, State.ACCEPTED, "Li", sequence=1),
        event(1, State.DONE, "Li", sequence=2),
        event(2, State.CLOSED, "Li", sequence=3),
    ]
    straight, _ = story(*told)
    turned, _ = story(*reversed(told))
    assert facts(turned) == facts(straight)
    assert turned.order == straight.order


def test_an_event_before_the_opening_is_kept_at_the_opening() -> None:
    """Clocks that run apart must not lose an event, nor turn time round."""
    history, odd = story(event(-1, State.ACCEPTED, "Li"), event(2, State.DONE, "Li"))
    assert history.order.visits[0].accepted_at == NINE
    assert history.order.done_at == hours(2)
    assert not odd
    hold(history)


def test_a_state_not_understood_is_a_note() -> None:
    """And moves nothing."""
    history, odd = story(event(0, State.ACCEPTED, "Li"), event(1, None, "Li", said="-100"))
    assert history.order.state is State.ACCEPTED
    assert odd == {"state not understood": 1}
    assert (history.entries[-1].fact.words or {})["note"] == "state -100"


def test_a_step_that_cannot_be_is_a_note() -> None:
    """What is done cannot be found a duplicate; the file's claim is kept and counted."""
    history, odd = story(event(0, State.DONE, "Li"), event(1, State.DUPLICATE, "Li"))
    assert history.order.state is State.DONE
    assert odd == {"impossible": 1}
    assert "while it is done" in (history.entries[-1].fact.words or {})["note"]


def test_an_event_that_changes_nothing_is_a_sign_of_life() -> None:
    """Somebody was there at that time; the journal says so."""
    history, _ = story(event(0, State.ACCEPTED, "Li"), event(3, State.ACCEPTED, "Li"))
    assert history.entries[-1].fact.name == "noted"
    assert history.order.progress_at == hours(3)


def test_watched_columns_leave_notes_and_fields_are_corrected() -> None:
    """A hand-over between groups, a better place."""
    history, _ = story(
        event(0, State.NEW, notes={"group": "1st"}),
        event(1, State.NEW, notes={"group": "2nd"}, texts={"site": "B", "title": "goods lift"}),
    )
    assert (history.order.site, history.order.title) == (2, "goods lift")
    assert "group: 1st -> 2nd" in [(e.fact.words or {}).get("note") for e in history.entries]
    hold(history)


_STATES = st.one_of(st.none(), st.sampled_from(list(State)))
_EVENTS = st.lists(
    st.builds(
        event,
        st.integers(-2, 30),
        _STATES,
        st.sampled_from(["", "Li", "Wang"]),
        priority=st.integers(1, 4),
        reopened=st.integers(0, 3),
        sequence=st.integers(0, 3),
        texts=st.sampled_from([{}, {"reason": "parts"}, {"site": "B"}]),
    ),
    min_size=1,
    max_size=12,
)


@given(_EVENTS)
def test_no_sequence_of_events_breaks_a_history(events: list[Picture]) -> None:
    """Whatever a file claims, the journal stays in order and leads to the order's state."""
    history, _ = story(*events)
    hold(history)
    assert len(history.entries) >= len(events)


@given(
    _STATES,
    st.dictionaries(
        st.sampled_from(
            [
                "due_at",
                "assigned_at",
                "accepted_at",
                "arrived_at",
                "done_at",
                "closed_at",
                "wake_at",
            ]
        ),
        st.integers(-48, 900).map(hours),
    ),
    st.sampled_from(["", "Li"]),
)
def test_no_row_breaks_a_history(
    state: State | None, times: dict[str, datetime], technician: str
) -> None:
    """Whatever times it gives, in whatever order."""
    hold(row(picture(state, times=times, texts={"technician": technician})))
