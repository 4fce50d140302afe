"""What `paidan import` says of rows that it does not take: which line, and what would be right."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from console.cli import main
from tests.console.import_desk import mapped

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("plain_surroundings")

QUOTED = """\
id,what,opened
1,"lift stuck,2026-01-31 08:00
2,gate "A" jammed,2026-01-31 08:10
3,"lamp ""out""
in hall B",2026-01-31 08:20
"""
TITLED = (
    'zone = "UTC"\ndates = ["%Y-%m-%d %H:%M"]\n[columns]\n'
    'external_id = "id"\nopened_at = "opened"\n'
)


def _exported(url: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    capsys.readouterr()
    assert main(["--db", url, "export", "orders"]) == 0
    return capsys.readouterr().out.splitlines()


def test_an_open_quote_takes_no_good_row_with_it(
    tmp_path: Path, sqlite_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is told by its line with what would be right; the rows after it land as they are."""
    file = tmp_path / "a.csv"
    file.write_text(QUOTED, encoding="utf-8")
    file_map = mapped(tmp_path, TITLED + 'title = "what"\n')
    words = ["--db", sqlite_url, "import", str(file), "--map", str(file_map)]
    assert main(words) == 1
    told = " ".join(capsys.readouterr().out.split())
    assert "2 orders are new." in told
    assert (
        "1 x a quote opens here and is closed in another row: close it, or write"
        ' "" for one in a text (line 2)' in told
    )
    found = [json.loads(line) for line in _exported(sqlite_url, capsys)]
    titles = {line["external_id"]: line["title"] for line in found}
    assert titles == {"2": 'gate "A" jammed', "3": 'lamp "out" in hall B'}
    rejects = tmp_path / "a.csv.rejects.csv"
    mended = tmp_path / "mended.csv"
    mended.write_text(rejects.read_text("utf-8").replace('"""lift', "lift").replace('k",', "k,"))
    assert main([*words[:3], str(mended), *words[4:]]) == 0
    assert "1 order is new." in capsys.readouterr().out


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("count", [6, 7])
def test_reasons_that_are_not_shown_are_counted(
    tmp_path: Path, sqlite_url: str, capsys: pytest.CaptureFixture[str], language: str, count: int
) -> None:
    """In numbers that fit the words."""
    file, file_map = tmp_path / "a.csv", tmp_path / "a.toml"
    rows = (f"{n},lift,2026-01-31 08:00,{n + 5}\n" for n in range(count))
    file.write_text("id,what,opened,rank\n" + "".join(rows), "utf-8")
    file_map.write_text(f'{TITLED}title = "what"\npriority = "rank"\n', "utf-8")
    words = ["--db", sqlite_url, "--lang", language, "import", str(file), "--map", str(file_map)]
    assert main(words) == 1
    said = capsys.readouterr().out.splitlines()
    more = {6: "and 1 other reason", 7: "and 2 other reasons"}[count]
    assert f"  {more if language == 'en' else f'另有 {count - 5} 种原因'}" in said


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_no_order_comes_without_a_title(
    tmp_path: Path, sqlite_url: str, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    """The map has to say where it stands; a row that has none is told."""
    file = tmp_path / "a.csv"
    file.write_text("id,what,opened\n1,lift,2026-01-31 08:00\n2,,2026-01-31 08:10\n", "utf-8")
    words = ["--db", sqlite_url, "--lang", language, "import", str(file), "--map"]
    assert main([*words, str(mapped(tmp_path, TITLED))]) == 1
    said = {"en": "says no column for title", "zh_CN": "没有指明 title 的列"}
    assert said[language] in capsys.readouterr().err
    assert main([*words, str(mapped(tmp_path, TITLED + 'title = "what"\n')), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["landed"], list(told["lines"].values())) == (1, [[3]])
    own = tmp_path / "own.csv"
    own.write_text("external_id,opened_at\n7,2026-01-31T08:00Z\n", encoding="utf-8")
    assert main([*words[:5], str(own)]) == 1
    assert "title" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id,what,opened\n", "has a header but no rows"),
        (
            "Requests of March\n\nid,what,opened\n1,lift,2026-01-31 08:00\n",
            "has no row that fits its header (“Requests of March”): line 3 has 3 columns where",
        ),
        (
            "id,what\n1,lift,2026-01-31 08:00\n2,lamp,2026-01-31 08:00\n",
            "has no row that fits its header (“id,what”): line 2 has 3 columns where",
        ),
    ],
)
def test_a_file_whose_rows_do_not_fit_is_not_said_to_have_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    """But which line does not fit, and what would be right."""
    file = tmp_path / "a.csv"
    file.write_text(text, encoding="utf-8")
    assert main(["import", "--suggest", str(file)]) == 1
    assert said in capsys.readouterr().err
