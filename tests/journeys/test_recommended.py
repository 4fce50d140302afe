"""Who should go, at the keyboard: the five beside their reasons, what would slip, Enter sends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from console.feed import NewsArrived
from console.screens.board import BoardScreen
from console.screens.recommend import RecommendScreen
from store.commands import NewOrder, SaveKind, SaveSite, SaveTechnician, UpdateCustomer
from store.domain.lifecycle import Move
from store.queries.card import OrderCard
from tests.journeys.desk import ANA, MONDAY, at_the_console
from tests.journeys.stories import do, move

if TYPE_CHECKING:
    from console.seat import Seat
    from store.queries.card import Card
    from store.records import Records
    from tests.journeys.desk import Operator

pytestmark = pytest.mark.journey

SEEN = {
    "en": ("takes lift, level 1", "costs nothing", "of the others: skill missing 3", "send them"),
    "zh_CN": ("需要 lift 1 级", "没有代价", "其余：缺少技能 3", "派去"),
}
DIMMED = {
    "en": ("(Enter)send them: nobody may go  Esc back", "nobody may go"),
    "zh_CN": ("(Enter)派去：没有人可派  Esc 返回", "没有人可派"),
}
SENT = {"en": "order 6 is assigned → 安娜", "zh_CN": "工单 6 已派单 → 安娜"}


def of_lifts(records: Records) -> int:
    """Two who master lifts, one of them with a job; and an urgent order for one."""
    for code, at in (("A", 121.4), ("B", 121.4267)):
        do(records, SaveSite(code=code, name=code, zone="UTC", latitude=31.2, longitude=at))
    for code, name, home in (("AN", "安娜", "A"), ("BO", "Bo", "B")):
        do(records, SaveTechnician(code=code, name=name, home=home, skills={"lift": 3}))
    asked = NewOrder(title="People trapped", site="A", kind="lift", priority=1, level="critical")
    return do(records, asked).numbers[0]


def card(records: Records, number: int) -> Card:
    """An order as the store has it now."""
    return records.ask(OrderCard(number=number), who=ANA, at=MONDAY)


def sent_to(records: Records, number: int) -> list[str]:
    """Who was sent to it."""
    shown = card(records, number)
    return [shown.technicians[visit.technician].code for visit in shown.order.visits]


async def asks_about_the_lift(ana: Operator) -> None:
    """With its order alone on the list, so that it is the chosen one."""
    await ana.sees("People trapped")
    await ana.press("slash")
    await ana.types("#6")
    await ana.sees("/ #6")
    await ana.press("W")


@pytest.mark.parametrize("language", SEEN)
async def test_w_shows_who_should_go_and_enter_sends_him(records: Records, language: str) -> None:
    """The best is under the cursor; one key takes it back."""
    number = of_lifts(records)
    async with at_the_console(records, size=(120, 30), language=language) as ana:
        await asks_about_the_lift(ana)
        await ana.sees("#6 People trapped", "1 AN 安娜", "2 BO Bo", *SEEN[language])
        await ana.press("enter")
        await ana.sees(SENT[language])
        assert sent_to(records, number) == ["AN"]
        await ana.press("z")
        await ana.sees_no(SENT[language])
    assert card(records, number).order.technician is None


async def test_what_would_slip_is_told_before_it_is_decided(records: Records) -> None:
    """Of whoever is under the cursor; Esc decides nothing."""
    number = of_lifts(records)
    other = NewOrder(title="Door creaks", site="A", kind="lift", priority=4, level="critical")
    creaks = do(records, other).numbers[0]
    move(records, creaks, Move.ASSIGN, technician="AN")
    async with at_the_console(records, size=(120, 30)) as ana:
        await asks_about_the_lift(ana)
        await ana.sees("1 AN 安娜", f"would wait: #{creaks} by 1h00 (P4 Door creaks)")
        await ana.press("down")
        await ana.sees("travel 12", "from the home site")
        await ana.sees_no("would wait")
        await ana.press("escape")
        await ana.sees("Dispatch")
        await ana.hurries("Wj\r")
        await ana.sees("order 6 is assigned → Bo")
    assert sent_to(records, number) == ["BO"]


async def test_the_page_of_an_order_asks_the_same(records: Records) -> None:
    """One is back on it once somebody is sent."""
    number = of_lifts(records)
    async with at_the_console(records, size=(120, 30)) as ana:
        await ana.press(":")
        await ana.types("v 6")
        await ana.sees("People trapped", "what happened")
        await ana.press("W")
        await ana.sees("1 AN 安娜", "costs nothing")
        await ana.press("enter")
        await ana.sees("order 6 is assigned → 安娜", "what happened")
    assert sent_to(records, number) == ["AN"]


async def test_why_not_him_is_asked_by_name(records: Records) -> None:
    """Typed, in either language; a rule or a difference."""
    of_lifts(records)
    async with at_the_console(records, size=(120, 30)) as ana:
        await ana.press(":")
        await ana.types("who 6 not li wei")
        await ana.sees("not L1 Li Wei: does not have the skill lift")
        await ana.press("escape", ":")
        await ana.types("谁 6 为何不 bo")
        await ana.sees("BO Bo would cost 24 min more than AN 安娜:", "travel +12")
        await ana.press("W")
        await ana.types("lift near S1")
        await ana.sees("who masters lift", "Bo")


async def test_the_order_that_moved_on_is_not_sent_to_unseen(records: Records) -> None:
    """Somebody was faster: he is named, and Enter asks before it does it all the same."""
    number = of_lifts(records)
    async with at_the_console(records, size=(120, 30)) as ana:
        await asks_about_the_lift(ana)
        await ana.sees("1 AN 安娜")
        do(records, UpdateCustomer(number=number, text="somebody comes"))
        await ana.press("enter")
        await ana.sees("was changed by", "do it all the same?")
        assert sent_to(records, number) == []
        await ana.press("enter")
        await ana.sees("order 6 is assigned → 安娜")


@pytest.mark.parametrize("language", DIMMED)
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_where_nobody_may_go_enter_is_dimmed_with_its_reason(
    records: Records, language: str, size: tuple[int, int]
) -> None:
    """It promises nothing that it would not do, and pressed all the same it says why."""
    do(records, SaveKind(code="diving", name="Diving", skill="diving", level=1))
    number = do(records, NewOrder(title="Fire pump", kind="diving", priority=1)).numbers[0]
    async with at_the_console(records, size=size, language=language) as ana:
        await ana.sees("Fire pump")
        await ana.press("slash")
        await ana.types(f"#{number}")
        await ana.sees(f"/ #{number}")
        await ana.press("W")
        dimmed, why = DIMMED[language]
        await ana.sees(dimmed)
        await ana.press("enter")
        await ana.sees(f"✗ {why}")
    assert sent_to(records, number) == []


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


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("language", NOBODY)
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
