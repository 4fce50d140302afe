"""Bursts on a real terminal: everything that one write to it holds arrives in one reading."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from store import clock
from store.domain.lifecycle import State
from store.queries.board import LineOf
from tests.console.faulty_desk import ANA, console, faults, furnish

if TYPE_CHECKING:
    from pathlib import Path

    from store.queries.board import BoardLine
    from store.records import Records


def _order(records: Records) -> BoardLine:
    line = records.ask(LineOf(number=1), who=ANA, at=clock.now())
    assert line is not None
    return line


def test_a_form_opened_by_the_first_letter_gets_all_others(tmp_path: Path) -> None:
    """None of them is a key of the board below."""
    url = f"sqlite:///{tmp_path / 'desk.db'}"
    with closing(furnish(url)) as records, console(url, tmp_path) as desk:
        desk.sees("Lift stuck", timeout=30)
        desk.press("nxyz")
        desk.sees("who calls        xyz")
        desk.press("\x1b")
        desk.sees("Lift stuck")
        assert _order(records).version == 1


@pytest.mark.parametrize(
    "burst", ["dWang\rcoifyx", "dWang\rcoi;all is well, 好了\rfyx", ":d . wang\rcoi:f .\r:y 1\rx"]
)
def test_an_orders_life_in_one_write(tmp_path: Path, burst: str) -> None:
    """Every key waits for what the one before has done to the order."""
    url = f"sqlite:///{tmp_path / 'desk.db'}"
    with closing(furnish(url)) as records, console(url, tmp_path) as desk:
        desk.sees("Lift stuck", timeout=30)
        desk.press(burst)
        desk.sees("order 1 is closed", timeout=30)
        assert _order(records).state is State.CLOSED
        assert faults(records) == []


def test_a_refused_key_takes_the_rest_of_its_burst_with_it(tmp_path: Path) -> None:
    """What counted on a prompt that did not open does not run over the board."""
    url = f"sqlite:///{tmp_path / 'desk.db'}"
    with closing(furnish(url)) as records, console(url, tmp_path) as desk:
        desk.sees("Lift stuck", timeout=30)
        desk.press("xdL2\r")
        desk.sees("cannot be closed while it is new")
        desk.press(";and on\r")
        desk.sees("noted on order 1")
        assert _order(records).state is State.NEW
