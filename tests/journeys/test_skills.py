"""From the matrix to a training that renews a certificate, by keys and by typed lines."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from scheduler.horizons import remind
from store.commands.people import SaveTechnician
from store.domain.who import THE_DESK
from store.queries.skills import ListTrainings, SkillsMatrix
from tests.journeys.desk import ANA, MONDAY, at_the_console, crosswise
from tests.journeys.stories import do

if TYPE_CHECKING:
    from store.records import Records

pytestmark = pytest.mark.journey
DAY = timedelta(days=1)
ANSWERS = ("", "+2h", "ladders", "高处作业证 2027-09-30")
WORDS = {
    "en": (
        "1 ends soon", "20 d left", "valid until", "in what: technical", "when", "to be learned",
        "whoever passes has", "training 1 planned", "1 training planned", "in words",
        "passed", "≤ 30 d left", "was it held already?",
    ),
    "zh_CN": (
        "1 项即将到期", "剩 20 天", "有效至", "哪方面", "时间", "学什么",
        "通过后获得", "已计划培训 1", "1 次待培训", "结果如何",
        "通过", "证书剩 ≤ 30 天", "已经办过了吗",
    ),
}  # fmt: skip


def certified(records: Records) -> None:
    """Many skills, and one certificate that ends soon."""
    skills = {f"trade{n:02d}": n % 5 + 1 for n in range(20)}
    papers = (("高处作业证", MONDAY + 20 * DAY + DAY / 2),)
    do(records, SaveTechnician(code="L2", name=None, skills=skills, certificates=papers))
    remind(records, at=MONDAY)


@crosswise()
async def test_a_certificate_that_ends_is_renewed_by_a_training(
    records: Records, language: str, size: tuple[int, int]
) -> None:
    """The alarm says it ahead; the matrix says of whom; what is passed stands there at once."""
    words = WORDS[language]
    certified(records)
    async with at_the_console(records, size=size, language=language) as ana:
        await ana.press("A")
        await ana.sees(words[11], "高处作业证")
        await ana.press("escape")
        await ana.press("f21")
        await ana.sees(words[0], "trade00")
        await ana.press(*(["right"] * 25))
        await ana.sees("‹高处", words[1])
        for _row in range(12):
            if words[2] in "\n".join(ana.screen()):
                break
            await ana.press("down")
        await ana.sees(words[2])
        await ana.press("1")
        for asked, answer in zip(words[3:7], ANSWERS, strict=True):
            await ana.sees(asked)
            if answer:  # the first one stands there already
                await ana.writes(answer)
            await ana.press("enter")
        await ana.sees(words[7])
        await ana.press("enter")
        await ana.sees(words[8], "ladders")
        await ana.press("2")
        await ana.sees(words[12])
        await ana.press("enter")
        await ana.sees(words[9])
        await ana.writes("90")
        await ana.press("enter")
        await ana.press("enter")
        await ana.sees(words[10], "90")
    matrix = records.ask(SkillsMatrix(), who=ANA, at=MONDAY)
    (held,) = next(one for one in matrix.people if one.code == "L2").papers
    assert held.warned == 0
    assert held.expires_at is not None
    assert f"{held.expires_at:%Y-%m}" in {"2027-09", "2027-10"}


async def test_a_typed_line_does_each_step(records: Records) -> None:
    """In either language."""
    certified(records)
    async with at_the_console(records) as ana:
        for line, said in (
            ("training plan L2 manner +3d angry callers ;trade01:4", "training 1 planned"),
            ("培训 改期 1 +5m", "training 1 is at"),
            ("培训 通过 1 well done", "was it held already?"),
            ("", ""),  # until it has begun
            ("培训 通过 1 well done", "passed angry callers"),
            ("training plan L2 technical +1d ladders", "training 2 planned"),
            ("training drop 2 trainer ill", "training 2 dropped"),
            ("training drop 2 again", "training 2 is over"),
        ):
            if not line:
                await ana.passes(minutes=6)
                continue
            await ana.press("colon")
            await ana.writes(line)
            await ana.press("enter")
            await ana.sees(said)
            await ana.press("escape")
    lines = records.ask(ListTrainings(), who=THE_DESK, at=MONDAY)
    assert [line.training.state for line in lines] == ["dropped", "passed"]
