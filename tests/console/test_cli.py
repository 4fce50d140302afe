"""The command line: data on stdout, talk on stderr, an exit code, and never a traceback."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from rich.cells import cell_len

from console import cli, cli_guard, i18n
from console.cli import COMMANDS, main
from store.commands.moves import MoveOrder
from store.commands.orders import NewOrder
from store.commands.people import SaveOperator, SaveTechnician
from store.commands.places import SaveCustomer, SaveSite
from store.domain.lifecycle import Move
from store.domain.who import Who
from store.records import open_records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
PAIDAN = [sys.executable, "-m", "console.cli"]


@pytest.fixture(autouse=True)
def plain_surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No configuration, log or language of the machine's own."""
    for name in ("PAIDAN_DB", "PAIDAN_LANG", "PAIDAN_CONFIG", "USER"):
        monkeypatch.delenv(name, raising=False)
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    yield
    i18n.use("en")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store with three orders: new, in work, done."""
    url = f"sqlite:///{tmp_path_factory.mktemp('cli') / 'desk.db'}"
    records = open_records(url, feed=False)
    who = Who(operator=2, via="test")
    for command in (
        SaveSite(code="S1", name="宏远大厦", zone="Asia/Shanghai"),
        SaveCustomer(code="C1", name="Acme"),
        SaveTechnician(code="T1", name="李伟"),
        SaveOperator(code="bo", name="Bo"),
        NewOrder(title="电梯故障 (lift)", site="S1", customer="C1", priority=1, external_id="X-1"),
        NewOrder(title="=1+1", priority=3),
        NewOrder(title="pump leaks", site="S1", customer="C1", priority=2),
        MoveOrder(number=2, move=Move.ASSIGN, technician="T1"),
        MoveOrder(number=3, move=Move.ASSIGN, technician="T1"),
    ):
        records.do(command, who=who, at=AT)
    for step, move in enumerate((Move.ACCEPT, Move.DEPART, Move.ARRIVE, Move.FINISH), 1):
        at = AT + timedelta(minutes=10 * step)
        records.do(MoveOrder(number=3, move=move), who=who, at=at)
    records.close()
    return url


def _json(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert main(words) == 0
    return json.loads(capsys.readouterr().out)


def _fresh(*words: str, code: str | None = None) -> subprocess.CompletedProcess[str]:
    command = PAIDAN if code is None else [sys.executable, "-c", code]
    return subprocess.run([*command, *words], capture_output=True, text=True, timeout=60)


def test_a_list_is_json_that_a_script_can_read(
    desk: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Newest first, UTF-8, instants in UTC."""
    found = _json(capsys, "list", "--db", desk, "--json")
    assert [order["number"] for order in found] == [3, 2, 1]
    assert found[2] | {"elapsed_s": 0} == {
        "number": 1,
        "external_id": "X-1",
        "state": "new",
        "category": "open",
        "priority": 1,
        "site": "宏远大厦",
        "customer": "Acme",
        "technician": None,
        "opened_at": "2026-03-02T08:00:00Z",
        "due_at": "2026-03-02T11:00:00Z",
        "closed_at": None,
        "overdue": True,
        "elapsed_s": 0,
        "title": "电梯故障 (lift)",
        "source": "desk",
    }
    assert (found[0]["state"], found[0]["overdue"], found[0]["technician"]) == (
        "done", False, "李伟",
    )  # fmt: skip
    assert found[0]["elapsed_s"] == 0.0  # before nine o'clock nobody works


def test_a_list_finds_what_holds_the_text(desk: str, capsys: pytest.CaptureFixture[str]) -> None:
    """In title, number, site, customer and technician; signs of LIKE are only signs."""
    for text, numbers in {
        "电梯": [1], "PUMP": [3], "acme": [3, 1], "李伟": [2], "宏远": [3, 1], "2": [2], "X-1": [1],
        "%": [], "_": [],
    }.items():  # fmt: skip
        found = _json(capsys, "list", "--db", desk, "--query", text, "--json")
        assert [order["number"] for order in found] == numbers, text
    assert len(_json(capsys, "list", "--db", desk, "--limit", "2", "--json")) == 2
    overdue = _json(capsys, "list", "--db", desk, "--queue", "overdue", "--json")
    assert [order["number"] for order in overdue] == [3, 2, 1]


@pytest.mark.parametrize(
    ("what", "field", "values"),
    [
        ("technicians", "name", ["李伟"]),
        ("sites", "open_orders", [2]),
        ("customers", "name", ["Acme"]),
        ("alarms", "number", []),
    ],
)
def test_registers_are_listed(
    desk: str, capsys: pytest.CaptureFixture[str], what: str, field: str, values: list[Any]
) -> None:
    """Each with the fields of its own."""
    found = _json(capsys, "list", what, "--db", desk, "--json")
    assert [row[field] for row in found] == values


def test_a_table_stands_in_columns_whatever_the_script(
    desk: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A Chinese character is two cells wide."""
    assert main(["list", "--db", desk]) == 0
    head, *lines = capsys.readouterr().out.splitlines()
    column = cell_len(head[: head.index("title")])
    titles = {1: "电梯故障 (lift)", 2: "=1+1", 3: "pump leaks"}
    for line in lines:
        title = titles[int(line.split()[0])]
        assert cell_len(line[: line.index(title)]) == column


def test_an_order_is_shown_with_all_that_happened(
    desk: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Clocks, visits and journal, for people and for scripts."""
    found = _json(capsys, "show", "3", "--db", desk, "--json")
    assert [clock["kind"] for clock in found["clocks"]] == [
        "respond", "arrive", "resolve", "next_update",
    ]  # fmt: skip
    assert found["clocks"][2]["met_at"] == "2026-03-02T08:40:00Z"
    assert [visit["technician"]["name"] for visit in found["visits"]] == ["李伟"]
    assert [entry["fact"] for entry in found["journal"]] == [
        "created", "assigned", "accepted", "departed", "arrived", "finished",
    ]  # fmt: skip
    assert found["journal"][0]["by"] == {"id": 2, "name": "Desk"}
    assert main(["show", "3", "--db", desk]) == 0
    told = capsys.readouterr().out
    assert all(word in told for word in ("pump leaks", "宏远大厦", "Clocks", "李伟", "on the way"))


def test_an_export_gives_every_order_line_by_line(
    desk: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """JSON lines, or CSV whose cells no spreadsheet takes for a formula."""
    assert main(["export", "orders", "--db", desk]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["number"] for line in lines] == [1, 2, 3]
    assert main(["export", "orders", "--format", "csv", "--db", desk]) == 0
    head, *rows = capsys.readouterr().out.splitlines()
    assert head.startswith("number,external_id,state,category,priority,site,customer,technician,")
    assert "opened_at,due_at,closed_at,overdue,elapsed_s" in head
    assert len(rows) == 3
    assert ",'=1+1," in rows[1]


def test_exit_codes_say_what_became_of_it(desk: str, tmp_path: Path) -> None:
    """0 done, 1 refused, 2 wrong usage, 3 store unreachable."""
    nowhere = f"sqlite:///{tmp_path / 'none' / 'desk.db'}"
    for words, code in (
        (["list", "--db", desk], 0),
        (["--db", desk, "list"], 0),
        (["show", "99", "--db", desk], 1),
        (["list", "--queue", "nonsense", "--db", desk], 1),
        (["list", "--as", "nobody", "--db", desk], 1),
        (["list", "--as", "bo", "--db", desk], 0),
        (["list", "--limit", "0", "--db", desk], 2),
        (["list", "sites", "--queue", "overdue", "--db", desk], 2),
        (["list", "--lang", "tlh", "--db", desk], 2),
        (["list", "--db", "oracle://x"], 2),
        (["dance"], 2),
        (["list", "--db", nowhere], 3),
        (["list", "--db", "postgresql://nobody@127.0.0.1:1/none"], 3),
    ):
        assert main(words) == code, words


def test_talk_goes_to_stderr(desk: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A pipe gets data and nothing else."""
    main(["show", "99", "--db", desk])
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "paidan: no work order 99\n")
    main(["list", "--db", desk, "--query", "no such thing"])
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "paidan: nothing fits\n")


def test_chinese_is_spoken_when_asked(desk: str, capsys: pytest.CaptureFixture[str]) -> None:
    """By flag or environment, before and after the command."""
    for words in (["--lang", "zh_CN", "list"], ["list", "--lang=zh"]):
        main([*words, "--db", desk])
        assert "状态" in capsys.readouterr().out.splitlines()[0]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_an_example(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also where the line above is a summary only."""
    assert main([command, "--help"]) == 0
    told = capsys.readouterr().out
    assert f"paidan {command}" in told.split("usage:")[1]
    assert "example" in told
    assert f"paidan {command}" in told.split("example")[-1]
    assert "--db" in told
    assert "--lang" in told
    assert "--as" in told


def test_a_fault_of_ours_shows_no_traceback(
    desk: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The story goes to the log, and the operator is told where."""

    def fail(_words: list[str]) -> int:
        secret = "\x1b]52;c;AAAA\x07"
        raise RuntimeError(secret)

    monkeypatch.setattr(cli, "_run", fail)
    assert main([]) == 1
    told = capsys.readouterr()
    assert "Traceback" not in told.out + told.err
    assert "\x1b" not in told.err
    path = cli_guard.log_path()
    assert str(path) in told.err
    assert "Traceback" in path.read_text("utf-8")


def test_help_and_clocks_need_no_heavy_library() -> None:
    """They answer before SQLAlchemy or Textual would even have been read."""
    code = (
        "import sys\nfrom console.cli import main\n"
        "main(sys.argv[1:])\n"
        "heavy = {'sqlalchemy', 'textual', 'apscheduler', 'rich'} & set(sys.modules)\n"
        "sys.exit(f'imported {heavy}' if heavy else 0)"
    )
    for words in (["--help"], ["clock", "--help"], ["list", "--help"], ["config"]):
        ran = _fresh(*words, code=code)
        assert ran.returncode == 0, ran.stderr


def test_a_reader_that_leaves_early_is_no_error(desk: str) -> None:
    """`paidan export | head -1` ends quietly."""
    line = f'"{sys.executable}" -m console.cli export --db "{desk}" | head -c 10'
    ran = subprocess.run(line, shell=True, capture_output=True, text=True, timeout=60)
    assert (ran.stderr, len(ran.stdout)) == ("", 10)


def test_an_interrupt_ends_with_130() -> None:
    """And without a traceback."""
    code = (
        "import os, signal, sys\nfrom console import cli\n"
        "cli._run = lambda words: os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.exit(cli.main([]))"
    )
    ran = _fresh(code=code)
    assert (ran.returncode, ran.stderr) == (130, "")
    assert signal.SIGINT.value + 128 == 130


def test_text_from_outside_is_safe_in_json_too(
    desk: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Should anything unsafe have come into a store, it leaves as escapes."""
    from console.cli_call import json_text

    hostile = "a\x1b]0;x\x07\x9b31m\u202eb\u200dc"
    told = json_text({"title": hostile})
    assert json.loads(told) == {"title": hostile}
    assert all(c.isprintable() for c in told)


def test_settings_say_where_they_come_from(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A flag goes before the environment, that before the file; passwords stay hidden."""
    file = tmp_path / "paidan.toml"
    file.write_text('[desk]\ntheme = "mono"\noperator = "ana"\n', "utf-8")
    monkeypatch.setenv("PAIDAN_CONFIG", str(file))
    monkeypatch.setenv("PAIDAN_DB", "postgresql://ana:secret@host/desk")
    found = _json(capsys, "config", "--as", "bo", "--json")
    assert found["path"] == str(file)
    assert found["settings"]["operator"] == {"value": "bo", "source": "flag"}
    assert found["settings"]["theme"] == {"value": "mono", "source": "file"}
    assert found["settings"]["store"] == {
        "value": "postgresql://ana:***@host/desk", "source": "environment",
    }  # fmt: skip
    file.write_text("[desk]\ncolour = 1\n", "utf-8")
    assert main(["config"]) == 2


def test_a_backup_is_a_store(desk: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Taken while the store is open, and readable as one."""
    copy = tmp_path / "copy.db"
    made = _json(capsys, "backup", str(copy), "--db", desk, "--json")
    assert made == {"path": str(copy), "bytes": os.stat(copy).st_size}
    assert len(_json(capsys, "list", "--db", str(copy), "--json")) == 3


def test_a_doctor_finds_nothing_on_a_sound_desk(
    desk: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """And says how much it looked at."""
    found = _json(capsys, "doctor", "--db", desk, "--json")
    assert (found["findings"], found["orders"]) == ([], 3)
    assert found["entries"] >= 9


def test_a_doctor_mends_what_can_be_derived(
    desk: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """1 while something is wrong, 0 once it was mended; what cannot be mended stays 1."""
    from sqlalchemy import text

    copy = str(tmp_path / "harmed.db")
    main(["backup", copy, "--db", desk])
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
