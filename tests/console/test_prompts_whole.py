"""Whatever a prompt asks can be read to its end on a narrow screen, in both languages."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from console import i18n
from console.actions_kinds import Kind
from console.asked import label
from console.errand import Errand
from console.i18n import _
from console.panes.offer import Offer
from tests.console.every_question import every_question

if TYPE_CHECKING:
    from collections.abc import Iterator

AT = datetime(2026, 9, 21, 9, 0, tzinfo=UTC)
WRITTEN = 20
"""Cells that are left to write in."""
CHOSEN = frozenset({Kind.TECHNICIAN, Kind.MEMBER})
"""Kinds of which the choices stand above, and not the question."""


@pytest.fixture(params=["en", "zh_CN"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """Of the sentences."""
    i18n.use(request.param)
    yield request.param
    i18n.use("en")


@pytest.mark.usefixtures("language")
@pytest.mark.parametrize("cells", [80, 120])
def test_a_question_is_on_the_line_whole_or_above_it(cells: int) -> None:
    """What has no room beside the answer stands above, where rows are broken and not cut."""
    seen = 0
    for action, question in every_question():
        errand = Errand(action=action, line=None, questions=[question], number=1_234_567)
        offer = Offer()
        offer.fit(errand, errand.text, ())
        said = label(errand, cells)
        rows = offer.rows(cells, 24, at=AT, zone=UTC)
        above = "\n".join("".join(text for text, _tone in row) for row in rows)
        where = (action.id, _(action.label), question.name)
        assert cell_len(said) <= min(0.7 * cells, cells - WRITTEN), where
        if question.kind not in CHOSEN:
            assert _(question.label) in f"{said}\n{above}", where
        seen += 1
    assert seen > 100, "the walk has lost the boards"
