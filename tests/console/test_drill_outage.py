"""What the report of a played drill tells of a standstill of the system."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from console import i18n, page, report_play
from store.domain.drill.script import Script, Shock
from tests.console.drilled import QUIET

if TYPE_CHECKING:
    from tests.console.drilled import Begin


pytestmark = pytest.mark.usefixtures("plain_surroundings")


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_report_says_what_the_system_hid_while_it_was_down(language: str, begin: Begin) -> None:
    """What came in meanwhile, and when it was seen: a row each, one of all, in every format."""
    down = Script(name="down", calls_an_hour=30, shocks=(Shock(at=0.2, what="down"),))
    desk = begin(down)
    desk.play(8, sends=True)
    played = desk.over()
    i18n.use(language)
    lines = list(page.markdown(report_play.title(played), report_play.sections(played)))
    heading, row = {
        "en": ("## Missed while the system was down, minute 2:24 to 4:54", "came in"),
        "zh_CN": ("## 系统停机期间漏掉的，第 2:24 至 4:54 分钟", "来电"),
    }[language]
    place = lines.index(heading)
    came = [line for line in lines[place:] if f" {row} |" in line]
    calls = [one for one in played.news if one.what == "call"]
    assert len(came) == len(calls) > 1
    whole = {"en": "seen what came in while", "zh_CN": "停机期间漏掉的（来电），何时看到"}[language]
    assert any(whole in line for line in lines)
    html = "\n".join(page.html(report_play.title(played), report_play.sections(played)))
    assert heading.removeprefix("## ") in html
    plain = report_play.plain(played)["score"]["while_down"]
    assert len([one for one in plain["missed"] if one["what"] == "came"]) == len(calls)
    assert plain["came"]["count"] == len(calls)
    calm = begin(QUIET).over()
    told = list(page.markdown("x", report_play.sections(calm)))
    assert not any(heading[:15] in line or whole in line for line in told)
