"""A console in a terminal over a small desk, for tests that pull plugs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from store import clock
from store.commands.moves import MoveOrder
from store.commands.operators import SaveOperator
from store.commands.orders import NewOrder
from store.commands.people import SaveTechnician
from store.domain.lifecycle import Move
from store.domain.who import THE_DESK, Who
from store.queries.doctor import ExamineDesk, ExamineOrders
from store.records import open_records
from tests.console.pty_desk import Desk

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from store.records import Records

ANA = Who(operator=2, via="test")
FAULT = "met a fault"
"""What a crash of the console would say."""


def furnish(url: str) -> Records:
    """Orders 1 to 3, technicians L1 and L2, operators ana and bo; open, without a feed."""
    records = open_records(url, feed=False)
    at = clock.now()
    for command in (
        SaveTechnician(code="L1", name="Li Wei"),
        SaveTechnician(code="L2", name="Wang Fang"),
        SaveOperator(code="ana", name="Ana"),
        SaveOperator(code="bo", name="Bo"),
        NewOrder(title="Lift stuck", priority=1),
        NewOrder(title="Pump leaks", priority=3),
        NewOrder(title="Lamp out", priority=4),
        MoveOrder(number=2, move=Move.ASSIGN, technician="L1"),
    ):
        records.do(command, who=ANA, at=at)
    return records


def console(
    url: str,
    home: Path,
    *flags: str,
    operator: str | None = "ana",
    before: Sequence[str] = (),
    size: tuple[int, int] = (110, 30),
    env: Mapping[str, str] | None = None,
) -> Desk:
    """A console on a store, in a terminal of its own; `before` are words before its command."""
    words = [sys.executable, "-m", "console.cli", "console", "--db", url]
    words += [*flags, *(["--as", operator] if operator is not None else [])]
    places = ("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")
    plain = {**dict.fromkeys(places, str(home)), "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    return Desk([*before, *words], size=size, env={**plain, **(env or {})})


def faults(records: Records) -> list[object]:
    """What the doctor finds wrong."""
    at = clock.now()
    found: list[object] = list(records.ask(ExamineDesk(), who=THE_DESK, at=at))
    last = 0
    while (page := records.ask(ExamineOrders(after=last), who=THE_DESK, at=at)).last is not None:
        found += page.findings
        last = page.last
    return found


def note(desk: Desk, text: str) -> None:
    """Write a note on the chosen order and send it."""
    desk.press(";")
    desk.sees("· note:")
    desk.press(f"{text}\r")
