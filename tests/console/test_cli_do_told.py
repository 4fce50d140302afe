"""`paidan do` for scripts: what the answer tells besides its sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.domain.who import Who
from tests.console.typed import plain

if TYPE_CHECKING:
    from tests.console.typed import Do

pytestmark = pytest.mark.usefixtures("plain_surroundings")
WHO = Who(operator=2, via="test")


def test_who_is_called_off_is_told_to_a_script(do: Do) -> None:
    """With order and name, of one order and of many, in both languages."""
    for number in (1, 2):
        plain(do, f"as {number} wang wei")
    told = plain(do, "as 1-3 L2")
    assert told["called_off"] == [
        {"order": 1, "technician": "Wang Wei"},
        {"order": 2, "technician": "Wang Wei"},
    ]
    assert told["message"].endswith("called off: Wang Wei (#1), Wang Wei (#2)")
    assert "已撤派：王芳" in do("ca 1 sold", "--lang", "zh_CN")[1]


def test_what_goes_to_the_other_order_is_told_to_a_script(do: Do) -> None:
    """Before, by a dry run, and after."""
    plain(do, "p 2 4")
    plain(do, "p 1 1")
    plain(do, "as 1 wang wei")
    dry = plain(do, "dup 1 2", "--dry-run")
    assert "#2 gets priority 1; Wang Wei goes on to #2" in dry["message"]
    told = plain(do, "dup 1 2")
    assert told["raised"] == [{"order": 2, "was": 4, "priority": 1}]
    assert told["handed_on"] == [{"order": 2, "technician": "Wang Wei"}]
    assert "recalled: Wang Wei" in plain(do, "undo")["message"]


def test_an_incident_that_runs_on_is_told_to_a_script(do: Do) -> None:
    """It refuses, then says how many are open, beside those that are no incident."""
    plain(do, "under 2,3 1")
    plain(do, "incident 1 30")
    assert "still runs, open under it: 2" in plain(do, "f 1 /insist", "--dry-run")["message"]
    plain(do, "as 1 wang wei")
    for verb in ("c", "o", "i"):
        plain(do, f"{verb} 1")
    refused = plain(do, "f 1", code=1)
    assert "still runs, open under it: 2; /insist" in refused["message"]
    told = plain(do, "f 1,4 /insist")
    assert told["incident_runs"] == [{"order": 1, "open": 2}]
    assert told["message"].endswith("the major incident #1 still runs, open under it: 2")


def test_whom_a_notice_cannot_reach_is_told_to_a_script(do: Do) -> None:
    """By number; a dry run says it before, at the order itself."""
    plain(do, "n lift 7 stuck @HQ /by Zoe 139 1234 5678")
    plain(do, "under 2,7 1")
    dry = plain(do, "notice 1 ;a crew is on its way", "--dry-run")
    assert {row["number"]: row["changes"][0] for row in dry["preview"]} == {
        7: "who called",
        1: "neither customer nor caller is known: nobody is told",
        2: "neither customer nor caller is known: nobody is told",
    }
    told = plain(do, "notice 1 ;a crew is on its way")
    assert (told["orders"], told["untold"]) == ([7], [1, 2])
    assert told["message"] == (
        "word to the customers of 1 under order 1 is recorded;"
        " nobody is known who could be told for #1, #2"
    )
    assert "没有可通报的人" in do("通告 1 ；抢修中", "--lang", "zh_CN")[1]


def test_a_second_call_in_other_words_is_told_to_a_script(do: Do) -> None:
    """Within minutes, by the caller's number; the reader is told in his language."""
    plain(do, "n something hums in hall B @HQ /by Zoe 139 1234 5678")
    told = plain(do, "n lights out in hall B @HQ /by 139 1234 5678", "--dry-run")
    assert told["likely"] == [7]
    assert "可能与 #7" in do("新建 厅里灯不亮 @HQ /来电 13912345678", "--lang", "zh_CN")[1]


def test_few_digits_of_a_caller_are_read_or_refused(do: Do) -> None:
    """Nothing that was meant as a number or a time is kept as somebody's name."""
    code, out, err = do("n lift 7 stuck @HQ /by 0200")
    assert (code, out) == (1, "")
    assert "nobody known has a number that ends in 0200" in err
    code, out, err = do("新建 漏水 @HQ /来电 15:00", "--lang", "zh_CN")
    assert (code, out) == (2, "")
    assert "“15:00”是时间，而 /来电 写的是谁打来" in err
    plain(do, "n lift 7 stuck @HQ /by Zoe 139 1234 0200")
    told = plain(do, "n gate jammed @HQ /by 0200", "--dry-run")
    assert "called by Zoe 139 1234 0200" in told["message"]
