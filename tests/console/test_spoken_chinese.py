"""Sentences about sets of orders as a Chinese reader sets them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from console import i18n
from console.actions import ACTIONS
from console.grammar.parse import Parsed
from console.grammar.spoken import SENTENCES, spoken
from tests.journeys.desk import MONDAY

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    i18n.use("zh")
    yield
    i18n.use("en")


TOLD = {
    "wake_at": MONDAY,
    "due_at": MONDAY,
    "until": MONDAY,
    "outcome": "done",
    "priority": 2,
    "duplicate_of": 7,
    "parent": 7,
    "other": 7,
    "every": 30,
    "technician": "T1",
    "deviation": "price 500",
    "takes": 5400,
    "crew": 2,
    "appointment": "2026-11-30T09:00+00:00",
}


@pytest.mark.parametrize("name", [name for name, said in SENTENCES.items() if "{orders}" in said])
def test_no_space_follows_a_full_width_bracket(name: str) -> None:
    """It brings half a sign of space itself; after a number there is one."""
    told = {key: value for key, value in TOLD.items() if f"{{{key}}}" in SENTENCES[name]}
    for orders in ((1, 2, 3), (1,)):
        parsed = Parsed(action=ACTIONS[name], orders=orders, told=told)
        said = spoken(parsed, {}, at=MONDAY, zone=None)
        assert "） " not in said
        if orders == (1,) and "#1 " in i18n._(SENTENCES[name]).replace("{orders}", "#1"):
            assert "#1 " in said
