"""Finding orders: what the store answers is what a reader of the manual would pick out by hand."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.render import countdown
from store.domain.errors import BadInput, NameUnknown
from store.domain.finding.printer import written
from store.domain.finding.refusal import QueryUnclear
from store.domain.finding.sorts import SORTS
from store.domain.finding.tree import Not as Without
from store.domain.finding.tree import Sign, Term, Tree
from store.domain.targets import ClockKind
from store.domain.who import Scope, Who
from store.persistence import caller_keys, search_index
from store.queries.finding import CountOrders, FindOrders, Place, Standing
from store.queries.queues import QUEUES
from tests.budget import tries
from tests.store import finding_world as world
from tests.store.finding_days import ZONE
from tests.store.finding_draws import queries, worlds
from tests.store.finding_world import World
from tests.store.query_desk import ANA, AT, QueryDesk, order_row

if TYPE_CHECKING:
    from collections.abc import Iterator

OFFICE = Who(operator=2, via="test", scope=Scope(frozenset({1, 3})))


@pytest.fixture(scope="module")
def sqlite_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[QueryDesk]:
    """A furnished desk without orders."""
    desk = _furnished(f"sqlite:///{tmp_path_factory.mktemp('finding') / 'desk.db'}")
    yield desk
    desk.close()


@pytest.fixture(scope="module")
def postgres_desk(pg_server: Any) -> Iterator[QueryDesk]:
    """The same on PostgreSQL."""
    name = pg_server.create()
    desk = _furnished(pg_server.url(name))
    yield desk
    desk.close()
    pg_server.drop(name)


@pytest.fixture(params=["sqlite", "postgres"])
def desk(request: pytest.FixtureRequest) -> QueryDesk:
    """Each kind of database in turn."""
    desk: QueryDesk = request.getfixturevalue(f"{request.param}_desk")
    return desk


def _furnished(url: str) -> QueryDesk:
    desk = QueryDesk(url)
    calendar = {"id": 1, "code": "always", "name": "always"}
    desk.put("calendar", [calendar])
    levels = [
        {"id": n, "code": code, "name": code, "calendar_id": 1, "policy": {}}
        for n, code in enumerate(world.LEVELS, 1)
    ]
    tags = [
        {"customer_id": customer, "tag": tag}
        for customer, some in world.TAGS.items()
        for tag in some
    ]
    registers: tuple[tuple[str, list[dict[str, Any]]], ...] = (
        ("region", world.REGIONS),
        ("site", world.SITES),
        ("customer", world.CUSTOMERS),
        ("contact", world.CONTACTS),
        ("technician", world.TECHNICIANS),
        ("asset", world.ASSETS),
        ("service_level", levels),
        ("customer_tag", tags),
    )
    for table, rows in registers:
        desk.put(table, rows)
        with desk.database.writing() as conn:
            caller_keys.add(conn, table, ((row["id"], row) for row in rows))
    return desk


def _filled(desk: QueryDesk, there: World) -> None:
    desk.empty("visit", "journal", "work_order")
    with desk.database.writing() as conn:
        conn.exec_driver_sql("DELETE FROM search")
    desk.put("work_order", there.orders)
    desk.put("visit", there.visits)
    notes = [
        {
            "at": AT, "by": 2, "via": "test", "number": number, "fact": "noted",
            "body": {}, "words": {"note": note, "salt": "x"}, "hash": "",
        }
        for number, note in there.notes.items()
    ]  # fmt: skip
    desk.put("journal", notes)
    with desk.database.writing() as conn:
        search_index.index(conn, desk.database.kind, [row["number"] for row in there.orders])


def _ask(desk: QueryDesk, tree: Tree, *, who: Who = ANA, **more: Any) -> Any:
    more.setdefault("limit", 100)
    return desk.ask(FindOrders(text=written(tree), zone=ZONE, **more), who=who)


@settings(
    max_examples=tries(25, 150),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(there=worlds(), asked=st.lists(queries, min_size=6, max_size=12))
def test_what_is_found_is_what_fits(desk: QueryDesk, there: World, asked: list[Tree]) -> None:
    """By a second reading of the language that knows no database; counts equal rows."""
    _filled(desk, there)
    for tree in asked:
        fitting = {row["number"] for row in there.orders if there.fits(tree, row)}
        found = _ask(desk, tree, counted=True)
        assert {line.number for line in found.lines} == fitting, written(tree)
        assert found.total == len(fitting)
        assert desk.ask(CountOrders(text=written(tree), zone=ZONE)) == len(fitting)
        office = _ask(desk, tree, who=OFFICE)
        seen = {row["number"] for row in there.orders if row["site_id"] in {1, 3}}
        assert {line.number for line in office.lines} == fitting & seen


@settings(max_examples=tries(15, 60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    there=worlds(),
    sort=st.sampled_from(list(SORTS)),
    descending=st.booleans(),
    queue=st.none() | st.sampled_from(["all_open", "overdue"]),
    limit=st.integers(1, 4),
)
def test_pages_tile_what_fits_in_every_order(
    desk: QueryDesk, there: World, sort: str, descending: bool, queue: str | None, limit: int
) -> None:
    """Down, up, from a place, by position and around each order: the same rows."""
    _filled(desk, there)
    tree = Without(Term("p", Sign.IS, (world_numbers(4),)))
    like: dict[str, Any] = {"sort": sort, "descending": descending, "queue": queue}
    whole = _ask(desk, tree, **like, counted=True)
    standings = [Standing(place, descending) for place in whole.places]
    assert standings == sorted(standings)
    assert len(set(whole.places)) == len(whole.places)
    assert (whole.at_top, whole.at_end, whole.skipped) == (True, True, 0)
    down, place = [], None
    while True:
        page = _ask(desk, tree, **like, limit=limit, after=place)
        down += page.places
        if page.at_end:
            break
        place = page.places[-1]
    assert tuple(down) == whole.places
    up: list[Place] = []
    page = _ask(desk, tree, **like, limit=limit, last=True)
    while page.places:
        up = [*page.places, *up]
        page = _ask(desk, tree, **like, limit=limit, before=up[0])
    assert tuple(up) == whole.places
    for n, place in enumerate(whole.places):
        from_ = _ask(desk, tree, **like, limit=limit, since=place, counted=True)
        assert from_.places == whole.places[n : n + limit]
        assert from_.skipped == n
        assert _ask(desk, tree, **like, limit=limit, position=n).places == from_.places
        around = _ask(desk, tree, **like, limit=limit, around=place.number)
        assert place in around.places


@settings(max_examples=tries(20, 80), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(there=worlds(), queue=st.none() | st.sampled_from(list(QUEUES)))
def test_by_time_left_is_by_what_the_column_shows(
    desk: QueryDesk, there: World, queue: str | None
) -> None:
    """Be it a deadline, the end of a wait or a promised call; what counts down nowhere is last."""
    _filled(desk, there)
    tree = Without(Term("p", Sign.IS, (world_numbers(4),)))
    found = _ask(desk, tree, sort="left", queue=queue)
    timed = (replace(line, next_clock=next(iter(ClockKind))) for line in found.lines)
    shown = [countdown(line, queue or "")[0] for line in timed]
    assert [place.value for place in found.places] == shown
    ends = [end for end in shown if end is not None]
    assert ends == sorted(ends)
    assert shown == [*ends, *[None] * (len(shown) - len(ends))]


def world_numbers(number: int) -> Any:
    """One whole number as a query has it."""
    from store.domain.finding.tree import Numbers

    return Numbers(number, number)


def _count_to_five(monkeypatch: pytest.MonkeyPatch, *, wide: int) -> None:
    """So that a few orders are too many to be counted, or to be held."""
    for name in ("finding", "finding_held", "finding_newest", "finding_plan"):
        monkeypatch.setattr(f"store.queries.answers.{name}.MOST", 5)
    monkeypatch.setattr("store.queries.answers.finding_plan._WIDE", wide)
    monkeypatch.setattr("store.queries.answers.finding.MANY", 2)


def test_many_are_walked_and_not_counted(desk: QueryDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond what is counted, pages are the same, and the count says that there are more."""
    late: dict[str, Any] = {"next_deadline": AT - timedelta(minutes=1)}
    there = World(
        orders=[
            order_row(n, title="漏水" if n % 3 else "空调", site_id=1 + n % 3, **late)
            for n in range(1, 41)
        ]
    )
    _filled(desk, there)
    names = ("漏水", "漏", "漏水 site:S1", "site:N1,S1", "漏水 or p:1", "漏水 p:3", "")
    for name in (*names, "漏水 state:live", "漏水 overdue"):
        for sort in ("number", "title", "site"):
            few = desk.ask(FindOrders(text=name, sort=sort, limit=100, counted=True))
            with monkeypatch.context() as cut:
                _count_to_five(cut, wide=5)
                many = desk.ask(FindOrders(text=name, sort=sort, limit=100, counted=True))
                assert desk.ask(CountOrders(text=name)) is None
            assert (few.total, many.total) == (len(few.lines), None)
            assert many.lines == few.lines
            assert many.places == few.places


@pytest.mark.parametrize(
    "sites", [range(0), range(3, 4), range(3, 99)], ids=["none", "one", "many"]
)
def test_many_words_show_nobody_what_others_see(
    desk: QueryDesk, monkeypatch: pytest.MonkeyPatch, sites: range
) -> None:
    """However many sites he has: neither where all are held nor where they are walked."""
    there = World(orders=[order_row(n, title="漏水", site_id=1 + n % 3) for n in range(1, 41)])
    _filled(desk, there)
    if desk.database.kind == "postgresql":
        with desk.database.writing() as conn:
            conn.exec_driver_sql("ANALYZE search")  # so that it knows which words are common
    who = Who(operator=2, via="test", scope=Scope(frozenset(sites)))
    few = {text: desk.ask(FindOrders(text=text, limit=4), who=who) for text in ("漏水", "漏")}
    for text, wide in itertools.product(few, (5_000, 5, 0)):
        _count_to_five(monkeypatch, wide=wide)
        many = desk.ask(FindOrders(text=text, limit=4, counted=True), who=who)
        assert many.lines == few[text].lines
        assert many.total == (None if sites else 0)
        assert bool(many.lines) is bool(sites)
        assert all(1 + line.number % 3 == 3 for line in many.lines)
        if many.lines:
            after = {"text": text, "limit": 4, "after": many.places[-1], "counted": True}
            again = desk.ask(FindOrders(**after), who=who)
            assert again.skipped in {4, None}
            assert [line.number for line in again.lines] == [
                n - 12 for n in (line.number for line in many.lines)
            ]


def test_flags_are_the_queues() -> None:
    """So that a view of a flag counts as its queue does."""
    from store.domain.finding.fields import FLAGS, INCIDENT, QUEUE_OF

    queues = FLAGS.keys() - {INCIDENT}
    assert {QUEUE_OF.get(flag, flag) for flag in queues} == QUEUES.keys()


def test_without_a_column_the_order_is_the_best_for_what_was_asked(desk: QueryDesk) -> None:
    """The newest first among all, the most urgent first at the desk, the queue's own in a queue."""
    _filled(desk, World(orders=[order_row(n) for n in (1, 2)]))
    asked = {"": ("number", True), "state:live": ("rank", False), "overdue": ("rank", False)}
    asked |= {"due<2h": ("rank", False), "not due<2h": ("number", True)}
    for text, order in asked.items():
        found = desk.ask(FindOrders(text=text))
        assert (found.sort, found.descending) == order
    assert desk.ask(FindOrders(text="", queue="overdue")).sort == "left"


def test_what_cannot_be_asked_is_refused(desk: QueryDesk) -> None:
    """Unknown columns and queues, and a text that says nothing."""
    with pytest.raises(NameUnknown, match="colour"):
        desk.ask(FindOrders(text="", sort="colour"))
    with pytest.raises(NameUnknown, match="no_queue"):
        desk.ask(FindOrders(text="", queue="no_queue"))
    with pytest.raises(QueryUnclear, match="column 1"):
        desk.ask(FindOrders(text="stie:x"))
    with pytest.raises(BadInput, match="limit"):
        desk.ask(FindOrders(text="", limit=0))
