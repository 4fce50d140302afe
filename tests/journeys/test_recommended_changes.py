"""Who should go, while the desk changes and where nobody may go: what Enter does then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from console.feed import NewsArrived
from console.screens.board import BoardScreen
from console.screens.recommend import RecommendScreen
from store.commands import NewOrder, SaveKind
from store.domain.lifecycle import Move
from tests.journeys.desk import at_the_console, crosswise
from tests.journeys.lifts import SEEN, SENT, asks_about_the_lift, of_lifts, sent_to
from tests.journeys.stories import do, move

if TYPE_CHECKING:
    from console.seat import Seat
    from store.records import Records

pytestmark = pytest.mark.journey

MOVED_ON = {
    "en": "安娜 has just got other hours, papers or orders; look at order 6 again",
    "zh_CN": "安娜 的班次、证书或工单刚刚变了；请重新查看工单 6",
}


@pytest.mark.parametrize("language", MOVED_ON)
async def test_what_is_shown_beside_a_name_is_what_is_done(
    records: Records, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """He has got another job that would slip: that is said, shown, and Enter once more sends."""
    number = of_lifts(records)
    monkeypatch.setattr("console.pacing.REST_S", 3600.0)
    monkeypatch.setattr("console.pacing.PUT_OFF_S", 3600.0)
    async with at_the_console(records, size=(120, 30), language=language) as ana:
        await asks_about_the_lift(ana)
        await ana.sees("1 AN 安娜", SEEN[language][1])
        other = NewOrder(title="Door creaks", site="A", kind="lift", priority=4, level="critical")
        move(records, do(records, other).numbers[0], Move.ASSIGN, technician="AN")
        await ana.press("enter")
        await ana.sees(MOVED_ON[language], "P4 Door creaks")
        assert sent_to(records, number) == []
        await ana.press("enter")
        await ana.sees(SENT[language])
    assert sent_to(records, number) == ["AN"]


JUST = {
    "en": ("with BO now", "the list has just changed: look at it, and Enter once more"),
    "zh_CN": ("现在由 BO 负责", "列表刚刚变了：看清后再按一次 Enter"),
}


@pytest.mark.parametrize("language", JUST)
async def test_a_list_that_changed_under_the_finger_is_looked_at_first(
    records: Records, language: str
) -> None:
    """A colleague was faster: nobody is called off by a key that meant what stood there before."""
    number = of_lifts(records)
    holder, said = JUST[language]
    records.follow()
    async with at_the_console(records, size=(120, 30), language=language) as ana:
        await asks_about_the_lift(ana)
        await ana.sees("1 AN 安娜")
        await ana.press("down", "up")
        move(records, number, Move.ASSIGN, technician="BO")
        await ana.sees(holder)
        await ana.press("enter")
        await ana.sees(said)
        assert sent_to(records, number) == ["BO"]
        await ana.press("enter")
        await ana.sees(SENT[language])
    assert sent_to(records, number) == ["BO", "AN"]


async def test_a_list_asked_again_with_the_same_content_is_no_other(records: Records) -> None:
    """News of other orders refuse no key."""
    number = of_lifts(records)
    records.follow()
    async with at_the_console(records, size=(120, 30)) as ana:
        await asks_about_the_lift(ana)
        await ana.sees("1 AN 安娜")
        await ana.press("down", "up")
        do(records, NewOrder(title="Bulb", site="A", priority=4, level="critical"))
        await ana.press("f5")
        await ana.sees("1 AN 安娜")
        await ana.press("enter")
        await ana.sees(SENT["en"])
    assert sent_to(records, number) == ["AN"]


async def test_an_order_that_is_over_asks_for_nobody(records: Records) -> None:
    """The key says so where it is pressed, the line where it was typed."""
    of_lifts(records)
    move(records, 6, Move.CANCEL, reason="sold")
    async with at_the_console(records, size=(120, 30)) as ana:
        await ana.press(":")
        await ana.types("who 6")
        await ana.sees("order 6 cannot be assigned while it is cancelled")


async def test_a_wall_display_sends_nobody(records: Records) -> None:
    """It may look who would go."""
    number = of_lifts(records)
    async with at_the_console(records, size=(120, 30), only_looks=True) as ana:
        await asks_about_the_lift(ana)
        await ana.sees("1 AN 安娜")
        await ana.press("enter")
        await ana.sees("this console only shows the desk")
    assert sent_to(records, number) == []


async def test_what_a_key_opens_is_asked_at_once(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    """News waits until the hands rest; whoever pressed a key waits for its answer."""
    of_lifts(records)
    monkeypatch.setattr("console.pacing.REST_S", 3600.0)
    monkeypatch.setattr("console.pacing.PUT_OFF_S", 3600.0)
    async with at_the_console(records, size=(120, 30)) as ana:
        await ana.sees("People trapped")
        await ana.press("W")
        await ana.sees("usually takes 1h00", "from a place that nobody knows")


@pytest.mark.parametrize("news", [False, True])
async def test_it_is_asked_while_the_list_is_put_up(
    records: Records, monkeypatch: pytest.MonkeyPatch, *, news: bool
) -> None:
    """Once; and once more where something was committed before the list could hear of it."""
    number, asks, asked = of_lifts(records), list[int](), RecommendScreen.asked

    def counted(screen: RecommendScreen, seat: Seat) -> Any:
        asks.append(1)
        return asked(screen, seat)

    monkeypatch.setattr(RecommendScreen, "asked", counted)
    async with at_the_console(records, size=(120, 30)) as ana:
        await ana.sees("People trapped")
        board = ana.desk.screen
        assert isinstance(board, BoardScreen)
        before = ana.desk.news
        board.open_recommended(number, None, lambda _done: None)
        opened = ana.desk.screen
        assert isinstance(opened, RecommendScreen)
        assert not opened.is_mounted
        assert any(worker.node is opened for worker in ana.desk.workers)
        if news:
            ana.desk.on_news_arrived(NewsArrived(0, frozenset(), reload=True))
        await ana.sees("1 AN 安娜")
        await ana.rests()
        assert (len(asks) > 1) == (ana.desk.news > before)


NOBODY = {
    "en": (
        "nobody has the skill gas",
        "nearest: L1 Li Wei: does not have the skill gas",
        "somebody lent by another region or firm would help",
        "d there sends somebody all the same",
    ),
    "zh_CN": (
        "没有人具备技能 gas",
        "最接近：L1 Li Wei：不具备技能 gas",
        "可向其他区域或单位借人",
    ),
}


@crosswise()
async def test_where_nobody_may_go_it_says_what_would_help(
    records: Records, size: tuple[int, int], language: str
) -> None:
    """A skill that everybody lacks, and whom one would then rather send; at the key as typed."""
    do(records, SaveKind(code="gas", name="Gas", skill="gas", level=3))
    do(records, NewOrder(title="People trapped", kind="gas", priority=1, level="critical"))
    async with at_the_console(records, size=size, language=language) as ana:
        await asks_about_the_lift(ana)
        await ana.sees(*NOBODY[language])
        await ana.press("escape", "colon")
        await ana.types("who 6" if language == "en" else "谁 6")
        await ana.sees(NOBODY[language][0])
