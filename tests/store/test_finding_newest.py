"""On PostgreSQL the newest orders with a word are found by looks at stretches of numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from store.domain.finding.grams import Phrase
from store.persistence import search_index
from store.persistence.tables.search import FAR, NEAR
from store.queries.answers import finding_newest
from store.queries.answers.finding_newest import downwards, stretches
from store.queries.answers.finding_words import Every
from tests.budget import tries
from tests.store.query_desk import QueryDesk

if TYPE_CHECKING:
    from collections.abc import Iterator

WORD = Every((Phrase(("漏水",)),))
APART = 64
"""Numbers lie so far apart at least, so that a short stretch holds few."""


@pytest.fixture(scope="module")
def desk(pg_server: Any) -> Iterator[QueryDesk]:
    """A store without orders; the index is asked alone."""
    name = pg_server.create()
    desk = QueryDesk(pg_server.url(name))
    yield desk
    desk.close()
    pg_server.drop(name)


def _indexed(desk: QueryDesk, wet: set[int], dry: set[int]) -> None:
    with desk.database.writing() as conn:
        conn.exec_driver_sql("DELETE FROM search")
        docs = {number: ["漏水", "_s1"] for number in wet} | {number: ["空调"] for number in dry}
        search_index.add(conn, "postgresql", docs)


numbers = st.sets(st.integers(1, 4_000).map(lambda n: n * APART), max_size=120)


@settings(
    max_examples=tries(30, 160),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    wet=numbers,
    dry=numbers,
    crowd=st.none() | st.integers(1, 3_000),
    enough=st.integers(1, 60),
    upto=st.none() | st.integers(0, 5_000 * APART),
)
def test_the_newest_come_first_and_none_is_missing(
    desk: QueryDesk,
    monkeypatch: pytest.MonkeyPatch,
    wet: set[int],
    dry: set[int],
    crowd: int | None,
    enough: int,
    upto: int | None,
) -> None:
    """Wherever they lie, thick here and thin there, and wherever one begins."""
    monkeypatch.setattr(finding_newest, "_TOO_MANY", 40)
    if crowd is not None:  # many side by side, which one look cannot bring
        wet = wet | {(crowd + n) * APART for n in range(200)}
    _indexed(desk, wet, dry - wet)
    with desk.database.reading() as conn:
        found = downwards(conn, WORD, enough=enough, upto=upto)
    fitting = sorted((n for n in wet if upto is None or n <= upto), reverse=True)
    assert found.numbers == fitting[: len(found.numbers)]
    if found.to_end:
        assert found.numbers == fitting
    else:
        assert len(found.numbers) > enough


@given(low=st.integers(0, 300), length=st.integers(0, 90_000), number=st.integers(0, 600_000))
def test_the_keys_of_some_numbers_are_those_of_no_others(
    low: int, length: int, number: int
) -> None:
    """Long stretches and short ones together make what is looked at, up to a stretch's end."""
    low <<= NEAR
    keys = set(stretches(low, low + length))
    end = (low + length) | ((1 << NEAR) - 1)
    found = {number >> NEAR, -1 - (number >> FAR)} & keys
    assert bool(found) is (low <= number <= end)


def test_a_look_asks_the_index_for_word_and_stretch_at_once(desk: QueryDesk) -> None:
    """In the very words of the index, or it would find the word everywhere first."""
    _indexed(desk, {n * APART for n in range(1, 200)}, set())
    given = {"looked": "漏水", "stretches": "{1,2}", "high": 3_000, "most": 10}
    with desk.database.reading() as conn:
        conn.exec_driver_sql("SET LOCAL enable_seqscan = off")
        asked = text(f"EXPLAIN {finding_newest._LOOK.text}")
        plan = "\n".join(conn.execute(asked, given).scalars())
    used = plan[plan.index("Bitmap Index Scan on ix_search_doc") :]
    assert "Index Cond" in used
    assert "&&" in used
    assert "@@" in used


def test_no_search_reads_much_that_is_not_sorted_in(desk: QueryDesk) -> None:
    """PostgreSQL would put off four megabytes; each look into the index goes through them all."""
    with desk.database.writing() as conn:
        assert conn.exec_driver_sql("SHOW gin_pending_list_limit").scalar_one() == "256kB"
