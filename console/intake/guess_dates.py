"""Which date format a column of texts is in, with what tells day from month."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.intake.dates import EPOCH_MS, EPOCH_S, EXCEL, ISO, reader_of
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

_CLOCKS = ("", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", " %I:%M %p", " %I:%M:%S %p")
_DAYS = (
    "%Y-%m-%d", "%Y/%m/%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d-%m-%Y", "%m-%d-%Y", "%Y.%m.%d",
    "%d/%m/%y", "%m/%d/%y", "%d %b %Y", "%d-%b-%Y", "%b %d, %Y", "%b %d %Y",
)  # fmt: skip
_CHINESE = (
    "%Y年%m月%d日", "%Y年%m月%d日 %H:%M", "%Y年%m月%d日 %H:%M:%S", "%Y年%m月%d日 %H时%M分",
    "%Y年%m月%d日%H:%M", "%Y年%m月%d日%H时%M分", "%Y年%m月%d日%H时%M分%S秒",
)  # fmt: skip
FORMATS = (
    *(day + clock for day in _DAYS for clock in _CLOCKS),
    *_CHINESE,
    "%Y%m%d%H%M%S",
    "%Y%m%d %H:%M:%S",
    "%Y%m%d",
    ISO,
)
TWINS = {"%d/%m": "%m/%d", "%m/%d": "%d/%m", "%d-%m": "%m-%d", "%m-%d-": "%d-%m-"}
_NUMBER = re.compile(r"\d{1,14}(\.\d+)?")
MOST_LOOKED_AT = 400
MOST_FORMATS = 4
ENOUGH, ENOUGH_NAMED = 0.9, 0.5
"""The part of the texts that must be read for a column of times; less where its name says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """The formats of a column, the commonest first, and a remark on day and month."""

    formats: tuple[str, ...]
    remark: str = ""


def guess(texts: Sequence[str], *, named_as_time: bool) -> Guess | None:
    """The format of a column of times, or None where it is none.

    Plain numbers are times only where the header says so: seconds, milliseconds, Excel's days.
    """
    looked = _spread(texts)
    if not looked:
        return None
    if all(_NUMBER.fullmatch(text) for text in looked):
        return _number(looked) if named_as_time else None
    found: list[str] = []
    remark = ""
    rest = looked
    while rest and len(found) < MOST_FORMATS:
        names = _best(rest)
        if not names:
            break
        name, said = _chosen(names, texts)
        found.append(name)
        remark = remark or said
        reader = reader_of(name)
        rest = [text for text in rest if reader(text) is None]
    read = 1 - len(rest) / len(looked)
    if read < (ENOUGH_NAMED if named_as_time else ENOUGH):
        return None
    return Guess(formats=tuple(found), remark=remark)


def _best(texts: Sequence[str]) -> list[str]:
    """The formats that read the most of the texts, alike good; none where none reads any."""
    few = texts[:12]
    likely = [name for name in FORMATS if any(reader_of(name)(text) for text in few)]
    shares = {name: _fits(texts, name) for name in likely}
    best = max(shares.values(), default=0.0)
    return [name for name, share in shares.items() if share == best]


def _spread(texts: Sequence[str]) -> list[str]:
    step = max(1, len(texts) // MOST_LOOKED_AT)
    return [text.strip() for text in texts[::step] if text.strip()]


def _fits(texts: Sequence[str], name: str) -> float:
    reader = reader_of(name)
    return sum(reader(text) is not None for text in texts) / len(texts)


def _chosen(names: list[str], texts: Sequence[str]) -> tuple[str, str]:
    """Between day first and month first the whole column decides, then the order of the rows."""
    name = names[0]
    twin = next((other for other in names[1:] if _mirrored(name) == other), None)
    if twin is None:
        swapped = _mirrored(name)
        if swapped is None:
            return name, ""
        first = N_("the first number goes above 12, so it is the day")
        second = N_("the second number goes above 12, so it is the day")
        return name, first if name.startswith("%d") else second
    whole = {
        other: _fits([text for text in texts if text.strip()], other) for other in (name, twin)
    }
    if whole[name] != whole[twin]:
        sure = max(whole, key=lambda other: whole[other])
        remark = N_("numbers above 12 somewhere in the column tell the day from the month")
        return sure, remark
    back = {other: _steps_back(texts, other) for other in (name, twin)}
    if back[name] != back[twin]:
        sure = min(back, key=lambda other: back[other])
        remark = N_(
            "no number tells the day from the month; read so, the rows are in order of time"
        )
        return sure, remark
    return name, N_("CHECK: nothing in the file tells the day from the month")


def _mirrored(name: str) -> str | None:
    """The same format with day and month changed round; None where that means nothing."""
    for part, other in TWINS.items():
        if name.startswith(part):
            return other + name[len(part) :]
    return None


def _steps_back(texts: Sequence[str], name: str) -> int:
    reader = reader_of(name)
    before: datetime | None = None
    back = 0
    for text in texts:
        found = reader(text) if text.strip() else None
        if found is None:
            continue
        back += before is not None and found < before
        before = found
    return back


def _number(texts: Sequence[str]) -> Guess | None:
    numbers = [float(text) for text in texts]
    low, high = min(numbers), max(numbers)
    if all(len(text) == 14 for text in texts):
        whole = "%Y%m%d%H%M%S"
        return Guess(formats=(whole,)) if _fits(texts, whole) >= ENOUGH else None
    if all(len(text) == 8 for text in texts) and _fits(texts, "%Y%m%d") >= ENOUGH:
        return Guess(formats=("%Y%m%d",))
    for name, least, most in ((EXCEL, 20_000, 80_000), (EPOCH_S, 3e8, 5e9), (EPOCH_MS, 3e11, 5e12)):
        if least <= low and high <= most:
            return Guess(formats=(name,))
    return None
