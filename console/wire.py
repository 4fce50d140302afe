"""The shortest bytes that move a terminal's cursor and change its pen; pure functions.

A *pen* is the inside of an SGR sequence as Rich writes it, `"1;38;2;200;10;10;48;5;236"`; the empty
pen is the terminal's default. Columns and rows count from 0; `None` is a place we are not sure of.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

SYNC_START = "\x1b[?2026h"
SYNC_END = "\x1b[?2026l"


class _Pen(NamedTuple):
    """A pen taken apart: attribute codes, foreground codes, background codes."""

    attributes: frozenset[str]
    ink: str
    paper: str


def _colour_length(codes: list[str]) -> int:
    """How many codes the colour at the head of the list takes."""
    if codes[0] not in ("38", "48"):
        return 1
    return 5 if codes[1] == "2" else 3


def _is_ink(code: str) -> bool:
    return int(code) in {38, 39, *range(30, 38), *range(90, 98)}


def _is_paper(code: str) -> bool:
    return int(code) in {48, 49, *range(40, 48), *range(100, 108)}


@lru_cache(maxsize=512)
def _apart(pen: str) -> _Pen:
    codes = pen.split(";") if pen else []
    attributes: set[str] = set()
    ink = paper = ""
    while codes:
        length = _colour_length(codes)
        head = ";".join(codes[:length])
        if _is_ink(codes[0]):
            ink = "" if head == "39" else head
        elif _is_paper(codes[0]):
            paper = "" if head == "49" else head
        else:
            attributes.add(head)
        del codes[:length]
    return _Pen(frozenset(attributes), ink, paper)


@lru_cache(maxsize=1024)
def repen(old: str | None, new: str) -> str:
    """The sequence that turns one pen into another; an unknown old pen is put down first."""
    if old == new:
        return ""
    afresh = f"\x1b[0;{new}m" if new else "\x1b[m"
    if old is None or not new:
        return afresh
    before, after = _apart(old), _apart(new)
    if not before.attributes <= after.attributes:
        return afresh
    codes = sorted(after.attributes - before.attributes)
    if after.ink != before.ink:
        codes.append(after.ink or "39")
    if after.paper != before.paper:
        codes.append(after.paper or "49")
    if not codes:
        return ""
    added = f"\x1b[{';'.join(codes)}m"
    return added if len(added) <= len(afresh) else afresh


def _steps(count: int, letter: str) -> str:
    return f"\x1b[{letter}" if count == 1 else f"\x1b[{count}{letter}"


@lru_cache(maxsize=1024)
def _across(here: int | None, there: int) -> str:
    """The shortest way along a row."""
    if here == there:
        return ""
    ways = [f"\x1b[{there + 1}G"]
    if there == 0:
        ways.append("\r")
    if here is not None and there > here:
        ways.append(_steps(there - here, "C"))
    elif here is not None:
        ways.extend(("\b" * (here - there), _steps(here - there, "D")))
    return min(ways, key=len)


@lru_cache(maxsize=512)
def move(here: tuple[int | None, int | None], there: tuple[int, int]) -> str:
    """The shortest way from one (column, row) to another."""
    column, row = there
    home = f"\x1b[{row + 1};{column + 1}H" if column else f"\x1b[{row + 1}H"
    if here[1] is None:
        return home
    down = row - here[1]
    vertical = _steps(abs(down), "B" if down > 0 else "A") if down else ""
    relative = vertical + _across(here[0], column)
    return min((relative, home), key=len)
