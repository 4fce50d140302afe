"""Drafted maps: read over by a person, but good enough to be used as they are."""

from __future__ import annotations

import csv
import random
import re
import tomllib
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.intake import maps
from console.intake.guess_dates import guess
from console.intake.guess_words import priority_of, state_of
from console.intake.mapping import Mapper, Picture, fitted
from console.intake.reader import examine
from console.intake.suggest import suggest
from console.intake.troubles import FileRefused, RowRefused
from store.domain.lifecycle import State
from tests.bench.on_time import FILE

if TYPE_CHECKING:
    from pathlib import Path

REAL = pytest.mark.skipif(not FILE.exists(), reason="the real data is not beside the tree")
HEADER = ["工单号", "报修时间", "标题", "地点", "客户", "优先级", "状态", "截止时间"]


def drafted(path: Path) -> maps.FileMap:
    return maps.parse(suggest(examine(path)), name="draft")


def pictures(path: Path, file_map: maps.FileMap) -> tuple[list[Picture], list[str]]:
    """What the rows give by a map, and why the others give nothing."""
    table = fitted(file_map, examine(path, encoding=file_map.encoding))
    mapper = Mapper(file_map, table.header)
    good, bad = [], []
    for row in table.rows():
        try:
            good.append(mapper.read(row))
        except RowRefused as refused:
            bad.append(refused.text)
    return good, bad


def written(path: Path, header: list[str], rows: list[list[str]], encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        writer.writerows(rows)
    return path


def chinese(count: int) -> list[list[str]]:
    """A property manager's list of repairs."""
    dice = random.Random(5)
    made = []
    for n in range(count):
        at = datetime(2026, 3, 1, 8) + timedelta(minutes=37 * n)  # noqa: DTZ001  local times
        made.append(
            [
                f"GD2026{n:05}",
                f"{at:%Y/%m/%d %H:%M}",
                dice.choice(["电梯异响", "水管漏水", "灯不亮", "空调不制冷"]),
                f"{dice.choice('ABCD')}座",
                dice.choice(["华联物业", "万科", "李女士"]),
                dice.choice(["紧急", "高", "一般", "低"]),
                dice.choice(["待派单", "处理中", "已完成", "已关闭", "挂起"]),
                f"{at + timedelta(hours=8):%Y/%m/%d %H:%M}",
            ]
        )
    return made


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_a_chinese_list_of_repairs_is_understood(tmp_path: Path, encoding: str) -> None:
    """Headers, states, priorities and times, in each alphabet that spreadsheets write."""
    path = written(tmp_path / "报修.csv", HEADER, chinese(120), encoding)
    made = drafted(path)
    assert {name: column.names[0] for name, column in made.columns.items()} == {
        "external_id": "工单号",
        "opened_at": "报修时间",
        "title": "标题",
        "site": "地点",
        "customer": "客户",
        "priority": "优先级",
        "state": "状态",
        "due_at": "截止时间",
    }
    assert (made.mode, made.zone, made.dates) == ("orders", "Asia/Shanghai", ("%Y/%m/%d %H:%M",))
    good, bad = pictures(path, made)
    assert (len(good), bad) == (120, [])
    assert {p.priority for p in good} == {1, 2, 3, 4}
    assert {p.state for p in good} == {
        State.NEW, State.ACCEPTED, State.DONE, State.CLOSED, State.WAITING,
    }  # fmt: skip
    assert all(p.text("technician") for p in good if p.state is State.ACCEPTED)


@REAL
def test_the_requests_of_2015_are_understood() -> None:
    """As the shipped map has them, but for what only a person can decide."""
    made, ours = drafted(FILE), maps.load("boston311")
    for name in ("external_id", "title", "kind", "state", "opened_at", "due_at", "closed_at"):
        assert made.columns[name] == ours.columns[name]
    assert (made.mode, made.values["state"]) == ("orders", ours.values["state"])
    assert (made.values["latitude"], made.values["longitude"]) == (
        ours.values["latitude"],
        ours.values["longitude"],
    )
    good, bad = pictures(FILE, made)
    assert (len(good), bad) == (26_788, [])


@REAL
@pytest.mark.slow
def test_the_incidents_are_understood_as_events() -> None:
    """Their ids come back, and a time changes with each row."""
    path = FILE.with_name("incident_event_log.zip")
    made, ours = drafted(path), maps.load("uci-incidents")
    for name in ("external_id", "state", "priority", "opened_at", "event_at", "technician"):
        assert made.columns[name] == ours.columns[name]
    assert (made.mode, made.dates, made.unknown) == ("events", ours.dates, ours.unknown)
    assert made.values["state"] == ours.values["state"]
    assert made.values["priority"] == ours.values["priority"]


@pytest.mark.parametrize(
    ("texts", "formats", "remark"),
    [
        (["13/02/2026 08:00", "01/03/2026 09:00"], ("%d/%m/%Y %H:%M",), "the first number goes"),
        (["02/13/2026", "03/01/2026"], ("%m/%d/%Y",), "the second number goes"),
        (
            ["12/01/2026", "01/02/2026", "05/02/2026"],
            ("%d/%m/%Y",),
            "the rows are in order of time",
        ),
        (["01/02/2026", "01/03/2026", "01/04/2026"], ("%d/%m/%Y",), "CHECK: nothing in the file"),
        (
            ["02/01/2026", "02/02/2026", "02/03/2026", "03/01/2026"],
            ("%m/%d/%Y",),
            "in order of time",
        ),
        (["2026-03-01 08:00:00", "2026-03-02 08:00:00"], ("%Y-%m-%d %H:%M:%S",), ""),
        (["2026年3月1日 8时30分"], ("%Y年%m月%d日 %H时%M分",), ""),
        (["2026-03-01 08:00", "2026/03/02 09:00"], ("%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M"), ""),
        (["2026-03-01T08:00:00Z", "2026-03-01T08:00:00+08:00"], ("iso",), ""),
        (["1772323200", "1772323260"], ("epoch_s",), ""),
        (["1772323200000"], ("epoch_ms",), ""),
        (["46082.354", "46083"], ("excel",), ""),
        (["20260301", "20260228"], ("%Y%m%d",), ""),
    ],
)
def test_the_format_of_times_is_told_from_the_times(
    texts: list[str], formats: tuple[str, ...], remark: str
) -> None:
    """Day and month by what the column itself proves, and by a warning where it proves nothing."""
    found = guess(texts, named_as_time=True)
    assert found is not None
    assert found.formats == formats
    assert remark in found.remark


def test_plain_numbers_are_no_times_unless_the_header_says_so() -> None:
    """Postcodes and ids are numbers, too."""
    assert guess(["46082", "46083"], named_as_time=False) is None
    assert guess(["lift", "door"], named_as_time=True) is None


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("Work in Progress", "accepted"), ("On Hold", "waiting"), ("Awaiting Vendor", "waiting"),
        ("Closed - No Action", "closed"), ("Resolved", "done"), ("Cancelled", "cancelled"),
        ("Open", "new"), ("已完成", "done"), ("待派单", "new"), ("处理中", "accepted"),
        ("已派单", "assigned"), ("已取消", "cancelled"), ("-100", None), ("", None),
    ],
)  # fmt: skip
def test_states_are_known_by_their_words(word: str, state: str | None) -> None:
    """In both languages; what is not known is not guessed."""
    assert state_of(word) == state


@pytest.mark.parametrize(
    ("word", "priority"),
    [("1 - Critical", 1), ("P2", 2), ("5", 4), ("紧急", 1), ("一般", 3), ("Low", 4), ("x", None)],
)
def test_priorities_are_known_by_number_or_word(word: str, priority: int | None) -> None:
    """A fifth level is one with the fourth."""
    assert priority_of(word) == priority


def test_a_file_without_rows_or_times_says_so(tmp_path: Path) -> None:
    """A draft that cannot be used says where to begin."""
    with pytest.raises(FileRefused, match="has a header but no rows"):
        suggest(examine(written(tmp_path / "a.csv", ["id", "what"], [])))
    text = suggest(examine(written(tmp_path / "b.csv", ["id", "what"], [["1", "lift"]])))
    assert "no column of times was found" in text


def test_a_title_is_found_though_no_column_is_called_so(tmp_path: Path) -> None:
    """What tells orders apart, marked to be checked; else the draft says what is missing."""
    rows = [[f"A{n}", f"lift {n} stuck", "north", f"2026-03-{n:02} 09:00"] for n in range(1, 9)]
    text = suggest(examine(written(tmp_path / "a.csv", ["id", "故障", "side", "opened"], rows)))
    assert tomllib.loads(text)["columns"]["title"] == "故障"
    assert "no column is called like a title" in text
    assert not re.search("Not used: .*故障", text)
    bare = [[row[0], row[3]] for row in rows]
    text = suggest(examine(written(tmp_path / "b.csv", ["id", "opened"], bare)))
    assert "title" not in tomllib.loads(text)["columns"]
    assert "no column says what an order is about" in text


_CELL = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0"), max_size=12)


@given(
    st.lists(_CELL, min_size=1, max_size=6).flatmap(
        lambda header: st.tuples(
            st.just(header),
            st.lists(st.lists(_CELL, min_size=len(header), max_size=len(header)), max_size=8),
        )
    )
)
def test_a_draft_is_always_toml(
    tmp_path_factory: pytest.TempPathFactory, table: tuple[list[str], list[list[str]]]
) -> None:
    """Whatever a file calls its columns and whatever it holds."""
    path = written(tmp_path_factory.mktemp("draft") / "a.csv", *table)
    try:
        text = suggest(examine(path))
    except FileRefused:
        return
    tomllib.loads(text)


def test_an_id_with_a_blank_is_still_the_id(tmp_path: Path) -> None:
    """A column named 工单号 is one; only its blank row goes, and the text is the title."""
    rows = [
        [f"GD{n:03}", f"2026/03/{n:02} 09:00", f"{n} 号楼电梯异响", "李女士", "未派"]
        for n in range(1, 21)
    ]
    rows[6][0] = ""
    header = ["工单号", "报修时间", "故障描述", "报障人", "状态"]
    path = written(tmp_path / "blank.csv", header, rows)
    good, bad = pictures(path, drafted(path))
    assert [picture.external_id for picture in good[:2]] == ["GD001", "GD002"]
    assert good[0].texts["title"] == "1 号楼电梯异响"
    assert good[0].texts["customer"] == "李女士"
    assert {picture.state for picture in good} == {State.NEW}
    assert (len(good), bad) == (19, ["has no id"])
