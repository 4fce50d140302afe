"""A burst of alarms at three sites: the keys go from group to group and pass none over."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from scheduler.runner import fire_due
from store.commands import FollowOrder, MoveOrder, NewOrder, PromiseFollowUp, SaveSite
from store.domain.lifecycle import Move
from tests.journeys.desk import MONDAY, at_the_console
from tests.journeys.stories import do
from tests.journeys.test_alarms import LANGUAGES

if TYPE_CHECKING:
    from store.records import Records
    from tests.journeys.desk import Operator

SITES = {"S1": "望江花园", "S3": "Harbour East", "S2": "North Mill"}
"""As they rang: those of S1 first; but S3 has most alarms, and more of as bad stand first."""

FIRST, SECOND, LAST = "Harbour East", "North Mill", "望江花园"
"""How the groups stand."""


def burst(records: Records) -> None:
    """Alarms of three causes within one minute, told by site: the causes are no fewer."""
    do(records, SaveSite(code="S3", name="Harbour East", zone="Asia/Shanghai"))
    for place, site in enumerate(SITES):
        at = MONDAY + timedelta(seconds=place)
        numbers = [
            do(records, NewOrder(title=f"{site} {n}", priority=2, site=site), at=at).numbers[0]
            for n in range({"S3": 7, "S2": 5}.get(site, 3))
        ]
        until = MONDAY + timedelta(minutes=10)
        wait = MoveOrder(number=numbers[0], move=Move.WAIT, reason="parts", wake_at=until)
        do(records, wait, at=at)
        do(records, FollowOrder(number=numbers[1]), at=at)  # else nobody does, which is as bad
        do(records, PromiseFollowUp(number=numbers[1], due_at=until), at=at)
    fire_due(records, at=MONDAY + timedelta(minutes=16))


async def all_alarms(ana: Operator, records: Records, key: str = "A") -> None:
    """Once what rang before is on the screen: how a storm is told depends on how it begins."""
    await ana.passes(minutes=17)
    await ana.sees("09-21 01:17")
    burst(records)
    await ana.press("f5", key)
    await ana.sees(f"+ {FIRST}", f"+ {SECOND}", f"+ {LAST}")


async def test_each_key_acknowledges_one_group_and_goes_to_the_next(records: Records) -> None:
    """From the worst alarm of all through every group, down to those that are told singly again."""
    async with at_the_console(records, size=(120, 40)) as ana:
        await all_alarms(ana, records)
        await ana.sees("> !! 1 P1")
        await ana.press("a")
        await ana.sees(f"> ! + {FIRST}")
        await ana.press("a")
        await ana.sees(f"acknowledge 7 alarms: {FIRST}")
        await ana.press("enter")
        await ana.sees(f"> ! + {SECOND}")
        await ana.press("a")
        await ana.sees(f"alarms: {SECOND}")
        await ana.press("enter")
        await ana.sees_no(f"+ {SECOND}", f"+ {LAST}")  # what is left is no flood
        assert "S1" in await ana.chosen()


async def test_a_hand_that_moved_on_is_not_called_back(records: Records) -> None:
    """What follows an alarm is at hand only for whoever still stands on that."""
    async with at_the_console(records, size=(120, 40)) as ana:
        await all_alarms(ana, records)
        await ana.hurries("ajj")
        await ana.sees("✓ 1", f"> ! + {SECOND}")
        await ana.press("a")
        await ana.sees(f"alarms: {SECOND}")
        await ana.press("enter")
        await ana.sees(f"> ! + {LAST}")


async def test_keys_of_a_fast_hand_each_find_their_group(records: Records) -> None:
    """What is typed before the list has come again is about the next group, not the one before."""
    async with at_the_console(records, size=(120, 40)) as ana:
        await all_alarms(ana, records)
        await ana.press("a")
        await ana.sees(f"> ! + {FIRST}")
        await ana.hurries("a\ra")
        await ana.sees(f"alarms: {SECOND}")


@LANGUAGES
async def test_a_group_is_put_aside_and_rings_again_when_that_is_taken_back(
    records: Records, language: str
) -> None:
    """The next group is at hand meanwhile, and the one that came back stands in its place."""
    done, back = {"en": ("done for 7", "taken back"), "zh_CN": ("7 条", "已撤")}[language]
    async with at_the_console(records, language=language, size=(120, 40)) as ana:
        await all_alarms(ana, records)
        await ana.press("down", "S", "enter")
        await ana.types("harbour wall is closed")
        await ana.sees("S3 0", "S3 6")
        await ana.press("enter")
        await ana.sees(done, f"> ! + {SECOND}", "harbour wall")
        await ana.sees_no(f"+ {FIRST}")
        await ana.press("z")
        await ana.sees("S3 0", "S3 6")
        await ana.press("enter")
        await ana.sees(back, f"+ {FIRST}", f"> ! + {SECOND}")
        await ana.sees_no("harbour wall")


async def test_the_group_that_becomes_worse_goes_up_and_the_cursor_stays(records: Records) -> None:
    """An order of the first priority rings at the last site."""
    async with at_the_console(records, size=(120, 40)) as ana:
        await all_alarms(ana, records)
        await ana.press("down", "down")
        worse = NewOrder(title="water in the shaft", priority=1, site="S1")
        do(records, worse, at=MONDAY)
        fire_due(records, at=MONDAY + timedelta(minutes=17))
        await ana.press("f5")
        await ana.sees("worse above")
        assert SECOND in await ana.chosen()
        await ana.press("full_stop")
        await ana.sees(f"!! + {LAST}", f"> ! + {SECOND}")


@LANGUAGES
async def test_a_burst_is_told_on_two_lines_of_a_small_screen(
    records: Records, language: str
) -> None:
    """The worst by number, what and title; then where most of them ring, with how many more."""
    worst, many, more = {
        "en": ("!! P1 #1 overdue (arr)", f"! {FIRST}: 7 new alarms", "+ 11 more alarms - A"),
        "zh_CN": ("!! P1 #1 超时（到场）", f"! {FIRST}：7 条新告警", "+ 另有 11 条告警"),
    }[language]
    async with at_the_console(records, size=(80, 24), language=language) as ana:
        await ana.passes(minutes=17)
        await ana.sees("09-21 01:17")
        burst(records)
        await ana.press("f5")
        await ana.sees(worst, "Lift stuck", many, more)
        assert all(cell_len(line.rstrip()) <= 80 for line in ana.screen())


@LANGUAGES
@pytest.mark.parametrize("opened", [False, True])
async def test_a_group_and_its_keys_fit_on_eighty_columns(
    records: Records, language: str, opened: bool
) -> None:
    """Who reads the line knows how many there are, and what the keys do with them."""
    many, keys = {
        ("en", False): ("7 new alarms", "Enter opens; a, S: all; Esc back"),
        ("en", True): ("7 new alarms", "Enter closes; a, S: all; Esc back"),
        ("zh_CN", False): ("7 条新告警", "Enter 展开；a、S 对全组；Esc 返回"),
        ("zh_CN", True): ("7 条新告警", "Enter 收起；a、S 对全组；Esc 返回"),
    }[language, opened]
    async with at_the_console(records, language=language, size=(80, 24)) as ana:
        await all_alarms(ana, records)
        await ana.press("down", *(["enter"] if opened else []))
        await ana.sees(many, keys)
        heading, group = ana.screen()[1], await ana.chosen()
        assert "…" not in heading + group
        assert cell_len(heading) <= 80


@LANGUAGES
async def test_the_count_of_alarms_is_never_cut_for_the_keys(
    records: Records, language: str
) -> None:
    """With some on the shelf the line is longer; then the keys are told shorter."""
    shelved = {"en": "shelved ", "zh_CN": "1 条搁置"}[language]
    async with at_the_console(records, language=language, size=(80, 24)) as ana:
        await all_alarms(ana, records)
        await ana.press("S", "enter")
        await ana.types("later")
        await ana.sees("= 1")
        assert shelved in ana.screen()[1]
        assert "…" not in ana.screen()[1]
