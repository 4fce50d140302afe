"""The colours change while one works, and stay for the next start."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

from console.themes import DAY
from console.themes_more import CONTRAST
from tests.journeys.desk import at_the_console

if TYPE_CHECKING:
    from pathlib import Path

    from store.records import Records

pytestmark = pytest.mark.journey


@pytest.mark.parametrize(
    ("language", "said", "word"),
    [("en", ("light", "high contrast"), "theme"), ("zh_CN", ("浅色", "高对比度"), "配色")],
)
async def test_a_key_or_a_word_changes_the_colours(
    records: Records, language: str, said: tuple[str, str], word: str, tmp_path: Path
) -> None:
    """And the file remembers them."""
    file = tmp_path / "config.toml"
    async with at_the_console(records, language=language, config_file=file, colours="256") as ana:
        await ana.press("number_sign")
        await ana.sees(said[0])
        assert ana.desk.theme == DAY.name
        await ana.press("colon")
        await ana.types(word)
        await ana.sees(said[1])
        assert ana.desk.theme == CONTRAST.name
        await ana.desk.workers.wait_for_complete()
    assert tomllib.loads(file.read_text(encoding="utf-8")) == {"desk": {"theme": "contrast"}}


async def test_what_cannot_be_kept_is_said(records: Records, tmp_path: Path) -> None:
    """The colours change all the same."""
    file = tmp_path / "config.toml"
    file.write_text("[desk\n", encoding="utf-8")
    async with at_the_console(records, config_file=file, colours="256") as ana:
        await ana.press("number_sign")
        await ana.sees("colours: light; not kept")
        assert ana.desk.theme == DAY.name
