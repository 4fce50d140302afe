"""Queues: a count is its rows, pages tile a queue, and every boundary is decided."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from store.domain.errors import NameUnknown
from store.domain.lifecycle import STATES, Category, State
from store.domain.reckon import FAR
from store.domain.who import Scope, Who
from store.queries import ANSWERS
from store.queries.board import Key, LineOf, QueueCounts, QueuePage, QueuePosition
from store.queries.lists import ListOrders
from store.queries.queues import QUEUES
from tests.store.query_desk import ANA, AT, MINUTE, QueryDesk, order_row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Row = dict[str, Any]

SITES = [{"id": n, "code": f"S{n}", "name": f"Site {n}", "zone": "UTC"} for n in (1, 2, 3)]
SITE_OFFICE = Who(operator=2, via="test", scope=Scope(frozenset({1, 3})))


@pytest.fixture
def desk(tables_url: str) -> Iterator[QueryDesk]:
    """A desk with three sites and no orders."""
    desk = QueryDesk(tables_url)
    desk.put("site", SITES)
    yield desk
    desk.close()


BELONGS: dict[str, Callable[[Row], bool]] = {
    "all_open": lambda row: row["live"] and row["category"] != "done",
    "unassigned": lambda row: row["state"] in {"new", "declined", "reopened"},
    "not_accepted": lambda row: row["state"] == "assigned",
    "at_risk": lambda row: (
        row["live"] and _by(row["risk_at"]) and row["next_deadline"] is not None
        and row["next_deadline"] >= AT
    ),
    "overdue": lambda row: (
        row["live"] and row["next_deadline"] is not None and row["next_deadline"] < AT
    ),
    "in_progress": lambda row: row["state"] in {"accepted", "en_route", "on_site"},
    "waiting": lambda row: row["state"] == "waiting",
    "waiting_expired": lambda row: row["state"] == "waiting" and _by(row["wake_at"]),
    "follow_ups_due": lambda row: _by(row["follow_at"]),
    "nobody_following": lambda row: row["live"] and _by(row["orphan_at"]),
    "to_close": lambda row: row["state"] in {"done", "verified"},
}  # fmt: skip
"""What each queue means, said again in Python."""


def _by(at: datetime | None) -> bool:
    return at is not None and at <= AT


instants = st.one_of(
    st.none(),
    st.sampled_from([-60_000, -1, 0, 1, 60_000]).map(lambda ms: AT + timedelta(milliseconds=ms)),
)


@st.composite
def rows(draw: st.DrawFn) -> list[Row]:
    """Orders in any state with marks around the present, as the domain may leave them."""
    drawn = []
    for number in range(1, draw(st.integers(0, 30)) + 1):
        state = draw(st.sampled_from(State))
        deadline = draw(instants)
        drawn.append(
            order_row(
                number,
                state,
                site_id=draw(st.sampled_from([None, 1, 2, 3])),
                next_deadline=deadline,
                risk_at=None if deadline is None else draw(instants),
                wake_at=draw(instants) if state is State.WAITING else None,
                orphan_at=draw(instants) if STATES[state].orphan else None,
                follow_at=draw(instants),
                rank_at=deadline or FAR,
            )
        )
    return drawn


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(desk_rows=rows(), limit=st.integers(1, 7), seen=st.sampled_from([ANA, SITE_OFFICE]))
def test_every_queue_counts_the_rows_it_shows(
    desk: QueryDesk, desk_rows: list[Row], limit: int, seen: Who
) -> None:
    """For any desk and any scope: count, pages forwards, pages backwards and Python agree."""
    desk.empty("work_order")
    desk.put("work_order", desk_rows)
    counts = desk.ask(QueueCounts(), who=seen)
    for name, queue in QUEUES.items():
        meant = sorted(
            (row[queue.order], row["number"])
            for row in desk_rows
            if BELONGS[name](row) and seen.scope.covers(row["site_id"])
        )
        forwards = _walk(desk, name, limit, seen, backwards=False)
        backwards = _walk(desk, name, limit, seen, backwards=True)
        assert (counts[name], forwards, backwards) == (len(meant), meant, meant), name


def _walk(
    desk: QueryDesk, queue: str, limit: int, who: Who, *, backwards: bool
) -> list[tuple[datetime, int]]:
    seen: list[tuple[datetime, int]] = []
    page = desk.ask(QueuePage(queue=queue, limit=limit, last=backwards), who=who)
    while page.lines:
        keys = [tuple(line.key) for line in page.lines]
        seen = [*keys, *seen] if backwards else [*seen, *keys]
        place = {"before": page.lines[0].key} if backwards else {"after": page.lines[-1].key}
        page = desk.ask(QueuePage(queue=queue, limit=limit, **place), who=who)
    return seen


def test_an_order_is_late_after_its_due_time_and_not_at_it(desk: QueryDesk) -> None:
    """The due instant itself is in time, and still at risk."""
    desk.put(
        "work_order",
        [
            order_row(1, next_deadline=AT, risk_at=AT - MINUTE, rank_at=AT),
            order_row(2, next_deadline=AT - MINUTE, risk_at=AT - 2 * MINUTE, rank_at=AT - MINUTE),
            order_row(3, next_deadline=AT + MINUTE, risk_at=AT, rank_at=AT + MINUTE),
        ],
    )
    assert _numbers(desk, "overdue") == [2]
    assert _numbers(desk, "at_risk") == [1, 3]
    line = desk.ask(LineOf(number=1))
    assert (line.overdue(AT), line.overdue(AT + timedelta(milliseconds=1))) == (False, True)
    assert (line.at_risk(AT), line.at_risk(AT + timedelta(milliseconds=1))) == (True, False)


def test_a_closed_order_still_owes_its_follow_up(desk: QueryDesk) -> None:
    """A promise to call back outlives the job."""
    desk.put("work_order", [order_row(1, State.CLOSED, follow_at=AT)])
    assert _numbers(desk, "follow_ups_due") == [1]
    assert _numbers(desk, "all_open") == []


def test_a_page_can_begin_anywhere(desk: QueryDesk) -> None:
    """At a position, around an order, at a key that is gone, and at the end."""
    desk.put("work_order", [order_row(n, rank_at=AT + n * MINUTE) for n in range(1, 21)])
    assert _numbers(desk, "all_open", position=4, limit=3) == [5, 6, 7]
    assert _numbers(desk, "all_open", around=10, limit=5) == [8, 9, 10, 11, 12]
    assert _numbers(desk, "all_open", around=1, limit=3) == [1, 2, 3]
    assert _numbers(desk, "all_open", around=20, limit=4) == [17, 18, 19, 20]
    assert _numbers(desk, "all_open", around=99, limit=2) == [1, 2]
    assert _numbers(desk, "all_open", last=True, limit=3) == [18, 19, 20]
    gone = Key(AT + 7 * MINUTE + timedelta(seconds=1), 0)
    assert _numbers(desk, "all_open", since=gone, limit=2) == [8, 9]
    assert _numbers(desk, "all_open", since=Key(AT + 7 * MINUTE, 7), limit=2) == [7, 8]
    assert desk.ask(QueuePosition(queue="all_open", key=gone)) == 7


def test_a_counted_page_says_where_it_stands(desk: QueryDesk) -> None:
    """For the scroll bar: how many rows there are, and how many come first."""
    desk.put("work_order", [order_row(n, rank_at=AT + n * MINUTE) for n in range(1, 21)])
    page = desk.ask(QueuePage(queue="all_open", around=10, limit=5, counted=True))
    assert (page.skipped, page.total) == (7, 20)
    assert (page.at_top, page.at_end) == (False, False)
    empty = desk.ask(QueuePage(queue="overdue", counted=True))
    assert (empty.lines, empty.skipped, empty.total) == ((), 0, 0)


def test_a_page_knows_when_nothing_lies_beyond_it(desk: QueryDesk) -> None:
    """A full page at the end of the queue is the end, too."""
    desk.put("work_order", [order_row(n, rank_at=AT + n * MINUTE) for n in range(1, 6)])
    ends: dict[str, tuple[dict[str, Any], tuple[bool, bool]]] = {
        "top": ({}, (True, False)),
        "all of it": ({"limit": 5}, (True, True)),
        "last": ({"last": True}, (False, True)),
        "after": ({"after": Key(AT + 3 * MINUTE, 3)}, (False, True)),
        "before": ({"before": Key(AT + 3 * MINUTE, 3)}, (True, False)),
        "around the first": ({"around": 1}, (True, False)),
        "around the middle": ({"around": 3}, (False, False)),
        "around the last": ({"around": 5}, (False, True)),
        "around in a long page": ({"around": 3, "limit": 9}, (True, True)),
    }
    for name, (place, known) in ends.items():
        page = desk.ask(QueuePage(**{"queue": "all_open", "limit": 2, **place}))
        assert (page.at_top, page.at_end) == known, name


def test_a_line_names_what_the_operator_needs(desk: QueryDesk) -> None:
    """Site, customer, technician and the standing alarm come with the order."""
    desk.put("customer", [{"id": 1, "code": "C1", "name": "宏远大厦"}])
    desk.put("technician", [{"id": 1, "code": "T1", "name": "Li Wei"}])
    desk.put("work_order", [
        order_row(1, State.ACCEPTED, site_id=2, customer_id=1, technician_id=1,
                  next_deadline=AT, next_clock="resolve", rank_at=AT)
    ])  # fmt: skip
    alarm = {"number": 1, "kind": "breach", "due_at": AT, "raised_at": AT, "cleared_at": None}
    desk.put("alarm", [{**alarm, "severity": 4, "cleared_at": AT}, {**alarm, "severity": 1}])
    (line,) = desk.ask(QueuePage(queue="in_progress")).lines
    assert (line.site_name, line.customer_name) == ("Site 2", "宏远大厦")
    assert (line.technician_code, line.technician_name) == ("T1", "Li Wei")
    assert (line.severity, line.acknowledged, line.next_clock) == (1, False, "resolve")
    assert (line.category, line.overdue(AT)) == (Category.OPEN, False)
    assert desk.ask(LineOf(number=1)) == line


def test_an_order_of_another_site_is_unknown(desk: QueryDesk) -> None:
    """Not hidden columns: no line at all."""
    desk.put("work_order", [order_row(1, site_id=2), order_row(2, site_id=3), order_row(3)])
    assert desk.ask(LineOf(number=1), who=SITE_OFFICE) is None
    assert desk.ask(LineOf(number=3), who=SITE_OFFICE) is None
    assert desk.ask(LineOf(number=2), who=SITE_OFFICE).number == 2
    nobody = Who(operator=2, via="test", scope=Scope(frozenset()))
    assert set(desk.ask(QueueCounts(), who=nobody).values()) == {0}


def test_a_queue_that_is_not_there_is_refused(desk: QueryDesk) -> None:
    """By its name, not with an SQL error."""
    with pytest.raises(NameUnknown) as refused:
        desk.ask(QueuePage(queue="nonsense"))
    assert refused.value.facts["name"] == "nonsense"


INDEX = {
    "all_open": "ix_open_rank",
    "unassigned": "ix_live_state",
    "not_accepted": "ix_live_state",
    "at_risk": "ix_live_deadline",
    "overdue": "ix_live_deadline",
    "in_progress": "ix_live_state",
    "waiting": "ix_live_state",
    "waiting_expired": "ix_live_state",
    "follow_ups_due": "ix_follow",
    "nobody_following": "ix_live_state",
    "to_close": "ix_live_state",
}


@pytest.mark.parametrize("queue", QUEUES)
def test_a_queue_walks_its_index_and_never_the_table(queue: str, sqlite_url: str) -> None:
    """A million closed orders must cost a page nothing."""
    desk = QueryDesk(sqlite_url)
    heard: list[tuple[str, Any]] = []
    with desk.reader() as reader:
        event.listen(
            reader.conn, "before_cursor_execute",
            lambda _c, _cur, sql, bound, *_rest: heard.append((sql, bound)),
        )  # fmt: skip
        for place in ({}, {"after": Key(AT, 5)}, {"before": Key(AT, 5)}, {"position": 9}):
            ANSWERS[QueuePage](reader, QueuePage(queue=queue, **place))
        for sql, bound in [sent for sent in heard if sent[0].startswith("SELECT")]:
            plan = reader.conn.exec_driver_sql("EXPLAIN QUERY PLAN " + sql, bound).all()
            steps = [str(step[3]) for step in plan]
            assert any(f"INDEX {INDEX[queue]}" in step for step in steps), steps
            assert not any(
                step.startswith("SCAN work_order") and "USING" not in step for step in steps
            )
    desk.close()


def test_counts_walk_indexes_only(sqlite_url: str) -> None:
    """For the whole desk and for a few sites."""
    desk = QueryDesk(sqlite_url)
    heard: list[tuple[str, Any]] = []
    for who in (ANA, SITE_OFFICE):
        with desk.reader(who=who) as reader:
            event.listen(
                reader.conn,
                "before_cursor_execute",
                lambda _c, _cur, sql, bound, *_rest: heard.append((sql, bound)),
            )
            ANSWERS[QueueCounts](reader, QueueCounts())
            for sql, bound in [sent for sent in heard if sent[0].startswith("SELECT")]:
                plan = reader.conn.exec_driver_sql("EXPLAIN QUERY PLAN " + sql, bound).all()
                steps = [step for step in (str(row[3]) for row in plan) if "work_order" in step]
                assert steps
                assert all("INDEX ix_live" in step or "ix_follow" in step for step in steps), steps
    desk.close()


def _numbers(desk: QueryDesk, queue: str, **place: Any) -> list[int]:
    return [line.number for line in desk.ask(QueuePage(queue=queue, **place)).lines]


def test_a_list_holds_what_its_queue_counts(desk: QueryDesk) -> None:
    """A list joins technicians and sites, whose columns are partly called as an order's are."""
    desk.put("work_order", [order_row(n, state) for n, state in enumerate(State, 1)])
    counts = desk.ask(QueueCounts(), who=ANA)
    for name in QUEUES:
        assert len(desk.ask(ListOrders(queue=name), who=ANA)) == counts[name], name
