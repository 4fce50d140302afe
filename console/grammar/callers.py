"""Reads who calls, as `/by` says it: a name, a number, both, or the end of a known number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from console.grammar.lookup import Entry
from console.grammar.refusals import Unclear, WrongWords
from console.i18n import _
from console.whens import parse_when
from console.whose_number import whose_number
from store.domain.callers import WHOLE_DIGITS, By, digits_of, folded_signs, read_caller
from store.domain.errors import BadInput
from store.domain.finding.grams import folded
from store.domain.said_times import in_digits
from store.domain.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterable

    from console.grammar.lookup import Lookup
    from store.queries.callers import CallerLine

_BARE: Final = re.compile(r"[0-9 ().-]+")
_TOLD: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoCalls:
    """A caller as he is written down."""

    text: str
    customer: Entry | None = None
    """Whose number it is, or for whom he called before."""
    unclear: Unclear | None = None
    """Why nobody can tell for whom, where the line does not say it."""


def who_calls(text: str, column: int, lookup: Lookup) -> WhoCalls:
    """Whom the words name; a time or a few digits that nobody has are no caller."""
    if _is_time(text, lookup):
        what = N_("“{text}” is a time, and /by says who calls; a deadline follows from !1 to !4")
        raise WrongWords(column, what.format(text=text))
    plain = folded_signs(text).strip()
    if not _BARE.fullmatch(plain) or len(digits_of(plain)) >= WHOLE_DIGITS:
        return _by_number(text, column, lookup)
    known = [one for one in lookup.callers(plain) if _is_meant(one, plain)]
    if all(one.by is By.NUMBER for one in known):
        whose = whose_number(known)
        if len(whose) == 1 and whose[0].contact is None:
            return _known(whose[0])
    if len(known) == 1:
        return _known(known[0])
    if known:
        several = N_("“{name}” fits several: {choices}")
        raise Unclear(column, several.format(name=text, choices=_some(map(_called, known))))
    what = N_(
        "nobody known has a number that ends in {digits}: write all of it, a name, or ext {digits}"
    )
    raise Unclear(column, what.format(digits=plain), unfinished=True)


def _by_number(text: str, column: int, lookup: Lookup) -> WhoCalls:
    """With the customer whose number is written; of several that for whom who is named called."""
    caller = read_caller(text)
    if not caller.phone:
        return WhoCalls(text=text)
    found = lookup.callers(text)
    named = [one for one in found if caller.name and folded(one.person) == folded(caller.name)]
    whose = [one for one in whose_number(named) if one.customer is not None]
    whose = whose or [one for one in whose_number(found) if one.customer is not None]
    if len(whose) > 1:
        several = N_("several customers have the number {phone}: {choices}; say which with /for")
        choices = _some(f"{one.name} {one.code}" for one in whose)
        what = several.format(phone=caller.phone, choices=choices)
        unclear = Unclear(column, what, unfinished=True)
        return WhoCalls(text=text, unclear=unclear)
    return WhoCalls(text=text, customer=_customer_of(whose[0]) if whose else None)


def _some(names: Iterable[str]) -> str:
    told = list(names)
    return _(", ").join([*told[:_TOLD], *(["..."] if len(told) > _TOLD else [])])


def _is_time(text: str, lookup: Lookup) -> bool:
    """Whether it says a time in digits; whoever is called Tom or Sun does not."""
    if _BARE.fullmatch(text) or not any(sign.isdigit() for sign in in_digits(text)):
        return False
    try:
        parse_when(text, at=lookup.at, zone=lookup.zone)
    except BadInput:
        return False
    return True


def _is_meant(one: CallerLine, plain: str) -> bool:
    return one.by is By.NUMBER or (one.by is By.CODE and one.code.casefold() == plain.casefold())


def _known(one: CallerLine) -> WhoCalls:
    return WhoCalls(text=_called(one), customer=_customer_of(one))


def _customer_of(one: CallerLine) -> Entry | None:
    if one.customer is None:
        return None
    return Entry(id=one.customer, code=one.code, name=one.name)


def _called(one: CallerLine) -> str:
    if one.contact is None:
        return one.name
    return f"{one.person} {one.person_phone}".strip()
