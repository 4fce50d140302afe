"""The rows of the list of alarms: the worst on top, also in a flood, and each with a place."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from console.render_alarms import alarm_mark
from console.render_flood import Flood, by_turns
from store.domain.floods import AlarmGroup, Storm
from tests.console.lines import MONDAY, alarm

if TYPE_CHECKING:
    from console.widgets.window import Row
    from store.queries.alarms import AlarmLine

SITES = ("A", "B", "C")
BY_SITE = Storm(by="site", keys=SITES)
OLD = MONDAY - timedelta(hours=1)


def rang(number: int, site: str, severity: int, *, new: bool = True) -> AlarmLine:
    """An alarm of now, or one of an hour ago."""
    made = alarm(number, site_name=site, severity=severity, id=number)
    return made if new else replace(made, raised_at=OLD, asked_at=OLD)


def listed(*alarms: AlarmLine, storm: Storm = BY_SITE) -> tuple[Row, ...]:
    """The rows, told by site as the storm began."""
    return Flood(storm).rows(sorted(alarms, key=alarm_mark), None, at=MONDAY, zone=None)


def signs(rows: tuple[Row, ...]) -> list[str]:
    """How bad each row is."""
    return [cell if isinstance(cell, str) else cell.text for cell in (r.cells[0] for r in rows)]


def test_a_group_that_became_worse_stands_above_those_that_came_before_it() -> None:
    """A flood keeps its lines at their places only among those as bad."""
    mild = [rang(n, "A", 2) for n in range(1, 5)]
    bad = [rang(n, "B", 1 if n == 8 else 2) for n in range(5, 9)]
    rows = listed(*mild, *bad)
    assert [row.key for row in rows] == ["site:B", "site:A"]
    assert signs(rows) == ["!!", "! "]


def test_what_rings_as_badly_since_long_stands_before_milder_groups() -> None:
    """Also where no group is as mild as it: only the worst were lifted above all groups."""
    groups = [rang(n, "A", 1) for n in range(1, 4)] + [rang(n, "B", 3) for n in range(4, 7)]
    assert [row.key for row in listed(*groups, rang(9, "C", 2, new=False))] == [
        "site:A", 9, "site:B"
    ]  # fmt: skip


def test_what_the_supervisor_was_called_for_is_not_above_what_is_worse() -> None:
    """It comes first of those as bad."""
    called = replace(rang(1, "A", 2, new=False), escalated_at=OLD)
    rows = listed(called, rang(2, "A", 1, new=False), rang(3, "A", 2, new=False))
    assert [row.key for row in rows] == [2, 1, 3]


@given(
    st.lists(st.tuples(st.sampled_from(SITES), st.integers(1, 4), st.booleans()), max_size=24),
    st.permutations(SITES),
)
def test_no_row_stands_above_a_worse_one(
    drawn: list[tuple[str, int, bool]], keys: list[str]
) -> None:
    """Whatever rings, and in whatever order the storm came; and no two rows share a place."""
    alarms = [rang(n, site, bad, new=new) for n, (site, bad, new) in enumerate(drawn, 1)]
    rows = listed(*alarms, storm=Storm(by="site", keys=tuple(keys)))
    order = ["!!", "! ", "- ", ". "]
    told = [order.index(sign) for sign in signs(rows)]
    assert told == sorted(told)
    marks = [row.mark for row in rows]
    assert marks == sorted(marks)
    assert len({*marks}) == len(marks)


def test_the_strip_and_the_list_agree() -> None:
    """Groups and single alarms by how bad they are, groups first; what was seen last."""
    group = AlarmGroup(by="site", key="A", count=9, severity=2, since=MONDAY)
    worse, same, seen = rang(1, "B", 1), rang(2, "B", 2), replace(rang(3, "B", 1), id=3)
    seen = replace(seen, acknowledged_at=MONDAY, acknowledged_by="Ana")
    assert by_turns((group,), (same, seen, worse)) == (worse, group, same, seen)
