"""Tones: the few looks that text of the desk may wear, and how Textual draws each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from console.breaking import breaks, has_wide

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Part = tuple[str, str]
"""A text and its tone."""

Parts = tuple[Part, ...]

_BREAK: Final = re.compile("\r\n|[\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")

TONES: Final[Mapping[str, str]] = {
    "": "",
    "strong": "bold",
    "muted": "$text-muted",
    "faint": "$text-disabled",
    "good": "$text-success",
    "soon": "bold $text-warning",
    "overdue": "bold $text-error",
    "alarm": "bold reverse $text-error",
    "key": "bold $text-accent",
    "held": "bold reverse",
    "heading": "bold underline",
    "hang": "",
}
"""How Textual draws each tone; bold, reverse and underline carry it where colours cannot."""


def flat(text: str) -> str:
    """The text on one line: a break in it must not begin what looks like a line of ours."""
    return text if text.isprintable() else _BREAK.sub(" ", text)


def content(parts: Iterable[Part]) -> Content:
    """The parts as Textual shows them, on one line; never parsed as markup."""
    return Content.assemble(*((flat(text), TONES[tone]) for text, tone in parts))


def width(parts: Iterable[Part]) -> int:
    """How many cells the parts take."""
    return sum(cell_len(flat(text)) for text, _tone in parts)


def cut(parts: Iterable[Part], cells: int) -> Parts:
    """The parts, at most so many cells wide, with a sign where something was cut."""
    kept: list[Part] = []
    room = cells
    for broken, tone in parts:
        text = flat(broken)
        wide = cell_len(text)
        if wide > room:
            if room > 0:
                kept.append((set_cell_size(text, room - 1) + "…", tone))
            break
        kept.append((text, tone))
        room -= wide
    return tuple(kept)


def spread(left: Parts, right: Parts, cells: int) -> Parts:
    """One line: the left parts cut to make room, the right ones at the edge."""
    head = cut(left, max(0, cells - width(right) - 1))
    gap = cells - width(head) - width(right)
    return (*head, (" " * max(0, gap), ""), *right) if gap >= 0 else cut(right, cells)


def packed(pieces: Iterable[Parts], cells: int) -> tuple[Parts, ...]:
    """The pieces one after the other on as few lines as hold them, none of them broken."""
    lines: list[Parts] = []
    room = 0
    for piece in pieces:
        wide = width(piece)
        if lines and wide <= room:
            lines[-1] += piece
            room -= wide
        else:
            lines.append(piece)
            room = cells - wide
    return tuple(lines)


def keys_said(rows: Iterable[tuple[str, str]], cells: int) -> tuple[Parts, ...]:
    """Keys with what they do, on as many lines as it takes to tell them all."""
    said = (((f" {key}", "key"), (f" {label} ", "")) for key, label in rows)
    return packed(said, cells)


def lines_of(rows: Iterable[Iterable[Part]]) -> Content:
    """Several lines as one content."""
    return Content("\n").join(content(row) for row in rows)


def broken(parts: Parts, cells: int) -> Iterator[Parts]:
    """The lines that Chinese is broken into; text without it is left for Textual to break."""
    flattened = [(flat(text), tone) for text, tone in parts]
    whole = "".join(text for text, _tone in flattened)
    if not has_wide(whole):
        yield parts
        return
    for begins, ends in breaks(whole, cells):
        place, line = 0, []
        for text, tone in flattened:
            first, last = max(begins - place, 0), ends - place
            if first < min(last, len(text)):
                line.append((text[first:last], tone))
            place += len(text)
        yield tuple(line)
