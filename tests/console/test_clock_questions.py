"""Deadlines asked as JSON."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console import commands_clock
from console.cli import main
from console.commands_clock import answer

if TYPE_CHECKING:
    from pathlib import Path

WORKWEEK = ("mon", "tue", "wed", "thu", "fri")
SHANGHAI = {
    "zone": "Asia/Shanghai",
    "week": {key: [["08:30", "12:00"], ["13:00", "18:00"]] for key in WORKWEEK},
    "holidays": [f"2026-10-0{day}" for day in range(1, 8)],
    "workdays": {"2026-10-10": [["09:00", "18:00"]]},
}
START = "2026-10-09T17:00:00+08:00"
START_DUE = "2026-10-09T09:01:00+00:00"
"""A minute later."""


def asked(**parts: Any) -> dict[str, Any]:
    """The answer to one question about the desk in Shanghai, on the Friday before a made-up day."""
    question = {"id": "q", "calendar": SHANGHAI, "start": START, **parts}
    return answer([question])[0]


def test_a_target_is_answered_by_its_due_time_and_the_reason() -> None:
    """An hour of Friday, an hour of the made-up Saturday."""
    told = asked(target_s=7200)
    assert list(told) == ["id", "due_at", "ledger"]
    assert told["due_at"] == "2026-10-10T02:00:00+00:00"
    assert told["ledger"][1] == {
        "kind": "work",
        "from": "2026-10-09T09:00:00+00:00",
        "to": "2026-10-09T10:00:00+00:00",
        "seconds": 3600,
        "running_total": 3600,
    }
    assert [line["kind"] for line in told["ledger"]] == ["start", "work", "work", "spent", "due"]


def test_until_alone_is_answered_by_what_ran() -> None:
    """No target, no due time."""
    told = asked(until="2026-10-10T02:00:00.5Z")
    assert list(told) == ["id", "elapsed_s", "ledger"]
    assert told["elapsed_s"] == 7200.5
    assert told["ledger"][-1]["kind"] == "until"


def test_both_are_answered_by_what_is_left() -> None:
    """Whole seconds come as whole numbers, late ones negative."""
    told = asked(target_s=7200, until="2026-10-10T11:00:00+08:00")
    assert (told["elapsed_s"], told["remaining_s"]) == (10800, -3600)
    assert all(isinstance(told[name], int) for name in ("elapsed_s", "remaining_s"))


def test_a_target_in_days_keeps_the_time_of_day() -> None:
    """The made-up Saturday counts."""
    told = asked(target_days=2)
    assert told["due_at"] == "2026-10-12T09:00:00+00:00"
    assert told["ledger"][-2]["days"] == 2


def test_an_open_pause_leaves_no_due_time() -> None:
    """What is left is what was left when it began."""
    told = asked(target_s=7200, pauses=[["2026-10-09T17:30:00+08:00", None]])
    assert (told["due_at"], told["remaining_s"]) == (None, 5400)
    unseen = asked(target_s=7200, pauses=[["2026-10-09T17:30:00+08:00", None]], pausable=False)
    assert unseen["due_at"] == "2026-10-10T02:00:00+00:00"
    assert "remaining_s" not in unseen


def test_a_long_deadline_has_a_short_ledger() -> None:
    """The middle is summed, and says of how many stretches."""
    told = asked(target_s=3 * 2000 * 3600)["ledger"]
    (more,) = [line for line in told if line["kind"] == "more_work"]
    assert len(told) <= 60
    assert more["stretches"] > 1000
    assert sum(line["seconds"] for line in told if "work" in line["kind"]) == 3 * 2000 * 3600


def test_a_deadline_beyond_what_is_known_says_so() -> None:
    """Where the question says how far its calendar is known; otherwise nothing is guessed."""
    told = asked(target_s=7200, calendar=SHANGHAI | {"known_until": "2026-10-09"})
    plain = asked(target_s=7200)
    assert told["due_at"] == plain["due_at"]
    unknown = {
        "kind": "unknown",
        "from": "2026-10-09T16:00:00+00:00",
        "to": "2026-10-10T02:00:00+00:00",
        "seconds": 0,
        "running_total": 3600,
    }
    assert told["ledger"] == [*plain["ledger"][:2], unknown, *plain["ledger"][2:]]
    far = asked(target_s=10**7)["ledger"]
    assert "unknown" not in {line["kind"] for line in far}


WRONG: list[tuple[Any, str]] = [
    (7, "question 1: 7 is not an object"),
    (None, "not an object"),
    ([], "not an object"),
    ({}, "calendar: nothing is given"),
    ({"calendar": "always"}, "calendar: 'always' will not do"),
    ({"calendar": {"zone": "UTC"}}, "no working time"),
    ({"calendar": {"zone": {1}}}, "plain JSON"),
    ({"calendar": SHANGHAI | {"known_until": "soon"}}, "known_until: 'soon' is not a date"),
    ({"start": None}, "start: nothing is given"),
    ({"start": 1760000000}, "start: 1760000000 will not do"),
    ({"start": "soon"}, "start: 'soon' will not do"),
    ({"start": "2026-10-09T17:00:00"}, "has no offset"),
    ({"start": "9999-12-31T23:59:59-12:00"}, "start: "),
    ({"start": "9999-12-31T23:59:59Z"}, "years 1900 to 2999"),
    ({"start": "0001-01-01T00:00:00Z"}, "years 1900 to 2999"),
    ({"until": "0001-01-01T00:00:00+14:00"}, "until: "),
    ({"until": "2026-10-09"}, "until: '2026-10-09' has no offset"),
    ({"target_s": None}, "so nothing is asked"),
    ({"target_days": 1}, "both are given"),
    ({"target_s": -1}, "target_s: -1 will not do"),
    ({"target_s": True}, "target_s: True will not do"),
    ({"target_s": "3600"}, "give a number from 0"),
    ({"target_s": 10**12}, "target_s: 1000000000000 will not do"),
    ({"target_s": 10**400}, "target_s: 1000"),
    ({"target_s": float("nan")}, "target_s: nan"),
    ({"target_s": float("inf")}, "target_s: inf"),
    ({"target_s": 10**10}, "years 1900 to 2999"),
    ({"target_s": None, "target_days": 1.5}, "a whole number"),
    ({"target_s": None, "target_days": 366_000}, "years 1900 to 2999"),
    ({"pauses": {}}, "pauses: {} will not do"),
    ({"pauses": [[START]]}, "pauses 1: "),
    ({"pauses": [[START, START], START]}, "pauses 2: "),
    ({"pauses": [[None, None]]}, "pauses 1: nothing is given"),
    ({"pauses": [[START, "2026-10-09T16:00:00+08:00"]]}, "ends before it begins"),
    ({"pausable": "no"}, "give true or false"),
    ({"pausable": None}, "pausable: nothing is given"),
]


@pytest.mark.parametrize(("parts", "words"), WRONG)
def test_a_bad_question_gets_a_sentence_and_stops_no_other(parts: Any, words: str) -> None:
    """The good ones around it are answered."""
    good = {"id": 1, "calendar": SHANGHAI, "start": START, "target_s": 60}
    bad = {**good, "id": "bad", **parts} if isinstance(parts, dict) and parts else parts
    told = answer([bad, good])
    assert list(told[0]) == ["id", "error"]
    assert words in told[0]["error"]
    assert "\n" not in told[0]["error"]
    assert told[1]["due_at"] == "2026-10-09T09:01:00+00:00"


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
junk = st.recursive(
    scalars | st.sampled_from([START, "mon", "09:00", SHANGHAI]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
fields = ("id", "start", "until", "target_s", "target_days", "pauses", "pausable", "calendar")


@given(
    st.lists(
        st.fixed_dictionaries({}, optional=dict.fromkeys(fields, junk)).map(
            lambda parts: {"calendar": SHANGHAI, "start": START} | parts
        )
        | junk,
        max_size=3,
    )
)
def test_no_question_at_all_stops_the_answers(questions: list[object]) -> None:
    """Each is answered, or has its error; nothing falls over."""
    told = answer(questions)
    assert len(told) == len(questions)
    assert all("ledger" in line or "error" in line for line in told)


def test_the_same_calendar_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However its keys are ordered: ten thousand orders share a handful of calendars."""
    commands_clock._parsed.cache_clear()
    turned = dict(reversed(SHANGHAI.items()))
    questions: list[object] = [
        {"id": n, "calendar": calendar, "start": START, "target_s": n}
        for n, calendar in enumerate([SHANGHAI, turned] * 10)
    ]
    assert not [line for line in answer(questions) if "error" in line]
    assert commands_clock._parsed.cache_info().misses == 1


def test_the_command_answers_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Data on stdout, exit code 0, errors among the answers."""
    asking = tmp_path / "questions.json"
    questions = [{"id": "客户", "calendar": SHANGHAI, "start": START, "target_s": 60}, 5]
    asking.write_text(json.dumps(questions), encoding="utf-8")
    assert main(["clock", str(asking)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [line["id"] for line in told] == ["客户", None]
    assert told[0]["due_at"] == START_DUE


def test_a_number_that_none_can_hold_spoils_its_own_question_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither the reading of the others nor the answer, which stays JSON and says it again."""
    good = {"calendar": SHANGHAI, "start": START, "target_s": 60}
    asking = tmp_path / "questions.json"
    text = json.dumps([good | {"id": "1e999"}, good | {"target_s": "9" * 5000}, good])
    asking.write_text(text.replace('"1e999"', "1e999").replace('"9', "9").replace('9"', "9"))
    assert main(["clock", str(asking)]) == 0
    out = capsys.readouterr().out
    told = json.loads(out, parse_constant=pytest.fail)
    assert [line.get("due_at", "none") for line in told] == [told[2]["due_at"], "none", START_DUE]
    assert told[1]["error"].startswith("target_s: '9999")
    assert out == json.dumps(told, indent=2) + "\n"


def test_the_command_reads_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Scripts ask through a pipe: it is read as a file is, byte-order mark and all."""
    for asked_for, told in ((b"\xef\xbb\xbf[]", 0), (b'[{"id": "\xff"}]', 1)):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(asked_for), "utf-8"))
        assert main(["clock", "-"]) == told
    told_all = capsys.readouterr()
    assert told_all.out == "[]\n"
    assert "no text in UTF-8" in told_all.err


@pytest.mark.parametrize("text", ["", "{", "{}", "[" * 100_000, "\xff"])
def test_the_command_refuses_what_is_no_list(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One sentence, exit code 1, no traceback."""
    asking = tmp_path / "questions.json"
    asking.write_bytes(text.encode("latin-1"))
    assert main(["clock", str(asking)]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "JSON list of questions" in told.err


def test_the_command_refuses_a_file_that_is_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And says which."""
    assert main(["clock", str(tmp_path / "none.json")]) == 1
    assert "none.json: no such file" in capsys.readouterr().err


def test_the_example_of_the_help_is_answered() -> None:
    """An hour of Friday, and an hour of the Saturday that is worked."""
    told = answer(json.loads(commands_clock.EXAMPLE))
    assert told[0]["due_at"] == "2026-10-10T02:00:00+00:00"
