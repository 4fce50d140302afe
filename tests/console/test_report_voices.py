"""Complaints, praise and inspections in the review of a month, the desk's and one customer's."""

from __future__ import annotations

import json
import zipfile
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from console.cli import main
from console.report_voices import voices_from
from store.commands.heard import FindCause, RateOrder
from store.commands.inspections import ScoreInspection
from store.commands.voices import AnswerComplaint, KeepComplaint, KeepPraise
from store.domain.who import THE_DESK
from store.packing import review_plain
from store.queries.review import Review
from store.records import open_records
from store.reviewing import gathered
from tests.console.conftest import AT
from tests.console.two_customers import WHO, two_customers
from tests.store.inspected import put_draw

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Each customer complained and praised; an order of each was inspected."""
    url = two_customers(tmp_path_factory.mktemp("voices"))
    records, at = open_records(url, feed=False), AT.replace(day=10)
    for command in (
        KeepComplaint(said="=cmd|secret", about="manner", number=1),
        KeepComplaint(said="secret", about="late", customer="C2"),
        KeepComplaint(said="secret", about="late", number=4),
        KeepPraise(said="secret", number=3),
    ):
        records.do(command, who=WHO, at=at)
    answer = AnswerComplaint(complaint=1, told="x", whom="x")
    records.do(answer, who=WHO, at=at + timedelta(days=9))
    put_draw(records, (3, 4), site=1, at=at)
    for inspection, scores in ((1, "33333"), (2, "11111")):
        records.do(ScoreInspection(inspection=inspection, scores=scores), who=WHO, at=at)
    for number in (3, 4):
        records.do(RateOrder(number=number, csat=1), who=WHO, at=at)
    records.do(FindCause(number=4, cause="unknown", contained="x"), who=WHO, at=at)
    records.close()
    return url


def written(desk: str, capsys: pytest.CaptureFixture[str], *more: str) -> str:
    """The review of March as it is printed."""
    words = ["report", "review", "--db", desk, "--month", "2026-03", "--zone", "UTC"]
    assert main([*words, *more]) == 0
    return capsys.readouterr().out


def test_the_review_has_them_in_every_form(
    desk: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each with its n, the clocks kept, and the worst; nobody's words."""
    for form in ("text", "md", "html"):
        page = written(desk, capsys, "--format", form).replace("\\", "")
        assert "complaints: 3 (n = 3)" in page
        assert "complaints answered in time: 0.0 % (n = 3)" in page
        assert "praise: 1 (n = 1)" in page
        assert "score of inspections: 50.0 % (n = 2)" in page
        for words in ("Complaints answered late", "bad manner", "25.0 %", "75.0 %"):
            assert words in page
        assert "secret" not in page.replace("secret boiler", "").replace("secret lift", "")
    file = tmp_path / "a.xlsx"
    written(desk, capsys, "--format", "xlsx", "--out", str(file))
    with zipfile.ZipFile(file) as book:
        names = book.read("xl/workbook.xml").decode()
        told = "".join(book.read(name).decode() for name in book.namelist() if "sheet" in name)
    for sheet in ("Complaints and praise", "Complaints answered late", "Inspections"):
        assert sheet in names
    assert "<v>0.25</v>" in told
    plain = json.loads(written(desk, capsys, "--format", "json"))
    assert {one["about"]: one["complaints"] for one in plain["about"]} == {"late": 2, "manner": 1}
    assert [(one["id"], one["score"]) for one in plain["inspected"]] == [(2, 0.25), (1, 0.75)]


def test_a_customer_reads_of_his_own_alone(desk: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Counts, worst and scores: none is another's."""
    plain = json.loads(written(desk, capsys, "--format", "json", "--customer", "C1"))
    told = {one["name"]: one for one in plain["figures"]}
    assert [(one["about"], one["complaints"]) for one in plain["about"]] == [("manner", 1)]
    assert [one["number"] for one in plain["complaints"]] == [1]
    assert [one["number"] for one in plain["inspected"]] == [3]
    for name, value, n in (
        *(("complaints_received", 1, 1), ("praise_received", 1, 1)),
        *(("inspection_score", 0.75, 1), ("complaint_rate", 100, 1)),
    ):
        assert (told[name]["value"], told[name]["n"]) == (value, n), name
    page = written(desk, capsys, "--format", "md", "--customer", "C1")
    assert "too late" not in page


def test_an_answer_nobody_analysed_is_not_one_of_unknown_cause(
    desk: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two words: one is work that is still to do, the other is its result."""
    for words in (("not looked for yet", "not known yet"), ("尚未归因", "原因未明")):
        lang = () if words[0].isascii() else ("--lang", "zh_CN")
        page = written(desk, capsys, "--format", "md", *lang)
        for word in words:
            assert f"| {word} | 1 |" in page
        his = written(desk, capsys, "--format", "md", "--customer", "C1", *lang)
        assert words[0] in his
        assert words[1] not in his


def test_a_pack_keeps_them_as_they_were(desk: str) -> None:
    """Through JSON and back; one of an earlier program has none."""
    records, at = open_records(desk, feed=False), AT.replace(day=30)
    with records.asking(who=THE_DESK, at=at) as ask:
        pack = gathered(ask, AT.date().replace(day=1), against=None, zone="UTC")
    content: dict[str, Any] = json.loads(json.dumps(review_plain(pack)))
    days: dict[str, Any] = {"first": pack.first, "last": pack.first.replace(day=31), "zone": "UTC"}
    lists = records.ask(Review(**days), who=THE_DESK, at=at)
    records.close()
    told = voices_from(content)
    assert told["about"] == lists.about
    assert told["complaints"] == lists.complaints
    assert told["inspected"] == lists.inspected
    del content["about"]
    assert voices_from(content) == {}
