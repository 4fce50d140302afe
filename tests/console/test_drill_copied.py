"""The copy of one's own desk that a drill is played on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from console.drill.copies import copy_store
from console.drill.start import crew_of, hurry
from store.commands.orders import NewOrder
from store.domain.errors import BadInput
from store.queries.doctor import ExamineDesk
from store.queries.lists import StreamOrders
from store.records import open_records
from tests.console.drilled import AT, ME, SPEED

if TYPE_CHECKING:
    from pathlib import Path


pytestmark = pytest.mark.usefixtures("plain_surroundings")


def test_a_desk_that_never_had_a_call_is_not_copied(
    postgres_url: str, sqlite_url: str, tmp_path: Path
) -> None:
    """There would be nothing to draw from; it is said what to do."""
    for url in (postgres_url, sqlite_url):
        open_records(url, feed=False).close()
        with pytest.raises(BadInput) as refused:
            copy_store(url, tmp_path / "x.db", at=AT)
        assert "never had a call" in refused.value.text
    assert not (tmp_path / "x.db").exists()


def test_a_desk_on_postgresql_is_copied_too_and_only_read(
    postgres_url: str, tmp_path: Path
) -> None:
    """Into a file of its own, on which a drill is played; the desk goes on as it is."""
    own = open_records(postgres_url, feed=False)
    for title in ("pump leaks", "lift stuck"):
        own.do(NewOrder(title=title), who=ME, at=AT)
    head, file = own.head(), tmp_path / "drill.db"
    copy_store(postgres_url, file, at=AT)
    assert own.head() == head
    own.do(NewOrder(title="and one more"), who=ME, at=AT)
    own.close()
    copied = open_records(f"sqlite:///{file}", feed=False)
    hurry(copied, speed=SPEED, at=AT)
    crew_of(copied, AT)
    titles = [one.title for one in copied.ask(StreamOrders(), who=ME, at=AT)]
    found = list(copied.ask(ExamineDesk(), who=ME, at=AT))
    copied.close()
    assert titles == ["pump leaks", "lift stuck"]
    assert found == []
