"""The lists of the sample desk that its orders alone would leave empty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from store.queries.corrective import ListActions
from store.queries.inspections import ListInspections
from store.queries.projects import ListDepartments, ListProjects
from store.queries.sop import ListProcedures
from store.queries.voices import ListVoices

if TYPE_CHECKING:
    from datetime import datetime

    from store.domain.intents import Query
    from store.domain.who import Who
    from store.records import Records

ASKED: Final[tuple[Query[Any], ...]] = (
    ListVoices(),
    ListVoices(praise=True),
    ListActions(),
    ListProjects(),
    ListDepartments(),
    ListProcedures(),
    ListInspections(),
)


def empty_lists(records: Records, who: Who, at: datetime) -> list[Query[Any]]:
    """Those with nothing in them."""
    return [one for one in ASKED if not records.ask(one, who=who, at=at)]
