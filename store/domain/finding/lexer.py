"""A query cut into pieces: brackets, operators, numbers, tests of fields, and plain words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from store.domain.finding.fields import FIELD_NAMES, FIELDS, OPERATORS, bare
from store.domain.finding.refusal import QueryUnclear
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

_AS_ASCII: Final = str.maketrans(
    "（）：＜＞＝！，、＃｜＆＂“”„「」－　", '()\u003a<>=!,,#|&""""""- '
)
"""Signs as a Chinese keyboard gives them, one for one."""

SIGNS: Final = {"≤": "<=", "≥": ">=", "≠": "!="}
"""Other ways to write a sign."""

_TEST = re.compile(r"([^\W\d][\w-]*)(<=|>=|!=|[:=<>≤≥≠])")
_NUMBERS = re.compile(r"\d+(?:-|\.\.)\d+(?:,\d+(?:(?:-|\.\.)\d+)?)*|\d+(?:,\d+(?:(?:-|\.\.)\d+)?)+")
_URL = re.compile(r"[A-Za-z][\w+.-]*://")


class Piece(Enum):
    """What a piece of a query is."""

    OPEN = "an opening bracket"
    CLOSE = "a closing bracket"
    OPERATOR = "and, or, not"
    WORD = "a plain word"
    QUOTED = "words in quotes"
    TEST = "a field, a sign, and values"
    NUMBERS = "order numbers"


@dataclass(frozen=True, slots=True)
class Given:
    """A value as it was written."""

    column: int
    text: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Token:
    """A piece, where it stands (from 1), and what it says."""

    piece: Piece
    column: int
    text: str
    """The word; of an operator its name, of a test its field."""
    sign: str = ":"
    values: tuple[Given, ...] = ()


def as_signs(text: str) -> str:
    """The text with its signs as an English keyboard gives them, place for place."""
    return text.translate(_AS_ASCII)


def cut(text: str) -> Iterator[Token]:
    """The pieces in order; `QueryUnclear` where one cannot be read."""
    signs = as_signs(text)
    place = 0
    while place < len(signs):
        if signs[place].isspace():
            place += 1
            continue
        token, place = _piece(text, signs, place)
        yield token


def _piece(text: str, signs: str, place: int) -> tuple[Token, int]:
    sign, column = signs[place], place + 1
    if sign in "()":
        return Token(Piece.OPEN if sign == "(" else Piece.CLOSE, column, sign), place + 1
    if sign == '"':
        said, end = _quoted(text, signs, place)
        return Token(Piece.QUOTED, column, said), end
    if sign == "-" and len(signs) > place + 1 and not signs[place + 1].isspace():
        return Token(Piece.OPERATOR, column, "not", "-"), place + 1
    if sign == "#":
        values, end = _values(text, signs, place + 1, "#")
        return Token(Piece.NUMBERS, column, "number", values=values), end
    test = _TEST.match(signs, place)
    if test is not None and not _URL.match(signs, place):
        return _term(text, signs, test)
    end = _end(signs, place)
    return _word(text, signs, place, end), end


def _term(text: str, signs: str, test: re.Match[str]) -> tuple[Token, int]:
    name = FIELD_NAMES.get(bare(test[1]))
    if name is None:
        raise _unknown(text[test.start() : test.end(1)], test.start() + 1)
    values, end = _values(text, signs, test.end(), test[0])
    sign = SIGNS.get(test[2], test[2])
    return Token(Piece.TEST, test.start() + 1, name, sign, values), end


def _word(text: str, signs: str, place: int, end: int) -> Token:
    said, column = text[place:end], place + 1
    operator = OPERATORS.get(bare(signs[place:end]))
    if operator is not None:
        return Token(Piece.OPERATOR, column, operator, said)
    if _NUMBERS.fullmatch(signs, place, end) and _rises(signs[place:end]):
        values, _ = _values(text, signs, place, "#")
        return Token(Piece.NUMBERS, column, "number", values=values)
    return Token(Piece.WORD, column, said)


def _rises(said: str) -> bool:
    """Whether these are numbers from low to high; `138-0013` is part of a telephone number."""
    ends = [end.split("-") for end in said.replace("..", "-").split(",")]
    plain = all(not digits.startswith("0") for pair in ends for digits in pair)
    return plain and all(int(pair[0]) <= int(pair[-1]) for pair in ends)


def _values(text: str, signs: str, place: int, after: str) -> tuple[tuple[Given, ...], int]:
    """The values from a place on, separated by commas, and where they end."""
    values = []
    while True:
        if place < len(signs) and signs[place] == '"':
            said, end = _quoted(text, signs, place)
            values.append(Given(place + 1, said, quoted=True))
        else:
            end = _end(signs, place, ",")
            if end == place:
                raise QueryUnclear(
                    place + 1,
                    N_("nothing stands behind “{what}”").format(
                        what=text[place - 1 : place] if values else after
                    ),
                    N_("write a value right behind it, or put the words in quotes"),
                    unfinished=end >= len(signs),
                )
            values.append(Given(place + 1, text[place:end]))
        if signs[end : end + 1] != ",":
            return tuple(values), end
        place = end + 1


def _end(signs: str, place: int, stops: str = "") -> int:
    """Where a word ends: before a space, a stop, or a bracket without its other half in it."""
    opened: list[int] = []
    for end in range(place, len(signs) + 1):
        sign = signs[end : end + 1] or " "
        if sign == "(":
            opened.append(end)
        elif sign == ")" and opened:
            opened.pop()
        elif sign == ")" or sign.isspace() or sign in stops:
            return opened[0] if opened else end
    raise AssertionError(signs)


def _quoted(text: str, signs: str, place: int) -> tuple[str, int]:
    """The words in quotes that open at a place, and where they end; `\\` keeps a quote within."""
    said: list[str] = []
    end = place + 1
    while end < len(signs):
        if signs[end] == "\\" and end + 1 < len(signs):
            said.append(text[end + 1])
            end += 2
        elif signs[end] == '"':
            return "".join(said), end + 1
        else:
            said.append(text[end])
            end += 1
    raise QueryUnclear(
        place + 1,
        N_("a quote is opened and not closed"),
        N_('end it with "'),
        unfinished=True,
    )


def _unknown(said: str, column: int) -> QueryUnclear:
    from difflib import get_close_matches

    near = get_close_matches(bare(said), FIELD_NAMES, n=1, cutoff=0.5)
    right = (
        N_("did you mean {field}: ... or put it in quotes").format(field=near[0])
        if near
        else N_("there are {fields}; or put it in quotes").format(fields=", ".join(FIELDS))
    )
    return QueryUnclear(column, N_("no field is called “{name}”").format(name=said), right)
