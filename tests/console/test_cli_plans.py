"""Plans from a shell: listed, written, paused, called off; for people and for scripts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from console.cli import main
from store.commands import SaveSite
from store.domain.who import Who
from store.records import open_records
from tests.console.conftest import AT

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.usefixtures("plain_surroundings")

NEW = "plans new Boiler round rule: monthly start: 2099-01-31 time: 7:45 site: N1 closed: keep"


@pytest.fixture
def run(tables_url: str, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """A command on a desk with one site; its exit code, data and talk."""
    records = open_records(tables_url, feed=False)
    site = SaveSite(code="N1", name="北楼", zone="Asia/Shanghai")
    records.do(site, who=Who(operator=2, via="test"), at=AT)
    records.close()

    def carry_out(*words: str) -> tuple[int, str, str]:
        code = main([*words, "--db", tables_url])
        said = capsys.readouterr()
        return code, said.out, said.err

    return carry_out


def plain(run: Callable[..., tuple[int, str, str]], *words: str) -> Any:
    code, out, err = run(*words, "--json")
    assert (code, err) == (0, "")
    return json.loads(out)


def test_a_plan_lives_its_whole_life_in_a_shell(
    run: Callable[..., tuple[int, str, str]],
) -> None:
    """Foretold, saved, listed, changed, called off for a day, paused, resumed, ended."""
    foretold = plain(run, "do", "--dry-run", NEW)
    days = [one["day"] for one in foretold["dates"]]
    assert days == ["2099-01-31", "2099-03-31", "2099-05-31", "2099-07-31", "2099-08-31"]
    assert plain(run, "list", "plans") == []
    code, out, _err = run("do", NEW)
    assert (code, "every month on day 31 at 07:45" in out, "plan 1 saved" in out) == (0, True, True)
    (line,) = plain(run, "list", "plans")
    assert (line["title"], line["site"], line["of_day"]) == ("Boiler round", "N1", 27_900)
    code, out, _err = run("list", "plans")
    assert (code, "2099-01-31 07:45" in out, "Boiler round" in out) == (0, True, True)
    plain(run, "do", "plans edit 1 time: 8:15 closed: next")
    for typed, said in (
        ("plans skip 1", "plan 1: 2099-01-31 is called off"),
        ("plans unskip 1 2099-01-31", "plan 1: 2099-01-31 comes after all"),
        ("plans pause 1", "plan 1 paused"),
        ("plans resume 1", "plan 1 goes on"),
        ("plans end 1", "plan 1 ended"),
    ):
        assert plain(run, "do", typed)["message"].startswith(said)
    (line,) = plain(run, "do", "plans")["plans"]
    assert (line["of_day"], line["closed"], line["title"]) == (29_700, "next", "Boiler round")
    assert line["ended_at"] is not None


def test_a_shell_speaks_chinese_of_plans(run: Callable[..., tuple[int, str, str]]) -> None:
    """Verb, keys, answers and the rule."""
    line = (
        '计划 新建 锅炉巡检 规则："FREQ=MONTHLY;BYDAY=1MO" 开始：2099-01-01 休息日：跳过 起算：计划'
    )
    code, out, err = run("do", line, "--lang", "zh_CN")
    assert (code, err) == (0, "")
    assert "每月" in out
    assert "第一个周一" in out
    assert "计划 1 已保存" in out


@pytest.mark.parametrize(
    ("typed", "code", "why"),
    [
        ("plans fly 1", 2, "is nothing to do with a plan"),
        ("plans pause x", 2, "is no number of a plan"),
        ("plans pause", 2, "still to say: the number of a plan"),
        ("plans unskip 1", 2, "still to say: a day"),
        ("plans skip 1 2026-02-31", 2, "is not right"),
        ("plans new a rule:daily rule:weekly", 2, "is said twice"),
        ("plans pause 1 2", 2, "is more than"),
        ("plans pause 1", 1, "1"),
        ("plans new a rule:sometimes", 1, "is no rule"),
        ("plans new a rule:daily counted:moon", 1, "scheduled"),
        ("plans new a rule:daily priority:9", 1, "1 (most urgent)"),
        ("plans new a rule:daily site:nowhere", 1, "nowhere"),
        ("plans new rule:daily", 1, "title"),
        ('plans new a rule:"FREQ=\x1b[2J"', 1, "it must be DAILY"),
    ],
)
def test_a_line_that_cannot_be_is_refused(
    run: Callable[..., tuple[int, str, str]], typed: str, code: int, why: str
) -> None:
    """In one sentence without a control character, and nothing is kept."""
    found, out, err = run("do", typed)
    assert (found, why in err, "\x1b" in out + err) == (code, True, False), err
    assert plain(run, "list", "plans") == []
