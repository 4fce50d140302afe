"""`paidan automatic` sets the modes and shows them; `paidan do` sets and sends, too."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from console.cli import main
from scheduler.automatic import dispatch_waiting
from store import clock
from store.commands import NewOrder
from store.domain.who import Who
from store.records import open_records

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., tuple[int, str, str]]

pytestmark = pytest.mark.usefixtures("plain_surroundings")
DESK = Who(operator=2)


@pytest.fixture
def run(cli_desk: str, capsys: pytest.CaptureFixture[str]) -> Run:
    """Exit code, what was printed and what was said."""

    def ran(*words: str) -> tuple[int, str, str]:
        code = main([*words, "--db", cli_desk])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return ran


def told(run: Run, *words: str) -> Any:
    code, out, err = run(*words, "--json")
    assert code == 0, err
    return json.loads(out)


def test_modes_are_set_shown_and_taken_back(run: Run) -> None:
    """What counts first stands on top; what is dropped leaves the wider one in force."""
    assert run("automatic")[:2] == (0, "")
    assert run("automatic", "propose")[1] == "automatic dispatch of all open: propose\n"
    run("automatic", "act", "--queue", "overdue", "--priority", "1", "--margin", "20",
        "--accept", "5")  # fmt: skip
    first, second = told(run, "automatic")
    assert (first["queue"], first["priority"], first["mode"]) == ("overdue", 1, "act")
    assert (first["margin"], first["accept_s"]) == (20, 300)
    assert (second["queue"], second["priority"], second["mode"]) == ("all_open", None, "propose")
    code, out, err = run("automatic")
    assert (code, "20 min" in out, "propose: the desk proposes" in err) == (0, True, True)
    run("automatic", "drop", "--queue", "overdue", "--priority", "1")
    assert [one["mode"] for one in told(run, "automatic")] == ["propose"]
    assert run("do", "undo")[0] == 0
    assert [one["mode"] for one in told(run, "automatic")] == ["act", "propose"]


def test_what_means_nothing_is_refused(run: Run) -> None:
    """With what would be right."""
    before = told(run, "automatic")
    code, _, err = run("automatic", "act", "--queue", "nowhere")
    assert (code, "no queue or view of all called “nowhere”" in err) == (1, True)
    assert "there are all open, at risk, overdue\n" in err
    assert (
        "可以用的有：全部未结、临期、超时"
        in run("automatic", "act", "--queue", "哪里", "--lang", "zh")[2]
    )
    assert "time to accept: 0; 1 to 10080 min" in run("automatic", "act", "--accept", "0")[2]
    assert run("automatic", "sometimes")[0] == 2
    assert run("automatic", "act", "--priority", "7")[0] == 1
    assert run("do", "auto sometimes")[0] == 2
    assert run("do", "auto act margin")[0] == 2
    assert told(run, "automatic") == before


def test_the_board_s_own_word_for_what_nobody_has_means_all(run: Run) -> None:
    """It shows a queue of that name; a view of that name comes first, and every view is named."""
    assert run("do", "auto act unassigned 2")[1] == (
        "automatic dispatch of all open, priority 2: act\n"
    )
    assert run("do", "自动 关闭 待派单", "--lang", "zh")[0] == 0
    assert {one["queue"] for one in told(run, "automatic") if one["mode"] == "off"} == {"all_open"}
    assert run("view", "save", "unassigned", "p1", "--shared")[0] == 0
    assert run("automatic", "act", "--queue", "unassigned")[0] == 0
    assert [one["queue"] for one in told(run, "automatic") if one["view"]] == ["unassigned"]
    assert "overdue, unassigned\n" in run("automatic", "act", "--queue", "nowhere")[2]


def test_a_line_sets_lists_and_sends(run: Run, cli_desk: str) -> None:
    """As the console's command line does."""
    code, out, _ = run("do", "auto propose all open")
    assert (code, out) == (0, "automatic dispatch of all open: propose\n")
    assert "propose" in run("do", "auto")[1]
    with closing(open_records(cli_desk, feed=False)) as records:
        at = clock.now()
        number = records.do(NewOrder(title="lamp out"), who=DESK, at=at).numbers[0]
        while dispatch_waiting(records, at=at).more:
            pass
    shown = told(run, "show", str(number))
    assert shown["proposed"] is not None
    code, out, _ = run("do", f"ap {number}")
    assert (code, "is assigned → " in out) == (0, True)
    code, _, err = run("do", f"ap {number}")
    assert (code, err) == (1, f"paidan: nobody is proposed for order {number}\n")
