"""What a write transaction may ask: the figures that everybody asks for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from store.domain.who import THE_DESK

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from typing import Any

    from store.domain.effects import Effect, Taken
    from store.domain.who import Who
    from store.persistence.database import Kind
    from store.persistence.reader import Reader
    from store.persistence.work import Work


def give_measures(work: Work) -> None:
    """The questions for figures, as of the transaction's moment and with what it has done.

    Whoever asks, they are the same: sites that he does not see count, too.
    """

    def reader(who: Who) -> Reader:
        from store.persistence.reader import Reader

        work.flush()
        kind: Kind = "postgresql" if work.kind == "postgresql" else "sqlite"
        return Reader(conn=work.conn, who=who, at=work.at, kind=kind)

    def measure(effect: Effect) -> Taken:
        from store.queries.answers.effects import measured

        return measured(reader(THE_DESK), effect)

    def periods(first: date, last: date, zone: str) -> tuple[int, Mapping[str, Mapping[str, Any]]]:
        from store.persistence.packs import scopes, written_scope
        from store.queries.answers.kpi_sure import sure_figures
        from store.queries.packs import SureFigures
        from store.queries.period_json import period_plain

        query, closed, parts = SureFigures(first=first, last=last, zone=zone), 0, {}
        for scope in scopes(work.conn):
            found = sure_figures(reader(replace(THE_DESK, scope=scope)), query)
            parts[written_scope(scope)] = period_plain(found)
            closed = max(closed, found.figures["orders_closed"].n)
        return closed, parts

    work.measure, work.periods = measure, periods
