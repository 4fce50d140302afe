"""What the commands print: tables, JSON and lines, for people and for scripts."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from sqlalchemy import text

from console.cli import main
from console.cli_table import table
from store.commands.moves import MoveOrder
from store.commands.orders import NewOrder
from store.domain.lifecycle import Move
from store.domain.who import Who
from store.persistence.backup import backup
from store.persistence.database import connect
from store.records import open_records
from tests.console.conftest import AT

pytestmark = pytest.mark.usefixtures("plain_surroundings")


def _json(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert main(words) == 0
    return json.loads(capsys.readouterr().out)


def test_a_list_is_json_that_a_script_can_read(
    cli_desk: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Newest first, UTF-8, instants in UTC."""
    found = _json(capsys, "list", "--db", cli_desk, "--json")
    assert [order["number"] for order in found] == [3, 2, 1]
    assert found[2] | {"elapsed_s": 0} == {
        "number": 1,
        "external_id": "X-1",
        "state": "new",
        "category": "open",
        "priority": 1,
        "site": "宏远大厦",
        "customer": "Acme",
        "opened_at": "2026-03-02T08:00:00Z",
        "due_at": "2026-03-02T11:00:00Z",
        "overdue": True,
        "elapsed_s": 0,
        "title": "电梯故障 (lift)",
        "source": "desk",
        "customer_phone": "",
        **dict.fromkeys(("technician", "closed_at", "takes_s")),
        **dict.fromkeys(("contact", "contact_phone", "appointment_at", "appointment_to")),
        "technicians": [],
        "crew": 1,
    }
    assert (found[0]["state"], found[0]["overdue"], found[0]["technician"]) == (
        "done", False, "李伟",
    )  # fmt: skip
    assert found[0]["elapsed_s"] == 0.0  # before nine o'clock nobody works


def test_a_list_finds_what_holds_the_text(
    cli_desk: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """In title, number, site, customer and technician; signs of LIKE are only signs."""
    for wanted, numbers in {
        "电梯": [1], "PUMP": [3], "acme": [3, 1], "李伟": [3, 2], "宏远": [3, 1], "2": [2],
        "X-1": [1], "pum": [3], "site:zzz": [],
    }.items():  # fmt: skip
        found = _json(capsys, "list", "--db", cli_desk, "--query", wanted, "--json")
        assert [order["number"] for order in found] == numbers, wanted
    assert len(_json(capsys, "list", "--db", cli_desk, "--limit", "2", "--json")) == 2
    overdue = _json(capsys, "list", "--db", cli_desk, "--queue", "overdue", "--json")
    assert [order["number"] for order in overdue] == [3, 2, 1]


@pytest.mark.parametrize("said", ["in progress", "in-progress", "进行中", "IN_PROGRESS"])
def test_a_queue_is_named_as_the_screen_names_it(
    cli_desk: str, capsys: pytest.CaptureFixture[str], said: str
) -> None:
    """In either language and whichever is in force; an order nobody accepted is not in it."""
    assert _json(capsys, "list", "--db", cli_desk, "--queue", said, "--json") == []
    for other, numbers in {"not-accepted": [2], "未接单": [2], "to-close": [3]}.items():
        found = _json(capsys, "list", "--db", cli_desk, "--queue", other, "--json")
        assert [order["number"] for order in found] == numbers, other


@pytest.mark.parametrize(
    ("what", "field", "values"),
    [
        ("technicians", "name", ["李伟"]),
        ("sites", "open_orders", [2]),
        ("customers", "name", ["Acme"]),
        ("alarms", "number", []),
        ("levels", "code", ["standard", "critical"]),
        ("operators", "code", ["desk", "bo"]),
        ("kinds", "code", []),
        ("regions", "code", []),
        ("wishes", "customer", []),
    ],
)
def test_registers_are_listed(
    cli_desk: str, capsys: pytest.CaptureFixture[str], what: str, field: str, values: list[Any]
) -> None:
    """Each with the fields of its own."""
    found = _json(capsys, "list", what, "--db", cli_desk, "--json")
    assert [row[field] for row in found] == values


def test_what_level_and_as_take_can_be_looked_up(
    cli_desk: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The help of both says where, and the lists say what a level promises and who may be who."""
    for command, said in (
        ("import", "`paidan list levels` names them"), ("list", "`paidan list operators`"),
    ):  # fmt: skip
        assert main([command, "--help"]) == 0
        assert said in " ".join(capsys.readouterr().out.split()), command
    assert main(["list", "levels", "--db", cli_desk]) == 0
    told = capsys.readouterr()
    standard = next(line for line in told.out.splitlines() if line.startswith("standard"))
    assert standard.split() == [
        "standard", "Standard", "office", "30m/1h/8h/24h", "1h/2h/16h/48h", "2h/4h/24h/72h",
        "30m/1h/-/-", "0",
    ]  # fmt: skip
    assert "priority 1/2/3/4" in told.err
    assert main(["list", "operators", "--db", cli_desk, "--lang", "zh"]) == 0
    assert capsys.readouterr().out.splitlines()[1].split() == ["desk", "值班台", "管理员", "全部"]


def test_a_narrow_screen_cuts_neither_codes_nor_times() -> None:
    """What is cut off a code cannot be typed, what is cut off a time cannot be met."""
    heads = ("code", "a long head", "due", "title")
    rows = [("sample-planned-work", "x", "2026-03-02 08:00", "a title of many words " * 3)]
    lines = table(heads, rows, width=60, at=AT)
    assert max(map(cell_len, lines)) <= 60
    assert lines[1].split()[:3] == ["sample-planned-work", "x", "03-02"]
    assert "08:00" in lines[1]
    before = [("a", "", "2025-12-31 08:00", "")]
    assert "2025-12-31 08:00" in table(heads, before, width=60, at=AT)[1]
    assert "2026-03-02" in table(heads, rows, width=None, at=AT)[1]


def test_a_table_stands_in_columns_whatever_the_script(
    cli_desk: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A Chinese character is two cells wide."""
    assert main(["list", "--db", cli_desk]) == 0
    head, *lines = capsys.readouterr().out.splitlines()
    column = cell_len(head[: head.index("title")])
    titles = {1: "电梯故障 (lift)", 2: "=1+1", 3: "pump leaks"}
    for line in lines:
        title = titles[int(line.split()[0])]
        assert cell_len(line[: line.index(title)]) == column


def test_an_order_is_shown_with_all_that_happened(
    cli_desk: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Clocks, visits and journal, for people and for scripts."""
    found = _json(capsys, "show", "3", "--db", cli_desk, "--json")
    assert [clock["kind"] for clock in found["clocks"]] == [
        "respond", "arrive", "resolve", "next_update",
    ]  # fmt: skip
    assert found["clocks"][2]["met_at"] == "2026-03-02T08:40:00Z"
    assert [visit["technician"]["name"] for visit in found["visits"]] == ["李伟"]
    assert [entry["fact"] for entry in found["journal"]] == [
        "created", "assigned", "accepted", "departed", "arrived", "finished",
    ]  # fmt: skip
    assert found["journal"][0]["by"] == {"id": 2, "name": "Desk"}
    assert main(["show", "3", "--db", cli_desk]) == 0
    told = capsys.readouterr().out
    assert all(word in told for word in ("pump leaks", "宏远大厦", "Clocks", "李伟", "on the way"))


def test_a_waiting_order_says_when_it_wakes(
    sqlite_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever asks for it in a script or a pipe plans by that."""
    wake = AT + timedelta(hours=20)
    with closing(open_records(sqlite_url, feed=False)) as records:
        for command in (
            NewOrder(title="door", priority=3),
            MoveOrder(number=1, move=Move.WAIT, reason="no key", wake_at=wake),
        ):
            records.do(command, who=Who(operator=2, via="test"), at=AT)
    assert main(["show", "1", "--db", sqlite_url]) == 0
    assert f"wakes: {wake.astimezone():%Y-%m-%d %H:%M}" in capsys.readouterr().out
    assert _json(capsys, "show", "1", "--db", sqlite_url, "--json")["wake_at"] == (
        "2026-03-03T04:00:00Z"
    )


def test_an_export_gives_every_order_line_by_line(
    cli_desk: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """JSON lines, or CSV whose cells no spreadsheet takes for a formula."""
    assert main(["export", "orders", "--db", cli_desk]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["number"] for line in lines] == [1, 2, 3]
    assert main(["export", "orders", "--format", "csv", "--db", cli_desk]) == 0
    head, *rows = capsys.readouterr().out.splitlines()
    assert head.startswith("number,external_id,state,category,priority,site,customer,technician,")
    assert "opened_at,due_at,closed_at,overdue,elapsed_s" in head
    assert len(rows) == 3
    assert ",'=1+1," in rows[1]


def test_chinese_is_spoken_when_asked(cli_desk: str, capsys: pytest.CaptureFixture[str]) -> None:
    """By flag or environment, before and after the command."""
    for words in (["--lang", "zh_CN", "list"], ["list", "--lang=zh"]):
        main([*words, "--db", cli_desk])
        assert "状态" in capsys.readouterr().out.splitlines()[0]


def test_a_backup_into_no_folder_says_so(
    cli_desk: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The store is well; it is the folder that is missing."""
    assert main(["backup", "--to", str(tmp_path / "nodir" / "copy.zip"), "--db", cli_desk]) == 1
    assert f"the folder {tmp_path / 'nodir'} is missing" in capsys.readouterr().err


def test_the_home_of_nobody_is_a_folder_that_is_missing(
    cli_desk: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """As for a shell, which takes `~nobody-here` for a name like others."""
    monkeypatch.chdir(tmp_path)
    assert main(["backup", "--to", "~nobody-here/x", "--db", cli_desk]) == 1
    assert "~nobody-here is missing" in capsys.readouterr().err
    assert main(["list", "--db", "sqlite:///~nobody-here/x.db"]) == 3
    said = capsys.readouterr().err
    assert "~nobody-here" in said
    assert "Error" not in said
    monkeypatch.setenv("PAIDAN_CONFIG", "~nobody-here/config.toml")
    assert main(["list", "--db", cli_desk]) == 2
    assert "~nobody-here/config.toml" in capsys.readouterr().err


def test_a_backup_becomes_a_store(
    cli_desk: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Taken while the store is open, and restored as one."""
    copy, restored = tmp_path / "copy.zip", str(tmp_path / "restored.db")
    made = _json(capsys, "backup", "--to", str(copy), "--db", cli_desk, "--json")
    assert (made["path"], made["bytes"]) == (str(copy), copy.stat().st_size)
    assert (made["findings"], made["broke_off"], made["seal"]) == ([], None, None)
    assert _json(capsys, "restore", str(copy), "--to", restored, "--json")["entries"] >= 9
    assert len(_json(capsys, "list", "--db", restored, "--json")) == 3
    assert main(["restore", str(copy), "--to", restored]) == 1
    assert "there is a desk at" in capsys.readouterr().err


def test_a_doctor_finds_nothing_on_a_sound_desk(
    cli_desk: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """And says how much it looked at."""
    found = _json(capsys, "doctor", "--db", cli_desk, "--json")
    assert (found["findings"], found["orders"]) == ([], 3)
    assert found["entries"] >= 9


def test_a_doctor_mends_what_can_be_derived(
    cli_desk: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """1 while something is wrong, 0 once it was mended; what cannot be mended stays 1."""
    copy = str(tmp_path / "harmed.db")
    with closing(connect(cli_desk)) as desk:
        backup(desk, Path(copy))
    records = open_records(copy, feed=False)
    with records.database.writing() as conn:
        conn.execute(text("UPDATE work_order SET rank_at = 1 WHERE number = 1"))
    assert main(["doctor", "--db", copy]) == 1
    assert main(["doctor", "--db", copy, "--mend"]) == 0
    assert "mended: order 1" in capsys.readouterr().out
    with records.database.writing() as conn:
        conn.execute(text("UPDATE work_order SET title = 'x' WHERE number = 1"))
    assert main(["doctor", "--db", copy, "--mend"]) == 1
    assert "not what its journal tells: title" in capsys.readouterr().out
    records.close()


def test_a_damaged_journal_is_told_in_one_sentence(
    cli_desk: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """An order whose past cannot be read, and where to learn more."""
    with closing(open_records(cli_desk, feed=False)) as records, records.database.writing() as conn:
        conn.execute(text("UPDATE journal SET body = '{' WHERE number = 1"))
    assert main(["show", "1", "--db", cli_desk]) == 1
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 1
    assert "is damaged and cannot be read; paidan doctor says more" in told[0]
