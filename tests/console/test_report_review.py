"""`paidan report review`: the pack of a month, the desk's and one customer's, put there whole."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from io import StringIO
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from console.cli import main
from console.new_file import write_whole
from console.picture_months import months
from console.report_review import sections
from store.domain.errors import BadInput
from store.domain.kpi.cohorts import BY_CLOSING, BY_OPENING, of_which
from store.domain.kpi.table import KPIS
from store.queries.review import ReviewLists, RevisitSums
from store.reviewing import STEPS, Pack
from tests.console.two_customers import HOSTILE, two_customers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Two customers, each with an order that is open and late, and one that was done."""
    return two_customers(tmp_path_factory.mktemp("review"))


@pytest.fixture
def said(desk: str, capsys: pytest.CaptureFixture[str]) -> Any:
    """What the command prints of March."""

    def asked(*more: str) -> str:
        words = ["report", "review", "--db", desk, "--month", "2026-03", "--zone", "UTC"]
        assert main([*words, *more]) == 0
        return capsys.readouterr().out

    return asked


class Words(HTMLParser):
    """A browser's view: tags that it knows, and the words between."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags, self.words = set[str](), list[str]()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_a_review_says_the_same_figures_as_kpi(
    said: Any, desk: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever month it is made in; the month before beside them."""
    pack = json.loads(said("--format", "json"))
    days = ["--from", "2026-03-01", "--to", "2026-03-31", "--zone", "UTC", "--json"]
    assert main(["kpi", "--db", desk, *days]) == 0
    kpi = {row["name"]: row for row in json.loads(capsys.readouterr().out)}
    assert pack["figures"]
    for figure in pack["figures"]:
        assert (figure["value"], figure["n"]) == tuple(
            kpi[figure["name"]][k] for k in ("value", "n")
        )
    told = {figure["name"]: figure for figure in pack["figures"]}
    assert (told["orders_opened"]["value"], told["orders_opened"]["before"]) == (4, 0)
    assert (told["csat"]["value"], told["csat"]["n"], told["csat"]["before"]) == (0.5, 2, None)


def test_what_makes_months_unlike_is_said(said: Any) -> None:
    """Season, crew and kinds, beside the change; a share's change has its interval."""
    page = said("--format", "md", "--against", "2026-02")
    page = page.replace("\\", "")
    assert "2026-02 is another season than 2026-03" in page
    assert "Fair beside it is 2025-03." in page
    same = said("--format", "md", "--against", "2025-03")
    assert "another season" not in same
    spring = said("--format", "md", "--against", "2026-04")
    assert "another season" not in spring
    pack = json.loads(said("--format", "json", "--against", "2025-03"))
    assert pack["against"] == "2025-03"


def test_a_customer_reads_of_nobody_else(said: Any) -> None:
    """No name, title or number of another; nothing of how the desk itself does."""
    for form in ("md", "html", "json", "text"):
        whole, his = said("--format", form), said("--format", form, "--customer", "C1")
        for word in ("secret boiler", "Secret Hotel"):
            assert (word in whole) or form == "json"
            assert word not in his
        assert "secret" not in his
    pack = json.loads(said("--format", "json", "--customer", "C1"))
    told = {figure["name"]: figure["n"] for figure in pack["figures"]}
    assert told["orders_opened"] == 2
    assert not told.keys() & {"utilisation", "renewal_rate"}
    assert [line["number"] for line in pack["worst"]] == [1]


def test_words_from_outside_stay_words(said: Any) -> None:
    """In a browser and in Markdown; the page fetches nothing and prints."""
    page = said("--format", "html")
    seen = Words(page)
    assert any(HOSTILE in word for word in seen.words)
    assert not seen.tags & {"script", "a", "img", "link"}
    assert {"svg", "rect", "table"} <= seen.tags
    assert "@media print" in page
    assert "http://z" not in page.replace("[y](http://z)", "")
    assert "&lt;script&gt;alert(1)" in said("--format", "md")


def test_it_says_of_which_orders_each_figure_is(said: Any) -> None:
    """In words, for the meeting: closed, opened or open, and that the cancelled are in none."""
    page = said("--format", "text")
    told = page[page.index("What the figures say") :]
    assert "Cancelled orders and duplicates count nowhere" in " ".join(told.split())
    for which in (
        "opened in the period",
        "closed in the period",
        "not closed at the end of the period",
    ):
        assert which in told
    assert {of_which(spec.way) for spec in KPIS.values()} >= {BY_CLOSING, BY_OPENING}
    rows = {
        row.split("|")[1].strip(): row for row in said("--format", "md").splitlines() if "|" in row
    }
    assert "closed in the period" in rows["resolved, median"]
    assert "whose survey fell due" in rows["content"]


class Watched(StringIO):
    """A terminal that keeps what it is shown."""

    def isatty(self) -> bool:
        return True


def test_who_watches_sees_how_far_it_is(
    desk: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal alone: a bar that grows over itself, each step by its name, and is gone."""
    seen = Watched()
    monkeypatch.setattr("sys.stderr", seen)
    words = ["report", "review", "--db", desk, "--month", "2026-03", "--format", "xlsx"]
    assert main([*words, "--out", str(tmp_path / "a.xlsx")]) == 0
    bars = [line.split("\x1b[K")[0] for line in seen.getvalue().split("\r") if "[" in line[:1]]
    assert [bar.split("] ")[1] for bar in bars] == [
        f"{place} of {len(STEPS)}: {what}" for place, what in enumerate(STEPS, 1)
    ]
    filled = [bar.count("#") for bar in bars]
    assert filled == sorted(filled)
    assert filled[0] == 0
    assert "\r\x1b[Kpaidan: written to" in seen.getvalue()
    monkeypatch.setattr("sys.stderr", quiet := StringIO())
    assert main([*words, "--out", str(tmp_path / "b.xlsx")]) == 0
    assert "[" not in quiet.getvalue()


def test_it_is_read_in_the_readers_language(said: Any) -> None:
    """Headings, figures and their definitions."""
    page = said("--format", "md", "--lang", "zh_CN")
    assert "# 服务复盘 2026-03" in page
    assert "未兑现的承诺" in page
    assert "Promises" not in page


def test_a_file_is_there_whole_or_not_at_all(
    said: Any, desk: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One that was cut off in the middle is made again, the same; what is there is not touched."""
    out = tmp_path / "review.md"

    def cut_off() -> Iterator[str]:
        yield "# Service review"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_whole(out, cut_off())
    assert not out.exists()
    said("--format", "md", "--out", str(out))
    assert out.read_text(encoding="utf-8") == said("--format", "md")
    assert [path.name for path in tmp_path.iterdir()] == ["review.md"]
    with pytest.raises(BadInput):
        write_whole(out, ["else"])
    words = ["report", "review", "--db", desk, "--month", "2026-03", "--out", str(out)]
    assert main(words) == 1
    assert "is there" in capsys.readouterr().err


def test_what_is_no_month_or_customer_is_refused(
    desk: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a sentence."""
    for month in ("2026-13", "0001-01", "9999-12"):
        assert main(["report", "review", "--db", desk, "--month", month]) == 2
        assert "name a month such as 2026-10" in capsys.readouterr().err
    words = ["report", "review", "--db", desk, "--month", "2026-03"]
    assert main([*words, "--customer", "C9"]) == 1
    assert "C9" in capsys.readouterr().err


def test_an_empty_name_never_widens_what_is_told(
    desk: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a script has left empty would send one customer the orders of all."""
    review = ["report", "review", "--db", desk, "--month", "2026-03"]
    figures = ["kpi", "--db", desk, "--from", "2026-03-01", "--to", "2026-03-31"]
    for words, names in ((review, ("customer",)), (figures, ("customer", "site", "person"))):
        for name in names:
            assert main([*words, f"--{name}", ""]) == 2
            told = capsys.readouterr()
            assert told.out == ""
            assert "the name is empty; leave it out, or name one" in told.err


def test_a_month_without_a_value_has_no_bar() -> None:
    """And what is below nought hangs down."""
    drawn = months("a <b>", [("2026-01", None, "–"), ("2026-02", -2.0, "-2"), ("2026-03", 4, "4")])
    assert drawn.count("<rect") == 2
    assert "a &lt;b&gt;" in drawn
    assert months("none", [("2026-01", None, "–")]) == ""


def test_a_month_is_over_where_its_days_begin() -> None:
    """November is over in Shanghai while it goes on in London; October goes on in New York."""
    lists = ReviewLists(
        worst=(),
        promises=(),
        causes=(),
        revisits=RevisitSums(planned=0, held=0, missed=0, refused=0),
    )
    for month, at, zone, over in (
        (11, datetime(2026, 11, 30, 20, tzinfo=UTC), "Asia/Shanghai", True),
        (10, datetime(2026, 11, 1, 2, tzinfo=UTC), "America/New_York", False),
    ):
        pack = Pack(
            first=date(2026, month, 1), against=date(2026, month - 1, 1), zone=zone, customer="",
            now={}, before={}, kinds=({}, {}), crew=({}, {}), year={}, lists=lists, plan=(),
            owed=False,
        )  # fmt: skip
        said = sections(pack, at=at, zone=ZoneInfo(zone))[0].said
        assert any("so far" in line for line in said) is not over
