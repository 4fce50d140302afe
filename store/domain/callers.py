"""By what a caller is found while he speaks: a code, a name, its sound, the end of a number.

A key is one letter for what it is and then the folded text; whoever is asked for by its beginning
is found by one look into a sorted table. Numbers are kept backwards, since callers say their ends.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING, Final

from store.domain.finding.grams import folded
from store.domain.sounds import in_full, initials

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST: Final = 24
"""Characters of a key that are kept, and compared."""
LEAST_DIGITS: Final = 4
"""With so many digits a number is asked for by its end."""
SAME_DIGITS: Final = 10
"""So many last digits make a number: what stands before them is a country or a trunk."""
WHOLE_DIGITS: Final = 7
"""From so many on a number can be one without the country or the town before it."""

_MOST_STARTS: Final = 16
_MOST_READINGS: Final = 8
_CITY: Final = 2
"""Characters that firms' names begin with and callers leave out: where they are."""
_HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_STARTS: Final = re.compile(rf"[{_HAN}]|(?<![^\W_])(?![{_HAN}])[^\W_]|(?<=[{_HAN}])[^\W_]")
_IS_HAN: Final = re.compile(f"[{_HAN}]")
_EXTENSION: Final = re.compile(r"\s*(?:ext\.?|x|转|分机)\s*([0-9]+)", re.IGNORECASE)
_DASHED: Final = re.compile(r"(?<=[0-9]{7})-(?=[0-9]{1,5}(?![0-9]))")
"""Before an extension: no group of a number is as long as what stands before this one."""
_NUMBER: Final = re.compile(
    r"(?<![0-9a-z])\(?\+?[0-9][0-9 ().\-]{2,38}"
    rf"(?:{_EXTENSION.pattern})?(?![0-9a-z])",
    re.IGNORECASE,
)
_APART: Final = re.compile(r"(?<=[0-9]{7})\s+(?=\+?[0-9]{7})")
"""Between two numbers of one caller."""
_LABEL: Final = re.compile(
    r"[\s(（]*(?:手机号?|电话|号码|tel\.?|mobile|phone)?[\s:：]*$", re.IGNORECASE
)
_DESK: Final = re.compile(r"(?:分机|内线|短号|ext\.?|extension)?\s*:?\s*(?P<digits>[0-9]{3,6})")
_AROUND: Final = " .-,;:/，；：、()（）"


class By(StrEnum):
    """What of a caller is meant."""

    NUMBER = "p"
    CODE = "c"
    NAME = "n"
    SOUND = "s"


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """What an operator has written of who calls."""

    name: str = ""
    phone: str = ""


def read_caller(text: str) -> Caller:
    """The name and the number in what was written, whichever stands first; either may be missing.

    Digits inside a word are part of the name, and so are fewer than seven.
    """
    plain = folded_signs(text)
    spans = [found.span() for found in _NUMBER.finditer(plain) if _is_whole(found.group())]
    if spans:
        (start, end), *more = spans
        for first, last in more:  # a second one beside it is his, too
            if not plain[end:first].strip(" /,;、|"):
                end = last
        rest = f"{_LABEL.sub('', text[:start])} {text[end:]}"
        return Caller(name=" ".join(rest.split()).strip(_AROUND), phone=_written(text[start:end]))
    return Caller(name=" ".join(text.split()))


def _written(phone: str) -> str:
    """A number as it is kept: without brackets around it, extensions and second numbers marked."""
    for opening, closing in ("()", "（）"):
        balanced = phone.count(opening) == phone.count(closing)
        if not balanced or (phone.startswith(opening) and phone.endswith(closing)):
            phone = phone.strip(f"{opening}{closing}")
    return _APART.sub(" / ", _DASHED.sub(" x", phone.strip(" .-")))


def _is_whole(number: str) -> bool:
    return len(digits_of(_EXTENSION.sub("", number))) >= WHOLE_DIGITS


def extension_of(phone: str) -> str:
    """Who is wanted behind a switchboard, in digits; empty where nobody is named."""
    found = _EXTENSION.search(_DASHED.sub("x", folded_signs(phone)))
    return found[1] if found else ""


def desk_number(name: str) -> str:
    """The few digits by which a house calls one of its own desks; empty where it is a name."""
    found = _DESK.fullmatch(folded(name).strip())
    return found["digits"] if found else ""


def others_line(one: str, other: str) -> bool:
    """Whether two texts name two people behind one number."""
    first, second = extension_of(one), extension_of(other)
    return bool(first and second) and first != second


def folded_signs(text: str) -> str:
    """The text with full-width digits and signs as plain ones, each in its place."""
    return "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in text)


def digits_of(text: str) -> str:
    """The digits of a number, however it is written."""
    return "".join(c for c in folded_signs(text) if c in "0123456789")


def ends_of(phone: str) -> tuple[str, ...]:
    """Every number in a text backwards, as far as it tells it from another's."""
    plain = _EXTENSION.sub(" / ", folded_signs(phone))
    found = (digits_of(one) for one in re.split(r"[/,;、|]", plain))
    return tuple(dict.fromkeys(_end(one) for one in found if len(one) >= LEAST_DIGITS))


def numbers_in(text: str) -> tuple[str, ...]:
    """Every whole number in a text by its digits, without the extension behind it."""
    plain = _EXTENSION.sub(" / ", _DASHED.sub("x", folded_signs(text)))
    found = (digits_of(one) for one in re.split(r"[/,;、|]", _APART.sub(" / ", plain)))
    return tuple(dict.fromkeys(one for one in found if len(one) > LEAST_DIGITS))


def _end(digits: str) -> str:
    """Whatever stands before the number, be it +86, 0086 or 0, is left out or comes last."""
    return digits.lstrip("0")[-SAME_DIGITS:][::-1]


def same_number(one: str, other: str) -> bool:
    """Whether two texts have a number in common, with what stands before it or without."""
    return any(
        first.startswith(second) or second.startswith(first)
        for first in ends_of(one)
        for second in ends_of(other)
    )


def keys_of(*, code: str = "", name: str = "", phone: str = "") -> frozenset[str]:
    """Everything that an entry is found by."""
    return frozenset(_keys(code, name, phone))


def _keys(code: str, name: str, phone: str) -> Iterator[str]:
    yield from (By.NUMBER + end for end in ends_of(phone) if end)
    if plain_code := _plain(code):
        yield By.CODE + plain_code[:LONGEST]
    plain = _plain(name)
    if plain != plain_code:
        for found in islice(_STARTS.finditer(plain), _MOST_STARTS):
            yield By.NAME + plain[found.start() :][:LONGEST]
    if _IS_HAN.search(plain):
        for part in dict.fromkeys((plain, _without_city(plain))):
            yield from (By.SOUND + _letters(one) for one in initials(part, _MOST_READINGS))
            yield from (By.SOUND + _letters(one) for one in in_full(part, _MOST_READINGS))


def beginnings(text: str) -> tuple[str, ...]:
    """What keys begin with that a text asks for, the surest first; nothing for an empty text."""
    plain = _plain(text)
    if not plain:
        return ()
    found = []
    bare = _EXTENSION.sub("", folded_signs(text))
    digits = digits_of(bare)
    if len(digits) >= LEAST_DIGITS and not bare.strip("0123456789+-.()/,;、| "):
        found += [By.NUMBER + end for end in ends_of(text)]
    found += [By.CODE + plain[:LONGEST], By.NAME + plain[:LONGEST]]
    if plain.isascii() and (letters := _letters(plain)):
        found.append(By.SOUND + letters)
    return tuple(found)


def whole_name(name: str) -> tuple[str, ...]:
    """Keys that an entry of exactly this name has one of, though others may have them, too.

    None for a name without letters and digits, which has no key.
    """
    plain = _plain(name)
    first = _STARTS.search(plain)
    named = (By.NAME + plain[first.start() :][:LONGEST],) if first else ()
    return (*named, By.CODE + plain[:LONGEST]) if plain else ()


def shorter(text: str) -> tuple[str, ...]:
    """Whole keys of numbers that were kept without what this one has before them."""
    end = _end(digits_of(_EXTENSION.sub("", folded_signs(text))))
    return tuple(By.NUMBER + end[:count] for count in range(WHOLE_DIGITS, len(end)))


def _plain(text: str) -> str:
    return " ".join(folded(text).split())


def _letters(text: str) -> str:
    return "".join(c for c in text if c.isascii() and c.isalnum())[:LONGEST]


def _without_city(plain: str) -> str:
    bare = plain[_CITY:]
    return bare if len(_IS_HAN.findall(plain[:_CITY])) == _CITY and len(bare) >= _CITY else plain
