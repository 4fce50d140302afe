"""The alarm strip as text, without a screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from rich.cells import cell_len

from console.looks import lines_of
from console.render_strip import alarm_rows
from store.domain.floods import AlarmGroup
from tests.console.lines import MONDAY, alarm, said, strip


def test_an_alarm_of_another_program_is_shown_as_it_is() -> None:
    """Its own name is better than no board."""
    strange = alarm(1, kind="teleport", clock="warp")
    told = said(*alarm_rows(strip(strange), at=MONDAY, cells=100, rows=3))
    assert "#1 teleport 9m" in told


def test_a_calendar_tells_what_to_type() -> None:
    """Its code comes from outside, and a shell must take it for nothing else."""
    held = alarm(
        None, priority=None, kind="horizon", clock="", level=1, severity=2,
        calendar="$(id);x", known_until=date(2026, 12, 31),
    )  # fmt: skip
    told = said(*alarm_rows(strip(held), at=MONDAY, cells=120, rows=2))
    assert told.startswith(" ! ")
    assert "$(id);x: holidays known to 2026-12-31" in told
    assert "paidan calendar '$(id);x' --extend 2027" in told
    over = replace(held, level=3, known_until=date(2026, 6, 30), acknowledged_by="Ana")
    over = replace(over, acknowledged_at=MONDAY)
    told = said(*alarm_rows(strip(over), at=MONDAY, cells=120, rows=2))
    assert "holidays unknown after 2026-06-30" in told
    assert told.endswith("--extend 2026 · seen by Ana")


def test_a_calendar_is_named_though_worse_alarms_fill_the_strip() -> None:
    """An order's alarm stands in its row as well, a calendar's nowhere else."""
    ends = alarm(
        None, priority=None, kind="horizon", clock="", level=1, severity=2,
        calendar="office", known_until=date(2026, 12, 31),
    )  # fmt: skip
    told = said(*alarm_rows(strip(alarm(1), alarm(2), ends), at=MONDAY, cells=80, rows=2))
    assert told.endswith(" + 2 more alarms, office: holidays known to 2026-12-31")
    seen = replace(ends, acknowledged_at=MONDAY, acknowledged_by="Ana")
    told = said(*alarm_rows(strip(alarm(1), alarm(2), seen), at=MONDAY, cells=80, rows=2))
    assert told.endswith(" + 2 more alarms")


def test_what_is_said_alike_is_said_once() -> None:
    """Three certificates that end are one thing to see to."""
    ends = [
        alarm(None, priority=None, kind="certificate", clock="", reminder=7, ahead_days=days)
        for days in (30, 30, 7)
    ]
    told = said(*alarm_rows(strip(alarm(1), alarm(2), *ends), at=MONDAY, cells=120, rows=2))
    assert told.endswith(", certificate, ≤ 30 d left ×2, certificate, ≤ 7 d left")


def test_alarms_come_worst_first_and_the_rest_is_summed() -> None:
    """A flood must not hide the worst of it."""
    alarms = [alarm(number) for number in range(1, 6)]
    text = said(*alarm_rows(strip(*alarms, quiet=7, standing=40), at=MONDAY, cells=80, rows=3))
    assert text.splitlines()[0].startswith(" !! P1 #1 overdue (arr) 9m Lift stuck")
    assert text.splitlines()[-1] == " + 31 more alarms, 7 quiet, the oldest 22h00"
    assert said(*alarm_rows(strip(), at=MONDAY, cells=80, rows=3)) == " no alarms"


def test_what_somebody_saw_never_takes_the_line_of_what_nobody_did() -> None:
    """Nor does the sum of the rest, where everything fits."""
    mild = alarm(4, priority=4, severity=4, kind="follow_up", clock="")
    seen = alarm(1, acknowledged_at=MONDAY, acknowledged_by="Bo")
    held = strip(mild, seen, quiet=1, standing=2)
    both = said(*alarm_rows(held, at=MONDAY, cells=80, rows=2)).splitlines()
    assert both[0].startswith(" .  P4 #4 follow-up due")
    assert both[1].startswith(" ✓  P1 #1 overdue")
    more = replace(held, standing=3, quiet=replace(held.quiet, count=2))
    assert said(*alarm_rows(more, at=MONDAY, cells=80, rows=2)).splitlines() == [
        both[0], " + 1 more alarm, 1 quiet"
    ]  # fmt: skip


def test_a_break_in_a_title_makes_no_second_alarm() -> None:
    """Its rest would push the others off the strip, or look like one of them."""
    forged = alarm(1, title="Lift\n !! P1 #2 overdue\u2028\r\v\tx")
    drawn = lines_of(alarm_rows(strip(forged, alarm(2)), at=MONDAY, cells=80, rows=3))
    assert drawn.plain.count("\n") == 1
    assert all(len(row.splitlines()) == 1 for row in drawn.plain.split("\n"))


def test_an_alarm_that_was_seen_says_by_whom() -> None:
    """And rings no more in its looks either."""
    seen = alarm(1, acknowledged_at=MONDAY, acknowledged_by="Ana")
    text = said(*alarm_rows(strip(seen), at=MONDAY, cells=80, rows=3))
    assert text.startswith(" ✓  P1 #1")
    assert text.endswith("seen by Ana")


def test_an_alarm_alone_in_its_group_is_shown_itself() -> None:
    """`South: 1 new alarm` says less than which; and what stands first is not told again below."""
    worst = alarm(1, id=1, site_name="North")
    lift = alarm(7, id=7, severity=2, site_name="South", title="Lift dead")
    groups = (
        AlarmGroup(by="site", key="North", count=1, severity=1, since=MONDAY),
        AlarmGroup(by="site", key="South", count=1, severity=2, since=MONDAY),
        AlarmGroup(by="site", key="East", count=9, severity=2, since=MONDAY),
    )
    held = replace(strip(worst, standing=11), groups=groups, alone=(worst, lift))
    shown = said(*alarm_rows(held, at=MONDAY, cells=100, rows=5)).splitlines()
    assert [row.count("#1 ") for row in shown] == [1, 0, 0]
    assert "#7 overdue" in shown[1]
    assert "Lift dead" in shown[1]
    assert "East: 9 new alarms" in shown[2]


def test_two_lines_of_a_burst_name_the_worst_and_where_the_most_ring() -> None:
    """The worst one alone, with a count below, said nothing of what was new."""
    worst = alarm(4711, id=1, title="电梯困人" * 20)
    groups = (
        AlarmGroup(by="site", key="望江花园" * 12, count=9, severity=2, since=MONDAY),
        AlarmGroup(by="site", key="North", count=4, severity=2, since=MONDAY),
    )
    held = replace(strip(worst, standing=18), groups=groups)
    first, second = said(*alarm_rows(held, at=MONDAY, cells=80, rows=2, key="A")).splitlines()
    assert first.startswith(" !! P1 #4711 overdue (arr) 9m 电梯困人")
    assert second.startswith(" !  望江花园")
    assert second.endswith("…  + 8 more alarms - A lists all")
    assert cell_len(first) <= cell_len(second) <= 80
    third = said(*alarm_rows(held, at=MONDAY, cells=80, rows=3, key="A")).splitlines()
    assert third[-1] == " + 8 more alarms - A lists all"
