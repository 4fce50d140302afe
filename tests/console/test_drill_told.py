"""What is told of a drill and to it: reports, records, scripts, copies."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from argparse import Namespace
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from console import i18n, page, report_play
from console.cli import main
from console.cli_call import Call
from console.commands_drill_play import record, report
from console.drill.beside import GOODBYE
from console.drill.copies import copy_store
from console.drill.news import read_news
from console.drill.player import Player
from console.drill.pool import own_pool
from console.drill.script_file import SHIPPED, script_named
from console.drill.start import crew_of, hurry
from console.drill.task import Task, cast_of, read_task
from scheduler.runner import fire_due
from store import clock
from store.commands.automatic import SetAutomatic
from store.domain.drill.marks import scored
from store.domain.drill.script import SHOCKS, Script, Shock
from store.domain.lifecycle import State
from store.queries.automatic import ToDispatch
from store.queries.levels import ListLevels
from store.queries.lists import StreamOrders
from store.records import open_records
from tests.console.drilled import AT, ME, QUIET, SPEED

if TYPE_CHECKING:
    from pathlib import Path

    from tests.console.drilled import Begin


pytestmark = pytest.mark.usefixtures("plain_surroundings")


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_report_says_it_in_either_language(language: str, begin: Begin) -> None:
    """As Markdown, HTML and JSON; both columns of the timeline are there, in order."""
    desk = begin(script_named("bad-day"))
    desk.play(6, sends=True)
    played = replace(desk.over(), untouched=scored(desk.over().play))
    i18n.use(language)
    lines = list(page.markdown(report_play.title(played), report_play.sections(played)))
    told = "\n".join(lines)
    assert ("变更索赔" in told) is (language == "zh_CN")
    assert ("had nobody played" in told) is (language == "en")
    parser = HTMLParser()
    parser.feed("\n".join(page.html(report_play.title(played), report_play.sections(played))))
    plain = json.loads(json.dumps(report_play.plain(played), default=str))
    times = [one["at"] for one in plain["timeline"]]
    assert times == sorted(times)
    assert any(one["done"] for one in plain["timeline"])
    assert any(one["happened"] for one in plain["timeline"])
    assert plain["score"]["clocks"]["respond"]["of"] > 0


def test_the_timeline_says_what_was_missed_and_says_it_once(begin: Begin) -> None:
    """Which clock; not also that an alarm rang for that very thing."""
    desk = begin(script_named("bad-day"))
    desk.play(2)
    fire_due(desk.records, at=AT + timedelta(minutes=4))
    told = report_play.plain(desk.over())["timeline"]
    missed = [one for one in told if "deadline missed" in one["happened"]]
    assert {one["happened"].partition(": ")[2] for one in missed} >= {"respond"}
    again = {(one["at"], one["happened"].split()[0]) for one in missed}
    rang = [one for one in told if "alarm raised" in one["happened"]]
    assert not again & {(one["at"], one["happened"].split()[0]) for one in rang}


def test_a_report_without_a_place_is_printed(
    begin: Begin, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody plays twenty minutes again because a file came in between."""
    desk = begin(QUIET)
    (tmp_path / "x.md").write_text("mine")
    args = Namespace(out=tmp_path / "x.md", json=False, format="md")
    report(args, Call.of(args), desk.over())
    told = capsys.readouterr()
    assert told.out.startswith("# Drill played: quiet")
    assert "a file of that name is there" in told.err
    assert (tmp_path / "x.md").read_text() == "mine"


def test_a_drill_is_recorded_at_the_players_own_desk(
    begin: Begin,
    tmp_path: Path,
    cli_desk: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """In his name, only where he said so; and it is listed there."""
    desk = begin(script_named("bad-day"))
    desk.play(3, sends=True)
    played = desk.over()
    own = tmp_path / "own.db"
    copy_store(cli_desk, own, at=AT)
    words = ("drill", "records", "--db", f"sqlite:///{own}", "--as", "bo")
    assert main([*words, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
    record(Call.of(Namespace(store=f"sqlite:///{own}", operator="bo")), played)
    assert "drill a bad day recorded" in capsys.readouterr().err
    assert main([*words, "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert (told["operator"], told["script"], told["seed"]) == ("Bo", "a bad day", 1)
    assert told["decisions"] == played.score.decisions > 0
    assert told["seconds"]["orphan"] == round(60 * sum(played.score.orphan_min.values()))
    record(Call.of(Namespace(store=f"sqlite:///{own}", operator="bo")), played)
    capsys.readouterr()
    assert main([*words, "--people", "--json"]) == 0
    (counted,) = json.loads(capsys.readouterr().out)
    assert (counted["operator"], counted["drills"]) == ("Bo", 2)
    assert counted["rates"]["respond"]["of"] == 2 * told["rates"]["respond"]["of"] > 0
    assert main([*words, "--people"]) == 0
    assert "Bo" in capsys.readouterr().out
    assert main([*words, "--lang", "zh_CN"]) == 0
    assert "操作员" in capsys.readouterr().out


@pytest.mark.parametrize("said", [GOODBYE, ""], ids=["with a word", "without one"])
def test_the_day_ends_with_the_console_and_clears_up_after_one_that_died(
    said: str, drill_made: Path, tmp_path: Path
) -> None:
    """One that lives reads the desk first; a system that was down meanwhile holds up nobody."""
    folder = tmp_path / "throw-away"
    folder.mkdir()
    shutil.copy(drill_made, folder / "desk.db")
    store, began = f"sqlite:///{folder / 'desk.db'}", clock.now()
    down = Script(name="x", shocks=(Shock(at=0, what="down", minutes=600),))
    task = Task(
        store=store, folder=str(folder), script=down, copied=False, language="en", speed=SPEED,
        seed=1, began=began, ends=began + timedelta(minutes=9),
    )  # fmt: skip
    with subprocess.Popen(
        [sys.executable, "-m", "console.drill.process"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(json.dumps(task.plain()) + "\n")
        child.stdin.flush()
        news = read_news(json.loads(child.stdout.readline()))
        assert (news.what, news.seconds) == ("down", 3000)
        child.stdin.write(said)
        child.stdin.close()
        assert child.wait(20) == 0
    assert folder.exists() is bool(said)


def test_a_task_reaches_the_process_that_plays_it_whole(tmp_path: Path) -> None:
    """By way of JSON."""
    task = Task(
        store="sqlite:///x.db",
        folder=str(tmp_path),
        script=script_named("bad-day"),
        copied=True,
        language="zh_CN",
        speed=6.5,
        seed=-3,
        began=AT,
        ends=AT + timedelta(minutes=3),
    )
    assert read_task(json.loads(json.dumps(task.plain()))) == task


# -- scripts and copies ----------------------------------------------------------------------------


def test_the_scripts_that_come_with_it_can_be_read() -> None:
    """And the bad day has nearly everything that can go wrong."""
    for name in SHIPPED:
        assert script_named(name).shocks
    assert {one.what for one in script_named("bad-day").shocks} == set(SHOCKS)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"\nshock = [[[,", "this is no TOML, see line 2"),
        (b"\xff\xfe\x00", "no text in UTF-8"),
        (b"x = " + b"[" * 5000, "TOML file"),
        (b"[[shock]]\nat = 0.5\nwhat = 'flood'\n", "shock 1, what: 'flood' will not do"),
        (b"# " + b"x" * 2**20, "it is longer than 1 MiB"),
        (b'name = "\\u001b]0;x\\u0007"\n"\\u001b[31m" = 1\n', "script: "),
        (b'[[shock]]\nat = 0\nwhat = "\\u001b[31mred"\n', "shock 1, what: "),
    ],
)
def test_a_bad_script_gets_one_sentence(
    text: bytes, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before a desk is built for it, and nothing of it commands the terminal."""
    file = tmp_path / "day.toml"
    file.write_bytes(text)
    assert main(["drill", "play", "--script", str(file)]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) == 1
    assert said in told.err
    assert "\x1b" not in told.err


def test_a_desk_writes_a_script_of_its_own(tmp_path: Path) -> None:
    """Called after its file unless it has a name."""
    file = tmp_path / "our-day.toml"
    file.write_text(
        "\ufeff[[shock]]\nat = 0.5\nwhat = 'department'\ndepartment = '设计部'\n", "utf-8"
    )
    script = script_named(str(file))
    assert script.name == "our-day"
    assert script.shocks == (Shock(at=0.5, what="department", department="设计部"),)


def test_nothing_is_built_where_nobody_can_play_or_the_report_has_no_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Told at once, not after twenty minutes."""
    assert main(["drill", "play"]) == 2
    assert "needs a terminal" in capsys.readouterr().err
    (tmp_path / "there.md").write_text("mine")
    assert main(["drill", "play", "--out", str(tmp_path / "there.md")]) == 1
    assert "a file of that name is there" in capsys.readouterr().err
    assert (tmp_path / "there.md").read_text() == "mine"
    assert main(["drill", "play", "--out", str(tmp_path / "no" / "x.md")]) == 1
    assert "is missing" in capsys.readouterr().err


def test_a_copy_is_drilled_and_the_desk_itself_is_only_read(cli_desk: str, tmp_path: Path) -> None:
    """The copy promises faster, its calls are the desk's own, and nobody is sent by itself."""
    file = tmp_path / "drill.db"
    own = open_records(cli_desk, feed=False)
    own.do(SetAutomatic(mode="act"), who=ME, at=AT)
    before = own.head(), own.ask(ListLevels(), who=ME, at=AT)
    copy_store(cli_desk, file, at=AT)
    records = open_records(f"sqlite:///{file}", feed=False)
    hurry(records, speed=6, at=AT)
    crew_of(records, AT)
    titles = {one.title for one in own_pool(records, AT)}
    levels = records.ask(ListLevels(), who=ME, at=AT)
    assert records.ask(ToDispatch(), who=ME, at=AT) is None
    records.close()
    after = own.head(), own.ask(ListLevels(), who=ME, at=AT)
    own_dispatches = own.ask(ToDispatch(), who=ME, at=AT)
    own.close()
    assert own_dispatches is not None
    assert before == after
    assert "pump leaks" in titles
    assert len(levels) == len(before[1])
    assert all(one.calendar == "drill-always" for one in levels)


def test_what_was_begun_long_before_a_drill_goes_on_at_its_pace(
    cli_desk: str, tmp_path: Path
) -> None:
    """Else all that a desk has in hand would be finished in the first second."""
    file = tmp_path / "drill.db"
    copy_store(cli_desk, file, at=AT)
    records = open_records(f"sqlite:///{file}", feed=False)
    crew = crew_of(records, AT)
    task = Task(
        store=str(file), folder="", script=QUIET, copied=True, language="en", speed=SPEED, seed=1,
        began=AT, ends=AT + timedelta(minutes=9),
    )  # fmt: skip
    player = Player(records, cast_of(records, task, crew), news=lambda _news: None)
    assert player.play(AT) == 0
    while (at := player.next_at) <= task.ends:
        player.play(at)
    states = {one.state for one in records.ask(StreamOrders(), who=ME, at=task.ends)}
    records.close()
    assert State.ASSIGNED not in states
