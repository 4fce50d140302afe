"""What is proposed for a new order, and what its lines offer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from store.commands import SaveAsset, SaveCustomer
from store.commands.kinds import SaveKind
from store.queries.usual import AssetsLike, KindsLike, UsualFor
from tests.store.desk import ANA, AT_NORTH, AT_SOUTH, NINE, do, written
from tests.store.desks import a_desk

if TYPE_CHECKING:
    from store.domain.who import Who
    from store.queries.usual import Usual
    from store.records import Records

WILD = ("", " ", "\x00", "\ud800", "' OR 1=1", "%", "_", "x" * 500)


def _lifts(records: Records) -> None:
    do(records, SaveAsset(site="N1", code="L1", name="Lift 1", kind="lift"))
    do(records, SaveAsset(site="S1", code="L1", name="Lift south", kind="lift"))
    do(records, SaveAsset(site="N1", code="P7", name="Pump 100%", kind="水泵"))


records = a_desk(_lifts)
"""A lift at each site under the same code."""


def usual(records: Records, who: Who = ANA, **given: Any) -> Usual:
    """As it is told."""
    return records.ask(UsualFor(**given), who=who, at=NINE)


def test_a_customer_has_the_site_and_the_priority_of_most_of_his_orders(records: Records) -> None:
    """By his code or his whole name; of the kind that is meant."""
    for site, kind, priority in (("S1", "lift", 1), ("S1", "lamp", 4), ("N1", "lift", 1)):
        written(records, customer="C1", site=site, kind=kind, priority=priority)
    for name in ("C1", "华润物业"):
        told = usual(records, customer=name, kind="LIFT")
        assert told.site is not None
        assert (told.site.code, told.priority, told.kind) == ("S1", 1, "")
    assert usual(records, customer="C1", kind="lamp").priority == 4
    assert usual(records, customer="C1", kind="pump").priority is None
    assert usual(records, customer="C2").site is None


def test_of_equals_the_latest_counts(records: Records) -> None:
    """A customer who moves is followed."""
    for site, priority in (("N1", 1), ("S1", 4)):
        written(records, customer="C1", site=site, priority=priority)
    told = usual(records, customer="C1")
    assert told.site is not None
    assert (told.site.code, told.priority) == ("S1", 4)


def test_an_asset_speaks_for_its_site_and_its_kind(records: Records) -> None:
    """One code at two sites is two assets: without the site it says nothing."""
    written(records, customer="C1", site="S1", kind="lift", priority=1)
    told = usual(records, customer="C1", asset="P7")
    assert told.site is not None
    assert (told.site.code, told.kind, told.priority) == ("N1", "水泵", None)
    assert usual(records, asset="L1") == usual(records)
    south = usual(records, customer="C1", asset="L1", site="S1")
    assert south.site is not None
    assert (south.site.code, south.kind, south.priority) == ("S1", "lift", 1)


def test_a_key_customer_without_orders_begins_further_up(records: Records) -> None:
    """Nobody else does."""
    do(records, SaveCustomer(code="K", name="Key", tier="key"))
    assert (usual(records, customer="K").priority, usual(records, customer="C2").priority) == (
        2,
        None,
    )


def test_of_other_sites_nothing_is_proposed_or_offered(records: Records) -> None:
    """Neither a site, nor a priority, an asset or a kind."""
    written(records, customer="C1", site="N1", kind="lift", priority=1)
    assert usual(records, AT_SOUTH, customer="C1") == usual(records)
    assert usual(records, AT_SOUTH, asset="P7") == usual(records)
    here = usual(records, AT_NORTH, customer="C1")
    assert here.site is not None
    assert here.priority == 1
    for question in (
        AssetsLike(text="pump"),
        AssetsLike(site="N1"),
        KindsLike(text="lift", site="N1"),
    ):
        found = records.ask(question, who=AT_SOUTH, at=NINE)
        assert all(getattr(one, "site_name", "") == "South Tower" for one in found)
    written(records, customer="C1", site="S1", kind="lift", priority=3)
    written(records, customer="C1", site="N1", kind="lift", priority=1)
    there = usual(records, AT_SOUTH, customer="C1")
    assert there.site is not None
    assert (there.site.code, there.priority) == ("S1", 3)


def test_assets_of_the_site_are_offered(records: Records) -> None:
    """By a part of code or name; signs of a pattern are plain."""

    def codes(**given: Any) -> list[tuple[str, str]]:
        found = records.ask(AssetsLike(**given), who=ANA, at=NINE)
        return [(one.code, one.site_name) for one in found]

    assert codes(text="lift") == [("L1", "北楼"), ("L1", "South Tower")]
    assert codes(text="lift", site="S1") == [("L1", "South Tower")]
    assert codes(text="100%") == [("P7", "北楼")]
    assert codes(site="N1") == [("L1", "北楼"), ("P7", "北楼")]
    assert codes(text="mp 1") == [("P7", "北楼")]
    do(records, SaveAsset(site="N1", code="A1", name="Spare pump"))
    assert codes(text="pump") == [("P7", "北楼"), ("A1", "北楼")]


def test_kinds_that_there_are_are_offered(records: Records) -> None:
    """Once, as they are mostly written; those of the site's assets too."""
    for kind in ("Lift", "lift", "Lift", "lamp"):
        written(records, kind=kind, site="S1")

    def kinds(**given: Any) -> tuple[str, ...]:
        return tuple(kind.code for kind in records.ask(KindsLike(**given), who=ANA, at=NINE))

    assert kinds() == ("Lift", "lamp", "hvac"), "skills are kinds, too"
    assert kinds(text="LA") == ("lamp",)
    assert "水泵" in kinds(site="N1")
    assert kinds(text="水", site="N1") == ("水泵",)
    do(records, SaveKind(code="lift", name="电梯维修"), at=NINE)
    assert kinds(text="电梯") == ("Lift",), "by its name as well"
    assert records.ask(KindsLike(text="lift"), who=ANA, at=NINE)[0].name == "电梯维修"


def test_kinds_of_the_site_come_first(records: Records) -> None:
    """Where there are as many elsewhere."""
    for site, kind in (("N1", "door"), ("S1", "vent")):
        for _ in range(3):
            written(records, kind=kind, site=site)
    for site, first in (("", "door"), ("S1", "vent")):
        assert records.ask(KindsLike(site=site), who=ANA, at=NINE)[0].code == first


def test_kinds_of_other_sites_orders_are_not_offered(records: Records) -> None:
    """Nor those of what was written down nowhere in sight."""
    written(records, kind="secret", site="N1")
    written(records, kind="vent", site="S1")
    found = records.ask(KindsLike(), who=AT_SOUTH, at=NINE)
    assert [kind.code for kind in found] == ["vent", "hvac"]


@pytest.mark.parametrize("text", WILD)
def test_nonsense_means_nothing(records: Records, text: str) -> None:
    """Whatever is typed, nothing breaks."""
    given: dict[str, Any] = {"customer": text, "site": text, "asset": text, "kind": text}
    assert usual(records, **given) == usual(records)
    records.ask(AssetsLike(text=text, site=text), who=ANA, at=NINE)
    records.ask(KindsLike(text=text, site=text), who=ANA, at=NINE)
