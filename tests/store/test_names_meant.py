"""What a name in a filter means is told, and can be said exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.commands import SaveSite, SaveTechnician
from store.domain.finding.refusal import QueryUnclear
from store.domain.who import Scope, Who
from store.queries.finding import MEANT, FindOrders, NameMeant, NamesMeant
from tests.store.desk import ANA, do, minutes, written

if TYPE_CHECKING:
    from store.records import Records


def meant(records: Records, text: str, who: Who = ANA) -> tuple[NameMeant, ...]:
    return records.ask(NamesMeant(text=text), who=who, at=minutes(1))


@pytest.fixture
def desk(records: Records) -> Records:
    """Two places whose names hold one word; with the desk's own, S1 is the South Tower."""
    for code, name in (("R1", "Roxbury"), ("R2", "West Roxbury"), ("R3", "South Gate")):
        do(records, SaveSite(code=code, name=name, zone="UTC"))
    return records


def test_a_whole_name_wins_alone(desk: Records) -> None:
    """What is called just so is meant, whatever else holds the word."""
    mine, _other = written(desk, site="R1"), written(desk, site="R2")
    for text in ("site:roxbury", "site:R1", "site=Roxbury", "site=r1"):
        found = desk.ask(FindOrders(text=text), who=ANA, at=minutes(1))
        assert [line.number for line in found.lines] == [mine], text
        assert meant(desk, text) == ()


def test_a_part_of_a_name_says_what_it_means(desk: Records) -> None:
    """Each name once; what means nothing says so, too."""
    several = NameMeant(field="site", typed="rox", names=("Roxbury", "West Roxbury"), count=2)
    assert meant(desk, "lift site:rox or (p:1 not site:rox)") == (several,)
    nobody = NameMeant(field="tech", typed="nobody", names=(), count=0)
    assert meant(desk, "site:south,rox tech:nobody") == (
        NameMeant(field="site", typed="south", names=("South Gate", "South Tower"), count=2),
        several,
        nobody,
    )


def test_exactly_means_no_part(desk: Records) -> None:
    """So that a set can be said that grows by no site to come."""
    written(desk, site="R1")
    found = desk.ask(FindOrders(text="site=rox"), who=ANA, at=minutes(1))
    assert found.lines == ()
    nothing = NameMeant(field="site", typed="rox", names=(), count=0, exactly=True)
    assert meant(desk, "site=rox") == (nothing,)


def test_each_script_of_a_name_is_a_name(records: Records) -> None:
    """As a desk that works in two languages keeps them."""
    for code, name in (
        ("R1", "罗克斯伯里 Roxbury"),
        ("R2", "西罗克斯伯里 West Roxbury"),
        ("R3", "北楼 2"),
    ):
        do(records, SaveSite(code=code, name=name, zone="UTC"))
    mine, west = written(records, site="R1"), written(records, site="R2")
    asked = {"roxbury": {mine}, "罗克斯伯里": {mine}, "West Roxbury": {west}, "伯里": {mine, west}}
    for typed, fitting in asked.items():
        for sign in (":", "=") if len(fitting) == 1 else (":",):
            text = f'site{sign}"{typed}"'
            found = records.ask(FindOrders(text=text), who=ANA, at=minutes(1))
            assert {line.number for line in found.lines} == fitting, text
    (several,) = meant(records, "site:west,伯里")
    assert (several.typed, several.count) == ("伯里", 2)
    assert meant(records, "site=北楼") == ()  # the desk's own N1, and not the second


def test_of_many_the_first_are_named(records: Records) -> None:
    """And all are counted."""
    for number in range(MEANT + 3):
        do(records, SaveTechnician(code=f"Q{number:02}", name=f"Quick {number:02}"))
    (found,) = meant(records, "tech:quick")
    assert (found.count, len(found.names), found.names[0]) == (MEANT + 3, MEANT, "Quick 00")


def test_places_out_of_sight_are_not_told(desk: Records) -> None:
    """Neither named nor counted."""
    (tower,) = (1,)
    office = Who(operator=4, scope=Scope(frozenset({tower, 3})))
    assert meant(desk, "site:rox", office) == ()  # one is in sight
    nowhere = Who(operator=4, scope=Scope(frozenset({tower})))
    assert [one.count for one in meant(desk, "site:rox", nowhere)] == [0]


def test_what_cannot_be_read_is_refused(records: Records) -> None:
    """As the list itself does."""
    with pytest.raises(QueryUnclear):
        meant(records, "site:")
