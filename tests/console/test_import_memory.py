"""What an import remembers does not grow with what a stranger wrote into the cells."""

from __future__ import annotations

import json
import tracemalloc
from typing import TYPE_CHECKING

import pytest

from console.intake.columns import SHORT, remembered
from console.intake.mapping import Mapper, fitted, own_map
from console.intake.reader import examine
from console.intake.troubles import RowRefused

if TYPE_CHECKING:
    from pathlib import Path

ROWS, LONG = 300, 100_000


def test_long_cells_are_not_kept(tmp_path: Path) -> None:
    """Some thousands of them, of up to eight megabytes each, once filled the memory."""
    file = tmp_path / "a.jsonl"
    with file.open("w", encoding="utf-8") as stream:
        for n in range(ROWS):
            told = {"external_id": f"M{n}", "title": "t", "opened_at": "2026-01-05T08:00:00Z"}
            stream.write(json.dumps({**told, "description": f"{n} {'x' * LONG}"}) + "\n")
    table = examine(file)
    found = own_map(table)
    assert found is not None
    table = fitted(found, table)
    mapper = Mapper(found, table.header)
    tracemalloc.start()
    for row in table.rows():
        with pytest.raises(RowRefused, match="description is longer than 16000 characters"):
            mapper.read(row)
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 20 * LONG


def test_short_texts_are_worked_out_once_while_there_are_few() -> None:
    """Places and people come back in row after row; refusals and long texts are read anew."""
    asked: list[str] = []

    def read(text: str) -> str:
        asked.append(text)
        return text.upper()

    said = remembered(read, most=2)
    long = "x" * (SHORT + 1)
    assert [said(text) for text in ("a", "b", "a", long, long)] == [
        "A",
        "B",
        "A",
        *[long.upper()] * 2,
    ]
    assert asked == ["a", "b", long, long]
    assert [said(text) for text in ("c", "a")] == ["C", "A"]
    assert asked[4:] == ["c", "a"]
