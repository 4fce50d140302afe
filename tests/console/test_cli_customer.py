"""`paidan customer`: everything of one, and contracts, team, wishes and tags kept."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from console.cli import main
from store.commands import NewOrder
from store.commands.contact import NoteOrder
from store.domain.who import THE_DESK
from store.records import open_records
from tests.store.desk import NINE

if TYPE_CHECKING:
    from pathlib import Path

Words = tuple[str, ...]


@pytest.fixture
def db(tmp_path: Path) -> Words:
    """A desk with a customer of its own."""
    words = ("--db", str(tmp_path / "desk.db"))
    assert main(["add", "operator", "ana", "Ana", *words]) == 0
    assert main(["add", "customer", "ACME", "Acme Ltd", "--phone", "88880000", *words]) == 0
    return words


def told(capsys: pytest.CaptureFixture[str], db: Words, *words: str) -> Any:
    """What a command prints as JSON."""
    capsys.readouterr()
    assert main(["customer", *words, "--json", *db]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_customer_is_shown_as_he_is_kept(db: Words, capsys: pytest.CaptureFixture[str]) -> None:
    """Contract, team, wishes and tags, each by its own words; what is left out stays."""
    first = ("contract", "ACME", "--from", "2026-01-01", "--to", "2036-12-31")
    assert main(["customer", *first, "--level", "critical", "--zone", "UTC", *db]) == 0
    care = ("care", "ACME", "--lead", "ana", "--representative", "Ms Zhou 13800001111")
    assert main(["customer", *care, *db]) == 0
    wishes = ("care", "ACME", "--visits", "before 10:00", "--call-ahead", "yes", "--tag", "vip")
    assert main(["customer", *wishes, *db]) == 0
    sheet = told(capsys, db, "show", "ACME")
    assert (sheet["lead"], sheet["speaks"]) == ("Ana", ["Ms Zhou", "13800001111"])
    assert (sheet["hours"]["to_s"], sheet["call_ahead"], sheet["tags"]) == (36000, True, ["vip"])
    (contract,) = sheet["contracts"]
    assert (contract["last_day"], contract["standing"]) == ("2036-12-31", "running")
    assert sheet["level"] == contract["level"]
    assert main(["customer", "show", "ACME", *db]) == 0
    said = capsys.readouterr().out
    for word in ("Acme Ltd", "service team: Ana", "before 10:00, call ahead", "in force"):
        assert word in said
    assert main(["customer", "show", "ACME", "--lang", "zh", *db]) == 0
    assert "服务小组：Ana" in capsys.readouterr().out


def test_ending_contracts_are_listed_by_the_days_that_are_set(
    db: Words, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """By a word of the line, else by the setting; one that is decided ends no more."""
    first = ("contract", "ACME", "--from", "2026-01-01", "--to", "2030-12-31")
    assert main(["customer", *first, *db]) == 0
    assert told(capsys, db, "list", "--contract", "ending") == []
    (line,) = told(capsys, db, "list", "--contract", "ending", "--days", "3650")
    assert (line["customer"], line["outcome"]) == ("ACME", "open")
    config = tmp_path / "config.toml"
    config.write_text('[desk]\ncontract_days = "3650"\n', encoding="utf-8")
    monkeypatch.setenv("PAIDAN_CONFIG", str(config))
    assert len(told(capsys, db, "list", "--contract", "ending")) == 1
    assert main(["customer", "renewal", "ACME", "lost", "--words", "moved away", *db]) == 0
    assert told(capsys, db, "list", "--contract", "ending") == []
    (line,) = told(capsys, db, "list", "--contract", "any")
    assert (line["outcome"], line["words"], line["decided_by"] != "") == (
        "lost",
        "moved away",
        True,
    )
    assert [one["code"] for one in told(capsys, db, "list")] == ["ACME"]


def test_what_cannot_be_meant_is_told(db: Words, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing to change, nobody of that name, hours that are none."""
    assert main(["customer", "care", "ACME", *db]) == 2
    assert main(["customer", "show", "NOBODY", *db]) == 1
    assert main(["customer", "care", "ACME", "--visits", "soon", *db]) == 1
    assert "write before 10:00" in capsys.readouterr().err


def test_who_is_erased_is_called_by_his_code(db: Words, capsys: pytest.CaptureFixture[str]) -> None:
    """Only once the code was written again; backups are told of."""
    assert main(["customer", "erase", "ACME", *db]) == 1
    assert "write ACME once more" in capsys.readouterr().err
    assert main(["customer", "erase", "ACME", "--sure", "ACME", *db]) == 0
    assert "backups, exports" in capsys.readouterr().out
    sheet = told(capsys, db, "show", "ACME")
    assert (sheet["name"], sheet["phone"]) == ("ACME", "")


def test_a_second_operator_is_told_what_the_first_told(
    db: Words, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the version that he then has seen he changes it."""
    assert main(["add", "operator", "bo", "Bo", *db]) == 0
    first = ("contract", "ACME", "--from", "2026-01-01", "--to", "2036-12-31", "--zone", "UTC")
    assert main(["customer", *first, "--as", "ana", *db]) == 0
    assert main(["customer", "renewal", "ACME", "lost", "--as", "ana", *db]) == 0
    renewed = ["customer", "renewal", "ACME", "renewed", "--as", "bo", *db]
    longer = ["customer", "contract", "ACME", "--to", "2037-12-31", "--as", "bo", *db]
    capsys.readouterr()
    for words in (renewed, longer):
        assert main(words) != 0
        assert "Ana told at" in capsys.readouterr().err
    (contract,) = told(capsys, db, "show", "ACME")["contracts"]
    assert contract["outcome"] == "lost"
    assert main([*renewed, "--version", contract["version"]]) == 0
    assert main(longer) == 0


def test_a_contact_is_erased_by_his_number_alone(
    db: Words, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever he called for, or nobody; who else has his telephone is named."""
    with closing(open_records(f"sqlite:///{db[1]}", feed=False)) as records:
        for caller in ("Ms Zhou 13800001111", "Mr Zhou 138-0000-1111", "Lin 13900002222"):
            records.do(NewOrder(title="leak", caller=caller), who=THE_DESK, at=NINE)
    assert main(["customer", "erase", *db]) == 2
    assert main(["customer", "erase", "--contact", "9", "--sure", "9", *db]) == 1
    assert "no contact called" in capsys.readouterr().err
    assert main(["customer", "erase", "--contact", "1", *db]) == 1
    assert "write 1 once more" in capsys.readouterr().err
    assert main(["customer", "erase", "--contact", "1", "--sure", "1", *db]) == 0
    said = capsys.readouterr().out
    assert "Mr Zhou 138-0000-1111 has the same number" in said
    assert "erase --contact 2" in said
    assert "Lin" not in said
    assert main(["customer", "erase", "ACME", "--contact", "2", "--sure", "2", *db]) == 1
    gone = told(capsys, db, "erase", "--contact", "2", "--sure", "2")
    assert (gone["people"], gone["others"], gone["still_named"]) == (1, [], [])


def test_what_names_him_elsewhere_is_said_after_he_was_erased(
    db: Words, capsys: pytest.CaptureFixture[str]
) -> None:
    """A note on somebody else's order is not his to take; whoever erased him is sent there."""
    with closing(open_records(f"sqlite:///{db[1]}", feed=False)) as records:
        for title in ("leak", "lift stuck"):
            records.do(NewOrder(title=title, caller="Ms Zhou 13800001111"), who=THE_DESK, at=NINE)
        records.do(NewOrder(title="door"), who=THE_DESK, at=NINE)
        note = NoteOrder(number=3, text="13800001111 rang about it")
        records.do(note, who=THE_DESK, at=NINE)
    assert main(["customer", "erase", "--contact", "1", "--sure", "1", *db]) == 0
    said = capsys.readouterr().out
    assert "still hold the name or a number, look there: #3\n" in said
