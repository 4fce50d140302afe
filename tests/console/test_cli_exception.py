"""`paidan exception`: limits, asking, deciding, using; and what is refused is said."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from console.cli import main

if TYPE_CHECKING:
    from pathlib import Path

Words = tuple[str, ...]


@pytest.fixture
def db(tmp_path: Path) -> Words:
    """A desk with an order, on which Bo grants 500, and Ana 2000."""
    words = ("--db", str(tmp_path / "desk.db"))
    for line in (
        ("operator", "add", "ana", "Ana", "--role", "administrator"),
        ("add", "operator", "bo", "Bo"),
        ("add", "operator", "cy", "Cy"),
        ("add", "site", "N1", "North"),
        ("do", "n lift stuck @N1"),
        ("exception", "limit", "price", "--operator", "bo", "--each", "500", "--month", "600"),
        ("exception", "limit", "price", "--operator", "ana", "--each", "2000"),
        ("exception", "limit", "加班", "--role", "dispatcher", "--each", "4h", "--count", "2"),
    ):
        who = ("--as", "ana") if line[0] == "exception" else ()
        assert main([*line, *who, *words]) == 0, line
    return words


def told(capsys: pytest.CaptureFixture[str], db: Words, *words: str) -> Any:
    """What a command prints as JSON."""
    capsys.readouterr()
    assert main(["exception", *words, "--json", *db]) == 0
    return json.loads(capsys.readouterr().out)


def test_an_exception_goes_its_way_by_commands(
    db: Words, capsys: pytest.CaptureFixture[str]
) -> None:
    """Granted at once, or by whom it waits for; by a stand-in; used in parts, and withdrawn."""
    asked = ("ask", "1", "price", "450", "--reason", "pump", "--as", "bo")
    assert told(capsys, db, *asked)["id"] == 1
    told(capsys, db, "use", "1", "a", "pump", "--size", "400", "--as", "bo")
    (line,) = told(capsys, db)
    assert (line["state"], line["left"], line["limit_of"]) == ("granted", 50, "Bo")
    more = told(capsys, db, *asked, "--decide", "+2h", "--until", "+3d")
    (_first, waits) = sorted(told(capsys, db), key=lambda one: one["id"])
    assert (waits["id"], waits["state"], waits["waits_for"]) == (more["id"], "asked", ["Ana"])
    assert main(["exception", "grant", "2", "--as", "cy", *db]) == 1
    assert "over your limit: Ana may grant it" in capsys.readouterr().err
    told(capsys, db, "delegate", "cy", "--until", "+1d", "--as", "ana")
    limits = told(capsys, db, "limits")
    held = {(one["kind"], one["operator"], one["each"]) for one in limits["limits"]}
    assert held == {("price", "bo", 500), ("price", "ana", 2000), ("overtime", None, 4)}
    assert (limits["stand_ins"][0]["operator"], limits["stand_ins"][0]["delegate"]) == ("Ana", "Cy")
    told(capsys, db, "grant", "2", "for", "once", "--as", "cy")
    shown = told(capsys, db, "show", "2")
    assert (shown["decided_by"], shown["limit_of"], shown["decision"]) == ("Cy", "Ana", "for once")
    assert [one["fact"] for one in shown["steps"]] == ["exception asked for", "exception granted"]
    told(capsys, db, "withdraw", "2", "cheaper", "--as", "bo")
    assert [one["id"] for one in told(capsys, db, "list", "--closed")] == [2]
    told(capsys, db, "delegate", "none", "--as", "ana")
    for words, said in (
        (("limits",), "price: Bo, up to 500 each"),
        (("show", "1"), "Bo's own, up to 500 each"),
        (("limits", "--lang", "zh"), "单次最多 500"),
    ):
        assert main(["exception", *words, *db]) == 0
        assert said in capsys.readouterr().out


def test_a_waiver_moves_the_due_time_that_is_shown(
    db: Words, capsys: pytest.CaptureFixture[str]
) -> None:
    """Until when is said behind the clock, or by `--until`; it is told in words and as JSON."""
    main(["exception", "limit", "waiver", "--operator", "bo", "--as", "ana", *db])
    main(["do", "level 1 standard", "--as", "ana", *db])
    for words in ("waiver resolve +40d", "豁免 解决到 +50d"):
        done = told(capsys, db, "ask", "1", *words.split(), "--reason", "agreed", "--as", "bo")
        assert main(["show", "1", "--json", *db]) == 0
        clocks = json.loads(capsys.readouterr().out)["clocks"]
        (resolve,) = [clock for clock in clocks if clock["kind"] == "resolve"]
        assert resolve["waiver"] == done["id"]
        assert resolve["due_at"] == resolve["waived_until"] > resolve["own_due_at"]
    for lang, said in (("en", "by waiver #2"), ("zh", "因豁免 #2 截止移到")):
        assert main(["show", "1", "--lang", lang, *db]) == 0
        assert said in capsys.readouterr().out
    told(capsys, db, "withdraw", "2", "x", "--as", "bo")
    for line, said in (
        ("ask 1 waiver resolve +1h --reason x --as bo", "due anyway"),
        ("ask 1 waiver resolve soonish --reason x", "is not a time"),
        ("use 1 x", "moves its deadline by itself"),
    ):
        assert main(["exception", *line.split(), *db]) != 0, line
        assert said in capsys.readouterr().err, line


def test_what_means_nothing_is_refused_in_a_sentence(
    db: Words, capsys: pytest.CaptureFixture[str]
) -> None:
    """No number, no kind, no limit, an option that the deed does not take; in Chinese, too."""
    for words, said in (
        (("show",), "name an exception by its number"),
        (("show", "9"), "no exception 9"),
        (("ask", "1", "hope", "3", "--reason", "x"), "kind of exception"),
        (("ask", "1", "price", "much", "--reason", "x"), "how much"),
        (("ask", "1", "price", "nan", "--reason", "x"), "amount of money"),
        (("ask", "1", "scope", "more", "--reason", "x"), "nobody's limit suffices"),
        (("limit", "price", "--as", "ana"), "whose limit"),
        (("limit", "step", "--role", "office", "--each", "3", "--as", "ana"), "only a count"),
        (("use", "1", "x", "--reason", "y"), "takes no --reason"),
        (("grant", "1", "--until", "+1d"), "takes no --until"),
        (("list", "5"), "takes so many words"),
        (("delegate", "bo", "--as", "ana"), "until when"),
        (("refuse", "9", "x", "--lang", "zh"), "没有例外 9"),
    ):
        assert main(["exception", *words, *db]) != 0, words
        assert said in capsys.readouterr().err, words
    assert main(["exception", *db]) == 0
    assert "no exception waits" in capsys.readouterr().err
