"""Who goes: what Enter takes, and what a dispatcher reads before he presses it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from console.actions import ACTIONS
from console.choices import technicians, whom_meant
from console.errand import Errand
from console.panes.offer import Offer
from console.who_goes import written
from store.domain.errors import NameAmbiguous
from store.domain.lifecycle import Move, State, VisitState
from store.queries.card import OrderCard
from store.queries.people import TechnicianLine
from tests.console.lines import MONDAY as THEN
from tests.console.lines import line
from tests.journeys.desk import ANA, MONDAY, at_the_console
from tests.journeys.stories import move

if TYPE_CHECKING:
    from store.queries.card import Card
    from store.records import Records

pytestmark = pytest.mark.journey

ASSIGN = ACTIONS["assign"]
FREE = TechnicianLine(
    id=1, code="L2", name="王芳", phone="", state="available", state_since=None, jobs=0,
    number=None, title=None, site_name=None, on_shift=True, absent=False, away_until=None,
)  # fmt: skip
OTHER = replace(FREE, id=2, code="L3", name="Zhao Min")


def card(records: Records, number: int) -> Card:
    """An order as the store has it now."""
    return records.ask(OrderCard(number=number), who=ANA, at=MONDAY)


def on_site(records: Records) -> None:
    """Li Wei works on order 1."""
    move(records, 1, Move.ASSIGN, technician="L1")
    move(records, 1, Move.ACCEPT)
    move(records, 1, Move.ARRIVE)


def who(records: Records) -> dict[str, str]:
    """The technicians who have been given order 1, and how far each has come."""
    shown = card(records, 1)
    visits = shown.order.visits
    return {shown.technicians[visit.technician].name: visit.state.value for visit in visits}


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("en", "→ dispatch #1 to 王芳 (L2)", "order 1 is assigned → 王芳"),
        ("zh_CN", "→ 派 #1 给 王芳（L2）", "工单 1 已派单 → 王芳"),
    ],
)
async def test_enter_takes_who_is_free_and_says_so_before(
    records: Records, language: str, before: str, after: str
) -> None:
    """`d`, Enter is what the README teaches."""
    async with at_the_console(records, size=(80, 24), language=language) as ana:
        await ana.sees("Lift stuck")
        await ana.press("d")
        await ana.sees(before)
        await ana.press("enter")
        await ana.sees(after)
    assert who(records) == {"王芳": "assigned"}


async def test_of_an_order_that_somebody_has_nobody_is_called_off_by_enter_alone(
    records: Records,
) -> None:
    """Whoever is sent in his place is named first."""
    move(records, 1, Move.ASSIGN, technician="L1")
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck", "#1 ", "Li Wei")
        await ana.press("d")
        await ana.sees("Down chooses; or write a code, a name or its pinyin")
        await ana.press("enter")
        await ana.sees("who goes: nothing was given; Down chooses one, or write a name")
        await ana.writes("L3")
        await ana.sees("to Zhao Min (L3); calls off Li Wei and all others")
        await ana.press("enter")
        await ana.sees("order 1 is assigned → Zhao Min")


@pytest.mark.parametrize("text", ["wang", "wangfang", "wf", "王"])
async def test_a_name_is_found_by_its_sound(records: Records, text: str) -> None:
    """As on the command line."""
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("d")
        await ana.writes(text)
        await ana.sees("to 王芳 (L2)")
        await ana.press("enter")
        await ana.sees("order 1 is assigned → 王芳")


@pytest.mark.parametrize(
    ("language", "warned", "off", "done", "back"),
    [
        (
            "en",
            "✗ Li Wei is on site: Enter again calls them off; /also sends a second one",
            "to Zhao Min (L3); calls off Li Wei and all others",
            "order 1 is assigned → Zhao Min",
            "redo: Z",
        ),
        (
            "zh_CN",
            "✗ Li Wei 正在现场：再按 Enter 将其撤派；加 /加派 再派一人同去",
            "给 Zhao Min（L3）；撤派 Li Wei 及同去的人",
            "工单 1 已派单 → Zhao Min",
            "重做：Z",
        ),
    ],
)
async def test_who_is_on_site_is_called_off_by_enter_again(
    records: Records, language: str, warned: str, off: str, done: str, back: str
) -> None:
    """Not by a key that was pressed twice; and what is taken back leaves no trace on the order."""
    on_site(records)
    before = card(records, 1)
    async with at_the_console(records, size=(80, 24), language=language) as ana:
        await ana.sees("Lift stuck")
        await ana.press("d")
        await ana.writes("L3")
        await ana.press("enter")
        await ana.sees(warned, off)
        await ana.press("enter")
        await ana.sees(warned)
        assert who(records) == {"Li Wei": "on_site"}
        await ana.passes(seconds=1)
        await ana.press("enter")
        await ana.sees(done)
        assert who(records) == {"Li Wei": "withdrawn", "Zhao Min": "assigned"}
        await ana.press("z")
        await ana.sees(back)
    after = card(records, 1)
    assert after.order.state is State.ON_SITE
    was, now = before.order, after.order
    visits = tuple(visit for visit in now.visits if visit.state is not VisitState.RECALLED)
    assert replace(now, version=was.version, chain=was.chain, visits=visits) == was


@pytest.mark.parametrize(
    ("language", "said", "hint", "effect", "done"),
    [
        (
            "en",
            "zhao /also",
            "! Li Wei is on site; /also sends a second one, /insist calls them off",
            "to Zhao Min (L3), beside those who go already",
            "order 1 is ",
        ),
        (
            "zh_CN",
            "zhao /加派",
            "! Li Wei 正在现场；加 /加派 再派一人同去，加 /强制 将其撤派",
            "给 Zhao Min（L3），与已派人员同去",
            "工单 1 ",
        ),
    ],
)
async def test_a_second_one_is_sent_beside_who_is_on_site(
    records: Records, language: str, said: str, hint: str, effect: str, done: str
) -> None:
    """The line says which words do it before Enter, and what they do."""
    on_site(records)
    async with at_the_console(records, size=(80, 24), language=language) as ana:
        await ana.sees("Lift stuck")
        await ana.press("d")
        await ana.writes(said.split()[0])
        await ana.sees(hint)
        await ana.writes(" " + said.split()[1])
        await ana.sees(effect)
        await ana.press("enter")
        await ana.sees(done, "→ Zhao Min")
    assert who(records) == {"Li Wei": "on_site", "Zhao Min": "assigned"}


async def test_insisting_can_be_said_at_once(records: Records) -> None:
    """And a word that is no option is not a part of a name."""
    on_site(records)
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press("d")
        await ana.writes("L3 /never")
        await ana.press("enter")
        await ana.sees("“/never” is no option", "/also sends a second one, /insist calls off")
        await ana.press(*["backspace"] * 5)
        await ana.writes("insist")
        await ana.sees("calls off Li Wei")
        await ana.press("enter")
        await ana.sees("order 1 is assigned → Zhao Min")
    assert who(records) == {"Li Wei": "withdrawn", "Zhao Min": "assigned"}


async def test_a_typed_command_is_told_which_words_send_somebody(records: Records) -> None:
    """The refusal of the store names them."""
    on_site(records)
    async with at_the_console(records) as ana:
        await ana.sees("Lift stuck")
        await ana.press(":")
        await ana.types("as 1 L3")
        await ana.sees("on site; /insist calls them off, /also sends a second one")


async def test_a_tall_screen_has_a_line_for_each(records: Records) -> None:
    """His state, since when, and what he has to do; a small one has them side by side."""
    async with at_the_console(records, size=(120, 40)) as ana:
        await ana.sees("Lift stuck")
        await ana.press("d")
        await ana.sees(">L2 王芳", "to 王芳 (L2)")
        rows = [one for one in ana.screen() if "L1 Li Wei" in one and "#5 Boiler" in one]
        assert len(rows) == 1
        assert "A assigned" in rows[0]
        await ana.resize(80, 24)
        await ana.sees("L2 王芳 + available   L3 Zhao Min")


def test_nobody_takes_the_place_of_who_was_proposed() -> None:
    """Somebody else sent him in the meantime: the name that was read is not the one who goes."""
    errand, offer = Errand.begin(ASSIGN, line(7), {}, None), Offer()
    offer.fit(errand, "", (FREE, OTHER))
    assert offer.answer("") == ("L2", ())
    offer.fit(errand, "", (replace(FREE, state="assigned", jobs=1), OTHER))
    assert offer.answer("") == ("", ())
    offer.fit(errand, "", (FREE, OTHER))
    assert offer.answer("") == ("", ()), "he was free again before the eye came back"


@pytest.mark.parametrize(
    "busy",
    [
        {"state": "on_site", "jobs": 1},
        {"state": "break"},
        {"on_shift": False},
        {"absent": True},
        {"recalled": 4},
    ],
)
def test_who_is_not_free_is_not_proposed(busy: dict[str, Any]) -> None:
    """Then Down chooses."""
    errand, offer = Errand.begin(ASSIGN, line(7), {}, None), Offer()
    offer.fit(errand, "", (replace(FREE, **busy),))
    assert offer.answer("") == ("", ())
    told = "".join(text for row in offer.rows(80, 24, at=THEN, zone=None) for text, _tone in row)
    assert "Down chooses" in told


def test_the_prompt_finds_whom_the_command_line_finds() -> None:
    """By code, name, sound and first letters; several that fit are asked about."""
    wei, west = replace(OTHER, id=3, code="T27", name="Wang Wei"), replace(OTHER, id=4, code="T28")
    people = (FREE, wei, west)
    for text, meant in {
        "ww": "T27",
        "wf": "L2",
        "27": "T27",
        "t28": "T28",
        "wangf": "L2",
        "wangw": "T27",
    }.items():
        found = whom_meant(people, text)
        assert found is not None, text
        assert found.code == meant
        assert technicians(people, text)[0].answer == meant
    with pytest.raises(NameAmbiguous, match="T27 Wang Wei"):
        whom_meant(people, "t2")
    assert whom_meant(people, "") is None
    assert whom_meant(people, "nobody") is None


@pytest.mark.parametrize(
    ("text", "name", "options", "wrong"),
    [
        ("wang", "wang", (), ""),
        ("Wang  Wei /also", "Wang  Wei", ("also",), ""),
        ("王芳　／加派", "王芳", ("also",), ""),
        ("L3 /a /ins", "L3", ("insist", "also"), ""),
        ("/also", "", ("also",), ""),
        ("A/B /x", "A/B", (), "/x"),
        ("/", "", (), "/"),
        ("", "", (), ""),
    ],
)
def test_options_stand_behind_the_name(
    text: str, name: str, options: tuple[str, ...], wrong: str
) -> None:
    """By their beginnings, in both languages, with the wide slash of an input method."""
    said = written(text, ASSIGN)
    assert (said.name, said.options, said.wrong) == (name, options, wrong)
