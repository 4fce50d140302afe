"""The store hears of a sample desk that is being built, however slow the machine is."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from console.demo.build import make_desk
from console.demo.lives import Lives
from store.records import open_records
from tests.journeys.desk import MONDAY

if TYPE_CHECKING:
    import pytest


def test_a_few_lives_are_thought_of_between_two_statements(
    store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL ends a write of which it has heard nothing for ten seconds."""
    most = thought = 0
    past = Lives.past

    def counted(lives: Lives, asked: Any) -> Any:
        nonlocal thought
        thought += 1
        return past(lives, asked)

    def heard(*_of: object) -> None:
        nonlocal most, thought
        most, thought = max(most, thought), 0

    monkeypatch.setattr(Lives, "past", counted)
    with closing(open_records(store_url, feed=False)) as records:
        event.listen(Engine, "before_cursor_execute", heard)
        try:
            make_desk(records, at=MONDAY)
        finally:
            event.remove(Engine, "before_cursor_execute", heard)
    assert 0 < most <= 101
