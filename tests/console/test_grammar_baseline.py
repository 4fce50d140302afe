"""`baseline freeze before 2026-09`: what is typed of the baseline, read and printed."""

from __future__ import annotations

from typing import Any

import pytest

from console.grammar.parse import parse
from console.grammar.printer import printed
from console.grammar.refusals import WrongWords
from tests.console.fake_desk import FakeDesk

AUGUST = {"first": "2026-08-01", "last": "2026-08-31"}
MEANT: tuple[tuple[str, dict[str, Any]], ...] = (
    ("baseline", {}),
    ("基准 2", {"which": 2}),
    ("baseline #2 2026-10", {"which": 2, "period": "2026-10"}),
    ("基准 上月", {"period": "last"}),
    ("baseline 2026-08-01 2026-08-09", {"period": "2026-08-01 2026-08-09"}),
    ("baseline use 3", {"deed": "use", "of": 3}),
    ("基准 启用 3", {"deed": "use", "of": 3}),
    ("baseline freeze before 2026-08", {"deed": "freeze", "name": "before", **AUGUST}),
    ("基准 冻结 改进 之前 2026-08", {"deed": "freeze", "name": "改进 之前", **AUGUST}),
    ('baseline freeze "2026-07" 2026-08-01 2026-08-31',
     {"deed": "freeze", "name": "2026-07", **AUGUST}),
)  # fmt: skip


@pytest.mark.parametrize("meant", MEANT, ids=lambda meant: meant[0])
def test_a_line_means_the_same_when_it_is_printed_and_read_again(
    meant: tuple[str, dict[str, Any]],
) -> None:
    """In both languages; only what changes the desk makes a command."""
    text, told = meant
    desk = FakeDesk()
    found = parse(text, desk)
    assert {name: found.told[name] for name in told} == told
    assert set(found.told) - set(told) <= {"zone"}
    assert (found.action.make is None) == ("deed" not in told)
    again = parse(printed(found, zone=desk.zone), desk)
    assert again.told == found.told


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("baseline freeze", "still to say"),
        ("baseline freeze before", "name days"),
        ("baseline freeze before soon", "name days"),
        ("baseline use", "number of a baseline"),
        ("baseline use two", "is no number"),
        ("baseline yesterday", "is no period"),
        ("baseline 2 ;why", "more than"),
    ],
)
def test_what_means_nothing_says_what_would(text: str, why: str) -> None:
    """With the column."""
    with pytest.raises(WrongWords) as refused:
        parse(text, FakeDesk())
    assert why in str(refused.value)
