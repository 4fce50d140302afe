"""Names in a filter may be written as they sound."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.commands import SaveCustomer, SaveSite, SaveTechnician
from store.domain.lifecycle import Move
from store.queries.finding import FindOrders
from tests.store.desk import ANA, do, minutes, move, written

if TYPE_CHECKING:
    from store.records import Records


def test_people_and_places_are_found_by_how_they_sound(records: Records) -> None:
    """In full or by first letters, as on the command line; what holds the letters comes with it."""
    for command in (
        SaveCustomer(code="K1", name="宏远大厦"),
        SaveTechnician(code="W5", name="王五"),
        SaveTechnician(code="WW", name="Wang Wei"),
        SaveSite(code="WJ", name="望江花园", zone="UTC"),
    ):
        do(records, command)
    first = written(records, site="WJ", customer="K1")
    second = written(records)
    move(records, first, Move.ASSIGN, technician="W5")
    move(records, second, Move.ASSIGN, technician="WW")
    for text, fitting in {
        "tech:wangwu": {first},
        "tech:ww": {second},
        "tech:wang": {first, second},
        "师傅:wangw": {first, second},
        "customer:hydx": {first},
        "customer:hongyuan": {first},
        "site:wjhy": {first},
        "site:wangjiang": {first},
        "customer:zz": set(),
    }.items():
        found = records.ask(FindOrders(text=text), who=ANA, at=minutes(1))
        assert {line.number for line in found.lines} == fitting, text
