"""Names and numbers of somebody who is erased, taken out of other texts; pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from store.domain.callers import (
    SAME_DIGITS,
    WHOLE_DIGITS,
    folded_signs,
    numbers_in,
    read_caller,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

GONE: Final = "…"
"""Stands where a name or a number stood."""
_LEAST_LATIN: Final = 3
_LEAST: Final = 2
"""Characters of a name that is looked for in other texts: less would mean anybody."""
_APART: Final = r"[^\w+]{0,3}"
"""What may stand between the digits of a number: spaces, strokes and brackets of any sort."""
_BEFORE: Final = rf"(?:(?:\+|00)\(?[0-9]{{1,3}}{_APART}(?:0{_APART})?|\(?0{_APART}|\()?[0-9]{{0,5}}"
"""A country or a trunk, or whatever was written at one with the number."""


class Traces:
    """What somebody was called, and under which numbers, as it may stand in a text."""

    def __init__(self, names: Iterable[str], phones: Iterable[str]) -> None:
        given, lines = [*names], [*phones]
        for name in [*given]:  # a number may have been written where a name belongs
            read = read_caller(name)
            given.append(read.name)
            lines.append(read.phone)
        said = {" ".join(folded_signs(name).split()) for name in given}
        patterns = [
            pattern
            for name in sorted(filter(_is_name, said), key=lambda one: (-len(one), one))
            for pattern in _of_name(name)
        ]
        numbers = {number for line in lines for number in numbers_in(line)}
        patterns += [_of_number(number) for number in sorted(numbers, key=lambda n: (-len(n), n))]
        self._pattern = re.compile("|".join(patterns), re.IGNORECASE) if patterns else None

    def stand_in(self, text: str) -> bool:
        """Whether one of them stands there."""
        return next(self._found(text), None) is not None

    def out_of(self, text: str) -> str:
        """The text without them."""
        parts, end = [], 0
        for start, stop in self._found(text):
            parts += [text[end:start], GONE]
            end = stop
        return "".join([*parts, text[end:]])

    def _found(self, text: str) -> Iterator[tuple[int, int]]:
        """Where; signs are folded each in its place, so that places are those of the text."""
        if self._pattern is not None:
            for found in self._pattern.finditer(folded_signs(text)):
                if found.group():
                    yield found.span()


def _is_name(name: str) -> bool:
    return len(name) >= (_LEAST_LATIN if name.isascii() else _LEAST)


def _of_name(name: str) -> Iterator[str]:
    """As it was written, with any spaces between its parts, and with the family name first."""
    if _SIGNS.fullmatch(name):
        yield r"\s*".join(name.replace(" ", ""))
        return
    parts = [re.escape(part) for part in name.split()]
    yield _bounded(r"\s+".join(parts), name)
    if len(parts) > 1:
        yield _bounded(rf"{parts[-1]}\s*,\s*" + r"\s+".join(parts[:-1]), name)


_SIGNS: Final = re.compile(r"[\u3400-\u9fff ]+")
"""A Chinese name, between whose signs spaces mean nothing."""


def _bounded(pattern: str, name: str) -> str:
    return rf"(?<!\w){pattern}(?!\w)" if name.isascii() else pattern


def _of_number(digits: str) -> str:
    """Its last digits, whatever country or trunk stands before them or does not."""
    bare = digits.lstrip("0")[-SAME_DIGITS:]
    longer = digits[: len(digits) - len(bare)].lstrip("0")
    own = rf"(?:{_APART.join(longer)}{_APART})?" if longer else ""
    before = _BEFORE if len(bare) >= WHOLE_DIGITS else r"\+?0*"
    return rf"(?<![\d+]){before}{own}{_APART.join(bare)}(?!\d)"
