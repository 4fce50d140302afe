"""What a prompt offers while the operator types; pure."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from console.grammar.names import fits, has_initials, matching
from console.i18n import _, coded
from console.looks import Part, Parts, cut
from console.render_people import standing_of
from store.domain.errors import NameAmbiguous

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from store.queries.heeds import Heeded
    from store.queries.people import TechnicianLine

MOST: Final = 8
_RESTING: Final = frozenset({"break", "off"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One answer that a prompt offers."""

    answer: str
    """What is sent when it is taken: a code."""
    shown: str
    name: str = ""
    """Its name, where that is not the answer."""


class _Named(NamedTuple):
    """Whoever is called so."""

    code: str
    name: str


def technicians(lines: Iterable[TechnicianLine], text: str) -> tuple[Choice, ...]:
    """Who fits the text, those who are free first, those who rest or are away last."""
    return tuple(technician_choice(line) for line in who_fits(lines, text)[:MOST])


def who_fits(
    lines: Iterable[TechnicianLine], text: str, heeded: Heeded | None = None
) -> list[TechnicianLine]:
    """The technicians that a text fits as it does on the command line, those it means first.

    Then those whom no rule keeps from the order; of equals who has least to do, and is nearest.
    """
    known = tuple(lines)
    wanted = " ".join(text.casefold().split())
    meant = {line.code for line in matching(known, text)}
    fitting = [
        line
        for line in known
        if not wanted or line.code in meant or fits(line, wanted) or has_initials(line, wanted)
    ]
    fitting = fitting or _holding(known, wanted)
    return sorted(fitting, key=lambda line: (line.code not in meant, *_rank(line, heeded)))


def whom_meant(lines: Iterable[TechnicianLine], text: str) -> TechnicianLine | None:
    """Whom a text means as it does on the command line; None where it means nobody.

    NameAmbiguous where it means several.
    """
    known = tuple(lines)
    wanted = " ".join(text.casefold().split())
    meant = matching(known, text) or (tuple(_holding(known, wanted)) if wanted else ())
    if len(meant) < 2:
        return meant[0] if meant else None
    shown = [line.code if line.name == line.code else f"{line.code} {line.name}" for line in meant]
    more = ["..."] if len(shown) > MOST else []
    raise NameAmbiguous(name=text.strip(), choices=_(", ").join([*shown[:MOST], *more]))


def sound_out(lines: Iterable[TechnicianLine]) -> None:
    """Have ready how the names sound, before a key asks for it."""
    for line in lines:
        fits(line, "a")


def is_free(line: TechnicianLine) -> bool:
    """Whether he stands idle in his shift."""
    there = line.on_shift and not line.absent and line.recalled is None
    return line.state == "available" and there and not line.jobs


def _holding(lines: Iterable[TechnicianLine], wanted: str) -> list[TechnicianLine]:
    """Where nothing else fits: those whose code has it somewhere, as the 27 of T27."""
    return [line for line in lines if wanted in line.code.casefold()]


def _rank(line: TechnicianLine, heeded: Heeded | None) -> tuple[Any, ...]:
    rests = line.state in _RESTING
    barred = heeded is not None and line.id in heeded.against
    far = inf if heeded is None else heeded.far.get(line.id, inf)
    return (barred, line.absent, rests, not line.on_shift, line.jobs, far, line.code)


def technician_choice(line: TechnicianLine, against: str = "") -> Choice:
    """One technician as a prompt offers him, with what speaks against him in a word or two."""
    sign, label, _tone = standing_of(line)
    jobs = f" {line.jobs}" if line.jobs else ""
    name = "" if line.name == line.code else f" {line.name}"
    barred = f" ✗ {against}" if against else ""
    shown = f"{line.code}{name} {sign} {_(label)}{jobs}{barred}"
    return Choice(answer=line.code, shown=shown, name=line.name)


def member_choices(people: Iterable[tuple[str, str]], text: str) -> tuple[Choice, ...]:
    """Those of the people, each by code and name, whom a text fits; the first one first."""
    wanted = " ".join(text.casefold().split())
    found = []
    for code, name in people:
        one = Choice(answer=code, shown=coded(name, code), name=name)
        if (
            not wanted
            or fits(_Named(code, name), wanted)
            or has_initials(_Named(code, name), wanted)
        ):
            found.append(one)
    return tuple(found)


def one_meant(choices: tuple[Choice, ...], text: str) -> Choice | None:
    """The choice that a text means: by its code, its name, the beginning of one, or alone.

    None when nothing fits or nothing is written; NameAmbiguous when several fit.
    """
    fitting = _fitting(choices, text)
    if len(fitting) < 2:
        return fitting[0] if fitting else None
    shown = _(", ").join(
        f"{choice.answer} {choice.name}" if choice.name != choice.answer else choice.answer
        for choice in fitting
    )
    raise NameAmbiguous(name=text.strip(), choices=shown)


def place_meant(choices: tuple[Choice, ...], text: str) -> int | None:
    """Where among the choices the one stands that Enter takes; None while it takes none."""
    fitting = _fitting(choices, text)
    return choices.index(fitting[0]) if len(fitting) == 1 else None


def _fitting(choices: tuple[Choice, ...], text: str) -> Sequence[Choice]:
    wanted = text.strip().casefold()
    if not wanted:
        return ()
    coded = [choice for choice in choices if choice.answer.casefold() == wanted]
    named = [choice for choice in choices if choice.name.casefold() == wanted]
    begun = [
        choice
        for choice in choices
        if choice.answer.casefold().startswith(wanted) or choice.name.casefold().startswith(wanted)
    ]
    # Of very many that fit not all are offered: another one may begin so, too.
    whole = len(choices) < MOST
    return coded or named or (begun if whole else ()) or choices


def choice_line(choices: tuple[Choice, ...], held: int | None, cells: int) -> Parts:
    """The choices side by side, the one that Enter takes marked; None where it takes none."""
    if not choices:
        return ((_(" nothing fits"), "muted"),)
    parts: list[Part] = [(" ", "")]
    first = held or 0
    for place, choice in enumerate(choices[first:], first):
        sign, tone = (">", "held") if place == held else (" ", "")
        parts += [(f"{sign}{choice.shown} ", tone), (" ", "")]
    return cut(parts, cells)
