"""`paidan do`: one typed command from a script or a shell, in both languages."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from console.cli import main
from scheduler.horizons import tell_horizons
from store.commands import SaveCalendar
from store.domain.bells import AlarmState
from store.domain.who import Who
from store.queries.lists import ListAlarms
from store.records import open_records
from tests.console.conftest import AT
from tests.console.typed import plain

if TYPE_CHECKING:
    from pathlib import Path

    from tests.console.typed import Do

pytestmark = pytest.mark.usefixtures("plain_surroundings")
WHO = Who(operator=2, via="test")


def test_a_line_is_carried_out_and_taken_back(do: Do) -> None:
    """The id that comes back names the command; undo alone takes back one's own last."""
    told = plain(do, "as 1 wang wei ;bring the ladder")
    assert (told["message"], told["orders"]) == ("order 1 is assigned → Wang Wei", [1])
    accepted = plain(do, "c 1")
    undone = plain(do, f"undo {accepted['undo']}")
    assert undone["message"] == "order 1: “accepted” taken back, it is assigned → Wang Wei"
    again = plain(do, "undo")
    assert again["message"].endswith("it is new; recalled: Wang Wei")
    assert plain(do, "redo")["message"] == (
        "order 1: “assigned: Wang Wei” done again, it is assigned → Wang Wei"
    )
    assert plain(do, "撤销")["orders"] == [1]
    plain(do, "p 1 4")
    assert "“priority changed: P2 > P4” taken back" in plain(do, "undo")["message"]
    assert plain(do, "seen T27")["message"] == "1 recall seen"


def test_a_line_may_be_chinese_and_so_is_the_answer(do: Do) -> None:
    """Words without quotes are one line as well."""
    assert do("派", "1", "王芳", "--lang", "zh_CN") == (0, "工单 1 已派单 → 王芳\n", "")
    code, out, err = do("等 1 配件 到 +2小时", "--lang", "zh_CN", "--as", "desk")
    assert (code, err) == (0, "")
    assert re.fullmatch(r"工单 1 等待中，至 \d{4}-\d\d-\d\d \d\d:\d\d\n", out)


def test_a_request_that_is_known_already_is_told_and_written_down(do: Do) -> None:
    """With the line that chases it; a script gets the numbers, none where it is like no other."""
    assert plain(do, "n Pump 3 leaks @HQ")["likely"] == []
    told = plain(do, "n pump 3 is leaking @HQ", "--dry-run")
    assert (told["message"].endswith("ago: chase 7"), told["likely"]) == (True, [7])
    told = plain(do, "n pump 3 is leaking @HQ")
    said = (
        r"order 8 written down;( clocks .+;)? like #7 Pump 3 leaks · Head office, 0m ago: chase 7"
    )
    assert re.fullmatch(said, told["message"])  # the clocks start later where it is night
    assert (told["orders"], told["likely"]) == ([8], [7])
    assert plain(do, "n tap drips in the canteen @HQ")["likely"] == []
    assert "likely" not in plain(do, "p 1 4")
    assert "可能与 #8" in do("n pump 3 leaks @HQ", "--lang", "zh_CN")[1]


def test_a_finished_order_is_not_chased_unasked(do: Do) -> None:
    """One sentence says why, and the option that does it all the same."""
    plain(do, "as 1 wang wei")
    plain(do, "finish 1 /insist")
    code, out, err = do("chase 1 ;where are you")
    assert (code, out) == (1, "")
    assert "order 1 is done: where it is to be done again, write a new order; /insist" in err
    assert plain(do, "chase 1 /insist ;where are you")["message"] == "order 1 was chased: 1"
    assert "虽已完工" in do("催 1 /强制", "--dry-run", "--lang", "zh_CN")[1]


def test_many_orders_are_shown_before_they_are_changed(do: Do) -> None:
    """Above three: each order, what becomes of it, and nothing is done without --yes."""
    code, out, err = do("as 1-4 T27 ;bring the ladder")
    assert (code, out) == (1, "")
    once = "#4 lift 4 stuck  new → assigned; nobody → Wang Wei (T27); noted on order 4"
    assert once in err.splitlines()
    code, out, err = do("as 1-4 T27")
    assert "dispatch 4 orders (#1, #2, #3, #4) to Wang Wei (T27): say --yes" in err
    assert plain(do, "as", "1-4", "T27", "--yes")["orders"] == [1, 2, 3, 4]
    told = plain(do, "undo", "--dry-run")
    assert [row["number"] for row in told["preview"]] == [1, 2, 3, 4]
    said = plain(do, "undo")["message"]  # agreed to once: putting it back is not asked again
    assert said == "4 orders: “assigned” taken back; recalled: Wang Wei"
    assert plain(do, "as 1-3 T27")["message"] == "done for 3: #1-3"


def test_an_order_of_a_set_that_would_stay_as_it_is_counts_too(do: Do) -> None:
    """Four were named, so four are shown."""
    plain(do, "p 2 3")
    shown = plain(do, "p 1-4 3", code=1)["preview"]
    assert [(row["number"], len(row["changes"]) > 0) for row in shown] == [
        (number, True) for number in (1, 2, 3, 4)
    ]
    assert shown[1]["changes"] == ["stays as it is"]


def test_one_refusal_stops_a_set_unless_it_may_be_done_in_part(do: Do) -> None:
    """And the preview says which one it is."""
    told = plain(do, "as 4-6 L2", code=1)
    assert "1 of 3 cannot, so nothing was done: order 6 cannot be assigned" in told["message"]
    shown = plain(do, "as 4-6 L2", "--dry-run", code=1)
    assert [bool(row["refused"]) for row in shown["preview"]] == [False, False, True]
    assert plain(do, "as 4-6 L2 /partly", "--dry-run")["ok"] is True
    assert "not for 1: order 6 cannot" in plain(do, "as 4-6 L2 /partly")["message"]


def test_a_dry_run_tells_which_clocks_move(do: Do) -> None:
    """And changes nothing."""
    code, out, err = do("p 1 1", "--dry-run")
    assert (code, err) == (0, "")
    assert "#1 lift 1 stuck  P2 → P1; respond: due" in out
    said = "give #1 lift 1 stuck priority 1: nothing was done, this was a dry run"
    assert out.endswith(f"{said}\n")
    told = plain(do, "p 1 1", "--dry-run")
    assert (told["message"], told["dry_run"], told["undo"]) == (said, True, None)
    assert "dry_run" not in plain(do, "p 1 2")
    refused = plain(do, "x 6", "--dry-run", code=1)["preview"][0]["refused"]
    assert refused.startswith("order 6 cannot")
    assert "respond: met" in do("c 6", "--dry-run")[1]
    assert plain(do, "undo 1")["message"].startswith("order 1: “created” taken back")


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("xx 1", 2, "column 1: there is no verb “xx”"),
        ("d 1", 2, "column 4: still to say: who goes"),
        ("d . T27", 2, "column 3: name an order: none is selected here"),
        ("d 99 T27", 1, "column 3: no work order 99"),
        ("d 1 nobody", 1, "column 5: no technician called “nobody”"),
        ("x 1", 1, "order 1 cannot be closed while it is new"),
        ("f 1", 1, "dispatch it, or cancel it with a reason; /insist finishes it all the same"),
        ("undo e1", 1, "the journal has no entry e1 that can be taken back"),
        ("go 1", 1, "only a console shows that; paidan show 1 prints the order"),
        ("mute", 1, "only a console can do that"),
        ("copy 99", 1, "column 6: no work order 99"),
        ("copyrow", 1, "only a console can do that"),
        ("tour", 1, "only a console can do that"),
    ],
)
def test_a_refusal_has_its_exit_code(do: Do, line: str, code: int, said: str) -> None:
    """2 for words that are no command, 1 for one that the desk refuses."""
    found, out, err = do(line)
    assert (found, out) == (code, "")
    assert said in err
    assert said in plain(do, line, code=code)["message"]


def test_what_may_follow_is_told_at_every_point(do: Do) -> None:
    """A question mark behind the line, or alone for the verbs."""
    code, out, _err = do("?")
    assert code == 0
    assert "dispatch" not in out.splitlines()[0]
    assert any(line.split()[:1] == ["undo"] for line in out.splitlines())
    told = plain(do, "d 1 w?")
    assert [offer["text"] for offer in told["offers"]] == ["T27", "L2"]
    assert told["wanted"] == ["who goes (code or name)"]
    assert any(line.split()[:1] == ["派"] for line in do("?", "--lang", "zh_CN")[1].splitlines())


def test_an_order_to_copy_is_printed(do: Do) -> None:
    """A shell has pipes for a clipboard; it gets the same lines."""
    code, out, err = do("copy 6")
    assert (code, err) == (0, "")
    first, *more = out.splitlines()
    assert first == "#6 P2 lift 6 stuck"
    assert {"site: Head office", "technician: 王芳"} <= set(more)
    assert any(line.startswith("due (resolve): ") for line in more)
    assert plain(do, "复制 6")["text"] == out.rstrip("\n")
    assert "站点：Head office" in do("复制 6", "--lang", "zh_CN")[1].splitlines()


def test_who_could_go_is_listed(do: Do) -> None:
    """The nearest first, those without a known place after them."""
    told = plain(do, "who lift near HQ")
    assert [(one["code"], one["distance_km"]) for one in told["people"]] == [
        ("T27", 0.0), ("L2", None),
    ]  # fmt: skip
    code, out, err = do("谁 lift 附近 #1")
    assert (code, err) == (0, "")
    assert out.splitlines()[1].split()[:3] == ["T27", "Wang", "Wei"]


def test_who_should_go_is_told(do: Do) -> None:
    """With the reasons, as `paidan who` tells it; why not another where he is named."""
    told = plain(do, "who 1 not l2")["recommendation"]
    assert told["number"] == 1
    assert told["asked"]["technician"] == "L2"
    code, out, err = do("谁 1")
    assert (code, err) == (0, "")
    assert out.startswith("#1 ")


def test_a_store_that_is_not_there_is_said(tmp_path: Path, capsys: Any) -> None:
    """In JSON, too."""
    url = f"sqlite:///{tmp_path / 'none.db'}"
    assert main(["do", "undo", "--json", "--db", url]) == 3
    assert json.loads(capsys.readouterr().out)["ok"] is False


def test_a_calendars_alarm_is_named_and_taken_back(do: Do, tmp_path: Path) -> None:
    """By its code; and a bare undo means that, not what was done to an order before."""
    records = open_records(f"sqlite:///{tmp_path / 'desk.db'}", feed=False)
    spec = {"zone": "UTC", "week": {"mon": [["08:00", "18:00"]]}, "holidays": ["2025-10-01"]}
    known = {**spec, "known_until": "2025-12-31"}
    records.do(SaveCalendar(code="hall", name="Town hall", spec=known), who=WHO, at=AT)
    tell_horizons(records, at=AT)

    def state() -> tuple[AlarmState, str | None]:
        alarms = records.ask(ListAlarms(), who=WHO, at=AT)
        return next((one.state, one.shelved_why) for one in alarms if one.calendar == "hall")

    plain(do, "note 1 ;called back")
    told = plain(do, "shelve hall +2h ;list comes", "--dry-run")
    assert (told["orders"], told["undo"]) == ([], None)
    assert "shelve the alarm of the calendar Town hall (hall) until" in told["message"]
    assert state() == (AlarmState.UNACKNOWLEDGED, None)
    shelved = plain(do, "shelve hall +2h ;list comes")
    assert shelved["undo"]
    assert state() == (AlarmState.SHELVED, "list comes")
    plain(do, "unshelve hall")
    plain(do, "undo")
    assert state() == (AlarmState.SHELVED, "list comes")
    assert plain(do, "undo")["message"] == "the calendar hall: “alarm shelved” taken back"
    plain(do, "确认 hall")
    assert state()[0] is AlarmState.ACKNOWLEDGED
    dry = plain(do, "undo", "--dry-run")
    (row,) = dry["preview"]
    assert row["title"] == "the calendar hall: “alarm acknowledged” taken back"
    assert plain(do, "undo")["orders"] == []
    assert state() == (AlarmState.UNACKNOWLEDGED, None)
    refused = plain(do, "ack hall ;heard", code=2)
    assert "more than Acknowledge asks for" in refused["message"]
    assert plain(do, "undo")["orders"] == [1]
    records.close()


def test_what_was_done_to_a_plan_is_taken_back(do: Do) -> None:
    """Paused by a slip, written by a slip."""
    made = plain(do, "plans new boiler round rule: FREQ=MONTHLY;BYDAY=1MO time: 10:00 site: HQ")
    assert made["undo"]
    assert made["rule"] == "FREQ=MONTHLY;BYDAY=1MO"
    assert "“;late”" in plain(do, "plans pause 1 ;late", code=2)["message"]
    assert plain(do, "plans pause 1")["undo"]
    assert plain(do, "undo")["message"] == "plan 1: “plan paused” taken back"
    assert plain(do, "undo")["message"] == "plan 1: “plan saved” taken back"
    assert plain(do, "redo")["message"] == "plan 1: “plan saved” done again"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--json",), 2, "LINE"),
        (("--json", "--nonsense", "undo"), 2, "--nonsense"),
        (("--json", "--as", "nobody", "undo"), 1, "nobody"),
        (("--json", "--lang", "xx", "undo"), 2, "xx"),
        (("--json", ""), 2, "write a verb"),
    ],
)
def test_a_script_that_wants_json_gets_json(
    words: tuple[str, ...], code: int, said: str, do: Do
) -> None:
    """Whatever was wrong, and with the exit code that says so."""
    found, out, err = do(*words)
    assert found == code
    told = json.loads(out)
    assert err == ""
    assert (told["ok"], told["orders"], told["undo"]) == (False, [], None)
    assert said in told["message"]


def test_a_view_and_a_filter_are_sets(do: Do, capsys: Any) -> None:
    """Above three orders a look first, as with every set."""
    url = do.url  # type: ignore[attr-defined]  # as the fixture put it there
    assert main(["view", "save", "graf", "lift p:2", "--db", url]) == 0
    capsys.readouterr()
    found = plain(do, "p graf 3", code=1)
    assert len(found["preview"]) == 6
    assert plain(do, "p (stuck #2) 3")["orders"] == [2]
    assert plain(do, "p graf 3", "--yes")["orders"] == [1, 3, 4, 5, 6]
    assert "graf" in plain(do, "p graf 1", code=1)["message"]
    assert "none is here" in plain(do, "p * 3", code=2)["message"]
