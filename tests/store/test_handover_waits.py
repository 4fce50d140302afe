"""What the next shift is told of orders that wait: that they do, and until when."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from console import i18n
from console.print_handover import lines, markdown, plain
from console.render_card import when
from console.render_handover import handover_rows, said
from store.commands import DeclareIncident
from store.domain.handover import Part
from store.domain.lifecycle import Move
from store.queries.handover import ShowHandover
from tests.store.desk import ANA, BO, do, minutes, move, written
from tests.store.handover_desk import accepted, offered, shown_to

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from store.queries.handover import Handover
    from store.records import Records

LATE = minutes(120)
UNTIL = minutes(300)
TO = when(UNTIL, None, at=LATE)
"""As this machine's wall clock has it."""
SAID = {"en": f"overdue, waits to {TO}", "zh_CN": f"超时，等待至 {TO}"}


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Whatever language a test chose."""
    yield
    i18n.use("en")


def waiting(records: Records, **told: Any) -> int:
    """An order that waits for the customer, though its response is due."""
    number = written(records, level="critical")
    move(records, number, Move.WAIT, minutes(2), reason="customer away", **told)
    return number


def risk(shown: Handover, number: int) -> tuple[str, bool, datetime | None]:
    (line,) = (one for one in shown.lines if one.number == number and one.part is Part.RISK)
    return line.what, line.waits, line.wakes_at


def test_an_overdue_order_that_waits_says_so(records: Records) -> None:
    """While it is drafted and offered; it ends with the wait, and others say nothing of it."""
    number, other = waiting(records, wake_at=UNTIL), written(records, level="critical")
    drafted = shown_to(records, ANA, LATE)
    assert risk(drafted, number) == ("overdue", True, UNTIL)
    assert risk(drafted, other) == ("overdue", False, None)
    offered(records, at=LATE)
    assert risk(shown_to(records, BO, LATE), number) == ("overdue", True, UNTIL)
    move(records, number, Move.RESUME, minutes(121))
    assert risk(shown_to(records, BO, minutes(122)), number)[1:] == (False, None)


@pytest.mark.parametrize("language", SAID)
def test_screen_paper_and_script_say_until_when(records: Records, language: str) -> None:
    """The reason first, which a narrow screen keeps; over, it tells how it stood then."""
    waiting(records, wake_at=UNTIL)
    handover = offered(records, at=LATE)
    i18n.use(language)
    shown, at, words = shown_to(records, BO, LATE), LATE, SAID[language]
    (row,) = handover_rows(shown, at=at, zone=None)[:1]
    assert words in str(row.cells[4])
    assert any(words in line for line in lines(shown, at=at))
    assert any(words in line for line in markdown(shown, at=at, zone=None))
    told = plain(shown)["risk"][0]
    assert (told["waits"], told["wakes_at"]) == (True, UNTIL)
    accepted(records, handover, at=LATE)
    over = records.ask(ShowHandover(handover=handover), who=BO, at=LATE)
    assert not any(words in line for line in lines(over, at=at))
    assert "waits" not in plain(over)["risk"][0]


def test_a_wait_without_an_end_and_one_that_is_over_are_told_apart(records: Records) -> None:
    """The second by its own word; an order from elsewhere may wait for nobody knows how long."""
    waiting(records, wake_at=minutes(60))
    shown = shown_to(records, ANA, LATE)
    (line,) = (one for one in shown.lines if one.part is Part.RISK)
    assert said(line, shown, at=LATE, zone=None) == "overdue, waiting expired"
    assert said(replace(line, wakes_at=None), shown, at=LATE, zone=None) == "overdue, waits"


def test_a_promise_of_an_order_that_waits_says_so(records: Records) -> None:
    """But not the end of the wait itself, which is told as that."""
    number = waiting(records, wake_at=UNTIL)
    shown = shown_to(records, ANA, minutes(3))
    told = {
        one.what: said(one, shown, at=minutes(3), zone=None)
        for one in shown.lines
        if one.part is Part.PROMISE and one.number == number
    }
    assert told["wake"] == "waits until then"
    assert told["respond"] == f"respond by, waits to {TO}"


def test_a_major_incident_that_waits_says_so(records: Records) -> None:
    """Before what the time beside it is."""
    number = waiting(records, wake_at=UNTIL)
    do(records, DeclareIncident(number=number), at=minutes(3))
    shown = shown_to(records, ANA, minutes(4))
    (row,) = handover_rows(shown, at=minutes(4), zone=None)[:1]
    assert f"0 under it, waits to {TO}, next word" in str(row.cells[4])
