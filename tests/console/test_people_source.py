"""The technicians as a list that makes only the rows it is asked for."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from console.render_people import people_rows
from console.sources import People
from console.widgets.window import Ask, Where
from store.queries.people import TechnicianLine

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
_WHERES = st.sampled_from([where for where in Where if where is not Where.KEY])


def _people(count: int) -> People:
    people = People(AT)
    people.lines = tuple(
        TechnicianLine(
            id=100 + n, code=f"T{n}", name=f"王 {n}", phone="", state="available", state_since=AT,
            jobs=0, number=None, title=None, site_name=None, on_shift=True, absent=False,
            away_until=None,
        )
        for n in range(count)
    )  # fmt: skip
    return people


@given(st.integers(0, 40), _WHERES, st.integers(1, 50), st.data())
@settings(deadline=None)
def test_a_page_is_a_part_of_all_rows(
    count: int, where: Where, limit: int, data: st.DataObject
) -> None:
    """In order, no more than asked for, and honest about where the list begins and ends."""
    people = _people(count)
    place = data.draw(st.integers(0, max(0, count - 1)))
    page = people.page(Ask(where=where, limit=limit, mark=(place,), offset=place))
    rows = people_rows(people.lines, at=AT)
    assert page.start is not None
    assert page.rows == rows[page.start : page.start + len(page.rows)]
    assert len(page.rows) <= limit
    assert page.count == count
    assert page.at_top == (page.start == 0)
    assert page.at_end == (page.start + len(page.rows) == count)


@given(st.integers(1, 40), st.integers(1, 50), st.data())
@settings(deadline=None)
def test_a_technician_is_in_the_page_around_him(
    count: int, limit: int, data: st.DataObject
) -> None:
    """As the table jumps to him."""
    people = _people(count)
    wanted = data.draw(st.integers(0, count - 1))
    page = people.page(Ask(where=Where.KEY, limit=limit, key=100 + wanted))
    assert 100 + wanted in [row.key for row in page.rows]


@given(st.integers(1, 40), st.integers(1, 50), st.data())
@settings(deadline=None)
def test_pages_before_and_after_a_place_leave_it_out(
    count: int, limit: int, data: st.DataObject
) -> None:
    """Else a row would stand in the list twice."""
    people = _people(count)
    place = data.draw(st.integers(0, count - 1))
    before = people.page(Ask(where=Where.BEFORE, limit=limit, mark=(place,)))
    after = people.page(Ask(where=Where.AFTER, limit=limit, mark=(place,)))
    assert [row.mark[0] for row in before.rows] == list(range(max(0, place - limit), place))
    assert [row.mark[0] for row in after.rows] == list(
        range(place + 1, min(count, place + 1 + limit))
    )
