"""Where in a building a caller's words say that something broke.

`3楼`, `三层`, `3F`, `floor 3` and `third floor` are one floor; `2号电梯` and `lift 2` one lift.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_DIGITS: Final = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2}
_NO: Final = "(?:[0-9]{1,5}|[零一二两三四五六七八九十]{1,3})"
_OR_LETTER: Final = f"(?:{_NO}|(?<![a-z])[a-z](?![a-z]))"
_ORDINALS: Final = {
    name: str(value)
    for value, name in enumerate(
        ("ground", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
    )
}
_TO: Final = r"\s*(?:[、,和与至到~/&-]|\band\b|\bto\b|\bor\b)\s*"
_ENGLISH: Final = r"\b(?:floors?|level|storey)"

_NUMBERED: Final = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("house", rf"(?P<a>{_OR_LETTER})\s*(?:号楼|栋|幢|座|塔)"),
        ("house", r"\b(?:block|tower|building|house)\s*(?P<a>[0-9]{1,4}|[a-z])\b"),
        ("room", r"(?P<a>[0-9]{2,5})\s*(?:室|房|号房)"),
        ("room", r"(?<![0-9.])(?P<a>[1-9][0-9]{2,3})(?=[天的厨卫客主次空卧灯门水])"),
        ("room", r"\b(?:room|suite|flat|apartment)\s*(?P<a>[0-9]{1,5}[a-z]?)\b"),
        ("lift", rf"(?P<a>{_OR_LETTER})\s*(?:号|#)?\s*(?=[客货扶直观光电]{{0,2}}梯)"),
        (
            "lift",
            r"\b(?:lift|elevator|escalator)\s*(?:no\.?|number|#)?\s*"
            r"(?!a (?:bit|little|lot|few)\b)(?P<a>[0-9]{1,3}|[a-z])\b",
        ),
        ("lift", r"\bl(?P<a>[0-9]{1,2})\b"),
        ("unit", rf"(?P<a>{_NO})\s*(?:单元|号)"),
        ("unit", r"\b(?:unit|bay|gate|pump|chiller|boiler)\s*(?P<a>[0-9]{1,4}|[a-z])\b"),
        ("floor", rf"(?P<a>{_NO})\s*(?:楼|层)?{_TO}(?P<b>{_NO})\s*(?:楼|层)"),
        ("floor", rf"(?P<under>负|地下|\bb)?\s*(?P<a>{_NO})\s*(?:楼|层)"),
        ("floor", r"(?<![0-9a-z])(?P<under>b)(?P<a>[1-9])(?![0-9a-z])"),
        ("floor", r"(?<![0-9a-z])(?P<a>[0-9]{1,3})\s*f(?![a-z])"),
        ("floor", rf"{_ENGLISH}\s*(?P<a>[0-9]{{1,3}})(?:{_TO}(?P<b>[0-9]{{1,3}}))?\b"),
        ("floor", r"\b(?P<a>[0-9]{1,3})(?:st|nd|rd|th)\b(?:\s*(?:floor|storey|level))?"),
        ("floor", rf"\b(?P<a>{'|'.join(_ORDINALS)})\s*(?:floor|storey|level)\b"),
        ("floor", r"(?P<cellar>地下室|地库|地下车库|\bbasement\b|\bcellar\b)"),
        ("side", "(?P<a>[东西南北])(?=侧|边|区|座|塔|楼|翼|门|面)"),
        ("side", r"\b(?P<a>north|south|east|west)(?:ern)?\b"),
    )
)
_SIDES: Final = {"north": "北", "south": "南", "east": "东", "west": "西"}
_NAMED: Final = {
    word.replace("_", " "): place
    for place, words in {
        "corridor": "走廊 过道 corridor hallway",
        "car park": "车库 停车场 car_park garage",
        "meeting room": "会议室 meeting_room",
        "office": "办公室 office",
        "lobby": "大堂 大厅 lobby reception",
        "kitchen": "厨房 kitchen",
        "canteen": "食堂 餐厅 canteen restaurant",
        "machine room": "机房 server_room machine_room",
        "roof": "屋顶 楼顶 天台 roof",
        "hostel": "宿舍 dormitory",
        "pantry": "茶水间 pantry",
    }.items()
    for word in words.split()
}
_NAME: Final = re.compile("|".join(sorted(_NAMED, key=len, reverse=True)))
_UNSAID: Final = re.compile(
    r"[侧号楼层室栋幢座塔]|单元|\b(?:floors?|storey|level|number|room|suite|flat|apartment|block|tower"
    r"|building|house|unit|bay|ground)\b"
)
"""Words that say nothing without their number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where it is, as far as it was said."""

    numbered: Mapping[str, frozenset[str]]
    """By kind of place (floor, lift, room …) its numbers."""
    named: frozenset[str]

    @property
    def marks(self) -> set[str]:
        """All of them, as words to be compared."""
        numbers = {f"{kind} {no}" for kind, told in self.numbered.items() for no in told}
        return numbers | {f"in the {name}" for name in self.named}


def places_of(plain: str) -> tuple[Places, str]:
    """The places in a folded text, and the text without them."""
    numbered: dict[str, frozenset[str]] = {}
    rest = plain
    for kind, pattern in _NUMBERED:
        for found in pattern.finditer(rest):
            numbered[kind] = numbered.get(kind, frozenset()) | set(_numbers(found))
        rest = pattern.sub(_without_numbers, rest)
    named = frozenset(_NAMED[found.group()] for found in _NAME.finditer(rest))
    return Places(numbered=numbered, named=named), _UNSAID.sub(" ", _NAME.sub(" ", rest))


def elsewhere(one: Places, other: Places) -> bool:
    """Whether both say where it is, and not the same: a lift that moved is the same lift."""
    if one.numbered.get("lift", frozenset()) & other.numbered.get("lift", frozenset()):
        return False
    both = one.numbered.keys() & other.numbered.keys()
    return any(one.numbered[kind].isdisjoint(other.numbered[kind]) for kind in both)


def _numbers(found: re.Match[str]) -> Iterator[str]:
    told = found.groupdict()
    if told.get("cellar"):
        yield "-1"
        return
    first, last = told["a"], told.get("b")
    under = "-" if told.get("under") else ""
    yield under + _number(first)
    if last:
        yield under + _number(last)


def _without_numbers(found: re.Match[str]) -> str:
    """What was numbered may be what broke: it is read on."""
    text = found.group()
    for name in ("under", "cellar", "a", "b"):
        if found.groupdict().get(name):
            first, last = (place - found.start() for place in found.span(name))
            text = f"{text[:first]}{' ' * (last - first)}{text[last:]}"
    return text


def _number(told: str) -> str:
    """The digits of a number written in any way; letters and sides stand for themselves."""
    if told in _ORDINALS:
        return _ORDINALS[told]
    if told in _SIDES:
        return _SIDES[told]
    if told[0].isdigit() and told.isdigit():
        return str(int(told))
    if not set(told) <= _DIGITS.keys() | {"十"}:
        return told
    tens, ten, ones = told.rpartition("十")
    if not ten:
        return "".join(str(_DIGITS[digit]) for digit in told)
    return str((_DIGITS.get(tens, 1) if len(tens) < 2 else 0) * 10 + _DIGITS.get(ones, 0))
