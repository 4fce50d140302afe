"""`paidan add`: a desk that began empty gets its people and places."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from console.cli import main
from store import clock
from store.domain.who import THE_DESK
from store.queries.people import TechnicianBoard
from store.records import open_records

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("plain_surroundings")


def test_an_empty_desk_gets_its_people_and_places(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each is listed afterwards; the store is made by the first."""
    db = ("--db", f"sqlite:///{tmp_path / 'desk.db'}")
    site = ("add", "site", "S1", "Tower", "--zone", "Asia/Shanghai")
    technician = ("add", "technician", "T1", "李伟", "--skill", "lift:4", "--skill", "pump")
    customer = ("add", "customer", "C1", "Acme", "--phone", "555", "--tier", "gold")
    for words in (site, (*technician, "--home", "S1"), customer, ("add", "operator", "ana", "Ana")):
        assert main([*words, *db]) == 0, words
        assert words[2] in capsys.readouterr().out
    for what, code in (("sites", "S1"), ("technicians", "T1"), ("customers", "C1")):
        assert main(["list", what, "--json", *db]) == 0
        assert [row["code"] for row in json.loads(capsys.readouterr().out)] == [code]


def test_who_has_gone_is_not_offered_any_more(
    tmp_path: Path,
) -> None:
    """Until he is added again, under the code that he had."""
    db = ("--db", f"sqlite:///{tmp_path / 'desk.db'}")
    for words, offered in (((), ["T1"]), (("--gone",), []), ((), ["T1"])):
        assert main(["add", "technician", "T1", "Li", *words, *db]) == 0
        records = open_records(db[1], feed=False)
        board = records.ask(TechnicianBoard(), who=THE_DESK, at=clock.now())
        records.close()
        assert [person.code for person in board] == offered


def test_an_operator_who_has_gone_does_not_sit_down_any_more(tmp_path: Path) -> None:
    """Until he is added again; his colleagues stay."""
    db = ("--db", f"sqlite:///{tmp_path / 'desk.db'}")
    assert main(["add", "operator", "ana", "Ana", *db]) == 0
    for words, here in (((), True), (("--gone",), False), ((), True)):
        assert main(["add", "operator", "bo", "Bo", *words, *db]) == 0
        for code, seated in (("ana", True), ("bo", here)):
            assert (main(["--as", code, "list", "sites", *db]) == 0) is seated, (code, words)


def test_what_cannot_be_added_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A zone, a site and a level that do not exist; a skill that is no number."""
    db = ("--db", f"sqlite:///{tmp_path / 'desk.db'}")
    for words, code in (
        (("site", "S1", "Tower", "--zone", "Nowhere"), 1),
        (("technician", "T1", "Li", "--home", "S9"), 1),
        (("technician", "T1", "Li", "--skill", "lift:x"), 2),
        (("technician", "T1", "Li", "--skill", "lift:9"), 1),
    ):
        assert main(["add", *words, *db]) == code, words
        assert "Traceback" not in capsys.readouterr().err
