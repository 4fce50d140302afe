"""What the next shift is told of alarms that were put aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.print_handover import markdown, plain
from console.render_handover import handover_rows
from scheduler.runner import fire_due
from store.commands import ShelveAlarm
from store.domain.handover import Part
from store.queries.handover import ShowHandover
from tests.store.desk import ANA, BO, do, minutes, written
from tests.store.handover_desk import accepted, offered, shown_to

if TYPE_CHECKING:
    from datetime import datetime

    from store.queries.handover import Handover
    from store.records import Records


def test_a_risk_whose_alarm_is_shelved_says_until_when(records: Records) -> None:
    """The next shift must not take for forgotten what was put aside with a reason."""
    number, other = written(records, level="critical"), written(records, level="critical")
    fire_due(records, at=minutes(120))
    until = minutes(180)
    do(records, ShelveAlarm(number=number, until=until, reason="key at ten"), at=minutes(121))
    drafted = shown_to(records, ANA, minutes(122))
    assert _shelves(drafted) == {number: until, other: None}
    handover = offered(records, at=minutes(123))
    assert _shelves(shown_to(records, BO, minutes(124))) == {number: until, other: None}
    fire_due(records, at=until)
    assert _shelves(shown_to(records, BO, until)) == {number: None, other: None}
    accepted(records, handover, at=minutes(181))


def _shelves(shown: Handover) -> dict[int, datetime | None]:
    risks = (line for line in shown.lines if line.part is Part.RISK)
    return {line.number: line.shelved_until for line in risks}


def test_screen_paper_and_script_say_it_as_long_as_it_matters(records: Records) -> None:
    """Until the desk was taken over; what was accepted tells how it stood then."""
    number = written(records, level="critical")
    fire_due(records, at=minutes(120))
    do(records, ShelveAlarm(number=number, until=minutes(180), reason="key"), at=minutes(121))
    handover = offered(records, at=minutes(123))
    shown, at = shown_to(records, BO, minutes(124)), minutes(124)
    (row,) = handover_rows(shown, at=at, zone=None)[:1]
    assert any("shelved to" in str(cell) and "overdue" in str(cell) for cell in row.cells)
    assert any("shelved to" in line for line in markdown(shown, at=at, zone=None))
    assert plain(shown)["risk"][0]["shelved_until"] == minutes(180)
    accepted(records, handover, at=minutes(125))
    over = records.ask(ShowHandover(handover=handover), who=BO, at=minutes(126))
    assert not any("shelved" in line for line in markdown(over, at=minutes(126), zone=None))
    assert "shelved_until" not in plain(over)["risk"][0]
