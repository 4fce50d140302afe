"""Numbers as they are said in Chinese: 三, 十五, 三十一, 两."""

from __future__ import annotations

from typing import Final

DIGITS: Final = "零一二三四五六七八九十两"
_VALUES: Final = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2}


def whole(text: str) -> int | None:
    """Their value up to 99; of digits in a row that of the digits; None where it is none."""
    if text.isdecimal():
        return int(text)
    if not text or not set(text) <= set(DIGITS):
        return None
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return int("".join(str(_VALUES[digit]) for digit in text))
    if len(tens) > 1 or len(ones) > 1 or "十" in tens:
        return None
    return 10 * _VALUES.get(tens, 1) + _VALUES.get(ones, 0)
