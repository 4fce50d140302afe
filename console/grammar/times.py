"""Finds the time among the words of a line: behind a keyword, or at one of the ends."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from console.answers_read import read
from console.grammar.refusals import WrongWords
from console.grammar.tokens import Token
from console.whens import MANY_HOURS, RIGHT, Passed, has_many_hours
from store.domain.errors import BadInput
from store.domain.said_times import is_said
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from console.actions_kinds import Question
    from console.grammar.lookup import Lookup

KEYWORDS: Final = frozenset({"until", "till", "to", "at", "by", "到", "至", "于"})
"""Words before a time."""

_IN_TEXTS: Final = frozenset({"to", "at", "by"})
"""Those of them that stand in many a text."""

_IN_A_ROW: Final = re.compile(r"([01][0-9]|2[0-3])[0-5][0-9]")
TIMES: Final = (
    ("+30m", "+2h", "15:00", "noon", "tonight", "tomorrow 9:00", "friday 9:00"),
    ("+30分", "+2小时", "15:00", "中午", "今晚", "明天 9:00", "周五 9:00"),
)
"""Times as they may be typed, in English and in Chinese."""

_LIKE_A_TIME: Final = re.compile(
    r"\+.*|.*\d[:.点].*|(\d{4}-)?\d{1,2}-\d{1,2}|今天|明天?|后天|tom(orrow)?|today"
    r"|tonight|noon|midnight|\d{1,2}[ap]m|(mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|\d{1,4}(m|min|h|分钟?|小时)"
)
_GLUED: Final = re.compile(r"([到至于])(.+)")
_BEHIND: Final = re.compile(r"(?P<reason>.+)(?=[到至])[到至].+")
_DAY: Final = re.compile(
    r"(\d{4}-)?\d{1,2}-\d{1,2}|今天|明天?|后天|tom(orrow)?|today|tonight"
    r"|(mon|tues|wednes|thurs|fri|satur|sun)day"
)


def take_time(
    question: Question, rest: list[Token], lookup: Lookup, *, leads: bool
) -> tuple[datetime | None, list[Token]]:
    """The time that some words tell, and the words without it; None where they tell none.

    `leads` says that it is asked before all else, so that the beginning is the likelier end.
    """
    found = _found(question, rest, lookup, leads=leads)
    for place, word in enumerate(rest) if found is None else ():
        parted = _parted(word)
        if parted is not None:
            words = [*rest[:place], *parted, *rest[place + 1 :]]
            found = found or _found(question, words, lookup, leads=leads)
    if found is None:
        _check_keyword(rest)
        _check_bare(rest)
        return None, rest
    return found


def _found(
    question: Question, rest: list[Token], lookup: Lookup, *, leads: bool
) -> tuple[datetime, list[Token]] | None:
    for first, last, left in _stretches(rest, leads=leads):
        if _may_be_a_number(rest, first, last):
            continue
        at = _instant(question, rest[first:last], lookup)
        if at is not None:
            return at, rest[:left] + rest[last:]
    return None


def _parted(word: Token) -> tuple[Token, Token] | None:
    """A reason and the time behind it, written without a space: `配件到15:00`."""
    found = None if word.quoted else _BEHIND.fullmatch(word.text)
    if found is None:
        return None
    at = found.end("reason")
    return (
        Token(text=word.text[:at], raw=word.raw[:at], start=word.start),
        Token(text=word.text[at:], raw=word.raw[at:], start=word.start + at),
    )


def is_keyword(word: Token) -> bool:
    """Whether a word says that a time follows."""
    return not word.quoted and word.text.casefold() in KEYWORDS


def may_be_a_time(word: Token) -> bool:
    """Whether a word looks like a time, or like the beginning of one."""
    if word.quoted:
        return False
    return _LIKE_A_TIME.fullmatch(word.text.casefold()) is not None or is_said(word.text)


def _is_day(word: Token) -> bool:
    if word.quoted:
        return False
    return _DAY.fullmatch(word.text.casefold()) is not None or is_said(word.text)


def _check_keyword(rest: Sequence[Token]) -> None:
    """A word such as `until` must be followed by a time, unless it ends the line."""
    places = [place for place, word in enumerate(rest[:-1]) if is_keyword(word)]
    if not places or rest[places[-1]].text.casefold() in _IN_TEXTS:
        return
    said = rest[places[-1] + 1 :]
    text = " ".join(word.text for word in said)
    begun = any(time.startswith(text.casefold()) for times in TIMES for time in times)
    what = N_("“{text}” is not a time; {right}").format(text=text, right=RIGHT)
    if has_many_hours(text):
        wrong, right = MANY_HOURS
        what = N_("{wrong}; {right}").format(wrong=wrong.format(text=text), right=right)
    raise WrongWords(said[0].start + 1, what, unfinished=begun)


def _check_bare(rest: Sequence[Token]) -> None:
    """Four digits at an end may be a time or a room: whoever means the one says so."""
    for word in (rest[-1:], rest[:1]):
        if word and not word[0].quoted and _IN_A_ROW.fullmatch(word[0].text):
            said = word[0].text
            what = N_("“{text}” may be a time or words: write {time}, or put it in quotes")
            told = what.format(text=said, time=f"{said[:2]}:{said[2:]}")
            raise WrongWords(word[0].start + 1, told, unfinished=True)


def _may_be_a_number(rest: Sequence[Token], first: int, last: int) -> bool:
    """Four digits behind a word that stands in many a text: `at 1204` is a room as well."""
    alone = last - first == 1 and _IN_A_ROW.fullmatch(rest[first].text) is not None
    return alone and first > 0 and rest[first - 1].text.casefold() in _IN_TEXTS


def _stretches(rest: Sequence[Token], *, leads: bool) -> Iterator[tuple[int, int, int]]:
    """Where a time may stand: its first word, the one behind it, and where what is left ends."""
    count = len(rest)
    for place in reversed(range(count)):
        if is_keyword(rest[place]):
            if place and _is_day(rest[place - 1]):  # "until tomorrow at 9:00"
                left = place - 1 - (place > 1 and is_keyword(rest[place - 2]))
                yield from ((place - 1, last, left) for last in range(count, place + 1, -1))
            yield from ((place + 1, last, place) for last in range(count, place + 1, -1))
        elif not rest[place].quoted and _GLUED.fullmatch(rest[place].text):
            yield from ((place, last, place) for last in range(count, place, -1))
    for at_the_front in (leads, not leads):
        for length in (2, 1):
            first = 0 if at_the_front else count - length
            if 0 <= first <= count - length and may_be_a_time(rest[first]):
                yield first, first + length, first


def _instant(question: Question, words: Sequence[Token], lookup: Lookup) -> datetime | None:
    if any(word.quoted for word in words):
        return None
    said = " ".join(word.text for word in words if not is_keyword(word))
    glued = _GLUED.fullmatch(said)
    try:
        found: datetime = read(
            question, glued[2] if glued else said, at=lookup.at, zone=lookup.zone
        )
    except Passed as passed:  # fewer of these words would be another time
        facts = {name: passed.facts[name] for name in ("wrong", "right")}
        raise WrongWords(words[0].start + 1, N_("{wrong}; {right}").format(**facts)) from passed
    except BadInput:
        return None
    return found
