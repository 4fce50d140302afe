"""When the desk calls: for news alone, in quiet hours for the worst; what a terminal is told."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from console.hearing import Heard, Loudness, loudness, notification, osc9
from console.quiet import QuietHours, checked
from console.render_flood import Flood
from store.domain.floods import CALM, FEW, MOST_NEW, grouped, is_flood, storm_after
from store.queries.alarms import AlarmLine, Quiet, Strip

NOON = datetime(2026, 9, 21, 4, 0, tzinfo=UTC)
SHANGHAI = timezone(timedelta(hours=8))

times = st.times().map(lambda t: t.replace(second=0, microsecond=0))
counted = st.tuples(
    st.integers(0, 3),
    st.none() | st.integers(0, 3).map(lambda m: NOON + timedelta(minutes=m)),
)
heard = st.builds(Heard, loud=counted, worst=counted, escalated=counted)


@given(heard, st.booleans(), st.booleans())
def test_what_rang_before_rings_no_more(now: Heard, quiet: bool, supervises: bool) -> None:
    """Nor does the first look, which finds what others have left."""
    assert loudness(now, now, quiet=quiet, supervises=supervises) is Loudness.SILENT
    assert loudness(None, now, quiet=quiet, supervises=supervises) is Loudness.SILENT


@given(heard, heard, st.booleans())
def test_quiet_hours_only_ever_silence(before: Heard, now: Heard, supervises: bool) -> None:
    """And never the worst."""
    by_day = loudness(before, now, quiet=False, supervises=supervises)
    by_night = loudness(before, now, quiet=True, supervises=supervises)
    assert by_night <= by_day
    worse = now.worst[0] > before.worst[0] and now.worst[1] is not None
    assert not worse or by_night is not Loudness.SILENT


@given(heard, heard, st.booleans())
def test_what_came_in_quiet_hours_calls_when_they_are_over(
    before: Heard, now: Heard, supervises: bool
) -> None:
    """Once, and only what still rings then; who begins in the middle of them is not told."""
    kept = now.after(before, quiet=True)
    by_day = loudness(before, now, quiet=False, supervises=supervises)
    by_night = loudness(before, now, quiet=True, supervises=supervises)
    in_the_morning = loudness(kept, now, quiet=False, supervises=supervises)
    assert max(by_night, in_the_morning) == by_day
    assert loudness(kept, now, quiet=True, supervises=supervises) is Loudness.SILENT
    settled = now.after(kept, quiet=False)
    assert loudness(settled, now, quiet=False, supervises=supervises) is Loudness.SILENT
    assert now.after(None, quiet=True) == now


@given(heard, heard)
def test_only_the_supervisor_hears_it_twice(before: Heard, now: Heard) -> None:
    """Whoever may not supervise is not called for what others leave."""
    assert loudness(before, now, quiet=False, supervises=False) < Loudness.TWICE


@given(times, times, st.datetimes(timezones=st.just(UTC)))
def test_quiet_and_loud_hours_part_the_day(begins: time, ends: time, at: datetime) -> None:
    """Swapped they are the other part, over midnight or not."""
    hours = QuietHours.read(f"{begins:%H:%M}-{ends:%H:%M}")
    other = QuietHours.read(f"{ends:%H:%M}-{begins:%H:%M}")
    if begins == ends:
        assert hours is None
    else:
        assert hours is not None
        assert other is not None
        assert hours.holds(at, UTC) != other.holds(at, UTC)
        assert QuietHours.read(str(hours)) == hours


def test_quiet_hours_are_those_of_the_desk() -> None:
    """22:30 in Shanghai is half past two in the afternoon in UTC."""
    hours = QuietHours.read("22:00-06:00")
    assert hours is not None
    assert hours.holds(datetime(2026, 9, 21, 14, 30, tzinfo=UTC), SHANGHAI)
    assert not hours.holds(datetime(2026, 9, 21, 14, 30, tzinfo=UTC), UTC)
    assert not hours.holds(datetime(2026, 9, 21, 22, 0, tzinfo=UTC), SHANGHAI)


def test_what_is_no_span_of_hours_is_refused() -> None:
    """And nothing at all means none."""
    assert checked("") == ""
    assert checked(" 8:00 - 9:30 ") == "08:00-09:30"
    for wrong in ("22-6", "24:00-06:00", "22:00-06:60", "22:00-22:00", "night"):
        assert checked(wrong) is None


def _line(site: str = "North", **more: object) -> AlarmLine:
    fields: dict[str, object] = {
        "number": 1042, "title": "lift", "priority": 1, "site_name": site, "kind": "breach",
        "clock": "resolve", "level": 100, "severity": 1, "due_at": NOON, "raised_at": NOON,
        "acknowledged_at": None, "acknowledged_by": None, "rings": 1,
    }  # fmt: skip
    return AlarmLine(**{**fields, **more})  # type: ignore[arg-type]


def _strip(*alarms: AlarmLine) -> Strip:
    quiet = Quiet(count=0, oldest_at=None, newest_at=None)
    count = len(alarms)
    return Strip(
        alarms=alarms, standing=count, unacknowledged=count, loud=count, loud_at=NOON, quiet=quiet
    )


@given(st.text())
def test_a_site_s_name_cannot_leave_the_notification(name: str) -> None:
    """ESC, BEL, C1: one sequence goes out, whatever a name holds."""
    sent = osc9(notification(_strip(_line(name))))
    assert re.fullmatch(r"\x1b\]9;Paidan: 1 alarm rings[^\x00-\x1f\x7f-\x9f]*\x07", sent)


def test_a_notification_tells_of_the_alarm_that_rang_last() -> None:
    """Which order, what, and where."""
    newer = _line("South", number=7, raised_at=NOON + timedelta(minutes=1))
    said = notification(_strip(_line(), newer))
    assert said == "Paidan: 2 alarms ring: overdue (fix) #7 South"


@given(st.lists(st.tuples(st.sampled_from("NSE"), st.sampled_from(["breach", "orphan"]))))
def test_a_flood_is_told_whole_and_in_as_few_lines_as_can_be(told: list[tuple[str, str]]) -> None:
    """No alarm is lost between the groups, and none stands in two."""
    alarms = [_line(site, kind=kind, number=n) for n, (site, kind) in enumerate(told)]
    groups = grouped(alarms)
    members = [alarm for held in groups.values() for alarm in held]
    assert sorted(a.number or 0 for a in members) == list(range(len(alarms)))
    assert all(group.count == len(held) for group, held in groups.items())
    fewest = min(len({site for site, _ in told}), len({kind for _, kind in told}))
    assert len(groups) == fewest
    assert is_flood(len(alarms)) == (len(alarms) > MOST_NEW)


def test_an_alarm_alone_at_its_site_is_not_hidden_in_a_group() -> None:
    """A line that says "1 new alarm" would only cost a key."""
    alone = _line("South", number=7, kind="orphan", severity=2)
    alarms = [*(_line("North", number=n) for n in range(100, 111)), alone]
    rows = Flood(CALM).rows(alarms, None, at=NOON, zone=None)
    assert [row.cells[1] for row in rows] == ["", "7"]


_news = st.lists(st.tuples(st.sampled_from("NSEW"), st.sampled_from(["breach", "orphan", "wake"])))


@given(st.lists(_news, min_size=1, max_size=6))
def test_a_storm_is_told_in_one_way_until_it_is_over(looks: list[list[tuple[str, str]]]) -> None:
    """Whatever comes and goes meanwhile, each group stands where it stood before."""
    storm, places = CALM, list[str]()
    for look in looks:
        alarms = [_line(site, kind=kind, number=n) for n, (site, kind) in enumerate(look)]
        flood = is_flood(len(alarms), storm)
        assert flood == (len(alarms) > (FEW if storm.by else MOST_NEW))
        groups = grouped(alarms, storm) if flood else {}
        after = storm_after(storm, groups)
        keys = [group.key for group in groups]
        known = [key for key in keys if key in places]
        assert known == [key for key in places if key in keys]
        assert keys[: len(known)] == known
        assert storm.by in {"", *(group.by for group in groups)} or not groups
        storm, places = after, [*places, *(key for key in keys if key not in places)]
        if not flood:
            assert storm == CALM
            places = []


def test_a_group_stays_a_group_and_hides_nothing_under_the_cursor() -> None:
    """A key meant for one alarm is not to act on its group, nor on the row that comes there."""
    flood = Flood(CALM)
    kinds = ("breach", "orphan", "wake")
    calm = [_line("North", number=n, kind=kinds[n % 3]) for n in range(10)]
    assert len(flood.rows(calm, 3, at=NOON, zone=None)) == 10
    more = [*calm, _line("North", number=10), _line("South", number=11)]
    rows = flood.rows(more, 3, at=NOON, zone=None)
    assert [row.key for row in rows] == ["site:North", *range(11), 11], "opened for the cursor"
    rows = flood.rows([*more, _line("South", number=12)], 11, at=NOON, zone=None)
    assert [row.key for row in rows][-3:] == ["site:South", 11, 12]
    rows = flood.rows(more[5:], "site:South", at=NOON, zone=None)
    assert [row.key for row in rows][-2:] == ["site:South", 11], "though it is alone again"
    rows = flood.rows(more[-3:], "site:South", at=NOON, zone=None)
    assert [row.key for row in rows] == [9, 10, 11]
    assert flood.left_by("site:South", more[-3:], ("site:South", 11, 10)) == 11
