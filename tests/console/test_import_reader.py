"""Bytes to rows: every usual packing and alphabet, and a sentence for what is no table."""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import os
import random
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.intake import packing, reader
from console.intake.reader import examine
from console.intake.troubles import FileRefused
from tests.budget import tries

if TYPE_CHECKING:
    from pathlib import Path

CHINESE = "工单号,标题\nGD1,电梯异响\nGD2,水管漏水\nGD3,空调不制冷\n"


def written(path: Path, data: bytes | str) -> Path:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def cells(path: Path, **given_: str) -> list[list[str]]:
    return [row.cells for row in examine(path, **given_).rows() if row.wrong is None]


def faults(path: Path) -> list[tuple[int, str]]:
    return [(row.line, row.wrong.text) for row in examine(path).rows() if row.wrong is not None]


@pytest.mark.parametrize(
    "data",
    [
        CHINESE.encode(),
        CHINESE.encode("utf-8-sig"),
        CHINESE.encode("utf-16"),
        CHINESE.encode("utf-16-le"),
        CHINESE.encode("utf-16-be"),
        CHINESE.encode("gb18030"),
    ],
    ids=["utf-8", "bom", "utf-16", "utf-16-le", "utf-16-be", "gb18030"],
)
def test_the_alphabet_is_told_from_the_bytes(tmp_path: Path, data: bytes) -> None:
    """Spreadsheets in China write gb18030, Windows writes marks, and nobody says so."""
    table = examine(written(tmp_path / "a.csv", data))
    assert table.header == ("工单号", "标题")
    assert next(row.cells for row in table.rows()) == ["GD1", "电梯异响"]


def test_western_accents_are_not_taken_for_chinese(tmp_path: Path) -> None:
    """Single high bytes between letters are no hanzi."""
    path = written(tmp_path / "a.csv", "id,name\n1,café münchen\n2,señor\n".encode("cp1252"))
    assert cells(path) == [["1", "café münchen"], ["2", "señor"]]


def test_one_stray_byte_costs_one_row(tmp_path: Path) -> None:
    """A file of thousands of good rows is not thrown away, nor read in a wrong alphabet."""
    rows = [f"{n},电梯{n}".encode() for n in range(50)]
    rows[20] = b"20,\xff broken"
    path = written(tmp_path / "a.csv", "id,标题\n".encode() + b"\n".join(rows))
    assert faults(path) == [(22, "holds bytes that are not of the file's encoding")]
    assert len(cells(path)) == 49


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path: Path, mark: str) -> None:
    """Also where texts hold other marks."""
    path = written(tmp_path / "a.csv", f"id{mark}when{mark}what\n1{mark}now{mark}a.b-c d\n")
    assert cells(path) == [["1", "now", "a.b-c d"]]


def test_gzip_and_zip_are_opened(tmp_path: Path) -> None:
    """The same rows from every packing."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("__MACOSX/._a.csv", b"litter")
        archive.writestr("folder/a.csv", CHINESE)
        archive.writestr("readme.md", "no table")
    plain = written(tmp_path / "a.csv", CHINESE)
    assert cells(written(tmp_path / "a.csv.gz", gzip.compress(CHINESE.encode()))) == cells(plain)
    assert cells(written(tmp_path / "a.zip", packed.getvalue())) == cells(plain)


def test_json_lines_are_read_by_their_keys(tmp_path: Path) -> None:
    """Numbers, truths and nothing become texts as a CSV would have them."""
    lines = [{"id": 1, "ok": True, "x": None}, {"id": "2", "ok": 1.5, "x": [1]}, 7]
    path = written(tmp_path / "a.jsonl", "\n".join(map(json.dumps, lines)) + "\n{oops\n")
    assert cells(path) == [["1", "true", ""], ["2", "1.5", "[1]"]]
    assert faults(path) == [(3, "is not a JSON object"), (4, "is not JSON")]


def test_bad_rows_are_told_by_line(tmp_path: Path) -> None:
    """Blank lines are none; a break inside quotes is part of its row."""
    text = 'id,what\n1,"a\nb"\n\n2\n3,c,d\n4,e\n'
    path = written(tmp_path / "a.csv", text)
    assert cells(path) == [["1", "a\nb"], ["4", "e"]]
    assert faults(path) == [
        (5, "has 1 columns where the header has 2; those that say nothing stay empty"),
        (6, "has 3 columns where the header has 2; put a text that holds “,” in quotes"),
    ]


def _zip_of(names: list[str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, "id,what\n1,a\n")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.csv", b"", "a.csv is empty"),
        ("a.csv", b"\n\n  \n", "a.csv has no line of text"),
        ("a.csv.gz", gzip.compress(b""), "a.csv.gz is empty"),
        (
            "a.csv.gz",
            gzip.compress(os.urandom(9_000))[:-2_000],
            "a.csv.gz is damaged or ends in the middle; nothing of it was taken",
        ),
        (
            "a.zip",
            _zip_of(["a.csv", "b.csv"]),
            "a.zip holds several tables (a.csv, b.csv); name one with --member",
        ),
        ("a.zip", _zip_of(["a.png"]), "a.zip holds no CSV or JSON lines"),
        ("a.zip", _zip_of(["a.csv"])[:-30], "a.zip is a damaged zip"),
        (
            "a.xlsx",
            _zip_of(["[Content_Types].xml", "xl/a.xml"]),
            "a.xlsx is a spreadsheet; save it as CSV first",
        ),
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "a.png is not a text file"),
    ],
    ids=lambda value: value if isinstance(value, str) else "data",  # what is packed holds the time
)
def test_what_is_no_table_is_refused_in_one_sentence(
    tmp_path: Path, name: str, data: bytes, sentence: str
) -> None:
    """Before anything is written anywhere."""
    with pytest.raises(FileRefused) as refused:
        examine(written(tmp_path / name, data))
    assert refused.value.text == sentence


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    """As they come from a slip of the hand."""
    with pytest.raises(FileRefused, match="is a folder, not a file"):
        examine(tmp_path)
    with pytest.raises(FileRefused, match="no such file"):
        examine(tmp_path / "nowhere.csv")


def test_a_bomb_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Kilobytes that unpack to gigabytes are no table."""
    monkeypatch.setattr(packing, "BOMB_BYTES", 1 << 20)
    path = written(tmp_path / "a.csv.gz", gzip.compress(b"a,b\n" * (1 << 20)))
    with pytest.raises(FileRefused, match="unpacks to more than a table would"):
        examine(path)


def test_a_line_without_end_is_no_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would have to be held in memory whole."""
    monkeypatch.setattr(reader, "LONGEST_LINE", 1 << 19)
    with pytest.raises(FileRefused, match="it is no table"):
        examine(written(tmp_path / "a.csv", "a,b\n" + "x" * (1 << 21)))


def _nasty() -> st.SearchStrategy[bytes]:
    parts = st.sampled_from(
        [
            *(b",", b'"', b"\n", b"\r\n", b"\r", b";", b"\t", b"{", b"}", b'{"id":1}', b"\x00"),
            *(b"\xff", "电梯".encode(), "电梯".encode("gb18030"), b"\xef\xbb\xbf", b"id,what"),
            *(b"1", b" "),
        ]
    )
    return st.one_of(st.binary(max_size=300), st.lists(parts, max_size=60).map(b"".join))


@settings(max_examples=tries(60, 300), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=_nasty(), packed=st.booleans())
def test_no_file_whatsoever_breaks_the_reader(tmp_path: Path, data: bytes, packed: bool) -> None:
    """Every file gives rows, each with a line and cells or a fault, or is refused in a sentence."""
    path = written(tmp_path / "fuzz", gzip.compress(data) if packed else data)
    try:
        table = examine(path)
        rows = list(table.rows())
    except FileRefused:
        return
    for row in rows:
        assert row.wrong is not None or len(row.cells) == len(table.header)
    assert [row.line for row in rows] == sorted(row.line for row in rows)


def test_damage_anywhere_in_a_packed_file_is_a_sentence(tmp_path: Path) -> None:
    """Flipped bytes in gzip and zip, at places that a seed chooses."""
    dice = random.Random(7)
    text = "id,what\n" + "".join(f"{n},{dice.random()}\n" for n in range(400))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", text)
    for whole in (gzip.compress(text.encode()), packed.getvalue()):
        for _ in range(60):
            data = bytearray(whole)
            data[dice.randrange(len(data))] ^= dice.randrange(1, 256)
            with contextlib.suppress(FileRefused):
                list(examine(written(tmp_path / "fuzz", bytes(data))).rows())


def test_an_object_nested_without_end_costs_its_own_row(tmp_path: Path) -> None:
    """In the first lines, which are looked at for the columns, and further down."""
    deep = '{"a": ' + "[" * 50_000 + "]" * 50_000 + "}\n"
    file = written(tmp_path / "deep.jsonl", '{"a": "1"}\n' + deep + '{"a": "2"}\n' + deep)
    assert cells(file) == [["1"], ["2"]]
    assert faults(file) == [(2, "is not JSON"), (4, "is not JSON")]
