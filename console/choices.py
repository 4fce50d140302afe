"""What a prompt offers while the operator types; pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from console.i18n import _
from console.looks import Part, Parts, cut
from console.render_people import standing_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from store.queries.people import TechnicianLine

MOST: Final = 8
_RESTING: Final = frozenset({"break", "off"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One answer that a prompt offers."""

    answer: str
    """What is sent when it is taken: a code."""
    shown: str


def technicians(lines: Iterable[TechnicianLine], text: str) -> tuple[Choice, ...]:
    """Who fits the text, those who are free first, those who rest or are away last."""
    wanted = text.strip().casefold()
    fitting = [
        line for line in lines if wanted in line.code.casefold() or wanted in line.name.casefold()
    ]
    fitting.sort(key=lambda line: _rank(line, wanted))
    return tuple(_technician(line) for line in fitting[:MOST])


def _rank(line: TechnicianLine, wanted: str) -> tuple[bool, bool, bool, bool, int, str]:
    exact = wanted in {line.code.casefold(), line.name.casefold()}
    rests = line.state in _RESTING
    return (not exact, line.absent, rests, not line.on_shift, line.jobs, line.code)


def _technician(line: TechnicianLine) -> Choice:
    sign, label, _tone = standing_of(line)
    jobs = f" {line.jobs}" if line.jobs else ""
    name = "" if line.name == line.code else f" {line.name}"
    return Choice(answer=line.code, shown=f"{line.code}{name} {sign}{_(label)}{jobs}")


def choice_line(choices: tuple[Choice, ...], held: int, cells: int) -> Parts:
    """The choices side by side, the one that Enter takes marked."""
    if not choices:
        return ((_(" nothing fits"), "muted"),)
    parts: list[Part] = [(" ", "")]
    for place, choice in enumerate(choices[held:], held):
        parts += [(f" {choice.shown} ", "held" if place == held else ""), (" ", "")]
    return cut(parts, cells)
