"""A procedure written as a TOML file, read whole or refused with its line and what would be right.

Nothing that it says is shown before it was looked at: a text that a screen could not show as it is
(escape sequences, marks that turn the direction of writing) is refused, comments too.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from store.domain.errors import BadInput
from store.domain.lifecycle import Move
from store.domain.sop import (
    GATES,
    OF_STAGE,
    Evidence,
    Outside,
    Procedure,
    Since,
    Stage,
    Step,
    stage_of,
)
from store.domain.sop_keys import (
    MOST_CHARACTERS,
    at_line,
    check_shown,
    flag_of,
    text_of,
    unknown,
    wrong,
)
from store.domain.sop_lines import Lines
from store.domain.text import safe
from store.domain.words import N_, listed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import StrEnum

MOST_STEPS: Final = 60
_MOST: Final = 1e12
"""Of a reading; beyond it lies nothing that anybody measures."""
LONGEST_WITHIN_S: Final = 366 * 86_400
_CODE: Final = re.compile(r"[\w][\w.-]{0,39}")
_WITHIN: Final = re.compile(r"(\d{1,6}) ?(min|m|h|d|分钟|小时|天)")
_SECONDS: Final = {"min": 60, "m": 60, "h": 3600, "d": 86_400} | {
    "分钟": 60, "小时": 3600, "天": 86_400,
}  # fmt: skip
_DAYS: Final = frozenset({"d", "天"})
_WHOLE_FILE: Final = frozenset({"kind", "stage", "version", "title", "retired", "step"})
_OF_STEP: Final = (
    *("code", "title", "stage", "role", "quality", "evidence", "unit", "min", "max", "outside"),
    *("choices", "gate", "mandatory", "after", "within", "working"),
)
_OF_ORDERS: Final = frozenset({"stage", "gate", "after", "within", "working"})
"""What a step of a stage of projects has not."""


@lru_cache(maxsize=64)
def kept(text: str) -> Procedure | None:
    """One that was imported before; None where a newer program has written it."""
    try:
        return read_procedure(text)
    except BadInput:
        return None


def read_procedure(text: str) -> Procedure:
    """What a file says; `BadInput` with the line where it is wrong, and what would be right."""
    lines = Lines(text)
    _check_text(text, lines)
    data = _parsed(text, lines)
    for key in data:
        if key not in _WHOLE_FILE:
            raise unknown(lines.of(key), key, sorted(_WHOLE_FILE))
    kind = _what_for(data, lines)
    version = data.get("version")
    if type(version) is not int or not 1 <= version <= 1_000_000:
        right = N_("a whole number from 1 on, one more with each change")
        raise wrong(lines.of("version"), "version", version, right)
    retired = flag_of(data, "retired", lines.of("retired"), otherwise=False)
    tables = data.get("step", [])
    if type(tables) is not list or any(type(one) is not dict for one in tables):
        raise wrong(lines.of("step"), "step", tables, N_("each step begins with [[step]]"))
    if retired is bool(tables):
        right = N_("at least one [[step]], or retired = true and none")
        raise wrong(lines.of("retired" if retired else "kind"), "step", len(tables), right)
    if len(tables) > MOST_STEPS:
        right = N_("at most {most}").format(most=MOST_STEPS)
        raise wrong(lines.of_step(MOST_STEPS), "step", len(tables), right)
    stage = stage_of(kind)
    steps = tuple(_Table(table, place, lines, stage).step() for place, table in enumerate(tables))
    _no_doubles(steps, lines)
    title = text_of(data, "title", lines.of("title"))
    return Procedure(kind=kind, version=version, title=title, steps=steps)


def _what_for(data: Mapping[str, Any], lines: Lines) -> str:
    """The kind of work, or the stage of projects, that a file is for."""
    value, known = data.get("stage"), [stage.value for stage in Stage]
    if value is None:
        kind = text_of(data, "kind", lines.of("kind"), limit=60, needed=True)
        if kind.casefold().startswith(OF_STAGE):
            right = N_("a code of another beginning")
            raise wrong(lines.of("kind"), "kind", kind, right)
        return kind
    if "kind" in data:
        right = N_("either a kind of work, or a stage of projects")
        raise wrong(lines.of("kind"), "kind", data["kind"], right)
    if value not in known:
        right = N_("one of: {choices}").format(choices=listed(known))
        raise wrong(lines.of("stage"), "stage", value, right)
    return f"{OF_STAGE}{value}"


def _check_text(text: str, lines: Lines) -> None:
    if len(text) > MOST_CHARACTERS:
        right = N_("at most {most}").format(most=MOST_CHARACTERS)
        count = N_("{count} characters").format(count=len(text))
        raise BadInput(where=at_line(1), wrong=count, right=right)
    for number, line in enumerate(lines.all, 1):
        check_shown(line.replace("\t", " "), number)


def _parsed(text: str, lines: Lines) -> Mapping[str, Any]:
    try:
        return tomllib.loads(text)
    except RecursionError:
        why, number = N_("it goes too deep"), 1
    except (tomllib.TOMLDecodeError, ValueError) as error:
        said = str(error)
        met = re.search(r"\(at line (\d+), column \d+\)$", said)
        number = int(met[1]) if met else lines.last
        said = re.sub(r" ?\(at .*\)$", "", said)
        why = N_("it is no TOML ({why})").format(why=safe(said, limit=120))
    raise BadInput(
        where=at_line(number), wrong=why, right=N_("paidan sop sample prints a right one")
    )


def _no_doubles(steps: tuple[Step, ...], lines: Lines) -> None:
    seen: set[str] = set()
    for place, step in enumerate(steps):
        if step.code.casefold() in seen:
            right = N_("each step has a code of its own")
            raise wrong(lines.of_step(place, "code"), "code", step.code, right)
        seen.add(step.code.casefold())


class _Table:
    """One [[step]] of a file."""

    def __init__(
        self, told: Mapping[str, Any], place: int, lines: Lines, stage: Stage | None
    ) -> None:
        self._told = told
        self._place = place
        self._lines = lines
        self._stage = stage
        """Of projects; its end is the gate, and its due the time, of all of its steps."""

    def step(self) -> Step:
        known = [key for key in _OF_STEP if self._stage is None or key not in _OF_ORDERS]
        for key in self._told:
            if key not in known:
                raise unknown(self._line(key), key, known)
        evidence = Evidence(self._word("evidence", Evidence, Evidence.DONE.value))
        since, within_s, working = self._time()
        return Step(
            code=self._code(),
            title=self._text("title", needed=True),
            stage=self._stage or Stage(self._word("stage", Stage, Stage.SITE_WORK.value)),
            role=self._text("role", limit=60),
            quality=self._text("quality", limit=500),
            evidence=evidence,
            **self._reading(evidence),
            choices=self._choices(evidence),
            gate=self._gate(),
            mandatory=flag_of(self._told, "mandatory", self._line("mandatory"), otherwise=True),
            since=since,
            within_s=within_s,
            working=working,
        )

    def _line(self, key: str = "") -> int:
        return self._lines.of_step(self._place, key)

    def _text(self, key: str, *, limit: int = 200, needed: bool = False) -> str:
        return text_of(self._told, key, self._line(key), limit=limit, needed=needed)

    def _code(self) -> str:
        code = self._text("code", limit=40, needed=True)
        if _CODE.fullmatch(code) is None or code.isdecimal():
            right = N_("letters, digits, - and ., no spaces: brake-gap")
            raise wrong(self._line("code"), "code", code, right)
        return code

    def _word(self, key: str, choices: type[StrEnum], otherwise: str) -> str:
        value = self._told.get(key, otherwise)
        known = [one.value for one in choices]
        if value not in known:
            right = N_("one of: {choices}").format(choices=listed(known))
            raise wrong(self._line(key), key, value, right)
        return str(value)

    def _gate(self) -> Move | None:
        gates = [move.value for move in GATES]
        value = self._told.get("gate")
        if value is None:
            return None
        if value not in gates:
            right = N_("one of: {choices}").format(choices=listed(gates))
            raise wrong(self._line("gate"), "gate", value, right)
        return Move(value)

    def _time(self) -> tuple[Since | None, int | None, bool]:
        within = self._told.get("within")
        if within is None:
            for key in ("after", "working"):
                if key in self._told:
                    right = N_('within = "30 min", too')
                    raise wrong(self._line(key), key, self._told[key], right)
            return None, None, False
        met = _WITHIN.fullmatch(within) if type(within) is str else None
        seconds = int(met[1]) * _SECONDS[met[2]] if met else 0
        if not 0 < seconds <= LONGEST_WITHIN_S:
            right = N_('a time like "30 min", "2 h" or "1 d"')
            raise wrong(self._line("within"), "within", within, right)
        working = flag_of(self._told, "working", self._line("working"), otherwise=False)
        if working and met and met[2] in _DAYS:
            right = N_('hours, like "8 h": a day may have any number of working hours')
            raise wrong(self._line("within"), "within", within, right)
        return Since(self._word("after", Since, Since.OPENED.value)), seconds, working

    def _reading(self, evidence: Evidence) -> dict[str, Any]:
        given = [key for key in ("unit", "min", "max", "outside") if key in self._told]
        if evidence is not Evidence.READING:
            if given:
                right = N_('only with evidence = "reading"')
                raise wrong(self._line(given[0]), given[0], self._told[given[0]], right)
            return {}
        low, high = self._number("min"), self._number("max")
        if low is not None and high is not None and low > high:
            raise wrong(self._line("min"), "min", low, N_("at most max"))
        outside = Outside(self._word("outside", Outside, Outside.REFUSE.value))
        unit = self._text("unit", limit=20)
        return {"unit": unit, "low": low, "high": high, "outside": outside}

    def _number(self, key: str) -> float | None:
        value = self._told.get(key)
        if value is None:
            return None
        if type(value) not in {int, float} or not abs(value) <= _MOST:  # NaN is not, either
            raise wrong(self._line(key), key, value, N_("a number"))
        return float(value)

    def _choices(self, evidence: Evidence) -> tuple[str, ...]:
        value: Any = self._told.get("choices")
        if evidence is not Evidence.CHOICE:
            if value is not None:
                right = N_('only with evidence = "choice"')
                raise wrong(self._line("choices"), "choices", value, right)
            return ()
        good = type(value) is list and 2 <= len(value) <= 12
        if not good or not all(type(one) is str and 0 < len(one.strip()) <= 40 for one in value):
            right = N_('two to twelve texts: choices = ["in order", "faulty"]')
            raise wrong(self._line("choices"), "choices", value, right)
        for one in value:
            check_shown(one, self._line("choices"))
        return tuple(one.strip() for one in value)
