"""Values behind a field, read as its kind wants them and written back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from store.domain.finding.fields import (
    FIELDS,
    SPECIALS,
    STATE_NAMES,
    STATE_OF,
    Field,
    Kind,
    bare,
)
from store.domain.finding.grams import folded
from store.domain.finding.refusal import QueryUnclear
from store.domain.finding.stretches import is_reversed, is_yearless
from store.domain.finding.times import Span, When, read_time, written_time
from store.domain.finding.tree import Not, Numbers, Sign, Special, Term, Times
from store.domain.reach import number_within
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from store.domain.finding.lexer import Given, Token
    from store.domain.finding.tree import Tree

    Value = str | Special | Numbers | Span | When | Times

_NUMBERS = re.compile(r"(\d{1,30})(?:(?:-|\.\.)(\d{1,30}))?", re.ASCII)
_COMPARED = {Kind.WHOLE, Kind.TIME}
_EMPTY = {Kind.NAME, Kind.TEXT, Kind.TIME}
"""What an order may have none of."""


def read_term(token: Token) -> Tree:
    """The term that a piece of a query says; `QueryUnclear` where its values do not fit."""
    field = FIELDS[token.text]
    values = tuple(_value(field, given) for given in token.values)
    if token.sign == "!=":
        return Not(Term(field.name, _exactly(field), values))
    sign = Sign(token.sign)
    if sign is Sign.EXACTLY:
        sign = _exactly(field)
    if sign not in {Sign.IS, Sign.EXACTLY}:
        _check_compared(field, token, values)
    return Term(field.name, sign, values)


def _exactly(field: Field) -> Sign:
    """How a field is compared with a value and nothing beside it: what has no parts just is it."""
    return Sign.EXACTLY if field.kind is Kind.NAME else Sign.IS


def written_value(value: Value) -> str:
    """The text that reads as this value."""
    if isinstance(value, Special):
        return value.value
    if isinstance(value, Numbers):
        return f"{value.first}-{value.last}" if value.first != value.last else f"{value.first}"
    if isinstance(value, Times):
        return f"{written_time(value.first)}..{written_time(value.last)}"
    return quoted(value) if isinstance(value, str) else written_time(value)


def quoted(text: str) -> str:
    """Words in quotes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _value(field: Field, given: Given) -> Value:
    special = None if given.quoted else SPECIALS.get(bare(given.text))
    if special == "me" and field.name == "follower":
        return Special.ME
    if special in {"none", "any"} and field.kind in _EMPTY:
        return Special(special)
    return _READ[field.kind](field, given)


def _text(_field: Field, given: Given) -> str:
    if not given.text.strip():
        raise QueryUnclear(given.column, N_("nothing stands in the quotes"), N_("write a name"))
    return given.text


def _whole(field: Field, given: Given) -> Numbers:
    match = _NUMBERS.fullmatch(folded(given.text))
    if match is None:
        raise QueryUnclear(
            given.column,
            N_("“{text}” is not a number").format(text=given.text),
            N_("write 12, 12-15 or 12,14"),
        )
    ends = sorted(number_within(int(end)) for end in match.groups() if end is not None)
    if not (field.least <= ends[0] and ends[-1] <= field.most):
        raise QueryUnclear(
            given.column,
            N_("{field} is never {text}").format(field=field.label, text=given.text),
            N_("write {first} to {last}").format(first=field.least, last=field.most),
        )
    return Numbers(ends[0], ends[-1])


def _state(_field: Field, given: Given) -> str:
    found = STATE_OF.get(bare(given.text))
    if found is None:
        from difflib import get_close_matches

        near = get_close_matches(bare(given.text), STATE_OF, n=1, cutoff=0.5)
        raise QueryUnclear(
            given.column,
            N_("no state is called “{text}”").format(text=given.text),
            N_("did you mean {state}").format(state=near[0]) if near else ", ".join(STATE_NAMES),
        )
    return found


def read_time_value(text: str) -> Span | When | Times | None:
    """A time, or two with `..` between; None where it is neither."""
    ends = [read_time(end) for end in text.split("..")]
    if len(ends) == 1:
        return ends[0]
    if len(ends) == 2 and isinstance(ends[0], When) and isinstance(ends[1], When):
        return Times(ends[0], ends[1])
    return None


def ends_early(given: Given, *, yearless: bool = False) -> QueryUnclear:
    """The refusal of a stretch that holds nothing."""
    right = N_("write the earlier time first, or both with their years")
    return QueryUnclear(
        given.column,
        N_("“{text}” ends before it begins").format(text=given.text),
        right if yearless else N_("write the earlier time first"),
    )


def _time(_field: Field, given: Given) -> Span | When | Times:
    found = read_time_value(given.text)
    if isinstance(found, Times) and is_reversed(found):
        raise ends_early(given, yearless=is_yearless(found))
    if found is not None:
        return found
    raise QueryUnclear(
        given.column,
        N_("“{text}” is not a time").format(text=given.text),
        N_("write 2h, -1d, today, tonight, friday, 9:00, 11-25, tomorrow@9:00 or 11-01..11-30"),
    )


_READ: Mapping[Kind, Callable[[Field, Given], Value]] = {
    Kind.NAME: _text,
    Kind.TEXT: _text,
    Kind.WHOLE: _whole,
    Kind.STATE: _state,
    Kind.TIME: _time,
}


def _check_compared(field: Field, token: Token, values: tuple[Value, ...]) -> None:
    """Refuse what has no more and no less."""
    if field.kind not in _COMPARED:
        wrong = N_("{field} has no more or less").format(field=field.name)
        raise QueryUnclear(
            token.column, wrong, N_("write {field}: instead").format(field=field.name)
        )
    value, more = values[0], values[1:]
    single = isinstance(value, Span | When) or (
        isinstance(value, Numbers) and value.first == value.last
    )
    if more or not single:
        raise QueryUnclear(
            token.values[-1].column,
            N_("“{sign}” takes one value").format(sign=token.sign),
            N_("write {field}: for several").format(field=field.name),
        )
