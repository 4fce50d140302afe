"""What dispatch heeds can be looked up: regions, wishes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from store.commands import SaveCustomer, SaveRegion, SaveSite, SaveTechnician
from store.queries.registers import ListRegions, ListWishes
from tests.store.desk import ANA, AT_NORTH, NINE, do

if TYPE_CHECKING:
    from store.domain.intents import Query
    from store.domain.who import Who
    from store.records import Records


def _ask(records: Records, query: Query[Any], *, who: Who = ANA) -> Any:
    return records.ask(query, who=who, at=NINE)


def test_regions_are_listed_with_their_sites_and_who_goes_there(records: Records) -> None:
    """Of a region without a site of his own an asker is told nothing."""
    for code, site in (("north", "N1"), ("south", "S1")):
        do(records, SaveRegion(code=code, name=code.title()))
        do(records, SaveSite(code=site, name=site, region=code))
    do(records, SaveTechnician(code="T1", name="李强", regions=("south",)))
    told = [(line.code, line.sites, line.technicians) for line in _ask(records, ListRegions())]
    assert told == [("north", 1, ()), ("south", 1, ("T1",))]
    assert [line.code for line in _ask(records, ListRegions(text="SOU"))] == ["south"]
    assert [line.code for line in _ask(records, ListRegions(), who=AT_NORTH)] == ["north"]
    do(records, SaveTechnician(code="T1", name="李强", active=False))
    assert all(line.technicians == () for line in _ask(records, ListRegions()))


def test_wishes_are_listed_by_customer(records: Records) -> None:
    """Whom they ask for and whom they refuse; not of those who left."""
    do(records, SaveTechnician(code="T8", name="Zhao"))
    do(records, SaveTechnician(code="T9", name="Qian"))
    do(records, SaveCustomer(code="C1", name="华润物业", asks_for=("T9",), refuses=("T8",)))
    lines = _ask(records, ListWishes())
    told = [(line.customer, line.technician, line.refused) for line in lines]
    assert told == [("C1", "T8", True), ("C1", "T9", False)]
    assert (lines[0].customer_name, lines[0].technician_name) == ("华润物业", "Zhao")
    assert _ask(records, ListWishes(text="qian")) == (lines[1],)
    assert _ask(records, ListWishes(limit=1)) == (lines[0],)
    assert _ask(records, ListWishes(), who=AT_NORTH) == ()  # who was never served at his site
    do(records, SaveTechnician(code="T8", name="Zhao", active=False))
    assert _ask(records, ListWishes()) == (lines[1],)
