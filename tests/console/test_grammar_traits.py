"""A set says what is meant by it beyond its words, before anything is done."""

from __future__ import annotations

import pytest

from console import i18n
from console.grammar.lookup import Shown
from console.grammar.parse import parse
from console.grammar.refusals import Unclear
from console.grammar.spoken import spoken
from console.grammar.understand import none_can, understand, wants_a_look
from console.i18n import tell
from console.preview import PreviewRow
from store.queries.finding import NameMeant
from tests.console.fake_desk import FakeDesk, view

SEVERAL = NameMeant(field="site", typed="rox", names=("Roxbury", "West Roxbury"), count=2)
MANY = NameMeant(field="site", typed="rox", names=tuple("ABCDEF"), count=20)
NOTHING = NameMeant(field="tech", typed="rox", names=(), count=0)


class Asked(FakeDesk):
    """Remembers whether closed orders were asked for."""

    over_too: bool | None = None

    def found(self, query: str, *, over: bool = True) -> tuple[int, ...]:
        self.over_too = over
        return (15, 17) if "lift" in query else ()


@pytest.mark.parametrize(
    ("line", "over"),
    [
        ("p (lift) 3", False),
        ("x (lift)", False),
        ("w (lift) parts until 15:00", False),
        ("p (lift state:closed) 3", True),
        ("p (lift (state:over or p:1)) 3", True),
        ("p (lift closed>-1d) 3", True),
        ("p (lift state:all) 3", True),
        ("reopen (lift) again", True),
        ("note (lift p<=4) hello", True),
        ("link (lift) 12", True),
    ],
)
def test_closed_orders_are_meant_where_that_makes_sense(line: str, over: bool) -> None:
    """By what the verb may do to them, or where the filter says so."""
    desk = Asked(selected=None)
    assert parse(line, desk).orders == (15, 17)
    assert desk.over_too is over


def test_what_is_left_out_is_said() -> None:
    """How many, before Enter; where nothing else is found, how to mean them."""
    told = understand("p (lift) 3", FakeDesk(closed=30))
    assert told.said.endswith("priority 3; 30 that are over are left out")
    assert not wants_a_look(told, _rows(2))
    assert "more than 1000 that are" in understand("p (lift) 3", FakeDesk(closed=None)).said
    assert "left out" not in understand("p (lift state:all) 3", FakeDesk(closed=30)).said
    kept = (view("graf"),)
    assert (
        "; 1 that is over is left out" in understand("p graf 3", FakeDesk(closed=1, kept=kept)).said
    )
    with pytest.raises(Unclear) as refused:
        parse("p (pump) 3", FakeDesk(closed=4))
    assert "all that “(pump)” finds is over; with state:all" in tell(refused.value)


def test_a_name_that_means_several_is_shown_first() -> None:
    """However few orders that are."""
    told = understand("p (lift site:rox) 3", FakeDesk(names=(SEVERAL,)))
    assert told.said.endswith("; site:rox is any of 2: Roxbury, West Roxbury")
    assert told.may_be_a_set
    assert wants_a_look(told, _rows(1))
    long = understand("p (lift site:rox) 3", FakeDesk(names=(MANY,))).said
    assert long.endswith("site:rox is any of 20: A, B, C, D, …")
    nothing = understand("p (lift or tech:rox) 3", FakeDesk(names=(NOTHING,)))
    assert nothing.said.endswith("; tech:rox: nothing is called so")
    assert not nothing.may_be_a_set


def test_in_chinese_a_field_has_its_name() -> None:
    """And Chinese signs around the names."""
    i18n.use("zh_CN")
    try:
        said = understand("优先（lift site:rox）3", FakeDesk(names=(SEVERAL,), closed=3)).said
    finally:
        i18n.use("en")
    assert "站点:rox" in said
    assert "Roxbury、West Roxbury" in said


@pytest.mark.parametrize(
    ("shown", "unseen", "moved"),
    [
        (None, set(), False),
        (Shown(numbers=frozenset({18, 13, 12}), whole=True), set(), False),
        (Shown(numbers=frozenset({18, 13}), whole=True), {12}, True),
        (Shown(numbers=frozenset({18, 13, 12, 99}), whole=True), set(), True),
        (Shown(numbers=frozenset({18, 13})), set(), False),
        (Shown(numbers=frozenset({18}), waiting=frozenset({13, 77})), {13}, True),
    ],
)
def test_a_list_that_has_changed_is_shown_first(
    shown: Shown | None, unseen: set[int], moved: bool
) -> None:
    """What waits behind the screen, and what has left; not what lies further down a long list."""
    told = understand("p * 3", FakeDesk(shown=shown))
    assert told.parsed.targets is not None
    assert told.parsed.targets.unseen == unseen
    assert wants_a_look(told, _rows(3)) is moved
    assert ("not on the screen" in told.said) is bool(unseen)


def test_only_what_was_named_one_by_one_is_done_whole() -> None:
    """What a set has in common does not make each of its orders fit."""
    partly = {line: parse(line, FakeDesk()).partly for line in ("p * 3", "p (lift) 3", "p 12-14 3")}
    assert list(partly.values()) == [True, True, False]
    assert parse("p 12-14 3 /partly", FakeDesk()).partly
    assert parse("p overdue 3", FakeDesk()).partly
    assert "leaving out" not in spoken(
        parse("p * 3", FakeDesk()), {}, at=FakeDesk().at, zone=FakeDesk().zone
    )


def test_where_all_refuse_there_is_nothing_to_look_at() -> None:
    """One sentence, each reason once."""
    assert none_can(()) is None
    assert none_can(_rows(2)) is None
    assert none_can((*_rows(1), _row(9, "no"))) is None
    assert none_can((_row(9, "no"),)) == "no"
    rows = tuple(_row(n, f"{n % 4}") for n in range(1, 9))
    assert none_can(rows) == "none of the 8 can: 1; 2; 3; ..."


def _row(number: int, refused: str | None = None) -> PreviewRow:
    return PreviewRow(number=number, title="", refused=refused)


def _rows(count: int) -> tuple[PreviewRow, ...]:
    return tuple(_row(number) for number in range(1, count + 1))
