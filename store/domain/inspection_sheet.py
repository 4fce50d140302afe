"""Score sheets: criteria with weights for a kind of work, as a TOML file that can be reviewed."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from store.domain.errors import BadInput
from store.domain.text import safe
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

TOP: Final = 4
"""The best score; 0 is the worst."""
NOT_MEANT: Final = frozenset({"-", "n", "na", "n/a", "不适用"})
"""How somebody says that a criterion does not apply."""
ANY_KIND: Final = "*"
"""Stands for every kind of work that has no sheet of its own."""
MOST: Final = 20
"""Criteria of a sheet."""
_MOST_CHARACTERS: Final = 32_000
_CODE: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,23}")

USUAL: Final = """\
# Each criterion is scored from 0 (not at all) to 4 (as it should be); - where it does not apply.
# A new version is a file with a higher number; inspections keep the sheet they were drawn with.
kind = "*"
version = 1

[[criterion]]
code = "arrival"
title = "Came when promised, called ahead 按约到场并提前联系"
weight = 2

[[criterion]]
code = "work"
title = "Fault removed at its cause, done by the procedure 故障根除、按规程施工"
weight = 4

[[criterion]]
code = "safety"
title = "Safe for people and plant 人员与设备安全"
weight = 3

[[criterion]]
code = "record"
title = "Record complete and true: times, parts, photos 记录完整属实"
weight = 2

[[criterion]]
code = "manner"
title = "Courteous, explained, left tidy 礼貌、讲清楚、场地整洁"
weight = 2
"""
"""The sheet that comes with the program, for a desk that has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One thing that is looked at."""

    code: str
    title: str
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What is looked at for a kind of work."""

    kind: str
    version: int
    criteria: tuple[Criterion, ...]


@lru_cache(maxsize=64)
def sheet_kept(source: str) -> Sheet | None:
    """One that was imported before; None where a newer program has written it."""
    try:
        return read_sheet(source)
    except BadInput:
        return None


def usual_sheet() -> Sheet:
    """The one that comes with the program."""
    return read_sheet(USUAL)


def read_sheet(source: str) -> Sheet:
    """What a file says; `BadInput` with what would be right."""
    told = _parsed(source)
    _known(told, ("kind", "version", "criterion"), N_("the file"))
    kind = told.get("kind")
    if type(kind) is not str or not kind.strip() or len(kind) > 60:
        raise _wrong("kind", kind, N_("a kind of work, or * for all others"))
    version = told.get("version")
    if type(version) is not int or not 1 <= version <= 1_000_000:
        raise _wrong("version", version, N_("a whole number from 1 on, one more with each change"))
    tables = told.get("criterion")
    if type(tables) is not list or not 1 <= len(tables) <= MOST:
        raise _wrong("criterion", "", N_("1 to {most} of [[criterion]]").format(most=MOST))
    criteria = tuple(_criterion(table) for table in tables)
    doubled = [one.code for n, one in enumerate(criteria) if one.code in _codes(criteria[:n])]
    if doubled:
        raise _wrong("code", doubled[0], N_("each criterion has a code of its own"))
    return Sheet(kind=kind.strip(), version=version, criteria=criteria)


def scores_read(sheet: Sheet, text: str) -> tuple[int | None, ...]:
    """A score for each criterion in order, None where it does not apply; `BadInput` else.

    Written apart, `4 3 - 4`, or close together, `43-4`.
    """
    said = text.replace(",", " ").replace("，", " ").split()
    if len(said) == 1 and len(sheet.criteria) > 1 and len(said[0]) == len(sheet.criteria):
        said = [*said[0]]
    right = N_("write {count} scores of 0 to {top}, - where one does not apply").format(
        count=len(sheet.criteria), top=TOP
    )
    where = N_("scores")
    if len(said) != len(sheet.criteria):
        told = safe(text, limit=40) or N_("nothing")
        raise BadInput(where=where, wrong=told, right=right)
    scores: list[int | None] = []
    for word in said:
        if word.casefold() in NOT_MEANT:
            scores.append(None)
        elif len(word) == 1 and word in "01234":
            scores.append(int(word))
        else:
            raise BadInput(where=where, wrong=safe(word, limit=40), right=right)
    if not any(one is not None for one in scores):
        raise BadInput(where=where, wrong=N_("nothing applies"), right=right)
    return tuple(scores)


def scores_written(scores: Sequence[int | None]) -> str:
    """As `scores_read` reads them."""
    return " ".join("-" if one is None else str(one) for one in scores)


def total_of(sheet: Sheet, scores: Sequence[int | None]) -> int:
    """Per mille of what could be reached, half a mille up; what does not apply is left out."""
    counts = [
        (one.weight, score)
        for one, score in zip(sheet.criteria, scores, strict=True)
        if score is not None
    ]
    whole = TOP * sum(weight for weight, _score in counts)
    return (2_000 * sum(weight * score for weight, score in counts) + whole) // (2 * whole)


def _codes(criteria: Sequence[Criterion]) -> set[str]:
    return {one.code for one in criteria}


def _parsed(source: str) -> dict[str, Any]:
    right = N_("paidan inspection sheet prints a right one")
    if len(source) > _MOST_CHARACTERS:
        wrong = N_("{count} characters").format(count=len(source))
        raise BadInput(where=N_("sheet"), wrong=wrong, right=right)
    for number, line in enumerate(source.splitlines(), 1):
        plain = line.replace("\t", " ")
        if safe(plain, limit=_MOST_CHARACTERS) != plain:
            raise BadInput(
                where=N_("line {line}").format(line=number),
                wrong=N_("it has characters that cannot be shown as they are"),
                right=N_("write plain text, without control characters or hidden marks"),
            )
    try:
        return tomllib.loads(source)
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        wrong = N_("it is no TOML ({why})").format(why=safe(str(error), limit=120))
        raise BadInput(where=N_("sheet"), wrong=wrong, right=right) from None


def _criterion(table: Any) -> Criterion:
    if type(table) is not dict:
        raise _wrong("criterion", "", N_("each begins with [[criterion]]"))
    _known(table, ("code", "title", "weight"), "[[criterion]]")
    code, title, weight = table.get("code"), table.get("title"), table.get("weight", 1)
    if type(code) is not str or _CODE.fullmatch(code) is None:
        raise _wrong("code", code, N_("small letters, digits and -: brake-gap"))
    if type(title) is not str or not title.strip() or len(title) > 120:
        raise _wrong("title", title, N_("a text of up to {most} characters").format(most=120))
    if type(weight) is not int or not 1 <= weight <= 100:
        raise _wrong("weight", weight, N_("a whole number from 1 to 100"))
    shown = " ".join(title.split())
    if safe(shown, limit=200) != shown:
        right = N_("write plain text, without control characters or hidden marks")
        raise _wrong("title", "", right)
    return Criterion(code=code, title=shown, weight=weight)


def _known(told: dict[str, Any], names: Sequence[str], where: str) -> None:
    for key in told:
        if key not in names:
            wrong = N_("“{key}” is not known here").format(key=safe(key, limit=40))
            right = N_("there are: {choices}").format(choices=", ".join(names))
            raise BadInput(where=where, wrong=wrong, right=right)


def _wrong(key: str, value: object, right: str) -> BadInput:
    try:
        said = safe(str(value), limit=60)
    except ValueError:  # a number of more digits than Python writes
        said = "…"
    return BadInput(where=key, wrong=said or N_("missing"), right=right)
