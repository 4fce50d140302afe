"""Who decides about what the radar proposes, while others write; on PostgreSQL."""

from __future__ import annotations

from typing import Any

from store.commands import SaveAsset
from store.commands.radar import LookAround, TakeUp
from store.commands.voices import KeepComplaint
from store.queries.corrective import ListActions
from store.records import open_records
from tests.store.desk import ANA, do, furnish, written
from tests.store.meanwhile import troubles
from tests.store.test_radar import later


def test_who_takes_one_up_waits_in_no_circle(postgres_tables: str) -> None:
    """For somebody who complains about its newest order just then."""
    one, other = (open_records(postgres_tables, feed=False) for _ in range(2))
    furnish(one)
    do(one, SaveAsset(site="N1", code="L1", name="Lift 1"))
    told: dict[str, Any] = {"title": "hums", "kind": "lift", "asset": "L1"}
    *_, number = [written(one, **told, at=later(days)) for days in (0, 30, 60)]
    do(one, LookAround(), at=later(61))
    complains = KeepComplaint(number=number, about="noise", said="again")
    take = TakeUp(recurrence=1, invited="Ms Zhou", cause="design")
    assert troubles(one, other, take, complains, "after_cursor_execute") == []
    assert len(one.ask(ListActions(), who=ANA, at=later(61))) == 1
    other.close()
    one.close()
