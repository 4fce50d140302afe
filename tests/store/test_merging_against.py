"""A merge that sends somebody on to an order that a rule of dispatch keeps him from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from console.grammar.asking import StoreLookup
from console.grammar.understand import understand
from console.i18n import fill
from store.commands import EditOrder
from store.domain.lifecycle import Move
from store.queries.card import Trace
from tests.store.desk import ANA, do, minutes, move, promises_kept, written

if TYPE_CHECKING:
    from store.domain.intents import Query
    from store.records import Records


def test_what_keeps_him_from_what_goes_on_is_said_and_kept(records: Records) -> None:
    """A rule of dispatch is passed over knowingly, or not at all."""
    kept, again = written(records, priority=1), written(records)
    move(records, again, Move.ASSIGN, minutes(1), technician="T2")
    do(records, EditOrder(number=kept, fields={"needs": "ladder"}), at=minutes(3))

    def ask(query: Query[Any]) -> Any:
        return records.ask(query, who=ANA, at=minutes(9))

    meant = understand(f"dup {again} {kept}", StoreLookup(ask, at=minutes(9)))
    assert "does not carry: ladder" in meant.warnings[again]
    done = move(records, again, Move.DUPLICATE, minutes(10), duplicate_of=kept)
    assert done.facts["although"] == [[kept, ["tool"]]]
    assert f"#{kept} although: tool" in fill(done.sentence, done.facts)
    trace = records.ask(Trace(number=kept, limit=50), who=ANA, at=minutes(11))
    took = next(entry for entry in trace if entry.fact == "took_duplicate")
    assert took.body["against"] == ["tool"]
    promises_kept(records, [kept, again])
