"""Our own exports: into the same desk again, which changes nothing, and into another, the same."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from console.cli import main
from store import clock
from store.commands import MoveOrder, NewOrder, SaveLevel
from store.domain.lifecycle import Move, State
from store.queries.card import OrderCard
from store.records import open_records
from tests.console.wild_desk import BEGAN, DESK, ENDED, live_wildly
from tests.prepared import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from store.domain.intents import Command
    from tests.prepared import Prepared

pytestmark = pytest.mark.usefixtures("plain_surroundings")


@pytest.fixture(autouse=True)
def _one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What an order has taken so far must not depend on how long the test takes."""
    monkeypatch.setattr(clock, "now", lambda: ENDED)


@pytest.fixture(params=KINDS)
def lively(request: pytest.FixtureRequest, prepared: Prepared, tmp_path: Path) -> Iterator[str]:
    """A desk where everything has happened: waits, returns, refusals, changes of priority."""
    with prepared.copy(request.param, _lived, tmp_path) as url:
        yield url


def _lived(url: str) -> None:
    records = open_records(url, feed=False)
    live_wildly(records, seed=7)
    records.close()


def _exported(url: str, capsys: pytest.CaptureFixture[str], form: str = "jsonl") -> str:
    capsys.readouterr()
    assert main(["--db", url, "export", "orders", "--format", form]) == 0
    return capsys.readouterr().out


def _imported(url: str, file: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    capsys.readouterr()
    assert main(["--db", url, "import", str(file), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def _head(url: str) -> int:
    records = open_records(url, feed=False)
    head = records.head()
    records.close()
    return head


def _do(url: str, *commands: Command, at: datetime = BEGAN) -> None:
    records = open_records(url, feed=False)
    for command in commands:
        records.do(command, who=DESK, at=at)
    records.close()


def _rows(text: str, form: str) -> list[dict[str, Any]]:
    if form == "csv":
        return [dict(row) for row in csv.DictReader(io.StringIO(text))]
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_an_export_changes_nothing_where_it_came_from(
    lively: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    """Orders that never had an id are known again, and none is said to differ."""
    file = tmp_path / f"orders.{form}"
    file.write_text(_exported(lively, capsys, form), "utf-8")
    count, head = len(_rows(file.read_text("utf-8"), form)), _head(lively)
    told = _imported(lively, file, capsys)
    assert (told["landed"], told["already_there"], told["differing_ids"]) == (0, count, [])
    assert (told["made"]["level"], told["levels_differing"]) == (0, [])
    assert _head(lively) == head
    assert _exported(lively, capsys, form) == file.read_text("utf-8")
    again = tmp_path / "turned.jsonl"
    again.write_text("\n".join(_exported(lively, capsys).splitlines()[::-1]), "utf-8")
    assert main(["--db", lively, "import", str(again)]) == 0
    assert "The file brings nothing new; nothing was changed." in capsys.readouterr().out


_SEAL = {"jsonl": "=seal,梯子", "csv": "'=seal,梯子"}
"""In a spreadsheet it must be no formula."""


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_an_export_is_the_same_from_another_desk(
    lively: str, sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    """Every field of every order: states, waits, returns, what was promised and what was missed."""
    file = tmp_path / f"orders.{form}"
    file.write_text(_exported(lively, capsys, form), "utf-8")
    other = f"{sqlite_url}.other"
    told = _imported(other, file, capsys)
    assert (told["rejected"], told["made"]["level"]) == (0, 1)
    before, after = (_rows(_exported(url, capsys, form), form) for url in (lively, other))
    assert {row["state"] for row in before} == set(State)
    assert {row["needs"] for row in before} >= {"drill bit 8mm,ladder", _SEAL[form]}
    for row, same in zip(before, after, strict=True):
        assert same == row
    assert _imported(other, file, capsys)["imported_before"] is not None
    assert main(["--db", other, "doctor"]) == 0


def test_an_export_from_before_tools_and_parts_were_in_it_says_nothing_of_them(
    lively: str, sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No order is said to differ for them, and in another desk none takes any."""
    rows = _rows(_exported(lively, capsys), "jsonl")
    file = tmp_path / "orders.jsonl"
    lines = (json.dumps({k: v for k, v in row.items() if k != "needs"}) for row in rows)
    file.write_text("\n".join(lines), "utf-8")
    assert _imported(lively, file, capsys)["differing"] == 0
    other = f"{sqlite_url}.other"
    assert _imported(other, file, capsys)["landed"] == len(rows)
    assert {row["needs"] for row in _rows(_exported(other, capsys), "jsonl")} == {""}


def test_who_said_yes_before_it_waited_has_said_so_elsewhere(
    lively: str, sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The respond clock was met: nobody must be chased for it in the other desk."""
    number = len(_rows(_exported(lively, capsys), "jsonl")) + 1
    wait = {"reason": "parts", "wake_at": BEGAN + timedelta(hours=9)}
    _do(lively, NewOrder(title="pump leaks"))
    steps: tuple[tuple[Move, dict[str, Any]], ...] = (
        (Move.ASSIGN, {"technician": "T1"}),
        (Move.ACCEPT, {}),
        (Move.WAIT, wait),
    )
    for minutes, (move, told) in enumerate(steps, start=1):
        step = MoveOrder(number=number, move=move, **told)
        _do(lively, step, at=BEGAN + timedelta(minutes=minutes))
    file = tmp_path / "orders.jsonl"
    file.write_text(_exported(lively, capsys), "utf-8")
    other = f"{sqlite_url}.other"
    assert _imported(other, file, capsys)["landed"] == number
    lives = []
    for url in (lively, other):
        records = open_records(url, feed=False)
        card = records.ask(OrderCard(number=number), who=DESK, at=BEGAN + timedelta(hours=1))
        records.close()
        lives.append(
            (
                [(held.clock.kind, held.clock.met_at) for held in card.clocks],
                [(visit.state, visit.accepted_at) for visit in card.order.visits],
            )
        )
    assert lives[1] == lives[0]
    assert [accepted for _, accepted in lives[0][1]] == [BEGAN + timedelta(minutes=2)]


def test_an_order_that_moved_on_is_told(
    lively: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file is older than the desk; the desk stays as it is."""
    _do(lively, NewOrder(title="tap drips"))
    file = tmp_path / "orders.jsonl"
    file.write_text(_exported(lively, capsys), "utf-8")
    number = json.loads(file.read_text("utf-8").splitlines()[-1])["number"]
    _do(lively, MoveOrder(number=number, move=Move.ASSIGN, technician="T1"))
    told = _imported(lively, file, capsys)
    assert (told["landed"], told["differing_ids"]) == (0, [f"#{number}"])


def test_orders_of_two_desks_do_not_hide_each_other(
    sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each desk has a first order without an id; a third takes both, and none of them twice."""
    files = []
    for n, title in enumerate(("lift", "pump")):
        url, file = f"{sqlite_url}{n}", tmp_path / f"{n}.jsonl"
        records = open_records(url, feed=False)
        records.do(NewOrder(title=title), who=DESK, at=BEGAN.replace(minute=n))
        records.close()
        file.write_text(_exported(url, capsys), "utf-8")
        files.append(file)
    third = f"{sqlite_url}.third"
    assert [_imported(third, file, capsys)["landed"] for file in files] == [1, 1]
    both = tmp_path / "both.jsonl"
    both.write_text(_exported(third, capsys), "utf-8")
    told = _imported(third, both, capsys)
    assert (told["landed"], told["already_there"], told["differing"]) == (0, 2, 0)
    assert {row["title"] for row in _rows(both.read_text("utf-8"), "jsonl")} == {"lift", "pump"}


ROW = "7777,,new,open,1,,,,2026-01-31T09:00:00Z,,,false,1.0,FORGED,t,,,,,,,,2026-01-31T09:00:00Z"
WRITTEN = (
    f"water everywhere\n{ROW},,,,,,,,,,,,\nplease hurry",
    f'"\n{ROW},,,,,,,,,,,,\n"',
    f'x","y\n{ROW},",",,,,,,,,,,\n,"',
    "=1+1\n-2,'@3\n\n,\n",
    '" ,\n"" ,\n"""',
    "x,\n" * 1_300,
)
"""What a stranger may write of a fault."""


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_a_description_makes_no_orders_of_its_own(
    sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    """Though its lines are as those of our own export: it is text, and comes whole."""
    _do(sqlite_url, *(NewOrder(title="leak", description=text) for text in WRITTEN))
    file = tmp_path / f"orders.{form}"
    file.write_text(_exported(sqlite_url, capsys, form), "utf-8")
    other = f"{sqlite_url}.other"
    told = _imported(other, file, capsys)
    assert (told["landed"], told["rejected"]) == (len(WRITTEN), 0)
    assert _exported(other, capsys, form) == file.read_text("utf-8")


def test_a_level_that_promises_something_else_here_is_told(
    lively: str, sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And left as it is: an import does not move the deadlines of a desk."""
    file = tmp_path / "orders.jsonl"
    file.write_text(_exported(lively, capsys), "utf-8")
    other = f"{sqlite_url}.other"
    targets = {"2": {"resolve": {"seconds": 60}}}
    _do(other, SaveLevel(code="gold", name="Gold", calendar="24x7", policy={"targets": targets}))
    assert main(["--db", other, "import", str(file)]) == 0
    assert "promise something else here, and were left so: gold" in capsys.readouterr().out


@pytest.mark.parametrize(
    "spec", [None, "x", "[]", '{"name": "Gold"}', '{"name": 1, "policy": [], "calendar": "x"}']
)
def test_a_level_that_nobody_describes_is_kept_as_a_note(
    sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], spec: str | None
) -> None:
    """The order comes without a promise, and says which one it had."""
    file = tmp_path / "orders.jsonl"
    row = {"external_id": "X1", "title": "Lift", "opened_at": "2026-08-01T00:00Z"}
    row |= {"level": "platinum"}
    file.write_text(json.dumps(row | {"level_spec": spec}), "utf-8")
    told = _imported(sqlite_url, file, capsys)
    assert (told["landed"], told["kept_as_notes"]) == (1, {"level not known": 1})
    assert main(["--db", sqlite_url, "show", "1"]) == 0
    assert "service level platinum" in capsys.readouterr().out
