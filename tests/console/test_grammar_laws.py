"""Laws of the command line: printed and read again it means the same; whatever is typed is safe."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.actions import ACTIONS
from console.grammar.offered import taken
from console.grammar.offers import offers
from console.grammar.parse import parse
from console.grammar.printer import printed
from console.grammar.refusals import Unclear
from console.grammar.spoken import SENTENCES, spoken
from console.grammar.tokens import quoted
from console.i18n import use
from tests.console.fake_desk import FakeDesk
from tests.console.lines import MONDAY
from tests.console.test_grammar import MEANT

if TYPE_CHECKING:
    from collections.abc import Iterator

DESK = FakeDesk(zone=MONDAY.tzinfo)

texts = st.text(
    st.sampled_from('abc 等配件;"/{}@!#12.,到 until+2h：；“”-'), min_size=1, max_size=24
)
VERBS = (
    "plans",
    "计划",
    "auto",
    "d",
    "派",
    "w",
    "等",
    "p",
    "n",
    "who",
    "undo",
    "h",
    "note",
    "i",
    "x",
    "ack",
    "shelve",
    "unshelve",
    "dup",
    "?",
)
ORDERS = ("12", "12-15", "13,14", ".", "..", "e417", "overdue", "{lift}", "1042", "99", ",")
NAMES = ("王", "wang", "L3", "27", "T27", "HQ", "@HQ", "lift", "C1", "near", "office")
TIMES = ("until", "15:00", "+2h", "到15：00", "tomorrow")
MODES = ("propose", "直派", "drop", "margin", "20", "限时", "超时")
POSTS = ("operators", "add", "role", "操作员", "站点", "screen", "主管", "all", "none", "@N1")
PLANS = ("new", "skip", "edit", "暂停", "3", "rule:daily", "time:", "规则：", "2026-10-01")
OTHERS = ("!2", "/insist", "/also", "/partly", "/for", ";", "parts", "配件", '"a;b"', '""')
words = st.sampled_from((*VERBS, *ORDERS, *NAMES, *TIMES, *PLANS, *POSTS, *MODES, *OTHERS))
lines = st.one_of(st.lists(words, max_size=9).map(" ".join), texts)


@pytest.fixture(params=["en", "zh_CN"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """Each language in turn."""
    use(request.param)
    yield request.param
    use("en")


@given(lines)
def test_what_is_printed_means_the_same(line: str) -> None:
    """So that history, scripts and the echo can be trusted."""
    try:
        meant = parse(line, DESK)
    except Unclear:
        return
    assert parse(printed(meant, zone=DESK.zone), DESK) == meant


@pytest.mark.parametrize("row", MEANT, ids=[row[0] for row in MEANT])
def test_each_known_line_is_printed_and_said(row: tuple[str, ...], language: str) -> None:
    """In words of the operator's language, with names and titles."""
    meant = parse(row[0], DESK)
    assert parse(printed(meant, zone=DESK.zone), DESK) == meant
    said = spoken(meant, DESK.lines(meant.orders), at=MONDAY, zone=DESK.zone)
    assert said
    assert "{" not in said
    for number in meant.orders[:5]:
        assert f"#{number}" in said


@given(texts, st.sampled_from(["note 12", "w 12", "n", "ca 12", "u 12"]))
def test_any_text_survives_quotes(text: str, begin: str) -> None:
    """What a customer says holds every sign of the language."""
    end = " at 15:00" if begin == "w 12" else ""
    try:
        meant = parse(f"{begin} {quoted(text)}{end}", DESK)
    except Unclear:
        assert not text.strip()
        return
    told = next(v for k, v in meant.told.items() if k in {"text", "reason", "title"})
    assert told == (text if text.strip() else "")


@given(lines, st.integers(0, 60))
def test_offers_fit_wherever_the_cursor_is(line: str, cursor: int) -> None:
    """And taking one leaves what stands before and behind it."""
    cursor = min(cursor, len(line))
    found = offers(line, cursor, DESK)
    assert 0 <= found.start <= found.end == cursor
    assert line[found.start : found.end].endswith(found.typed) or found.typed == ""
    for offer in found.offers[:3]:
        text, place = taken(line, found, offer)
        assert text.startswith(line[: found.start] + offer.text + " " * (not offer.goes_on))
        assert text[place:] == line[found.end :].lstrip()


def test_every_action_that_makes_a_command_has_a_sentence() -> None:
    """What is echoed before Enter is a sentence, not the name of a key."""
    needed = {a.id for a in ACTIONS.values() if a.make is not None or a.about_order}
    assert needed <= SENTENCES.keys() <= ACTIONS.keys()


@pytest.mark.parametrize(
    ("line", "offered", "wanted"),
    [
        ("", {"d", "w", "undo"}, "a verb"),
        ("dis", {"dispatch"}, "a verb"),
        ("派", {"派", "派单", "派给"}, "a verb"),
        ("d ", {".", "..", "T27", "/also"}, "orders: 1042"),
        ("d 12 ", {"T27", "L2"}, "who goes"),
        ("d 12 w", {"T27", "L2"}, "who goes"),
        ("d 12 wang w", {"T27"}, "who goes"),
        ("d 12 T27 /", {"/insist", "/also", "/swap", "/partly"}, ""),
        ("p 12 ", {"1", "4"}, "priority"),
        ("w 12 parts ", {"until", "+2h"}, "wake me at"),
        ("w 12 parts until ", {"+2h", "15:00"}, "wake me at"),
        ("who ", {"lift", "hvac"}, "a skill"),
        ("who 12 ", {"T27", "L2"}, "why not"),
        ("who 12 not w", {"T27", "L2"}, "why not"),
        ("who lift ", {"near"}, "near which"),
        ("who lift near ", {"HQ", "S1"}, "a site"),
        ("n lift @w", {"@S1"}, "what is wrong"),
        ("n lift !", {"!1"}, "what is wrong"),
        ("n lift /for ", {"C1"}, "for which customer"),
        ("d 12 T27 ;br", set(), "a note"),
        ("i ", {"T27", "."}, "or a technician"),
        ("ack ", {"T27", ".", "office"}, "or the code of a calendar"),
        ("shelve off", {"office"}, "or the code of a calendar"),
        ("shelve office ", {"until", "+2h"}, "shelve until"),
        ("attach 12 /", {"/plan.pdf", '"/my plan.pdf"', "/srv/", '"/my docs/', "/partly"}, "path"),
        ('attach 12 "/my ', {'"/my plan.pdf"', '"/my docs/'}, "path of the file"),
        ("attach 12 /my d", {'"/my docs/'}, "path of the file"),
        ("attach /pl", {"/plan.pdf"}, "orders: 1042"),
        ("detach 12 ", {"plan.pdf", '"a;b.pdf"'}, "which file"),
    ],
)
def test_what_may_come_next_is_offered(line: str, offered: set[str], wanted: str) -> None:
    """At every point, so that nobody has to know the language."""
    found = offers(line, len(line), DESK)
    assert offered <= {offer.text for offer in found.offers}
    assert wanted in " ".join(found.wanted)
    if line.endswith(("dis", "w", "wang w", "/")):
        assert len(found.offers) == len(offered)


def test_an_offer_takes_the_place_of_a_whole_name() -> None:
    """Two words of a name become one code."""
    line = "d 12 wang w"
    found = offers(line, len(line), DESK)
    assert taken(line, found, found.offers[0]) == ("d 12 T27 ", 9)
    line = "attach 12 /my d"
    found = offers(line, len(line), DESK)
    assert taken(line, found, found.offers[0]) == ('attach 12 "/my docs/', 20)


def test_only_who_masters_a_skill_is_near_somewhere() -> None:
    """An order that somebody is wanted for is named already."""
    told = {}
    for line in ("who 12 not wang", "who lift near #13"):
        meant = parse(line, DESK)
        told[line] = spoken(meant, DESK.lines(meant.orders), at=MONDAY, zone=DESK.zone)
    assert told["who 12 not wang"].startswith("who should go to #12")
    assert "near" not in told["who 12 not wang"]
    assert ", near #13" in told["who lift near #13"]
