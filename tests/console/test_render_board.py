"""Rows, bars and cards as text, without a screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.actions_kinds import Situation
from console.choices import choice_line, technicians
from console.i18n import use
from console.looks import cut, spread, width
from console.render import board_columns, board_row, countdown, priority_cell
from console.render_alarms import STATE_SIGNS
from console.render_bars import (
    ViewLine,
    queue_list,
    queue_tabs,
    status_line,
)
from console.render_empty import why_empty
from console.render_keys import key_bar
from console.render_people import people_columns, people_rows
from console.render_strip import alarm_rows
from console.standing import Standing
from store.domain.bells import AlarmState
from store.domain.errors import StoreUnreachable
from store.domain.lifecycle import STATES, Category, State
from store.queries.health import Pulse
from store.queries.people import TechnicianLine
from store.queries.queues import QUEUES
from tests.console.lines import MONDAY, alarm, line, said, strip

VIEWS = tuple(
    ViewLine(id=n, name=f"电梯 {n}", count=None if n % 7 else n, chosen=n == 2) for n in range(60)
)

COUNTS = dict.fromkeys(QUEUES, 3) | {"overdue": 12_345_678}


def person(number: int = 1, **changes: object) -> TechnicianLine:
    """A technician who is free."""
    free = TechnicianLine(
        id=number, code=f"L{number}", name="李伟", phone="", state="available",
        state_since=MONDAY - timedelta(minutes=50), jobs=0, number=None, title=None,
        site_name=None, on_shift=True, absent=False, away_until=None,
    )  # fmt: skip
    return replace(free, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("state", State)
def test_every_state_has_its_sign_in_every_language(state: State, language: str) -> None:
    """Where colour and language fail, a letter is left."""
    use(language)
    try:
        row = board_row(line(state=state), at=MONDAY, queue="all_open")
    finally:
        use("en")
    cell = row.cells[0]
    text = cell if isinstance(cell, str) else cell.text
    assert text.startswith(f"{STATES[state].sign} ")


@pytest.mark.parametrize(
    ("state", "changes", "shown"),
    [
        ("available", {"on_shift": False}, "- off shift"),
        ("assigned", {"on_shift": False}, "A off shift"),
        ("accepted", {"absent": True}, "C absent"),
        ("on_site", {"on_shift": False}, "S on site"),
        ("assigned", {}, "A assigned"),
    ],
)
def test_who_has_an_order_and_is_not_there_shows_both(
    state: str, changes: dict[str, bool], shown: str
) -> None:
    """By the sign what he has, in words that he is not there; who works beyond it is at work."""
    cell = people_rows([person(state=state, **changes)], at=MONDAY)[0].cells[0]
    assert (cell if isinstance(cell, str) else cell.text) == shown


def test_a_row_has_a_cell_for_every_column_but_the_clock() -> None:
    """Else everything right of the gap stands under the wrong title."""
    row = board_row(line(), at=MONDAY, queue="all_open")
    assert len(row.cells) == sum(not column.clock for column in board_columns())
    assert len(people_rows([person()], at=MONDAY)[0].cells) == len(people_columns())


def test_a_row_counts_down_to_what_runs_out_first() -> None:
    """A wake-up, a promised call or a deadline; in a queue of one of them to that one."""
    call, wake = MONDAY + timedelta(minutes=3), MONDAY + timedelta(minutes=4)
    owed = line(follow_at=call)
    assert owed.next_deadline is not None
    assert owed.next_deadline > wake
    assert countdown(owed, "all_open") == countdown(owed, "follow_ups_due") == (call, "call")
    assert countdown(owed, "overdue") == (owed.next_deadline, "resp")
    asleep = line(state=State.WAITING, category=Category.WAITING, wake_at=wake)
    for queue in ("waiting", "all_open", "waiting_expired"):
        assert countdown(asleep, queue) == (wake, "wake")
    late = replace(asleep, next_deadline=MONDAY)
    assert countdown(late, "waiting") == (MONDAY, "resp")
    done = line(state=State.DONE, category=Category.DONE, next_deadline=None, follow_at=call)
    assert countdown(done, "to_close") == (None, "")


def test_an_alarm_marks_the_row_with_a_sign() -> None:
    """`!` rings, `*` was seen, `=` is on the shelf; quiet alarms leave the row alone."""
    assert priority_cell(line(severity=1)) == ("P2!", "overdue")
    assert priority_cell(line(severity=1, acknowledged=True)) == "P2*"
    assert priority_cell(line(severity=1, acknowledged=True, shelved=True)) == "P2="
    assert STATE_SIGNS[AlarmState.SHELVED] == "="
    assert priority_cell(line(severity=4)) == "P2"


@pytest.mark.parametrize(
    ("changes", "sign"),
    [
        ({}, "P2-"),
        ({"priority": 1}, "P1-"),
        ({"severity": 3}, "P2-"),
        ({"severity": 1}, "P2!"),
        ({"severity": 1, "acknowledged": True}, "P2*"),
        ({"severity": 1, "acknowledged": True, "shelved": True}, "P2="),
        ({"next_deadline": MONDAY}, "P2"),
        ({"next_deadline": MONDAY, "follow_at": MONDAY - timedelta(minutes=1)}, "P2-"),
    ],
)
def test_whatever_is_late_has_a_sign_in_the_same_place(changes: dict[str, Any], sign: str) -> None:
    """Also what was late before it came here and rang for nobody; without a colour, too."""
    late = line(**{"next_deadline": MONDAY - timedelta(days=3), **changes})
    cell = board_row(late, at=MONDAY, queue="all_open").cells[2]
    assert (cell if isinstance(cell, str) else cell.text) == sign


def test_a_row_changes_its_version_with_anything_drawn() -> None:
    """The table draws a row anew only when its version is another."""
    first = board_row(line(), at=MONDAY, queue="all_open")
    later = board_row(line(), at=MONDAY + timedelta(minutes=1), queue="all_open")
    assert first.version != later.version
    assert first.version == board_row(line(), at=MONDAY, queue="all_open").version


@given(st.integers(60, 220), st.integers(1, 60))
def test_views_leave_the_orders_their_room(cells: int, room: int) -> None:
    """Sixty saved views must not push the list off a small screen; the rest are counted."""
    tabs = queue_tabs(COUNTS, "overdue", cells, VIEWS)
    assert len(tabs) <= 4
    shown = sum("".join(text for text, _tone in row).count("电梯") for row in tabs)
    assert any(f"+ {60 - shown} more" in text for row in tabs for text, _tone in row)
    assert len(queue_list(COUNTS, "overdue", 24, VIEWS, room)) == 12 + room


@given(st.integers(60, 220))
def test_bars_never_leave_the_screen(cells: int) -> None:
    """One cell too many wraps, and the whole board moves."""
    standing = Standing(name="An operator with a long name", kind="postgresql", muted=True)
    situation = Situation(at=MONDAY, line=line(), ringing=1)
    rows = [
        status_line(standing, at=MONDAY, zone=UTC, cells=cells),
        key_bar(situation, {}, cells),
        *queue_tabs(COUNTS, "overdue", cells, VIEWS),
        *queue_list(COUNTS, "overdue", 24, VIEWS, 3),
        *alarm_rows(strip(alarm(1, title="电" * 200), quiet=3), at=MONDAY, cells=cells, rows=3),
    ]
    assert all(width(row) <= cells for row in rows)


@given(st.text(alphabet="ab电梯 é", max_size=40), st.integers(0, 30))
def test_a_cut_is_never_wider_than_its_room(text: str, cells: int) -> None:
    """A Chinese character takes two cells; half of one is never drawn."""
    assert width(cut(((text, ""), (text, "strong")), cells)) <= cells
    assert width(spread(((text, ""),), (("12:00", ""),), cells)) <= max(cells, 0)


def test_the_status_line_says_what_cannot_be_trusted() -> None:
    """Silence must never look like peace."""

    def shown(standing: Standing) -> str:
        return said(status_line(standing, at=MONDAY, zone=UTC, cells=100))

    def narrow(ringing: int, escalated: int, name: str) -> str:
        standing = Standing(kind="sqlite", name=name, ringing=ringing, escalated=escalated)
        return said(status_line(standing, at=MONDAY, zone=UTC, cells=80, with_alarms=True))

    assert narrow(3, 0, "Wang Fang Li").startswith(
        " Paidan  Wang Fang Li  English  SQLite ok  timers"
    )
    assert narrow(3, 0, "Wang Fang Fang Li").startswith(
        " Paidan  Wang Fang Fang Li  SQLite ok  timers"
    )
    assert narrow(12, 3, "Wang Fang").startswith(" Paidan  Wang Fang  SQLite ok  !! 12 alarms, 3 f")
    assert "opening the store" in shown(Standing())
    assert "SQLite ok  timers ok" in shown(Standing(kind="sqlite"))
    lost = Standing(
        kind="sqlite",
        trouble=StoreUnreachable(why="x"),
        trouble_since=MONDAY - timedelta(seconds=12),
    )
    assert "SQLite unreachable 12 s" in shown(lost)
    assert "timers" not in shown(lost), "whether others fire them is not known here"
    late = Pulse(
        pending=3, next_aim_at=None, late=1, late_since=MONDAY - timedelta(seconds=40),
        failing=0, trouble=None, outbox=0, head=1,
    )  # fmt: skip
    assert "timers stalled 40 s" in shown(Standing(kind="sqlite", pulse=late))
    begins = Standing(kind="sqlite", pulse=late, fires_by=MONDAY + timedelta(seconds=1))
    assert "timers ok" in shown(begins)
    assert "timers stalled 40 s" in shown(replace(begins, fires_by=MONDAY))
    failing = replace(late, late=0, late_since=None, failing=2, trouble="no luck")
    assert "2 timers fail" in shown(Standing(kind="sqlite", pulse=failing))
    assert "SQLite read-only" in shown(Standing(kind="sqlite", read_only=True))
    assert "bell off" in shown(Standing(kind="sqlite", muted=True))


def test_a_key_that_cannot_be_used_stands_in_brackets() -> None:
    """Dimming alone is nothing to a terminal without colours."""
    text = said(key_bar(Situation(at=MONDAY, line=line(state=State.NEW)), {}, 80))
    assert " d Dispatch (c)Accept" in text
    assert " n New " in text
    assert text.endswith("? Help ")
    assert " F9 Dispatch" in said(
        key_bar(Situation(at=MONDAY, line=line()), {"assign": ("F9",)}, 100)
    )


@pytest.mark.parametrize("name", QUEUES)
def test_every_empty_queue_says_why(name: str) -> None:
    """In a sentence of its own."""
    from console.overview import Overview

    pulse = Pulse(
        pending=0, next_aim_at=None, late=0, late_since=None, failing=0, trouble=None, outbox=0,
        head=0,
    )  # fmt: skip
    seen = Overview(
        untouched=False,
        at=MONDAY, counts=COUNTS | {name: 0, "all_open": 5}, strip=strip(), people=(), pulse=pulse,
        read_only=False,
        empty=False,
    )  # fmt: skip
    text = said(*why_empty(name, seen, key=lambda _action: "n"))
    assert "1 shows all 5 open orders; n writes a new one down." in text
    assert len(text.splitlines()[1]) > 10


def test_who_is_free_is_offered_first() -> None:
    """Then those with the fewest jobs; who rests or is away comes last: Enter takes the first."""
    busy, away, free = person(1, jobs=3, state="on_site"), person(2, absent=True), person(3)
    resting = person(4, state="break")
    offered = [choice.answer for choice in technicians([resting, busy, away, free], "")]
    assert offered == ["L3", "L1", "L4", "L2"]
    assert [c.answer for c in technicians([busy, away, free], "l2")] == ["L2"]
    assert said(choice_line((), 0, 40)) == " nothing fits"


def test_a_recall_shows_before_all_else() -> None:
    """A technician who drives to the wrong place must be told first."""
    ago = MONDAY - timedelta(minutes=3)
    told = {"recalled": 1042, "recalled_at": ago, "state_since": ago - timedelta(hours=9)}
    held = person(state="assigned", number=9, title="Pump leaks", **told)
    (row,) = people_rows([held], at=MONDAY)
    shown = [cell if isinstance(cell, str) else cell.text for cell in row.cells]
    assert shown[0].startswith("! ")
    assert "#1042" in shown
    assert shown[1] == "3m", "since he was recalled, not since he came to what he has"
    assert "Pump leaks" not in shown, "which is another order's"
