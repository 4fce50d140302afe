"""A complaint from the call to its end, by keys and by typed lines, in both languages."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from console.screens.alarms import AlarmsScreen
from scheduler.complaints import ring_complaints
from store.commands.voices import KeepComplaint, KeepPraise
from store.domain.voices import Stand
from store.queries.corrective import ListActions
from store.queries.voices import ListVoices, ShowVoice
from tests.journeys.desk import ANA, MONDAY, Clock, at_the_console
from tests.journeys.stories import do

if TYPE_CHECKING:
    from store.domain.voices import Voice
    from store.records import Records

pytestmark = pytest.mark.journey

WORDS = {
    "en": (
        "Nothing is listed here", "about what", "what it is about", "own words", "who said it",
        "complaint 1 kept (noise or dirt)", "To be answered by", "what the customer was told",
        "complaint 1 answered", "root cause", "its root cause is design",
        "action 1 opened", "complaint 1 closed", "1 complaint over",
    ),
    "zh_CN": (
        "这里没有记录", "关于什么", "投诉什么", "原话", "谁说的",
        "投诉 1 已登记（噪音或脏乱）", "前答复", "告知客户的内容",
        "投诉 1 已答复", "原因", "原因是设计缺陷",
        "立项整改 1", "投诉 1 已关闭", "已结投诉 1 条",
    ),
}  # fmt: skip


def kept(records: Records) -> Voice:
    """The first complaint as the store has it."""
    return records.ask(ShowVoice(voice=1), who=ANA, at=MONDAY).voice


@pytest.mark.parametrize(
    ("language", "size"), [("en", (80, 24)), ("zh_CN", (120, 40)), ("zh_CN", (80, 24))]
)
async def test_a_complaint_goes_its_way_by_one_key_a_step(
    records: Records, language: str, size: tuple[int, int]
) -> None:
    """Kept, answered, understood, turned into an action, closed; each asks what it must know."""
    words = WORDS[language]
    async with at_the_console(records, size=size, language=language) as ana:
        await ana.press("f19")
        await ana.sees(words[0])
        await ana.press("5")
        for asked, answer in (
            (words[1], "@S1"), (words[2], "noise"), (words[3], "hums at night"),
            (words[4], "Mrs Li"),
        ):  # fmt: skip
            await ana.sees(asked)
            await ana.writes(answer)
            await ana.press("enter")
        await ana.sees(words[5])
        await ana.sees("hums at night", words[6])
        await ana.press("1")
        await ana.sees(words[7])
        await ana.writes("we listen tonight")
        await ana.press("enter")
        await ana.writes("Mrs Li")
        await ana.press("enter")
        await ana.sees(words[8])
        await ana.press("2")
        await ana.sees(words[9])
        await ana.writes("design")
        await ana.press("enter")
        await ana.sees(words[10])
        await ana.press("4")
        await ana.press("enter")
        await ana.sees(words[11])
        await ana.press("3")
        await ana.sees(words[12])
        await ana.press("7")
        await ana.sees(words[13])
    assert kept(records).stand is Stand.CLOSED
    (line,) = records.ask(ListActions(), who=ANA, at=MONDAY)
    assert (line.action.finding, line.action.problem) == ("complaint", "hums at night")


async def test_a_typed_line_does_each_step(records: Records) -> None:
    """In either language; what is missing is said."""
    async with at_the_console(records) as ana:
        for line, said in (
            ("complaints add 1 late nobody came ;Mr Ho", "complaint 1 kept"),
            ("投诉 登记 C1 again still wet", "complaint 2 kept"),
            ("complaints praise 1 quick and kind", "praise 3 kept"),
            ("complaints answer 1 we come at nine ;Mr Ho", "complaint 1 answered"),
            ("投诉 归因 1 schedule", "its root cause is access"),
            ("complaints close 1", "complaint 1 closed"),
            ("complaints close 2", "has not been answered"),
            ("complaints withdraw 2 said twice", "complaint 2 withdrawn"),
            ("complaints answer 2", "still to say"),
        ):
            await ana.press("colon")
            await ana.writes(line)
            await ana.press("enter")
            await ana.sees(said)
            await ana.press("escape")
    voice = kept(records)
    assert (voice.speaker, voice.said, voice.answered_to) == ("Mr Ho", "nobody came", "Mr Ho")
    assert records.ask(ListVoices(), who=ANA, at=MONDAY) == ()


async def test_it_rings_in_the_console_and_is_acknowledged_there(records: Records) -> None:
    """Among the alarms of orders; the card of its order names it."""
    do(records, KeepComplaint(said="the lift hums", about="noise", number=1))
    do(records, KeepPraise(said="so quick", number=1))
    late = MONDAY + timedelta(days=3)
    ring_complaints(records, at=late)
    async with at_the_console(records, clock=Clock(late), size=(120, 40)) as ana:
        await ana.press("A")
        await ana.sees("complaint to be answered", "the lift hums")
        for _row in range(20):
            assert isinstance(ana.desk.screen, AlarmsScreen)
            row = ana.desk.screen.chosen()
            if row is not None and row.complaint is not None:
                break
            await ana.press("down")
        await ana.press("S")
        await ana.sees("stands on no shelf")
        await ana.press("a")
        await ana.sees("alarm of complaint 1 acknowledged")
        await ana.press("escape", "f19")
        await ana.sees("1 complaint to be answered", "overdue")
        await ana.press("enter")
        await ana.sees("complaints and praise", "so quick")
    assert kept(records).seen_at is not None
