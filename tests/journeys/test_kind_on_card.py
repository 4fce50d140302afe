"""Which kind of work an order is stands on its card, by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.commands import NewOrder
from store.commands.kinds import SaveKind
from tests.journeys.desk import ANA, MONDAY, at_the_console

if TYPE_CHECKING:
    from store.records import Records


@pytest.mark.parametrize(
    ("language", "said"), [("en", "kind of work: Lifts"), ("zh_CN", "工作类别：Lifts")]
)
async def test_the_card_names_the_kind_of_work(records: Records, language: str, said: str) -> None:
    """And writes one that has no name as it was written."""
    records.do(SaveKind(code="lft", name="Lifts"), who=ANA, at=MONDAY)
    for kind in ("LFT", "odd jobs"):
        asked = NewOrder(title=f"About {kind}", kind=kind, priority=1)
        records.do(asked, who=ANA, at=MONDAY)
    async with at_the_console(records, language=language, size=(120, 40)) as ana:
        for title, shown in (("About LFT", said), ("About odd jobs", "odd jobs")):
            await ana.press("slash")
            await ana.types(f'"{title}"')
            await ana.sees(title)
            await ana.press("enter")
            await ana.sees(shown)
            await ana.press("escape", "escape")
