"""Help as a newcomer reads it, and examples that work when they are typed as they stand."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from console.cli import COMMANDS, main
from console.cli_help import wrapped
from console.cli_parser import build
from console.cli_table import table
from console.demo import drill_days
from console.demo.build import make_desk
from store import clock
from store.records import open_records
from tests.budget import tries

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.usefixtures("plain_surroundings")

CORRECTIVES = ("list", "show", "open", "why", "verdict", "drop")
HELPED = ((), *((name,) for name in COMMANDS), *(("add", kind) for kind in (
    "technician", "site", "customer", "operator", "calendar", "level", "region", "kind",
    "certificate", "shift", "absence",
)), ("drill", "play"), ("drill", "records"))  # fmt: skip
SCREENS = {"", "attach", "console", "demo", "drill play", "scheduler", "serve", "sessions"}
"""What needs a terminal, or does not end."""
OPEN = re.compile(r"^(?:[^']*'[^']*')*[^']*'[^']*$")
"""A line of shell whose last quote goes on in the next."""
WHOLE = {"backup", "restore", "doctor", "db"}
"""What copies every order of a desk, or looks at each: a desk of three is as good for that."""
DAYS = tries(2, 99)
"""Of the sample, for a rehearsal."""
HURRY = 20
"""So much sooner a search of some seconds ends."""
PLAIN = re.compile(r"paidan(?:'[^']*'|[\w ./:@=,+-])*")
"""A line of which a shell would make words, and nothing else."""


@pytest.fixture(scope="module", params=["en", "zh_CN"])
def sample(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Path]:
    """A language, and a sample desk in it; not to be written to."""
    path = tmp_path_factory.mktemp("help") / "desk.db"
    records = open_records(str(path), feed=False)
    make_desk(records, at=clock.now(), language=request.param)
    records.reckon_on(at=clock.now())  # as an open console does
    records.close()
    return request.param, path


def _help(words: tuple[str, ...], language: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert main([*words, "--help", "--lang", language]) == 0
    return capsys.readouterr().out


def _examples(told: str) -> list[str]:
    """What stands indented below the last heading; lines that belong together as one."""
    lines = [line[2:] for line in re.split(r"\n\n", told.rstrip())[-1].splitlines()[1:]]
    whole: list[str] = []
    for line in lines:
        if whole and (whole[-1].endswith("|") or OPEN.match(whole[-1].replace("\n", " "))):
            whole[-1] += "\n" + line
        else:
            whole.append(line)
    return whole


def _commands(example: str) -> Iterator[list[str]]:
    """The words of each `paidan` in a line of shell."""
    words: list[str] = []
    for word in [*shlex.split(example, comments=True), ";"]:
        if word in {"|", "&&", ";", ">"}:
            if words[:1] == ["paidan"]:
                yield words[1:]
            words = [] if word != ">" else ["into"]
        else:
            words.append(word)


@pytest.mark.parametrize("words", HELPED, ids=" ".join)
def test_an_example_works_as_it_stands(
    words: tuple[str, ...],
    sample: tuple[str, Path],
    cli_desk: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """On a desk of the sample, one after the other; what takes the screen is only parsed.

    In another language those that are written otherwise there.
    """
    language, desk = sample
    if WHOLE & {*words}:
        desk = Path(cli_desk.removeprefix("sqlite:///"))
    examples = _examples(_help(words, language, capsys))
    assert examples
    if language != "en":
        tried = _examples(_help(words, "en", capsys))
        examples = [example for example in examples if example not in tried]
    shutil.copy(desk, tmp_path / "desk.db")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}:/usr/bin:/bin")
    monkeypatch.setenv("PAIDAN_DB", f"sqlite:///{tmp_path / 'desk.db'}")
    monkeypatch.setenv("PAIDAN_LANG", language)
    processor = clock.processor
    monkeypatch.setattr(clock, "processor", lambda: HURRY * processor())
    calls = drill_days.sample_calls
    monkeypatch.setattr(
        drill_days,
        "sample_calls",
        lambda: [call for call in calls() if call.at < DAYS * 1440],
    )
    for example in examples:
        called = list(_commands(example))
        for given in called:
            if "--help" not in given and given:
                build(COMMANDS, given).parse_args(given)
        if any(SCREENS & {" ".join(given[:1]), " ".join(given[:2])} for given in called):
            continue
        code, out, err = _ran(example, capsys)
        assert code == 0, (example, err)
        assert "paidan list" not in example or out.strip(), example


def _ran(line: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """What became of a line; a shell is started only where it has something to do."""
    if PLAIN.fullmatch(line):
        code = main(shlex.split(line)[1:])
        said = capsys.readouterr()
        return code, said.out, said.err
    ran = subprocess.run(["/bin/sh", "-c", line], capture_output=True, text=True, timeout=120)
    return ran.returncode, ran.stdout, ran.stderr


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("words", HELPED, ids=" ".join)
def test_every_word_is_explained_within_the_screen(
    words: tuple[str, ...],
    language: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No option without a line about it; nothing but examples is wider than 80 cells."""
    monkeypatch.setenv("COLUMNS", "80")
    told = _help(words, language, capsys)
    body, examples = told.rstrip().rsplit("\n\n", 1)
    usage, explained = body.split("\n\n", 1)
    assert [line for line in explained.splitlines() if cell_len(line) > 80] == []
    lines = explained.splitlines()
    for place, line in enumerate(lines):
        if re.match(r" {2,4}(-|[A-Z]{3,}|[a-z]+ {2})", line) and line.strip() not in {
            "COMMAND",
            "WHAT",
        }:
            alone = len(re.split(r" {2,}", line.strip())) < 2
            following = lines[place + 1] if place + 1 < len(lines) else ""
            assert not alone or following.startswith(" " * 10), line
    assert examples.startswith(("example", "示例"))
    assert usage


def test_lines_are_cut_where_a_reader_would() -> None:
    """By cells; a Chinese line may end anywhere but before a closing sign."""
    text = "工单、工程师和时限，一屏看全。See `paidan list --help` for more."
    for cells in (12, 20, 33, 80):
        lines = list(wrapped(text, cells))
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert all(cell_len(line) <= cells for line in lines if " " in line or len(line) > 8)
        assert not any(line[0] in "，。、" for line in lines)
    assert list(wrapped("", 80)) == []


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_each_step_of_a_command_stands_on_a_line_of_its_own(
    language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A meaning that is too long for it goes on below itself, not below the word."""
    for command, steps in (("action", CORRECTIVES), ("complaint", ("answer", "close"))):
        assert main([command, "--help", "--lang", language]) == 0
        lines = capsys.readouterr().out.splitlines()
        for step in steps:
            (place,) = [
                n for n, line in enumerate(lines) if re.search(rf"^ +(DEED +)?{step}  ", line)
            ]
            begins = re.search(rf"{step} +", lines[place])
            assert begins is not None
            following = lines[place + 1]
            assert re.match(r" +\w+  ", following) or following[: begins.end()].isspace()
        assert all(cell_len(line) <= 80 for line in lines)


def test_a_head_is_cut_only_after_the_texts_below_it() -> None:
    """A word of seven cells can be read; on a screen that has no room at all it gives way."""
    heads = ("minute", "it happened", "you did")
    rows = [("0:05", "a call came in from " * 3, "sent somebody there " * 3)]
    for cells in (80, 60, 40):
        told = table(heads, rows, width=cells, at=clock.now())
        assert told[0].split()[0] == "minute"
        assert max(map(cell_len, told)) <= cells
    many = table(tuple(["minutes"] * 12), [tuple("7" * 12)], width=80, at=clock.now())
    assert max(map(cell_len, many)) <= 80
