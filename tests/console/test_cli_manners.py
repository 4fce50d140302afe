"""The manners of the command line: exit codes, streams, help, and never a traceback."""

from __future__ import annotations

import gc
import json
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from console import cli, cli_guard
from console.cli import COMMANDS, main
from console.json_text import json_text

if TYPE_CHECKING:
    from pathlib import Path

PAIDAN = [sys.executable, "-m", "console.cli"]

pytestmark = pytest.mark.usefixtures("plain_surroundings")


def _json(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert main(words) == 0
    return json.loads(capsys.readouterr().out)


def _fresh(*words: str, code: str | None = None) -> subprocess.CompletedProcess[str]:
    command = PAIDAN if code is None else [sys.executable, "-c", code]
    return subprocess.run([*command, *words], capture_output=True, text=True, timeout=60)


def test_exit_codes_say_what_became_of_it(cli_desk: str, tmp_path: Path) -> None:
    """0 done, 1 refused, 2 wrong usage, 3 store unreachable."""
    nowhere = f"sqlite:///{tmp_path / 'none' / 'desk.db'}"
    for words, code in (
        (["list", "--db", cli_desk], 0),
        (["--db", cli_desk, "list"], 0),
        (["show", "99", "--db", cli_desk], 1),
        (["list", "--queue", "nonsense", "--db", cli_desk], 1),
        (["list", "--as", "nobody", "--db", cli_desk], 1),
        (["list", "--as", "bo", "--db", cli_desk], 0),
        (["list", "--limit", "0", "--db", cli_desk], 2),
        (["list", "sites", "--queue", "overdue", "--db", cli_desk], 2),
        (["list", "--lang", "tlh", "--db", cli_desk], 2),
        (["list", "--db", "oracle://x"], 2),
        (["dance"], 2),
        (["list", "--db", nowhere], 3),
        (["list", "--db", "postgresql://nobody@127.0.0.1:1/none"], 3),
    ):
        assert main(words) == code, words


def test_talk_goes_to_stderr(cli_desk: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A pipe gets data and nothing else."""
    main(["show", "99", "--db", cli_desk])
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "paidan: no work order 99\n")
    main(["list", "--db", cli_desk, "--query", "no such thing"])
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "paidan: nothing fits\n")
    assert main(["list", "--db", cli_desk, "--query", "due:2899-03-01..today"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "column 5: “2899-03-01..today” ends before it begins; write the earlier" in told.err
    main(["list", "--db", cli_desk, "--query", "due:1999-03-01@22:00..6:00"])
    told = capsys.readouterr()
    wanted = "paidan: nothing fits\npaidan: = due 1999-03-01 22:00..1999-03-02 06:01\n"
    assert (told.out, told.err) == ("", wanted)


def test_the_version_is_data(capsys: pytest.CaptureFixture[str]) -> None:
    """A script that asks for it reads stdout."""
    assert main(["--version"]) == 0
    told = capsys.readouterr()
    assert (told.out.split()[0], told.err) == ("paidan", "")


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
    cli_desk: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
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


def test_a_reader_that_leaves_early_is_no_error(cli_desk: str) -> None:
    """`paidan export | head -1` ends quietly."""
    line = f'"{sys.executable}" -m console.cli export --db "{cli_desk}" | head -c 10'
    ran = subprocess.run(line, shell=True, capture_output=True, text=True, timeout=60)
    assert (ran.stderr, len(ran.stdout)) == ("", 10)


@pytest.mark.parametrize(
    ("where", "code", "said"),
    [(">/dev/full", 1, "could not be written"), (">&-", 0, ""), (">&- 2>&-", 0, "")],
)
def test_output_that_goes_nowhere_is_no_fault_of_ours(
    cli_desk: str, where: str, code: int, said: str
) -> None:
    """A full disk is said in a sentence; a unit file may close what it does not want to hear."""
    line = f"{sys.executable} -m console.cli --db {cli_desk} list {where}"
    ran = subprocess.run(line, shell=True, capture_output=True, text=True, timeout=60)
    assert ran.returncode == code
    assert said in ran.stderr
    assert "failed" not in ran.stderr


def test_a_console_that_cannot_open_leaves_the_collector_on() -> None:
    """It looks for no litter while it starts; whoever called it goes on, and keeps all of his."""
    assert main(["console"]) == 2, "there is no terminal"
    assert gc.isenabled()


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
    cli_desk: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Should anything unsafe have come into a store, it leaves as escapes."""
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
