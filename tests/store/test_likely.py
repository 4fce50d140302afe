"""Which orders a caller likely means, asked before another one is written down."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from store.commands import ChaseOrder, MoveOrder, SaveAsset, SaveSite
from store.domain.history import History
from store.domain.lifecycle import Move
from store.domain.likely import (
    AS_CALLER,
    AS_KIND,
    AS_WORDS,
    AS_WORDS_ANYWHERE,
    JUST_NOW,
    Why,
)
from store.queries.answers.likely import NEW
from store.queries.likely import LikelyOrders
from store.records import open_records
from tests.prepared import KINDS
from tests.store.desk import ANA, AT_SOUTH, NINE, do, written
from tests.store.fresh_desks import furnished_in_utc

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from store.records import Records
    from tests.prepared import Prepared

LATER = NINE + timedelta(hours=1)


@pytest.fixture(params=KINDS)
def records(
    request: pytest.FixtureRequest, prepared: Prepared, tmp_path: Path
) -> Iterator[Records]:
    """A furnished desk."""
    with prepared.copy(request.param, furnished_in_utc, tmp_path) as url:
        records = open_records(url, feed=False)
        yield records
        records.close()


def likely(
    records: Records, title: str, *, at: datetime = LATER, who: Any = ANA, **known: Any
) -> list[tuple[int, Why]]:
    """Numbers and reasons."""
    told = records.ask(LikelyOrders(title=title, **known), who=who, at=at)
    return [(one.line.number, one.why) for one in told]


def test_alike_words_at_the_same_site(records: Records) -> None:
    """In both languages, with more or fewer of them; another site is another fault."""
    lift = written(records, title="电梯停在3层", site="N1", customer=None)
    leak = written(records, title="water leaks in the cellar", site="N1", customer=None)
    written(records, title="电梯停在3层", site="S1", customer=None)
    assert likely(records, "3层电梯停了", site="N1") == [(lift, Why.WORDS)]
    assert likely(records, "cellar: water leaks", site="n1") == [(leak, Why.WORDS)]
    assert likely(records, "空调不冷", site="N1") == []
    assert likely(records, "3层电梯停了", site="N1", at=LATER + AS_WORDS) == []


def test_the_same_asset_needs_no_words(records: Records) -> None:
    """Nor does the same kind at the same site, for a week."""
    do(records, SaveAsset(code="L3", name="Lift 3", site="N1"))
    lift = written(records, title="stuck", asset="L3", kind="lift")
    other = written(records, title="no light", kind="power")
    assert likely(records, "noise", asset="L3") == [(lift, Why.ASSET)]
    assert likely(records, "dark", site="N1", kind="Power") == [(other, Why.KIND)]
    assert likely(records, "dark", site="S1", kind="Power") == []
    assert likely(records, "dark", site="N1", kind="power", at=LATER + AS_KIND) == []


def test_without_a_site_the_words_must_be_the_same(records: Records) -> None:
    """A caller's first words say little; what is called in today is in everybody's ears."""
    number = written(records, title="Lift stuck with two people", customer="C1")
    assert likely(records, "lift stuck with two people") == [(number, Why.WORDS)]
    assert likely(records, "lift") == []
    assert likely(records, "lift stuck", customer="C1") == [(number, Why.WORDS)]
    assert likely(records, "lift stuck with two people", at=LATER + AS_WORDS_ANYWHERE) == []


@pytest.mark.parametrize(
    "again",
    ["13800138000", "+86 138-0013-8000 王女士", "0086 13800138000", "１３８ ００１３ ８０００"],
)
@pytest.mark.parametrize("title", ["电梯又卡在3楼了", "电梯卡在3楼", "还没人来", "lift?"])
def test_whoever_calls_again_needs_few_words(records: Records, again: str, title: str) -> None:
    """His number in any writing is he, though nobody has said where or for whom he calls."""
    stuck = "电梯卡在3楼和4楼之间"
    number = written(records, title=stuck, site=None, customer=None, caller="王女士 13800138000")
    written(records, title="空调不冷", site="S1", customer="C2", caller="13900139000")
    assert likely(records, title, caller=again) == [(number, Why.CALLER)]
    assert (number, Why.CALLER) not in likely(records, title, caller="13900139111")
    assert likely(records, "还没人来", caller=again, at=NINE + AS_CALLER * 1.1) == []


def test_the_same_caller_has_other_faults_too(records: Records) -> None:
    """What is another trade's work, on another floor or at another site is not the one he means."""
    mill = {"caller": "李工 021-62345678", "customer": "C1"}
    lift = written(records, title="3楼电梯困人", **mill)
    leak = written(records, title="茶水间漏水", **mill)
    assert likely(records, "电梯里的人还没出来", caller="62345678") == [(lift, Why.CALLER)]
    assert likely(records, "漏得更大了", caller="62345678") == [(leak, Why.CALLER)]
    assert likely(records, "5楼电梯困人", caller="62345678") == []
    assert likely(records, "电梯困人", site="S1", caller="62345678") == []


def test_a_name_is_known_again_among_those_of_one_customer(records: Records) -> None:
    """Another customer's Wang is another; a customer who calls himself is he."""
    number = written(records, title="电梯困人", site=None, caller="王芳")
    himself = written(records, title="停电了", site=None)
    assert likely(records, "电梯坏了", customer="C1", caller="王芳") == [(number, Why.CALLER)]
    assert likely(records, "电梯坏了", customer="C2", caller="王芳") == []
    assert likely(records, "电梯坏了", caller="王芳") == []
    assert likely(records, "还是没电", customer="C1", caller="华润物业")[0] == (himself, Why.CALLER)
    assert likely(records, "有人来吗", customer="C1", caller="华润物业") == []


def test_the_one_that_is_meant_stands_first(records: Records) -> None:
    """Among whatever else the site, the customer and the caller have open."""
    one = written(records, title="2号电梯卡在3楼和4楼之间", caller="王 13800138000")
    for title in ("电梯异响", "电梯照明不亮", "2号电梯按钮失灵", "1号电梯困人", "大堂空调不冷"):
        written(records, title=title, caller="王 13800138000")
        written(records, title=title)
    told = likely(records, "2号梯又卡在3楼", site="N1", caller="13800138000")
    assert told[0] == (one, Why.CALLER)
    assert len(told) == 3


def test_what_is_over_or_out_of_sight_is_not_offered(records: Records) -> None:
    """There is nothing to be chased there."""
    number = written(records, title="lift stuck", site="N1")
    assert likely(records, "lift stuck", who=AT_SOUTH, site="N1") == []
    assert likely(records, "lift stuck", site="N1") == [(number, Why.WORDS)]
    do(records, MoveOrder(number=number, move=Move.CANCEL, reason="over"), at=LATER)
    assert likely(records, "lift stuck", site="N1") == []


def test_the_newest_of_other_sites_hide_nothing(records: Records) -> None:
    """Of the newest only so many are compared: at a site they are its own."""
    number = written(records, title="lift stuck with two people", site="S1", customer=None)
    told = "lift stuck with two people"
    with records.work(who=ANA, at=NINE) as work:
        elsewhere = replace(work.order(number), number=0, title="dark", site=1, version=1, chain="")
        work.add_many([History(order=elsewhere, entries=()) for _ in range(NEW)])
    assert likely(records, told) == []
    assert likely(records, told, who=AT_SOUTH) == [(number, Why.WORDS)]


def test_a_guessed_site_hides_nothing_and_ranks_its_own(records: Records) -> None:
    """Nobody has said that it is there: the customer calls about another place this time."""
    there = written(records, title="电梯停在3层", site="S1")
    guess: dict[str, Any] = {"guessed_site": "N1", "customer": "C1"}
    assert likely(records, "3层电梯停了", **guess) == [(there, Why.WORDS)]
    assert likely(records, "3层电梯停了", site="N1", customer="C1") == []
    usual = written(records, title="电梯停在3层", site="N1")
    later = written(records, title="电梯停在3层", site="S1")
    assert [number for number, _why in likely(records, "3层电梯停了", **guess)] == [
        usual,
        later,
        there,
    ]


def test_what_only_a_guess_finds_pushes_out_nothing_that_was_said(records: Records) -> None:
    """However much of the kind stands at the guessed site, the likeliest by the words is shown."""
    there = written(records, title="dark", site="S1", customer="C2")
    for _ in range(4):
        written(records, title="no light in the hall", site="N1", customer=None, kind="power")
    asked: dict[str, Any] = {"kind": "power", "customer": "C2", "guessed_site": "N1"}
    told = [number for number, _why in likely(records, "dark, no light", **asked)]
    assert there in told
    assert len(told) == 3
    assert len(likely(records, "noise", **asked)) == 3


def test_words_that_name_a_site_go_there_first(records: Records) -> None:
    """Nobody filled in the line, but the place was said; what stands elsewhere is found as well."""
    do(records, SaveSite(code="B1", name="Beacon Hill", zone="UTC", address="12 Joy St"))
    there = written(records, title="street light out", site="B1", customer="C1")
    others = [written(records, title="street light out", site="S1") for _ in range(3)]
    said: dict[str, Any] = {"customer": "C1", "guessed_site": "S1"}
    told = likely(records, "street light out at beacon hill", **said)
    assert [number for number, _why in told] == [there, *others[:0:-1]]
    told = likely(records, "street light out", customer="C1", site="12 joy st")
    assert told[0] == (there, Why.WORDS)


def test_an_asset_is_where_it_stands(records: Records) -> None:
    """Whoever names it has named its site; alike words elsewhere are another fault."""
    do(records, SaveAsset(code="L3", name="Lift 3", site="N1"))
    here = written(records, title="lift stuck with two people", site="N1", customer=None)
    written(records, title="lift stuck with two people", site="S1", customer=None)
    assert likely(records, "lift stuck with people", asset="L3") == [(here, Why.WORDS)]


def test_how_often_it_was_chased_is_told(records: Records) -> None:
    """The third call about one lift is another call than the first."""
    number = written(records, title="lift stuck", site="N1")
    do(records, ChaseOrder(number=number), at=LATER)
    (one,) = records.ask(LikelyOrders(title="lift stuck", site="N1"), who=ANA, at=LATER)
    assert (one.chased, one.line.title) == (1, "lift stuck")


def test_the_likeliest_come_first_and_three_are_enough(records: Records) -> None:
    """The newest among equals: the caller means what he saw today."""
    numbers = [written(records, title="lift stuck", site="N1") for _ in range(5)]
    told = likely(records, "lift stuck", site="N1")
    assert [number for number, _why in told] == numbers[:1:-1]


@pytest.mark.parametrize(
    "text",
    [
        "\x1b]52;c;aGk=\x07",
        "[/bad]",
        "\u202e",
        "%",
        "_",
        "\x00",
        "a" * 500,
        "' OR 1=1 --",
        "\ud800",
    ],
)
def test_wild_texts_are_compared_as_they_are(records: Records, text: str) -> None:
    """Whatever a caller's words or a line hold."""
    written(records, title="lift stuck", site="N1")
    known: dict[str, Any] = dict.fromkeys(("site", "customer", "asset", "kind", "caller"), text)
    assert likely(records, text, **known) == []


def test_a_question_reads_no_table_of_orders_as_a_whole(records: Records) -> None:
    """A million orders make it no slower."""
    from store.queries.answers.likely import (
        _AT_SITE,
        _NEWEST,
        _OF_ASSET,
        _OF_CONTACT,
        _OF_CUSTOMER,
    )
    from store.queries.answers.same_caller import _BETWEEN

    if records.database.kind != "sqlite":
        pytest.skip("a plan over an empty table says nothing there")
    with records.database.reading() as conn:
        for asked in (_AT_SITE, _OF_CUSTOMER, _OF_ASSET, _OF_CONTACT, _BETWEEN, _NEWEST):
            text = str(asked.compile(conn, compile_kwargs={"literal_binds": False}))
            count = text.count("?")
            plan = conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", tuple([1] * count)).all()
            steps = [row[3] for row in plan]
            assert all("SEARCH" in step or "LIMIT" in step for step in steps) or asked is _NEWEST
            assert not any("TEMP B-TREE" in step for step in steps), steps


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("something hums in hall B", "lights out in hall B"),
        ("三号厅一直嗡嗡响", "三号厅灯不亮"),
        ("people cannot get out of the cabin", "it has come down and the button is red"),
    ],
)
def test_who_calls_again_within_minutes_means_the_same_in_other_words(
    records: Records, old: str, new: str
) -> None:
    """By his number or his name; an hour later it takes words that are alike."""
    soon = NINE + timedelta(minutes=4)
    number = written(records, title=old, site=None, customer=None, caller="Zoe 139 1234 5678")
    assert likely(records, new, caller="13912345678", at=soon) == [(number, Why.CALLER)]
    named = written(records, title=old, site=None, customer=None, caller="王小明")
    assert likely(records, new, caller="王小明", at=soon) == [(named, Why.CALLER)]
    assert likely(records, new, caller="王小明", at=NINE + 2 * JUST_NOW) == []
    assert likely(records, new, caller="Zoe", at=NINE - timedelta(minutes=1) + 3 * JUST_NOW) == []


def test_a_customer_who_asked_for_one_thing_just_now_means_that(records: Records) -> None:
    """Whoever calls for him; one who asks for much, or for another trade's work, does not."""
    soon = NINE + timedelta(minutes=5)
    number = written(records, title="people cannot get out", site="N1")
    said = "it came down and the button is red"
    assert likely(records, said, customer="C1", at=soon) == [(number, Why.CUSTOMER)]
    assert likely(records, said, customer="C1", site="N1", at=soon) == [(number, Why.CUSTOMER)]
    assert likely(records, said, customer="C1", site="S1", at=soon) == []
    assert likely(records, said, customer="C2", at=soon) == []
    assert likely(records, said, customer="C1", at=NINE + 2 * JUST_NOW) == []
    leak = written(records, title="water leaks in the cellar", customer="C2")
    assert likely(records, "lights out in the hall", customer="C2", at=soon) == []
    assert likely(records, "the floor is wet", customer="C2", at=soon) == [(leak, Why.CUSTOMER)]
    written(records, title="gate jammed")
    assert likely(records, said, customer="C1", at=soon) == []
