"""The timeline as signs: every hour where it belongs, whatever the width."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from console.render_days import about, scale, signs
from store.queries.days import Bar, BarKind, Day
from store.queries.people import TechnicianLine

NINE = datetime(2026, 9, 21, 9, 0, tzinfo=UTC)
WINDOW = (NINE - timedelta(hours=2), NINE + timedelta(hours=8))
LI = TechnicianLine(
    id=1, code="L1", name="Li Wei", phone="", state="on_site", state_since=NINE, jobs=1,
    number=None, title=None, site_name=None, on_shift=True, absent=False, away_until=None,
)  # fmt: skip


def hours(count: float) -> datetime:
    """So many hours after nine."""
    return NINE + timedelta(hours=count)


def bar(kind: BarKind, begins: float, ends: float, *, clashes: bool = False) -> Bar:
    """An order from an hour to another one."""
    return Bar(
        number=1, title="", kind=kind, from_at=hours(begins), to_at=hours(ends), clashes=clashes
    )


def day(*bars: Bar) -> Day:
    """A shift from eight to four with an absence at its end."""
    return Day(
        line=LI,
        skills=(),
        bars=bars,
        there=((hours(-1), hours(7)),),
        away=((hours(6), hours(7)),),
        done=0,
    )


def test_each_sign_stands_at_its_hour() -> None:
    """Two cells an hour, seven o'clock at the left."""
    drawn = signs(
        day(
            bar(BarKind.DONE, -1, 0),
            bar(BarKind.NOW, 0, 1.5),
            bar(BarKind.PLAN, 2, 3),
            bar(BarKind.NOW, 3, 4, clashes=True),
        ),
        at=hours(1.5),
        window=WINDOW,
        cells=20,
    )
    assert drawn == "  ==#1#|++!!....xx  "
    assert scale(WINDOW, 20, UTC) == "07:00   11:00       "[:20]


@given(
    st.lists(st.tuples(st.sampled_from(BarKind), st.floats(-20, 20), st.floats(0, 20)), max_size=5),
    st.integers(1, 200),
    st.floats(-30, 30),
)
def test_a_day_is_as_wide_as_its_room(
    told: list[tuple[BarKind, float, float]], cells: int, at: float
) -> None:
    """Whatever lies in it or around it."""
    bars = [bar(kind, begins, begins + lasts) for kind, begins, lasts in told]
    assert len(signs(day(*bars), at=hours(at), window=WINDOW, cells=cells)) == cells
    assert len(scale(WINDOW, cells, UTC)) == cells


def test_what_comes_next_names_its_day() -> None:
    """Where it is not today: three in the afternoon may be tomorrow's."""
    for ahead, said in (
        (6, "next 15:00 #1"),
        (30, "next tomorrow 15:00 #1"),
        (54, "next 09-23 15"),
    ):
        lines = about(day(bar(BarKind.PLAN, ahead, ahead + 1)), at=NINE, zone=UTC)
        assert said in "".join(part[0] for part in lines[1])


def test_hours_of_a_drill_are_as_long_as_they_are() -> None:
    """Five minutes each."""
    hour = timedelta(minutes=5)
    window = (NINE - 2 * hour, NINE + 8 * hour)
    assert scale(window, 80, UTC, hour=hour).split() == [
        f"{here:%H:%M}" for here in (window[0] + n * hour for n in range(10))
    ]
