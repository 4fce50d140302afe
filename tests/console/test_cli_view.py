"""`paidan view` and `paidan list` with queries, sorts and views."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from console.cli import main
from console.i18n import in_every_language
from store.domain.finding.fields import FLAG_NAMES, INCIDENT, QUEUE_OF, STATE_OF, bare
from store.domain.lifecycle import STATES, State
from store.queries.queues import QUEUES

if TYPE_CHECKING:
    import pytest


def _json(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    capsys.readouterr()
    assert main([*words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_view_is_saved_listed_and_dropped(
    cli_desk: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """With its count, which is the length of its list."""
    db = ("--db", cli_desk)
    assert main(["view", *db]) == 0
    assert "no view is saved" in capsys.readouterr().err
    save = ["view", "save", "north", "overdue p<=4", "--sort", "left", "--shared", *db]
    assert main(save) == 0
    assert "view north saved" in capsys.readouterr().out
    (view,) = _json(capsys, "view", *db)
    assert (view["name"], view["query"], view["sort"]) == ("north", "overdue p<=4", "left")
    listed = _json(capsys, "list", "--view", "north", *db)
    assert view["orders"] == len(listed) > 0
    one = listed[0]["number"]
    both = _json(capsys, "list", "--view", "north", "--query", f"#{one} or #999", *db)
    assert [order["number"] for order in both] == [one]
    assert main(["view", *db]) == 0
    assert "overdue p<=4" in capsys.readouterr().out
    assert main(["view", "drop", "north", "--shared", *db]) == 0
    assert _json(capsys, "view", *db) == []
    assert main(["list", "--view", "north", *db]) == 1
    assert "no view called “north”" in capsys.readouterr().err


def test_orders_are_listed_by_a_column(cli_desk: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Up or down, the newest first where none is named."""
    db = ("--db", cli_desk)
    up = [o["title"] for o in _json(capsys, "list", "--sort", "title", *db)]
    down = [o["title"] for o in _json(capsys, "list", "--sort", "title", "--descending", *db)]
    assert up == sorted(up)
    assert down == up[::-1]
    numbers = [order["number"] for order in _json(capsys, "list", *db)]
    assert numbers == sorted(numbers, reverse=True)
    assert main(["list", "sites", "--sort", "title", *db]) == 2
    assert "--sort is for orders" in capsys.readouterr().err


def test_a_query_that_says_nothing_is_refused_with_its_column(
    cli_desk: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """One sentence, in the language that is in force."""
    assert main(["list", "--query", "lift stie:x", "--db", cli_desk]) == 1
    assert "column 6: no field is called “stie”; did you mean site:" in capsys.readouterr().err
    assert main(["list", "--query", "lift stie:x", "--db", cli_desk, "--lang", "zh_CN"]) == 1
    assert "第 6 个字符" in capsys.readouterr().err


def test_queries_know_states_and_queues_as_the_screen_calls_them() -> None:
    """In both languages: what one reads there one may type here."""
    for state in State:
        for said in in_every_language(STATES[state].label):
            assert STATE_OF.get(bare(said)) == state.value, said
    for flag, name in FLAG_NAMES.items():
        assert name == INCIDENT or QUEUE_OF.get(name, name) in QUEUES, flag
    for queue in QUEUES.values():
        chinese = [said for said in in_every_language(queue.label) if not said.isascii()]
        for said in chinese:
            assert QUEUE_OF.get(FLAG_NAMES[bare(said)], FLAG_NAMES[bare(said)]) == queue.name, said


def test_a_table_shows_the_columns_that_are_wanted(
    cli_desk: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """By their heads, in either language and any order; an unknown one is told with the others."""
    db = ("--db", cli_desk)
    assert main(["list", "--columns", "title,no", *db]) == 0
    head, first, *_rest = capsys.readouterr().out.splitlines()
    assert head.split() == ["title", "no."]
    assert first.split()[-1].isdecimal()
    assert main(["list", "sites", "--columns", "名称，编号", *db]) == 0
    assert capsys.readouterr().out.splitlines()[0].split() == ["name", "code"]
    assert main(["list", "--columns", "colour", *db]) == 2
    assert "no column is called “colour”; there are no., state, P" in capsys.readouterr().err
