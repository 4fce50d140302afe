"""`paidan clock`: deadlines asked and answered as plain JSON, without a store."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from console.cli_help import examples
from console.i18n import _
from store.domain import clockwork
from store.domain.calendar import Calendar
from store.domain.calendar_spec import shown
from store.domain.errors import BadInput, Refusal
from store.domain.ledger import Entry, EntryKind, ledger
from store.domain.localtime import in_seconds
from store.domain.system_words import why
from store.domain.targets import Target
from store.domain.words import N_

if TYPE_CHECKING:
    import argparse

    from console.cli_call import Call
    from console.cli_parser import Sub
    from store.domain.clockwork import Goal, Pause

LONGEST_S = 1000 * 366 * 86_400
"""No target is longer than a thousand years, in seconds."""
LONGEST_DAYS = 1000 * 366
MOST_DIGITS = 1000
"""A whole number of more digits is text: Python reads none of more than 4,300."""

_T = TypeVar("_T")
_SUMS = {EntryKind.MORE_WORK, EntryKind.MORE_PAUSES}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    calendar: Calendar
    start: datetime
    goal: Goal | None
    until: datetime | None
    pauses: tuple[Pause, ...]
    pausable: bool


EXAMPLE = """\
[{"id": "q1", "start": "2026-10-09T17:00:00+08:00", "target_s": 7200,
  "calendar": {"zone": "Asia/Shanghai",
               "week": {"mon": [["09:00", "18:00"]], "fri": [["09:00", "18:00"]]},
               "holidays": ["2026-10-01"],
               "workdays": {"2026-10-10": [["09:00", "12:00"]]}}}]"""
"""One question as the help shows it."""


def add_parser(sub: Sub) -> None:
    """Put the command's words in."""
    parser = sub.add_parser(
        "clock",
        help=_("compute deadlines that a JSON file asks for, and explain them"),
        description=_(
            "Answer a JSON list of questions, each with id, calendar, start and target_s,"
            " target_days or until, by due_at, elapsed_s, remaining_s and a ledger that explains"
            " them. No store is needed. A question that cannot be answered gives an error among the"
            " answers; the exit code is 0 even so."
        ),
        epilog=examples(f"echo '{EXAMPLE}' | paidan clock -"),
    )
    parser.add_argument(
        "questions", metavar="FILE", help=_("the JSON file; - reads standard input")
    )
    parser.add_argument("--json", action="store_true", help=_("print JSON, which it always does"))


def run(args: argparse.Namespace, call: Call) -> int:
    """Answer the questions of a file on stdout; a question's own error is an answer too."""
    call.json_list(answers(_asked(args.questions)))
    return 0


def _asked(path: str) -> list[object]:
    right = N_("give a file with a JSON list of questions")
    try:
        read = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
        text = read.decode("utf-8-sig")
        questions = json.loads(text, parse_constant=str, parse_int=_whole, parse_float=_decimal)
    except (OSError, ValueError, RecursionError) as error:
        raise BadInput(where=path, wrong=why(error), right=right) from error
    if not isinstance(questions, list):
        raise BadInput(where=path, wrong=N_("this is JSON, but not a list"), right=right)
    return questions


def _whole(digits: str) -> int | str:
    """A whole number; one that no field could hold stays text, for its own question to refuse."""
    return int(digits) if len(digits) <= MOST_DIGITS else digits


def _decimal(digits: str) -> float | str:
    """A number that JSON can say again; text where it is too large to be one."""
    number = float(digits)
    return number if isfinite(number) else digits


def answer(questions: list[object]) -> list[dict[str, Any]]:
    """The answers, all at once."""
    return list(answers(questions))


def answers(questions: list[object]) -> Iterator[dict[str, Any]]:
    """One answer to each question, in order; a question that cannot be answered gets its error."""
    return (_answered(question, place) for place, question in enumerate(questions, start=1))


def _answered(question: object, place: int) -> dict[str, Any]:
    if not isinstance(question, Mapping):
        wrong = BadInput(
            where=f"question {place}",
            wrong=f"{shown(question)} is not an object",
            right=N_("give id, calendar, start, and target_s, target_days or until"),
        )
        return {"id": None, "error": str(wrong)}
    name = question.get("id")
    try:
        return {"id": name} | _told(_read(question))
    except Refusal as refusal:
        return {"id": name, "error": str(refusal)}


def _told(question: _Question) -> dict[str, Any]:
    calendar, start, goal = question.calendar, question.start, question.goal
    pauses, pausable = question.pauses, question.pausable
    told: dict[str, Any] = {}
    if goal is not None:
        due_at = clockwork.due(calendar, start, goal, pauses, pausable)
        told["due_at"] = due_at and due_at.isoformat()
    if question.until is not None:
        ran = clockwork.elapsed(calendar, start, question.until, pauses, pausable)
        told["elapsed_s"] = in_seconds(ran)
    at = question.until or _frozen_at(question)
    if goal is not None and at is not None:
        left = clockwork.remaining(calendar, start, goal, at, pauses, pausable)
        told["remaining_s"] = in_seconds(left)
    # What a question does not say of its calendar is not guessed.
    edge = calendar.known_before() if calendar.known_until is not None else None
    entries = ledger(calendar, start, goal, question.until, pauses, pausable, edge)
    return told | {"ledger": [_line(entry) for entry in entries]}


def _frozen_at(question: _Question) -> datetime | None:
    """When a pause without an end stopped the clock."""
    held = clockwork.merged(question.pauses, question.start) if question.pausable else ()
    return held[-1][0] if held and held[-1][1] is None else None


def _line(entry: Entry) -> dict[str, Any]:
    line: dict[str, Any] = {
        "kind": entry.kind.value,
        "from": entry.from_at.isoformat(),
        "to": entry.to_at and entry.to_at.isoformat(),
        "seconds": entry.seconds,
        "running_total": entry.running_total,
    }
    if entry.kind in _SUMS:
        line["stretches"] = entry.stretches
    if entry.days is not None:
        line["days"] = entry.days
    return line


def _read(question: Mapping[Any, object]) -> _Question:
    read = _Question(
        calendar=_calendar(question.get("calendar")),
        start=_instant(question.get("start"), "start"),
        goal=_goal(question),
        until=_optional(question, "until", _instant),
        pauses=_optional(question, "pauses", _pauses) or (),
        pausable=_truth(question.get("pausable", True)),
    )
    if read.goal is None and read.until is None:
        raise BadInput(
            where="target_s, target_days, until",
            wrong=N_("none is given, so nothing is asked"),
            right=N_("give a target for the due time, until for the elapsed time, or both"),
        )
    return read


def _optional(
    question: Mapping[Any, object], field: str, reader: Callable[[object, str], _T]
) -> _T | None:
    value = question.get(field)
    return None if value is None else reader(value, field)


def _calendar(data: object) -> Calendar:
    """The calendar of a question; the same text is read once."""
    if not isinstance(data, Mapping):
        raise _wrong("calendar", data, N_("give an object with zone, week, holidays, workdays"))
    try:
        text = json.dumps(data, sort_keys=True)
    except (TypeError, ValueError) as error:
        raise _wrong("calendar", data, N_("give plain JSON with text keys")) from error
    return _parsed(text)


@lru_cache(maxsize=256)
def _parsed(text: str) -> Calendar:
    return Calendar.parse(json.loads(text))


def _goal(question: Mapping[Any, object]) -> Goal | None:
    seconds, days = question.get("target_s"), question.get("target_days")
    if seconds is not None and days is not None:
        raise BadInput(
            where="target_s, target_days",
            wrong=N_("both are given"),
            right=N_("give working seconds or working days, not both"),
        )
    if seconds is not None:
        return timedelta(seconds=_number(seconds, "target_s", (int, float), LONGEST_S))
    if days is not None:
        return Target(days=int(_number(days, "target_days", (int,), LONGEST_DAYS)))
    return None


def _number(
    value: object, field: str, kinds: tuple[type[int | float], ...], most: int
) -> int | float:
    if isinstance(value, bool) or not isinstance(value, kinds) or not 0 <= value <= most:
        whole = N_("a whole number") if kinds == (int,) else N_("a number")
        raise _wrong(field, value, f"give {whole} from 0 to {most}")
    return value


def _instant(value: object, field: str) -> datetime:
    right = N_("give an ISO time with its offset, such as 2026-10-08T09:00:00+08:00")
    if not isinstance(value, str):
        raise _wrong(field, value, right)
    try:
        at = datetime.fromisoformat(value)
        if at.utcoffset() is not None:
            return at.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise _wrong(field, value, right) from error
    raise BadInput(where=field, wrong=f"{shown(value)} has no offset", right=right)


def _pauses(value: object, field: str) -> tuple[Pause, ...]:
    right = N_("give a list of [from, to] with to null while the pause lasts")
    if not isinstance(value, list | tuple):
        raise _wrong(field, value, right)
    pauses: list[Pause] = []
    for number, pair in enumerate(value, start=1):
        where = f"{field} {number}"
        if not isinstance(pair, list | tuple) or len(pair) != 2:
            raise _wrong(where, pair, right)
        begins, ends = pair
        ends_at = None if ends is None else _instant(ends, where)
        pauses.append((_instant(begins, where), ends_at))
        clockwork.merged(pauses[-1:], pauses[-1][0])  # refuses a reversed one even if unused
    return tuple(pauses)


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise _wrong("pausable", value, N_("give true or false"))
    return value


def _wrong(where: str, value: object, right: str) -> BadInput:
    wrong = N_("nothing is given") if value is None else f"{shown(value)} will not do"
    return BadInput(where=where, wrong=wrong, right=right)
