"""Keys of a procedure's file, each read or refused with its line; pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from store.domain.errors import BadInput
from store.domain.text import safe
from store.domain.words import N_, listed

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_CHARACTERS: Final = 64_000


def check_shown(text: str, line: int) -> None:
    """Refuse what a screen could not show as it is."""
    if safe(text, limit=MOST_CHARACTERS) != text:
        raise BadInput(
            where=at_line(line),
            wrong=N_("it has characters that cannot be shown as they are"),
            right=N_("write plain text, without control characters or hidden marks"),
        )


def text_of(
    told: Mapping[str, Any], key: str, line: int, *, limit: int = 200, needed: bool = False
) -> str:
    """A key's text, without line breaks; with `needed` one that is not empty."""
    value = told.get(key, "")
    if type(value) is not str or len(value) > limit:
        right = N_("a text of up to {most} characters").format(most=limit)
        raise wrong(line, key, value, right)
    text = " ".join(re.split(r"[ \t\r\n]+", value.strip(" \t\r\n")))
    check_shown(text, line)
    if needed and not text:
        raise BadInput(
            where=at_line(line), wrong=N_("{key} is missing").format(key=key), right=N_("write it")
        )
    return text


def flag_of(told: Mapping[str, Any], key: str, line: int, *, otherwise: bool) -> bool:
    """A key that is true or false."""
    value = told.get(key, otherwise)
    if type(value) is not bool:
        raise wrong(line, key, value, N_("true or false"))
    return value


def unknown(line: int, key: str, known: Any) -> BadInput:
    """A key that means nothing here."""
    wrong = N_("“{key}” is not known here").format(key=safe(key, limit=40))
    right = N_("there are: {choices}").format(choices=listed(known))
    return BadInput(where=at_line(line), wrong=wrong, right=right)


def wrong(line: int, key: str, value: object, right: str) -> BadInput:
    """A key whose value is not right, and what would be."""
    said = N_("{key} is {value}").format(key=key, value=_shown(value))
    return BadInput(where=at_line(line), wrong=said, right=right)


def _shown(value: object) -> str:
    if value is None:
        return N_("missing")
    try:
        return safe(str(value), limit=60)
    except ValueError:  # a number of more digits than Python writes, alone or in a list
        return N_("a number of thousands of digits")


def at_line(line: int) -> str:
    """Where that is."""
    return N_("line {line}").format(line=line)
