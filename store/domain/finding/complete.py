"""What may stand where the cursor is: fields, flags, operators, and values of the field there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from store.domain.finding.fields import (
    FIELD_NAMES,
    FIELDS,
    FLAGS,
    INCIDENT,
    SEVERAL,
    STATE_NAMES,
    Kind,
    bare,
)
from store.domain.finding.lexer import as_signs
from store.domain.lifecycle import STATES, State
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from store.domain.finding.fields import Field

_TIMES: Final = (
    *("2h", "1d", "today", "tonight", "tomorrow"),
    *("friday", "this-week", "-1d", "9:00"),
)
_TIMES_IN_CHINESE: Final = (
    *("2小时", "1天", "今天", "今晚", "明天"),
    *("周五", "本周", "-1天", "9:00"),
)
_OPERATORS: Final = (("or", "或"), ("not", "非"))
_TEST = re.compile(r"([^\W\d][\w-]*)(?:<=|>=|!=|[:=<>≤≥≠])")
_COMPARED = frozenset({Kind.WHOLE, Kind.TIME})
_SEVERAL: Final = {
    "live": N_("not over yet"),
    "over": N_("over"),
    "held": N_("a technician has it"),
    "all": N_("over or not"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Something that may stand there."""

    text: str
    label: str = ""
    """What it means, a sentence of the catalogue; empty where it speaks for itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """What fits a cursor, and which part of the text it would take the place of."""

    start: int
    end: int
    typed: str
    """What stands there already."""
    offers: tuple[Offer, ...] = ()
    field: str | None = None
    """The field whose values are wanted; where the store must be asked for them, none is offered.
    """


def offers(text: str, cursor: int, *, chinese: bool = False) -> Offers:
    """What may stand at a cursor (0 is before the first character), in one language's names."""
    start = _begin(text, cursor)
    end = _finish(text, cursor)
    chunk = text[start:cursor]
    test = _TEST.match(as_signs(chunk))
    name = FIELD_NAMES.get(bare(test[1])) if test else None
    if test is None:
        found = _first(chunk, chinese=chinese)
        return Offers(start=start, end=end, typed=chunk, offers=tuple(found))
    value = start + max(test.end(), 1 + as_signs(chunk).rfind(","))
    typed = text[value:cursor].strip('"“”')
    if name is None:
        return Offers(start=value, end=end, typed=typed)
    fitting = (o for o in _values(FIELDS[name], chinese=chinese) if _fits(o.text, typed))
    return Offers(start=value, end=end, typed=typed, offers=tuple(fitting), field=name)


def _begin(text: str, cursor: int) -> int:
    """Where the piece begins that the cursor is in or behind."""
    signs, start, quoted = as_signs(text), 0, False
    for place in range(cursor):
        sign = signs[place]
        if sign == '"':
            quoted = not quoted
        elif not quoted and (sign.isspace() or (sign in "(-" and start == place)):
            start = place + 1
    return start


def _finish(text: str, cursor: int) -> int:
    """Where what is offered would end: behind the rest of a word."""
    signs = as_signs(text)
    for place in range(cursor, len(signs)):
        if signs[place].isspace() or signs[place] in '),"':
            return place
    return len(signs)


def _first(typed: str, *, chinese: bool) -> Iterator[Offer]:
    """Fields, then flags, then operators that begin so."""
    for field in FIELDS.values():
        said = _fitting((field.name, *field.names), typed, chinese=chinese)
        if said is not None:
            yield Offer(text=f"{said}{'<' if field.ahead else ':'}", label=field.label)
    for flag, names in FLAGS.items():
        said = _fitting((flag, *names), typed, chinese=chinese)
        if said is not None:
            label = N_("major incidents, and the orders in one") if flag == INCIDENT else ""
            yield Offer(text=said, label=label)
    for names in _OPERATORS if typed else ():
        said = _fitting(names, typed, chinese=chinese)
        if said is not None:
            yield Offer(text=said)


def _fitting(names: Iterable[str], typed: str, *, chinese: bool) -> str | None:
    """The first name that begins so, those of the language before the others."""
    ordered = sorted(names, key=lambda name: name.isascii() is chinese)
    if not typed:
        return ordered[0]
    return next((name for name in ordered if _fits(name, typed)), None)


def _fits(name: str, typed: str) -> bool:
    return bare(name).startswith(bare(typed))


def _values(field: Field, *, chinese: bool) -> Iterator[Offer]:
    if field.kind is Kind.STATE:
        for state, names in STATE_NAMES.items():
            said = names[0] if chinese else state
            yield Offer(text=said, label=_state_label(state))
    elif field.kind is Kind.TIME:
        for time in _TIMES_IN_CHINESE if chinese else _TIMES:
            yield Offer(text=time)
    elif field.kind is Kind.WHOLE and field.most < 100:
        for number in range(field.least, field.most + 1):
            yield Offer(text=str(number))
    if field.kind in {Kind.NAME, Kind.TEXT, Kind.TIME}:
        yield Offer(text="无" if chinese else "none", label=N_("none at all"))


def _state_label(state: str) -> str:
    if state in SEVERAL:
        return _SEVERAL[state]
    return STATES[State(state)].label
