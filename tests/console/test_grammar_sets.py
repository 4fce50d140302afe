"""Sets of orders by what they have in common, and technicians in the place of orders."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from console.grammar.asking import StoreLookup
from console.grammar.offered import taken
from console.grammar.offers import offers
from console.grammar.parse import parse
from console.grammar.refusals import Unclear, WrongWords
from console.i18n import tell
from store.domain.finding.parser import parse as read_query
from tests.console.fake_desk import FakeDesk, view

if TYPE_CHECKING:
    from console.grammar.offered import Offers

GRAF = (17, 12)
FOUND = (15, 17)
BOARD = (18, 13, 12)

SETS = {
    "p graf 3": GRAF,
    "p Late Today 3": GRAF,
    "优先 晨会 3": GRAF,
    'p "late today" 3': GRAF,
    'p view:"late today" 3': GRAF,
    "p view:late today 3": GRAF,
    "p 视图：晨会 3": GRAF,
    "p view:overdue 3": GRAF,
    "p overdue 3": (13, 14),
    "p 12,,13 3": (12, 13),
    "p ,12 3": (12,),
    "p 12 , 13 3": (12, 13),
    "优先 12 ， 13 3": (12, 13),
    'note 12 ","': (12,),
    "p (lift HQ) 3": FOUND,
    "p {lift HQ} 3": FOUND,
    "优先（lift (HQ or S1)）3": FOUND,
    'p (lift "a) b") 3': FOUND,
    "p (lift;ladder) 3 ;a note": FOUND,
    "p * 3": BOARD,
    "p ＊ 3": BOARD,
    "优先 所列 3": BOARD,
    "p listed 3": BOARD,
    "note * hello": BOARD,
    "note view:graf hello": GRAF,
    "note {lift} hello": FOUND,
    "note (lift p<=4) hello": FOUND,
    "记（lift 或 #15）hello": FOUND,
    "seen *": BOARD,
    "d graf wang": GRAF,
}


@pytest.mark.parametrize("text", SETS)
def test_a_set_is_what_its_name_says(text: str) -> None:
    """A queue before a view of the same name; full-width brackets without a space, too."""
    assert parse(text, FakeDesk()).orders == SETS[text]


def test_an_own_view_stands_before_one_that_all_have() -> None:
    """As lists of views have it."""
    own, all_have = view("graf", "graf"), view("graf", "other", shared=True)
    assert parse("p graf 3", FakeDesk(kept=(own, all_have))).orders == GRAF


def test_a_queue_may_be_called_as_the_board_calls_it() -> None:
    """In as many words as its name has; the longest name wins."""

    class Desk(FakeDesk):
        def queue(self, name: str) -> tuple[int, ...]:
            return {"at_risk": (12,), "waiting_expired": (13,), "waiting": (14,)}.get(name, ())

    assert parse("p at risk 3", Desk()).orders == (12,)
    assert parse("p Waiting expired 3", Desk()).orders == (13,)
    assert parse("p waiting 3", Desk()).orders == (14,)
    with pytest.raises(Unclear, match=r"\(waiting_expired\) means its orders"):
        parse("note waiting expired at nine", Desk())


def test_a_filter_that_cannot_be_read_says_where_in_the_line() -> None:
    """As the cursor stands, and not as the filter alone is counted."""

    class Desk(FakeDesk):
        def found(self, query: str, *, over: bool = True) -> tuple[int, ...]:
            read_query(query)
            return ()

    with pytest.raises(WrongWords, match="column 9: no field is called"):
        parse("p (lift foo:bar) 3", Desk())


def test_a_stretch_that_ends_before_it_begins_says_where_in_the_line() -> None:
    """An action for nothing looked as if it had nothing to do."""

    def ask(_question: object) -> None:
        pytest.fail("it needs no answer")

    lookup = StoreLookup(ask, at=datetime(2026, 11, 27, 4, tzinfo=UTC), zone=UTC)
    with pytest.raises(WrongWords, match=r"column 14: “today..last-fri” ends before it begins"):
        parse("note (opened:today..last-fri) seen", lookup)


def test_a_time_may_stand_right_behind_a_chinese_reason() -> None:
    """As one types without spaces."""
    for text in ("等12配件到15:00", "等 12 等配件到明天9:00", "等12配件到15：00"):
        found = parse(text, FakeDesk())
        assert found.orders == (12,)
        assert str(found.told["reason"]).endswith("配件")


UNCERTAIN = {
    "x t28": "is a view, view:t28 its orders, and a technician, T28 their own",
    "note graf leaks": "is a view, too",
    "w graf parts until 15:00": "is a view, too",
    "note overdue since Monday": "is a queue, too",
    "note (sic) it leaks": "{sic} means orders found by it",
    "记（急）带梯子": "{急} means orders found by it",
    "note listed as urgent": "is listed, too",
    "p view:nix 3": "no view called",
    "p () 3": "between ( and )",
    "p (lift": "wants ) at its end",
    "p { 3": "wants } at its end",
    "x view:": "no view called",
    "p 12.. 3": "is not right",
    "go *": "one order at a time",
}


@pytest.mark.parametrize("text", UNCERTAIN)
def test_what_may_mean_two_things_is_refused(text: str) -> None:
    """Nothing is written about an order that nobody meant; the sentence tells how to say it."""
    with pytest.raises(Unclear) as refused:
        parse(text, FakeDesk())
    assert UNCERTAIN[text] in tell(refused.value)


def test_quotes_tell_a_text_from_a_set() -> None:
    """The selected order is meant then."""
    for word in ("graf", "overdue", "listed"):
        found = parse(f'note "{word}"', FakeDesk())
        assert (found.orders, found.told["text"]) == ((12,), word)


def test_without_a_board_nothing_is_listed() -> None:
    """A script must name what it means."""
    with pytest.raises(Unclear, match="what a board lists"):
        parse("p * 3", FakeDesk(board=None))


def test_a_bracket_in_what_is_wrong_stays_a_part_of_it() -> None:
    """Only what is done to orders takes sets."""
    found = parse("n (2nd floor) lift stuck @HQ", FakeDesk())
    assert found.told["title"] == "(2nd floor) lift stuck"


HIS = {
    "w 王芳 配件 到 15:00": (13,),
    "w wangfang parts until 15:00": (13,),
    "w Zhao Min parts until 15:00": (15,),
    "退回 王芳 太远": (13,),
    "p zhao min 1": (15,),
    "p wf 1": (13,),
    "w zhao parts until 15:00": (12,),
    "note 王芳 来过": (12,),
    "note wf was here": (12,),
}


@pytest.mark.parametrize("text", HIS)
def test_a_name_alone_means_his_only_order(text: str) -> None:
    """In full, or as it sounds; what may be words of a note are words of a note."""
    assert parse(text, FakeDesk(jobs={2: (13,), 4: (15,)})).orders == HIS[text]


def test_first_letters_before_a_reason_are_asked_about() -> None:
    """`w no key until 15:00` is nobody's job whose name begins with these letters."""
    with pytest.raises(Unclear, match="may be 王芳: L2 means"):
        parse("w wf parts until 15:00", FakeDesk())


@pytest.mark.parametrize("text", ["w wf parts until 15:00", "note 王芳 来过", "w zhao x +2h"])
def test_where_no_order_is_selected_a_name_is_enough(text: str) -> None:
    """A script has no order that the words could be about."""
    desk = FakeDesk(selected=None, jobs={2: (13,), 4: (13,)})
    assert parse(text, desk).orders == (13,)


def test_a_part_of_a_name_is_no_name_before_a_text() -> None:
    """Most words are a part of somebody's name."""
    with pytest.raises(Unclear, match="“a” names no order, and none is selected"):
        parse("note a fuse is gone", FakeDesk(selected=None))


def _at_the_end(text: str, *, chinese: bool = False) -> Offers:
    return offers(text, len(text), FakeDesk(), chinese=chinese)


def test_sets_are_offered() -> None:
    """What is listed, views by their beginning, queues by theirs."""
    said = [offer.text for offer in _at_the_end("p ").offers]
    assert {"*", "Graf", "late today"} <= set(said)
    assert [offer.text for offer in _at_the_end("p la").offers] == ["late today"]
    assert "in_progress" in [offer.text for offer in _at_the_end("p in").offers]
    assert "view:Graf" in [offer.text for offer in _at_the_end("note ").offers]
    assert "视图:Graf" in [offer.text for offer in _at_the_end("记 ", chinese=True).offers]


def test_what_is_offered_of_views_means_them() -> None:
    """Also of one that is called like a queue."""
    for verb, rest in (("p", "3"), ("note", "hello")):
        found = _at_the_end(f"{verb} ")
        for offer in found.offers:
            if "view" in offer.label:
                line, _cursor = taken(f"{verb} ", found, offer)
                assert parse(line + rest, FakeDesk()).orders == GRAF, line


def test_a_filter_is_completed_in_its_brackets() -> None:
    """Fields, flags, and names of the registers."""
    found = _at_the_end("p (site:HQ ov")
    assert taken("p (site:HQ ov", found, found.offers[0]) == ("p (site:HQ overdue", 18)
    found = _at_the_end("p (tech:wf")
    assert taken("p (tech:wf", found, found.offers[0])[0] == "p (tech:L2"
    assert _at_the_end("p (lift)").offers == ()
