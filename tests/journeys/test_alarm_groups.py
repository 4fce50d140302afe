"""Many alarms at once are one line, which opens, and is acknowledged and shelved as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.journeys.desk import at_the_console
from tests.journeys.test_alarms import LANGUAGES, storm

if TYPE_CHECKING:
    from store.records import Records
    from tests.journeys.desk import Operator


async def storm_comes(ana: Operator, records: Records) -> None:
    """Once what rang before is on the screen: how a storm is told depends on how it begins."""
    await ana.passes(minutes=17)
    await ana.sees("09-21 01:17")
    storm(records)
    await ana.press("f5")


@LANGUAGES
async def test_a_flood_is_one_line_that_opens(records: Records, language: str) -> None:
    """On the strip and on the screen of all alarms, below the lift with people, which is worse."""
    async with at_the_console(records, language=language, size=(120, 40)) as ana:
        await storm_comes(ana, records)
        await ana.press("f5")
        await ana.sees("new alarms" if language == "en" else "条新告警")
        await ana.press("A")
        await ana.sees("+ ")
        await ana.sees_no("flat 3")
        await ana.press("down", "enter")
        await ana.sees("- ", "flat 3")


@LANGUAGES
async def test_a_group_is_acknowledged_after_a_look(records: Records, language: str) -> None:
    """Each alarm of it is shown; Enter silences them, and `z` has them ring again."""
    title, many, back = {
        "en": ("acknowledge 14 alarms: nobody follows", "14 orders", "taken back"),
        "zh_CN": ("确认 14 条告警：无人跟进", "14 张工单", "已撤销"),
    }[language]
    async with at_the_console(records, language=language, size=(120, 40)) as ana:
        await storm_comes(ana, records)
        await ana.press("A")
        await ana.sees("+ ")
        await ana.press("down", "a")
        await ana.sees(title, "#6 flat 0")
        await ana.press("escape")
        await ana.sees("+ ")
        await ana.press("a", "enter")
        await ana.sees("✓ ")
        await ana.sees_no("+ ")
        assert _seen(records) == 14
        await ana.press("z")
        await ana.sees(many)  # as many, they are shown before that as well
        await ana.press("enter")
        await ana.sees(back, "+ ")
        assert _seen(records) == 0


async def test_a_group_is_shelved_with_one_reason(records: Records) -> None:
    """Until when and why are asked once, then each is shown."""
    async with at_the_console(records, size=(120, 40)) as ana:
        await storm_comes(ana, records)
        await ana.press("A", "down", "S")
        await ana.sees("shelve 14 alarms: nobody follows · shelve until: ")
        await ana.press("enter")
        await ana.types("power is off in the whole street")
        await ana.sees("#6 flat 0", "alarm of #6 shelved until 01:47: nobody follows")
        await ana.press("enter")
        await ana.sees("done for 14", "shelved until")
        await ana.press("S")  # what followed the group is at hand, not the worst of all
        await ana.sees("#2 Shelve · shelve until: ")


async def test_below_an_opened_group_the_next_to_be_handled_is_at_hand(records: Records) -> None:
    """And not the first alarm of the group, which lay on the shelf by then."""
    async with at_the_console(records, size=(120, 40)) as ana:
        await storm_comes(ana, records)
        await ana.press("A")
        await ana.sees("+ ")
        await ana.press("down", "enter")
        await ana.sees("- ", "flat 0")
        await ana.press("S", "enter")
        await ana.types("power is off in the whole street")
        await ana.sees("#6 flat 0", "alarm of #6 shelved until")
        await ana.press("enter")
        await ana.sees("done for 14", "shelved until")
        await ana.press("S")
        await ana.sees("#2 Shelve · shelve until: ")


async def test_what_was_written_for_a_group_outlasts_a_no(records: Records) -> None:
    """Whoever looks at what would be done and leaves does not write the reason anew."""
    async with at_the_console(records, size=(120, 40)) as ana:
        await storm_comes(ana, records)
        await ana.press("A", "down", "S", "enter")
        await ana.types("power is off in the whole street")
        await ana.sees("#6 flat 0", "alarm of #6 shelved until")
        await ana.press("escape")
        await ana.sees("+ ")
        await ana.press("S", "enter")
        await ana.sees("why: power is off in the whole street")


def _seen(records: Records) -> int:
    with records.database.reading() as conn:
        asked = "SELECT count(*) FROM alarm WHERE acknowledged_at IS NOT NULL"
        return int(conn.exec_driver_sql(asked).scalar() or 0)
